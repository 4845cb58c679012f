"""Who says what: finds each reporting word's source and content by the grammar of the language pack.

The terms are those of PARC 3.0 (Pareti 2015): an attribution has a source, a cue and a content.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from ondit.model import SourceKind, Span, Stance
from ondit.model.records import record
from ondit.read.engines.rules.attribution_patterns import Pattern, PatternGrammar, load_grammar
from ondit.read.engines.rules.colons import is_dateline, is_seat, is_unknown_name, says_where, speaks_of_itself
from ondit.read.engines.rules.edges import (
    is_label,
    trim,
    with_opening_mark,
    without_closing_mark,
    without_first_label,
    without_label,
)
from ondit.read.engines.rules.held_contents import head_of, head_tells, holds, opens_with_figure, tells
from ondit.read.engines.rules.lexicon import Reporting
from ondit.read.engines.rules.phrases import initial_sources, phrases
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Clause, Parse, Unit
from ondit.read.engines.rules.verdicts import behind_verdict, is_verdict
from ondit.read.engines.rules.voices import is_document, kind_of, told_outlet, voice_words

_WINDOW = 60  # units around an anchor that a pattern sees


@record
class Attribution:
    """One reporting word with its source and content, as spans of the report's text.

    `source` is None when the sentence names none; `inherits` then says that it is the subject of the verb before. `relay` is who was
    told, when that may be an outlet; `relayed`: it is a voice whoever it is ("X quoted Y"); `aside`: all of it stands in brackets.
    `kind` is the class of the reporting word, `rule` the pattern that read it.
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
    relayed: bool = False
    aside: bool = False


def find_attributions(parse: Parse) -> list[Attribution]:
    """All attributions of a document, by cue."""
    grammar = load_grammar(parse.pack.language)
    anchors = [
        _anchor(parse, grammar, clause, index, at)
        for index, clause in enumerate(parse.clauses)
        for at, unit in enumerate(clause.units)
        if unit.kind in grammar.patterns
    ]
    fits = [_fits(grammar, anchor, parse.tokens.keys) for anchor in anchors]
    first = [next(fitting, None) for fitting in fits]
    found: list[Attribution] = []
    for anchor, begin, others in zip(anchors, first, fits, strict=True):
        for fit in chain((begin,), others):
            attribution = _build(parse, grammar, anchor, fit) if fit is not None else None
            if attribution is not None:  # of the first pattern that fits and yields one
                found.append(attribution)
                break
    found.sort(key=lambda a: (a.cue, a.content))
    return found


@record
class _Anchor:
    """A reporting word in its sentence: the unit, what it may be, and the pronoun inside it ("a-t-il ajouté")."""

    clause: Clause
    index: int
    at: int
    unit: Unit
    entries: tuple[Reporting, ...]
    noun_kind: str
    pronoun: Span | None
    impersonal: bool


@record
class _Fit:
    """A pattern that fits an anchor: the class of the word under it, and its groups as units of the sentence."""

    pattern: Pattern
    kind: str
    groups: dict[str, tuple[int, int]]


def _anchor(parse: Parse, grammar: PatternGrammar, clause: Clause, index: int, at: int) -> _Anchor:
    unit = clause.units[at]
    pronoun = _pronoun_inside(parse, unit)
    return _Anchor(
        clause=clause,
        index=index,
        at=at,
        unit=unit,
        entries=unit.verb.reporting if unit.verb else (),
        noun_kind=_noun_kind(parse, unit) if unit.kind == "y" else "",
        pronoun=pronoun,
        impersonal=pronoun is not None and pronoun.of(parse.text).lower() in grammar.impersonal,
    )


