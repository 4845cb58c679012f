"""What reports say together: happenings and copies, as some come and others go."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ondit.gather.copies.finding import Copying, Wording, wording_of
from ondit.gather.gathering import Gathering, in_time
from ondit.gather.notes import Notes, Written
from ondit.gather.traits import Traits, traits_of
from ondit.model import Copy, Decision, Event, Reading
from ondit.model.records import uncollected

CopiesOf = Callable[[str], Sequence[Copy]]


@dataclass(frozen=True)
class Touched:
    """What a change may have made otherwise: the happenings in which these claims were, and the copies on either side of which these reports stand."""

    claims: frozenset[str]
    reports: frozenset[str]


class Settling:
    """Settles little by little; with `notes` of what was settled before only what new reports share with it is brought to hand."""

    def __init__(self, notes: Notes | None = None) -> None:
        self.gathering = Gathering(notes)
        self.copying = Copying(notes)

    @uncollected()
    def change(
        self,
        readings: Iterable[Reading],
        gone: Collection[str] = (),
        *,
        decisions: Sequence[Decision] = (),
        before: Sequence[Decision] = (),
        copies_before: CopiesOf = lambda _: (),
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> Touched:
        """Reports come, in the place of those with the same id, and others (ids) go; the readings need not stay in memory.

        `decisions` are all that analysts took, `before` those that were known the last time; `copies_before` tells the copies on either side of
        which a report stood then; `told` hears how many tellings of how many were compared.
        """
        tellings: dict[str, list[Traits]] = {}
        wordings: list[Wording] = []
        for reading in readings:
            tellings[reading.report.id] = traits_of(reading)
            wordings.append(wording_of(reading))
        reports = self.copying.change(wordings, gone)
        then = {copy for report in reports for copy in copies_before(report)}
        changed = then.symmetric_difference(self.copying.copies(reports))
        stir = {report for copy in changed for report in (copy.report, copy.original)} - set(gone)
        claims = self.gathering.change(
            tellings, gone, stir=stir | tellings.keys(), decisions=decisions, before=before, told=told
        )
        return Touched(frozenset(claims), frozenset(reports))

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Which of the reports at hand repeat others, each with its original and the reasons."""
        return tuple(self.copying.copies())

    def events(self) -> list[Event]:
        """The happenings of the reports at hand, earliest first (undated ones last), each with the copies among its reports."""
        by_report: dict[str, list[Copy]] = defaultdict(list)
        for copy in self.copies:
            by_report[copy.report].append(copy)
        return sorted(self.each(lambda report: by_report.get(report, ())), key=in_time)

    def each(self, copies_of: CopiesOf) -> Iterator[Event]:
        """The happenings that were made or looked at, in no order; `copies_of` tells the copies that a report is."""
        return (replace(e, copies=tuple(_among(e, copies_of))) for e in self.gathering.events())

    def written(self) -> list[Written]:
        """What is to be noted."""
        return [*self.gathering.written(), *self.copying.written()]


def _among(event: Event, copies_of: CopiesOf) -> Iterable[Copy]:
    reports = set(event.reports)
    return (copy for report in event.reports for copy in copies_of(report) if copy.original in reports)
