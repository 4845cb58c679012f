"""The contract of stores, run on every one of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ondit.decide import decide
from ondit.intake.formats import Origin, make_report
from ondit.model import (
    Claim,
    Copy,
    CopyKind,
    Decision,
    DecisionKind,
    Event,
    Footing,
    Opinion,
    Problem,
    Reading,
    Severity,
    Span,
    Stance,
    Standing,
    claim_id,
)
from ondit.pipeline import read_report, settle, weigh_all
from ondit.stores import (
    MEMORY,
    Entry,
    EventFilters,
    Failure,
    Filters,
    Input,
    Part,
    Settlement,
    Store,
    StoreError,
    Tombstone,
    open_store,
)
from ondit.stores.sides import in_time, row_of
from tests.contracts.ledger_reports import TEXTS, entry, id_of, put

STORES = ("memory", "sqlite", "postgres")


def place(request: pytest.FixtureRequest, kind: str, folder: Path) -> str | Path:
    """Where an empty store of a kind can be."""
    if kind == "postgres":
        return str(request.getfixturevalue("postgres").address())
    return MEMORY if kind == "memory" else folder / "a.ledger"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    kept = open_store(place(request, request.param, tmp_path), create=True)
    yield kept
    kept.close()


@pytest.fixture
def full(store: Store) -> Store:
    put(store)
    return store


def heads(store: Store, filters: Filters) -> str:
    """Names of reports with the number of the claim: "mosul1 mosul2"."""
    names = {claim.id: f"{name}{n}" for name in TEXTS for n, claim in enumerate(entry(name).reading.claims, 1)}
    return " ".join(names[found.claim.id] for found in store.claims(filters))


def test_a_report_is_kept_as_it_came(full: Store) -> None:
    for name, (_, _, _, text) in TEXTS.items():
        kept = full.kept(id_of(name))
        assert kept is not None
        assert kept.report == entry(name).reading.report
        assert (kept.custody, kept.engine, kept.newest) == (entry(name).custody, "ondit test", True)
        assert full.raw(kept.report.sha256) == text.encode()
        assert full.reading(kept.report.id) == entry(name).reading
        assert full.shown(kept.report.id) == decide(entry(name).reading, ()).shown
    assert full.kept("r0") is full.reading("r0") is full.shown("r0") is full.raw("0") is None
    assert list(full.report_ids()) == [id_of(name) for name in TEXTS]


def test_when_it_was_retrieved_is_custody_and_not_record(store: Store) -> None:
    one = entry("suva")
    late = replace(one, reading=replace(one.reading, report=replace(one.reading.report, retrieved="2024-05-05")))
    with store.writing():
        store.add(late, decide(late.reading, ()).shown)
    kept = store.kept(id_of("suva"))
    assert kept is not None
    assert (kept.report.retrieved, kept.custody.retrieved) == ("", "2024-05-05")


def test_adding_again_changes_nothing(full: Store) -> None:
    before = dict(full.totals())
    with full.writing():
        assert not full.add(entry("mosul"), decide(entry("mosul").reading, ()).shown)
    assert full.totals() == before
    assert before == {
        "reports": 7, "versions": 0, "claims": before["claims"], "happenings": before["happenings"], "decisions": 0, "failures": 0,
        "tombstones": 0, "events": 0, "bytes": sum(len(text.encode()) for *_, text in TEXTS.values()),
    }  # fmt: skip


def test_many_are_added_as_one_by_one(store: Store, tmp_path: Path) -> None:
    one_by_one = open_store(MEMORY)
    newer = entry("samarra", edited="2022-01-30T10:00:00+00:00")
    entries = [newer, *(entry(name) for name in TEXTS), newer, entry("suva")]
    pairs = [(one, decide(one.reading, ()).shown) for one in entries]
    for one, shown in pairs:
        with one_by_one.writing():
            one_by_one.add(one, shown)
    with store.writing():
        assert store.add_all(pairs[:3]) == 3
    with store.writing():
        assert store.add_all(pairs) == len(TEXTS) - 2
        assert store.add_all(pairs) == store.add_all([]) == 0
    assert list(store.report_ids()) == list(one_by_one.report_ids())
    assert dict(store.totals()) == dict(one_by_one.totals())
    found, expected = ([f.claim.id for f in kept.claims(Filters())] for kept in (store, one_by_one))
    assert found == expected
    assert [store.kept(id_) for id_ in store.report_ids()] == [one_by_one.kept(id_) for id_ in store.report_ids()]
    assert sorted(store.changes().values()) == sorted(set(store.changes().values()))
    assert list(store.check()) == []


def test_characters_that_some_databases_cannot_keep(store: Store) -> None:
    text = "Police said that two\0 people were killed in Mosul \U0001f600. Police said \u0301 it.\r\n\x1b[31m"
    report = make_report(text.encode(), text, Origin(publisher="A\0B", title="a\0\u2400"))
    reading = read_report(report)
    assert reading.claims
    with store.writing():
        store.add(Entry(reading, text.encode(), "x"), decide(reading, ()).shown)
    kept = store.kept(report.id)
    assert kept is not None
    assert kept.report == reading.report
    assert (store.reading(report.id), store.shown(report.id)) == (reading, decide(reading, ()).shown)
    assert store.count(Filters(text="killed")) == 1
    assert list(store.check()) == []


def test_long_words_are_found(store: Store) -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(2_400))
    text = f"Police said that {word} was killed in Mosul."
    report = make_report(text.encode(), text, Origin())
    claim = Claim(
        claim_id(report.id, Span(17, len(text)), ()), report.id, Span(17, len(text)), None, (), Stance.ASSERTS, None
    )
    reading = Reading(report, (claim,))
    with store.writing():
        store.add(Entry(reading, text.encode(), "x"), decide(reading, ()).shown)
    wanted = {word: 1, word[:300] + "*": 1, word[:300]: 0, word + "x": 0, f'"{word} was"': 1, f'"{word[:250]} was"': 0}
    assert {words: store.count(Filters(text=words)) for words in wanted} == wanted


@pytest.mark.parametrize("kind", [kind for kind in STORES if kind != "memory"])
def test_what_is_read_in_a_still_store_is_of_one_moment(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    where = place(request, kind, tmp_path)
    store = open_store(where, create=True)
    put(store, "mosul")
    other = open_store(where)
    with store.still():
        before = (list(store.report_ids()), store.revision())
        put(other, "suva")
        assert (list(store.report_ids()), store.revision()) == before
        assert heads(store, Filters()) == "mosul1 mosul2"
    assert list(store.report_ids()) == [id_of("mosul"), id_of("suva")]
    put(store, "bamako")
    for one in (store, other):
        one.close()


def test_claims_are_walked_over_while_others_are_written(full: Store) -> None:
    seen = []
    for found in full.claims(Filters()):
        with full.writing():
            full.show(decide(entry("suva").reading, ()).shown)
        seen.append(found.claim.id)
    assert len(seen) == len(set(seen))
    assert {c.id for c in entry("bamako").reading.claims} <= set(seen)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), "bamako1 bamako2 mosul1 mosul2 samarra1 samarra2 nothing1 suva1 sanaa1 sanaa2"),
        (Filters(source="le fil"), "bamako1 bamako2 samarra1 samarra2"),
        (Filters(source="harbour"), "mosul1 mosul2 sanaa1 sanaa2"),
        (Filters(voice="armee"), "samarra1"),
        (Filters(voice="army"), "sanaa2"),
        (Filters(voice="arm*"), "samarra1 sanaa2"),
        (Filters(voice="ministre"), "bamako2"),
        (Filters(stance=Stance.DENIES), "mosul2 samarra2"),
        (Filters(type="air_strike"), "sanaa1 sanaa2"),
        (Filters(type="arrest"), "suva1"),
        (Filters(place="samarra"), "samarra1 samarra2"),
        (Filters(place="Sanaa"), "sanaa1 sanaa2"),
        (Filters(place="Sana'a"), "sanaa1 sanaa2"),
        (Filters(place="ML"), "bamako1 bamako2"),
        (Filters(place="nowhere"), ""),
        (Filters(near=(34.2, 43.9, 20)), "samarra1 samarra2"),
        (Filters(near=(34.2, 43.9, 400)), "mosul1 mosul2 samarra1 samarra2"),
        (Filters(near=(-18.0, -179.0, 500)), "suva1"),
        (Filters(box=(30, 40, 38, 48)), "mosul1 mosul2 samarra1 samarra2"),
        (Filters(box=(-20, 170, -10, -170)), "suva1"),
        (Filters(box=(-20, -170, -10, 170)), ""),
        (Filters(since=date(2022, 1, 1), until=date(2022, 12, 31)), "mosul1 mosul2 samarra1 samarra2"),
        (Filters(since=date(2022, 1, 30)), "bamako1 bamako2 mosul1 mosul2"),
        (Filters(until=date(2020, 1, 1)), "sanaa1 sanaa2"),
        (Filters(text="soldats"), "samarra1"),
        (Filters(text='"toute attaque"'), "samarra2"),
        (Filters(text='"attaque toute"'), ""),
        (Filters(text="attaque base"), "samarra2"),
        (Filters(text="exploser OR"), ""),
        (Filters(text="expl* bomb*"), "bamako1"),
        (Filters(text='"" NEAR("x" *) ; --'), ""),
        (Filters(text="!!!"), ""),
        (Filters(report=id_of("mosul")), "mosul1 mosul2"),
        (Filters(source="harbour", stance=Stance.DENIES), "mosul2"),
        (Filters(standing=Standing.ACCEPTED), ""),
    ],
    ids=str,
)
def test_filters(full: Store, filters: Filters, found: str) -> None:
    assert heads(full, filters) == found
    assert full.count(filters) == len(found.split())
    assert len(list(full.claims(filters, limit=1))) == min(1, len(found.split()))
    every = [one.claim.id for one in full.claims(filters)]
    assert [one.claim.id for one in full.claims(filters, 2, offset=1)] == every[1:3]
    assert list(full.claims(filters, None, len(every))) == []


def test_what_is_found_is_all_there_is_to_show(full: Store) -> None:
    (found,) = full.claims(Filters(type="arrest"))
    reading = entry("suva").reading
    assert (found.report, found.claim, found.event) == (reading.report, reading.claims[0], reading.events[0])
    assert found.shown.standing is Standing.READ


def test_versions_of_a_series_are_both_kept_and_the_one_edited_last_counts(full: Store) -> None:
    new = entry("samarra", edited="2022-01-30T10:00:00+00:00")
    with full.writing():
        full.add(new, decide(new.reading, ()).shown)
    series = new.reading.report.series
    assert list(full.versions(series)) == [id_of("samarra"), new.reading.report.id]
    assert full.totals()["versions"] == 1
    kept = full.kept(id_of("samarra"))
    assert kept is not None
    assert not kept.newest
    assert {f.report.id for f in full.claims(Filters(voice="armee"))} == {new.reading.report.id}
    assert full.count(Filters(voice="armee", versions=True)) == 2
    with full.writing():
        full.remove(Tombstone(new.reading.report.id, series, new.reading.report.sha256, "ana", "law", "now"))
    assert heads(full, Filters(voice="armee")) == "samarra1"


def test_the_order_of_adding_versions_does_not_matter(store: Store) -> None:
    for one in (entry("samarra", edited="2022-01-30T10:00:00+00:00"), entry("samarra")):
        with store.writing():
            store.add(one, decide(one.reading, ()).shown)
    assert store.versions(entry("samarra").reading.report.series)[0] == id_of("samarra")
    assert {f.report.id for f in store.claims(Filters())} != {id_of("samarra")}


def decision(kind: DecisionKind, name: str, **rest: str) -> Decision:
    claim = entry(name).reading.claims[0]
    footing = Footing(claim.id, claim.report_id, claim.content, tuple(v.span for v in claim.chain))
    return Decision("d1", kind, (claim.id,), (footing,), by="ana", why="seen", at="2024-01-01", **rest)


def test_decisions_are_appended_and_shown(full: Store) -> None:
    made = decision(DecisionKind.EDIT, "mosul", field="stance", value='"denies"', was='"asserts"')
    reading = entry("mosul").reading
    with full.writing():
        full.append(made)
        full.show(decide(reading, full.decisions(reading.report.id)).shown)
    assert full.decisions() == full.decisions(reading.report.id) == [made]
    assert full.decisions(id_of("suva")) == []
    assert full.count(Filters(stance=Stance.DENIES)) == 3
    assert full.reading(reading.report.id) == reading  # what was read stays
    shown = full.shown(reading.report.id)
    assert shown is not None
    assert (shown.claims[0].as_read, shown.claims[0].decisions) == (reading.claims[0], ("d1",))
    with pytest.raises(StoreError), full.writing():
        full.append(made)


def test_rejected_claims_are_left_out_unless_asked_for(full: Store) -> None:
    reading = entry("mosul").reading
    with full.writing():
        full.append(decision(DecisionKind.REJECT, "mosul"))
        full.show(decide(reading, full.decisions()).shown)
    assert heads(full, Filters(source="harbour")) == "mosul2 sanaa1 sanaa2"
    assert heads(full, Filters(standing=Standing.REJECTED)) == "mosul1"


def test_a_new_reading_takes_the_place_of_the_old(full: Store) -> None:
    reading = entry("mosul").reading
    shorter = replace(reading, claims=reading.claims[:1])
    with full.writing():
        full.replace(shorter, "ondit next", decide(shorter, ()).shown)
    assert full.reading(reading.report.id) == shorter
    assert heads(full, Filters(source="harbour")) == "mosul1 sanaa1 sanaa2"
    kept = full.kept(reading.report.id)
    assert kept is not None
    assert kept.engine == "ondit next"


def test_a_change_that_fails_leaves_nothing(full: Store) -> None:
    before = (dict(full.totals()), heads(full, Filters()))
    gone = Tombstone(id_of("suva"), "s", entry("suva").reading.report.sha256, "ana", "law", "now")

    def change() -> None:
        with full.writing():
            full.append(decision(DecisionKind.ACCEPT, "mosul"))
            full.remove(gone)
            full.fail([Failure(Problem("x", "y", "z", "w"))])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert (dict(full.totals()), heads(full, Filters())) == before
    assert list(full.report_ids()) == [id_of(name) for name in TEXTS]


def test_what_is_removed_is_gone_and_leaves_a_tombstone(full: Store) -> None:
    report = entry("mosul").reading.report
    tombstone = Tombstone(report.id, report.series, report.sha256, "ana", "a court order", "2024-01-02")
    with full.writing():
        full.append(decision(DecisionKind.ACCEPT, "mosul"))
        full.remove(tombstone)
    assert full.kept(report.id) is full.reading(report.id) is full.raw(report.sha256) is None
    assert heads(full, Filters(text="mosul")) == heads(full, Filters(place="mosul")) == ""
    assert full.decisions() == []
    assert full.tombstones() == [tombstone]
    assert not full.has(report.id)
    assert list(full.check()) == []


def test_what_was_decided_of_another_report_too_stays_decided(full: Store) -> None:
    gone, left = (decision(DecisionKind.ACCEPT, name) for name in ("mosul", "suva"))
    both = replace(gone, targets=gone.targets + left.targets, footings=gone.footings + left.footings)
    report = entry("mosul").reading.report
    with full.writing():
        full.append(both)
    with full.writing():
        full.remove(Tombstone(report.id, report.series, report.sha256, "ana", "a court order", "2024-01-02"))
    assert full.decisions() == full.decisions(left.footings[0].report_id) == [both]
    assert full.decisions(report.id) == []
    assert list(full.check()) == []


def test_failures_are_remembered_once_and_settled(full: Store) -> None:
    problem = Problem("empty-input", "nothing", "look", "b.txt", Span(0, 1))
    for seen in ("2024-01-01", "2024-01-02"):
        with full.writing():
            full.fail([Failure(problem, seen_at=seen), Failure(replace(problem, where="a.txt"))])
    inputs = [f for f in full.failures() if not f.report_id]
    assert [(f.problem.where, f.seen_at) for f in inputs] == [("a.txt", ""), ("b.txt", "2024-01-01")]
    assert inputs[1].problem == problem
    with full.writing():
        full.forget_failures("b.txt")
    assert full.totals()["failures"] == 1


def test_reports_that_could_not_be_read_are_failures(full: Store) -> None:
    (failure,) = full.failures()
    assert (failure.report_id, failure.problem.code, failure.problem.severity) == (
        id_of("unread"), "no-language-pack", Severity.ERROR,
    )  # fmt: skip


def test_inputs_are_noted(full: Store) -> None:
    with full.writing():
        full.note_input(Input("b.json", "ab", 3, "x", "2024"))
        full.note_input(Input("a.json", "cd", 4, "x", "2024"))
        full.note_input(Input("a.json", "ef", 5, "y", "2025"))
    assert full.inputs() == [Input("a.json", "ef", 5, "y", "2025"), Input("b.json", "ab", 3, "x", "2024")]


def test_ids_are_found_by_their_beginning(full: Store) -> None:
    claim = entry("mosul").reading.claims[0]
    assert list(full.find(claim.id[:10])) == [claim.id]
    assert list(full.find(claim.report_id[:10])) == [claim.report_id]
    assert list(full.find("x")) == []
    assert full.report_of(claim.id) == full.report_of(claim.event or "") == claim.report_id
    assert full.report_of("c0") is None


def test_a_missing_report_cannot_be_shown_or_replaced(store: Store) -> None:
    with pytest.raises(StoreError), store.writing():
        store.show(decide(entry("suva").reading, ()).shown)
    with pytest.raises(StoreError), store.writing():
        store.replace(entry("suva").reading, "x", decide(entry("suva").reading, ()).shown)


# Happenings across reports


def settled(store: Store) -> tuple[list[Event], list[Copy]]:
    """Put what the pipeline makes of the reports."""
    readings = [entry(name).reading for name in TEXTS]
    events = weigh_all(settle(readings).events(), readings)
    copies = [Copy(id_of("mosul"), id_of("suva"), CopyKind.NEAR, 0.9, ("said for the test",))]
    with store.writing():
        store.settle(events, copies, Settlement(store.revision(), "mark", "2024-01-01T00:00:00+00:00"))
    return events, copies


def test_every_change_has_a_revision_of_its_own(full: Store) -> None:
    seen = [full.revision()]
    reading = entry("mosul").reading
    claim = reading.claims[0]
    made = Decision(
        "d1", DecisionKind.ACCEPT, (claim.id,), (Footing(claim.id, claim.report_id, claim.content),), by="ana"
    )
    changes = (
        lambda: full.append(made),
        lambda: full.show(decide(reading, [made]).shown),
        lambda: full.replace(reading, "later", decide(reading, [made]).shown),
        lambda: full.remove(Tombstone(id_of("suva"), "", "", "ana", "law", "now")),
    )
    for change in changes:
        with full.writing():
            change()
        seen.append(full.revision())
    assert seen == sorted(set(seen))
    with full.writing():
        assert not full.add(entry("mosul"), decide(reading, ()).shown)
    assert full.revision() == seen[-1]


def test_changes_name_the_newest_versions_with_their_revision(full: Store) -> None:
    before = dict(full.changes())
    assert list(before) == [id_of(name) for name in TEXTS]
    new = entry("samarra", edited="2022-01-30T10:00:00+00:00")
    with full.writing():
        full.add(new, decide(new.reading, ()).shown)
        full.show(decide(entry("mosul").reading, ()).shown)
    after = dict(full.changes())
    assert set(before) - set(after) == {id_of("samarra")}
    assert {id_ for id_ in after if after[id_] != before.get(id_)} == {new.reading.report.id, id_of("mosul")}


def test_events_are_kept_as_they_were_settled(full: Store) -> None:
    assert full.settlement() is None
    events, copies = settled(full)
    assert list(full.events(EventFilters())) == sorted(events, key=lambda e: in_time(row_of(e)))
    assert list(full.event_rows(EventFilters())) == [row_of(e) for e in full.events(EventFilters())]
    assert all(full.event(e.id) == e and full.event_of(e.claims[0]) == e.id for e in events)
    assert full.event("h0") is full.event_of("c0") is None
    assert list(full.copies(id_of("suva"))) == list(full.copies(id_of("mosul"))) == copies
    assert full.totals()["events"] == len(events)
    assert full.settlement() == Settlement(full.revision(), "mark", "2024-01-01T00:00:00+00:00")
    assert full.find(events[0].id[:6]) == [events[0].id]


def test_settling_again_tells_how_many_changed(full: Store) -> None:
    events, copies = settled(full)
    other = replace(events[0], superseded=("h0",))
    for now, changed in ((events, 0), ([other, *events[1:]], 1), (events[1:], 1), (events, 1)):
        with full.writing():
            assert full.settle(now, copies, Settlement(1, "", "")) == changed
    with full.writing():
        full.settle([other], (), Settlement(1, "", ""))
    assert full.event("h0") == other


def test_a_part_that_is_settled_again_leaves_the_rest(full: Store) -> None:
    events, copies = settled(full)
    first, second, *others = events
    thought = (Opinion("Accu", "killed", "2", 0.75),)
    other = replace(first, superseded=("h0",), opinions=thought)
    of_another = Copy(id_of("bamako"), id_of("suva"), CopyKind.NEAR, 0.5)
    part = Part(frozenset((first.id, second.id)), frozenset((id_of("bamako"),)), {others[0].id: thought})
    with full.writing():
        assert full.settle([other], [of_another], Settlement(2, "", ""), part) == 3
    assert {e.id: e for e in full.events(EventFilters())} == {
        e.id: e for e in (other, replace(others[0], opinions=thought), *others[1:])
    }
    assert list(full.copies(id_of("suva"))) == [of_another, *copies]
    assert full.events_of([first.claims[0], second.claims[0], "c0"]) == {first.id}
    with full.writing():
        part = Part(reports=frozenset((id_of("bamako"),)), opinions={others[0].id: ()})
        assert full.settle([], [], Settlement(3, "", ""), part) == 1
    assert full.event(others[0].id) == replace(others[0], opinions=())
    assert list(full.copies(id_of("suva"))) == copies


def test_notes_are_kept_until_they_are_forgotten(full: Store) -> None:
    with full.writing():
        full.note("a", [("x", b"\x00\xff"), ("y", b"2")])
        full.note("b", [("x", b"3")])
    with pytest.raises(RuntimeError), full.writing():  # noqa: PT012 - the change has to fail half-way
        full.forget_notes()
        full.note("a", [("y", b"4")])
        raise RuntimeError
    with full.writing():
        full.note("a", [("y", None), ("z", b"5"), ("gone", None)])
    assert full.recall("a", ["x", "y", "z"]) == full.recall("a") == {"x": b"\x00\xff", "z": b"5"}
    assert (list(full.noted()), full.recall("c")) == (["a", "b"], {})
    with full.writing():
        full.remove(Tombstone(id_of("suva"), "", "", "ana", "law", "now"))
    assert not full.noted(), "nothing that had to go may be left in a note"


def test_what_changes_nothing_that_is_told_makes_nothing_out_of_date(full: Store) -> None:
    then = full.revision()
    for name, same in (("mosul", True), ("suva", False)):
        with full.writing():
            full.show(decide(entry(name).reading, ()).shown, same=same)
    assert list(full.told(then)) == [id_of("suva")]
    assert list(full.told()) == list(full.changes()) == [id_of(name) for name in TEXTS]


def test_settling_that_fails_leaves_what_was_settled(full: Store) -> None:
    events, _ = settled(full)
    before = full.settlement()
    with pytest.raises(RuntimeError), full.writing():  # noqa: PT012 - the change has to fail half-way
        full.settle((), (), Settlement(99, "", ""))
        raise RuntimeError
    assert (full.settlement(), full.count_events(EventFilters())) == (before, len(events))


def test_what_was_settled_goes_with_a_report_that_must_go(full: Store) -> None:
    settled(full)
    with full.writing():
        full.remove(Tombstone(id_of("suva"), "", "", "ana", "law", "now"))
    assert full.settlement() is None
    assert not list(full.events(EventFilters()))
    assert not full.copies(id_of("mosul"))


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        (EventFilters(Filters(type="arrest")), ["arrest"]),
        (EventFilters(Filters(place="Samarra"), contested=True), ["armed_attack"]),
        (EventFilters(Filters(text="nobody")), ["air_strike"]),
        (EventFilters(shared=True), []),
        (EventFilters(Filters(report="r0")), []),
        (EventFilters(Filters(type="air_strike"), credibility=1), ["air_strike"]),
    ],
    ids=str,
)
def test_filters_of_events(full: Store, filters: EventFilters, types: list[str]) -> None:
    settled(full)
    assert [e.type for e in full.events(filters)] == types
    assert full.count_events(filters) == len(types)