def _fits(grammar: PatternGrammar, anchor: _Anchor, keys: Sequence[str]) -> Iterator[_Fit]:
    low, symbols = max(0, anchor.at - _WINDOW), anchor.clause.symbols
    before, after = symbols[low : anchor.at], symbols[anchor.at + 1 : anchor.at + 1 + _WINDOW * 2]
    inside = anchor.pronoun is not None
    for pattern, kind in grammar.applicable(anchor.unit.kind, anchor.entries, anchor.noun_kind):
        if (not inside and pattern.pronoun_inside) or (inside and not pattern.pronoun_inside and not pattern.inherits):
            continue
        if pattern.impersonal and not anchor.impersonal:
            continue
        if pattern.before and not (anchor.at and keys[anchor.clause.units[anchor.at - 1].first] in pattern.before):
            continue
        right = pattern.right.match(after)
        left = pattern.left.search(before) if right is not None else None
        if left is not None and right is not None:
            yield _Fit(pattern, kind, {**_groups(left, low), **_groups(right, anchor.at + 1)})


def _groups(match: re.Match[str], offset: int) -> dict[str, tuple[int, int]]:
    """Named groups that matched something, as units of the sentence."""
    spans = [(name, match.span(name)) for name, value in match.groupdict().items() if value]
    return {name.rstrip("23"): (a + offset, b + offset) for name, (a, b) in spans}


def _noun_kind(parse: Parse, unit: Unit) -> str:
    keys, first = parse.tokens.keys, unit.first
    behind = first + 1 + (parse.tags[first] == "D") if phrases(parse.pack).verb_first else unit.last
    return next((parse.lexicon.nouns[key] for key in keys[first:behind] if key in parse.lexicon.nouns), "")


def _pronoun_inside(parse: Parse, unit: Unit) -> Span | None:
    """The subject pronoun inside an inverted verb group ("a-t-il ajouté"), without its hyphens."""
    if unit.verb is None:
        return None
    for i, key in enumerate(parse.tokens.keys[unit.first : unit.last + 1], unit.first):
        if key[0] == "-" and len(key) > 1:
            start, stop = parse.tokens.starts[i], parse.tokens.stops[i]
            bare = key.rsplit("-", 1)[1]
            return Span(stop - len(bare), stop) if stop - len(bare) > start else Span(start, stop)
    return None


def _build(parse: Parse, grammar: PatternGrammar, anchor: _Anchor, fit: _Fit) -> Attribution | None:
    groups, pattern, unit = fit.groups, fit.pattern, anchor.unit
    content = _content(parse, anchor.clause, groups)
    nobody = unit.kind in "IR" and _says_nobody(parse, grammar, unit.first)
    source = None if nobody else _source(parse, grammar, anchor, fit)
    if pattern.happening and content is not None and _could_say_it(parse, content):
        return None  # "denied | the ministry": whoever could say it is no content
    if content is not None and not holds(parse, pattern, content):
        return None
    if "verdict" in groups and not is_verdict(parse, anchor.clause.units[groups["verdict"][0]]):
        return None
    if pattern.led and not _is_led(parse, anchor.clause, groups["relay"]):
        return None
    if (
        pattern.figure
        and "target" in groups
        and not opens_with_figure(parse, anchor.clause.units[groups["content"][0]])
    ):
        return None
    relay, content = told_outlet(parse, anchor.unit, content)
    nobody = nobody or pattern.agentless or anchor.impersonal
    voiced = source is not None or pattern.inherits or nobody or unit.kind == "y"
    mute = "source" in groups and source is None and not nobody
    if content is None or len(content) < 2 or mute or not voiced:
        return None
    cue = written(parse, unit.first, unit.last)
    if anchor.pronoun is not None and anchor.pronoun.stop > cue.stop:
        cue = Span(cue.start, anchor.pronoun.stop)
    return Attribution(
        cue=cue,
        source=source,
        content=content,
        kind=fit.kind,
        stance=Stance(pattern.stance) if pattern.stance else grammar.classes[fit.kind],
        rule=f"{grammar.language}/attribution:{pattern.name}",
        clause=anchor.index,
        negated=bool(unit.verb and unit.verb.negated),
        inherits=pattern.inherits and source is None and not nobody,
        quoted="quote" in groups,
        relay=relay or (_span_of(parse, anchor.clause, groups["relay"]) if "relay" in groups else None),
        verb=parse.span(unit.verb.head, unit.verb.head + 1) if unit.verb else None,
        relayed=pattern.relays and "relay" in groups,
        aside=pattern.aside,
    )


