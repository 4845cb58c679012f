"""What is done with a piece of equipment: used, hit by others, or only compared with."""

from collections.abc import Mapping

from ondit.model import EquipmentUse
from ondit.read.engines.rules.equipment_words import EquipmentWords
from ondit.read.engines.rules.numerals import ends_with
from ondit.read.engines.rules.units import Parse, VerbGroup

Verbs = Mapping[int, VerbGroup]

_NEAR = 7  # tokens between a verb and what it hits


def use_of(parse: Parse, verbs: Verbs, first: int, last: int, words: EquipmentWords) -> EquipmentUse:
    """The use of the equipment named at tokens `first` … `last`."""
    if _compared(parse, first, words):
        return EquipmentUse.COMPARISON
    if words.verb_first and _does_it(parse, first, last, words):
        return EquipmentUse.USED
    if _hit_before(parse, verbs, first, words) or _hit_after(parse, verbs, last, words):
        return EquipmentUse.TARGET
    return EquipmentUse.USED


def _does_it(parse: Parse, first: int, last: int, words: EquipmentWords) -> bool:
    """Where the verb stands first: is it the subject of "destroyed", with the object right behind it?"""
    keys, tags = parse.tokens.keys, parse.tags
    while first and tags[first - 1] == "D":
        first -= 1
    if not first or keys[first - 1] not in words.target_verbs or tags[first - 1] != "V":
        return False
    while last < len(tags) and tags[last] == "A":
        last += 1
    return last < len(tags) and tags[last] in "N#D" and keys[last] not in words.coordinators


def _compared(parse: Parse, first: int, words: EquipmentWords) -> bool:
    keys = parse.tokens.keys
    at = first
    while at > 0 and first - at < 4 and (keys[at - 1] in words.articles or parse.tags[at - 1] == "A"):
        if ends_with(keys, at, words.comparison):
            return True
        at -= 1
    return bool(ends_with(keys, at, words.comparison))


def verb_groups(parse: Parse) -> dict[int, VerbGroup]:
    """The verb group of each verb's token in the document."""
    return {unit.verb.head: unit.verb for clause in parse.clauses for unit in clause.units if unit.verb is not None}


def _hit_before(parse: Parse, verbs: Verbs, first: int, words: EquipmentWords) -> bool:
    """Is it the object of a verb like destroy, or behind a noun like wreckage?"""
    keys, tags = parse.tokens.keys, parse.tags
    at = first
    while at > 0 and first - at < _NEAR:
        if ends_with(keys, at, words.target_phrases):
            return True
        key = keys[at - 1]
        if key in words.target_verbs and tags[at - 1] in "VXvgi":
            verb = verbs.get(at - 1)
            return verb is None or not verb.passive
        if not (key in words.between or tags[at - 1] in ("DA#PN" if words.verb_first else "DA#P")):
            return False
        at -= 1
    return False


def _hit_after(parse: Parse, verbs: Verbs, last: int, words: EquipmentWords) -> bool:
    """Is it the subject of a passive like "was shot down", or followed by a participle ("a tank destroyed by …")?"""
    keys, tags = parse.tokens.keys, parse.tags
    for at in range(last, min(len(keys), last + _NEAR)):
        verb = verbs.get(at)
        if verb is not None:
            done = verb.passive or verb.form == "participle"
            after = any(tuple(keys[at : at + len(phrase)]) == phrase for phrase in words.target_after)
            return done and (keys[at] in words.target_verbs or after)
        if at == last and tags[at] in "Av" and keys[at] in words.target_verbs:
            return True
        if keys[at] in ".;:" or tags[at] in "SC":
            return False
    return False
