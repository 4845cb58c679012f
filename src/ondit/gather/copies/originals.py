"""Who copied whom: families of copies, the original of each, and why it is the original."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ondit.gather.copies.alike import Alike
from ondit.gather.copies.prints import Print
from ondit.model import Copy, CopyKind

_UNKNOWN = date.max.toordinal()


def copies_of(
    family: Sequence[str], prints: Mapping[str, Print], found: Mapping[str, Mapping[str, Alike]]
) -> Iterator[Copy]:
    """A copy for each report of a family (reports that are near copies of one another) but its original."""
    members = [prints[name] for name in family]
    original, why = _original(members)
    for member in members:
        if member is original:
            continue
        same = found.get(member.report, {}).get(original.report)
        # Some copies share nothing with the original any more: what they share with the nearest relative stands for it.
        nearest = same or max(found[member.report].values(), key=lambda a: (a.part, a.left, a.right))
        yield Copy(
            member.report,
            original.report,
            _kind(member, original),
            round(nearest.part, 3),
            (_likeness(member, original, nearest), *why, *_dates(member, original)),
        )


def passages_of(pairs: Iterable[Alike], prints: Mapping[str, Print]) -> Iterator[Copy]:
    """A passage taken over from one report into another that is no copy of it."""
    for pair in pairs:
        earlier, later = sorted((prints[pair.left], prints[pair.right]), key=_age)
        yield Copy(
            later.report,
            earlier.report,
            CopyKind.PASSAGE,
            round(pair.part, 3),
            (f"a passage is the same, {100 * pair.part:.0f} % of the shorter report", *_dates(later, earlier)),
        )


def _original(members: Sequence[Print]) -> tuple[Print, tuple[str, ...]]:
    """The report that the others go back to, and what says so."""
    votes: dict[str, list[str]] = {member.report: [] for member in members}
    published_by: dict[str, list[Print]] = {}
    for member in members:
        published_by.setdefault(member.publisher, []).append(member)
    for member in members:
        sent = [m for m in published_by.get(member.sender, ()) if member.sender and m is not member]
        # A forward was taken from the version that it repeats.
        for source in [m for m in sent if m.whole == member.whole] or sent:
            votes[source.report].append(f"a post of {member.sender} passed on")
        for publisher, sources in published_by.items():
            if member.credited_to(sources[0]):
                for source in sources:
                    votes[source.report].append(f"credited to {publisher}")
    most = max(map(len, votes.values()))
    named = [m for m in members if len(votes[m.report]) == most]
    first = min(m.published or _UNKNOWN for m in named)
    early = [m for m in named if (m.published or _UNKNOWN) == first]
    best, why = _first_of(early)
    return best, (*dict.fromkeys(votes[best.report]), *why)


def _first_of(members: Sequence[Print]) -> tuple[Print, tuple[str, ...]]:
    """The first of reports of one day: of one outlet that with the lowest number, of versions the shortest, else the longest."""
    if len(members) == 1:
        return members[0], ()
    if members[0].series and len({m.series for m in members}) == 1:
        return min(members, key=lambda m: (m.words, m.report)), ("the shortest of its versions: edits mostly add",)
    if members[0].house and len({m.house for m in members}) == 1 and None not in (n := {m.number for m in members}):
        lowest = min(number for number in n if number is not None)
        numbered = [m for m in members if m.number == lowest]
        if len(numbered) < len(members):
            return _first_of(numbered)[0], (f"the lowest number of its day at {members[0].house}",)
    return min(members, key=lambda m: (-m.words, m.report)), ()


def _age(own: Print) -> tuple[int, int, str]:
    return own.published or _UNKNOWN, -own.words, own.report


def _kind(member: Print, original: Print) -> CopyKind:
    if member.sender and member.sender == original.publisher:
        return CopyKind.FORWARD
    return CopyKind.EXACT if member.whole == original.whole else CopyKind.NEAR


def _likeness(member: Print, original: Print, alike: Alike) -> str:
    if member.whole == original.whole:
        return "word for word the same"
    beside = "" if {alike.left, alike.right} == {member.report, original.report} else ", through another copy"
    return f"{100 * alike.part:.0f} % of the shorter report in the same words{beside}"


def _dates(member: Print, original: Print) -> tuple[str, ...]:
    if member.published is None or original.published is None:
        return ("which came first is not known by date",)
    days = member.published - original.published
    if days == 0:
        return ("both published on the same day",)
    return (f"published {abs(days)} days {'after' if days > 0 else 'before'} the original",)
