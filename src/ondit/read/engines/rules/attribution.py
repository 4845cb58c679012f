"""Who says what: finds each reporting word's source and content by the grammar of the language pack.

The terms are those of PARC 3.0 (Pareti 2015): an attribution has a source, a cue and a content.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ondit.languages import Pack, load_pack
from ondit.model import SourceKind, Span, Stance
from ondit.read.engines.rules.lexicon import Reporting
from ondit.read.engines.rules.parse import Clause, Parse, Unit, initial_sources
from ondit.read.engines.rules.voices import kind_of

_WINDOW = 60  # units around an anchor that a pattern sees


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reporting word with its source and content, as spans of the report's text.

    `source` is None when the sentence names none; `inherits` then says that it is the subject of the verb before. `relay` is who was
    told, when that may be an outlet. `kind` is the class of the reporting word, `rule` the pattern that read it.
    """

    cue: Span
    source: Span | None
    content: Span
    kind: str
    stance: Stance
    rule: str
    clause: int
    negated: bool = False
    inherits: bool = False
    quoted: bool = False
    relay: Span | None = None
    verb: Span | None = None


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    frames: frozenset[str]
    kinds: frozenset[str]
    lemmas: frozenset[str]
    left: re.Pattern[str]
    right: re.Pattern[str]
    inherits: bool
    agentless: bool
    pronoun_inside: bool
    voice: bool
    stance: str


@dataclass(frozen=True)
class _Grammar:
    patterns: dict[str, tuple[_Pattern, ...]]
    classes: dict[str, Stance]
    language: str
    opening: re.Pattern[str]


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


@lru_cache(maxsize=16)
def _grammar(language: str) -> _Grammar:
    table: dict[str, Any] = load_pack(language).table("grammar/attribution")
    patterns: dict[str, list[_Pattern]] = {}
    for row in table["pattern"]:
        left = row["left"] if row["left"].endswith("$") else row["left"] + "$"
        pattern = _Pattern(
            name=row["name"],
            frames=frozenset(row.get("frames", "").split()),
            kinds=frozenset(row.get("kinds", ())),
            lemmas=frozenset(row.get("lemmas", ())),
            left=re.compile(_expand(left, table["macros"])),
            right=re.compile(_expand(row["right"], table["macros"])),
            inherits=row.get("inherits", False),
            agentless=row.get("agentless", False),
            pronoun_inside=row.get("pronoun_inside", False),
            voice=row.get("voice", False),
            stance=row.get("stance", ""),
        )
        for anchor in row["anchor"]:
            patterns.setdefault(anchor, []).append(pattern)
    classes = {name: Stance(value) for name, value in table["classes"].items()}
    opening = re.compile("[kaT]*(?P<name>" + _expand("{NP}", table["macros"]) + "),")
    return _Grammar({a: tuple(p) for a, p in patterns.items()}, classes, language, opening)


def find_attributions(parse: Parse) -> list[Attribution]:
    """All attributions of a document, by cue."""
    grammar = _grammar(parse.pack.language)
    found: list[Attribution] = []
    for index, clause in enumerate(parse.clauses):
        for at, unit in enumerate(clause.units):
            if unit.kind in grammar.patterns:
                found.extend(_at_anchor(parse, grammar, clause, index, at, unit))
    found.sort(key=lambda a: (a.cue, a.content))
    return found


def _at_anchor(parse: Parse, grammar: _Grammar, clause: Clause, index: int, at: int, unit: Unit) -> Iterator[Attribution]:
    low = max(0, at - _WINDOW)
    before, after = clause.symbols[low:at], clause.symbols[at + 1 : at + 1 + _WINDOW * 2]
    entries: tuple[Reporting, ...] = unit.verb.reporting if unit.verb else ()
    noun_kind = _noun_kind(parse, unit) if unit.kind == "y" else ""
    for pattern in grammar.patterns[unit.kind]:
        entry = _entry(pattern, entries, noun_kind, unit.kind)
        if entry is None:
            continue
        inside = _pronoun_inside(parse, unit)
        if pattern.pronoun_inside != (inside is not None) and (pattern.pronoun_inside or not pattern.inherits) and inside is not None:
            continue
        if pattern.pronoun_inside and inside is None:
            continue
        right = pattern.right.match(after)
        if right is None:
            continue
        left = pattern.left.search(before)
        if left is None:
            continue
        groups: dict[str, tuple[int, int]] = {}
        for match, offset in ((left, low), (right, at + 1)):
            for name, value in match.groupdict().items():
                if value:
                    a, b = match.span(name)
                    groups[name.rstrip("2")] = (a + offset, b + offset)
        attribution = _build(parse, grammar, clause, index, unit, pattern, entry, groups, inside)
        if attribution is not None:
            yield attribution
            return


def _entry(pattern: _Pattern, entries: tuple[Reporting, ...], noun_kind: str, anchor: str) -> str | None:
    """Class of the reporting word under this pattern, None when the pattern is not for it."""
    if anchor in "S:":
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


def _noun_kind(parse: Parse, unit: Unit) -> str:
    keys = parse.tokens.keys
    return next((parse.lexicon.nouns[keys[i]] for i in range(unit.first, unit.last) if keys[i] in parse.lexicon.nouns), "")


