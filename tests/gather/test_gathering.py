"""Whole or little by little, in any order, with decisions: the same happenings."""

import random
from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.gather import blocking
from ondit.gather.gathering import Gathered, gather
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


def groups(gathered: Gathered) -> set[tuple[str, ...]]:
    return set(gathered.groups.values())


def in_parts(tellings: Sequence[Traits], cuts: Iterable[int], decisions: Sequence[Decision] = ()) -> Gathered:
    gathered = Gathered()
    start = 0
    for stop in [*sorted(cuts), len(tellings)]:
        gathered = gather(tellings[start:stop], gathered, decisions=decisions)
        start = stop
    return gathered


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 40), max_size=4), st.integers(2, 60))
def test_the_order_and_the_portions_of_arrival_do_not_matter(seed: int, cuts: list[int], largest: int) -> None:
    tellings = many(seed, 40)
    shuffled = random.Random(seed + 1).sample(tellings, len(tellings))
    before, blocking.LARGEST = blocking.LARGEST, largest
    try:
        whole, parts = gather(tellings), in_parts(shuffled, cuts)
    finally:
        blocking.LARGEST = before
    assert groups(parts) == groups(whole)
    assert parts.pairs.keys() >= {n for g in groups(whole) if len(g) > 1 for n in g}
    assert [e.id for e in parts.events()] == [e.id for e in whole.events()]


def test_every_telling_is_in_one_happening_and_says_why() -> None:
    tellings = many(7, 60)
    events = gather(tellings).events()
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
    before = gather([ONE, TWIN, FAR])
    after = gather([], before, decisions=[split])
    assert groups(after) == {("one",), ("twin",), ("far",)}
    assert after.touched == {"one", "twin"}
    assert groups(gather([], after)) == groups(before)


def test_an_id_a_happening_once_had_is_remembered() -> None:
    (event,) = gather([ONE, TWIN]).events()
    assert {event.id, *event.superseded} == {event_id("c-one"), event_id("c-twin")}


def test_new_tellings_touch_only_their_own_happenings() -> None:
    before = gather(many(3, 80))
    new = telling("air_strike · 2023-05-05 · Mosul · 41 killed", name="new")
    assert gather([new], before).touched == {"new"}


def test_background_joins_its_happening_and_near_misses_do_not() -> None:
    attack = telling("armed_attack · 2019-12-10 · Samarra · 71 killed · soldiers base", name="attack")
    background = telling("armed_attack · 2019-12-01/2019-12-31 · Samarra · 71 killed · soldiers", name="background")
    later = telling("armed_attack · 2020-01-09 · Ad-Dawr · 25 killed · soldiers base", name="later")
    assert groups(gather([attack, background, later])) == {("attack", "background"), ("later",)}
