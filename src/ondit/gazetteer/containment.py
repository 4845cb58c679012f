"""Which place lies in which, by division codes."""

from collections.abc import Sequence

from ondit.gazetteer.entry import Entry, Hit, PlaceKind


def contained(inner: Sequence[Hit], outer: Sequence[Hit]) -> bool:
    """Does some reading of the inner name lie in some reading of the outer one?"""
    return any(lies_in(a.entry, b.entry) for b in outer[:8] for a in inner[:60])


def lies_in(inner: Entry, outer: Entry) -> bool:
    """A place in its own division or country: Aurora in Colorado, Kobani in Syria."""
    if not outer.country or inner.country != outer.country or inner.id == outer.id:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return inner.kind is not PlaceKind.COUNTRY
    if outer.kind is PlaceKind.ADMIN1:
        return outer.id == f"admin1:{inner.admin1}"
    if outer.kind is PlaceKind.ADMIN2:
        return outer.id == f"admin2:{inner.admin2}"
    return outer.kind is PlaceKind.TOWN and inner.kind in _INSIDE_TOWNS and inner.admin1 == outer.admin1


_INSIDE_TOWNS = frozenset({PlaceKind.DISTRICT, PlaceKind.SITE, PlaceKind.AIRPORT, PlaceKind.BASE})
