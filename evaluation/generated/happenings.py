"""Invented happenings in real towns: what happened where, when, to how many, and who tells of it how."""

import random
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from ondit.gazetteer import Gazetteer
from ondit.gazetteer.entry import Entry, PlaceKind

HERE = Path(__file__).parent
START = date(2019, 1, 1)
_TOLD = (
    1,
    1,
    1,
    1,
    2,
    2,
    2,
    3,
    3,
    4,
    6,
    9,
)  # how many reports tell of a happening, copies aside: no more than it has wordings
_OFFICIAL = 0.4  # share of tellings that rest on an official, the others on their outlet alone
_WITHIN = 3  # days in which it is told
_SILENCE = 10  # days in which a town sees no second happening of the kind, except a near miss on purpose
_LEAST, _MOST = 6, 240  # people: the smallest and the largest toll
_TWIN_AFTER = 3  # days after which a near miss comes
_ORDINARY = ("governor", "health", "mayor")  # voices of tellings that nobody contradicts; the others contradict


@cache
def sentences() -> dict[str, Any]:
    """The sentences and words of `sentences.toml`."""
    return tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))


@cache
def towns() -> tuple[Entry, ...]:
    """The towns of `towns.toml` as the gazetteer knows them; those it has no longer are left out."""
    gazetteer = Gazetteer.open()
    listed = tomllib.loads((HERE / "towns.toml").read_text(encoding="utf-8"))
    found = (
        next((e for e in gazetteer.candidates(name) if e.country == country and e.kind is PlaceKind.TOWN), None)
        for country, names in listed.items()
        for name in names
    )
    return tuple(dict.fromkeys(e for e in found if e is not None and e.lat is not None))


class Twist(StrEnum):
    """What the reports on a happening disagree about."""

    NONE = "none"
    RIVAL = "rival"  # another voice has a lower figure: the figure is contested
    UPDATE = "update"  # a later report has a higher figure that replaces the first
    DENIAL = "denial"  # a voice says that it did not happen


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a generated world is like; the same parameters and seed give the same reports, whatever their number.

    `a_day` happenings a day; shares of happenings that reports contradict, update or deny, or that have a twin to be kept apart (`near_misses`);
    shares of reports that are copied, once or twice, of those that tell of two happenings, and of the latter those that are translated (a report
    of one fact in another language is no more like its translation than like any other report on it).
    """

    seed: int = 0
    a_day: int = 40
    contradicted: float = 0.12
    updated: float = 0.12
    denied: float = 0.06
    near_misses: float = 0.1
    copied: float = 0.2
    roundups: float = 0.2
    translated: float = 0.5
    short: bool = False  # posts of one or two sentences instead of articles


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening: `counts` says what `toll` counts (killed, abducted, arrested), `later` is the toll after an update, `rival` the one of another voice.

    `near` is the number of the happening that it must not be taken for, or -1.
    """

    number: int
    type: str
    counts: str
    day: date
    town: Entry
    venue: int
    street: tuple[int, ...]
    toll: int
    injured: int
    twist: Twist = Twist.NONE
    later: int = 0
    rival: int = 0
    near: int = -1

    @property
    def contested(self) -> str:
        """The field that reports contradict one another on, or ""."""
        return {Twist.RIVAL: self.counts, Twist.DENIAL: "happened"}.get(self.twist, "")


@dataclass(frozen=True, slots=True)
class Told:
    """One telling as it is planned: by which outlet, in which language, on which day, resting on which voice ("" = the outlet itself), in which words.

    `figure` is the toll as told here; `twist` marks the telling that contradicts, updates or denies.
    """

    happening: Happening
    outlet: str
    language: str
    day: date
    voice: str
    figure: int
    twist: Twist
    variant: int
    frame: int
    injured: int  # number of the sentence on the injured, or -1
    dated: bool  # "on 3 March 2024", not "on Tuesday"

    @property
    def origin(self) -> str:
        """Who it rests on: equal ones are one independent origin."""
        return f"{self.voice} of {self.happening.town.id}" if self.voice else self.outlet


