"""Agreement between reviewers, against published examples; and the order of the review queue."""

import pytest

from ondit.decide import agreement, doubts
from ondit.decide.agreement import cohens_kappa, krippendorffs_alpha
from ondit.decide.doubts import WEIGHTS
from ondit.model import Claim, Count, Decision, DecisionKind, EventMention, Place, SourceMention, Span, Stance

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units, nominal data: alpha = 0.743.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def test_krippendorffs_own_example() -> None:
    units = [[str(value) for value in unit if value is not None] for unit in zip(*OBSERVERS, strict=True)]
    assert krippendorffs_alpha(units) == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize(
    ("yes_yes", "yes_no", "no_yes", "no_no", "kappa"),
    [
        (20, 5, 10, 15, 0.4),
        (45, 15, 25, 15, 0.1304),
        (25, 35, 5, 35, 0.2593),
        (10, 0, 0, 10, 1.0),
        (0, 10, 10, 0, -1.0),
    ],
)
def test_cohens_kappa(yes_yes: int, yes_no: int, no_yes: int, no_no: int, kappa: float) -> None:
    pairs = [("y", "y")] * yes_yes + [("y", "n")] * yes_no + [("n", "y")] * no_yes + [("n", "n")] * no_no
    assert cohens_kappa(pairs) == pytest.approx(kappa, abs=0.0005)


def test_where_nothing_can_be_said() -> None:
    assert cohens_kappa([]) is None
    assert cohens_kappa([("y", "y")] * 5) is None
    assert krippendorffs_alpha([]) is None
    assert krippendorffs_alpha([["a"], ["b"]]) is None
    assert agreement([]).units == 0


def decided(number: int, kind: DecisionKind, target: str, by: str) -> Decision:
    return Decision(f"d{number}", kind, (target,), by=by)


def test_the_last_verdict_of_each_reviewer_counts_and_what_was_taken_back_does_not() -> None:
    accept, reject, undo = DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.UNDO
    decisions = [
        decided(1, accept, "a", "rex"), decided(2, reject, "a", "rex"), decided(3, reject, "a", "mia"), decided(4, accept, "b", "rex"),
        decided(5, accept, "b", "mia"), decided(6, reject, "c", "rex"), decided(7, accept, "c", "mia"), decided(8, undo, "d6", "rex"),
        decided(9, accept, "d", "rex"), decided(10, DecisionKind.COMMENT, "d", "mia"),
    ]  # fmt: skip
    found = agreement(decisions)
    (pair,) = found.pairs
    assert (found.units, found.alpha) == (2, 1.0)
    assert (pair.left, pair.right, pair.both, pair.same, pair.kappa) == ("mia", "rex", 2, 2, 1.0)


SPAN = Span(0, 4)
CLAIM = Claim("c", "r", SPAN, None, (), Stance.ASSERTS, "e")
EVENT = EventMention("e", "protest", None)


@pytest.mark.parametrize(
    ("claim", "event", "named"),
    [
        (CLAIM, EVENT, ()),
        (CLAIM, None, ("no_event",)),
        (Claim("c", "r", SPAN, None, (), Stance.POSSIBLE, "e"), EVENT, ("stance_marked",)),
        (Claim("c", "r", Span(0, 400), None, (), Stance.ASSERTS, "e"), EVENT, ("long_passage",)),
        (Claim("c", "r", SPAN, None, (SourceMention(SPAN, "he", refers_to=SPAN),), Stance.ASSERTS, "e"), EVENT, ("voice_pronoun",)),
        (Claim("c", "r", SPAN, None, (SourceMention(SPAN, "AP", candidates=("a", "b")),), Stance.ASSERTS, "e"), EVENT, ("voice_rivals",)),
        (Claim("c", "r", SPAN, None, (), Stance.ASSERTS, "e", (Count("killed", 3, None, SPAN, "3"),)), EVENT, ("vague_figure",)),
        (CLAIM, EventMention("e", "protest", None, places=(Place(SPAN, "there"),)), ("place_unresolved",)),
    ],
)  # fmt: skip
def test_doubts(claim: Claim, event: EventMention | None, named: tuple[str, ...]) -> None:
    assert tuple(d.name for d in doubts(claim, event)) == named
    assert all(d.name in WEIGHTS for d in doubts(claim, event))
