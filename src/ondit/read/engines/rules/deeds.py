"""Words of speech that are the deed: "the court condemned the man to ten years in prison", "the president dismissed the general"."""

from collections.abc import Sequence

from ondit.model import Span, Stance
from ondit.model.records import replace
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.happenings import EXACT, Happening, within

_DEEDS = frozenset({"trial", "dismissal"})  # what is done by saying it; who accuses only says so
_WITH_OBJECT = frozenset(
    {"policy", "agreement", "abduction"}
)  # the same with what it is done to: "recalled | its ambassador"
_SAYS_SO = "accuse"
_MAKES_KNOWN = "announce"  # who announces a truce is one of those who tell of it


def as_deeds(drafts: Sequence[Draft], happenings: Sequence[Happening]) -> list[Draft]:
    """The drafts; where the word of speech is itself what happened, its speaker did it and said nothing."""
    return [_deed(draft) if _is_deed(draft, happenings) else draft for draft in drafts]


def _is_deed(draft: Draft, happenings: Sequence[Happening]) -> bool:
    cue = draft.cue
    if cue is None or not draft.chain or draft.kind == _SAYS_SO or draft.by_preposition or draft.quoted:
        return False
    if cue.start >= draft.content.start:
        return False
    done = [
        h
        for h in within(happenings, Span(cue.start, draft.content.stop))
        if h.strength >= EXACT and not h.nominal and h.trigger.overlaps(cue)
    ]
    whole = draft.kind != _MAKES_KNOWN
    return any(
        h.kind in _DEEDS or (whole and h.kind in _WITH_OBJECT and h.trigger.stop > draft.content.start) for h in done
    )


def _deed(draft: Draft) -> Draft:
    """The same as a claim of whoever tells of the deed: the report, or the voice before the last."""
    assert draft.cue is not None
    speaker = draft.chain[-1].span
    content = Span(min(speaker.start, draft.cue.start), draft.content.stop)
    return replace(draft, content=content, cue=None, chain=draft.chain[:-1], kind="", stance=Stance.ASSERTS)
