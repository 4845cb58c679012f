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
    """The report that the others go back to: passed on from it, credited to it, out before them, longer than them."""
    named = {m.publisher: m for m in sorted(members, key=_age, reverse=True) if m.publisher}
    votes: dict[str, list[str]] = {}
    for member in members:
        if member.sender in named and named[member.sender] is not member:
            votes.setdefault(named[member.sender].report, []).append(f"a post of {member.sender} passed on")
        for publisher, source in named.items():
            if source is not member and publisher != member.publisher and _credits(member, publisher):
                votes.setdefault(source.report, []).append(f"credited to {publisher}")
    best = max(members, key=lambda m: (len(votes.get(m.report, ())), -_age(m)[0], m.words, [-ord(c) for c in m.report]))
    return best, tuple(dict.fromkeys(votes.get(best.report, ())))


def _credits(member: Print, publisher: str) -> bool:
    """Does a report name a publisher where credits stand, at its beginning or end?"""
    return f" {publisher} " in f" {member.opening} | {member.closing} "


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
        return ("which came first is not known by date; the longer one is taken for the original",)
    days = member.published - original.published
    if days == 0:
        return ("both published on the same day",)
    return (f"published {abs(days)} days {'after' if days > 0 else 'before'} the original",)
