"""The built-in engine: words, attributions, happenings, figures and equipment of one document, put together as claims."""

import re
from collections.abc import Sequence

from ondit.languages import Pack
from ondit.model import (
    Claim,
    Document,
    EventMention,
    Evidence,
    Extraction,
    Span,
    claim_id,
)
from ondit.read.engines.rules.attribution import find_attributions
from ondit.read.engines.rules.claims import Draft, draft_claims
from ondit.read.engines.rules.parse import Parse, parse
from ondit.read.engines.rules.stance import stance_of
from ondit.read.engines.rules.times import find_times


def read_document(document: Document, pack: Pack) -> Extraction:
    """Claims of a document in the language of `pack`, with nothing resolved yet."""
    parsed = parse_document(document, pack)
    attributions = find_attributions(parsed)
    drafts = draft_claims(parsed, attributions)
    claims: list[Claim] = []
    events: list[EventMention] = []
    seen: dict[str, int] = {}
    for draft in drafts:
        claims.append(_claim(parsed, draft, seen))
    return Extraction(tuple(claims), tuple(events), parsed.times, tuple(_names(parsed)), {})


def parse_document(document: Document, pack: Pack) -> Parse:
    """The shallow parse that everything of this engine works on."""
    times = find_times(document.report.text, document.tokens, pack)
    return parse(document, pack, times)


def _claim(parsed: Parse, draft: Draft, seen: dict[str, int]) -> Claim:
    stance, mark, rule = stance_of(parsed, draft)
    evidence = [Evidence("content", draft.rule, (draft.content,))]
    if draft.cue is not None:
        evidence.append(Evidence("chain", draft.rule, (draft.cue, *(v.span for v in draft.chain))))
    evidence.append(Evidence("stance", rule, (mark,) if mark else ()))
    chain = [v.span for v in draft.chain]
    plain = claim_id(parsed.document.report.id, draft.content, chain)
    ordinal = seen.get(plain, 0)
    seen[plain] = ordinal + 1
    return Claim(
        id=claim_id(parsed.document.report.id, draft.content, chain, ordinal),
        report_id=parsed.document.report.id,
        content=draft.content,
        cue=draft.cue,
        chain=draft.chain,
        stance=stance,
        event=None,
        evidence=tuple(evidence),
    )


def _names(parsed: Parse) -> Sequence[Span]:
    """Noun phrases with a proper name, as far as they can be a voice, with what "of" and an apposition before them add."""
    spans = []
    for clause in parsed.clauses:
        units = clause.units
        for at, unit in enumerate(units):
            if unit.kind in "ny" and "P" in parsed.tags[unit.first : unit.last]:
                spans.append(parsed.span(unit.first, unit.last))
                if (first := _apposed_to(clause.symbols, at)) is not None:
                    spans.append(parsed.span(units[first].first, unit.last))
    return spans


def _apposed_to(symbols: str, at: int) -> int | None:
    """Index of the unit at which "the governor of North Kivu, |Julien Paluku" begins."""
    match = re.search(r"(?<![oetb])[ny](?:o[ny])*,$", symbols[:at])
    return match.start() if match else None
