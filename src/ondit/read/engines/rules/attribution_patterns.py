"""The grammar of attributions of a language (`grammar/attribution.toml` of its pack), ready to be matched against the units of a sentence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ondit.languages import load_pack
from ondit.model import Stance
from ondit.model.records import record
from ondit.read.engines.rules.lexicon import Reporting


@record
class Pattern:
    """One pattern around an anchor.

    `left` must end and `right` begin there; `frames`, `kinds` and `lemmas` say which reporting words it is for, `before` which word
    stands before. `voice`: the source must be somebody who can speak; `noun`: no pronoun; `named`: a name; `contains`, `figure`, `tells`, `told`
    and `happening` say what the content must hold, `led` that a word for passing on stands before the relay, `continued` that its quotation goes on the sentence before; the others how source, relay and stance are taken.
    """

    name: str
    frames: frozenset[str]
    kinds: frozenset[str]
    lemmas: frozenset[str]
    left: re.Pattern[str]
    right: re.Pattern[str]
    inherits: bool
    agentless: bool
    pronoun_inside: bool
    impersonal: bool
    aside: bool
    continued: bool
    subject_inside: bool
    relays: bool
    led: bool
    happening: bool
    tells: bool
    told: bool
    named: bool
    noun: bool
    figure: bool
    before: frozenset[str]
    contains: frozenset[str]
    voice: bool
    any_verb: bool
    stance: str


@dataclass(frozen=True)
class PatternGrammar:
    """The patterns of a language by anchor, the stance of each class of reporting word, the pronouns that name nobody, and how a pronoun begins that stands for nobody."""

    patterns: dict[str, tuple[Pattern, ...]]
    applicable: "_Applicable"
    classes: dict[str, Stance]
    language: str
    opening: re.Pattern[str]
    titled: re.Pattern[str]
    impersonal: frozenset[str]
    dummies: tuple[tuple[str, ...], ...]
    dummy_ends: frozenset[str]


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for _ in range(6):
        expanded = re.sub(r"\{([A-Z]+)\}", lambda m: f"(?:{macros[m.group(1)]})", pattern)
        if expanded == pattern:
            break
        pattern = expanded
    # A macro may be used twice in one pattern: only the first group of a name keeps it.
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in seen:
            return "(?:"
        seen.add(name)
        return match.group()

    return re.sub(r"\(\?P<(\w+)>", once, pattern)


def _kinds(named: Sequence[str]) -> frozenset[str]:
    """The classes that a pattern names; to exclude is to deny."""
    return frozenset(named).union(("exclude",) if "deny" in named else ())


@lru_cache(maxsize=16)
def load_grammar(language: str) -> PatternGrammar:
    """The attribution grammar of a language, read once a process; raises `re.error` for a pattern that is none."""
    table: dict[str, Any] = load_pack(language).table("grammar/attribution")
    patterns: dict[str, list[Pattern]] = {}
    for row in table["pattern"]:
        left = row["left"] if row["left"].endswith("$") else row["left"] + "$"
        pattern = Pattern(
            name=row["name"],
            frames=frozenset(row.get("frames", "").split()),
            kinds=_kinds(row.get("kinds", ())),
            lemmas=frozenset(row.get("lemmas", ())),
            left=re.compile(_expand(left, table["macros"])),
            right=re.compile(_expand(row["right"], table["macros"])),
            inherits=row.get("inherits", False),
            agentless=row.get("agentless", False),
            pronoun_inside=row.get("pronoun_inside", False),
            impersonal=row.get("impersonal", False),
            aside=row.get("aside", False),
            continued=row.get("continued", False),
            subject_inside=row.get("subject_inside", False),
            relays=row.get("relays", False),
            led=row.get("led", False),
            happening=row.get("happening", False),
            tells=row.get("tells", False),
            told=row.get("told", False),
            named=row.get("named", False),
            noun=row.get("noun", False),
            figure=row.get("figure", False),
            before=frozenset(row.get("before", ())),
            contains=frozenset(row.get("contains", ())),
            voice=row.get("voice", False),
            any_verb=row.get("any_verb", False),
            stance=row.get("stance", ""),
        )
        for anchor in row["anchor"]:
            patterns.setdefault(anchor, []).append(pattern)
    classes = {name: Stance(value) for name, value in table["classes"].items()}
    opening = re.compile("[kaT]*(?P<name>" + _expand("{NP}", table["macros"]) + "),")
    titled = re.compile("(?:^|[CsLk,;:.])[aT]*(?P<name>" + _expand("{NP}", table["macros"]) + "),$")
    by_anchor = {a: tuple(p) for a, p in patterns.items()}
    impersonal = frozenset(table["anaphora"].get("impersonal", ()))
    dummies = tuple(tuple(words.split()) for words in table["anaphora"].get("dummies", ()))
    ends = frozenset(words[-1] for words in dummies)
    return PatternGrammar(
        by_anchor, _applicable(by_anchor), classes, language, opening, titled, impersonal, dummies, ends
    )


_Applicable = Callable[[str, tuple[Reporting, ...], str], tuple[tuple[Pattern, str], ...]]


def _applicable(patterns: dict[str, tuple[Pattern, ...]]) -> _Applicable:
    """The patterns for a kind of unit, the entries of its word and the class of its noun, each with the class that it sees there."""

    @lru_cache(maxsize=16_384)
    def applicable(unit: str, entries: tuple[Reporting, ...], noun_kind: str) -> tuple[tuple[Pattern, str], ...]:
        seen = ((pattern, _entry(pattern, entries, noun_kind, unit)) for pattern in patterns[unit])
        return tuple((pattern, kind) for pattern, kind in seen if kind is not None)

    return applicable


def _entry(pattern: Pattern, entries: tuple[Reporting, ...], noun_kind: str, anchor: str) -> str | None:
    """Class of the reporting word under this pattern, None when the pattern is not for it."""
    if anchor in "S:(-" or pattern.any_verb:
        return "assert"
    if anchor == "y":
        return noun_kind if noun_kind and (not pattern.kinds or noun_kind in pattern.kinds) else None
    for entry in entries:
        if pattern.frames and not pattern.frames & entry.frames:
            continue
        if pattern.kinds and entry.kind not in pattern.kinds:
            continue
        if pattern.lemmas and entry.lemma not in pattern.lemmas:
            continue
        if entry.kind == "relay" and not pattern.kinds:
            continue  # "interrogated two suspects": who is reached by an outlet says nothing by that
        return entry.kind
    return None
