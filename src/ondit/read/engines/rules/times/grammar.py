"""A pack's `words/time.toml` and `grammar/time.toml`, compiled: word tables, rules by category, and what each can begin with."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ondit.languages.packs import Pack, PackError
from ondit.model import TimexType
from ondit.model.records import record
from ondit.read.engines.rules.times.lexemes import split_words
from ondit.read.engines.rules.times.patterns import (
    Choice,
    Digits,
    Not,
    PatternError,
    Ref,
    Sequence,
    Tight,
    Word,
    parse_pattern,
)

# First key of whatever begins with a number in digits.
DIGITS = "\\d"

# What looks like a time and is none ("a 25-year-old man"): rules of this category take their words away from the others.
NOTHING = "nothing"

# Categories whose rules stand for a whole expression, and the TIMEX3 type each has.
TYPES = {"date": TimexType.DATE, "time": TimexType.TIME, "duration": TimexType.DURATION, "set": TimexType.SET}


@record
class Entry:
    """One spelling in a word table: its keys, what it means, and whether it must begin with a capital letter (if the script has them)."""

    keys: tuple[str, ...]
    value: str
    capital: bool
    tail: tuple[Word, ...]  # the keys after the first, as nodes


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One construction.

    `lead` and `tail` are patterns that must stand before and after but belong to the expression only when the whole construction is
    asked for ("since" in "since 1986"); `parts` names the sub-expressions that are expressions of their own otherwise, or always when
    `split` ("4 and 7 May"); `outside`: lead and tail never belong to it ("at" in "at 12:30 GMT"). `style` restricts a rule to commands ("command"), to whole constructions ("whole") or to TIMEX3 ("narrow").
    """

    name: str
    category: str
    order: int
    lead: Sequence
    body: Sequence
    tail: Sequence
    means: str
    type: TimexType | None
    mod: str
    parts: tuple[str, ...]
    style: str
    split: bool
    outside: bool


@record
class Far:
    """A word that gives a date its interval over a clause: "since the war began in 2011".

    One of `words`, at most `reach` words without a mark between, one of `links`, then the date `{x}` of `means`.
    """

    name: str
    words: frozenset[str]
    links: frozenset[str]
    reach: int
    means: str


@dataclass(frozen=True)
class Grammar:
    """All rules of a language, ready to be matched."""

    tables: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    categories: Mapping[str, tuple[Rule, ...]]  # rules without lead and tail
    top: tuple[Rule, ...]  # rules of whole expressions
    firsts: Mapping[str, frozenset[str]]  # what each category can begin with; "": every key of the grammar
    begins: frozenset[str]  # what a whole expression can begin with
    core: frozenset[str]  # keys one of which every expression without digits contains
    far: tuple[Far, ...]
    prefixes: tuple[str, ...]  # words written together with the next one (Arabic "and", "in", "the"), longest first
    capitals: frozenset[str]  # keys that are looked at only with a capital letter

    @cached_property
    def tells(self) -> Callable[[str], bool]:
        """Is a token's key one of the core, or a compound or fusion with one? Remembered: texts share their words."""
        core, prefixes = self.core, self.prefixes

        @lru_cache(maxsize=65_536)
        def tells(key: str) -> bool:
            if key in core or key[0].isdecimal():
                return True
            if "-" in key or "'" in key:
                parts = key.replace("'", "-").split("-")
                if any(part in core or part[:1].isdecimal() for part in parts):
                    return True
            return key.startswith(prefixes) and any(key[n:] in core for n in range(1, min(5, len(key))))

        return tells


_by_id: dict[int, tuple[Pack, Grammar]] = {}


def grammar_of(pack: Pack) -> Grammar:
    """The compiled grammar of a pack (compiled once); raises `PackError` naming the rule that is wrong."""
    known = _by_id.get(id(pack))
    if known is None or known[0] is not pack:
        known = _by_id[id(pack)] = (pack, _compile(pack))
    return known[1]


def _compile(pack: Pack) -> Grammar:
    words = pack.table("words/time")
    tables = {name: _table(content) for name, content in words.items() if name not in ("light", "prefixes")}
    rules: list[Rule] = []
    for number, raw in enumerate(pack.table("grammar/time").get("rule", ())):
        try:
            rules.extend(_rules(raw, number))
        except (PatternError, KeyError, ValueError) as error:
            name = raw.get("name", f"number {number + 1}")
            raise PackError(f"{pack.folder}/grammar/time.toml: rule '{name}': {error}") from error
    firsts = _Firsts(tables, rules, str(pack.folder))
    categories: dict[str, list[Rule]] = {}
    for rule in rules:
        if not rule.lead and not rule.tail:
            categories.setdefault(rule.category, []).append(rule)
    top = tuple(rule for rule in rules if rule.category in TYPES or rule.category == NOTHING)
    begins = frozenset[str]().union(*(firsts.of((*rule.lead, *rule.body)) for rule in top))
    known = {name: firsts.of_category(name) for name in categories}
    known[""] = frozenset(key for rule in rules for key in _keys(rule, tables))
    light = frozenset(words.get("light", {}).get("words", ()))
    return Grammar(
        tables,
        {name: tuple(of_it) for name, of_it in categories.items()},
        top,
        known,
        begins,
        frozenset(_telling(tables, rules, light)),
        tuple(
            Far(raw["name"], frozenset(raw["words"]), frozenset(raw["links"]), raw["reach"], raw["means"])
            for raw in pack.table("grammar/time").get("far", ())
        ),
        tuple(sorted(words.get("prefixes", {}).get("words", ()), key=len, reverse=True)),
        frozenset(entry.keys[0] for table in tables.values() for es in table.values() for entry in es if entry.capital),
    )


