"""Figures of one thing counted, voice by voice and in the order of their reports: what each voice gives now, and what is only repeated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from ondit.languages import load_pack
from ondit.languages.packs import PackError
from ondit.model import ActorKind, Count, SourceKind
from ondit.text.folding import fold_name
from ondit.weigh.voices import Known, Statement, Voice

OF_THINGS = ("troops", "strikes", "weapons")
_SHORTEST = 3
_WORD = re.compile(r"\w+")
_Size = tuple[int, int]
_NONE: _Size = (-1, -1)
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.ARMED_GROUP, SourceKind.ARMED_FORCES})
CIVILIANS, ARMED = "civilians", frozenset({"fighters", "forces"})
SIDES = {
    ActorKind.CIVILIANS: CIVILIANS,
    ActorKind.STATE_FORCES: "forces",
    ActorKind.REBEL_GROUP: "fighters",
    ActorKind.POLITICAL_MILITIA: "fighters",
    ActorKind.IDENTITY_MILITIA: "fighters",
    ActorKind.EXTERNAL_FORCES: "forces",
    ActorKind.PROTESTERS: "protesters",
    ActorKind.RIOTERS: "protesters",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One voice's figure in one report."""

    count: Count
    statement: Statement
    kind: ActorKind | None  # civilians, state forces …, where the counted are an actor of the happening

    @property
    def low(self) -> int | None:
        """The least that it says."""
        return self.count.low

    @property
    def high(self) -> int | None:
        """The most that it says, None when that is open."""
        return self.count.high

    @property
    def size(self) -> _Size:
        """What makes a toll the larger one: its lower bound, then its upper."""
        return (self.low or 0, self.high if self.high is not None else 1 << 60)

    @property
    def day(self) -> date | None:
        """When its report was published."""
        return self.statement.day

    @property
    def side(self) -> str | None:
        """Whether civilians, fighters or forces are counted, where it is known."""
        return SIDES.get(self.kind) if self.kind is not None else None

    @property
    def risen(self) -> bool:
        """Does the claim say that the figure has risen to it ("rose to five")?"""
        report, start = self.statement.report, self.statement.claim.content.start
        before = _WORD.findall(report.text[start : self.count.span.start].lower())
        rises, to = _rising(report.language)
        return before[-1:] != [] and before[-1] in to and not rises.isdisjoint(before)


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one voice, oldest first, each report's largest at each point; the last is the current one."""

    figures: tuple[Figure, ...]

    @property
    def current(self) -> Figure:
        """What the voice says now."""
        return self.figures[-1]


def series_of(told: Iterable[Figure], known: Known) -> list[Series]:
    """The figures of one field by who gives them; what only repeats an older toll is left out."""
    by_voice: dict[str, list[Figure]] = {}
    for reading in _without_repeated(told):
        by_voice.setdefault(_body(reading.statement.voice, known), []).append(reading)
    return [Series(tuple(sorted(f, key=lambda r: (r.day or date.max, r.size)))) for f in by_voice.values()]


class _Told:
    """What was told until a day: when a figure was first given, and the largest so far with its day; by each voice, and by anybody ("")."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, _Size], date] = {}
        self._most: dict[str, tuple[_Size, date]] = {}

    def raise_to(self, reading: Figure, day: date) -> None:
        for who in (reading.statement.voice.key, ""):
            if reading.size > self._most.get(who, (_NONE, day))[0]:
                self._most[who] = reading.size, day

    def repeats(self, reading: Figure, day: date) -> bool:
        """Was the figure given before, and raised since? A report that speaks for itself may repeat anybody's."""
        who = "" if reading.statement.own else reading.statement.voice.key
        largest, raised = self._most[who]
        return largest > reading.size and self._given.get((who, reading.size), day) < raised

    def give(self, reading: Figure, day: date) -> None:
        for who in (reading.statement.voice.key, ""):
            self._given.setdefault((who, reading.size), day)


def _without_repeated(told: Iterable[Figure]) -> list[Figure]:
    """The figures but those that only repeat an older toll, which was raised since."""
    by_day: dict[date, list[Figure]] = {}
    kept = []
    for reading in told:
        if reading.day is None:
            kept.append(reading)
        else:
            by_day.setdefault(reading.day, []).append(reading)
    before = _Told()
    for day in sorted(by_day):
        for reading in by_day[day]:
            before.raise_to(reading, day)
        kept += [reading for reading in by_day[day] if not before.repeats(reading, day)]
        for reading in by_day[day]:
            before.give(reading, day)
    return kept


def _body(voice: Voice, known: Known) -> str:
    """Who gives a figure: a person whom the registry places in one organisation, group or army gives its figures."""
    source = voice.source
    if source is not None and source.kind is SourceKind.PERSON and len(source.camps) == 1:
        body = known.sources.get(source.camps[0])
        if body is not None and body.kind in _BODIES:
            return f"source {body.id}"
    return voice.key


def content_of(text: str) -> frozenset[str]:
    """The words of a phrase that say what is counted."""
    return frozenset(w for w in fold_name(text).split() if len(w) > _SHORTEST and not w.isdigit())


def comparable(a: Figure, b: Figure) -> bool:
    """Figures of civilians, of soldiers and of fighters are not rivals; of things, only those that are called alike are."""
    if a.count.what in OF_THINGS:
        same = a.statement.report.language == b.statement.report.language
        return same and bool(content_of(f"{a.count.text} {a.count.who}") & content_of(f"{b.count.text} {b.count.who}"))
    return a.side is None or b.side is None or a.side == b.side


@cache
def _rising(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words that a figure has risen, and those between them and the new one."""
    try:
        ranges = load_pack(language).table("grammar/counts")["ranges"]
    except PackError:  # a language without a pack
        return frozenset(), frozenset()
    return frozenset(ranges["rises"]), frozenset(ranges["to"])
