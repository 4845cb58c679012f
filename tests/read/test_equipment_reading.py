"""Equipment: every construction of the packs' examples, and names that mean something else."""

import tomllib
from functools import cache

import pytest

from ondit.languages import available_languages, load_pack
from ondit.model import EquipmentMention, Report
from ondit.normalise import normalise
from ondit.read.engines.rules.equipment import find_equipment
from ondit.read.engines.rules.parse import parse

LANGUAGES = [language for language in available_languages() if load_pack(language).has("grammar/equipment.toml")]


def equipment_of(text: str, language: str) -> list[EquipmentMention]:
    pack = load_pack(language)
    return find_equipment(parse(normalise(Report("r", text, language=language), pack), pack))


@cache
def examples(language: str) -> dict[str, list[dict[str, object]]]:
    path = load_pack(language).folder / "examples" / "equipment.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(kind: str) -> list[tuple[str, dict[str, object]]]:
    return [(language, row) for language in LANGUAGES for row in examples(language)[kind]]


def title(value: object) -> str:
    return str(value["text"])[:60] if isinstance(value, dict) else str(value)


@pytest.mark.parametrize("language, row", rows("yes"), ids=title)
def test_equipment_is_read(language: str, row: dict[str, object]) -> None:
    text = str(row["text"])
    mentions = equipment_of(text, language)
    assert [f"{m.ontology_id} {m.use}" for m in mentions] == row["equipment"]
    for mention in mentions:
        assert mention.span.of(text) == mention.text
        assert mention.reason and mention.name and mention.rule.startswith(f"{language}/equipment:")


@pytest.mark.parametrize("language, row", rows("no"), ids=title)
def test_what_is_no_equipment_is_left_alone(language: str, row: dict[str, object]) -> None:
    assert [(m.text, m.ontology_id) for m in equipment_of(str(row["text"]), language)] == []


def test_a_corrected_name_says_so() -> None:
    (_, mention) = equipment_of("The drone, an MC-9, circled over the town.", "en")
    assert (mention.text, mention.name) == ("MC-9", "MQ-9 Reaper")
    assert "one letter off" in mention.reason


@pytest.mark.parametrize(
    ("language", "text", "mention"),
    [
        (
            "fr",
            "L'armée a engagé six avions de combat Rafale tout en gardant le silence.",
            "six avions de combat Rafale",
        ),
        ("fr", "La marine a coulé deux vedettes rapides de type Boghammar.", "deux vedettes rapides de type Boghammar"),
        ("fr", "Une mine posée par les insurgés a explosé.", "Une mine"),
        ("en", "Israeli jets set the depot alight.", "Israeli jets"),
        ("ar", "ضبط الأمن بندقية من نوع كلاشنيكوف.", "بندقية من نوع كلاشنيكوف"),
        ("ar", "أطلقت القوات صواريخ بعيدة المدى.", "صواريخ بعيدة المدى"),
        ("ar", "أسقطت الدفاعات طائرة سورية.", "طائرة سورية"),
        ("en", "Rangers seized seven disassembled rifles in Gao.", "seven disassembled rifles"),
        ("en", "Police found 300 rounds of ammunition in Gao.", "300 rounds of ammunition"),
        ("ar", 'حلقت طائرات استطلاع من نوع "هيرمس 900" فوق صور.', 'طائرات استطلاع من نوع "هيرمس 900"'),
        ("ar", "قصفت طائرات هليكوبتر طراز تايغر القاعدة.", "طائرات هليكوبتر طراز تايغر"),
    ],
)
def test_a_mention_has_its_number_sort_and_name(language: str, text: str, mention: str) -> None:
    assert [m.text for m in equipment_of(text, language)] == [mention]
