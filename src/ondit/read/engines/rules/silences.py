"""Reporting verbs that nobody speaks with: what it says that somebody is silent."""

from enum import Enum, auto

from ondit.read.engines.rules.units import Clause, Parse
from ondit.read.engines.rules.voices import voice_words

# "No group has claimed the attack", "the ministry does not deny it" tell something all the same, as does "was not confirmed".
_TOLD_BY_SILENCE = frozenset({"responsibility", "deny", "estimate"})


_SUBJECT = 2  # tokens behind a verb in which its subject begins, where the verb stands first


class Silence(Enum):
    """What it says that somebody does not speak."""

    NONE = auto()
    NOTHING = auto()  # "the ministry did not say whether …"
    TELLING = auto()  # "no group has claimed the attack"


def silence_of(parse: Parse, clause: Clause, first: int, last: int) -> Silence:
    """Is the first finite verb a reporting one that is negated, or whose subject is nobody?"""
    verb = next((u for u in clause.units if first <= u.first and u.last <= last and u.kind in "VURB"), None)
    if verb is None or verb.verb is None or verb.kind not in "RB":
        return Silence.NONE
    keys, words = parse.tokens.keys, voice_words(parse.pack)
    kinds = {entry.kind for entry in verb.verb.reporting}
    telling = not _TOLD_BY_SILENCE.isdisjoint(kinds) or (verb.verb.passive and "confirm" in kinds)
    telling = telling or not words.claimed.isdisjoint(keys[first:last])
    if not words.nobody.isdisjoint(keys[first : verb.last + _SUBJECT]):
        return Silence.TELLING if telling else Silence.NONE
    if not verb.verb.negated:
        return Silence.NONE
    return Silence.TELLING if telling else Silence.NOTHING