class World:
    """Makes happenings day by day, without end; the same for the same parameters."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._dice = random.Random(f"world{parameters.seed}")  # noqa: S311 - reports, not secrets
        self._number = 0
        self._types = tuple(sentences()["type"].items())
        self._quiet: dict[tuple[str, str], date] = {}
        self._twins: deque[tuple[date, Happening]] = deque()

    def days(self) -> Iterator[tuple[date, list[Happening]]]:
        """Each day with what happens on it."""
        day = START
        while True:
            yield day, [*self._due(day), *filter(None, (self._happening(day) for _ in range(self.parameters.a_day)))]
            day += timedelta(days=1)

    def _due(self, day: date) -> Iterator[Happening]:
        """Near misses: the same kind of thing in the same town, some days after."""
        while self._twins and self._twins[0][0] <= day:
            _, first = self._twins.popleft()
            yield self._made(first.type, day, first.town, near=first.number)

    def _happening(self, day: date) -> Happening | None:
        kind, _ = self._dice.choice(self._types)
        town = self._dice.choice(towns())
        if self._quiet.get((kind, town.id), START) > day:
            return None
        self._quiet[kind, town.id] = day + timedelta(days=_SILENCE)
        made = self._made(kind, day, town)
        if self._dice.random() < self.parameters.near_misses:
            self._twins.append((day + timedelta(days=_TWIN_AFTER), made))
        return made

    def _made(self, kind: str, day: date, town: Entry, near: int = -1) -> Happening:
        dice = self._dice
        toll = min(_LEAST + int(4 * (dice.paretovariate(1.3) - 1)) + dice.randrange(9), _MOST)
        self._number += 1
        return Happening(
            number=self._number,
            type=kind,
            counts=sentences()["type"][kind]["counts"],
            day=day,
            town=town,
            venue=dice.randrange(len(sentences()["venue"])),
            street=tuple(dice.choices(range(len(sentences()["around"]["syllables"]["en"])), k=3)),
            toll=toll,
            injured=toll + dice.randint(1, 30),
            twist=self._twist(),
            later=toll + dice.randint(2, 6 + toll // 2),
            rival=toll - dice.randint(2, 1 + toll // 3),
            near=near,
        )

    def _twist(self) -> Twist:
        at, p = self._dice.random(), self.parameters
        for twist, share in ((Twist.RIVAL, p.contradicted), (Twist.UPDATE, p.updated), (Twist.DENIAL, p.denied)):
            if at < share:
                return twist
            at -= share
        return Twist.NONE

    def tellings(self, happening: Happening) -> list[Told]:
        """Who tells of it, the first one first: no outlet twice, and no wording twice. What is contradicted, updated or denied has two at least."""
        dice = self._dice
        number = max(dice.choice(_TOLD), 2 if happening.twist is not Twist.NONE else 1)
        wordings = [
            (language, variant)
            for language in sentences()["languages"]
            for variant in range(len(sentences()["type"][happening.type][language]))
        ]
        chosen = dice.sample(wordings, min(number, len(wordings)))
        taken: set[str] = set()
        told = [self._told(happening, language, variant, taken) for language, variant in chosen]
        told.sort(key=lambda t: t.day)
        return told if happening.twist is Twist.NONE else [*told[:-1], _twisted(told[-1])]

    def _told(self, happening: Happening, language: str, variant: int, taken: set[str]) -> Told:
        dice = self._dice
        outlet = dice.choice([name for name in outlets()[language] if name not in taken])
        taken.add(outlet)
        return Told(
            happening,
            outlet,
            language,
            happening.day + timedelta(days=dice.randint(0, _WITHIN - 1)),
            dice.choice(_ORDINARY) if dice.random() < _OFFICIAL else "",
            happening.toll,
            Twist.NONE,
            variant,
            dice.randrange(len(sentences()["frames"][language])),
            dice.randrange(2) if happening.counts == "killed" and dice.random() < 0.6 else -1,
            dice.random() < 0.5,
        )


def _twisted(last: Told) -> Told:
    """The last telling with another figure, a day later for an update, or a denial; by voices that do not speak otherwise."""
    happening = last.happening
    figure = {Twist.RIVAL: happening.rival, Twist.UPDATE: happening.later}.get(happening.twist, last.figure)
    voice = {Twist.RIVAL: "lawyers", Twist.DENIAL: "command"}.get(happening.twist, "")
    day = last.day + timedelta(days=happening.twist is Twist.UPDATE)
    return replace(last, day=day, voice=voice, figure=figure, twist=happening.twist, injured=-1, dated=True)


@cache
def outlets() -> dict[str, list[str]]:
    """Names of outlets by language."""
    return {
        language: [f"{first} {second}" for first in firsts for second in seconds]
        for language, (firsts, seconds) in sentences()["outlets"].items()
    }
