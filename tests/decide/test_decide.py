"""Claims and decisions in, what is shown out: a table of what analysts do and what they see then."""

import json
from dataclasses import replace

import pytest

from ondit.decide import EditError, decide, decide_sources, value_of
from ondit.decide.attaching import attach
from ondit.model import (
    Claim,
    Decision,
    DecisionKind,
    Footing,
    Reading,
    Reliability,
    ShownClaim,
    Source,
    Span,
    Stance,
    Standing,
    holding,
)
from tests.contracts.ledger_reports import entry

READING = entry("samarra").reading
FIRST, SECOND = READING.claims


def footing(claim: Claim) -> Footing:
    return Footing(claim.id, claim.report_id, claim.content, tuple(v.span for v in claim.chain))


def decision(id_: str, kind: DecisionKind, *claims: Claim, **rest: str) -> Decision:
    return Decision(id_, kind, tuple(c.id for c in claims), tuple(map(footing, claims)), by="ana", **rest)


def undo(id_: str, target: str) -> Decision:
    return Decision(id_, DecisionKind.UNDO, (target,), tuple(map(footing, READING.claims)), by="ana")


def edit(id_: str, claim: Claim, field: str, value: object, was: str = "") -> Decision:
    return decision(id_, DecisionKind.EDIT, claim, field=field, value=json.dumps(value), was=was)


def shown(*decisions: Decision, reading: Reading = READING) -> list[ShownClaim]:
    return list(decide(reading, decisions).shown.claims)


def test_without_decisions_everything_is_as_read() -> None:
    decided = decide(READING, ())
    assert [c.claim for c in decided.shown.claims] == list(READING.claims)
    assert [e.event for e in decided.shown.events] == list(READING.events)
    assert {c.standing for c in decided.shown.claims} == {Standing.READ}
    assert decided.unfit == ()


ACCEPT, REJECT = DecisionKind.ACCEPT, DecisionKind.REJECT


@pytest.mark.parametrize(
    ("decisions", "standing"),
    [
        ([decision("d1", ACCEPT, FIRST)], "accepted read"),
        ([decision("d1", REJECT, FIRST, SECOND)], "rejected rejected"),
        ([decision("d1", ACCEPT, FIRST), decision("d2", REJECT, FIRST)], "rejected read"),
        ([decision("d1", REJECT, FIRST), undo("d2", "d1")], "read read"),
        ([decision("d1", ACCEPT, FIRST), decision("d2", REJECT, FIRST), undo("d3", "d2")], "accepted read"),
        ([decision("d1", REJECT, FIRST), undo("d2", "d1"), undo("d3", "d2")], "rejected read"),
        ([decision("d1", REJECT, FIRST), undo("d2", "d1"), undo("d3", "d2"), undo("d4", "d3")], "read read"),
    ],
)
def test_the_last_word_counts_and_can_be_taken_back(decisions: list[Decision], standing: str) -> None:
    assert " ".join(c.standing for c in shown(*decisions)) == standing


PLACE = {
    "gazetteer_id": "x:1",
    "name": "Mosul",
    "lat": 36.3,
    "lon": 43.1,
    "radius_km": 5,
    "country": "IQ",
    "admin": ["Iraq"],
}
WHEN = {"earliest": "2022-01-28", "latest": "2022-01-30", "edtf": "2022-01-28/2022-01-30", "precision": "day"}


@pytest.mark.parametrize(
    ("field", "value", "now"),
    [
        ("stance", "possible", "possible"),
        ("type", "air_strike", "air_strike"),
        ("type", None, None),
        ("place", PLACE, {**PLACE, "radius_km": 5.0, "kind": "", "precision": "exact"}),
        ("place", None, None),
        ("when", WHEN, WHEN),
        ("when", None, None),
        ("killed", {"low": 4, "best": 4, "high": 4}, {"low": 4, "best": 4, "high": 4}),
        ("killed", None, None),
        ("injured", {"low": 2, "best": None, "high": None}, {"low": 2, "best": None, "high": None}),
        ("content", [0, 13], [0, 13]),
        ("voices", [{"span": [51, 58], "kind": "government"}], [{"span": [51, 58], "kind": "government"}]),
        ("voices", [], []),
    ],
)  # fmt: skip
def test_a_field_is_set_and_what_was_read_stands_beside_it(field: str, value: object, now: object) -> None:
    decided = decide(READING, [edit("d1", FIRST, field, value)])
    assert decided.unfit == ()
    first = decided.shown.claims[0]
    events = {e.event.id: e for e in decided.shown.events}
    event = events.get(first.claim.event or "")
    assert json.loads(value_of(field, first.claim, event.event if event else None)) == now
    assert (first.as_read, first.decisions) == (FIRST, ("d1",))
    assert first.claim.id == FIRST.id
    note = first.claim.evidence[-1]
    assert (note.field, note.rule) == (field, "analyst:ana")
    if field in ("place", "when") or value == "air_strike":
        assert event is not None
        assert event.as_read == READING.events[0]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("stance", "shouts", "stance"),
        ("killed", {"low": 5, "best": None, "high": 4}, "backwards"),
        ("killed", {"low": -1, "best": None, "high": None}, "figure"),
        ("killed", "many", "killed"),
        ("content", [0, 10_000], "not in the text"),
        ("content", [5, 5], "not in the text"),
        ("voices", [{"span": [3]}], "voices"),
        ("place", {"lat": 1}, "place"),
        ("when", {"edtf": "2022", "earliest": "yesterday"}, "when"),
        ("colour", "red", "no field"),
    ],
)
def test_a_value_that_cannot_be_changes_nothing_and_is_told(field: str, value: object, says: str) -> None:
    decided = decide(READING, [edit("d1", FIRST, field, value)])
    assert decided.shown == decide(READING, ()).shown
    (unfit,) = decided.unfit
    assert unfit.lost
    assert says in unfit.reason


