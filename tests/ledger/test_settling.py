"""A settled ledger is the same whether it was settled at once, report by report, or again after decisions; and decisions take effect."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ondit.intake import Options, Origin
from ondit.ledger import EventFilters, Filters, Ledger, LedgerError
from ondit.model import Event, Reliability, Stance

DAY = date(2024, 5, 6)
REPORTS = {
    # name: (publisher, text); all published on one Monday
    "wire": ("Ferry Wire", "Police said on Monday that nine people were killed in an air strike on Mosul."),
    "post": ("Harbour Post", "Nine people were killed in an air strike on Mosul on Monday, police said."),
    "fil": ("Le Fil", "Selon des témoins, quatorze personnes ont été tuées lundi dans une frappe aérienne sur Mossoul."),
    "own": ("Le Fil", "Une frappe aérienne a tué neuf personnes lundi à Mossoul."),
    "same": ("La Ruche", "Une frappe aérienne menée lundi sur Mossoul a fait neuf morts."),
    "other": ("Harbour Post", "Police said on Monday that five people were arrested in Suva."),
}  # fmt: skip
FOUR = ("wire", "post", "fil", "other")


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(":memory:" if request.param == "memory" else tmp_path / "a.ledger", by="ana") as opened:
        yield opened


def add(ledger: Ledger, folder: Path, *names: str) -> None:
    for name in names:
        publisher, text = REPORTS[name]
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        origin = Origin(publisher=publisher, published=DAY)
        for added in ledger.add(path, options=Options(origin=origin)):
            assert not added.problems


def strike(ledger: Ledger) -> Event:
    (event,) = ledger.events(EventFilters(Filters(type="air_strike"), shared=True))
    return event


def claim_of(ledger: Ledger, publisher: str) -> str:
    found = next(ledger.claims(Filters(source=publisher, type="air_strike")))
    return found.claim.id


def test_nothing_is_shown_before_anything_was_settled(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, "wire")
    assert ledger.stale
    with pytest.raises(LedgerError, match="ondit settle"):
        list(ledger.events())


def test_three_reports_of_one_strike_are_one_event(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    assert ledger.settle() == 2
    assert not ledger.stale
    event = strike(ledger)
    assert len(event.reports) == 3
    assert event.grade is not None
    assert {f.field: f.status.value for f in event.fields}["killed"] == "contested"
    assert [row.id for row in ledger.event_rows(EventFilters(contested=True))] == [event.id]
    assert ledger.event_of(claim_of(ledger, "fil")) == event.id


@pytest.mark.parametrize("order", ["wire post fil other", "other fil post wire", "fil wire other post"])
def test_report_by_report_in_any_order_is_the_same_as_all_at_once(ledger: Ledger, tmp_path: Path, order: str) -> None:
    with Ledger.open(":memory:", by="ana") as whole:
        add(whole, tmp_path, *FOUR)
        whole.settle()
        expected = list(whole.events())
    for name in order.split():
        add(ledger, tmp_path, name)
        ledger.settle()
    assert list(ledger.events()) == expected
    assert ledger.settle() == 0


def test_another_process_finds_what_was_settled(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with Ledger.open(path, by="ana") as first:
        add(first, tmp_path, *FOUR)
        first.settle()
        expected = list(first.events())
    with Ledger.open(path, create=False) as second:
        assert not second.stale
        assert list(second.events()) == expected
        assert second.settle() == 0


def test_a_split_parts_and_undoing_it_joins_again(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    before = list(ledger.events())
    decision = ledger.split(claim_of(ledger, "ferry"), claim_of(ledger, "fil"))
    assert ledger.stale
    ledger.settle()
    assert ledger.event_of(claim_of(ledger, "ferry")) != ledger.event_of(claim_of(ledger, "fil"))
    ledger.undo(decision.id)
    ledger.settle()
    assert list(ledger.events()) == before


def test_a_merge_joins_and_says_who_did_it(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    arrest = next(ledger.claims(Filters(type="arrest"))).claim.id
    ledger.merge(claim_of(ledger, "ferry"), arrest)
    ledger.settle()
    event = ledger.event(ledger.event_of(arrest) or "")
    assert event is not None
    assert len(event.reports) == 4
    assert any("joined by an analyst" in link.reasons for link in event.links)


def test_the_name_an_event_had_before_still_finds_it(ledger: Ledger, tmp_path: Path) -> None:
    names = []
    for name in ("wire", "post", "fil"):
        add(ledger, tmp_path, name)
        ledger.settle()
        names.append(next(ledger.events()).id)
    event = strike(ledger)
    assert {found.id for name in names if (found := ledger.event(name))} == {event.id}


def test_a_rejected_claim_supports_nothing(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    rejected = claim_of(ledger, "fil")
    ledger.reject(rejected, why="misread")
    ledger.settle()
    event = strike(ledger)
    assert rejected not in event.claims
    assert {f.field: f.status.value for f in event.fields}["killed"] == "single"  # two outlets, one police


def test_an_edit_changes_what_the_event_says(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    ledger.edit(claim_of(ledger, "fil"), "stance", Stance.DENIES)
    ledger.settle()
    killed = next(f for f in strike(ledger).fields if f.field == "killed")
    assert [value.value for value in killed.values if value.supporters] == ["9"]


def test_a_letter_that_somebody_set_is_in_the_grade(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    ledger.rate("Le Fil", Reliability.B, why="years of checking")
    assert ledger.stale
    ledger.settle()
    grade = strike(ledger).grade
    assert grade is not None
    assert ("Le Fil", Reliability.B) in grade.reliability


def test_two_outlets_of_one_owner_count_once(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, "own", "same")
    ledger.settle()
    apart = strike(ledger).independence
    for outlet in ("Le Fil", "La Ruche"):
        ledger.affiliate(outlet, owner="press-group")
    ledger.settle()
    together = strike(ledger).independence
    assert apart is not None
    assert together is not None
    assert (len(apart.origins), len(together.origins)) == (2, 1)
    assert "press-group" in " ".join(together.origins[0].reasons)


def test_what_was_taken_away_is_in_no_event(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    report = next(ledger.claims(Filters(source="fil"))).report.id
    ledger.forget(report, why="a name must go")
    assert ledger.stale
    with pytest.raises(LedgerError, match="ondit settle"):
        list(ledger.events())
    ledger.settle()
    assert all(report not in event.reports for event in ledger.events())
    assert len(strike(ledger).reports) == 2


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (EventFilters(), 2),
        (EventFilters(shared=True), 1),
        (EventFilters(contested=True), 1),
        (EventFilters(Filters(type="arrest")), 1),
        (EventFilters(Filters(source="fil")), 1),
        (EventFilters(Filters(text="arrested")), 1),
        (EventFilters(Filters(place="Mosul")), 1),
        (EventFilters(Filters(near=(36.3, 43.1, 50))), 1),
        (EventFilters(Filters(type="protest")), 0),
        (EventFilters(credibility=6), 2),
        (EventFilters(Filters(place="Mosul"), shared=True, contested=True), 1),
        (EventFilters(Filters(place="Suva"), shared=True), 0),
    ],
    ids=str,
)
def test_filters_of_events(ledger: Ledger, tmp_path: Path, filters: EventFilters, count: int) -> None:
    add(ledger, tmp_path, *FOUR)
    ledger.settle()
    events = list(ledger.events(filters))
    assert (len(events), ledger.count_events(filters)) == (count, count)
    assert [row.id for row in ledger.event_rows(filters)] == [event.id for event in events]
    assert list(ledger.events(filters, limit=1, offset=1)) == events[1:2]
