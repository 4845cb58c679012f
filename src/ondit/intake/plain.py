"""Plain text → Report. The characters stay as they are: line ends, control characters, everything."""

from ondit.intake.encodings import Decoded, decode
from ondit.intake.formats import Format, Origin, Taken, error, make_report, one_report, warning
from ondit.intake.posts import sound
from ondit.model import Problem

_FALLBACK = 0.1  # whatever nobody else wants is plain text


def likely(_head: bytes, _name: str) -> float:
    """A little sure of everything."""
    return _FALLBACK


def take_in(data: bytes, origin: Origin) -> Taken:
    """The report in a plain text."""
    decoded = decode(data)
    if not decoded.text.strip():
        remedy = "check that the file was saved or downloaded in full"
        return None, (error("empty-input", "there is only white space in it", remedy, origin),)
    text, broken = sound(decoded.text, origin)
    return make_report(data, text, origin), (*encoding_problems(decoded, origin), *broken)


def encoding_problems(decoded: Decoded, origin: Origin) -> list[Problem]:
    """What to tell about how the bytes were read."""
    problems = []
    if not decoded.sure:
        message = f"the bytes are no UTF-8; they were read as {decoded.encoding}"
        remedy = "look whether accents and letters are right, and save the file as UTF-8"
        problems.append(warning("guessed-encoding", message, remedy, origin))
    if decoded.broken:
        broken = "1 character is" if decoded.broken == 1 else f"{decoded.broken} characters are"
        remedy = "get the file again; each broken character stands as U+FFFD"
        problems.append(warning("broken-characters", f"{broken} broken ({decoded.encoding})", remedy, origin))
    return problems


FORMAT = Format("plain", likely, one_report("plain", take_in), suffixes=(".txt", ".text"))
