"""Coordinates written out in reports: every usual form is the same point, and what only looks like one is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ondit
from ondit.languages import load_pack
from ondit.model.places import km_between
from ondit.read.engines.rules.coordinates import find_coordinates

HERE = (15.6597, 0.5022)


def points(text: str, language: str = "en") -> list[tuple[float, float]]:
    return [(c.lat, c.lon) for c in find_coordinates(text, load_pack(language))]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "15.6597, 0.5022"),
        ("en", "(15.6597, 0.5022)"),
        ("en", "15.6597 0.5022"),
        ("en", "15.6597/0.5022"),
        ("en", "15.6597°, 0.5022°"),
        ("en", "15.6597N 0.5022E"),
        ("en", "15.6597° N, 0.5022° E"),
        ("en", "N15.6597 E0.5022"),
        ("en", "15.6597 north and 0.5022 east"),
        ("en", "15°39'35\"N 0°30'08\"E"),
        ("en", "15° 39' 35\" N, 0° 30' 08\" E"),
        ("en", "15°39.58'N, 0°30.13'E"),
        ("fr", "15,6597 N, 0,5022 E"),
        ("fr", "15°39′35″ N et 0°30′08″ E"),
        ("fr", "15.6597° de latitude nord et 0.5022° de longitude est"),
        ("ar", "١٥٫٦٥٩٧ شمالا و٠٫٥٠٢٢ شرقا"),
        ("ar", "15.6597، 0.5022"),
        ("es", "15,6597 N, 0,5022 E"),
    ],
)
def test_the_usual_forms_are_one_point(language: str, written: str) -> None:
    found = points(f"… {written}.", language)
    assert len(found) == 1
    assert km_between(*found[0], *HERE) < 0.1


@pytest.mark.parametrize(
    ("language", "written", "point"),
    [
        ("en", "33.4489 S, 70.6693 W", (-33.4489, -70.6693)),
        ("fr", "12.3714° N, 1.5197° O", (12.3714, -1.5197)),
        ("en", "-1.6792, 29.2228", (-1.6792, 29.2228)),
        ("en", "S 1.6792 E 29.2228", (-1.6792, 29.2228)),
    ],
)
def test_south_and_west_are_below_zero(language: str, written: str, point: tuple[float, float]) -> None:
    assert points(written, language) == [point]


@pytest.mark.parametrize(
    "text",
    [
        "Between 1.25, 2.75 and 3.50 dollars.",
        "Shares closed at 12.345, 13.456 before.",
        "Rooms 5 N and 3 E were hit.",
        "A fever of 39.5°, then 38.2°.",
        "It is 95.1234, 20.1234 by this map.",
        "Version 1.2.3456, 2.3.4567.",
        "$15.6597, 0.5022",
        "15.6597, 0.5022%",
    ],
)
def test_other_figures_are_no_point(text: str) -> None:
    assert points(text) == []


def test_a_name_has_the_point_of_the_coordinates_behind_it() -> None:
    reading = ondit.read("A strike on Ansongo (15.7012 N, 0.6034 E) killed three.", lang="en")
    place = reading.events[0].places[0]
    assert (place.text, place.lat, place.lon) == ("Ansongo", 15.7012, 0.6034)
    assert "coordinates behind it" in place.reason


def test_coordinates_are_where_it_was_and_no_figure_of_it() -> None:
    reading = ondit.read("Two missiles hit a depot near Kyiv at 50.4501, 30.5234, killing 4 workers.", lang="en")
    assert [(c.what, c.low) for c in reading.claims[0].counts if c.what == "killed"] == [("killed", 4)]
    assert any((p.lat, p.lon, p.country) == (50.4501, 30.5234, "UA") for p in reading.events[0].places)


@settings(max_examples=60, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_written_in_decimals_is_read_back(lat: float, lon: float) -> None:
    sides = f"{abs(lat):.5f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.5f}° {'E' if lon >= 0 else 'W'}"
    for written in (f"{lat:.5f}, {lon:.5f}", sides):
        assert points(written) == [pytest.approx((lat, lon), abs=0.00001)]
