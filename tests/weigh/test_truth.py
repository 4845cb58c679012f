"""Truth discovery on small graphs: a source that is right elsewhere is believed here; repeating adds little; every method, one contract."""

from collections.abc import Callable, Sequence

import pytest

from ondit.weigh import second_opinions
from ondit.weigh.truth import Beliefs, Vote, accu, believed, investment, majority, pooled_investment, weigh_repeats
from tests.weigh.telling import said, telling, weighed

METHODS = [majority, investment, pooled_investment, accu]
LEARNING = [investment, pooled_investment, accu]
Method = Callable[[Sequence[Vote]], Beliefs]


def votes(*rows: str) -> list[Vote]:
    """Votes from "source: object value" lines."""
    return [Vote(source, *rest.split()) for source, _, rest in (row.partition(": ") for row in rows)]


# "good" agrees with three others on five things, "bad" contradicts them; on the sixth it is one against one.
HISTORY = [
    f"{who}: o{n} {'wrong' + str(n) if who == 'bad' else 'right'}"
    for n in range(5)
    for who in ("good", "a", "b", "bad")
]


@pytest.mark.parametrize("method", LEARNING)
def test_who_was_right_elsewhere_is_believed(method: Method) -> None:
    assert believed(method(votes(*HISTORY, "bad: last no", "good: last yes")))["last"] == "yes"


@pytest.mark.parametrize("method", METHODS)
def test_beliefs_are_shares_for_every_object(method: Method) -> None:
    beliefs = method(votes(*HISTORY, "bad: last no", "good: last yes", "x: alone 7"))
    assert set(beliefs) == {"o0", "o1", "o2", "o3", "o4", "last", "alone"}
    for values in beliefs.values():
        assert sum(values.values()) == pytest.approx(1)
    assert beliefs["alone"] == {"7": 1}


@pytest.mark.parametrize("method", METHODS)
def test_a_tie_goes_to_the_value_claimed_first(method: Method) -> None:
    assert believed(method(votes("a: o 1", "b: o 2")))["o"] == "1"


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_weigh_is_no_error(method: Method) -> None:
    assert believed(method([])) == {}
    assert set(method([Vote("a", "o", "1", 0.0), Vote("b", "o", "2", 0.0)])["o"]) == {"1", "2"}


def test_who_repeats_what_stands_or_has_no_name_adds_little() -> None:
    told = votes("editor: pop 100", "0 (1.2.3.4): pop 999", "bot: pop 999", "other: pop 100")
    weighed_votes = weigh_repeats(told, repeated=0.1, unnamed=0.5, is_unnamed=lambda s: s.startswith("0 ("))
    assert [v.weight for v in weighed_votes] == [
        1.0,
        0.5,
        0.1,
        1.0,
    ]  # the last changes the value back: a voice of its own


def test_majority_counts_weights() -> None:
    beliefs = majority([Vote("a", "o", "1", 0.5), Vote("b", "o", "1", 0.1), Vote("c", "o", "2", 1.0)])
    assert beliefs["o"]["2"] == pytest.approx(1 / 1.6)


def test_second_opinions_stand_beside_the_grade_and_change_nothing_of_it() -> None:
    event = weighed(
        telling("Post", 15, said("Red Crescent", killed=9)), telling("Wire", 15, said("Ministry of Health", killed=9)),
        telling("Herald", 15, said("Northern Front", killed=40)),
    )  # fmt: skip
    (seen,) = second_opinions([event])
    assert {(o.method, o.field, o.value) for o in seen.opinions} >= {
        ("Investment", "killed", "9"),
        ("Accu", "killed", "9"),
    }
    assert seen.grade == event.grade and seen.fields == event.fields


def test_time_is_in_proportion_to_the_votes() -> None:
    """Counted, not timed: the claims that Investment visits."""
    from ondit.weigh.truth.votes import graph_of

    small, large = (
        graph_of([Vote(f"s{n % 50}", f"o{n // 3}", str(n % 3)) for n in range(size)]) for size in (300, 3000)
    )
    assert sum(map(len, large.makers)) == 10 * sum(map(len, small.makers))
