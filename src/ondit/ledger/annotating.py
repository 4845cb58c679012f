"""Annotations made elsewhere become decisions: what an annotator left is accepted, what is gone is rejected, what differs is edited, what is new is added."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ondit.model import Claim, EventMention, Reading, Shown, Span, Standing
from ondit.present.formats.annotations import MOST_VOICES, Annotated, AnnotatedClaim, NotAnnotations
from ondit.present.formats.inception import read_tsv
from ondit.present.formats.label_studio import read_tasks

if TYPE_CHECKING:
    from ondit.ledger.facade import Ledger

_LEAST_SHARED = 0.5  # of the characters of a claim that was moved
_MOST_BYTES = 256 * 1024 * 1024  # unpacked, of one file in an archive


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that annotations ask for: `kind` is accept, reject, edit or add; `field` and `value` of an edit or an addition."""

    kind: str
    report: str
    claim: str
    field: str = ""
    value: Any = None


def read_annotations(path: Path) -> list[Annotated]:
    """The annotations in a file: a JSON export of Label Studio, a WebAnno TSV, or a zip of them; raises `NotAnnotations`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotAnnotations(f"{path}: {error.strerror}") from error
    if zipfile.is_zipfile(io.BytesIO(data)):
        found = [a for name, member in _members(data) for a in _read(member, name)]
        if not found:
            raise NotAnnotations(f"{path}: there are no annotations in it (a .json of Label Studio, or .tsv files)")
        return found
    return list(_read(data, path.name))


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.endswith((".tsv", ".json")) and not info.filename.startswith("exportedproject"):
                if info.file_size > _MOST_BYTES:
                    raise NotAnnotations(f"{info.filename}: larger than {_MOST_BYTES >> 20} MB")
                yield info.filename, archive.read(info)


def _read(data: bytes, name: str) -> Iterable[Annotated]:
    return read_tasks(data) if data.lstrip()[:1] in (b"[", b"{") else [read_tsv(data, name)]


def chosen(found: Sequence[Annotated], annotator: str) -> list[Annotated]:
    """One annotator's work; raises `NotAnnotations` when several worked on a report and none is named."""
    mine = [a for a in found if not annotator or a.annotator == annotator]
    names = sorted({a.annotator for a in found})
    if not mine:
        raise NotAnnotations(f"nothing is by '{annotator}'; annotators: {', '.join(names)}")
    reports = [a.report for a in mine]
    twice = next((r for r in reports if reports.count(r) > 1), None)
    if twice is not None:
        raise NotAnnotations(
            f"{twice} was annotated more than once, by {', '.join(names)}; choose one with --annotator"
        )
    return mine


def changes(ledger: "Ledger", found: Iterable[Annotated], *, keep_missing: bool = False) -> Iterator[Change]:
    """What the annotations ask for; raises `NotAnnotations` for a report that the ledger does not have."""
    for one in found:
        reading, shown = ledger.reading(one.report), ledger.shown(one.report)
        if reading is None or shown is None:
            raise NotAnnotations(f"there is no report {one.report} in this ledger; was it exported from another one?")
        yield from _of_report(one, reading, shown, keep_missing=keep_missing)


def _of_report(one: Annotated, reading: Reading, shown: Shown, *, keep_missing: bool) -> Iterator[Change]:
    text = reading.report.text
    decided = {c.claim.id for c in shown.claims if c.standing is Standing.ACCEPTED or c.added or c.as_read is not None}
    events = {event.id: event for event in reading.events}
    left = {claim.id: claim for claim in reading.claims}
    pairs: list[tuple[AnnotatedClaim, Claim | None]] = []
    for claim in sorted(
        one.claims, key=lambda c: c.claim not in left
    ):  # those that kept their id have the first choice
        match = _match(claim, left, text)
        if match is not None:
            del left[match.id]
        pairs.append((claim, match))
    for claim, match in pairs:
        if match is None:
            yield Change("add", one.report, "", value=claim)
            continue
        edits = list(_edits(claim, match, events.get(match.event or ""), text))
        for field, value in edits:
            yield Change("edit", one.report, match.id, field, value)
        if not edits and match.id not in decided:
            yield Change("accept", one.report, match.id)
    for id_ in () if keep_missing else left:
        yield Change("reject", one.report, id_)