def written(parse: Parse, first: int, last: int) -> Span:
    """The tokens with what is written together with them, in a language that fuses small words: "and | said", "said | it"."""
    tokens, clitics = parse.tokens, parse.pack.token_rules.clitics
    if clitics is not None:
        while first and tokens.stops[first - 1] == tokens.starts[first] and tokens.keys[first - 1] in clitics.joins:
            first -= 1
        while (
            last < len(tokens)
            and tokens.starts[last] == tokens.stops[last - 1]
            and tokens.keys[last] in clitics.suffixes
        ):
            last += 1
    return tokens.span(first, last)


def _last_joined(anchor: _Anchor, group: tuple[int, int]) -> tuple[int, int]:
    """Of "shelled | the market and the army | said" only what stands behind "and": the first is what was shelled."""
    first, last = group
    symbols = anchor.clause.symbols
    joined = symbols.rfind("k", first, last)
    governed = first > 0 and symbols[first - 1] in _GOVERNING and last <= anchor.at
    return (joined + 1, last) if governed and joined >= 0 else group


_GOVERNING = frozenset("VURBvjgiGIJ")


def _is_led(parse: Parse, clause: Clause, relay: tuple[int, int]) -> bool:
    """Does "via" stand before the relay ("The army (via Radio Okapi): …")? "The army (in Gao): …" has none."""
    before = clause.units[relay[0] - 1].last
    relaying: list[str] = parse.pack.table("grammar/attribution").get("credit", {}).get("relaying", ())
    return parse.tokens.keys[before - 1] in relaying


def _span_of(parse: Parse, clause: Clause, group: tuple[int, int]) -> Span:
    return trim(parse, parse.span(clause.units[group[0]].first, clause.units[group[1] - 1].last))


def _content(parse: Parse, clause: Clause, groups: dict[str, tuple[int, int]]) -> Span | None:
    if "quote" in groups:
        quotation = clause.units[groups["quote"][0]].quotation
        assert quotation is not None
        ends = quotation.inner.of(parse.text).endswith((".", ","))
        return trim(parse, quotation.inner) if ends else quotation.inner
    if "content" not in groups:
        return None
    content = _span_of(parse, clause, groups["content"])
    content = with_opening_mark(parse, without_label(parse, without_closing_mark(parse, content)))
    first, last = parse.token_at(content.start), parse.token_at(content.stop)
    grammar = phrases(parse.pack)
    several = last - first > 1 and not grammar.verb_first
    if several and grammar.words.get(parse.tokens.keys[first]) == "C" and parse.tags[first] in "SR":
        content = Span(parse.tokens.starts[first + 1], content.stop)  # "ne reconnaît | qu'| une dizaine"
    return _span_of(parse, clause, groups["target"]).cover(content) if "target" in groups else content


