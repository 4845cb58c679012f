"""A decision as the history shows it."""

import json
from dataclasses import dataclass
from typing import Any

from ondit.model import Decision


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Who decided what when, about what, and whether it still holds."""

    decision: Decision
    is_held: bool
    was: str
    value: str

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims it is about."""
        return tuple(footing.claim_id for footing in self.decision.footings)


def decision_view(decision: Decision, *, is_held: bool) -> DecisionView:
    """What the history shows of it."""
    return DecisionView(decision, is_held, _words(decision.was), _words(decision.value))


def _words(value: str) -> str:
    """A JSON value on one line for people."""
    try:
        return _plain(json.loads(value)) if value else ""
    except ValueError:
        return value


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        if "name" in value:
            point = f" ({value['lat']:.2f}, {value['lon']:.2f})" if value.get("lat") is not None else ""
            return f"{value['name']}{point}"
        if "edtf" in value:
            return str(value["edtf"])
        if "low" in value:
            low, high = value["low"], value["high"]
            return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items() if one not in (None, "", []))
    if isinstance(value, list):
        is_span = len(value) == 2 and all(isinstance(one, int) for one in value)
        return f"{value[0]}–{value[1]}" if is_span else "; ".join(map(_plain, value)) or "–"
    return str(value)
