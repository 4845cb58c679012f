"""What is said of how things are, and not of what happened: "The war is far from over", "We will rebuild".

The words and forms that show it are those under `[state]` in a pack's `grammar/happenings.toml`.
"""

from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Count, Stance
from ondit.model.records import record
from ondit.read.engines.rules.actor_words import load_actor_words
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.count_words import FATES
from ondit.read.engines.rules.stance import main_verb
from ondit.read.engines.rules.units import Parse, VerbGroup, token_range

_ABOUT = frozenset({"deny", "accuse", "condemn", "confirm", "responsibility", "witness", "evidence", "attribute"})
"""Classes of reporting words that speak of something told before, whatever form the words after them have."""


@record
class _States:
    present: frozenset[str]
    present_endings: tuple[str, ...]
    beginnings: tuple[str, ...]
    past: frozenset[str]
    past_endings: tuple[str, ...]
    being: frozenset[str]
    pointing: frozenset[str]


@lru_cache(maxsize=16)
def _states(language: str) -> _States:
    table = load_pack(language).table("grammar/happenings").get("state", {})
    return _States(
        present=frozenset(table.get("present", ())),
        present_endings=tuple(table.get("present_endings", ())),
        beginnings=tuple(table.get("present_beginnings", ())),
        past=frozenset(table.get("past", ())),
        past_endings=tuple(table.get("past_endings", ())),
        being=frozenset(table.get("being", ())),
        pointing=frozenset(table.get("pointing", ())),
    )


def is_general(parse: Parse, draft: Draft, counts: Sequence[Count]) -> bool:
    """Does a voice that names no happening say how things are or will be, and nothing of the happening told before?

    Whoever denies, accuses or condemns, tells how many were hurt, or points back ("this is cowardly", "they are afraid") goes on about that.
    """
    if draft.kind in _ABOUT or draft.stance is Stance.DENIES or any(count.what in FATES for count in counts):
        return False
    words = _states(parse.pack.language)
    first, last = token_range(parse.tokens, draft.content)
    keys = parse.tokens.keys
    if not words.pointing.isdisjoint(keys[first:last]):
        return False
    group = _group(parse, draft)
    return group is not None and (group.future or _is_present(parse, words, group))


def goes_on(parse: Parse, draft: Draft) -> bool:
    """Does the report itself only describe what it tells of ("The group included four children")?"""
    if parse.times_in(draft.content):
        return False
    first = parse.token_at(draft.content.start)
    among = parse.tokens.keys[first] in load_actor_words(parse.pack).including
    if among and parse.tags[first + 1 : first + 2] == "I":
        return True  # "Among them were eight children."
    group = _group(parse, draft)
    if group is None or group.passive or parse.tokens.keys[group.head] not in _states(parse.pack.language).being:
        return False
    return parse.tags[first] in "DI"


def _group(parse: Parse, draft: Draft) -> VerbGroup | None:
    """The main verb of a content, as a group."""
    span = main_verb(parse, draft)
    if span is None:
        return None
    at = parse.token_at(span.start)
    return next(
        (
            unit.verb
            for clause in parse.clauses_in(at, at + 1)
            for unit in clause.units
            if unit.verb is not None and unit.verb.first == at
        ),
        None,
    )


def _is_present(parse: Parse, words: _States, group: VerbGroup) -> bool:
    keys = parse.tokens.keys[group.first : group.last]
    if not words.past.isdisjoint(keys):
        return False
    if not words.present.isdisjoint(keys):
        return group.last - group.first == 1 or not group.passive
    if group.head != group.first:
        return bool(words.beginnings) and keys[-1].startswith(words.beginnings)
    verb = keys[0]
    if words.past_endings:
        return not verb.endswith(words.past_endings)
    if words.beginnings:
        return verb.startswith(words.beginnings)
    return bool(words.present_endings) and verb.endswith(words.present_endings)
