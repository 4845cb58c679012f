"""Which decisions hold: those that nobody took back. Taking back what took back brings the first one back."""

from collections.abc import Iterable

from ondit.model import Decision, DecisionKind


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
