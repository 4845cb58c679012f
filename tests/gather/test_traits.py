"""What is kept of a telling for comparing it."""

from ondit.gather.traits import traits_of
from ondit.model import Claim, EventMention, Place, PlaceCandidate, PlacePrecision, Reading, Report, Span, Stance

TEXT = "A drone hit Swera."
SWERA = Span(12, 17)


def _may_be(id_: str, kind: str = "town") -> PlaceCandidate:
    return PlaceCandidate(id_, "Swera", 32.9, 44.8, "IQ", kind, 0.5)


def test_the_other_readings_of_a_place_name_are_kept_but_no_country() -> None:
    readings = (_may_be("town:ma"), _may_be("town:iq"), _may_be("country:XX", "country"))
    place = Place(
        SWERA,
        "Swera",
        "town:ma",
        "Essaouira",
        31.5,
        -9.8,
        4.0,
        "MA",
        precision=PlacePrecision.EXACT,
        candidates=readings,
    )
    event = EventMention("e", "drone_strike", Span(2, 7), places=(place,))
    claim = Claim("c", "r", Span(0, 17), None, (), Stance.ASSERTS, "e")
    (traits,) = traits_of(Reading(Report("r", TEXT, language="en"), (claim,), (event,)))
    assert [point.key for point in traits.points] == ["town:ma"]
    assert traits.maybe == {"town:iq"}
