"""What was gathered and weighed of generated reports beside what is true of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from evaluation.generated.happenings import Happening, Twist
from evaluation.generated.newsroom import KINDS, Written, is_told_out
from ondit.model import CopyKind, Event, FieldStatus

Measure = tuple[str, float | None, int]
"""What is measured, in percent (None where there was nothing to measure), of how many."""

_WORDING = frozenset({CopyKind.EXACT, CopyKind.NEAR, CopyKind.FORWARD, CopyKind.TRANSLATION})
_Telling = tuple[int, int]  # number of a report, number of one of its tellings


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is kept of an event for scoring: how the fields stand, and how many independent origins it has."""

    fields: Mapping[str, FieldStatus]
    origins: int

    @classmethod
    def of(cls, event: Event) -> "Weighed":
        """That of a weighed event."""
        return cls(
            {f.field: f.status for f in event.fields}, len(event.independence.origins) if event.independence else 0
        )


@dataclass
class Gold:
    """What is true of reports, taken in one by one; a few hundred bytes a report."""

    happenings: dict[int, Happening] = field(default_factory=dict)
    spans: dict[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    """By report: start, stop and the number of the telling of each sentence that tells something."""
    about: dict[str, tuple[int, ...]] = field(default_factory=dict)
    origins: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports: Counter[int] = field(default_factory=Counter)
    copies: dict[str, tuple[str, str]] = field(default_factory=dict)
    shown: Counter[int] = field(default_factory=Counter)
    until: date = date.min

    def add(self, written: Written) -> None:
        """Take in one report."""
        self.spans[written.id] = tuple((s.start, s.stop, s.telling) for s in written.sentences if s.telling >= 0)
        self.about[written.id] = tuple(t.happening.number for t in written.told)
        self.until = max(self.until, written.day)
        if written.kind:
            self.copies[written.id] = written.copy_of, written.kind
        for told in written.told:
            number = told.happening.number
            self.happenings[number] = told.happening
            self.reports[number] += 1
            self.shown[number] += told.twist is not Twist.NONE
            if told.twist is not Twist.DENIAL:
                self.origins[number].add(told.origin)

    def told_out(self) -> Iterator[Happening]:
        """The happenings of which several reports tell and no more will."""
        return (h for n, h in self.happenings.items() if self.reports[n] > 1 and is_told_out(h, self.until))


@dataclass
class Found:
    """What was found in the reports, by the ids that the generator gave them."""

    events: dict[str, Weighed] = field(default_factory=dict)
    homes: dict[str, Counter[tuple[int, str]]] = field(default_factory=lambda: defaultdict(Counter))
    """By report: characters that claims about an event share with the sentences of a telling."""
    copies: set[tuple[str, str]] = field(default_factory=set)

    def claim(self, gold: Gold, report: str, start: int, stop: int, event: str) -> None:
        """A claim of a report that is about an event."""
        for first, last, telling in gold.spans[report]:
            if (shared := min(stop, last) - max(start, first)) > 0:
                self.homes[report][telling, event] += shared

    def copy(self, report: str, original: str, kind: CopyKind) -> None:
        """A report that was called a copy; passages that two reports share do not count."""
        if kind in _WORDING:
            self.copies.add((report, original))


def score(gold: Gold, found: Found) -> list[Measure]:
    """All measures, in the order of the stages."""
    told = dict(_assigned(gold, found))
    return [*_gathering(gold, told), *_copies(gold, found), *_weighing(gold, found, told)]


def _assigned(gold: Gold, found: Found) -> Iterator[tuple[_Telling, tuple[int, str | None]]]:
    """Each telling with its happening and the event that most of its characters went to."""
    for n, (report, happenings) in enumerate(gold.about.items()):
        shared = found.homes.get(report, Counter())
        for telling, happening in enumerate(happenings):
            best = max(((c, e) for (t, e), c in shared.items() if t == telling), default=(0, None))
            yield (n, telling), (happening, best[1])


def _gathering(gold: Gold, told: Mapping[_Telling, tuple[int, str | None]]) -> Iterable[Measure]:
    placed = [(telling, happening, event) for telling, (happening, event) in told.items() if event]
    cells = Counter((happening, event) for _, happening, event in placed)
    sizes = Counter(event for _, _, event in placed)
    within: Counter[tuple[int, str]] = Counter((report, event) for (report, _), _, event in placed)
    both = sum(map(_pairs, cells.values()))
    joined = sum(map(_pairs, sizes.values())) - sum(map(_pairs, within.values()))  # one report's own are reading
    true = sum(map(_pairs, Counter(happening for happening, _ in told.values()).values()))
    precision, recall = _share(both, joined), _share(both, true)
    events: dict[int, set[str]] = defaultdict(set)
    for _, happening, event in placed:
        events[happening].add(event)
    near = [(n, h.near) for n, h in gold.happenings.items() if h.near in gold.happenings]
    return [
        ("tellings that were read as a happening", _share(len(placed), len(told)), len(told)),
        ("pairs of tellings, precision", precision, joined),
        ("pairs of tellings, recall", recall, true),
        ("pairs of tellings, F1", _share(2 * both, joined + true), joined + true),
        ("near misses apart", _share(sum(not events[a] & events[b] for a, b in near), len(near)), len(near)),
    ]


def _copies(gold: Gold, found: Found) -> Iterable[Measure]:
    def root(report: str) -> str:
        return gold.copies[report][0] if report in gold.copies else report

    right = {pair for pair in found.copies if root(pair[0]) == root(pair[1])}
    known = {report for pair in right for report in pair}
    asked, got = Counter[str](), Counter[str]()
    for report, (_, kind) in gold.copies.items():
        if root(report) in gold.about:
            asked[kind] += 1
            got[kind] += report in known
    yield "copies, precision", _share(len(right), len(found.copies)), len(found.copies)
    yield "copies, recall", _share(got.total(), asked.total()), asked.total()
    for kind in KINDS:
        yield f"… of kind {kind}", _share(got[kind], asked[kind]), asked[kind]


def _weighing(gold: Gold, found: Found, told: Mapping[_Telling, tuple[int, str | None]]) -> Iterable[Measure]:
    homes: dict[int, Counter[str]] = defaultdict(Counter)
    for number, event in told.values():
        if event:
            homes[number][event] += 1
    contested, calm, updated, origins = [], [], [], []
    for happening in gold.told_out():
        home = max(((c, e) for e, c in homes[happening.number].items()), default=(0, ""))[1]
        weighed = found.events.get(home)
        seen = _status(weighed, happening) if weighed else frozenset()
        if happening.contested:
            contested.append(FieldStatus.CONTESTED in seen)
        else:
            calm.append(FieldStatus.CONTESTED in seen)
        if happening.twist is Twist.UPDATE:
            updated.append(FieldStatus.UPDATED in seen)
        origins.append((weighed.origins if weighed else 0) - len(gold.origins[happening.number]))
    yield "contradictions found", _share(sum(contested), len(contested)), len(contested)
    yield "called contested without cause", _share(sum(calm), len(calm)), len(calm)
    yield "updates called updates", _share(sum(updated), len(updated)), len(updated)
    yield "independent origins right", _share(sum(d == 0 for d in origins), len(origins)), len(origins)
    yield "… too many", _share(sum(d > 0 for d in origins), len(origins)), len(origins)


def _status(weighed: Weighed, happening: Happening) -> frozenset[FieldStatus]:
    """How the fields stand that reports on it may disagree about."""
    names = ("happened", happening.counts, f"{happening.counts}_perpetrators")
    return frozenset(weighed.fields[name] for name in names if name in weighed.fields)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
