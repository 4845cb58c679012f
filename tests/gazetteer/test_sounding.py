"""Names in Arabic script that no list has: found by the sound of the Latin names of a country, and nothing else is."""

import pytest

from ondit.gazetteer import Gazetteer, fold_name
from ondit.gazetteer.sounding import sound_pattern, sounds_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "latin", "alike"),
    [
        ("ناروال", "narowal", True),
        ("كيمنيتس", "chemnitz", True),
        ("تشيرنيهيف", "chernihiv", True),
        ("جيبو", "djibo", True),
        ("كوندوز", "kunduz", True),
        ("كيمنيتس", "chemin", False),
        ("ناروال", "narail", False),
        ("كوندوز", "kandahar", False),
        ("بولتافا", "boldava", False),
    ],
)
def test_what_sounds_alike(name: str, latin: str, alike: bool) -> None:
    pattern = sound_pattern(fold_name(name))
    assert pattern is not None
    assert any(pattern.fullmatch(sound) for sound in sounds_of(latin)) == alike


@pytest.mark.parametrize("name", ["narowal", "دا", "يا", ""])
def test_another_script_or_too_short_a_name_sounds_like_nothing(name: str) -> None:
    assert sound_pattern(fold_name(name)) is None


def test_only_in_the_countries_asked_for(gazetteer: Gazetteer) -> None:
    key = fold_name("ناروال")
    assert [hit.entry.name for hit in gazetteer.sounding(key, ["PK"])] == ["Narowal"]
    assert gazetteer.sounding(key, ["MT"]) == ()
    assert gazetteer.sounding(key, []) == ()
