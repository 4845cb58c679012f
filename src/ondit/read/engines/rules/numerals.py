"""Numbers as written: digits, number words, "une dizaine", "dozens", "10 to 15", "at least forty", each as a range.

The ranges of vague words are ondit's own, documented in `docs/reference/counts.md`; they are not ACLED's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ondit.languages import Pack, load_pack

Phrase = tuple[str, ...]
Range = tuple[int | None, int | None]
_TOLERANCE = 10  # "about" and "nearly" reach a tenth of the figure


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class NumberWords:
    """The number words and bounds of a language, ready for matching."""

    values: dict[str, int]
    scales: dict[str, int]
    joiner_before: dict[str, frozenset[str]]
    joiner_after: dict[str, int]
    collectives: dict[str, tuple[int, int, int]]
    many: dict[str, tuple[int, int]]
    links: frozenset[str]
    one: frozenset[str]
    half: tuple[Phrase, ...]
    indefinite: tuple[Phrase, ...]
    vague: dict[str, tuple[tuple[Phrase, str], ...]]
    before: tuple[Phrase, ...]
    bounds: dict[str, tuple[tuple[Phrase, str], ...]]
    bounds_after: dict[str, tuple[tuple[Phrase, str], ...]]
    between: frozenset[str]
    range_and: frozenset[str]
    range_from: frozenset[str]
    range_to: frozenset[str]
    decimal: str
    starters: frozenset[str]


def phrase_of(words: str) -> Phrase:
    """Keys of a phrase of the pack, elisions split as the tokeniser does.

    >>> phrase_of("plus d'une")
    ('plus', "d'", 'une')
    """
    return tuple(words.replace("'", "' ").split())


def by_first(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases of each name by their first word, the longest first."""
    return _by(table, 0)


def _by(table: Mapping[str, Sequence[str]], end: int) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    out: dict[str, list[tuple[Phrase, str]]] = {}
    for name, phrases in table.items():
        for words in phrases:
            phrase = phrase_of(words)
            out.setdefault(phrase[end], []).append((phrase, name))
    return {key: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[1]))) for key, rows in out.items()}


@lru_cache(maxsize=16)
def _load(language: str) -> NumberWords:
    pack = load_pack(language)
    table: dict[str, Any] = pack.table("words/numerals")
    grammar: dict[str, Any] = pack.table("grammar/counts")
    articles = table["articles"]
    vague = by_first({"vague": grammar["vague"]["phrases"], "weak": grammar["vague"]["weak"]})
    collectives = {word: (a, b, c) for word, (a, b, c) in table["collectives"].items()}
    many = {word: (a, b) for word, (a, b) in table["many"].items()}
    values: dict[str, int] = table["values"]
    scales: dict[str, int] = table["scales"]
    half = tuple(phrase_of(p) for p in articles["half"])
    indefinite = tuple(sorted((phrase_of(p) for p in articles["indefinite"]), key=len, reverse=True))
    starters = {*values, *scales, *collectives, *many, *vague, *(p[0] for p in half)}
    joiners: dict[str, dict[str, Any]] = table["joiners"]
    ranges = grammar["ranges"]
    return NumberWords(
        values=values,
        scales=scales,
        joiner_before={k: frozenset(v["before"]) for k, v in joiners.items() if "before" in v},
        joiner_after={k: v["after"] for k, v in joiners.items() if "after" in v},
        collectives=collectives,
        many=many,
        links=frozenset(table["links"]["many"]),
        one=frozenset(articles["one"]),
        half=half,
        indefinite=indefinite,
        vague=vague,
        before=tuple(sorted((phrase_of(p) for p in grammar["between"]["before"]), key=len, reverse=True)),
        bounds=_by(grammar["bounds"], -1),
        bounds_after=by_first(grammar["bounds_after"]),
        between=frozenset(ranges["between"]),
        range_and=frozenset(ranges["and"]),
        range_from=frozenset(ranges["from"]),
        range_to=frozenset(ranges["to"]),
        decimal=table["decimal"],
        starters=frozenset(starters),
    )


def number_words(pack: Pack) -> NumberWords:
    """The number words of a pack, compiled once a process."""
    return _load(pack.language)


_DIGITS = re.compile(r"\d{1,12}")
_GROUPED = {".": re.compile(r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+"), ",": re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+")}
_DECIMAL = {".": re.compile(r"\d{1,6}\.\d{1,3}"), ",": re.compile(r"\d{1,6},\d{1,3}")}
_HYPHEN_RANGE = re.compile(r"(\d{1,6})-(\d{1,6})")


def _figure(key: str, decimal: str) -> float | None:
    """Value of a token of digits under the habits of a language; None when it is something else ("3-1", "1701a", "12.03.2020")."""
    if _DIGITS.fullmatch(key):
        return int(key) if key[0] != "0" or key == "0" else None
    if _GROUPED[decimal].fullmatch(key):
        return int("".join(c for c in key if c.isdigit()))
    if _DECIMAL[decimal].fullmatch(key):
        return float(key.replace(",", "."))
    return None


