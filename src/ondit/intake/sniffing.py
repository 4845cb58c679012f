"""Which format a source is in, and the one way in for bytes, text and everything that holds many reports."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ondit.intake.binary import binary_kind
from ondit.intake.formats import Format, Options, Origin, Refused, Source, Taken, error, make_report, warning
from ondit.intake.items import Item, Piece, Received, Skipped, Tally
from ondit.intake.plain import FORMAT as PLAIN
from ondit.intake.sources import find_sources
from ondit.model import Problem, Severity
from ondit.plugins import INTAKE, load, plugins

_DEFAULTS = Options()
_BLOCK = 1024 * 1024
_DEEPEST = 4  # sources within sources; an e-mail with an archive of e-mails with attachments has four


def take_in_all(sources: Iterable[str | Path | Source], options: Options = _DEFAULTS) -> Iterator[Item]:
    """Everything in files, folders, globs, addresses and other sources: reports, problems, and a tally at the end of each source.

    Lazy: a report is given before the next one is read. The same sources give the same items in the same order. Nothing is raised for what
    is in a source or for one that cannot be opened: that is a `Problem`. `options.fetch` is needed for addresses.
    """
    for found in find_sources(sources, suffixes=known_suffixes()):
        if isinstance(found, Source):
            yield from _counted(found, options)
        else:
            yield found


def take_in(data: bytes, origin: Origin = _DEFAULTS.origin) -> Taken:
    """The one report in some bytes, or None, and what went wrong.

    Bytes that hold several reports give the first, and a warning that names `take_in_all`.
    """
    source = Source.of_bytes(origin.name, data)
    received: list[Received] = []
    problems: list[Problem] = []
    for piece in pieces(source, replace(_DEFAULTS, origin=origin)):
        if isinstance(piece, Received):
            received.append(piece)
            problems += piece.problems
            if len(received) > 1:
                break
        elif isinstance(piece, Problem):
            problems.append(piece)
    if not received:
        return None, tuple(problems or [_nothing_in_it(origin.name)])
    if len(received) > 1:
        remedy = "take all of them in with ondit.intake.take_in_all"
        problems.append(warning("several-reports", "there are more reports in it; this is the first", remedy, origin))
    return received[0].report, tuple(problems)


def take_in_text(text: str, origin: Origin | None = None) -> Taken:
    """The report of a text that is already decoded; its bytes are its UTF-8."""
    origin = origin or Origin()
    problems: list[Problem] = []
    data = text.encode("utf-8", "surrogatepass")
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        remedy = "decode the text again from its bytes; each broken character stands as U+FFFD"
        problems.append(
            warning("broken-characters", "the text holds halves of characters (lone surrogates)", remedy, origin)
        )
    if not text.strip():
        return None, (_empty(origin.name),)
    return make_report(data, text, origin), tuple(problems)


def pieces(source: Source, options: Options) -> Iterator[Piece]:
    """What is in one source, by the format that is surest of it; never raises.

    Formats call it for what they hold: attachments, members of archives, fetched pages.
    """
    try:
        head = source.head()
        chosen = _choose(head, replace(options.origin, name=source.name), options)
        if isinstance(chosen, Problem):
            yield chosen
        else:
            yield from chosen.items(source, replace(options, depth=options.depth + 1))
    except Refused as refused:
        yield refused.problem
    except OSError as failure:
        reason = failure.strerror or str(failure)
        yield Problem("not-readable", f"it cannot be read: {reason}", "check the file and the disk", source.name)
    except Exception as failure:  # noqa: BLE001 - hostile bytes make libraries, and plug-ins of strangers, raise what they like
        message = f"the reader of this format failed: {type(failure).__name__}: {failure}"[:300]
        yield Problem("unreadable-input", message, "save it as plain text or HTML", source.name)


def format_of(source: Source, options: Options) -> Format:
    """The format of a source; that of plain text when nobody knows it."""
    chosen = _choose(source.head(), replace(options.origin, name=source.name), options)
    return chosen if isinstance(chosen, Format) else PLAIN


def _choose(head: bytes, origin: Origin, options: Options) -> Format | Problem:
    if not head:
        return _empty(origin.name)
    if options.depth >= _DEEPEST:
        return error("too-deep", f"sources within sources, {_DEEPEST} levels deep", "unpack the inner ones", origin)
    kind = binary_kind(head)
    sure = [(f.likely(head, origin.name), f.name, f) for f in _formats() if f.binary or kind is None]
    likelihood, _, chosen = max(sure, key=lambda s: s[:2], default=(0.0, "", None))
    if chosen is not None and likelihood > 0:
        return chosen
    if kind is not None:
        return error("binary-input", f"this is {kind.what}, not text", kind.remedy, origin)
    return error("unknown-format", "no reader knows this format", "save it as plain text or HTML", origin)


def _counted(source: Source, options: Options) -> Iterator[Item]:
    """The items of one source and its tally."""
    reports = failed = 0
    skipped: Counter[str] = Counter()
    for piece in pieces(source, options):
        if isinstance(piece, Skipped):
            skipped[piece.what] += piece.count
            continue
        if isinstance(piece, Received):
            reports += 1
        else:
            failed += piece.severity is Severity.ERROR
        yield piece
    if not (reports or failed):
        failed = 1
        yield _nothing_in_it(source.name)
    sha256, size = _hash(source)
    yield Tally(source.name, reports, failed, dict(sorted(skipped.items())), sha256, size)


def _hash(source: Source) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with source.open() as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError:
        return "", 0
    return digest.hexdigest(), size


def _formats() -> Iterable[Format]:
    return [load(plugin, Format) for plugin in plugins(INTAKE)]


def known_suffixes() -> frozenset[str]:
    """The endings of the files that are taken from a folder or an archive."""
    return frozenset(suffix for format_ in _formats() for suffix in format_.suffixes)


def _nothing_in_it(name: str) -> Problem:
    return Problem("no-report", "no report was found in it", "look whether this is the file that you meant", name)


def _empty(name: str) -> Problem:
    return Problem("empty-input", "there is nothing in it", "check that the file was saved or downloaded in full", name)
