"""Adapter of `polnear`: flat attributions (source, cue, content) from the claims of a reading.

PolNeAR annotates a nested attribution once, at its outermost level, draws the quotation marks and the conjunction into the content and
the auxiliaries into the cue, and keeps the parts of an interrupted quotation together.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.bench import Row, as_day
from ondit.model import Claim, Reading, SourceMention, Span
from ondit.pipeline import read

_OPENING, _CLOSING = "\"'“‘«", "\"'”’»"


def predict(row: Row) -> Row:
    """The attributions of one article."""
    reading = read(row["text"], published=as_day(row.get("date")), lang=row.get("lang"))
    return {"attributions": [a.as_row() for a in attributions(reading)]}


@dataclass(frozen=True)
class Attribution:
    """Who (may be empty), by what words, what."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def as_row(self) -> Row:
        """In the scorer's words."""
        return {
            role: [[s.start, s.stop] for s in spans]
            for role, spans in (("source", self.source), ("cue", self.cue), ("content", self.content))
        }


def attributions(reading: Reading) -> list[Attribution]:
    """One attribution for the claims that share a voice and a cue."""
    text = reading.report.text
    together: dict[tuple[Span | None, Span | None], list[Claim]] = {}
    for claim in reading.claims:
        if claim.chain:
            voice = _voice(claim)
            together.setdefault((voice.span if voice else None, claim.cue), []).append(claim)
    return [_attribution(text, source, cue, claims) for (source, cue), claims in together.items()]


def _voice(claim: Claim) -> SourceMention:
    """The outermost voice, unless it is only the relay that was spoken to ("told AFP")."""
    outer = claim.chain[0]
    if claim.cue and len(claim.chain) > 1 and 0 <= outer.span.start - claim.cue.stop <= 5:  # room for "told the AFP"
        return claim.chain[1]
    return outer


def _attribution(text: str, source: Span | None, cue: Span | None, claims: Sequence[Claim]) -> Attribution:
    content = _joined(text, (_with_opener(text, cue, _with_marks(text, claim.content)) for claim in claims))
    taken = [s for s in (source, cue) if s]
    return Attribution(
        source=(source,) if source and source != cue else (),
        cue=(_with_auxiliaries(text, cue),) if cue else (),
        content=tuple(piece for span in content for piece in _without(span, taken)),
    )


def _with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks around it, and the final mark before the closing one."""
    start, stop = span.start, span.stop
    if start and text[start - 1] in _OPENING:
        start -= 1
    after = re.compile(r"[,.!?…]?[\"'”’»]").match(text, stop)
    return Span(start, after.end() if after and text[stop - 1] not in _CLOSING else stop)


def _with_opener(text: str, cue: Span | None, span: Span) -> Span:
    """The span with the conjunction that joins it to its cue."""
    if cue and cue.stop <= span.start:
        between = text[cue.stop : span.start]
        if between.strip().lower() in _words().content_openers:
            return Span(cue.stop + len(between) - len(between.lstrip()), span.stop)
    return span


def _with_auxiliaries(text: str, cue: Span) -> Span:
    start = cue.start
    while before := re.compile(r"(\w+)\s+$").search(text[max(0, start - 24) : start]):
        if before.group(1).lower() not in _words().cue_openers:
            break
        start -= len(before.group())
    return Span(start, cue.stop)


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in text order; those with nothing but marks and white space between them become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (span.start <= joined[-1].stop or not re.search(r"\w", text[joined[-1].stop : span.start])):
            joined[-1] = joined[-1].cover(span)
        else:
            joined.append(span)
    return joined


def _without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """What is left of a span when its own source and cue are cut out of it."""
    pieces = [span]
    for hole in holes:
        pieces = (
            [
                Span(start, stop)
                for piece in pieces
                for start, stop in (
                    (piece.start, min(piece.stop, hole.start)),
                    (max(piece.start, hole.stop), piece.stop),
                )
                if start < stop
            ]
            if any(hole.overlaps(piece) for piece in pieces)
            else pieces
        )
    return pieces


@dataclass(frozen=True)
class _Words:
    content_openers: frozenset[str]
    cue_openers: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Words(frozenset(table["content_openers"]), frozenset(table["cue_openers"]))
