"""Language packs: every grammar has a twin of examples with things that must not match, and no word of a language is in the code."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "ondit"
PACKS = sorted(p.parent for p in (SOURCE / "languages").glob("*/pack.toml"))
GRAMMARS = [(pack, grammar) for pack in PACKS for grammar in sorted((pack / "grammar").glob("*.toml"))]

# Function words and typical words of reports. English ones that an error message needs are left out.
FRENCH = set(
    "le la les des du une dans selon avec que qui mais est sont sera été avoir ont avait cette ces leur leurs "
    "aux sur sous chez depuis lorsque après avant hier demain lundi mardi mercredi jeudi vendredi samedi dimanche "
    "janvier février juin juillet août septembre octobre novembre décembre il elle ils elles celui celle "
    "déclaré affirmé indiqué annoncé tué tués morts blessés".split()
)
ENGLISH = set(
    "said says told allegedly yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday "
    "january february april june july august september october november december he she they him her "
    "killed wounded gunmen shelling airstrike spokesman spokesperson".split()
)
# Words of the ontology and of standards are English ids (killed, injured …), and so are columns and files (told).
IDS = {"killed", "told"}
IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-_.:/][a-z0-9]+)+")
FOREIGN = re.compile(r"[À-ÖØ-öø-ɏЀ-ӿء-ي]")


def pack_file(value: object) -> str:
    return f"{value.parent.parent.name}/{value.name}" if isinstance(value, Path) and value.suffix else ""


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_a_pack_is_data_only(pack: Path) -> None:
    assert [p.name for p in pack.rglob("*.py")] == []
    settings = tomllib.loads((pack / "pack.toml").read_text(encoding="utf-8"))
    assert settings["id"] == pack.name
    assert settings["direction"] in {"ltr", "rtl"}


@pytest.mark.parametrize(("pack", "grammar"), GRAMMARS, ids=pack_file)
def test_every_grammar_has_examples_with_something_that_must_not_match(pack: Path, grammar: Path) -> None:
    twin = pack / "examples" / grammar.name
    assert twin.is_file(), f"{pack.name}/grammar/{grammar.name} has no twin examples/{grammar.name}"
    examples = tomllib.loads(twin.read_text(encoding="utf-8"))
    assert examples.get("no"), f"{pack.name}/examples/{grammar.name} has no [[no]] entry"
    assert any(key != "no" and isinstance(value, list) and value for key, value in examples.items())


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """String literals of a module that are neither docstrings nor pieces of messages (f-strings)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    passed_over |= {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_word_of_a_language_is_in_the_code(path: Path) -> None:
    for line, literal in literals(path):
        words = re.findall(r"[^\W\d_]+", literal)
        # Letter tables ("œ" → "oe"), typographic marks and character classes are no words.
        foreign = [w for w in words if len(w) > 2 and FOREIGN.search(w) and not re.search(r"[\[\]]", literal)]
        assert not foreign, f"{path.name}:{line}: {foreign[0]!r} belongs in a language pack"
        lower = [w.lower() for w in words]
        french = [w for w in lower if w in FRENCH]
        assert len(french) < 2 and not (len(words) == 1 and french), f"{path.name}:{line}: {literal[:60]!r} is French"
        # Labels of the interface are English; reading must not be.
        interface = {"present", "cli"} & set(path.parts)
        if len(words) <= 2 and not interface and not IDENTIFIER.fullmatch(literal):
            english = [w for w in lower if w in ENGLISH - IDS]
            assert not english, f"{path.name}:{line}: {literal[:60]!r} belongs in a language pack"
