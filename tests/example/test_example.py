"""The example ledger: written out, taken in, and compared with what an analyst expects of it (`incidents.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ondit import Ledger
from ondit.cli import main
from ondit.example import NotEmpty, write
from ondit.ledger.adding import Outcome
from ondit.model import Claim, Event, FieldAccount, Reading
from ondit.pipeline import name_resolver, settle, weigh_all
from ondit.settings import Settings

EXPECTED: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "incidents.toml").read_text("utf-8"))
NAMES: Mapping[str, str] = EXPECTED["reports"]
KNOWN: Mapping[str, str] = {row: group["why"] for group in EXPECTED["known"] for row in group["rows"]}
MARKS = {"fr": "[Exemple inventé]", "en": "[Invented example]", "ar": "[مثال مختلق]"}


@dataclass(frozen=True)
class Example:
    """The example as a user gets it: what came of each item, its reading by short name, and what the reports tell together."""

    outcomes: Mapping[str, Outcome]
    problems: list[str]
    readings: Mapping[str, Reading]
    events: list[Event]
    copies: set[tuple[str, str, str]]

    def claim(self, telling: str) -> Claim:
        """The claim at the words of a telling ("report: words"); the shortest when several are."""
        name, _, words = telling.partition(": ")
        reading = self.readings[name]
        at = reading.report.text.find(words)
        assert at >= 0, f"'{words}' is not in {name}"
        found = [c for c in reading.claims if c.content.start < at + len(words) and at < c.content.stop]
        assert found, f"no claim is read at '{words}' of {name}"
        return min(
            found, key=lambda c: (not c.content.start <= at < c.content.stop, len(c.content.of(reading.report.text)))
        )

    def event(self, telling: str) -> Event:
        """The event that the claim at the words of a telling is about."""
        claim = self.claim(telling)
        found = [event for event in self.events if claim.id in event.claims]
        assert found, f"the claim at '{telling}' is about no happening"
        return found[0]


@cache
def example() -> Example:
    folder = _written()
    reports = folder / "reports"
    names = {where: name for name, where in NAMES.items()}
    outcomes: dict[str, Outcome] = {}
    problems: list[str] = []
    readings: dict[str, Reading] = {}
    with Ledger.open(":memory:", by="ana", settings=Settings(sources=(folder / "sources.toml",))) as ledger:
        for added in ledger.add(reports):
            problems += [problem.code for problem in added.problems]
            if added.outcome != Outcome.TAKEN:
                where = added.where.removeprefix(f"{reports}/")
                outcomes[where] = added.outcome
                reading = ledger.reading(added.report_id)
                if added.outcome != Outcome.KNOWN and reading is not None:
                    readings[names[where]] = reading
        settled = settle(ledger.readings())
        events = weigh_all(settled.events(), ledger.readings(), name_resolver(ledger.settings.sources).registry)
    short = {reading.report.id: name for name, reading in readings.items()}
    copies = {(short[c.report], short[c.original], str(c.kind)) for c in settled.copies if c.report != c.original}
    return Example(outcomes, problems, readings, events, copies)


@cache
def _written() -> Path:
    from tempfile import mkdtemp

    folder = Path(mkdtemp()) / "example"
    write(folder)
    return folder


def rows(*keys: str) -> list[Any]:
    """Keys as parameters; those that are known to come out wrong are marked so, strictly."""
    return [
        pytest.param(k, marks=[pytest.mark.xfail(reason=KNOWN[k], strict=True)] if k in KNOWN else []) for k in keys
    ]


def test_it_is_sixty_reports_in_three_languages_and_eight_formats() -> None:
    told = example()
    assert set(told.readings) == set(NAMES)
    assert len(told.readings) == 57
    per_language = [sum(r.report.language == code for r in told.readings.values()) for code in ("fr", "en", "ar")]
    assert min(per_language) >= 12, per_language
    suffixes = {re.match(r"[^.]+(\.\w+)", where)[1] for where in told.outcomes}  # type: ignore[index]
    assert suffixes == {".json", ".jsonl", ".csv", ".rss", ".html", ".eml", ".txt", ".docx"}
    assert set(told.problems) == {"date-of-file-only"}


def test_a_post_that_was_edited_is_a_new_version_and_one_that_was_not_is_known() -> None:
    outcomes = example().outcomes
    assert outcomes["telegram/azalai-info-2024-03-28.json item 1"] == Outcome.VERSION
    assert outcomes["telegram/azalai-info-2024-03-28.json item 2"] == Outcome.KNOWN
    assert sum(outcome == Outcome.NEW for outcome in outcomes.values()) == 56


def test_reports_without_a_date_have_none() -> None:
    undated = {name for name, reading in example().readings.items() if reading.report.published.day is None}
    assert undated == {"council", "talak-bulletin", "note"}


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_read_and_says_that_it_is_invented(name: str) -> None:
    reading = example().readings[name]
    assert reading.claims
    assert reading.report.text.rstrip().endswith(MARKS[reading.report.language])


def _together() -> list[Any]:
    return [
        pytest.param(telling, row["tellings"][0], *param.values[1:], marks=param.marks)
        for row in EXPECTED["happening"]
        for telling in row["tellings"][1:]
        for param in rows(telling)
    ]


@pytest.mark.parametrize(("telling", "anchor"), _together())
def test_tellings_of_one_happening_stand_in_one_event(telling: str, anchor: str) -> None:
    assert example().event(telling).id == example().event(anchor).id


@pytest.mark.parametrize("why", rows(*(row["why"] for row in EXPECTED["apart"])))
def test_near_misses_stay_apart(why: str) -> None:
    one, other = next(row["tellings"] for row in EXPECTED["apart"] if row["why"] == why)
    assert example().event(one).id != example().event(other).id


@pytest.mark.parametrize("copy", rows(*(row["copy"] for row in EXPECTED["copy"])))
def test_copies_are_found_with_their_originals(copy: str) -> None:
    row = next(row for row in EXPECTED["copy"] if row["copy"] == copy)
    assert (row["copy"], row["original"], row["kind"]) in example().copies


def test_nothing_else_is_a_copy() -> None:
    pairs = {frozenset((row["copy"], row["original"])) for row in EXPECTED["copy"]}
    found = {frozenset((copy, original)) for copy, original, kind in example().copies if kind != "passage"}
    assert found - pairs == set()


def _field_key(row: Mapping[str, Any]) -> str:
    return f"{row['field']} of {row['telling'].partition(':')[0]}"


@pytest.mark.parametrize("key", rows(*map(_field_key, EXPECTED["field"])))
def test_agreement_and_contradiction(key: str) -> None:
    row = next(row for row in EXPECTED["field"] if _field_key(row) == key)
    account: FieldAccount = next(a for a in example().event(row["telling"]).fields if a.field == row["field"])
    assert account.status == row["status"]
    shown = [value.value for value in account.values]
    assert all(any(re.search(rf"\b{re.escape(v)}\b", s) for s in shown) for v in row["values"]), shown


def test_what_is_known_to_be_wrong_is_in_the_tables() -> None:
    keys = {t for row in EXPECTED["happening"] for t in row["tellings"]}
    keys |= (
        {row["why"] for row in EXPECTED["apart"]}
        | {row["copy"] for row in EXPECTED["copy"]}
        | set(map(_field_key, EXPECTED["field"]))
    )
    assert set(KNOWN) <= keys


def test_the_figures_of_the_documentation_are_these() -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/quality.md").read_text("utf-8")
    tables = {
        "tellings that stand": [t for row in EXPECTED["happening"] for t in row["tellings"][1:]],
        "near misses": [row["why"] for row in EXPECTED["apart"]],
        "copies": [row["copy"] for row in EXPECTED["copy"]],
        "fields": [_field_key(row) for row in EXPECTED["field"]],
    }
    for name, keys in tables.items():
        assert re.search(rf"\| {name}[^|]*\| {sum(k not in KNOWN for k in keys)} of {len(keys)} \|", page), name


def test_the_registry_of_the_example_is_sound() -> None:
    from ondit.registry import load_registry

    registry, problems = load_registry((_written() / "sources.toml",))
    assert not problems
    assert registry["zab-echo"].camps == registry["fajr-media"].camps == ("green-dawn",)


def test_the_verb_writes_it_and_leaves_a_full_folder_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my example"
    assert main(["example", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "25 files" in out
    assert f"cd '{folder}'" in out
    (folder / "README.md").write_text("mine")
    assert main(["example", str(folder)]) == 2
    assert "new or empty folder" in capsys.readouterr().err
    assert (folder / "README.md").read_text() == "mine"
    (tmp_path / "file").touch()
    assert main(["example", str(tmp_path / "file" / "below")]) == 2


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert (tmp_path / "README.md") in write(tmp_path)
    with pytest.raises(NotEmpty):
        write(tmp_path)
