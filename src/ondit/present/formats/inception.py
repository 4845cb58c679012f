"""WebAnno TSV 3.3 for INCEpTION, one file a report, and annotations back from it.

After the user guide of INCEpTION, appendix "WebAnno TSV 3.3 File format": offsets in units of UTF-16, a line a token, stacked annotations with `|`, those of
several tokens with an id in brackets. `layer.xml` is the layer `webanno.custom.Ondit` as a UIMA type system; import it under Settings › Layers first.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ondit.model import Reading, Span
from ondit.present.formats.annotations import (
    CONTENT,
    CUE,
    VOICE,
    Annotated,
    AnnotatedClaim,
    NotAnnotations,
    annotated,
    known_stance,
    known_type,
    parts,
)
from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import File, Format, Made

LAYER = "webanno.custom.Ondit"
FEATURES = ("claim", "role", "stance", "happening")
_HEAD = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|{'|'.join(FEATURES)}\n\n"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\S")
_NONE, _EMPTY = "_", "*"
_ESCAPED = (
    ("\\", "\\\\"),
    ("[", "\\["),
    ("]", "\\]"),
    ("|", "\\|"),
    ("_", "\\_"),
    ("->", "\\->"),
    (";", "\\;"),
    ("*", "\\*"),
)
_STACK = re.compile(r"(?<!\\)\|")
_NUMBERED = re.compile(r"^(.*?)(?<!\\)\[(\d+)\]$", re.DOTALL)
_ROW = re.compile(r"^\d+-\d+\t(\d+)-(\d+)\t")
_REPORT = re.compile(r"r[0-9a-f]{16}")
_CONTROL = {"\t": "\\t", "\f": "\\f", "\r": "\\r", "\b": "\\b", "\\": "\\\\"}


def make(dossier: Dossier) -> Made:
    """A file for each report that has a word, and the layer."""
    readings = [r for r in dossier.readings.values() if _TOKEN.search(r.report.text)]
    files = [File(f"{r.report.id}.tsv", _pieces(r)) for r in readings]
    claims = sum(len(r.claims) for r in readings)
    return Made((*files, File.of("layer.xml", layer())), counts={"documents": len(files), "claims": claims})


def layer() -> str:
    """The layer as a UIMA type system description."""
    features = "".join(
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>\n"
        for name in FEATURES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types><typeDescription>\n'
        f"<name>{LAYER}</name><description>A part of a claim</description><supertypeName>uima.tcas.Annotation</supertypeName>\n"
        f"<features>\n{features}</features>\n</typeDescription></types>\n</typeSystemDescription>\n"
    )


def _pieces(reading: Reading) -> Iterator[bytes]:
    yield tsv(reading).encode("utf-8", "replace")


@dataclass(slots=True)
class _Mark:
    """A span of a claim: its number in the file and its features."""

    number: int
    span: Span
    features: tuple[str, ...]


def tsv(reading: Reading) -> str:
    """One report as WebAnno TSV."""
    text = reading.report.text
    marks: list[_Mark] = []
    for claim in annotated(reading).claims:
        for role, span in parts(claim):
            told = (claim.stance, claim.type) if role == CONTENT else ("", "")
            marks.append(_Mark(len(marks) + 1, span, (claim.claim, role, *told)))
    cuts = sorted({edge for mark in marks for edge in (mark.span.start, mark.span.stop)})
    units = _Units(text)
    lines = [_HEAD]
    for number, line in enumerate((line for line in _LINE.finditer(text) if _TOKEN.search(line.group())), 1):
        lines.append("\n" + _sentence(text, line.span(), number, marks, cuts, units))
    return "".join(lines)


class _Units:
    """Code points to units of UTF-16."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, char in enumerate(text) if ord(char) > 0xFFFF]

    def at(self, offset: int) -> int:
        """The offset in units of UTF-16."""
        return offset + bisect_left(self._wide, offset)


def _sentence(
    text: str, bounds: tuple[int, int], number: int, marks: Sequence[_Mark], cuts: Sequence[int], units: _Units
) -> str:
    tokens = list(_tokens(text, bounds, cuts))
    first = tokens[0].start
    shown = "".join(_CONTROL.get(char, char if ord(char) >= 32 else f"\\{char}") for char in text[first : bounds[1]])
    here = [m for m in marks if m.span.start < bounds[1] and first < m.span.stop]
    rows = [f"#Text={shown}\n"]
    for position, token in enumerate(tokens, 1):
        covering = [m for m in here if m.span.start <= token.start and token.stop <= m.span.stop]
        cells = [_cell(covering, column) for column in range(len(FEATURES))]
        head = f"{number}-{position}\t{units.at(token.start)}-{units.at(token.stop)}\t{token.of(text)}"
        rows.append("\t".join((head, *cells)) + "\t\n")
    return "".join(rows)


def _tokens(text: str, bounds: tuple[int, int], cuts: Sequence[int]) -> Iterator[Span]:
    """Words and marks, cut where an annotation begins or ends inside one."""
    for found in _TOKEN.finditer(text, *bounds):
        inside = [cut for cut in cuts if found.start() < cut < found.end()]
        for start, stop in pairwise((found.start(), *inside, found.end())):
            yield Span(start, stop)