def _table(content: Mapping[str, Any]) -> dict[str, tuple[Entry, ...]]:
    """Index a table by first key. "sept." also matches without the stop, "sun.!" only with it, "^may" only with a capital."""
    index: dict[str, list[Entry]] = {}
    for word, value in content.items():
        capital = word.startswith("^")
        spelling = word.removeprefix("^")
        strict = spelling.endswith("!")
        keys = split_words(spelling.removesuffix("!"))
        variants = [keys]
        if keys[-1] == "." and not strict and len(keys) > 1 and keys.count(".") == 1:
            variants.append(keys[:-1])
        for variant in variants:
            index.setdefault(variant[0], []).append(Entry(variant, str(value), capital, tuple(map(Word, variant[1:]))))
    return {key: tuple(entries) for key, entries in index.items()}


def _rules(raw: Mapping[str, Any], order: int) -> Iterator[Rule]:
    patterns = raw["match"]
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        yield Rule(
            name=raw["name"],
            category=raw["of"],
            order=order,
            lead=parse_pattern(raw.get("lead", "")),
            body=parse_pattern(pattern),
            tail=parse_pattern(raw.get("tail", "")),
            means=raw["means"],
            type=TimexType(raw["type"]) if "type" in raw else None,
            mod=raw.get("mod", ""),
            parts=tuple(raw.get("parts", ())),
            style=raw.get("style", ""),
            split=raw.get("split", False),
            outside=raw.get("outside", False),
        )


def _keys(rule: Rule, tables: Mapping[str, Mapping[str, tuple[Entry, ...]]]) -> Iterator[str]:
    stack = [*rule.lead, *rule.body, *rule.tail]
    while stack:
        node = stack.pop()
        if isinstance(node, Word):
            yield node.key
        elif isinstance(node, Choice):
            stack.extend(n for option in node.options for n in option)
        elif isinstance(node, Ref) and node.name in tables:
            yield from (key for entries in tables[node.name].values() for entry in entries for key in entry.keys)


def _telling(
    tables: Mapping[str, Mapping[str, tuple[Entry, ...]]], rules: list[Rule], light: frozenset[str]
) -> Iterator[str]:
    """Keys that make a place worth looking at: of a phrase its last word that is not light, of a pattern every word."""
    for table in tables.values():
        for entry in (e for entries in table.values() for e in entries):
            yield from [key for key in entry.keys if key not in light and key[0].isalpha()][-1:]
    for rule in rules:
        yield from (key for key in _keys(rule, {}) if key not in light and key[0].isalpha())


class _Firsts:
    """What sequences and categories can begin with; finds references to nothing and left recursion, which would never end."""

    def __init__(self, tables: Mapping[str, Mapping[str, tuple[Entry, ...]]], rules: list[Rule], where: str) -> None:
        self._tables = tables
        self._where = where
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            if not rule.lead and not rule.tail:
                self._rules.setdefault(rule.category, []).append(rule)
        self._known: dict[str, frozenset[str]] = {}
        self._open: list[str] = []

    def of(self, sequence: Sequence) -> frozenset[str]:
        """Keys that can come first; raises `PackError` when the sequence can be empty."""
        keys, empty = self._sequence(sequence)
        if empty:
            raise PackError(
                f"{self._where}/grammar/time.toml: a pattern of '{'/'.join(self._open)}' matches nothing at all: {sequence}"
            )
        return keys

    def of_category(self, name: str) -> frozenset[str]:
        """Keys a category can begin with."""
        return self._reference(name)

    def _sequence(self, sequence: Sequence) -> tuple[frozenset[str], bool]:
        keys: frozenset[str] = frozenset()
        for node in sequence:
            if isinstance(node, Tight | Not):
                continue
            if isinstance(node, Choice):
                parts = [self._sequence(option) for option in node.options]
                keys = keys.union(*(part for part, _ in parts))
                if any(empty for _, empty in parts):
                    continue
                return keys, False
            if isinstance(node, Word):
                return keys | {DIGITS if node.key[0].isdecimal() else node.key}, False
            if isinstance(node, Digits):
                return keys | {DIGITS}, False
            return keys | self._reference(node.name), False
        return keys, True

    def _reference(self, name: str) -> frozenset[str]:
        if name in self._tables:
            return frozenset(self._tables[name])
        if name not in self._rules:
            raise PackError(f"{self._where}/grammar/time.toml: there is no word table and no category '{name}'")
        if name in self._known:
            return self._known[name]
        if name in self._open:
            raise PackError(
                f"{self._where}/grammar/time.toml: '{name}' begins with itself: {' → '.join([*self._open, name])}"
            )
        self._open.append(name)
        keys = frozenset[str]().union(*(self.of(rule.body) for rule in self._rules[name]))
        self._open.pop()
        self._known[name] = keys
        return keys
