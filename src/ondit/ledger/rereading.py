"""Reads kept reports again and says what came of it: which claims appeared, vanished or changed, and which decisions no longer fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ondit.decide import FIELDS, Unfit, decide, value_of
from ondit.decide.attaching import attach
from ondit.ledger.adding import ENGINE, read_safely
from ondit.model import Claim, Footing, Reading
from ondit.settings import Settings
from ondit.stores import Store, StoreError


@dataclass(frozen=True, slots=True)
class Change:
    """A claim read otherwise: its old and new id, and each field that differs with its old and new value as JSON."""

    old: Claim
    new: Claim
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Reread:
    """One report read again. `unfit` are the decisions that do not fit the new reading."""

    reading: Reading
    appeared: tuple[Claim, ...] = ()
    vanished: tuple[Claim, ...] = ()
    changed: tuple[Change, ...] = ()
    unfit: tuple[Unfit, ...] = ()

    @property
    def same(self) -> bool:
        """Did nothing change?"""
        return not (self.appeared or self.vanished or self.changed)


def reread(store: Store, reports: Sequence[str], settings: Settings, *, keep: bool) -> Iterator[Reread]:
    """Each report read again, and kept when asked; a reading that fails where the old one did not is never kept."""
    for id_ in reports:
        old = store.reading(id_)
        if old is None:
            raise StoreError(f"there is no report {id_}; 'ondit claims' shows the reports' ids")
        report = replace(old.report, language=settings.languages[0] if len(settings.languages) == 1 else "")
        new = read_safely(report, settings)
        if new.report.language == "":
            new = replace(new, report=replace(new.report, language=old.report.language))
        # What intake had to say about the bytes names the source, and is not said again by reading.
        taken_in = tuple(p for p in old.problems if p.where != report.id)
        new = replace(new, problems=(*taken_in, *new.problems))
        decisions = store.decisions(id_)
        compared = compare(old, new)
        told = replace(compared, unfit=decide(new, decisions).unfit)
        broken = any(p.code == "internal-error" for p in new.problems) and old.claims
        if keep and not broken:
            with store.writing():
                # Decisions that were made meanwhile count, too.
                store.replace(new, ENGINE, decide(new, store.decisions(id_)).shown)
        yield told


def compare(old: Reading, new: Reading) -> Reread:
    """Two readings of one report, claim by claim: the same claim by its id, else by its content and voice."""
    by_id = {claim.id: claim for claim in new.claims}
    old_ids = {claim.id for claim in old.claims}
    fresh = [claim for claim in new.claims if claim.id not in old_ids]
    vanished, changed, taken = [], [], set()
    for claim in old.claims:
        footing = Footing(claim.id, claim.report_id, claim.content, tuple(v.span for v in claim.chain))
        found = by_id.get(claim.id) or attach(footing, [c for c in fresh if c.id not in taken], {})
        if found is None:
            vanished.append(claim)
            continue
        taken.add(found.id)
        fields = tuple(_differences(old, claim, new, found))
        if fields:
            changed.append(Change(claim, found, fields))
    appeared = tuple(claim for claim in fresh if claim.id not in taken)
    return Reread(new, appeared, tuple(vanished), tuple(changed))


def _differences(old: Reading, before: Claim, new: Reading, after: Claim) -> Iterator[tuple[str, str, str]]:
    was, now = old.event_of(before), new.event_of(after)
    for field in FIELDS:
        left, right = value_of(field, before, was), value_of(field, after, now)
        if left != right:
            yield field, left, right
