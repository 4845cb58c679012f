"""Protection: what is taken out is nowhere in what is written, whatever the format; what was taken out is told without naming it."""

import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ondit.model import Decision, DecisionKind, PlacePrecision, Report, Span
from ondit.pipeline import read_report, settle, weigh_all
from ondit.present.formats import Dossier, Original, get_format, pack
from ondit.present.formats.packing import about_text
from ondit.present.redact import Profile, Redaction, WrongRedaction, parse_profiles, redact
from ondit.present.redact.dossiers import redacted_names
from ondit.present.redact.persons import names_in
from ondit.present.redact.rewriting import Rewriter, moved
from ondit.text.folding import fold_name
from tests.present.formats.dossiers import example
from tests.present.formats.reading_back import FORMATS, INSTALLED, READERS

KEY = b"a key for tests only"
EVERYTHING = Redaction(frozenset(Profile), KEY)


@cache
def redacted_example() -> Dossier:
    """The example with everything taken out that can be."""
    return redact(example(), EVERYTHING)


ESCAPES = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")


def spoken(data: bytes) -> str:
    """Everything in a file that can be read, folded as names are: members of zips, cells of Parquet, escapes undone."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(f"{fold_name(name)} {spoken(archive.read(name))}" for name in archive.namelist())
    if data[:4] == b"PAR1":
        from pyarrow import parquet

        return fold_name(repr(parquet.read_table(io.BytesIO(data)).to_pylist()))
    return fold_name(ESCAPES.sub(" ", data.decode()))


def found_in(names: Iterator[str] | frozenset[str], text: str) -> list[str]:
    """Names that stand in a folded text as words, told apart from the rewriter's own way to look for them."""
    around = f" {text} "
    return [name for name in names if (folded := fold_name(name)) and f" {folded} " in around]


def written(name: str, dossier: Dossier) -> bytes:
    out, kind = io.BytesIO(), get_format(name)
    made = kind.make(dossier)
    pack(made, out)
    return out.getvalue() + b"" if kind.suffix == ".zip" else out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_no_name_is_in_any_format(name: str) -> None:
    redacted = redacted_example()
    names = frozenset(redacted_names(example(), EVERYTHING))
    assert {"Moussa Adama", "Mariama Issaka", "Tillia", "Sahel Wire"} <= names
    assert found_in(names, spoken(written(name, example()))), "the names are there when nothing is redacted"
    assert found_in(names, spoken(written(name, redacted))) == []
    kind = get_format(name)
    about = about_text(kind, kind.make(redacted), redacted, f"x{kind.suffix}")
    assert found_in(names, fold_name(about)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_redacted_is_a_sound_file_still(name: str) -> None:
    redacted = redacted_example()
    assert READERS[name](written(name, redacted), redacted)


NAMES = st.sampled_from(
    [
        "Moussa Adama",
        "Ghoumour Ag Sidi",
        "Élise N’Diaye",
        "محمد الطائي",
        "Jean-Pierre Dupont",
        "Zoé Maïga",
        "Omar al-Hassan",
    ]
)
TEXTS = (
    "Police said on 3 May 2023 that {name} was killed by a bomb in Mosul. “{name} was my brother”, {upper} told us.",
    "Selon {name}, chauffeur, trois personnes ont été tuées à Tillia le 14 mars 2024. Voir https://example.org/{slug}.html",
    "قال {name} إن ثلاثة أشخاص قتلوا في هجوم في الموصل يوم 3 مايو 2023.",
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=NAMES,
    text=st.sampled_from(TEXTS),
    format_=st.sampled_from(INSTALLED),
    title=st.booleans(),
    data=st.data(),
)
def test_a_name_given_by_hand_is_nowhere(name: str, text: str, format_: str, title: bool, data: st.DataObject) -> None:
    from urllib.parse import quote

    profiles = data.draw(st.sets(st.sampled_from(Profile), min_size=1))
    slug = fold_name(name).replace(" ", "-")
    body = text.format(name=name, upper=name.upper(), slug=slug)
    report = Report("r" + "1" * 16, body, title=f"{name}: 3" if title else "", author=name, publisher=f"Blog of {name}", native_id=slug, url=f"https://example.org/{quote(name)}/{slug}")  # fmt: skip
    reading = read_report(report)
    settled = settle([reading])
    dossier = Dossier.of(weigh_all(settled.events(), [reading]), [reading])
    dossier = dataclasses.replace(dossier, filters={"voice": name})
    redaction = Redaction(frozenset(profiles), KEY, names=(name,))
    redacted = redact(dossier, redaction)
    out = spoken(written(format_, redacted)) + fold_name(
        about_text(get_format(format_), get_format(format_).make(redacted), redacted, "x")
    )
    assert found_in(frozenset({name}), out) == []
    assert quote(name).lower() not in out
    for one in redacted.readings.values():
        for claim in one.claims:
            assert claim.content.stop <= len(one.report.text)
            for voice in claim.chain:
                assert voice.span.of(one.report.text) == voice.text


def test_nothing_that_leads_back_is_left() -> None:
    report = next(iter(example().readings))
    dossier = dataclasses.replace(
        example(),
        decisions=(Decision("d1", DecisionKind.REJECT, ("c1",), by="Moussa Adama", why="he told me"),),
        originals={report: Original(b"Moussa Adama", came_from="/moussa adama.txt", added_by="Moussa")},
        as_read=dict(example().readings),
    )
    redacted = redact(dossier, EVERYTHING)
    assert (redacted.decisions, dict(redacted.originals), dict(redacted.as_read), redacted.removed) == ((), {}, {}, ())
    assert set(redacted.readings).isdisjoint(example().readings)
    for reading in redacted.readings.values():
        assert not reading.report.sha256
        assert not reading.report.url


def test_sources_are_the_same_under_the_same_key_only() -> None:
    other = dataclasses.replace(EVERYTHING, key=b"another key, also long")
    publishers = [
        [r.report.publisher for r in redact(example(), key).readings.values()]
        for key in (EVERYTHING, EVERYTHING, other)
    ]
    assert publishers[0] == publishers[1]
    stands_for: dict[str, set[str]] = {}
    for reading, publisher in zip(example().readings.values(), publishers[0], strict=True):
        stands_for.setdefault(publisher, set()).add(reading.report.publisher)
    assert [names for names in stands_for.values() if len(names) > 1] == [
        {"Two Plains News Agency", "وكالة السهلين للأنباء"}
    ]
    assert not (set(publishers[0]) & set(publishers[2])) - {""}


def test_places_are_coarse() -> None:
    redacted = redact(example(), Redaction(frozenset({Profile.PLACES}), KEY))
    places = [p for r in redacted.readings.values() for m in r.events for p in m.places if not p.metonym]
    places += [e.place for e in redacted.events if e.place]
    assert places
    for place in places:
        assert place.candidates == ()
        if place.kind == "redacted":
            assert place.precision in (PlacePrecision.DIVISION, PlacePrecision.UNRESOLVED)
            assert place.gazetteer_id is None
            assert place.lat is None or place.lat % 0.5 == 0.25
            assert (place.radius_km or 0) >= 40


def test_what_is_not_asked_for_stays() -> None:
    persons = redact(example(), Redaction(frozenset({Profile.PERSONS}), KEY))
    assert [e.id for e in persons.events] == [e.id for e in example().events]
    assert [e.place and (e.place.name, e.place.lat) for e in persons.events] == [
        e.place and (e.place.name, e.place.lat) for e in example().events
    ]
    assert [r.report.publisher for r in persons.readings.values()] == [
        r.report.publisher for r in example().readings.values()
    ]
    figures = [[(f.field, [(v.low, v.high) for v in f.values]) for f in e.fields] for e in persons.events]
    assert figures == [[(f.field, [(v.low, v.high) for v in f.values]) for f in e.fields] for e in example().events]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The driver Moussa Adama said so.", ["Moussa Adama"]),
        ("Nurse Fatima Issaka, 34, spoke in May.", ["Fatima Issaka"]),
        ("le général Ghoumour ag Sidi a dit", ["Ghoumour ag Sidi"]),
        ("قال محمد الطائي إن الهجوم وقع على الطريق", ["محمد الطائي"]),
        ("Police in Paris and Mosul said nothing in May.", []),
        ("Les forces de sécurité ont tiré sur la foule.", []),
        ("وقع الهجوم على قافلة شاحنات على الطريق", []),
    ],
)
def test_names_in(text: str, names: list[str]) -> None:
    assert list(names_in(text)) == names


