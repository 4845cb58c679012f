"""Look-ups in the shipped gazetteer."""

import subprocess
import sys
from pathlib import Path

import pytest

from ondit.gazetteer import BrokenLayer, Gazetteer, Match, PlaceKind, Source, fold_text

DATA = Path(sys.modules["ondit.gazetteer"].__file__).parent / "data"


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.mark.parametrize(
    "name, place_id",
    [
        ("Samarra", "geonames:91597"),
        ("سامراء", "geonames:91597"),
        ("Bagdad", "geonames:98182"),
        ("Kirkouk", "geonames:94787"),
        ("Salaheddine", "admin1:IQ.18"),
        ("Ninive", "admin1:IQ.15"),
        ("ديالى", "admin1:IQ.10"),
        ("al-Azim", "curated:al-azim"),
        ("RDC", "country:CD"),
        ("Nord-Kivu", "admin1:CD.11"),
        ("Hmeimim", "curated:hmeimim"),
        ("T4", "curated:t4"),
        ("Haut-Karabakh", "curated:nagorno-karabakh"),
        ("Donbass", "curated:donbas"),
    ],
)
def test_a_name_leads_to_the_place(gazetteer, name, place_id):
    assert place_id in [entry.id for entry in gazetteer.candidates(name)]


def test_one_name_has_many_readings_and_the_populous_come_first(gazetteer):
    samara = gazetteer.candidates("Samara")
    assert {"RU", "IQ"} <= {entry.country for entry in samara}
    assert [e.population for e in samara] == sorted((e.population for e in samara), reverse=True)


def test_a_tolerant_reading_says_so(gazetteer):
    assert gazetteer.hits("qatraneh") == ()
    assert [hit.match for hit in gazetteer.variant_hits("qatraneh")] == [Match.VARIANT]


def test_an_entry_knows_its_names_divisions_and_sources(gazetteer):
    baghdad = gazetteer.entry("geonames:98182")
    assert baghdad.name_in("fr") == "Bagdad"
    assert baghdad.name_in("ar") == "بغداد"
    assert baghdad.chain[:2] == ("Iraq", "Baghdad")
    assert baghdad.capital
    assert gazetteer.capital("IQ") == baghdad
    assert gazetteer.entry("admin1:FR.11").point_source is Source.DERIVED
    assert gazetteer.entry("admin1:IQ.10").point_source is Source.CURATED
    assert gazetteer.entry("curated:no-such-place") is None


def test_names_at_a_place_of_a_text_longest_first(gazetteer):
    text = fold_text("vers New York City, hier")
    assert [found.key for found in gazetteer.names_at(text, 1)][:2] == ["new york city", "new york"]


def test_divisions_of_countries_in_conflict_have_three_languages(gazetteer):
    conflict = "IQ SY YE LY LB SD SS SO ET ML NE BF TD NG CM CF CD MZ AF PK MM UA".split()
    for country in conflict:
        named = [
            e
            for i in range(100)
            if (e := gazetteer.entry(f"admin1:{country}.{i:02}")) and {"fr", "ar"} <= dict(e.names).keys() | {"fr"}
        ]
        assert named, country


def test_every_kind_is_there(gazetteer):
    assert {kind for kind in PlaceKind if gazetteer.counts[kind.value]} == set(PlaceKind)


def test_the_shipped_data_stays_small():
    assert sum(f.stat().st_size for f in DATA.rglob("*") if f.is_file()) <= 25_000_000


def test_opening_and_a_first_query_take_no_numpy():
    code = "import sys; from ondit.gazetteer import Gazetteer; Gazetteer.open().candidates('Samarra'); sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_broken_layer_says_what_to_do(tmp_path):
    with pytest.raises(BrokenLayer, match="import or build"):
        Gazetteer.open(over=[tmp_path])
