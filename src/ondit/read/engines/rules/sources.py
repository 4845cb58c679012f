"""What of the phrase before or behind a reporting word is the voice, and which phrases are none."""

import re

from ondit.model import Span
from ondit.read.engines.rules.attribution import Attribution
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse
from ondit.read.engines.rules.voices import voice_words


def source_alone(parse: Parse, source: Span) -> Span:
    """A voice without what it only happens to be, to wear or to be asked by ("a man | surrounded by soldiers"), and without a long explanation in brackets behind it."""
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    keys, circumstances = parse.tokens.keys, voice_words(parse.pack).circumstances
    at = next((i for i in range(first + 1, last) if keys[i] in circumstances and parse.tags[i] in "vgVAN"), last)
    bracket = next((i for i in range(first + 1, at) if keys[i] == "("), at)
    explained = at - bracket > _EXPLAINED and keys[at - 1] == ")"
    end = bracket if explained else at
    return source if end == last else trim(parse, parse.span(first, end))


_EXPLAINED = 9  # tokens in brackets, the brackets counted: what is longer is no short name


def knows_itself(parse: Parse, source: Span) -> bool:
    """As in "according to our information": the report is no voice of its own."""
    words = voice_words(parse.pack)
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    keys = parse.tokens.keys[first : min(last, first + _POSSESSED)]
    return bool(keys) and keys[0] in words.ours and not words.knowledge.isdisjoint(keys)


_POSSESSED = 3  # tokens: "our own information"
_ISSUED = re.compile(r"[jJ](?:e?T|a|e[ny])*b(?P<by>[ny](?:o[ny])*)|(?:L[VR]p?|[VR]p)(?P<whose>[ny])")


def issuer(parse: Parse, attribution: Attribution, source: Span) -> Span:
    """Who speaks in "according to a report | released on Thursday by Human Rights Watch": the document is how it was published."""
    if attribution.verb is not None:
        return source
    words = voice_words(parse.pack)
    first = parse.token_at(source.start)
    if words.documents.isdisjoint(parse.tokens.keys[first : first + 3]):
        return source
    clause = parse.clauses[attribution.clause]
    at = next((i for i, unit in enumerate(clause.units) if unit.first >= first and unit.kind in "ny"), None)
    match = None if at is None else _ISSUED.match(clause.symbols, at + 1)
    seen = clause.units[at + 1].verb if at is not None and match is not None else None
    if seen is not None and any(entry.kind == "relay" for entry in seen.reporting):
        return source  # "a report seen by AFP" is not AFP's
    if match is None or (match["whose"] is not None and not phrases(parse.pack).verb_first):
        return source
    low, high = match.span("by" if match["by"] is not None else "whose")
    return trim(parse, parse.span(clause.units[low].first, clause.units[high - 1].last))


def can_speak(parse: Parse, attribution: Attribution, source: Span) -> bool:
    """Not "no group has claimed …", nor "according to plan"."""
    words = voice_words(parse.pack)
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    keys = parse.tokens.keys[first:last]
    if not keys:
        return True  # a pronoun inside the verb: "a-t-il dit"
    if keys[0] in words.nobody:
        return False
    if attribution.verb is not None or any(tag == "P" for tag in parse.tags[first:last]):
        return True
    text, starts = parse.text, parse.tokens.starts  # a capital makes a name: "the World Food Programme"
    return not any(k in words.mute and not text[starts[first + i]].isupper() for i, k in enumerate(keys[:3]))