def parse_number(keys: Sequence[str], at: int, words: NumberWords) -> tuple[float, int] | None:
    """The number that begins at a token and the token after it, None when none does.

    >>> parse_number("two hundred and fifty people".split(), 0, number_words(load_pack("en")))
    (250, 4)
    """
    figure = _figure(keys[at], words.decimal) if keys[at][0].isdigit() else None
    if figure is not None:
        stop = at + 1
        while stop < len(keys) and keys[stop] in words.scales and words.scales[keys[stop]] >= 10:
            figure *= words.scales[keys[stop]]
            stop += 1
        if figure != int(figure):
            return None
        return int(figure), stop
    return _in_words(keys, at, words)


@dataclass(slots=True)
class _Sum:
    """Number words added up so far: `total` of finished thousands, `current` below."""

    total: int = 0
    current: int = 0
    seen: bool = False

    def takes(self, value: int) -> bool:
        """Add a word below a hundred if it may follow."""
        tens = self.current % 100
        if value == 20 and tens == 4:  # four times twenty
            self.current += 76
        elif (value < 10 and tens % 10 == 0 and (tens != 10 or value > 6) and (value or not self.seen)) or (
            value >= 10 and (tens == 0 or (value < 20 and tens in (60, 80)))
        ):
            self.current += value
        else:
            return False
        self.seen = True
        return True

    def multiplies(self, scale: int) -> bool:
        """Apply a word like hundred or thousand if it may follow."""
        if scale == 100:
            if self.current % 100 > 99 or self.current >= 100:
                return False
            self.current = max(1, self.current) * 100
        elif scale < 100:
            if self.current > 99:
                return False
            self.current = max(1, self.current) * scale
        else:
            if self.total and scale >= 1000 and self.total % (scale * 1000) == 0 and not self.current:
                return False
            self.total += max(1, self.current) * scale
            self.current = 0
        self.seen = True
        return True


def _in_words(keys: Sequence[str], at: int, words: NumberWords) -> tuple[int, int] | None:
    total = _Sum()
    stop = at
    while stop < len(keys):
        key = keys[stop]
        joined = stop > at and _joins(keys, stop, words, total)
        if joined:
            key = keys[stop + 1]
        parts = [key] if key in words.values or key in words.scales else _parts(key, words)
        if not parts or not all(_add(total, part, words) for part in parts):
            break
        stop += 2 if joined else 1
    if not total.seen or stop == at:
        return None
    return total.total + total.current, stop


def _parts(key: str, words: NumberWords) -> list[str]:
    if "-" not in key:
        return []
    parts = [p for p in key.split("-") if p not in words.joiner_after and p not in words.joiner_before]
    return parts if parts and all(p in words.values or p in words.scales for p in parts) else []


def _add(total: _Sum, part: str, words: NumberWords) -> bool:
    if part in words.scales:
        return total.multiplies(words.scales[part])
    return total.takes(words.values[part])


def _joins(keys: Sequence[str], at: int, words: NumberWords, total: _Sum) -> bool:
    """Is this the "and" inside a number?"""
    if at + 1 >= len(keys):
        return False
    key, after = keys[at], keys[at + 1]
    if key in words.joiner_before:
        return after in words.joiner_before[key] and total.current % 10 == 0 and total.current > 0
    if key in words.joiner_after:
        whole = total.current % 100 == 0 if total.current else total.total > 0
        return whole and (after in words.values or bool(_parts(after, words))) and after not in words.scales
    return False


def find_quantities(keys: Sequence[str], pack: Pack, first: int = 0, last: int | None = None) -> list[Quantity]:
    """All quantities among the tokens `first` … `last`, in order, not overlapping."""
    words = number_words(pack)
    starters = words.starters
    found: list[Quantity] = []
    at, stop = first, len(keys) if last is None else last
    while at < stop:
        key = keys[at]
        if key in starters or key[0].isdigit() or ("-" in key and _parts(key, words)):
            quantity = _at(keys, at, words)
            if quantity is not None:
                low = found[-1].last if found else 0
                quantity = _bounded(keys, quantity, words, low)
                found.append(quantity)
                at = quantity.last
                continue
        at += 1
    return found


