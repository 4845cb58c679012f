"""Places at the head of a line that were read as who speaks: "Khan Younis: an air strike hit a school". The gazetteer knows them."""

from collections.abc import Sequence

from ondit.model import Claim, Place, SourceKind, Span, claim_id
from ondit.model.records import replace

_MAYBE = frozenset({SourceKind.PERSON, SourceKind.OTHER})
_BEYOND = 12  # characters by which a head may go on behind the place's name: "Kharkiv | Oblast"


def without_place_heads(claims: Sequence[Claim], text: str, places: Sequence[Place]) -> list[Claim]:
    """The claims, told by nobody where the voice before a colon is a place; what is claimed then begins at that place."""
    heads = {place.span.start: place for place in places if not place.metonym}
    return [_told_by_nobody(claim) if _is_headed(claim, text, heads) else claim for claim in claims]


def _is_headed(claim: Claim, text: str, heads: dict[int, Place]) -> bool:
    if len(claim.chain) != 1 or claim.cue is None or claim.cue.of(text) != ":":
        return False
    voice = claim.chain[0]
    place = heads.get(voice.span.start)
    if place is None or voice.span.stop > claim.content.start:
        return False
    if voice.kind not in _MAYBE:
        return voice.kind is SourceKind.ORGANISATION and place.span == voice.span  # "West Bank"
    return place.span.stop <= voice.span.stop <= place.span.stop + _BEYOND


def _told_by_nobody(claim: Claim) -> Claim:
    content = Span(claim.chain[0].span.start, claim.content.stop)
    evidence = tuple(
        replace(e, spans=(content,)) if e.field == "content" else e for e in claim.evidence if e.field != "chain"
    )
    return replace(
        claim,
        id=claim_id(claim.report_id, content, ()),
        content=content,
        cue=None,
        chain=(),
        evidence=evidence,
    )
