"""Event types, trigger classes and crosswalks: every id they name is one the others know."""

import re
from pathlib import Path

import pytest

from ondit.languages import available_languages, load_pack
from ondit.model import Role
from ondit.ontology import CROSSWALKS, UnknownCrosswalk, code_of, combinations, event_types, trigger_classes

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "event-types.md"
GUIDELINE = (
    "armed_clash armed_attack air_strike drone_strike shelling_missile_attack air_defence_fire bombing_ied chemical_attack "
    "abduction arrest protest riot troop_movement withdrawal territory_change looting_destruction sexual_violence execution "
    "disaster agreement sanction_policy statement_only other"
).split()
SPECIAL_ROLES = {"", "any", "harmed"}


def test_the_types_are_those_of_the_guideline() -> None:
    assert list(event_types()) == GUIDELINE


def test_classes_show_known_types_and_subtypes() -> None:
    for name, row in trigger_classes().items():
        if row.type:
            assert row.type in event_types(), name
        if row.subtype:
            assert row.subtype in event_types()[row.type].subtypes, name
        assert 0 <= row.strength <= 5
        assert set(row.roles.values()) <= SPECIAL_ROLES | {r.value for r in Role}, name


def test_combinations_name_known_classes_and_contexts() -> None:
    classes = set(trigger_classes())
    contexts = {
        line.split("\t")[1]
        for language in available_languages()
        for line in load_pack(language).lines("happenings_context.tsv")
    }
    for row in combinations():
        assert row.of <= classes, row.name
        assert row.becomes in classes | {"none"}, row.name
        assert row.near in contexts | {"proper_name"}, row.name  # capitals, and what the tagger takes for a name
        assert set(row.unless.split()) <= contexts, row.name
        assert row.side in {"after", "before", "both"}


@pytest.mark.parametrize("language", available_languages())
@pytest.mark.parametrize("name", ["happenings.tsv", "happenings_nouns.tsv"])
def test_every_word_has_a_known_class(language: str, name: str) -> None:
    known = set(trigger_classes()) | {"none"}
    wrong = [line for line in load_pack(language).lines(name) if line.split("\t")[1] not in known]
    assert wrong == []


@pytest.mark.parametrize("codebook", CROSSWALKS)
def test_every_type_is_in_every_crosswalk(codebook: str) -> None:
    for id_, row in event_types().items():
        assert code_of(id_, codebook) != ""
        for subtype in row.subtypes:
            assert code_of(id_, codebook, subtype=subtype) != ""


@pytest.mark.parametrize(
    ("event_type", "codebook", "subtype", "code"),
    [
        ("abduction", "acled", "", "Abduction/forced disappearance"),
        ("bombing_ied", "acled", "suicide", "Suicide bomb"),
        ("protest", "plover", "", "PROTEST"),
        ("looting_destruction", "muc", "arson", "arson"),
        ("disaster", "acled", "", None),
        ("protest", "ucdp", "", None),
    ],
)
def test_codes(event_type: str, codebook: str, subtype: str, code: str | None) -> None:
    assert code_of(event_type, codebook, subtype=subtype) == code


def test_another_codebook_is_a_mistake_that_names_those_there_are() -> None:
    with pytest.raises(UnknownCrosswalk, match="acled ucdp plover muc"):
        code_of("protest", "cameo")


def test_the_reference_page_lists_every_type() -> None:
    listed = re.findall(r"^\| `(\w+)`", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == list(event_types())
