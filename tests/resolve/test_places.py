"""Place names of reports → places, from the packs' examples and from properties."""

import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ondit
from ondit import languages
from ondit.gazetteer import Gazetteer
from ondit.languages import load_pack
from ondit.model import PlacePrecision, Report
from ondit.model.places import km_between
from ondit.normalise.documents import normalise
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.toponyms import find_toponyms
from ondit.resolve.places import resolve_places
from tests.steps import steps

PACKS = Path(languages.__file__).parent
EXAMPLES = {
    lang: tomllib.loads((PACKS / lang / "examples" / "places.toml").read_text("utf-8"))
    for lang in ("ar", "en", "es", "fr")
}


@cache
def gazetteer():
    return Gazetteer.open()


def places_of(text, lang="en", **context):
    pack = load_pack(lang)
    toponyms = find_toponyms(parse(normalise(Report(id="", text=text), pack), pack), gazetteer())
    return resolve_places(toponyms, gazetteer(), **context)


@pytest.mark.parametrize(
    "lang, case",
    [
        pytest.param(lang, case, id=f"{lang}:{case['place']}:{i}")
        for lang in EXAMPLES
        for i, case in enumerate(EXAMPLES[lang]["yes"])
    ],
)
def test_a_place(lang, case):
    found = [p for p in places_of(case["text"], lang) if p.text == case["place"] and not p.metonym]
    assert [p.gazetteer_id for p in found] == [case["id"]]
    assert found[0].precision == case.get("precision", found[0].precision)


@pytest.mark.parametrize(
    "lang, case",
    [
        pytest.param(lang, case, id=f"{lang}:{case['not']}:{i}")
        for lang in EXAMPLES
        for i, case in enumerate(EXAMPLES[lang]["no"])
    ],
)
def test_not_a_place(lang, case):
    assert case["not"] in case["text"]
    assert [p.text for p in places_of(case["text"], lang) if not p.metonym and case["not"] in p.text] == []


def test_the_report_decides_between_places_of_one_name():
    texas = "Fire crews from Dallas and Sherman, Texas, drove to Paris."
    france = "Police in Lyon, Marseille and Paris made arrests."
    assert [p.country for p in places_of(texas) if p.text == "Paris"] == ["US"]
    assert [p.country for p in places_of(france) if p.text == "Paris"] == ["FR"]


def test_candidates_and_a_reason_are_kept():
    place = next(p for p in places_of("He lives in Aurora, Colorado.") if p.text == "Aurora")
    assert place.candidates[0].gazetteer_id == place.gazetteer_id
    assert len(place.candidates) > 1
    assert "contains" in place.reason
    assert "runner-up" in place.reason


def test_a_tolerant_spelling_is_said():
    place = next(p for p in places_of("A bomb went off in the town of Qatraneh, in Jordan.") if p.text == "Qatraneh")
    assert "tolerant spelling" in place.reason


def test_an_unknown_name_stays_unresolved():
    (place,) = (p for p in places_of("They attacked the village of Xyzzyqua.") if p.text == "Xyzzyqua")
    assert (place.gazetteer_id, place.precision, place.lat) == (None, PlacePrecision.UNRESOLVED, None)
    assert place.reason == "not in the gazetteer"


def test_a_small_place_far_from_everything_else_is_not_believed():
    text = "Les combats à Alep, Homs et Hama, en Syrie, ont gagné Barlin."
    barlin = [p for p in places_of(text, "fr") if p.text == "Barlin"]
    assert all(p.gazetteer_id is None for p in barlin)


def test_distance_widens_the_radius():
    near = places_of("An explosion was heard 30 km from Goma.")[0]
    plain = places_of("An explosion was heard in Goma.")[0]
    assert near.radius_km == pytest.approx(plain.radius_km + 30, abs=0.2)
    assert "30 km from" in near.reason