def _match(claim: AnnotatedClaim, left: Mapping[str, Claim], text: str) -> Claim | None:
    """The claim that an annotation is about: by its id, by the same words, or by most of them."""
    if claim.claim in left:
        return left[claim.claim]
    same = [c for c in left.values() if _same(text, c.content, claim.content)]
    exact = [c for c in same if [v.span for v in c.chain[:MOST_VOICES]] == list(claim.voices)]
    if exact or same:
        return (exact or same)[0]
    near = max(left.values(), key=lambda c: c.content.jaccard(claim.content), default=None)
    return near if near is not None and near.content.jaccard(claim.content) >= _LEAST_SHARED else None


def _edits(claim: AnnotatedClaim, was: Claim, event: EventMention | None, text: str) -> Iterator[tuple[str, Any]]:
    if claim.stance and claim.stance != was.stance.value:
        yield "stance", claim.stance
    if claim.type and claim.type != (event.type if event else ""):
        yield "type", claim.type
    if not _same(text, claim.content, was.content):
        yield "content", [claim.content.start, claim.content.stop]
    before = [v.span for v in was.chain[:MOST_VOICES]]
    if len(before) != len(claim.voices) or not all(
        _same(text, a, b) for a, b in zip(before, claim.voices, strict=True)
    ):
        kinds = {voice.span: voice.kind.value for voice in was.chain}
        yield (
            "voices",
            [{"span": [s.start, s.stop], **({"kind": kinds[s]} if s in kinds else {})} for s in claim.voices],
        )


def _same(text: str, left: Span, right: Span) -> bool:
    """The same characters, but for blanks at the ends."""
    if left == right:
        return True
    trimmed = [
        (s.start + len(w) - len(w.lstrip()), s.start + len(w.rstrip())) for s in (left, right) if (w := s.of(text))
    ]
    return len(trimmed) == 2 and trimmed[0] == trimmed[1]


def apply(ledger: "Ledger", wanted: Iterable[Change], *, why: str) -> Iterator[Change]:
    """Decide what annotations ask for, one after the other; gives each as it is kept."""
    for change in wanted:
        if change.kind == "accept":
            ledger.accept(change.claim, why=why)
        elif change.kind == "reject":
            ledger.reject(change.claim, why=why)
        elif change.kind == "edit":
            ledger.edit(change.claim, change.field, change.value, why=why)
        else:
            new: AnnotatedClaim = change.value
            told = {"stance": new.stance, "type": new.type}
            ledger.add_claim(change.report, new.content, new.voices, why=why, **{k: v for k, v in told.items() if v})
        yield change


def gold(ledger: "Ledger", found: Iterable[Annotated]) -> Iterator[str]:
    """The annotations as reference readings, a report a line: text, day and claims with their characters."""
    for one in found:
        reading = ledger.reading(one.report)
        if reading is None:
            raise NotAnnotations(f"there is no report {one.report} in this ledger; was it exported from another one?")
        report = reading.report
        row = {
            "id": report.id,
            "lang": report.language,
            "published": str(report.published.day or "") or None,
            "outlet": report.publisher,
            "text": report.text,
            "annotator": one.annotator,
            "claims": [_gold_claim(claim, report.text) for claim in sorted(one.claims, key=lambda c: c.content)],
        }
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _gold_claim(claim: AnnotatedClaim, text: str) -> dict[str, Any]:
    return {
        "content": [claim.content.start, claim.content.stop],
        "cue": [claim.cue.start, claim.cue.stop] if claim.cue else None,
        "chain": [{"text": span.of(text), "span": [span.start, span.stop]} for span in claim.voices],
        "stance": claim.stance or None,
        "type": claim.type or None,
    }
