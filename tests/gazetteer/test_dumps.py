"""Importing GeoNames dumps."""

import zipfile

import pytest

from ondit.gazetteer import Gazetteer, PlaceKind, archives
from ondit.gazetteer.dumps import import_dump

COLUMNS = {"number": "91600", "name": "Al ‘Az̧īm", "plain": "Al Azim", "alternates": "Al Uzaym,العظيم", "lat": "34.28", "lon": "44.5", "fclass": "P",
           "code": "PPL", "country": "IQ", "cc2": "", "admin1": "10", "admin2": "", "admin3": "", "admin4": "", "people": "1200", "elevation": "",
           "dem": "60", "timezone": "Asia/Baghdad", "changed": "2020-01-01"}  # fmt: skip


def row(**changed):
    return "\t".join((COLUMNS | changed).values())


@pytest.fixture
def dump(tmp_path):
    def make(*lines, name="IQ.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "GeoNames")
            archive.writestr(name.replace(".zip", ".txt"), "\n".join(lines) + "\n")
        return path

    return make


def test_a_dump_lies_over_the_shipped_gazetteer(dump, tmp_path):
    base = row(
        number="91601", name="Qa‘idat Sayf", lat="33.9", lon="44.4", fclass="L", code="MILB", alternates="Sayf Base"
    )
    imported, problems = import_dump([dump(row(), base)], tmp_path / "mine")
    assert problems == []
    assert imported.counts["town"] == imported.counts["base"] == 1
    gazetteer = Gazetteer.open(over=[tmp_path / "mine"])
    assert "geonames:91600" in [e.id for e in gazetteer.candidates("Al Uzaym")]
    assert "geonames:91600" in [e.id for e in gazetteer.candidates("العظيم")]
    assert gazetteer.candidates("Sayf Base")[0].kind is PlaceKind.BASE
    assert gazetteer.entry("geonames:91600").chain == ("Iraq", "Diyala")
    assert gazetteer.candidates("Samarra")


def test_names_by_language_come_from_alternate_names(dump, tmp_path):
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text("1\t91600\tfr\tAl-Azime\t1\n2\t91600\tde\tAsim\n3\t7\tfr\tAilleurs\n", "utf-8")
    import_dump([dump(row()), names], tmp_path / "mine")
    gazetteer = Gazetteer.open(over=[tmp_path / "mine"])
    assert gazetteer.entry("geonames:91600").name_in("fr") == "Al-Azime"
    assert gazetteer.candidates("Al-Azime")[0].id == "geonames:91600"


@pytest.mark.parametrize(
    "line, message",
    [
        ("one\ttwo", "2 columns"),
        (row(lat="northward"), "not a latitude"),
        (row(lat="99"), "out of range"),
        (row(lon="nan"), "out of range"),
        (row(number="x"), "not a GeoNames number"),
        (row(number="99999999999"), "not a GeoNames number"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_rest_is_kept(dump, tmp_path, line, message):
    imported, problems = import_dump([dump(row(), line)], tmp_path / "mine")
    assert [p.code for p in problems] == ["bad-line"]
    assert message in problems[0].message
    assert problems[0].where.endswith(":2")
    assert imported.counts["town"] == 1


def test_many_bad_lines_are_summed_up(dump, tmp_path):
    _, problems = import_dump([dump(row(), *["bad"] * 500)], tmp_path / "mine")
    assert len(problems) == 101
    assert "400 more" in problems[-1].message


def test_an_archive_made_to_exhaust_the_machine_is_refused(dump, tmp_path):
    bomb = dump("0" * 20_000_000)
    imported, problems = import_dump([bomb], tmp_path / "mine")
    assert [p.code for p in problems] == ["zip-bomb"]
    assert not imported.counts
    assert not (tmp_path / "mine").exists()


def test_what_is_really_read_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    path = tmp_path / "IQ.txt"
    path.write_text("\n".join([row()] * 50), "utf-8")
    _, problems = import_dump([path], tmp_path / "mine")
    assert [p.code for p in problems] == ["zip-bomb"]


@pytest.mark.parametrize("content, code", [(b"PK\x03\x04 damaged", "bad-line"), (b"\xff\xfe\x00\x01", "bad-line")])
def test_garbage_is_a_problem(tmp_path, content, code):
    path = tmp_path / "IQ.zip"
    path.write_bytes(content)
    _, problems = import_dump([path, tmp_path / "missing.zip"], tmp_path / "mine")
    assert {p.code for p in problems} == {code, "no-such-file"}


def test_nothing_read_leaves_the_old_layer(dump, tmp_path):
    import_dump([dump(row())], tmp_path / "mine")
    import_dump([dump("bad", name="SY.zip")], tmp_path / "mine")
    assert Gazetteer.open(over=[tmp_path / "mine"]).entry("geonames:91600")


def test_the_same_dump_gives_the_same_bytes(dump, tmp_path):
    path = dump(row(), row(number="5", name="Beta"))
    import_dump([path], tmp_path / "a")
    import_dump([path], tmp_path / "b")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
