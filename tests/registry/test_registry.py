"""The shipped registry is sound, and a user's own entries lie over it, or are problems with file and line."""

import re
from collections import Counter
from pathlib import Path

import pytest

from ondit.model import Reliability, Severity, SourceKind
from ondit.registry import bodies, load_registry, nations, outlet_names, shipped_sources
from ondit.registry.tables import HOME, TableError, rows
from ondit.text.folding import fold_word

TABLES = sorted((HOME / "entries").glob("*.tsv"))
ARABIC = re.compile(r"[\u0621-\u064a]")


def test_the_shipped_registry_is_large_and_spread():
    sources = shipped_sources().values()
    assert len(sources) >= 400
    countries = Counter(s.country for s in sources if s.country)
    assert len(countries) >= 60
    assert max(countries.values()) < 0.12 * len(sources)
    written_in_arabic = [s for s in sources if any(ARABIC.search(n) for n in s.names)]
    assert len(written_in_arabic) > 0.6 * len(sources)


def test_nobody_who_is_shipped_has_a_letter():
    assert {s.reliability() for s in shipped_sources().values()} == {Reliability.F}
    assert not any("letter" in row or "rating" in row for t in TABLES for _, row in rows(t))


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.stem)
def test_what_an_entry_points_to_is_there(table):
    registry, _ = load_registry()
    camps = {c for s in registry.values() for c in s.camps}
    for number, row in rows(table):
        source = registry[row["id"]]
        where = f"{table.name}:{number}"
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", source.id), where
        assert not source.owner or source.owner in registry, where
        assert all(c in registry or c in camps for c in source.camps), where
        assert not source.country or source.country in nations(), where
        assert source.kind is not SourceKind.ARMED_GROUP or source.actor is not None, where


def test_one_name_is_not_listed_for_two_unless_it_is_meant():
    from ondit.resolve.names.index import NameIndex

    index = NameIndex(load_registry()[0])
    shared = {
        " ".join(key): sorted({e.source.id for e in found})
        for key, found in {**index._keys, **{(k,): v for k, v in index._written.items()}}.items()
        if len({e.source.id for e in found}) > 1
    }
    assert shared == SHARED


SHARED = {"CTS": ["counter-terrorism-iraq", "stc"], "RSF": ["rsf", "rsf-sudan"], "times": ["nyt", "times-uk"]}


def test_bodies_are_composed():
    registry, _ = load_registry()
    army = registry["iq.army"]
    assert (army.name, army.country, army.camps) == ("Iraq: armed forces", "IQ", ("iq.state",))
    assert registry["iq.state"].camps == ()
    assert "xx.army" not in registry
    assert "iq.choir" not in registry
    assert set(bodies()) >= {"state", "army", "police", "defence_ministry", "president"}


def test_outlets_are_known_by_name_and_abbreviation():
    names, short = outlet_names()
    assert (
        set(map(fold_word, ("al-jazeera", "le monde", "agence france-presse", "رويترز", "الجزيرة", "جزيرة"))) <= names
    )
    assert {"AFP", "AP", "MAP"} <= short
    assert not {"afp", "map", "who"} & names


def test_a_broken_table_names_file_and_line(tmp_path):
    table = tmp_path / "broken.tsv"
    table.write_text("id\tkind\na\tb\tc\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"broken\.tsv:2"):
        list(rows(table))


GOOD = """
[[source]]
id = "river-post"
name = "River Post"
names = ["بريد النهر", "Le Courrier du fleuve"]
kind = "media"
country = "ml"
owner = "river-holding"

[[source]]
id = "afp"
names = ["Agence F-P"]
ratings = [
  { letter = "B", since = 2023-01-01, by = "anna", why = "eleven of twelve confirmed" },
  { letter = "C", by = "anna", why = "new to us" },
]
"""


def sources(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_entries_add_names_and_set_letters(tmp_path):
    registry, problems = load_registry([sources(tmp_path, GOOD)])
    assert [(p.code, p.severity, p.where.rpartition(":")[2]) for p in problems] == [
        ("unknown-owner", Severity.WARNING, "2")
    ]
    assert registry["river-post"].country == "ML"
    assert registry["afp"].name == "Agence France-Presse"
    assert "Agence F-P" in registry["afp"].names
    assert [r.letter for r in registry["afp"].ratings] == ["C", "B"]
    assert registry["afp"].reliability() is Reliability.B


WRONG = [
    ('[[source]]\nname = "X"\n', "bad-source-id", 1),
    ('[[source]]\nid = "X Y"\nname = "X"\n', "bad-source-id", 2),
    ('[[source]]\nid = "x"\n', "no-source-name", 2),
    ('\n\n[[source]]\nid = "x"\nname = "X"\nkind = "paper"\n', "bad-source-value", 6),
    ('[[source]]\nid = "x"\nname = "X"\nnmaes = ["Y"]\n', "unknown-source-key", 4),
    ('[[source]]\nid = "x"\nname = "X"\nnames = "Y"\n', "bad-source-value", 4),
    ('[[source]]\nid = "x"\nname = "X"\n[[source]]\nid = "x"\nname = "Z"\n', "repeated-source", 5),
    ('[[source]]\nid = "x"\nname = "X"\nratings = [{letter = "G", by = "a"}]\n', "bad-source-value", 1),
    ('[[source]]\nid = "x"\nname = "X"\n[[source.ratings]]\nletter = "A"\n', "bad-rating", 5),
    ('[[source]]\nid = "x"\nname = "X"\n[[source.ratings]]\nletter = "A"\nby = "a"\nsince = "today"\n', "bad-rating", 7),
    ('[[source]]\nid = "x\n', "broken-sources", 2),
    ('[source]\nid = "x"\nname = "X"\n', "unknown-table", 0),
    ('[outlet]\nid = "x"\n', "unknown-table", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line"), WRONG)
def test_what_is_wrong_is_a_problem_with_its_line_and_a_remedy(tmp_path, text, code, line):
    path = sources(tmp_path, text + '\n[[source]]\nid = "fine"\nname = "Fine Paper"\n' if "[[" in text else text)
    registry, problems = load_registry([path])
    assert problems[0].code == code
    assert problems[0].where == (f"{path}:{line}" if line else str(path))
    assert problems[0].remedy
    assert len(registry) >= len(shipped_sources())
    if code != "broken-sources" and "[[" in text:
        assert registry["fine"].name == "Fine Paper"


def test_a_missing_file_and_bytes_that_are_no_text_are_problems(tmp_path):
    binary = tmp_path / "x.toml"
    binary.write_bytes(b"\xff\xfe\x00\x80")
    _, problems = load_registry([tmp_path / "none.toml", binary])
    assert [p.code for p in problems] == ["no-sources-file", "unreadable-sources"]