def test_what_is_set_of_a_happening_holds_for_all_claims_about_it() -> None:
    assert FIRST.event == SECOND.event
    decided = decide(READING, [edit("d1", SECOND, "type", "bombing_ied")])
    assert [e.event.type for e in decided.shown.events] == ["bombing_ied"]


def test_a_claim_about_nothing_gets_a_happening() -> None:
    bare = replace(READING, claims=(replace(FIRST, event=None),), events=())
    decided = decide(bare, [edit("d1", FIRST, "type", "air_strike"), edit("d2", FIRST, "when", WHEN)])
    (event,) = decided.shown.events
    assert (event.added, event.event.type, event.event.times[0].value) == (True, "air_strike", WHEN["edtf"])
    assert decided.shown.claims[0].claim.event == event.event.id


def test_a_claim_is_added_where_it_stands_in_the_text() -> None:
    value = {"content": [60, 100], "stance": "denies", "type": "protest", "killed": {"low": 1, "best": 1, "high": 1}}
    made = Decision(
        "d1",
        DecisionKind.ADD,
        ("c?",),
        (Footing("c?", READING.report.id, Span(60, 100)),),
        value=json.dumps(value),
        by="ana",
    )
    claims = shown(made)
    assert [c.added for c in claims] == [False, True, False]
    assert (claims[1].standing, claims[1].claim.stance, claims[1].claim.counts[0].best) == (
        Standing.ACCEPTED,
        Stance.DENIES,
        1,
    )
    taken_back = shown(made, decision("d2", REJECT, claims[1].claim))
    assert taken_back[1].standing is Standing.REJECTED


def moved(claim: Claim, by: int, id_: str) -> Claim:
    return replace(claim, id=id_, content=Span(claim.content.start + by, claim.content.stop))


def test_a_decision_finds_its_claim_in_a_new_reading_by_content_and_voice() -> None:
    newer = replace(READING, claims=(moved(FIRST, 6, "cNEW"), SECOND))
    decided = decide(newer, [decision("d1", REJECT, FIRST)])
    assert [c.standing for c in decided.shown.claims] == [Standing.REJECTED, Standing.READ]
    assert decided.unfit == ()


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ((SECOND,), "the claim is not there"),
        ((moved(FIRST, 30, "cNEW"), SECOND), "less than half of the characters are the same"),
        ((replace(moved(FIRST, 1, "cNEW"), chain=()), SECOND), "another voice"),
        ((moved(FIRST, 1, "cA"), moved(FIRST, 2, "cB"), SECOND), "two claims are as near"),
    ],
)
def test_a_decision_that_fits_nowhere_is_named_and_not_moved(claims: tuple[Claim, ...], why: str) -> None:
    decided = decide(replace(READING, claims=claims), [decision("d1", REJECT, FIRST)])
    assert {c.standing for c in decided.shown.claims} == {Standing.READ}, why
    (unfit,) = decided.unfit
    assert (unfit.decision, unfit.lost) == ("d1", True)


def test_an_edit_holds_when_the_engine_has_changed_its_mind_and_wants_a_look() -> None:
    made = edit("d1", FIRST, "stance", "denies", was='"asserts"')
    newer = replace(READING, claims=(replace(FIRST, stance=Stance.POSSIBLE), SECOND))
    decided = decide(newer, [made])
    assert decided.shown.claims[0].claim.stance is Stance.DENIES
    (unfit,) = decided.unfit
    assert not unfit.lost
    assert "now it is read as" in unfit.reason
    agreed = replace(READING, claims=(replace(FIRST, stance=Stance.DENIES), SECOND))
    assert decide(agreed, [made]).unfit == ()


def test_attaching_prefers_the_id() -> None:
    other = moved(SECOND, 1, FIRST.id)
    assert attach(footing(FIRST), [FIRST, other], {FIRST.id: other}) is other


def test_decisions_about_other_reports_do_nothing() -> None:
    other = entry("mosul").reading.claims[0]
    assert decide(READING, [decision("d1", REJECT, other)]).shown == decide(READING, ()).shown


RATED = Decision(
    "d1", DecisionKind.RATE, ("radio",), value='{"letter": "B", "since": "2022-01-01"}', by="ana", why="often right"
)
WORSE = Decision("d2", DecisionKind.RATE, ("radio",), value='{"letter": "D"}', by="bob")
CAMP = Decision("d3", DecisionKind.AFFILIATE, ("radio",), value='{"camps": ["m23"], "owner": "state"}', by="ana")


def test_sources_have_the_letters_and_camps_that_people_gave_them() -> None:
    (source,) = decide_sources([Source("radio", "Radio Talak")], [RATED, WORSE, CAMP])
    assert [r.letter for r in source.ratings] == [Reliability.D, Reliability.B]  # the one without a day held always
    assert (source.ratings[1].by, source.ratings[1].why) == ("ana", "often right")
    assert (source.camps, source.owner) == (("m23",), "state")
    (unrated,) = decide_sources([Source("radio", "R")], [RATED, Decision("d9", DecisionKind.UNDO, ("d1",))])
    assert unrated.ratings == ()
    with pytest.raises(EditError):
        decide_sources([], [replace(RATED, value='{"letter": "Z"}')])


def test_holding_keeps_the_order() -> None:
    made = [decision("d1", ACCEPT, FIRST), decision("d2", REJECT, FIRST), undo("d3", "d1")]
    assert [d.id for d in holding(made)] == ["d2"]
