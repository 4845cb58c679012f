"""Whole or little by little, in any order, with decisions: the same happenings."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.gather import blocking
from ondit.gather.gathering import Gathering
from ondit.gather.traits import Traits
from ondit.model import Decision, DecisionKind, event_id
from tests.gather.telling import TOWNS, telling

TYPES = ("air_strike", "shelling_missile_attack", "bombing_ied", "protest", "other")


def many(seed: int, number: int) -> list[Traits]:
    """Tellings of a few days and towns, so that they meet often."""
    dice = random.Random(seed)
    found = []
    for i in range(number):
        day = f"2022-01-{dice.randint(1, 6):02d}"
        when = dice.choice([day, day, f"~{day}", ""])
        words = " ".join(dice.sample("Nujaba Saberin market convoy hospital bridge barracks school".split(), 3))
        line = f"{dice.choice(TYPES)} · {when} · {dice.choice([*TOWNS, ''])} · {dice.randint(1, 30)} killed · {words}"
        found.append(telling(line, name=f"e{i:03d}", report=f"r{dice.randint(0, number)}"))
    return found


def by_report(tellings: Iterable[Traits]) -> dict[str, list[Traits]]:
    found: dict[str, list[Traits]] = {}
    for one in tellings:
        found.setdefault(one.report, []).append(one)
    return found


def gather(tellings: Iterable[Traits], decisions: Sequence[Decision] = ()) -> Gathering:
    gathering = Gathering()
    gathering.change(by_report(tellings), decisions=decisions)
    return gathering


def groups(gathering: Gathering) -> set[tuple[str, ...]]:
    return set(gathering.groups.values())


def in_parts(tellings: Sequence[Traits], cuts: Iterable[int], passing: Sequence[Traits]) -> Gathering:
    """Report by report in some portions; other reports are there at first and go with the second portion, or at the end."""
    reports = list(by_report(tellings).items())
    gathering = gather(passing)
    start = 0
    for stop in [*sorted(cuts), len(reports)]:
        gathering.change(dict(reports[start:stop]), {t.report for t in passing} if start else ())
        start = stop
    gathering.change({}, {t.report for t in passing})
    return gathering


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 40), max_size=4), st.integers(2, 60))
def test_the_order_and_the_portions_of_arrival_do_not_matter(seed: int, cuts: list[int], largest: int) -> None:
    tellings = many(seed, 40)
    shuffled = random.Random(seed + 1).sample(tellings, len(tellings))
    before, blocking.LARGEST = blocking.LARGEST, largest
    try:
        whole, parts = (
            gather(tellings),
            in_parts(shuffled, cuts, [replace(t, id=f"p{t.id}", report=f"p{t.report}") for t in many(seed + 2, 20)]),
        )
    finally:
        blocking.LARGEST = before
    assert groups(parts) == groups(whole)
    assert {e.id: e for e in parts.events()} == {e.id: e for e in whole.events()}


def test_every_telling_is_in_one_happening_and_says_why() -> None:
    tellings = many(7, 60)
    events = list(gather(tellings).events())
    assert sorted(m for e in events for m in e.mentions) == sorted(t.id for t in tellings)
    for event in events:
        assert len(event.links) == len(event.mentions) - 1
        assert all(link.reasons for link in event.links)
        assert event.id == event_id(min(event.claims))


def decision(kind: DecisionKind, *claims: str, number: int = 1) -> Decision:
    return Decision(f"d{number}", kind, claims, by="analyst")


ONE = telling("air_strike · 2022-01-29 · Samarra · 9 killed", name="one")
TWIN = telling("air_strike · 2022-01-29 · Samarra · 9 killed", name="twin")
FAR = telling("protest · 2022-03-02 · Baghdad", name="far")


def test_decisions_are_kept_to() -> None:
    merge = decision(DecisionKind.MERGE, "c-one", "c-far")
    split = decision(DecisionKind.SPLIT, "c-one", "c-twin", number=2)
    assert groups(gather([ONE, TWIN, FAR])) == {("one", "twin"), ("far",)}
    assert groups(gather([ONE, TWIN, FAR], decisions=[merge])) == {("far", "one", "twin")}
    assert groups(gather([ONE, TWIN, FAR], decisions=[split])) == {("one",), ("twin",), ("far",)}
    assert groups(gather([ONE, TWIN, FAR], decisions=[merge, split])) == {("far", "one"), ("twin",)}


def test_a_decision_that_is_undone_changes_nothing() -> None:
    split = decision(DecisionKind.SPLIT, "c-one", "c-twin")
    undo = Decision("d9", DecisionKind.UNDO, ("d1",))
    assert groups(gather([ONE, TWIN], decisions=[split, undo])) == {("one", "twin")}


def test_a_decision_taken_later_is_as_good_as_one_taken_before() -> None:
    split = decision(DecisionKind.SPLIT, "c-one", "c-twin")
    gathering = gather([ONE, TWIN, FAR])
    assert gathering.change({}, decisions=[split]) == {"c-one", "c-twin"}
    assert groups(gathering) == {("one",), ("twin",), ("far",)}
    assert gathering.change({}, before=[split]) == {"c-one", "c-twin"}
    assert groups(gathering) == {("one", "twin"), ("far",)}
    assert gathering.change({}) == set()


def test_an_id_a_happening_once_had_is_remembered() -> None:
    (event,) = gather([ONE, TWIN]).events()
    assert {event.id, *event.superseded} == {event_id("c-one"), event_id("c-twin")}


def test_new_tellings_touch_only_their_own_happenings() -> None:
    gathering = gather(many(3, 80))
    new = telling("air_strike · 2023-05-05 · Mosul · 41 killed", name="new")
    assert gathering.change({new.report: [new]}) == {"c-new"}
    assert gathering.change({}, [new.report]) == {"c-new"}
    assert ("new",) not in groups(gathering)


def test_background_joins_its_happening_and_near_misses_do_not() -> None:
    attack = telling("armed_attack · 2019-12-10 · Samarra · 71 killed · soldiers base", name="attack")
    background = telling("armed_attack · 2019-12-01/2019-12-31 · Samarra · 71 killed · soldiers", name="background")
    later = telling("armed_attack · 2020-01-09 · Ad-Dawr · 25 killed · soldiers base", name="later")
    assert groups(gather([attack, background, later])) == {("attack", "background"), ("later",)}
