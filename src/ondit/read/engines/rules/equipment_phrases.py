"""How far the mention of a piece of equipment reaches: its number, amount, adjectives, sort and name."""

from ondit.read.engines.rules.equipment_words import EquipmentWords, Found
from ondit.read.engines.rules.units import Parse

_OPENING, _CLOSING = frozenset('"«“'), frozenset('"»”')
_MOST = 3  # adjectives and names after a thing


def mentioned(parse: Parse, item: Found, words: EquipmentWords) -> tuple[int, int]:
    """The mention as its noun phrase has it: with number, amount and adjectives, and of what sort it is ("missiles de longue portée")."""
    keys, tags = parse.tokens.keys, parse.tags
    first, last = item.first, item.last
    if (amount := _amount_before(parse, first, words)) < first:
        return amount, last
    if not words.head_first:
        modifies = not keys[last - 1].endswith("s")  # "drone strike", but "Israeli jets set"
        if modifies and last < len(keys) and tags[last] in "NP" and keys[last][0].isalpha():
            return first, last
        while (
            first
            and (
                tags[first - 1] in "APN#"
                or "-" in keys[first - 1][1:-1]
                or tags[first - 2 : first] in ("#v", "Dv", "Av")  # "seven | disassembled | rifles"
            )
            and item.first - first < 3
            and keys[first - 1] not in words.target_verbs
        ):
            first -= 1
        return first, last
    if first and keys[first - 1] in words.of:
        return first, last
    if item.system is None:
        last = _sort_after(parse, _adjectives_after(parse, last, words), words)
        last = _named_after(parse, _typed_after(parse, last, words))
    while (
        first
        and (
            tags[first - 1] == "#"
            or keys[first - 1] in words.numbers
            or keys[first - 1] in words.between - words.articles
        )
        and item.first - first < 2
        and tags[first - 1] != "V"
    ):
        first -= 1
    return first - _fused_article(parse, first), last


def _fused_article(parse: Parse, at: int) -> bool:
    """Is the token before an article that is written together with this one ("the-missiles")?"""
    tokens = parse.tokens
    return at > 0 and parse.tags[at - 1] == "D" and tokens.stops[at - 1] == tokens.starts[at]


def _amount_before(parse: Parse, first: int, words: EquipmentWords) -> int:
    """Where "a large number of", "une dizaine de" before a mention begins, else `first`."""
    keys, tags = parse.tokens.keys, parse.tags
    if first < 2 or keys[first - 1] not in words.sorted_by or keys[first - 2] not in words.amounts:
        return first
    first -= 2
    while first and tags[first - 1] in "A#" and keys[first - 1] not in words.target_verbs:
        first -= 1
    return first


def _adjectives_after(parse: Parse, last: int, words: EquipmentWords) -> int:
    keys, tags = parse.tokens.keys, parse.tags
    stop, seen = last, 0
    while stop < len(keys) and seen < _MOST:
        at = stop + (tags[stop] == "D" and _fused_article(parse, stop + 1))  # "the-weapons | the-heavy"
        if at >= len(keys) or keys[at] in words.means_verbs or not _is_quality(parse, at, words):
            break
        stop, seen = at + 1, seen + 1
        measure = stop + (stop < len(keys) and tags[stop] == "D")
        if measure < len(keys) and keys[measure] in words.measures:  # "long | of range"
            stop = measure + 1
    return stop


def _is_quality(parse: Parse, at: int, words: EquipmentWords) -> bool:
    key, tag = parse.tokens.keys[at], parse.tags[at]
    if key in words.unsaying or (tag == "v" and parse.tags[at + 1 : at + 2] == "E"):  # "a mine | laid | by insurgents"
        return False
    return tag in "Av" or key in words.qualities or (words.verb_first and tag in "PN" and key in words.demonyms)


def _typed_after(parse: Parse, last: int, words: EquipmentWords) -> int:
    """The end of "de marque Toyota", "of the kind “Hermes 900”" after a mention."""
    keys, tags = parse.tokens.keys, parse.tags
    for phrase in words.types:
        stop = last + len(phrase)
        if tuple(keys[last:stop]) != phrase or stop >= len(keys):
            continue
        named = stop + (keys[stop] in _OPENING)
        if tags[named : named + 1] not in ("N", "P", "A"):
            continue
        end = named + 1
        while end < len(keys) and tags[end] == "#" and keys[end][0].isdigit():
            end += 1
        return end + (named > stop and end < len(keys) and keys[end] in _CLOSING)
    return last


def _named_after(parse: Parse, last: int) -> int:
    """The end of a name in capitals right behind a thing ("avion de ravitaillement | Polaris")."""
    starts, tags, text = parse.tokens.starts, parse.tags, parse.text
    stop = last
    while stop < len(tags) and stop - last < _MOST and tags[stop] == "P" and text[starts[stop]].isupper():
        stop += 1
    return stop


def _sort_after(parse: Parse, last: int, words: EquipmentWords) -> int:
    """The end of "de longue portée", "à fragmentation" after a mention, where no article says whose it is."""
    keys, tags = parse.tokens.keys, parse.tags
    if last + 1 >= len(keys) or keys[last] not in words.sorted_by:
        return last
    stop = last + 1
    while stop < len(keys) and tags[stop] in "A#" and stop - last < 3:
        stop += 1
    if stop >= len(keys) or tags[stop] != "N" or parse.text[parse.tokens.starts[stop]].isupper():
        return last
    return _adjectives_after(parse, stop + 1, words)
