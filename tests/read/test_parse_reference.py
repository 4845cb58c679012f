"""docs/reference/grammar.md names every unit, frame, key and macro that the packs use."""

import re
from pathlib import Path

import pytest

from ondit.languages import load_pack
from tests.read.test_parse import KINDS

PAGE = (Path(__file__).parents[2] / "docs/reference/grammar.md").read_text(encoding="utf-8")
TERMS = set(re.findall(r"`\{?([^`{}\n]+)\}?`", re.sub(r"(?ms)^```.*?^```$", "", PAGE)))
LANGUAGES = ("ar", "en", "es", "fr")


def test_every_unit_is_in_the_table() -> None:
    assert TERMS >= KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frame_and_class_is_explained(language: str) -> None:
    pack = load_pack(language)
    rows = [line.split("\t") for line in pack.lines("reporting.tsv")]
    assert {frame for row in rows for frame in row[2].split()} <= TERMS
    assert {row[1] for row in rows} - {"none"} <= set(pack.table("grammar/attribution")["classes"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_and_group_of_a_pattern_is_explained(language: str) -> None:
    grammar = load_pack(language).table("grammar/attribution")
    patterns = grammar["pattern"]
    keys = {key for row in patterns for key in row} - {"name", "tell"}
    groups = {group for row in patterns for side in ("left", "right") for group in re.findall(r"\?P<(\w+)>", row[side])}
    macros = {
        macro for row in patterns for side in ("left", "right") for macro in re.findall(r"\{([A-Z]+)\}", row[side])
    }
    assert keys | groups | macros <= TERMS


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_have_names_of_their_own(language: str) -> None:
    names = [row["name"] for row in load_pack(language).table("grammar/attribution")["pattern"]]
    assert len(set(names)) == len(names)
