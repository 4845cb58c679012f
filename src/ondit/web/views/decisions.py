"""A decision as the history shows it."""

import json
from dataclasses import dataclass
from typing import Any

from ondit.ledger import Ledger
from ondit.model import Decision
from ondit.web.words import Words

_PARTS = {"letter": "column.letter", "since": "source.since", "camps": "source.camps", "owner": "source.owner"}
_MOST_CLAIMS = 4
_IDS = ("stance", "type")  # fields whose values are ids with words of their own


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Who decided what when, about what, and whether it still holds; the field and its values in words."""

    decision: Decision
    is_held: bool
    field: str
    was: str
    value: str
    claims: tuple[tuple[str, str], ...] = ()  # those it is about: id, words


def decision_view(decision: Decision, words: Words, *, is_held: bool, ledger: Ledger | None = None) -> DecisionView:
    """What the history shows of it; with a ledger the words of the claims, too."""
    name = decision.field
    field = words.of("field", name) if name else ""
    was, value = _words(name, decision.was, words), _words(name, decision.value, words)
    ids = [footing.claim_id for footing in decision.footings[:_MOST_CLAIMS]] if ledger else []
    claims = tuple((id_, _said(ledger, id_)) for id_ in ids if ledger)
    return DecisionView(decision, is_held, field, was, value, claims)


def _said(ledger: Ledger, claim: str) -> str:
    found = ledger.claim(claim)
    return found.claim.content.of(found.report.text) if found else claim


def _words(field: str, value: str, words: Words) -> str:
    """A JSON value on one line for people."""
    try:
        told = json.loads(value) if value else ""
    except ValueError:
        return value
    return words.of(field, told) if field in _IDS and isinstance(told, str) and told else _plain(told, words)


def _plain(value: Any, words: Words) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return _record(value, words)
    if isinstance(value, list):
        is_span = len(value) == 2 and all(isinstance(one, int) for one in value)
        return f"{value[0]}–{value[1]}" if is_span else "; ".join(_plain(one, words) for one in value) or "–"
    return str(value)


def _record(value: dict[str, Any], words: Words) -> str:
    if "name" in value:
        point = f" ({value['lat']:.2f}, {value['lon']:.2f})" if value.get("lat") is not None else ""
        return f"{value['name']}{point}"
    if "edtf" in value:
        return str(value["edtf"])
    if "low" in value:
        low, high = value["low"], value["high"]
        return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"
    if "span" in value:
        return f"{_plain(value['span'], words)} {words.of('kind', value.get('kind', ''))}".strip()
    told = {words.entries.get(_PARTS.get(key, ""), key): one for key, one in value.items() if one not in (None, "", [])}
    return ", ".join(f"{key}: {_plain(one, words)}" for key, one in told.items())