@pytest.mark.parametrize(
    ("name", "text", "becomes"),
    [
        ("Zoé Maïga", "zoe maiga, ZOÉ  MAÏGA and Zoé\u00a0Maïga", "X, X and X"),
        ("Zoé Maïga", "https://x.org/zoe-maiga?q=zoe_maiga&z=Zo%C3%A9%20Ma%C3%AFga", "https://x.org/X?q=X&z=X"),
        ("Élise N’Diaye", "Elise N'Diaye; Elise Ndiaye", "X; X"),
        ("Adama", "Adamawa, Adama’s, (Adama)", "Adamawa, X’s, (X)"),
        ("محمد الطائي", "وقال لمحمد الطائي", "وقال لX"),
        ("A.B", "a b, a.b., ab", "X, X., ab"),
        ("", "nothing", "nothing"),
    ],
)
def test_a_name_in_its_spellings(name: str, text: str, becomes: str) -> None:
    assert Rewriter({name: "X"}).text(text) == becomes


@given(st.text(max_size=60), st.data())
def test_spans_move_with_the_text(around: str, data: st.DataObject) -> None:
    text = f"{around} Moussa Adama {around} Moussa Adama {around}"
    rewriter = Rewriter({"Moussa Adama": "X"})
    move, after = moved(rewriter.cuts(text)), rewriter.text(text)
    assert "Moussa" not in after.replace(around, "")
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert move(span).stop <= len(after)
    for cut in rewriter.cuts(text):
        assert move(Span(cut.start, cut.stop)).of(after) == "X"


@pytest.mark.parametrize(
    ("text", "says"), [("everyone", "'everyone' is nothing"), ("", "write all, or some of persons, places, sources")]
)
def test_wrong_profiles(text: str, says: str) -> None:
    with pytest.raises(WrongRedaction, match=says):
        parse_profiles(text)


def test_a_short_key_is_none() -> None:
    with pytest.raises(WrongRedaction, match="16 bytes or more"):
        Redaction(frozenset(Profile), b"short")


def test_the_account_names_nobody() -> None:
    redacted: Any = redacted_example().redacted
    assert redacted["names_taken_out"]["persons"] >= 4
    assert redacted["occurrences"]["persons"] > redacted["names_taken_out"]["persons"]
    assert redacted["profiles"] == ["persons", "places", "sources"]
    assert found_in(redacted_names(example(), EVERYTHING), fold_name(json.dumps(redacted))) == []


def test_the_name_of_the_file_may_not_tell() -> None:
    with pytest.raises(WrongRedaction, match="write to another one"):
        redact(example(), EVERYTHING, file="moussa-adama.csv")
