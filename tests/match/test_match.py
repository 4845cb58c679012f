"""Coded events against the happenings of a ledger: what is read of a table, what matches what, and what is told of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from ondit.cli import main
from ondit.match import CodedEvent, NotCoded, match, read_coded
from ondit.match.coded import kinds, parse_day
from ondit.match.rendering import render_matching
from ondit.model import Event
from ondit.ontology import event_types
from ondit.present.formats import get_format, pack
from ondit.present.terminal import text_width
from tests.present.formats.dossiers import example, folder

ACLED = "event_id_cnty,event_date,time_precision,sub_event_type,actor1,actor2,iso,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities"
TILLIA = "NER1,14 March 2024,1,Attack,Unidentified Armed Group (Niger),Civilians (Niger),562,Niger,Tahoua,Tillia,16.12,4.79,1,Sahel Wire,x,{deaths}"


@pytest.fixture
def table(tmp_path: Path):
    """Writes a table of coded events."""

    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "coded.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


def attack() -> Event:
    """The attack on the convoy near Tillia, which most reports of the example tell of."""
    return max((e for e in example().events if e.type == "armed_attack" and e.place and e.place.name == "Tillia"), key=lambda e: len(e.reports))  # fmt: skip


def test_a_row_is_read(table) -> None:
    found = read_coded(table(ACLED, TILLIA.format(deaths=8)))
    assert (found.kind, found.title, list(found.problems)) == ("acled", "ACLED", [])
    (event,) = found.events
    assert event == CodedEvent(
        id="NER1", row=2, first=date(2024, 3, 14), last=date(2024, 3, 14), types=frozenset({"armed_attack", "execution"}), code="Attack", place="Tillia",
        country="NE", lat=16.12, lon=4.79, radius=5.0, low=8, high=8, actors=("Unidentified Armed Group (Niger)", "Civilians (Niger)"), source="Sahel Wire", notes="x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("1", date(2024, 3, 14), date(2024, 3, 14)),
        ("2", date(2024, 3, 11), date(2024, 3, 17)),
        ("3", date(2024, 2, 28), date(2024, 3, 29)),
    ],
)
def test_the_days_are_as_wide_as_their_precision(table, precision: str, first: date, last: date) -> None:
    (event,) = read_coded(table(ACLED, TILLIA.format(deaths=8).replace("2024,1,", f"2024,{precision},"))).events
    assert (event.first, event.last) == (first, last)


@pytest.mark.parametrize(
    ("lines", "kind", "figures"),
    [
        ((ACLED.replace(",", ";"), TILLIA.format(deaths=8).replace(",", ";")), "acled", (8, None, 8)),
        (("id,type_of_violence,date_start,date_end,where_coordinates,where_prec,latitude,longitude,country,best,low,high,side_a,side_b",
          "5,3,2024-03-14 00:00:00.000,2024-03-15,Tillia,1,16.12,4.79,Niger,8,7,10,X,Civilians"), "ucdp", (7, 8, 10)),
        (("Unique Reference Code\tDate\tCountry\tLatitude\tLongitude\tcivilians_killed_min\tcivilians_killed_max\tbelligerents",
          "NS1\t2024-03-14\tNiger\t16.12\t4.79\t7\t9\tX; Y"), "airwars", (7, None, 9)),
    ],
)  # fmt: skip
def test_each_kind_is_told_by_its_columns(
    table, lines: tuple[str, ...], kind: str, figures: tuple[int | None, ...]
) -> None:
    found = read_coded(table(*lines))
    (event,) = found.events
    assert (found.kind, event.country, event.first, (event.low, event.best, event.high)) == (
        kind,
        "NE",
        date(2024, 3, 14),
        figures,
    )


def test_every_type_of_a_table_is_one_of_ours() -> None:
    for table in kinds().values():
        assert set(table.get("types", ())) <= set(event_types())
        assert {"id", "first", "lat", "lon", "known"} <= set(table)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("a,b", "1,2"), "no table of coded events that is known; needed are.*event_id_cnty"),
        (("",), "no table of coded events"),
    ],
)
def test_what_is_no_table(table, lines: tuple[str, ...], says: str) -> None:
    with pytest.raises(NotCoded, match=says):
        read_coded(table(*lines))


def test_what_cannot_be_read(table, tmp_path: Path) -> None:
    with pytest.raises(NotCoded, match=r"no UTF-8.*save the table as CSV in UTF-8"):
        read_coded(table(ACLED, "Té", encoding="latin-1"))
    with pytest.raises(NotCoded, match="No such file"):
        read_coded(tmp_path / "no.csv")


def test_a_row_without_a_day_or_a_point_is_told(table) -> None:
    row = TILLIA.format(deaths=8)
    found = read_coded(
        table(ACLED, row.replace("14 March 2024", "soon"), row.replace("16.12", "").replace("4.79", "900"), "")
    )
    assert [(p.code, p.where.rpartition(":")[2]) for p in found.problems] == [("no-day", "2"), ("no-coordinates", "3")]


@pytest.mark.parametrize(
    "text", ["14 March 2024", "2024-03-14", "14-Mar-2024", "20240314", "2024-03-14T12:30:00Z", "14 Mar 2024"]
)
def test_days(text: str) -> None:
    assert parse_day(text) == date(2024, 3, 14)


@pytest.mark.parametrize(
    ("change", "coded"),
    [
        ({}, True),
        ({"deaths": "7"}, True),
        ({"14 March": "15 March", "Tillia,16.12,4.79": "Tillia,16.2,4.8"}, True),
        ({"Attack": "Armed clash"}, True),
        ({"14 March": "24 March"}, False),
        ({"16.12,4.79": "13.5,2.1"}, False),
        ({"Attack": "Peaceful protest", "deaths": "0"}, False),
        ({"562,Niger": "686,Senegal", "16.12,4.79": "14.7,-17.4"}, False),
    ],
)
def test_what_is_coded_already(table, change: dict[str, str], coded: bool) -> None:
    row = TILLIA.format(deaths=change.get("deaths", "8"))
    for old, new in change.items():
        row = row.replace(old, new)
    found = match([attack()], read_coded(table(ACLED, row)))
    assert [pair.coded.id for pair in found.pairs] == (["NER1"] if coded else [])
    assert bool(found.new) is not coded
    if coded:
        assert found.pairs[0].reasons
        assert all(r.endswith(")") for r in found.pairs[0].reasons)


def test_the_fields_side_by_side(table) -> None:
    (pair,) = match([attack()], read_coded(table(ACLED, TILLIA.format(deaths=2)))).pairs
    fields = {d.field: d for d in pair.differences}
    assert {name: d.agrees for name, d in fields.items()} == {
        "type": True,
        "when": True,
        "place": True,
        "killed": False,
    }
    assert (fields["killed"].theirs, fields["type"].ours, fields["when"].theirs) == ("2", "armed_attack", "2024-03-14")


def test_several_rows_may_be_of_one_happening_and_a_row_of_one_only(table) -> None:
    found = match(
        example().events,
        read_coded(table(ACLED, TILLIA.format(deaths=8), TILLIA.format(deaths=9).replace("NER1", "NER2"))),
    )
    assert [(p.event.id, p.coded.id) for p in found.pairs] == [(attack().id, "NER1"), (attack().id, "NER2")]
    assert attack() not in found.new


def test_what_the_ledger_lacks_is_told_within_its_days_and_countries(table) -> None:
    rows = [
        "NER2,20 March 2024,1,Air/drone strike,,,562,Niger,Diffa,Diffa,13.3,12.6,1,,,3",
        "MEX1,20 March 2024,1,Attack,,,484,Mexico,,Mexico City,19.4,-99.1,1,,,3",
        "NER3,20 March 1999,1,Attack,,,562,Niger,,Diffa,13.3,12.6,1,,,3",
    ]
    found = match(example().events, read_coded(table(ACLED, *rows)))
    assert ([c.id for c in found.missing], found.outside) == (["NER2"], 2)


def test_an_export_matches_its_own_ledger(tmp_path: Path) -> None:
    for name in ("acled", "ucdp"):
        made = get_format(name).make(example())
        with (tmp_path / f"{name}.csv").open("wb") as file:
            pack(made, file)
        found = match(example().events, read_coded(tmp_path / f"{name}.csv"))
        pairs = {p.coded.id: p.event.id for p in found.pairs}
        assert len(pairs) >= len(found.table.events) - 2
        assert all(coded == event for coded, event in pairs.items())
        exact = [p for p in found.pairs if p.coded.first == p.coded.last]
        assert all(d.agrees for p in exact for d in p.differences if d.field in ("when", "place"))


def test_the_page_keeps_to_the_width(table) -> None:
    found = match(
        example().events,
        read_coded(
            table(ACLED, TILLIA.format(deaths=2), "NER2,20 March 2024,1,Attack,,,562,Niger,,Diffa,13.3,12.6,1,,,3")
        ),
    )
    lines = render_matching(found, width=60, limit=2).splitlines()
    assert all(text_width(line) <= 60 for line in lines)
    assert lines[2].startswith("coded already in ACLED")
    assert any(line.lstrip().startswith("≠ killed") for line in lines)
    assert any("more; --limit 0 shows all" in line for line in lines)


def test_the_verb(table, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = ["--ledger", str(tmp_path / "a.ledger")]
    assert main(["add", str(folder() / "reports"), "--sources", str(folder() / "sources.toml"), *ledger]) == 0
    path = table(ACLED, TILLIA.format(deaths=8), "NER2,20 March 2024,1,Attack,,,562,Niger,,=Diffa,13.3,12.6,1,,,3")
    capsys.readouterr()
    assert main(["match", str(path), *ledger]) == 0
    assert "1 happening coded already" in capsys.readouterr().out
    assert main(["match", str(path), "--json", *ledger]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["coded"] for row in told["coded"]] == ["NER1"]
    assert [row["coded"] for row in told["missing"]] == ["NER2"]
    assert main(["match", str(path), "--csv", "--place", "Tillia", *ledger]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert {row.split(",")[0] for row in rows} >= {"result", "coded", "new", "missing"}
    assert "'=Diffa" in rows[-1]
    assert main(["match", str(tmp_path / "no.csv"), *ledger]) == 2
    assert main(["match", str(path), "--as", "gtd", *ledger]) == 2
    assert "needed are the columns of one of these" in capsys.readouterr().err