def _at(keys: Sequence[str], at: int, words: NumberWords) -> Quantity | None:
    key = keys[at]
    for phrase, name in words.vague.get(key, ()):
        if tuple(keys[at : at + len(phrase)]) == phrase:
            many = _many(keys, at + len(phrase), words)
            if many is not None and phrase in words.indefinite:
                return replace(many, first=at, core=at)
            if at + len(phrase) < len(keys) and keys[at + len(phrase)][0].isdigit():
                return None
            return Quantity(at, at + len(phrase), at, 2, None, vague=name, reason="an indefinite number: two or more")
    if key in words.one and at + 1 < len(keys) and keys[at + 1] in words.collectives:
        return _collective(keys, at + 1, words)
    if key in words.collectives:
        return _collective(keys, at, words)
    if key in words.many:
        before = _ends_with(keys, at, words.indefinite)
        if key not in words.scales or before or (_plural_only(key, words) and not _after_number(keys, at, words)):
            return _many(keys, at, words)
    for phrase in words.half:
        stop = at + len(phrase)
        if tuple(keys[at:stop]) == phrase:
            return _exact(at, stop, words.scales[phrase[-1]] // 2) if phrase[-1] in words.scales else _half(keys, at, stop, words)
    match = _HYPHEN_RANGE.fullmatch(key)
    if match:
        return _range(at, at + 1, int(match[1]), int(match[2]))
    number = parse_number(keys, at, words)
    if number is None:
        return None
    value, stop = int(number[0]), number[1]
    if stop == at + 1 and key in words.scales and at and keys[at - 1] in words.one:
        return replace(_exact(at, stop, value), first=at - 1)
    return _ranged(keys, at, stop, value, words)


def _plural_only(key: str, words: NumberWords) -> bool:
    """A word like "milliers", which multiplies after a number and is indefinite alone."""
    return key in words.many and key + "s" not in words.many and key.endswith("s")


def _after_number(keys: Sequence[str], at: int, words: NumberWords) -> bool:
    return bool(at) and (keys[at - 1] in words.values or keys[at - 1][0].isdigit())


def _half(keys: Sequence[str], at: int, stop: int, words: NumberWords) -> Quantity | None:
    if stop < len(keys) and keys[stop] in words.scales:
        return _exact(at, stop + 1, words.scales[keys[stop]] // 2)
    return None


def _exact(first: int, last: int, value: int) -> Quantity:
    return Quantity(first, last, first, value, value, value)


def _range(first: int, last: int, low: int, high: int) -> Quantity | None:
    return Quantity(first, last, first, low, high, reason="a range as written") if low < high <= 10 * max(low, 1) else None


def _many(keys: Sequence[str], at: int, words: NumberWords) -> Quantity | None:
    if at >= len(keys) or keys[at] not in words.many:
        return None
    low, high = words.many[keys[at]]
    stop = at + 1
    if stop + 1 < len(keys) and keys[stop] in words.links and keys[stop + 1] in words.scales and keys[stop + 1] in words.many:
        scale = words.scales[keys[stop + 1]]
        low, high = low * scale, (high + 1) * scale - 1
        stop += 2
    return Quantity(at, stop, at, low, high, reason=f"an indefinite number: {low} to {high}")


def _collective(keys: Sequence[str], at: int, words: NumberWords) -> Quantity:
    low, named, high = words.collectives[keys[at]]
    first = at - 1 if at and keys[at - 1] in words.one else at
    stop = at + 1
    if stop + 1 < len(keys) and keys[stop] in words.links and keys[stop + 1] in words.scales and keys[stop + 1] in words.many:
        scale = words.scales[keys[stop + 1]]
        low, named, high = low * scale, named * scale, high * scale
        stop += 2
    return Quantity(first, stop, at, low, high, named, reason=f"a round number: {low} to {high}")


def _ends_with(keys: Sequence[str], at: int, phrases: Sequence[Phrase]) -> int:
    """Length of the longest of the phrases that ends before a token, 0 when none does."""
    for phrase in phrases:
        if len(phrase) <= at and tuple(keys[at - len(phrase) : at]) == phrase:
            return len(phrase)
    return 0


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
    found = _range(at, second[1], value, int(second[0]))
    if found is None:
        return single
    begun = at > 0 and keys[at - 1] in words.range_from and link in words.range_to
    return replace(found, first=at - 1) if opened or begun else found


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
        size = _ends_with(keys, first, words.before)
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
    return bound(replace(quantity, first=first, last=last), kind)


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
    if kind == "above_ten" and named < 10:  # "over two raids" is about them
        return quantity
    if kind in {"at_least", "more_than", "above_ten"}:
        return replace(quantity, low=named, high=None, best=None, reason="a lower bound")
    if kind in {"at_most", "less_than"}:
        top = quantity.high if quantity.best is None else named
        return replace(quantity, low=None, high=top, best=None, reason="an upper bound")
    margin = named / _TOLERANCE
    if kind == "nearly":
        return replace(quantity, low=round(named - margin), high=named, best=None, reason="nearly: down to a tenth less")
    if kind == "about" and quantity.best is not None and quantity.low == quantity.high:
        return replace(quantity, low=round(named - margin), high=round(named + margin), reason="about: a tenth more or less")
    return quantity


def quantities_in(keys: Sequence[str], pack: Pack) -> Iterator[Quantity]:
    """Quantities of a short text, for tests and tools."""
    yield from find_quantities(keys, pack)
