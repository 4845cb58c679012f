"""The report's text with everything that was read in it marked: overlapping spans are cut into segments.

    claim 1   ├───────────────────────┤
    claim 2             ├────────┤
    voice         ├──┤
    segments  ├───┼──┼──┼────────┼────┤

One pass over the sorted boundaries; a segment names the claims it belongs to, the innermost first.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ondit.model import Claim, EventMention, Reading, Span
from ondit.present.fields import chain_text
from ondit.present.html.markup import classes, tag, text

_DEEPEST = 3  # shades of nesting
_MOST_OPEN = 64  # contents inside each other that are followed
_MOST_NAMED = 12  # claims that one segment names; more is not readable and would make the page quadratic
_ENDING = ("place", "time")  # marks with a sign at their end
_MARKS = ("voice", "cue", "place", "time", "count", "equipment", "trigger")


@dataclass(slots=True)
class _Open:
    """What covers the current position. `claims` is a heap, the shortest content first."""

    claims: list[tuple[int, int]] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    marks: dict[str, dict[int, int]] = field(default_factory=lambda: {mark: {} for mark in _MARKS})


@dataclass(frozen=True, slots=True)
class _Boundary:
    """Something begins or ends: the content of a claim (`kind` "content") or another mark of it.

    `claim` is its index; what belongs to a happening has a negative number instead.
    """

    at: int
    begins: bool
    kind: str
    claim: int
    length: int


def claim_label(reading: Reading, index: int) -> str:
    """What a screen reader says for the number of a claim."""
    claim = reading.claims[index]
    return f"Claim {index + 1}: {chain_text(reading.report, claim)}, {claim.stance}"


def mark_text(
    reading: Reading, *, window: Span | None = None, label: Callable[[Reading, int], str] | None = claim_label
) -> str:
    """Paragraphs of marked text, each with the offset it begins at; of a long text those in a window. Without `label` claims have no numbers."""
    window = window or Span(0, len(reading.report.text))
    source = reading.report.text[: window.stop]
    boundaries = sorted(_boundaries(reading, window), key=lambda b: (b.at, b.begins, -b.length, b.claim))
    pieces: list[str] = []
    last = {(b.at, b.kind) for b in boundaries if not b.begins and b.kind in _ENDING}
    state = _Open()
    at = window.start
    for boundary in boundaries:
        if boundary.at > at:
            ends = {kind for kind in _ENDING if (boundary.at, kind) in last}
            pieces.append(_segment(source[at : boundary.at], at, state, reading.claims, ends))
            at = boundary.at
        if boundary.begins and boundary.kind == "content" and label is not None:
            pieces.append(_number(reading, boundary.claim, label))
        _step(state, boundary)
    pieces.append(_segment(source[at:], at, state, reading.claims, set()))
    return _paragraphs("".join(pieces), source, window.start)


def _boundaries(reading: Reading, window: Span) -> Iterator[_Boundary]:
    owners = [(number, _spans_of_claim(claim)) for number, claim in enumerate(reading.claims)]
    owners += [(-1 - number, _spans_of_event(event)) for number, event in enumerate(reading.events)]
    for number, spans in owners:
        for kind, span in spans:
            start, stop = max(span.start, window.start), min(span.stop, window.stop)
            if start < stop:
                yield _Boundary(start, True, kind, number, len(span))
                yield _Boundary(stop, False, kind, number, len(span))


def _spans_of_claim(claim: Claim) -> Iterator[tuple[str, Span]]:
    yield "content", claim.content
    if claim.cue:
        yield "cue", claim.cue
    for voice in claim.chain:
        yield "voice", voice.span
    for count in claim.counts:
        yield "count", count.span


def _spans_of_event(event: EventMention) -> Iterator[tuple[str, Span]]:
    """What belongs to a happening, which may stand far from its claims, is marked where it stands."""
    if event.trigger:
        yield "trigger", event.trigger
    for kind, things in (("place", event.places), ("time", event.times), ("equipment", event.equipment)):
        for thing in things:
            yield kind, thing.span


def _step(state: _Open, boundary: _Boundary) -> None:
    if boundary.kind == "content":
        if boundary.begins and len(state.claims) < _MOST_OPEN:
            heapq.heappush(state.claims, (boundary.length, boundary.claim))
        else:
            state.closed.add(boundary.claim)
        while state.claims and state.claims[0][1] in state.closed:
            state.closed.discard(heapq.heappop(state.claims)[1])
        return
    owners = state.marks[boundary.kind]
    owners[boundary.claim] = owners.get(boundary.claim, 0) + (1 if boundary.begins else -1)
    if not owners[boundary.claim]:
        del owners[boundary.claim]


def _segment(piece: str, at: int, state: _Open, claims: Sequence[Claim], ends: set[str]) -> str:
    """One stretch of text that the same things cover; unmarked text stays bare."""
    inner = [number for _, number in heapq.nsmallest(_MOST_NAMED, state.claims) if number not in state.closed]
    marks = [mark for mark in _MARKS if state.marks[mark]]
    if not inner and not marks:
        return text(piece)
    stance = claims[inner[0]].stance if inner else None
    depth = f"d{min(len(inner), _DEEPEST)}" if inner else ""
    return "\n".join(
        tag(
            "span",
            text(line),
            class_=classes(f"s-{stance}" if stance else "", depth, *marks, bool(ends.intersection(marks)) and "end"),
            data_c=_numbers(inner),
            data_v=_numbers(state.marks["voice"]),
            data_k=_numbers(state.marks["cue"]),
            data_o=str(at) if state.marks["voice"] else None,
        )
        if line
        else ""
        for line in piece.split("\n")
    )


def _numbers(claims: Sequence[int] | Mapping[int, int]) -> str | None:
    numbers = [str(number + 1) for number in islice(claims, _MOST_NAMED)]
    return " ".join(numbers) or None


def _number(reading: Reading, index: int, label: Callable[[Reading, int], str]) -> str:
    """The claim's number before its content: a link to its card, reached with the tab key."""
    number, stance = str(index + 1), reading.claims[index].stance
    said = label(reading, index)
    return tag("a", number, class_=f"n s-{stance}", id=f"t{number}", href=f"#c{number}", aria_label=said)


def _paragraphs(marked: str, source: str, at: int) -> str:
    """Lines as paragraphs; every one takes its own direction. Marks never hold a line end: the lines are those of the source."""
    paragraphs = []
    for line, own in zip(marked.split("\n"), source[at:].split("\n"), strict=True):
        if line.strip():
            start = at + len(own) - len(own.lstrip("\r"))
            paragraphs.append(f'<p dir="auto" data-at="{start}">{line.strip(chr(13))}</p>')
        at += len(own) + 1
    return "\n".join(paragraphs)
