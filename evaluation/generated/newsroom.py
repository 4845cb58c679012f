"""Reports without end, in the order in which they are published, each with what is true of it: tellings, copies, translations."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evaluation.generated.happenings import Happening, Parameters, Told, World, outlets, sentences
from evaluation.generated.writing import Around, Sentence, draw_around, write

KINDS = ("exact", "near", "translation")
_AROUND = (4, 7)  # sentences of an article that tell nothing
_LAST = 6  # days after a happening on which the last report on it may come


@dataclass(frozen=True, slots=True)
class Written:
    """One report: its text and its sentences, its tellings in their order, and of which report it is which kind of copy."""

    id: str
    outlet: str
    language: str
    day: date
    text: str
    sentences: tuple[Sentence, ...]
    told: tuple[Told, ...]
    copy_of: str = ""
    kind: str = ""
    copied: bool = False
    around: tuple[Around, ...] = ()


def is_told_out(happening: Happening, day: date) -> bool:
    """Are all reports on a happening out before this day?"""
    return (day - happening.day).days > _LAST


class Newsroom:
    """Writes reports day by day; the same for the same parameters, however many are asked for. Holds the reports of a few days only."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._world = World(parameters)
        self._dice = random.Random(f"newsroom{parameters.seed}")  # noqa: S311 - reports, not secrets
        self._number = 0

    def reports(self) -> Iterator[Written]:
        """Every report, the earliest day first."""
        waiting: dict[date, list[Written]] = defaultdict(list)
        for day, happenings in self._world.days():
            for happening in happenings:
                for written in self._of(happening):
                    waiting[written.day].append(written)
            yield from self._paired(waiting.pop(day, []))

    def _of(self, happening: Happening) -> Iterator[Written]:
        """All reports on a happening, a copy after its original."""
        taken: set[str] = set()
        for told in self._world.tellings(happening):
            taken.add(told.outlet)
            kinds = [self._dice.choice(KINDS[:2]) for _ in range(2) if self._dice.random() < self.parameters.copied / 2]
            around = draw_around(self._dice, self._length())
            original = replace(self._written(told, told.language, around), copied=bool(kinds))
            yield original
            for kind in kinds:
                yield self._copy(original, kind, taken)

    def _length(self) -> int:
        return self._dice.randint(0, 1) if self.parameters.short else self._dice.randint(*_AROUND)

    def _written(self, told: Told, language: str, around: Sequence[Around]) -> Written:
        self._number += 1
        text = write([told], language, around, lead_first=not around or around[0].who % 3 > 0)
        return Written(
            f"g{self._number:08}",
            told.outlet,
            language,
            told.day,
            text.text,
            text.sentences,
            (told,),
            around=tuple(around),
        )

    def _copy(self, original: Written, kind: str, taken: set[str]) -> Written:
        """The same report of another outlet, the same day or the next: as it is, or cut and with a sentence of its own."""
        (told,) = original.told
        around = list(original.around)
        if kind == "near":
            around = [*around[: max(1, len(around) - self._dice.randint(1, 2))], *draw_around(self._dice, 1)]
        copy = self._written(told, original.language, around)
        day = original.day + timedelta(days=self._dice.randint(0, 1))
        return replace(copy, outlet=self._outlet(original.language, taken), day=day, copy_of=original.id, kind=kind)

    def _outlet(self, language: str, taken: set[str]) -> str:
        outlet = self._dice.choice([name for name in outlets()[language] if name not in taken])
        taken.add(outlet)
        return outlet

    def _paired(self, reports: list[Written]) -> Iterator[Written]:
        """The reports of a day in an order of chance, some of them two in one: reports that tell of two happenings."""
        self._dice.shuffle(reports)
        order = {written.id: n for n, written in enumerate(reports)}
        # An original comes before its copies.
        reports.sort(key=lambda w: (order.get(w.copy_of, order[w.id]), bool(w.kind)))
        waiting: dict[str, Written] = {}
        for written in reports:
            if written.kind or written.copied or self._dice.random() >= self.parameters.roundups:
                yield written
            elif written.language not in waiting:
                waiting[written.language] = written
            elif written.told[0].voice:  # it rests on an official: its outlet does not matter
                yield from self._joined(waiting.pop(written.language), written)
            else:
                yield written
        yield from waiting.values()

    def _joined(self, first: Written, second: Written) -> Iterator[Written]:
        """Two reports in one, and perhaps its translation on the same day."""
        both = _together(first, second)
        yield both
        if self._dice.random() < self.parameters.translated:
            other = self._dice.choice([name for name in sentences()["languages"] if name != first.language])
            parts = [self._written(w.told[0], other, w.around) for w in (first, second)]
            outlet = self._outlet(other, set())
            yield replace(_together(*parts), outlet=outlet, day=both.day, copy_of=both.id, kind="translation")


def _together(first: Written, second: Written) -> Written:
    shift = len(first.text) + 2
    moved = (
        replace(s, start=s.start + shift, stop=s.stop + shift, telling=s.telling + 1 if s.telling >= 0 else -1)
        for s in second.sentences
    )
    return replace(
        first,
        text=f"{first.text}\n\n{second.text}",
        sentences=(*first.sentences, *moved),
        told=(*first.told, *second.told),
    )
