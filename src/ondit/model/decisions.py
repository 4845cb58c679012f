"""What analysts decide: appended, never overwritten; what is shown is a function of claims and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ondit.model.spans import Span


class DecisionKind(StrEnum):
    """What was decided. `undo` names the decision it takes back."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ADD = "add"
    MERGE = "merge"
    SPLIT = "split"
    RATE = "rate"  # a source's reliability letter
    AFFILIATE = "affiliate"  # a source's camps or owner
    COMMENT = "comment"  # words about claims that change nothing
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Footing:
    """The claim that a decision stands on: its id and the characters it was read from, so that it is found again in a new reading."""

    claim_id: str
    report_id: str
    content: Span
    chain: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `targets` are claim ids (merge and split too), a source id (rate, affiliate) or a decision id (undo).

    Claims of a merge belong to one happening; of the claims of a split no two do. The later decision wins.

    `footings` stand for the targets that are claims. `field` and `value` say what an edit sets (value as JSON), `was` what the field
    had then. `by` and `why` are words of the analyst, `at` is UTC, ISO 8601, and depends on the run; `id` is a hash of what was
    decided, not of when.
    """

    id: str
    kind: DecisionKind
    targets: tuple[str, ...]
    footings: tuple[Footing, ...] = ()
    field: str = ""
    value: str = ""
    was: str = ""
    by: str = ""
    why: str = ""
    at: str = ""


def holding(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in the order in which they were made, without the undoing ones."""
    undone: set[str] = set()
    held: list[Decision] = []
    for decision in reversed(list(decisions)):  # a later undo is looked at before what it undoes
        if decision.id in undone:
            continue
        if decision.kind is DecisionKind.UNDO:
            undone.update(decision.targets)
        else:
            held.append(decision)
    return tuple(reversed(held))