@pytest.mark.parametrize(
    ("language", "text", "km", "north", "east"),
    [
        ("en", "An explosion was heard 30 km north of Goma.", 30, 1, 0),
        ("en", "An explosion was heard some ten miles south-west of Goma.", 16, -1, -1),
        ("en", "A boat was hit 60 nautical miles west of Hodeidah.", 111, 0, -1),
        ("fr", "Une explosion a été entendue à une trentaine de kilomètres à l'est de Goma.", 30, 0, 1),
        ("fr", "Une explosion a été entendue à 12 km au nord-ouest de Goma.", 12, 1, -1),
        ("ar", "سمع انفجار على بعد ٣٠ كم جنوب مدينة الفاشر.", 30, -1, 0),
        ("ar", "سمع انفجار على بعد عشرة كيلومترات شمال شرق الفاشر.", 10, 1, 1),
        ("en", "An explosion was heard 30 km from Goma.", 0, 0, 0),
        ("en", "They drove 30 km north to reach Goma.", 0, 0, 0),
    ],
)
def test_a_distance_with_a_direction_moves_the_point(
    language: str, text: str, km: float, north: int, east: int
) -> None:
    place = places_of(text, language)[-1]
    entry = gazetteer().entry(place.gazetteer_id)
    assert km_between(entry.lat, entry.lon, place.lat, place.lon) == pytest.approx(km, rel=0.03, abs=0.1)
    turn = 0.01  # degrees
    assert [(d > turn) - (d < -turn) for d in (place.lat - entry.lat, place.lon - entry.lon)] == [north, east]


def test_beside_a_town_is_not_in_a_part_of_it():
    beside = places_of("Rebels gathered north of Aleppo.")[0]
    part = places_of("Rebels gathered in the north of Mali.")[0]
    assert (beside.precision, part.precision) == (PlacePrecision.NEAR, PlacePrecision.PART)
    assert beside.radius_km > places_of("Rebels gathered in Aleppo.")[0].radius_km


def test_a_distance_with_its_conversion():
    place = places_of("The base lies 60 kilometres (35 miles) from Damascus.")[0]
    assert place.precision is PlacePrecision.NEAR
    assert place.radius_km > 60


def test_a_derived_point_is_said():
    assert "derived" in places_of("Floods hit Île-de-France.")[0].reason


WORDS = st.sampled_from(
    [
        "Paris",
        "Aleppo",
        "the",
        "in",
        "President",
        "Washington",
        "said",
        ",",
        ".",
        "U.S.",
        "d'",
        "L’",
        "-",
        "\n",
        "Ali",
        "Mosul",
        "بغداد",
        "🚀",
        "km",
        "10",
        "near",
        "St.",
        "of",
        "é",
        "Texas",
        "(AP)",
        "—",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join), st.sampled_from(["ar", "en", "fr"]))
def test_spans_are_in_order_apart_and_say_what_they_cover(text, lang):
    places = places_of(text, lang)
    for place in places:
        assert text[place.span.start : place.span.stop] == place.text
        assert (place.gazetteer_id is None) == (place.precision is PlacePrecision.UNRESOLVED)
    for one, other in pairwise(places):
        assert one.span.stop <= other.span.start


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text):
    places_of(text)
    places_of(text, "fr")


@pytest.mark.parametrize("unit", ["A", "Paris ", "St. ", "of the ", "Al-", "A. ", "Paris of the ", "U.S."])
def test_long_odd_texts_take_linear_work(unit):
    pack = load_pack("en")

    def parsed(size):
        return parse(normalise(Report(id="", text=unit * (size // len(unit))), pack), pack)

    def places(parsed):
        return resolve_places(find_toponyms(parsed, gazetteer()), gazetteer())

    short, long = parsed(10_000), parsed(40_000)
    places(long)  # what is looked up once
    assert steps(lambda: places(long)) < 6 * steps(lambda: places(short))


@pytest.mark.parametrize(
    ("lang", "text", "name", "country"),
    [
        ("en", "Gunmen killed nine civilians in Beni.", "Beni", "BO"),
        ("en", "M23 fighters killed nine civilians in Beni.", "Beni", "CD"),
        ("ar", "مقتل 9 جنود ماليين قرب غوسي.", "Gossi", "ML"),
        ("ar", "مقتل 9 جنود قرب غوسي.", "Gose", "JP"),
    ],
)
def test_forces_and_groups_that_a_report_names_tell_in_which_country_it_is(
    lang: str, text: str, name: str, country: str
) -> None:
    reading = ondit.read(text, lang=lang)
    found = [(place.name, place.country) for event in reading.events for place in event.places]
    assert (name, country) in found