def _source(parse: Parse, grammar: PatternGrammar, anchor: _Anchor, fit: _Fit) -> Span | None:
    """The source's phrase; None when there is none, or when the pattern asks for a voice and the phrase is none."""
    if _is_ours(parse, anchor.unit):
        return None
    if "source" not in fit.groups:
        return _inside_verb(parse, anchor, fit)
    group = fit.groups["source"]
    group = _last_joined(anchor, group)
    source = _with_name_before(parse, grammar, anchor.clause, group, _span_of(parse, anchor.clause, group))
    source = behind_verdict(parse, source)
    if anchor.unit.kind == ":":
        source = without_first_label(parse, source)
        if (
            is_label(parse, source)
            or is_dateline(parse, anchor.clause, anchor.at)
            or (group[1] <= anchor.at and says_where(parse, source, anchor.unit.last))
        ):
            return None
    initial = anchor.unit.kind == "S" and parse.tokens.keys[anchor.unit.first] in initial_sources(parse.pack)
    pronoun = "p" in anchor.clause.symbols[slice(*group)]
    first = phrases(parse.pack).verb_first and group[1] <= anchor.at and anchor.unit.kind != ":"
    passive = first and _is_impersonal(parse, anchor.unit)  # "an aircraft | believed to be …"
    # "the arrest of | five men | suspected of": what happens says nothing, nor does "announced therein | its responsibility".
    told = first or (phrases(parse.pack).verb_first and head_of(parse, source) not in voice_words(parse.pack).documents)
    told = told and anchor.unit.kind != ":" and tells(parse, source)
    unable = (passive or told) and kind_of(parse, source) is SourceKind.OTHER
    mute_head = fit.pattern.noun if pronoun else unable or head_of(parse, source) in phrases(parse.pack).told_nouns
    if mute_head:  # "it turned out that", too
        return None
    mute = fit.pattern.voice or initial
    mute = mute and not (anchor.unit.kind == ":" and speaks_of_itself(parse, anchor.unit.last))
    first = group[1] <= anchor.at
    mute = mute and not (anchor.unit.kind in "-:" and is_seat(parse, source))
    mute = mute and not (anchor.unit.kind == ":" and first and is_unknown_name(parse, source))
    mute = mute or (anchor.unit.kind in "-:" and not first and _tells_at_its_end(parse, source))
    mute = mute and not pronoun and not is_document(parse, source)
    documents = voice_words(parse.pack).documents if fit.pattern.told else voice_words(parse.pack).told_by
    mute = mute and head_of(parse, source) not in documents
    mute = mute and (
        kind_of(parse, source) is SourceKind.OTHER or (tells(parse, source) and not _ends_in_people(parse, source))
    )
    if anchor.unit.kind == "(" and (
        _abbreviates(parse, anchor.unit.first, source) or kind_of(parse, source) is SourceKind.PERSON
    ):
        return None  # "(Abu Omar)" is what somebody is called
    unnamed = fit.pattern.named and not set(_tags_of(parse, source)) <= set("PN")
    return None if mute or unnamed else source


def _tells_at_its_end(parse: Parse, source: Span) -> bool:
    """As in "Army radio – navy facilities hit": what stands behind the dash is no voice, it is what was said."""
    key = parse.tokens.keys[parse.token_at(source.stop) - 1]
    return key in load_triggers(parse.pack).entries and key not in voice_words(parse.pack).kinds


def _ends_in_people(parse: Parse, source: Span) -> bool:
    """As in "rescue workers", "strike witnesses": nouns in a row are what the last one is."""
    last = parse.token_at(source.stop) - 1
    known = parse.tokens.keys[last] in voice_words(parse.pack).kinds
    return known and not phrases(parse.pack).verb_first and set(_tags_of(parse, source)) <= set("DAN")


def _says_nobody(parse: Parse, grammar: PatternGrammar, at: int) -> bool:
    """Does a pronoun of nobody lead to the reporting word at this token: "it is worth | noting that", « il faut aussi | rappeler que »?"""
    keys = parse.tokens.keys
    if grammar.dummy_ends.isdisjoint(keys[max(0, at - 1 - _ADVERBS) : at]):
        return False
    return any(
        tuple(keys[begin : begin + len(words)]) == words
        for words in grammar.dummies
        for begin in range(max(0, at - len(words) - _ADVERBS), at - len(words) + 1)
    )


_ADVERBS = 1  # words between: "il faut également souligner"


def _inside_verb(parse: Parse, anchor: _Anchor, fit: _Fit) -> Span | None:
    """The voice that is hidden in the verb, or the pronoun that stands inside it."""
    if fit.pattern.subject_inside:
        hidden = not _is_impersonal(parse, anchor.unit)
        return written(parse, anchor.unit.first, anchor.unit.last) if hidden else None
    return anchor.pronoun if fit.pattern.pronoun_inside and not anchor.impersonal else None


