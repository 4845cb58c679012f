"""Quantities as written: numbers, "une dizaine", "dozens", "10 to 15", "at least forty", each as a range.

The ranges of vague words are ondit's documented ranges (`docs/reference/counts.md`); ACLED's codebook has others.
"""

import re
from collections.abc import Sequence

from ondit.languages import Pack
from ondit.model.records import record, replace
from ondit.read.engines.rules.numerals import NumberWords, Phrase, ends_with, is_compound, number_words, parse_number

_TOLERANCE = 10  # "about" and "nearly" reach a tenth of the figure
_ROUND, _DOZEN, _SMALL = 5, 12, 20  # above twenty, what is no multiple of five or a dozen is no estimate
_LARGE = 10  # "over" and "above" bound a number only from here on: "over two raids" is about them
_HYPHEN_RANGE = re.compile(r"(\d{1,6})-(\d{1,6})")


@record
class Quantity:
    """A number in tokens `first` … `last` (exclusive), with the words that bound it.

    `low` and `high` are None when open. `best` is the figure named, where one is; `core` the first token of the number itself;
    `vague` is "" for a number, "vague" for words like "several", "weak" for those that only count beside a verb that counts.
    """

    first: int
    last: int
    core: int
    low: int | None
    high: int | None
    best: int | None = None
    vague: str = ""
    reason: str = ""


def find_quantities(keys: Sequence[str], pack: Pack, first: int = 0, last: int | None = None) -> list[Quantity]:
    """All quantities among the tokens `first` … `last`, in order, not overlapping."""
    words = number_words(pack)
    starters = words.starters
    stop = len(keys) if last is None else last
    opening = {key for key in set(keys) if key in starters or key[0].isdigit() or "-" in key}
    hits = [at for at in range(first, stop) if keys[at] in opening]
    found: list[Quantity] = []
    reached = first
    for at in hits:
        if at < reached or ("-" in keys[at] and keys[at] not in starters and not _numeral(keys[at], words)):
            continue
        quantity = _at(keys, at, words)
        if quantity is not None:
            found.append(_bounded(keys, quantity, words, found[-1].last if found else 0))
            reached = found[-1].last
    return found


def _numeral(key: str, words: NumberWords) -> bool:
    return key[0].isdigit() or is_compound(key, words)


def _at(keys: Sequence[str], at: int, words: NumberWords) -> Quantity | None:
    """The quantity whose first word is at a token, in the first reading that holds."""
    if keys[at] in words.vague:
        for phrase, name in words.vague[keys[at]]:
            if tuple(keys[at : at + len(phrase)]) == phrase:
                return _vague(keys, at, phrase, name, words)
    return _round(keys, at, words) or _numeric(keys, at, words)


def _vague(keys: Sequence[str], at: int, phrase: Phrase, name: str, words: NumberWords) -> Quantity | None:
    stop = at + len(phrase)
    many = _many(keys, stop, words) if phrase in words.indefinite.get(phrase[-1], ()) else None
    if many is not None:
        return replace(many, first=at, core=at)
    if stop < len(keys) and (keys[stop][0].isdigit() or (name == "weak" and keys[stop] in words.values)):
        return None  # "some 4,500", "some fifty" are bounds
    if name == "weak" and at and keys[at - 1] in words.not_vague_after:
        return None  # "le nombre de morts"
    return Quantity(at, stop, at, 2, None, vague=name, reason="an indefinite number: two or more")


def _round(keys: Sequence[str], at: int, words: NumberWords) -> Quantity | None:
    """A round number: "une dizaine", "dozens", "several hundred", "half a dozen"…"""
    key = keys[at]
    if key in words.one and at + 1 < len(keys) and keys[at + 1] in words.collectives:
        return _collective(keys, at + 1, words)
    if key in words.collectives:
        return _collective(keys, at, words)
    if key in words.many:
        before = ends_with(keys, at, words.indefinite)
        if key not in words.scales or before or (_plural_only(key, words) and not _after_number(keys, at, words)):
            return _many(keys, at, words)
    for phrase in words.half:
        stop = at + len(phrase)
        if tuple(keys[at:stop]) == phrase:
            return _half(keys, at, stop, words)
    return None


def _numeric(keys: Sequence[str], at: int, words: NumberWords) -> Quantity | None:
    match = _HYPHEN_RANGE.fullmatch(keys[at])
    if match:
        return _range(at, at + 1, int(match[1]), int(match[2]))
    number = parse_number(keys, at, words)
    if number is None:
        return None
    value, stop = number
    if stop == at + 1 and keys[at] in words.scales and at and keys[at - 1] in words.one:
        return replace(_exact(at, stop, value), first=at - 1)
    return _ranged(keys, at, stop, value, words)


def _plural_only(key: str, words: NumberWords) -> bool:
    """A word like "milliers", which multiplies after a number and is indefinite alone."""
    return key in words.plural_scales or (key in words.many and key + "s" not in words.many and key.endswith("s"))


def _after_number(keys: Sequence[str], at: int, words: NumberWords) -> bool:
    return bool(at) and (keys[at - 1] in words.values or keys[at - 1][0].isdigit())


