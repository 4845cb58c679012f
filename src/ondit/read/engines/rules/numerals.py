"""Numbers in digits and in words: "2 500", "1.2 million", "quatre-vingt-dix", "two hundred and fifty"."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ondit.languages import Pack, load_pack

Phrase = tuple[str, ...]


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
    indefinite: Mapping[str, tuple[Phrase, ...]]  # these and `before` by their last words
    vague: dict[str, tuple[tuple[Phrase, str], ...]]
    before: Mapping[str, tuple[Phrase, ...]]
    bounds: dict[str, tuple[tuple[Phrase, str], ...]]
    bounds_after: dict[str, tuple[tuple[Phrase, str], ...]]
    between: frozenset[str]
    range_and: frozenset[str]
    range_from: frozenset[str]
    range_to: frozenset[str]
    rises: frozenset[str]
    not_vague_after: frozenset[str]
    decimal: str
    starters: frozenset[str]
    joiner_between: frozenset[str]
    plural_scales: frozenset[str]
    units_first: bool


def phrase_of(words: str) -> Phrase:
    """Keys of a phrase of the pack, elisions split as the tokeniser does.

    >>> phrase_of("plus d'une")
    ('plus', "d'", 'une')
    """
    return tuple(words.replace("'", "' ").split())


def phrase_end(keys: Sequence[str], at: int, phrase: Phrase, articles: Container[str] = ()) -> int:
    """The token after a phrase that begins at a token, 0 when it does not; before each word an article may stand that the phrase has not."""
    for word in phrase:
        while at < len(keys) and keys[at] != word and keys[at] in articles:
            at += 1
        if at >= len(keys) or keys[at] != word:
            return 0
        at += 1
    return at


def by_first(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases of each name by their first word, the longest first."""
    return _by(table, 0)


def by_last(phrases: Sequence[str]) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by their last word, the longest first."""
    return {word: tuple(phrase for phrase, _ in rows) for word, rows in _by({"": phrases}, -1).items()}


def ends_with(keys: Sequence[str], at: int, phrases: Mapping[str, tuple[Phrase, ...]]) -> Phrase:
    """The longest of the phrases (by last word) that ends before a token, () when none does."""
    if at:
        for phrase in phrases.get(keys[at - 1], ()):
            if len(phrase) <= at and tuple(keys[at - len(phrase) : at]) == phrase:
                return phrase
    return ()


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
        indefinite=by_last(articles["indefinite"]),
        vague=vague,
        before=by_last(grammar["between"]["before"]),
        bounds=_by(grammar["bounds"], -1),
        bounds_after=by_first(grammar["bounds_after"]),
        between=frozenset(ranges["between"]),
        range_and=frozenset(ranges["and"]),
        range_from=frozenset(ranges["from"]),
        range_to=frozenset(ranges["to"]),
        rises=frozenset(ranges["rises"]),
        not_vague_after=frozenset(grammar["vague"]["not_after"]),
        decimal=table["decimal"],
        starters=frozenset(starters),
        joiner_between=frozenset(k for k, v in joiners.items() if v.get("between")),
        plural_scales=frozenset(table.get("plural_scales", ())),
        units_first=table.get("units_first", False),
    )


def number_words(pack: Pack) -> NumberWords:
    """The number words of a pack, compiled once a process."""
    return _load(pack.language)


_DIGITS = re.compile(r"\d{1,12}")
_GROUPED = {
    ".": re.compile(r"\d{1,3}(?:[,٬ \u00a0\u202f]\d{3})+"),
    ",": re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+"),
}
_DECIMAL = re.compile(r"\d{1,6}[.,٫]\d{1,3}")  # whatever the habit: "1.2 million" in French, "1,2" in Arabic
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # nobody counts thousandths of a person


def _figure(key: str, decimal: str) -> float | None:
    """Value of a token of digits under the habits of a language; None when it is something else ("3-1", "1701a", "12.03.2020")."""
    if _DIGITS.fullmatch(key):
        return int(key) if key[0] != "0" or key == "0" else None
    if _GROUPED[decimal].fullmatch(key):
        return int("".join(c for c in key if c.isdigit()))
    if _DECIMAL.fullmatch(key):
        return float(key.replace(",", ".").replace("٫", "."))
    return None


def parse_number(keys: Sequence[str], at: int, words: NumberWords) -> tuple[int, int] | None:
    """The number that begins at a token and the token after it, None when none does.

    >>> parse_number("two hundred and fifty people".split(), 0, number_words(load_pack("en")))
    (250, 4)
    """
    found = _one_number(keys, at, words)
    while found is not None and keys[found[1] - 1] in words.scales:
        value, stop = found
        if stop + 1 >= len(keys) or keys[stop] not in words.joiner_between:
            break
        added = _one_number(keys, stop + 1, words)
        if added is None or added[0] >= words.scales[keys[stop - 1]]:
            break
        found = value + added[0], added[1]  # "a million | and | 200 thousand"
    return found


def _one_number(keys: Sequence[str], at: int, words: NumberWords) -> tuple[int, int] | None:
    figure = _figure(keys[at], words.decimal) if keys[at][0].isdigit() else None
    if figure is not None:
        stop = at + 1
        while stop < len(keys) and keys[stop] in words.scales and words.scales[keys[stop]] >= 10:
            figure *= words.scales[keys[stop]]
            stop += 1
        if stop == at + 1 and _THOUSANDS.fullmatch(keys[at]):
            return int("".join(c for c in keys[at] if c.isdigit())), stop
        if figure != int(figure):
            return None
        return int(figure), stop
    return _in_words(keys, at, words)


@dataclass(slots=True)
class _Sum:
    """Number words added up so far: `total` of finished thousands, `current` below; `units_first`: "five and twenty"."""

    units_first: bool = False
    total: int = 0
    current: int = 0
    seen: bool = False

    def takes(self, value: int) -> bool:
        """Add a word below a hundred if it may follow."""
        tens = self.current % 100
        if self.units_first and value < 100 and value % 10 == 0 and value and 0 < tens < 10:
            self.current += value
        elif value == 20 and tens == 4:  # four times twenty
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
    total = _Sum(words.units_first)
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
    if part in words.scales and (total.seen or part not in words.values):
        return total.multiplies(words.scales[part])
    return total.takes(words.values[part])


def _joins(keys: Sequence[str], at: int, words: NumberWords, total: _Sum) -> bool:
    """Is this the "and" inside a number?"""
    if at + 1 >= len(keys):
        return False
    key, after = keys[at], keys[at + 1]
    if key in words.joiner_between:
        value = words.values.get(after, words.scales.get(after, 0))
        tens = total.current % 100
        return bool(value) and (
            (value < 100 and value % 10 == 0 and 0 < tens < 10)
            or (tens == 0 and value < max(total.current, total.total))
        )
    if key in words.joiner_before:
        return after in words.joiner_before[key] and total.current % 10 == 0 and total.current > 0
    if key in words.joiner_after:
        whole = total.current % 100 == 0 if total.current else total.total > 0
        return whole and (after in words.values or bool(_parts(after, words))) and after not in words.scales
    return False


def is_compound(key: str, words: NumberWords) -> bool:
    """Is a token a number of several words ("vingt-deux")?"""
    return bool(_parts(key, words))
