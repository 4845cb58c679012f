"""Checks a whole ledger: every hash, every id, every span, and that what is shown is what the claims and decisions give."""

import hashlib
from collections.abc import Iterator

from ondit.decide import decide
from ondit.model import Claim, Problem, Reading, Report, Severity, claim_id, report_id
from ondit.stores import Store, StoreError
from ondit.stores.sides import spans_of

_BACKUP = "go back to a backup, or add the report again"
_REREAD = "read the report again: 'ondit reread --apply REPORT'"


def verify(store: Store) -> Iterator[str | Problem]:
    """The id of each report when it is checked, after the problems that were found in it; first what is damaged in the store."""
    yield from store.check()
    for id_ in store.report_ids():
        try:
            reading = store.reading(id_)
            if reading is not None:
                yield from _bytes(store, reading.report)
                yield from _spans(reading)
                yield from _ids(reading)
                yield from _shown(store, reading)
        except StoreError as error:
            yield Problem("unreadable-record", str(error), _REREAD, id_)
        yield id_


def _bytes(store: Store, report: Report) -> Iterator[Problem]:
    raw = store.raw(report.sha256)
    if raw is None:
        yield Problem("lost-original", "the bytes of the report are not there", _BACKUP, report.id)
    elif hashlib.sha256(raw).hexdigest() != report.sha256:
        yield Problem(
            "altered-original", "the bytes of the report are not those that were received", _BACKUP, report.id
        )
    expected = report_id(sha256=report.sha256, publisher=report.publisher, native_id=report.native_id, url=report.url)
    if expected != report.id:
        yield Problem("altered-report", "publisher, address or hash of the report were changed", _BACKUP, report.id)


def _spans(reading: Reading) -> Iterator[Problem]:
    text = reading.report.text
    for claim in reading.claims:
        for span in spans_of(claim):
            if span.stop > len(text):
                yield Problem(
                    "lost-span", f"the claim {claim.id} stands outside the text", _REREAD, reading.report.id, span
                )
        for voice in claim.chain:
            if voice.span.of(text) != voice.text:
                message = f"the claim {claim.id} names a voice that is not in the text there"
                yield Problem("lost-span", message, _REREAD, reading.report.id, voice.span)


def _ids(reading: Reading) -> Iterator[Problem]:
    """An id is a hash of the report and spans; claims with the same spans are told apart by their order."""
    ties: dict[tuple[object, ...], int] = {}
    for claim in reading.claims:
        chain = tuple(v.span for v in claim.chain)
        key = (claim.content, *chain)
        ties[key] = ties.get(key, 0) + 1
        if claim.id not in {claim_id(reading.report.id, claim.content, chain, n) for n in range(ties[key])}:
            yield Problem(
                "altered-claim", f"the claim {claim.id} was changed", _REREAD, reading.report.id, claim.content
            )
        yield from _event(reading, claim)


def _event(reading: Reading, claim: Claim) -> Iterator[Problem]:
    if claim.event and reading.event_of(claim) is None:
        yield Problem(
            "lost-happening", f"the happening of the claim {claim.id} is not there", _REREAD, reading.report.id
        )


def _shown(store: Store, reading: Reading) -> Iterator[Problem]:
    decided = decide(reading, store.decisions(reading.report.id))
    if decided.shown != store.shown(reading.report.id):
        message = "what is shown of the report is not what its claims and decisions give"
        yield Problem("altered-claim", message, _REREAD, reading.report.id)
    for unfit in decided.unfit:
        severity = Severity.ERROR if unfit.lost else Severity.WARNING
        remedy = "look at the report and decide again: 'ondit show REPORT'"
        yield Problem(
            "decision-unfit", f"decision {unfit.decision}: {unfit.reason}", remedy, reading.report.id, severity=severity
        )