def _half(keys: Sequence[str], at: int, stop: int, words: NumberWords) -> Quantity | None:
    if stop < len(keys) and keys[stop] in words.scales:
        return _exact(at, stop + 1, words.scales[keys[stop]] // 2)
    return None


def _exact(first: int, last: int, value: int) -> Quantity:
    return Quantity(first, last, first, value, value, value)


def _range(first: int, last: int, low: int, high: int) -> Quantity | None:
    return (
        Quantity(first, last, first, low, high, reason="a range as written") if low < high <= 10 * max(low, 1) else None
    )


def _many(keys: Sequence[str], at: int, words: NumberWords) -> Quantity | None:
    if at >= len(keys) or keys[at] not in words.many:
        return None
    low, high = words.many[keys[at]]
    stop = at + 1
    if (
        stop + 1 < len(keys)
        and keys[stop] in words.links
        and keys[stop + 1] in words.scales
        and keys[stop + 1] in words.many
    ):
        scale = words.scales[keys[stop + 1]]
        low, high = low * scale, (high + 1) * scale - 1
        stop += 2
    return Quantity(at, stop, at, low, high, reason=f"an indefinite number: {low} to {high}")


def _collective(keys: Sequence[str], at: int, words: NumberWords) -> Quantity:
    low, named, high = words.collectives[keys[at]]
    first = at - 1 if at and keys[at - 1] in words.one else at
    stop = at + 1
    if (
        stop + 1 < len(keys)
        and keys[stop] in words.links
        and keys[stop + 1] in words.scales
        and keys[stop + 1] in words.many
    ):
        scale = words.scales[keys[stop + 1]]
        low, named, high = low * scale, named * scale, high * scale
        stop += 2
    return Quantity(first, stop, at, low, high, named, reason=f"a round number: {low} to {high}")


def _ranged(keys: Sequence[str], at: int, stop: int, value: int, words: NumberWords) -> Quantity:
    """A number, or a range that it begins ("10 to 15", "between ten and fifteen")."""
    single = _exact(at, stop, value)
    if stop + 1 >= len(keys):
        return single
    opened = at > 0 and keys[at - 1] in words.between
    link = keys[stop]
    if not (link in words.range_to or (opened and link in words.range_and)):
        return single
    second = parse_number(keys, stop + 1, words)
    if second is None:
        return single
    found = _range(at, second[1], _scaled(keys, second, value, words), int(second[0]))
    if found is None:
        return single
    if at > 1 and keys[at - 1] in words.range_from and any(key in words.rises for key in keys[max(0, at - 4) : at - 1]):
        return single
    begun = at > 0 and keys[at - 1] in words.range_from and link in words.range_to
    return replace(found, first=at - 1) if opened or begun else found


def _scaled(keys: Sequence[str], second: tuple[int, int], value: int, words: NumberWords) -> int:
    """The lower end of a range that has the hundreds or thousands of the upper one: "between | two | and three hundred"."""
    scale = words.scales.get(keys[second[1] - 1], 1)
    shared = value < _LARGE and scale > 1 and second[0] % scale == 0 and value < second[0] // scale <= _LARGE
    return value * scale if shared else value


def _bounded(keys: Sequence[str], quantity: Quantity, words: NumberWords, low: int) -> Quantity:
    """The quantity with the words around it that bound it."""
    first = quantity.first
    kind = ""
    for _ in range(3):
        found = _bound_before(keys, first, words)
        if found:
            size, kind = found
            first -= size
            break
        size = len(ends_with(keys, first, words.before))
        if not size or first - size < low:
            break
        first -= size
    if first < low or (not kind and first < quantity.first):
        first = max(low, first)
    last = quantity.last
    if not kind:
        for phrase, name in words.bounds_after.get(keys[last], ()) if last < len(keys) else ():
            if tuple(keys[last : last + len(phrase)]) == phrase:
                kind, last = name, last + len(phrase)
                break
    if (first, last) != (quantity.first, quantity.last):
        quantity = replace(quantity, first=first, last=last)
    return bound(quantity, kind)


def _bound_before(keys: Sequence[str], at: int, words: NumberWords) -> tuple[int, str] | None:
    if not at:
        return None
    for phrase, name in words.bounds.get(keys[at - 1], ()):
        if len(phrase) <= at and tuple(keys[at - len(phrase) : at]) == phrase:
            return len(phrase), name
    return None


def bound(quantity: Quantity, kind: str) -> Quantity:
    """A quantity under a bound ("at_least", "nearly" …, the names of `grammar/counts.toml`)."""
    named = quantity.best if quantity.best is not None else quantity.low
    if not kind or named is None or quantity.vague:
        return quantity
    if kind in {"above_ten", "below_ten"} and named < _LARGE:
        return quantity
    if kind in {"at_least", "more_than", "above_ten"}:
        return replace(quantity, low=named, high=None, best=None, reason="a lower bound")
    if kind in {"at_most", "less_than", "below_ten"}:
        top = quantity.high if quantity.best is None else named
        return replace(quantity, low=None, high=top, best=None, reason="an upper bound")
    margin = named / _TOLERANCE
    if kind == "nearly":
        return replace(
            quantity, low=round(named - margin), high=named, best=None, reason="nearly: down to a tenth less"
        )
    if kind == "about" and named > _SMALL and named % _ROUND and named % _DOZEN:
        return quantity  # "some 319": somebody counted
    if kind == "about" and quantity.best is not None and quantity.low == quantity.high:
        low, high = round(named - margin), round(named + margin)
        if named > _SMALL:
            low, high = -(-9 * named // _TOLERANCE), 11 * named // _TOLERANCE  # the whole numbers within
        return replace(quantity, low=low, high=high, reason="about: a tenth more or less")
    return quantity
