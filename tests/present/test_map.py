"""The small map and the outlines under it."""

from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import pytest

from ondit.model import Claim, EventMention, Place, PlacePrecision, Reading, Report, Span, Stance
from ondit.present.html.basemap import Box, outlines
from ondit.present.html.map import gather_places, render_map
from tests.readings import samarra

WORLD = Box(-180, -90, 180, 90)


def reading_of(*places: Place) -> Reading:
    event = EventMention("e", "other", None, places=places)
    claim = Claim("c", "r", Span(0, 1), None, (), Stance.ASSERTS, "e")
    return Reading(Report("r", "x"), (claim,), (event,))


def place(
    name: str, lat: float, lon: float, radius: float = 5, precision: PlacePrecision = PlacePrecision.EXACT
) -> Place:
    return Place(Span(0, 1), name, name, name, lat, lon, radius, precision=precision)


def goes_around(ring: tuple[tuple[float, float], ...], lon: float, lat: float) -> bool:
    sides = zip(ring, [*ring[1:], ring[0]], strict=True)
    return (
        sum(
            (a[1] > lat) != (b[1] > lat) and lon < a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in sides
        )
        % 2
        == 1
    )


def test_the_data_are_small_and_all_there() -> None:
    assert len((files("ondit.present.html") / "basemap.json").read_bytes()) <= 300_000
    assert len(list(outlines(WORLD))) > 200


@pytest.mark.parametrize(
    ("town", "lat", "lon", "country"),
    [
        ("Baghdad", 33.3, 44.4, "Iraq"),
        ("Bamako", 12.65, -8.0, "Mali"),
        ("Kyiv", 50.45, 30.5, "Ukraine"),
        ("Port-au-Prince", 18.55, -72.3, "Haiti"),
        ("Goma", -1.6, 29.1, "Dem. Rep. Congo"),
    ],
)
@pytest.mark.parametrize("reach", [0.5, 5, 60])
def test_towns_are_in_their_countries(town: str, lat: float, lon: float, country: str, reach: float) -> None:
    box = Box(lon - reach, lat - reach, lon + reach, lat + reach)
    around = {o.name for o in outlines(box) if sum(goes_around(ring, lon, lat) for ring in o.rings) % 2}
    assert around == {country}, town


def test_outlines_are_cut_at_the_box() -> None:
    box = Box(43, 33, 45, 35)
    points = [point for outline in outlines(box) for ring in outline.rings for point in ring]
    assert points
    assert all(43 <= lon <= 45 and 33 <= lat <= 35 for lon, lat in points)


def test_places_on_and_off_the_map() -> None:
    on, off = gather_places(samarra())
    assert [(pin.place.name, pin.claims) for pin in on] == [("Samarra", [1, 2, 3]), ("Salah ad-Din", [1, 2, 3])]
    assert [(pin.place.text, pin.claims) for pin in off] == [("al-Azim", [4, 6])]
    svg = render_map(samarra())
    assert ">Samarra</text>" in svg
    assert 'class="reach"' in svg
    assert "Not found" in svg
    assert "km</text>" in svg


def test_names_that_stand_for_a_government_are_on_no_map() -> None:
    metonym = replace(place("Washington", 38.9, -77), metonym=True)
    assert "No places" in render_map(reading_of(metonym))


def test_countries_do_not_set_the_view() -> None:
    country = place("United States", 39.8, -98.6, 1_750, PlacePrecision.COUNTRY)
    svg = render_map(reading_of(place("Samarra", 34.2, 43.9), country))
    assert "Wider places" in svg
    assert ">United States</text>" not in svg
    assert ">100 km</text>" in svg
    assert "Wider" not in render_map(reading_of(country))


def test_no_outline_runs_across_the_map() -> None:
    """Russia, Fiji and Antarctica cross the date line: their rings run on instead of jumping back."""
    for outline in outlines(Box(-179, -80, 179, 80)):
        for ring in outline.rings:
            for a, b in pairwise(ring):
                on_edge = abs(a[1]) == 80 or abs(a[0]) == 179
                assert abs(a[0] - b[0]) < 90 or on_edge, outline.name


@pytest.mark.parametrize(
    "places",
    [
        [place("Suva", -18.1, 178.4), place("Apia", -13.8, -171.8)],
        [place("Lima", -12, -77), place("Tokyo", 35.7, 139.7), place("Sydney", -33.9, 151.2)],
        [place("Pole", 90, 0)],
        [place("Russia", 61, 100, 3_000, PlacePrecision.COUNTRY)],
        [place("<b>&", 0, 0, 0)],
        [place(f"Town {i}", 34 + i / 1_000, 44) for i in range(400)],
    ],
    ids=["date line", "world", "pole", "country", "markup", "many"],
)
def test_odd_places_are_drawn(places: list[Place]) -> None:
    svg = render_map(reading_of(*places))
    assert svg.startswith("<figure")
    assert "nan" not in svg
    assert "<b>&" not in svg
    assert len(svg) < 400_000
    assert svg.count('class="spot"') + svg.count('class="area"') == min(len(places), 150)
