"""Finds the claim that a decision was about in a reading that may be newer than the decision."""

from collections.abc import Sequence

from ondit.model import Claim, Footing

_ENOUGH = 0.5  # of the characters of both contents must be shared
_TIE = 0.05


def attach(footing: Footing, claims: Sequence[Claim], by_id: dict[str, Claim]) -> Claim | None:
    """The claim with the same id, else the one claim whose content is nearly the same and whose innermost voice is the same words.

    None when there is none, or when two are as near: a decision is never moved to a claim by guessing.
    """
    same = by_id.get(footing.claim_id)
    if same is not None:
        return same
    near = sorted(
        ((footing.content.jaccard(claim.content), claim) for claim in claims if _same_voice(footing, claim)),
        key=lambda pair: -pair[0],
    )
    if not near or near[0][0] < _ENOUGH:
        return None
    return None if len(near) > 1 and near[0][0] - near[1][0] < _TIE else near[0][1]


def _same_voice(footing: Footing, claim: Claim) -> bool:
    if not footing.chain or not claim.chain:
        return not footing.chain and not claim.chain
    return footing.chain[-1].overlaps(claim.chain[-1].span)
