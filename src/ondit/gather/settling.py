"""What reports say together: happenings and copies, in one record that grows report by report."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ondit.gather.copies.finding import NONE, Copied, find, wording_of
from ondit.gather.gathering import NOTHING, Gathered, gather
from ondit.gather.traits import Traits, traits_of
from ondit.model import Copy, Decision, Event, Reading


@dataclass(frozen=True)
class Settled:
    """What was settled: give it back to `settle_readings` with what is new."""

    gathered: Gathered = NOTHING
    copied: Copied = NONE

    @property
    def touched(self) -> frozenset[str]:
        """The happenings that the last call made or changed: names for `events(only=…)`."""
        return self.gathered.touched

    def told_alike(self, readings: Iterable[Reading]) -> bool:
        """Would gathering see these readings, which it knows already, as it saw them? Then they need not be settled again."""
        known = Counter(traits.report for traits in self.gathered.traits.values())
        for reading in readings:
            own = traits_of(reading)
            if known[reading.report.id] != len(own) or any(self.gathered.traits.get(t.id) != t for t in own):
                return False
            if self.copied.wordings.get(reading.report.id) != wording_of(reading):
                return False
        return True

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Which reports repeat others, each with its original and the reasons."""
        return tuple(self.copied.copies())

    def events(self, *, only: Collection[str] | None = None) -> list[Event]:
        """The happenings, earliest first, each with the copies among its reports."""
        by_report: dict[str, list[Copy]] = defaultdict(list)
        for copy in self.copies:
            by_report[copy.report].append(copy)
        return [replace(event, copies=tuple(_among(event, by_report))) for event in self.gathered.events(only=only)]


def _among(event: Event, by_report: dict[str, list[Copy]]) -> Iterable[Copy]:
    reports = set(event.reports)
    return (copy for report in event.reports for copy in by_report.get(report, ()) if copy.original in reports)


START = Settled()


def settle_readings(new: Iterable[Reading], before: Settled = START, *, decisions: Sequence[Decision] = ()) -> Settled:
    """Adds readings to what was settled; the readings themselves need not stay in memory."""
    traits: list[Traits] = []
    wordings = []
    for reading in new:
        traits += traits_of(reading)
        wordings.append(wording_of(reading))
    return Settled(gather(traits, before.gathered, decisions=decisions), find(wordings, before.copied))
