"""What is passed over without being weighed would not have been remembered: the bound never lies below what is found."""

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.gather import comparing, doubting
from ondit.gather.comparing import score
from ondit.gather.doubting import in_doubt
from ondit.gather.traits import Figure, Point, Traits
from ondit.model.places import box_around, km_between
from tests.gather.telling import telling

LEAST = 0.02
TYPES = "air_strike air_strike bombing_ied protest riot other statement_only looting_destruction".split()
NAMES = "samarr mosul nujaba aleppo saberi".split()
WORDS = "market convoy bridge school barrac explos soldie hospit".split()
PLACES = (("g1", "Samarra"), ("g2", "Samarra"), ("g3", "Mosul"), ("g4", "Aleppo"))


def any_telling(dice: random.Random) -> Traits:
    """A telling in which anything may stand beside anything."""

    def some(things: Sequence[str], most: int) -> frozenset[str]:
        return frozenset(dice.sample(things, dice.randint(0, most)))

    day = dice.choice([None, 738_000, 738_000, 738_001, 738_003, 738_008])
    return Traits(
        id="",
        report=f"r{dice.randint(1, 9)}",
        type=dice.choice(TYPES),
        language=dice.choice(["en", "en", "ar"]),
        first=day,
        last=day and day + dice.choice([0, 0, 0, 1, 9]),
        published=dice.choice([None, 738_003, 738_300]),
        points=tuple(any_point(dice) for _ in range(dice.choice([0, 1, 1, 1, 2]))),
        areas=some(["a1", "Samarra", "Mosul"], 1),
        countries=some(["IQ", "SY"], 2),
        figures=tuple(
            Figure(dice.choice(["killed", "injured", "other"]), low, dice.choice([None, low, low, low + 5, low + 80]))
            for low in dice.sample(range(40), dice.randint(0, 2))
        ),
        actors=some(NAMES, 2),
        equipment=some(["drone"], 1),
        names=some(NAMES, 3),
        words=some(WORDS, 8),
        placed=some(NAMES, 1),
        story=some([*NAMES, *WORDS], 9),
        things=some(["explosion", "convoy", "police"], 2),
        dated=dice.random() < 0.8,
        others=((738_003, 738_003),) if dice.random() < 0.2 else (),
        maybe=some(["g1", "g4"], 1) if dice.random() < 0.3 else frozenset(),
    )


def any_point(dice: random.Random) -> Point:
    lat, lon = dice.choice([34.0, 34.2, 35.0, 36.4, 37.0, 60.0]), dice.choice([43.9, 44.0, 45.0, 47.0, 179.0, -179.5])
    return Point(*dice.choice(PLACES), lat, lon, dice.choice([0.0, 1.0, 15.0, 40.0, 300.0]), dice.random() < 0.8)


def hopeless(a: Traits, b: Traits) -> bool:
    """Are their dates, which stand with what happened, more than four days apart?"""
    sure = a.first and a.last and b.first and b.last and a.dated and b.dated and not (a.others or b.others)
    return bool(sure) and max((a.first or 0) - (b.last or 0), (b.first or 0) - (a.last or 0)) > 4


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 1_000_000))
def test_nobody_is_passed_over_whose_likeness_is_worth_remembering(seed: int) -> None:
    dice = random.Random(seed)
    found = [any_telling(dice) for _ in range(36)]
    for a in found:
        doubted = list(map(id, in_doubt(a, found, LEAST)))
        worth = [id(b) for b in found if score(a, b) >= LEAST and a.report != b.report and not hopeless(a, b)]
        assert set(worth) <= set(doubted)


def test_what_is_far_or_of_another_week_is_passed_over() -> None:
    one = telling("air_strike · 2022-01-29 · Samarra · 9 killed · market crowded stalls noon", name="a")
    near = telling("air_strike · 2022-01-30 · Ad-Dawr · 9 killed · market crowded stalls noon", name="b")
    far = telling("air_strike · 2022-01-30 · Aleppo · 30 killed · bridge convoy hospital barracks", name="c")
    later = telling("air_strike · 2022-02-12 · Samarra · 9 killed · market crowded stalls noon", name="d")
    same_report = telling("air_strike · 2022-01-29 · Samarra · 9 killed", name="e", report=one.report)
    assert list(in_doubt(one, [near, far, later, same_report], LEAST)) == [near]


def test_every_case_that_is_bound_has_its_place() -> None:
    table = tomllib.loads(Path(comparing.__file__).with_name("weights.toml").read_text(encoding="utf-8"))
    bound = {case for cases in doubting._CASES.values() for case in cases}
    assert bound == {case for group in ("figures", "who", "words", "story") for case in table[group]}


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(0.1, 3_000))
def test_what_lies_outside_of_a_box_is_further_away(lat: float, lon: float, at: float, on: float, km: float) -> None:
    box = box_around(lat, lon, km)
    if box is not None:
        south, west, north, east = box
        assert (south <= at <= north and west <= on <= east) or km_between(lat, lon, at, on) > km


def test_there_is_no_box_over_a_pole_or_the_date_line() -> None:
    assert box_around(0, 0, 111.2) is not None
    assert box_around(89.5, 0, 100) is None
    assert box_around(0, 179.5, 100) is None
