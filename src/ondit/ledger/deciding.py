"""Makes decisions: checks what an analyst wants, appends it, and shows the reports it is about anew, all in one change."""

import json
from dataclasses import replace
from functools import partial

from ondit.decide import FIELDS, EditError, check_value, decide, value_of
from ondit.ledger.standing import told
from ondit.model import Claim, Decision, DecisionKind, Footing, Shown, Span, claim_id, decision_id
from ondit.ontology import event_types
from ondit.stores import Store, change

_SOURCES = (DecisionKind.RATE, DecisionKind.AFFILIATE)


class Undecidable(ValueError):
    """A decision that cannot be made; the message says why and what to do."""


def make(store: Store, wanted: Decision) -> Decision:
    """Append a decision whose `targets`, `field`, `value`, `by`, `why` and `at` are given; the rest is worked out here."""
    return change(store, partial(_make, store, wanted))


def _make(store: Store, wanted: Decision) -> Decision:
    decision = _complete(store, wanted)
    ordinal = 0
    words = (decision.field, decision.value, decision.by, decision.why)
    while store.decision(id_ := decision_id(decision.kind, decision.targets, words, ordinal)):
        ordinal += 1
    decision = replace(decision, id=id_)
    store.append(decision)
    for report in dict.fromkeys(f.report_id for f in decision.footings):
        unfit = refresh(store, report)
        if decision.id in unfit:
            raise Undecidable(unfit[decision.id])
    return decision


def refresh(store: Store, report_id: str) -> dict[str, str]:
    """Fold the decisions over the reading again and show what comes out; gives the decisions that do not fit and why."""
    reading = store.reading(report_id)
    if reading is None:
        return {}
    decided = decide(reading, store.decisions(report_id))
    before = store.shown(report_id)
    store.show(decided.shown, same=before is not None and told(before) == told(decided.shown))
    return {u.decision: u.reason for u in decided.unfit if u.lost}


def _complete(store: Store, wanted: Decision) -> Decision:
    if wanted.kind is DecisionKind.UNDO:
        return _undo(store, wanted)
    if wanted.kind in _SOURCES:
        try:
            check_value(wanted.kind, wanted.value)
        except EditError as error:
            raise Undecidable(str(error)) from error
        return wanted
    if wanted.kind is DecisionKind.ADD:
        return _addition(store, wanted)
    if wanted.kind in (DecisionKind.MERGE, DecisionKind.SPLIT) and len(set(wanted.targets)) < 2:
        raise Undecidable(f"to {wanted.kind} takes two claims or more")
    found = [_find(store, target) for target in wanted.targets]
    footings = tuple(
        Footing(claim.id, claim.report_id, claim.content, tuple(v.span for v in claim.chain)) for claim, _ in found
    )
    if wanted.kind is not DecisionKind.EDIT:
        return replace(wanted, footings=footings)
    _check_field(wanted)
    claim, shown = found[0]
    event = next((e.event for e in shown.events if e.event.id == claim.event), None)
    return replace(wanted, footings=footings, was=value_of(wanted.field, claim, event))


def _find(store: Store, claim: str) -> tuple[Claim, Shown]:
    report = store.report_of(claim)
    shown = store.shown(report) if report else None
    one = next((c for c in shown.claims if c.claim.id == claim), None) if shown else None
    if one is None or shown is None:
        raise Undecidable(f"there is no claim {claim}; 'ondit claims' lists them")
    return one.claim, shown


def _check_field(wanted: Decision) -> None:
    if wanted.field not in FIELDS:
        raise Undecidable(f"'{wanted.field}' is no field of a claim; fields: {', '.join(FIELDS)}")
    if wanted.field == "type":
        check_type(json.loads(wanted.value))


def check_type(name: object) -> None:
    """Raises `Undecidable` for what is no type of happening."""
    if name is not None and not (isinstance(name, str) and name in event_types()):
        raise Undecidable(f"'{name}' is no type of happening; types: {', '.join(sorted(event_types()))}")


def _addition(store: Store, wanted: Decision) -> Decision:
    """A claim that the engine missed: `targets` is its report; afterwards it is the new claim's id."""
    (report_id,) = wanted.targets
    kept = store.kept(report_id)
    if kept is None:
        raise Undecidable(f"there is no report {report_id}; 'ondit claims' shows the reports' ids")
    try:
        value = json.loads(wanted.value)
        content = Span(*value["content"])
        chain = tuple(Span(*voice["span"]) for voice in value.get("voices", ()))
    except (ValueError, TypeError, KeyError) as error:
        raise Undecidable(f"a new claim needs 'content' as [start, stop]: {error}") from error
    for field in value:
        if field not in FIELDS:
            raise Undecidable(f"'{field}' is no field of a claim; fields: {', '.join(FIELDS)}")
    check_type(value.get("type"))
    id_ = claim_id(report_id, content, chain)
    shown = store.shown(report_id)
    if shown and any(c.claim.id == id_ for c in shown.claims):
        raise Undecidable(f"the claim is there already: {id_}")
    return replace(wanted, targets=(id_,), footings=(Footing(id_, report_id, content, chain),))


def _undo(store: Store, wanted: Decision) -> Decision:
    every = {target: store.decision(target) for target in wanted.targets}
    missing = [target for target, found in every.items() if found is None]
    if missing or not wanted.targets:
        raise Undecidable(f"there is no decision {', '.join(missing)}; 'ondit decide list' lists them")
    footings = [f for found in every.values() if found for f in found.footings]
    return replace(wanted, footings=tuple(dict.fromkeys(footings)))
