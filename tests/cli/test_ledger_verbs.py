"""Verbs about a ledger, end to end, through the real pipeline."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest

from ondit import codec
from ondit.cli import main
from ondit.cli.exit_codes import ExitCode
from ondit.cli.progress import Meter, duration, size_of
from ondit.ledger.written import figures, interval, span

FRENCH = "Trois soldats ont été tués samedi à Samarra, selon l'armée. Le porte-parole a démenti toute attaque contre la base."
ENGLISH = "Police said on 3 May 2019 that two people were killed in Mosul. The ministry denied the report."
GERMAN = "Die Armee sagte, dass drei Soldaten am Montag bei einem Angriff auf die Basis der Stadt getötet wurden."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("ONDIT_DATA", str(tmp_path / "data"))
    Path("fr.txt").write_text(FRENCH, encoding="utf-8")
    Path("en.txt").write_text(ENGLISH, encoding="utf-8")
    Path("de.txt").write_text(GERMAN, encoding="utf-8")
    Path("empty.txt").touch()
    return tmp_path


@pytest.fixture
def filled(desk: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main("add fr.txt en.txt --published 2022-01-31 --publisher Wire --by ana".split()) == 0
    capsys.readouterr()
    return desk


def run(command: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert main(command.split()) == code
    return capsys.readouterr().out


def claim_id(capsys: pytest.CaptureFixture[str], *, denied: bool = False) -> str:
    """The id of what police said, or of what the spokesman denied."""
    choice = "--stance denies --voice porte-parole" if denied else "--voice police --text killed"
    return str(json.loads(run(f"claims {choice} --json", capsys).splitlines()[0])["claim"]["id"])


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("add fr.txt", 0),
        ("add fr.txt empty.txt", 1),
        ("add empty.txt", 3),
        ("add de.txt", 0),
        ("add", 2),
        ("add fr.txt --ledger no/such/folder.ledger", 4),
        ("add fr.txt --map text", 2),
        ("add --retry", 4),
        ("status", 4),
        ("claims --ledger fr.txt", 4),
        ("verify", 4),
        ("decide", 2),
    ],
)
def test_exit_codes_without_a_ledger(desk: Path, command: str, code: int) -> None:
    assert main(command.split()) == code


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("status", 0),
        ("status --json", 0),
        ("claims", 0),
        ("claims --text zyxwv", 3),
        ("claims --type picnic", 2),
        ("claims --stance shouts", 2),
        ("claims --near Qqqxzzy,10", 2),
        ("claims --near 1,2", 2),
        ("claims --near ,5", 2),
        ("claims --near Mosul,10", 0),
        ("claims --box 30,40,38,48 --count", 0),
        ("claims --box 38,40,30,48", 2),
        ("claims --since 2021-02-31", 2),
        ("claims --json --csv", 2),
        ("show r", 2),
        ("show zzz", 2),
        ("show", 2),
        ("decide accept c0", 2),
        ("decide undo d0", 2),
        ("decide rate wire Z", 2),
        ("decide affiliate wire", 2),
        ("decide rate Gazette B --since yesterday", 2),
        ("decide list", 0),
        ("reread", 0),
        ("verify", 0),
        ("forget r0 --why law", 2),
        ("forget r0", 2),
        ("backup no/such/folder/copy.ledger", 4),
    ],
)
def test_exit_codes(filled: Path, command: str, code: int) -> None:
    assert main(command.split()) == code


def test_adding_tells_what_came_of_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("add fr.txt en.txt de.txt empty.txt".split()) == ExitCode.SOME_FAILED
    out, err = capsys.readouterr()
    assert re.match(r"3 new reports, \d+ claims; 1 kept but not read; 1 failed → ondit\.ledger", out)
    assert "[no-language-pack]" in err
    assert "empty.txt: error:" in err
    assert "\r" not in err
    status = run("status", capsys)
    assert all(
        words in status for words in ("3 reports from 3 sources", "1 failed", "1 kept but not read", "empty.txt")
    )
    Path("empty.txt").write_text(ENGLISH + " Nobody was hurt.", encoding="utf-8")
    assert run("add --retry", capsys).startswith("1 new report, ")
    assert "failed" not in run("status", capsys)


def test_claims_as_table_json_and_csv(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = run("claims --text killed", capsys)
    assert claim_id(capsys) in table
    assert "Mosul" in table
    rows = [json.loads(line) for line in run("claims --json", capsys).splitlines()]
    assert {row["report"]["publisher"] for row in rows} == {"Wire"}
    assert rows[0]["claim"]["report_id"] == rows[0]["report"]["id"]
    cells = list(csv.DictReader(io.StringIO(run("claims --text killed --csv", capsys))))
    assert (cells[0]["voices"], cells[0]["place"], cells[0]["killed"], cells[0]["type"]) == (
        "Police",
        "Mosul",
        "2",
        "armed_attack",
    )
    assert int(run("claims --count", capsys)) == len(rows)


def test_json_and_csv_hold_nothing_of_the_run(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = run("claims --json", capsys) + run("claims --csv", capsys)
    assert "ana" not in texts
    assert not re.search(r"20\d\d-\d\d-\d\dT\d\d:", texts)
    assert main("add en.txt fr.txt --published 2022-01-31 --publisher Wire --by bob --ledger other.ledger".split()) == 0
    capsys.readouterr()
    other = run("claims --json --ledger other.ledger", capsys) + run("claims --csv --ledger other.ledger", capsys)
    assert other == texts


def test_what_a_spreadsheet_would_run_is_marked_as_text(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "en.txt", "--publisher", "=HYPERLINK(1)"]) == 0
    capsys.readouterr()
    assert "'=HYPERLINK(1)" in run("claims --csv", capsys)


def test_show(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    id_ = claim_id(capsys)
    shown = run(f"show {id_[:9]}", capsys)
    assert all(
        words in shown for words in (id_, "says: Police (asserts)", "where: Mosul", "2 killed", "why stance: en/")
    )
    report = json.loads(run(f"show {id_} --json", capsys))["report"]["id"]
    page = run(f"show {report}", capsys)
    assert all(words in page for words in ("by ana, from en.txt", "sha256:", id_, "published 2022-01-31 (as given)"))
    assert codec.decode(run(f"show {report} --json", capsys)).report.text == ENGLISH


def test_the_bytes_come_out_as_they_went_in(desk: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from ondit.ledger import Filters, Ledger

    assert main(["add", "fr.txt"]) == 0
    with Ledger.open("ondit.ledger") as ledger:
        report = next(ledger.claims(Filters(voice="armée"))).report.id
    capfdbinary.readouterr()
    assert main(["show", report, "--raw"]) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == FRENCH.encode()


def test_one_look_ends_as_adding_would(desk: Path) -> None:
    assert main("watch empty.txt --once".split()) == main("add empty.txt --ledger other.ledger".split()) == 3


@pytest.mark.parametrize(
    ("edit", "shows"),
    [
        ("stance=denies", "✕ denies"),
        ("type=air_strike", "air strike"),
        ("killed=3-5", "3–5 killed"),
        ("killed=3-", "≥ 3 killed"),
        ("when=2021-05-01..2021-05-03", "2021-05-01/2021-05-03"),
        ("place=country:IQ", "Iraq"),
    ],
)
def test_edits(filled: Path, edit: str, shows: str, capsys: pytest.CaptureFixture[str]) -> None:
    id_ = claim_id(capsys)
    told = run(f"decide edit {id_} {edit} --why seen --by eve", capsys)
    assert re.match(rf"d\w+ edit {id_} .* – eve, .*: seen", told)
    assert shows in run(
        f"claims --report {json.loads(run(f'show {id_} --json', capsys))['report']['id']}", capsys
    ).replace("\u00a0", " ")
    decision = told.split()[0]
    run(f"decide undo {decision}", capsys)
    assert "(taken back)" in run("decide list", capsys)
    assert run("verify", capsys).endswith("everything is as it was received\n")


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ("stance=shouts", "Stance"),
        ("killed=many", "write 3, 3-5"),
        ("when=tomorrow", "write 2022"),
        ("when=2022-02..2021", "runs backwards"),
        ("place=Qqqxzzy", "gazetteer show"),
        ("place=San", "place=ID"),
        ("type=picnic", "abduction"),
        ("colour=red", "stance, type"),
        ("content=5", "START-STOP"),
        ("content=0-99999", "not in the text"),
    ],
)
def test_edits_that_cannot_be_say_what_can(
    filled: Path, edit: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    id_ = claim_id(capsys)
    assert main(["decide", "edit", id_, edit]) == ExitCode.USAGE
    assert says in capsys.readouterr().err
    assert run("decide list", capsys) == ""


def test_rejected_claims_are_shown_only_when_asked_for(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    id_ = claim_id(capsys, denied=True)
    run(f"decide reject {id_}", capsys)
    assert id_ not in run("claims", capsys)
    assert f"{id_}✗" in run("claims --standing rejected", capsys)
    assert "1 rejected" in run("status", capsys)


def test_a_missed_claim_is_added(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(run(f"show {claim_id(capsys)} --json", capsys))["report"]["id"]
    start = ENGLISH.index("The ministry")
    run(
        f"decide add {report} content={start}-{len(ENGLISH)} voices={start}-{start + 12} stance=possible killed=1",
        capsys,
    )
    (row,) = [json.loads(line) for line in run("claims --stance possible --json", capsys).splitlines()]
    assert (row["voices"], row["standing"]) == (["The ministry"], "accepted")


def test_forgetting(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(run(f"show {claim_id(capsys)} --json", capsys))["report"]
    assert report["sha256"] in run(f"forget {report['id']} --why order", capsys)
    assert "1 taken away" in run("status", capsys)
    assert "1 taken away before" in run("add en.txt --published 2022-01-31 --publisher Wire", capsys)


def test_a_backup_is_a_ledger(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("backup copy.ledger", capsys)
    assert run("claims --json --ledger copy.ledger", capsys) == run("claims --json", capsys)


def test_rereading_says_what_is_otherwise(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("reread", capsys).startswith("2 reports read again, 0 otherwise")


def test_the_meter_tells_rate_and_remaining_time() -> None:
    now = [0.0]
    meter = Meter(1000, "report", clock=lambda: now[0])
    for _ in range(50):
        now[0] += 0.1
        meter.item(5, "posts.json item 3")
    assert meter.line("posts.json") == f"{'█' * 6}{'·' * 18}  25 % · 50 reports · 10/s · 15 s left · posts.json"
    meter.source(1000)
    assert "100 %" in meter.line("x")
    assert Meter(0, "report", clock=lambda: now[0]).line("feed") == "0 reports · feed"


def test_figures_dates_and_spans_as_people_type_them() -> None:
    assert figures("3") == {"low": 3, "best": 3, "high": 3}
    assert figures("-5") == {"low": None, "best": None, "high": 5}
    assert interval("2024-02") == {
        "earliest": "2024-02-01",
        "latest": "2024-02-29",
        "edtf": "2024-02",
        "precision": "month",
    }
    assert span("10–42") == [10, 42]
    assert [duration(s) for s in (8.2, 75, 7300)] == ["8 s", "1 min 15 s", "2 h 1 min"]


def test_sizes(desk: Path) -> None:
    assert size_of(["fr.txt", "nothing", "https://example.org/x"]) == len(FRENCH.encode())


STRIKE = "An air strike on Mosul killed {} people on 3 May 2021, {} said."
OUTLETS = {"Gazette": ("five", "police"), "Herald": ("nine", "the mayor")}


@pytest.fixture
def struck(filled: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    for outlet, told in OUTLETS.items():
        Path(f"{outlet}.txt").write_text(STRIKE.format(*told), encoding="utf-8")
        run(f"add {outlet}.txt --published 2021-05-04 --publisher {outlet}", capsys)
    return filled


def test_settle_events_event_and_contradictions(struck: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing gathered yet" in run("status", capsys)
    assert "contested; " in run("settle", capsys)
    assert "; 0 changed" in run("settle", capsys)
    assert "settled 20" in run("status", capsys)
    (event,) = (json.loads(line) for line in run("events --place Mosul --shared --json", capsys).splitlines())
    assert event["id"] in run("events --contested", capsys)
    (row,) = csv.DictReader(io.StringIO(run("events --place Mosul --shared --csv", capsys)))
    assert (row["id"], row["reports"], row["contested"]) == (event["id"], "2", "True")
    assert run("events --place Mosul --shared --count", capsys) == "1\n"
    account = run(f"event {event['id'][:8]}", capsys)
    assert all(claim in account for claim in event["claims"])
    assert run(f"event {event['claims'][0]}", capsys) == run(f"show {event['id']}", capsys) == account
    assert json.loads(run(f"event {event['id']} --json", capsys)) == event
    assert "killed" in run("contradictions", capsys)
    fields = [json.loads(line) for line in run("contradictions --json", capsys).splitlines()]
    assert {(f["event"], f["field"]) for f in fields} >= {(event["id"], "killed")}
    run("events --type protest", capsys, code=ExitCode.NOTHING_READ)


def test_decisions_change_what_events_shows(struck: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in run("claims --type air_strike --json", capsys).splitlines()]
    assert run("events --shared --count", capsys) == "1\n"
    run(f"decide split {' '.join(row['claim']['id'] for row in rows)}", capsys)
    assert run("events --shared --count --as-settled", capsys) == "1\n"
    assert "out of date: happenings were merged or split, or that was undone" in run("status", capsys)
    assert run("events --shared --count", capsys, code=ExitCode.ALL_READ) == "0\n"


def test_sources_show_letters_and_records(struck: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources.toml").write_text(
        '[[source]]\nid = "gazette"\nname = "The Gazette"\nnames = ["Gazette"]\nkind = "media"\n', encoding="utf-8"
    )
    run("sources nobody", capsys, code=ExitCode.NOTHING_READ)
    run("decide rate Gazette B --why years", capsys)
    assert re.search(r"^The Gazette +B ", run("sources gazette", capsys), re.MULTILINE)
    assert "Herald" in run("sources", capsys)
    (row,) = (json.loads(line) for line in run("sources gazette --json", capsys).splitlines())
    assert (row["id"], row["ratings"][0]["letter"], row["record"]["source"]) == ("gazette", "B", "gazette")


def test_two_happenings_become_one_by_their_ids(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [json.loads(line)["id"] for line in run("events --json", capsys).splitlines()][:2]
    run(f"decide merge {ids[0]} {ids[1]} --why same", capsys)
    assert run(f"event {ids[0]} --json", capsys) == run(f"event {ids[1]} --json", capsys)


def test_what_was_read_is_shown_beside_an_edited_type(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    id_ = claim_id(capsys)
    run(f"decide edit {id_} type=protest", capsys)
    assert re.search(r'as read: \{"type": ', run(f"show {id_}", capsys))


@pytest.mark.parametrize(
    "option",
    ["--csv", "--count", "--limit 3", "--type protest", "--contested", "--place Mosul", "--as-settled", "--grade 2"],
)
def test_what_only_a_ledger_can_answer_is_refused_for_files(
    desk: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(f"events en.txt {option}".split()) == ExitCode.USAGE
    assert option.split(maxsplit=1)[0] in capsys.readouterr().err
    assert main("events en.txt --shared".split()) == ExitCode.ALL_READ
