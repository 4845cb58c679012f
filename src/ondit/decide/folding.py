"""One report's reading and the decisions about it → what is shown of it. A pure function: the same in, the same out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ondit.decide.attaching import attach
from ondit.decide.fields import EditError, value_of, with_value
from ondit.model import (
    Claim,
    Decision,
    DecisionKind,
    EventMention,
    Reading,
    Shown,
    ShownClaim,
    ShownEvent,
    Span,
    Stance,
    Standing,
    claim_id,
    holding,
)

_ABOUT_CLAIMS = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.EDIT)
_LINKS = (DecisionKind.MERGE, DecisionKind.SPLIT)
_VERDICT = {DecisionKind.ACCEPT: Standing.ACCEPTED, DecisionKind.REJECT: Standing.REJECTED}


@dataclass(frozen=True, slots=True)
class Unfit:
    """A decision that does not fit what is read now: `lost` when its claim is not there any more, else it holds and only wants a look."""

    decision: str
    reason: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Decided:
    """What is shown of one report, and the decisions that no longer fit."""

    shown: Shown
    unfit: tuple[Unfit, ...] = ()


def decide(reading: Reading, decisions: Sequence[Decision]) -> Decided:
    """Fold the decisions that stand on this report over its reading, in the order in which they were made."""
    desk = _Desk(reading)
    for decision in holding(decisions):
        desk.take(decision)
    return Decided(desk.shown(), tuple(desk.unfit))


class _Desk:
    """The claims and happenings of a report while decisions are folded over them."""

    def __init__(self, reading: Reading) -> None:
        self._report = reading.report
        self._read = {claim.id: claim for claim in reading.claims}
        self._claims = dict(self._read)
        self._events_read = {event.id: event for event in reading.events}
        self._events = dict(self._events_read)
        self._standing: dict[str, Standing] = {}
        self._by: dict[str, list[str]] = {}
        self._order = list(reading.claims)
        self.unfit: list[Unfit] = []

    def take(self, decision: Decision) -> None:
        """One decision."""
        if decision.kind is DecisionKind.ADD:
            self._add(decision)
        elif decision.kind in _ABOUT_CLAIMS or decision.kind in _LINKS:
            self._judge(decision)

    def _judge(self, decision: Decision) -> None:
        for footing in decision.footings:
            if footing.report_id != self._report.id:
                continue
            claim = attach(footing, self._order, self._read)
            claim = self._claims.get(footing.claim_id) if claim is None else self._claims[claim.id]
            if claim is None:
                self.unfit.append(Unfit(decision.id, f"the claim {footing.claim_id} is not read any more"))
                continue
            if decision.kind is DecisionKind.EDIT and not self._edit(claim, decision):
                continue
            if decision.kind in _VERDICT:
                self._standing[claim.id] = _VERDICT[decision.kind]
            self._by.setdefault(claim.id, []).append(decision.id)

    def _edit(self, claim: Claim, decision: Decision) -> bool:
        self._tell_if_read_otherwise(claim, decision)
        return self._set(claim, decision, decision.field, decision.value)

    def _set(self, claim: Claim, decision: Decision, field: str, value: str) -> bool:
        try:
            event = self._events.get(claim.event or "")
            claim, event = with_value(claim, event, self._report.text, decision, field=field, value=value)
        except EditError as error:
            self.unfit.append(Unfit(decision.id, str(error)))
            return False
        self._claims[claim.id] = claim
        if event is not None:
            self._events[event.id] = event
        return True

    def _tell_if_read_otherwise(self, claim: Claim, decision: Decision) -> None:
        """An edit holds whatever is read now; that the engine has changed its mind is worth a look."""
        read = self._read.get(claim.id)
        if read is None or not decision.was:
            return
        now = value_of(decision.field, read, self._events_read.get(read.event or ""))
        if now not in (decision.was, decision.value) and claim == read:
            reason = f"{decision.field} was read as {decision.was} and set to {decision.value}; now it is read as {now}"
            self.unfit.append(Unfit(decision.id, reason, lost=False))

    def _add(self, decision: Decision) -> None:
        try:
            wanted = json.loads(decision.value)
            content = Span(*wanted["content"])
            chain = [Span(*voice["span"]) for voice in wanted.get("voices", ())]
        except (ValueError, TypeError, KeyError) as error:
            self.unfit.append(Unfit(decision.id, f"this is no claim: {error}"))
            return
        id_ = claim_id(self._report.id, content, chain)
        if id_ in self._claims:
            self.unfit.append(Unfit(decision.id, f"the claim {id_} is read now", lost=False))
        else:
            claim = Claim(id_, self._report.id, content, None, (), Stance.ASSERTS, None)
            self._claims[id_] = claim
            after = (i for i, c in enumerate(self._order) if c.content.start > content.start)
            self._order.insert(next(after, len(self._order)), claim)
            self._standing[id_] = Standing.ACCEPTED
        for field, value in wanted.items():
            self._set(self._claims[id_], decision, field, json.dumps(value, ensure_ascii=False, sort_keys=True))
        self._by.setdefault(id_, []).append(decision.id)

    def shown(self) -> Shown:
        """Everything as it stands, in text order."""
        claims = tuple(self._shown_claim(claim.id) for claim in self._order)
        used = {claim.claim.event for claim in claims}
        events = tuple(
            self._shown_event(event)
            for event in self._events.values()
            if event.id in self._events_read or event.id in used
        )
        return Shown(self._report.id, claims, events)

    def _shown_claim(self, id_: str) -> ShownClaim:
        claim, read = self._claims[id_], self._read.get(id_)
        standing = self._standing.get(id_, Standing.READ)
        as_read = None if claim == read else read
        return ShownClaim(claim, standing, added=read is None, as_read=as_read, decisions=tuple(self._by.get(id_, ())))

    def _shown_event(self, event: EventMention) -> ShownEvent:
        read = self._events_read.get(event.id)
        return ShownEvent(event, added=read is None, as_read=None if event == read else read)