def _cell(covering: Sequence[_Mark], column: int) -> str:
    if not covering:
        return _NONE
    return "|".join(f"{_escape(m.features[column]) or _EMPTY}[{m.number}]" for m in covering)


def _escape(value: str) -> str:
    for plain, written in _ESCAPED:
        value = value.replace(plain, written)
    return value


def _unescape(value: str) -> str:
    return re.sub(r"\\(->|.)", r"\1", value)


@dataclass(slots=True)
class _Found:
    """An annotation while its lines are read."""

    start: int
    stop: int
    features: dict[str, str] = field(default_factory=dict)


def read_tsv(data: bytes, name: str) -> Annotated:
    """The claims of one file; `name` (its path) has the report's id in it. Raises `NotAnnotations`."""
    report = _REPORT.search(name)
    if report is None:
        raise NotAnnotations(f"{name}: the name has no report id; keep the names that 'ondit export inception' gave")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAnnotations(f"{name}: no UTF-8: {error}") from error
    lines = text.split("\n")
    if not lines[0].startswith("#FORMAT=WebAnno TSV 3"):
        raise NotAnnotations(f"{name}: no WebAnno TSV 3; export the document from INCEpTION as WebAnno TSV v3.3")
    columns, width = _columns(lines)
    if columns is None:
        raise NotAnnotations(f"{name}: there is no layer {LAYER} in it; import layer.xml under Settings › Layers first")
    found: dict[object, _Found] = {}
    wide: list[int] = []  # where a character takes two units, in units
    for line in lines:
        if row := _ROW.match(line):
            cells = line.split("\t")
            wide += _wide(cells[2], int(row.group(1)))
            if len(cells) >= 3 + width:
                _collect(found, cells[3:], columns, int(row.group(1)), int(row.group(2)))
    return Annotated(report.group(), tuple(_claims(found.values(), wide)), _annotator(name))


def _wide(token: str, start: int) -> Iterator[int]:
    unit = start
    for char in token:
        if ord(char) > 0xFFFF:
            yield unit
            unit += 1
        unit += 1


def _columns(lines: Sequence[str]) -> tuple[dict[str, int] | None, int]:
    """Where the features of the layer stand among the columns, and how many columns there are."""
    at, own = 0, None
    for line in lines:
        if line.startswith(("#T_SP=", "#T_CH=", "#T_RL=")):
            name, *features = line.partition("=")[2].rstrip("\r").split("|")
            if name == LAYER:
                own = {feature: at + n for n, feature in enumerate(features)}
            at += max(1, len(features))
    return own, at


def _collect(
    found: dict[object, _Found], cells: Sequence[str], columns: Mapping[str, int], start: int, stop: int
) -> None:
    for feature, column in columns.items():
        if cells[column] == _NONE:
            continue
        for place, value in enumerate(_STACK.split(cells[column])):
            numbered = _NUMBERED.match(value)
            key: object = int(numbered.group(2)) if numbered else (start, stop, place)
            one = found.setdefault(key, _Found(start, stop))
            one.start, one.stop = min(one.start, start), max(one.stop, stop)
            words = numbered.group(1) if numbered else value
            one.features[feature] = "" if words == _EMPTY else _unescape(words)


def _claims(found: Iterable[_Found], wide: Sequence[int]) -> Iterator[AnnotatedClaim]:
    groups: dict[str, list[_Found]] = {}
    for one in found:
        groups.setdefault(one.features.get("claim", ""), []).append(one)
    for claim, members in groups.items():
        spans = {}
        for one in members:
            start, stop = (edge - bisect_left(wide, edge) for edge in (one.start, one.stop))
            spans[one.features.get("role", "")] = Span(start, stop)
        content = next((one for one in members if one.features.get("role") == CONTENT), None)
        if content is None:
            continue
        voices = [spans[role] for role in sorted(spans) if role.startswith(VOICE)]
        stance, type_ = (content.features.get(name, "") for name in ("stance", "happening"))
        yield AnnotatedClaim(
            claim, spans[CONTENT], tuple(voices), spans.get(CUE), known_stance(stance), known_type(type_)
        )


def _annotator(name: str) -> str:
    """In a project's export each document is a folder with a file for each annotator."""
    last = re.split(r"[\\/]", name)[-1].removesuffix(".tsv")
    return "" if _REPORT.search(last) else last


FORMAT = Format(
    name="inception",
    title="WebAnno TSV 3.3 for INCEpTION, to annotate and take back",
    suffix=".zip",
    rule="One document for each report with its claims as they stand; each event's claims are in the documents of its reports.",
    losses=(
        "Figures, places, times, actors and equipment are not annotated; the stance and the type of happening are.",
        "Text between lines: INCEpTION shows blanks there. A span that begins or ends in a blank is cut to its words.",
    ),
    specification="INCEpTION user guide, WebAnno TSV 3.3 file format",
    make=make,
)
