"""What analysts decide: appended, never overwritten; what is shown is a function of claims and decisions."""

from dataclasses import dataclass
from enum import StrEnum


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
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `targets` are claim ids (merge and split too), a source id (rate, affiliate) or a decision id (undo).

    Claims of a merge belong to one happening; of the claims of a split no two do. The later decision wins.

    `field` and `value` say what an edit sets (value as JSON). `by` and `why` are words of the analyst, `at` is UTC, ISO 8601, and depends on
    the run; `id` is a hash of what was decided, not of when.
    """

    id: str
    kind: DecisionKind
    targets: tuple[str, ...]
    field: str = ""
    value: str = ""
    by: str = ""
    why: str = ""
    at: str = ""