def _pronoun_inside(parse: Parse, unit: Unit) -> Span | None:
    """The subject pronoun inside an inverted verb group ("a-t-il ajouté"), without its hyphens."""
    if unit.verb is None:
        return None
    for i in range(unit.first, min(unit.last + 1, len(parse.tokens))):
        key = parse.tokens.keys[i]
        if key.startswith("-") and len(key) > 1:
            start, stop = parse.tokens.starts[i], parse.tokens.stops[i]
            bare = key.rsplit("-", 1)[1]
            return Span(stop - len(bare), stop) if stop - len(bare) > start else Span(start, stop)
    return None


def _build(
    parse: Parse, grammar: _Grammar, clause: Clause, index: int, unit: Unit, pattern: _Pattern, kind: str,
    groups: dict[str, tuple[int, int]], inside: Span | None,
) -> Attribution | None:  # fmt: skip
    units = clause.units

    def span_of(group: tuple[int, int]) -> Span:
        return trim(parse, parse.span(units[group[0]].first, units[group[1] - 1].last))

    if "quote" in groups:
        quotation = units[groups["quote"][0]].quotation
        assert quotation is not None
        content = quotation.inner
        content = content if not quotation.inner.of(parse.text).endswith((".", ",")) else trim(parse, content)
    elif "content" in groups:
        content = span_of(groups["content"])
        if "target" in groups:
            content = span_of(groups["target"]).cover(content)
    else:
        return None
    source = inside if inside is not None and pattern.pronoun_inside else None
    if "source" in groups:
        source = _with_name_before(parse, grammar, clause, groups["source"], span_of(groups["source"]))
        initial = unit.kind == "S" and parse.tokens.keys[unit.first] in initial_sources(parse.pack)
        if (pattern.voice or initial) and kind_of(parse, source) is SourceKind.OTHER and "p" not in clause.symbols[slice(*groups["source"])]:
            return None
    if source is None and not (pattern.inherits or pattern.agentless or unit.kind == "y"):
        return None
    if len(content) < 2:
        return None
    cue = parse.span(unit.first, unit.last)
    if inside is not None and inside.stop > cue.stop:
        cue = Span(cue.start, inside.stop)
    stance = Stance(pattern.stance) if pattern.stance else grammar.classes[kind]
    return Attribution(
        cue=cue,
        source=source,
        content=content,
        kind=kind,
        stance=stance,
        rule=f"{grammar.language}/attribution:{pattern.name}",
        clause=index,
        negated=bool(unit.verb and unit.verb.negated),
        inherits=pattern.inherits and source is None,
        quoted="quote" in groups,
        relay=span_of(groups["relay"]) if "relay" in groups else None,
        verb=parse.span(unit.verb.head, unit.verb.head + 1) if unit.verb else None,
    )


def _with_name_before(parse: Parse, grammar: _Grammar, clause: Clause, group: tuple[int, int], source: Span) -> Span:
    """As in "Mr Akufo-Addo, president of Ghana said": a sentence that opens with a name and has no second comma."""
    match = grammar.opening.fullmatch(clause.symbols[: group[0]])
    if match is None or group[1] >= len(clause.units) or clause.symbols[group[1]] not in "RBVU":
        return source
    first, last = match.span("name")
    name = clause.units[first].first, clause.units[last - 1].last
    return parse.span(*name).cover(source) if "P" in parse.tags[slice(*name)] else source


_EDGES = " \t\r\n\u00a0\u202f,;:.!?…،؛؟-–—"


def trim(parse: Parse, span: Span) -> Span:
    """A span without white space and punctuation at its edges, and without quotation marks that wrap all of it."""
    text = parse.text
    start, stop = span.start, span.stop
    while start < stop and (text[start] in _EDGES or _is_symbol(text[start])):
        start += 1
    while stop > start and (text[stop - 1] in _EDGES or _is_symbol(text[stop - 1])) and not _closes_abbreviation(parse, start, stop):
        stop -= 1
    if (inner := parse.inner_of.get((start, stop))) is not None:
        return inner
    opened = text[start:stop]
    if opened.count("(") != opened.count(")"):
        if opened.endswith(")"):
            stop -= 1
        elif opened.startswith("("):
            start += 1
    return Span(start, stop)


def _is_symbol(char: str) -> bool:
    """Emoji and the like, glued to a word or not."""
    return char > "\u2000" and unicodedata.category(char) in ("So", "Sk", "Cf", "Mn", "Co")


def _closes_abbreviation(parse: Parse, start: int, stop: int) -> bool:
    return parse.text[stop - 1] == "." and parse.text[stop - 3 : stop - 2] == "." and stop - start > 3


def with_content(attribution: Attribution, content: Span) -> Attribution:
    """The same attribution with another content."""
    return replace(attribution, content=content)


def stance_words(pack: Pack) -> dict[str, frozenset[str]]:
    """The words inside a content that change its stance (see `grammar/attribution.toml` [stance])."""
    return {name: frozenset(words) for name, words in pack.table("grammar/attribution")["stance"].items()}
