"""The whole ledger as JSON lines, lossless: reports with their bytes and what was read, decisions, removals, happenings.

Each line is one `LedgerLine`; the JSON Schema is made from it (docs/reference/schema/ondit-ledger-1.json). Reading the lines back gives the same ledger:
happenings are worked out again from readings and decisions, the lines of happenings are there for other readers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ondit.codec import CodecError, decode_record, encode_record
from ondit.model import Decision, Event, Reading
from ondit.present.formats.dossier import Dossier, Original, Tomb
from ondit.present.formats.format import File, Format, Made
from ondit.version import __version__

SCHEMA_ID = "ondit-ledger/1"


class LineKind(StrEnum):
    """What a line holds."""

    HEAD = "head"
    REPORT = "report"
    DECISION = "decision"
    REMOVED = "removed"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of an exported ledger: `line` says which of the other fields is set.

    `head` comes first and only there stand `schema` and `engine`. A `report` has what the engine read, without decisions, and its original (bytes in
    base64) with its custody; decisions come after the reports, in the order in which they were made.
    """

    line: LineKind
    schema: str = ""
    engine: str = ""
    reading: Reading | None = None
    original: Original | None = None
    decision: Decision | None = None
    removed: Tomb | None = None
    event: Event | None = None


def make(dossier: Dossier) -> Made:
    """The lines of a ledger."""
    counts = {
        "reports": len(_read(dossier)),
        "originals": len(dossier.originals),
        "decisions": len(dossier.decisions),
        "removed": len(dossier.removed),
    }
    losses = () if dossier.originals else ("No originals: these lines cannot be read back as a ledger.",)
    return Made(
        (File("ledger.jsonl", (encode_record(line) + b"\n" for line in _lines(dossier))),), counts=counts, losses=losses
    )


def _lines(dossier: Dossier) -> Iterator[LedgerLine]:
    yield LedgerLine(LineKind.HEAD, schema=SCHEMA_ID, engine=f"ondit {__version__}")
    for id_, reading in _read(dossier).items():
        yield LedgerLine(LineKind.REPORT, reading=reading, original=dossier.originals.get(id_))
    for decision in dossier.decisions:
        yield LedgerLine(LineKind.DECISION, decision=decision)
    for tomb in dossier.removed:
        yield LedgerLine(LineKind.REMOVED, removed=tomb)
    for event in dossier.events:
        yield LedgerLine(LineKind.EVENT, event=event)


def _read(dossier: Dossier) -> Mapping[str, Reading]:
    """What was read, without decisions and with versions that a newer one replaces, where the dossier has it."""
    return dossier.as_read or dossier.readings


def read_lines(lines: Iterable[bytes]) -> Iterator[LedgerLine]:
    """The lines of an exported ledger; raises `CodecError` with the number of the line that is none."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = decode_record(raw, LedgerLine)
        except CodecError as error:
            raise CodecError(f"line {number}: {error}") from error
        if number == 1 and (line.line is not LineKind.HEAD or line.schema != SCHEMA_ID):
            raise CodecError(f"line 1 is not the head of '{SCHEMA_ID}'; was the file made by 'ondit export jsonl'?")
        yield line


FORMAT = Format(
    name="jsonl",
    title="The whole ledger as JSON lines (lossless)",
    suffix=".jsonl",
    rule="Nothing is aggregated or chosen: originals, readings without decisions, and decisions in their order; what is shown follows from them.",
    losses=("Failures of inputs and the list of inputs that were taken in whole.",),
    specification="JSON Schema docs/reference/schema/ondit-ledger-1.json",
    make=make,
)