def _could_say_it(parse: Parse, content: Span) -> bool:
    """Is it a voice and no content ("denied | the ministry", but "confirmed | the going on of the ministry's work")?"""
    if head_of(parse, content) in phrases(parse.pack).told_nouns or tells(parse, content):
        return False
    return kind_of(parse, content) is not SourceKind.OTHER


def _is_impersonal(parse: Parse, unit: Unit) -> bool:
    """As in "it is believed that", "it was announced that": nobody is hidden in the verb."""
    verbs: list[str] = parse.pack.table("grammar/attribution").get("impersonal", {}).get("verbs", ())
    head = unit.verb.head if unit.verb is not None else unit.first
    vowel = parse.text[parse.tokens.starts[head] + 1 : parse.tokens.starts[head] + 2]
    return parse.tokens.keys[head] in verbs or vowel in phrases(parse.pack).verbal_marks


def _is_ours(parse: Parse, unit: Unit) -> bool:
    """As in "we-warn | of …": who says it is whoever speaks, and what follows is no subject."""
    ours = tuple(parse.pack.table("grammar/attribution")["quotation"].get("first_person", ()))
    if unit.verb is None or not ours or not parse.tokens.keys[unit.verb.head].startswith(ours):
        return False
    return not any(entry.lemma.startswith(ours) for entry in unit.verb.reporting)


def _abbreviates(parse: Parse, bracket: int, source: Span) -> bool:
    """Is what stands in brackets the initials of the name before them ("Agence France-Presse (AFP)")?"""
    short = source.of(parse.text)
    before = parse.text[max(0, parse.tokens.starts[bracket] - _NAME_LENGTH) : parse.tokens.starts[bracket]]
    letters = "".join(
        word[0] for word in re.findall(r"\w+", before.replace("'", " ").replace("’", " ")) if word[0].isupper()
    )
    return len(short) > 1 and short.isupper() and letters.endswith(short)


_NAME_LENGTH = 90  # characters


def _with_name_before(
    parse: Parse, grammar: PatternGrammar, clause: Clause, group: tuple[int, int], source: Span
) -> Span:
    """As in "Mr Akufo-Addo, president of Ghana said" and "the president of Ghana, Mr Akufo-Addo said": two phrases, one of them a name, and no second comma."""
    before = clause.symbols[: group[0]]
    if group[1] >= len(clause.units) or clause.symbols[group[1]] not in "RBVU" or before[-1:] != ",":
        return source
    match = grammar.opening.fullmatch(before)
    first = match.start("name") if match is not None else 0
    named = match is not None and "P" in parse.tags[clause.units[first].first : clause.units[first].last]
    phrase = _units_span(parse, clause, match.span("name")) if match is not None and named else None
    if phrase is not None and not head_tells(parse, phrase):  # "Blast in Kabul, police | say"
        end = first
        while clause.symbols[end + 1 : end + 2] == "o":  # "Israel–Hamas | talks"
            end += 2
        head = clause.units[end].last - 1
        can_be_called = parse.tags[head] == "P" or parse.tokens.keys[head] in voice_words(parse.pack).people
        return phrase.cover(source) if can_be_called else source
    match = grammar.titled.search(before) if not _tags_of(parse, source).strip("P") else None
    title = _units_span(parse, clause, match.span("name")) if match is not None else None
    people = voice_words(parse.pack).people
    return title.cover(source) if title is not None and head_of(parse, title) in people else source


def _units_span(parse: Parse, clause: Clause, units: tuple[int, int]) -> Span:
    return parse.span(clause.units[units[0]].first, clause.units[units[1] - 1].last)


def _tags_of(parse: Parse, span: Span) -> str:
    return parse.tags[parse.token_at(span.start) : parse.token_at(span.stop)]
