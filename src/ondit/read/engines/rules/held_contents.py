"""What a content or a source holds: a word for what happens, a figure, a quotation that goes on."""

from ondit.model import Span
from ondit.read.engines.rules.attribution_patterns import Pattern
from ondit.read.engines.rules.numerals import number_words
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Parse, Unit


def holds(parse: Parse, pattern: Pattern, content: Span) -> bool:
    """Does the content hold what the pattern asks for: one of its words, a figure, a word for what happens?"""
    first, last = parse.token_at(content.start), parse.token_at(content.stop)
    if pattern.contains and pattern.contains.isdisjoint(parse.tokens.keys[first:last]):
        return False
    if pattern.continued and not _goes_on(parse, content):
        return False
    if pattern.figure and not _holds_a_figure(parse, first, last):
        return False
    if pattern.told and not _tells_something(parse, first, last):
        return False
    return not pattern.tells or tells(parse, content)


def _holds_a_figure(parse: Parse, first: int, last: int) -> bool:
    """Is there a figure, in digits or in words?"""
    keys = parse.tokens.keys[first:last]
    numbers = "#" in parse.tags[first:last] or not number_words(parse.pack).values.keys().isdisjoint(keys)
    return numbers or _collective(parse, first, last)


def _tells_something(parse: Parse, first: int, last: int) -> bool:
    """Is there a word for what happens, or a figure that is no date, or none of something ("no casualties")?"""
    times = parse.times_in(parse.span(first, last)) if "#" in parse.tags[first:last] else ()
    keys = parse.tokens.keys[first:last]
    none: list[str] = parse.pack.table("grammar/counts")["zero"]["strong"]
    told = not load_triggers(parse.pack).entries.keys().isdisjoint(keys)
    dated = sum(parse.tags[parse.token_at(t.span.start) : parse.token_at(t.span.stop)].count("#") for t in times)
    return told or parse.tags.count("#", first, last) > dated or keys[:1] in [[word] for word in none]


def _collective(parse: Parse, first: int, last: int) -> bool:
    """Does a figure stand there as a noun ("une dizaine de", "dozens of")?"""
    numerals = parse.pack.table("words/numerals")
    collectives = numerals.get("collectives", {}).keys() | numerals.get("many", {}).keys()
    return not collectives.isdisjoint(parse.tokens.keys[first:last])


def opens_with_figure(parse: Parse, unit: Unit) -> bool:
    """Does a phrase begin with a figure ("…, according to the mayor, | forty dead")?"""
    return "#" in parse.tags[unit.first : unit.first + 2] or _collective(parse, unit.first, unit.last)


def _goes_on(parse: Parse, content: Span) -> bool:
    """Does the quotation in which a content ends go on its sentence: no capital, and behind a comma a conjunction or a verb?"""
    quotation = next((q for q in parse.document.quotations if q.inner.start <= content.stop - 1 <= q.outer.stop), None)
    if quotation is None or not quotation.inner.of(parse.text)[:1].islower():
        return False
    first = parse.token_at(quotation.inner.start)
    opened = parse.tokens.keys[max(0, parse.token_at(quotation.outer.start) - 1)]
    return opened not in _COMMAS or parse.tags[first] in "CVX"


_COMMAS = frozenset(",،")


def head_of(parse: Parse, phrase: Span) -> str:
    """The first word of a phrase without its article."""
    first = parse.token_at(phrase.start)
    at = first + (parse.tags[first : first + 1] == "D")
    return parse.tokens.keys[at] if at < len(parse.tokens) else ""


def tells(parse: Parse, source: Span) -> bool:
    """Is the head of the phrase a word for what happens ("the abduction of two ministers")?"""
    first = parse.token_at(source.start)
    at = first + (parse.tags[first : first + 1] == "D")
    at += parse.tags[at : at + 1] == "A"  # "a strong explosion"
    if at >= len(parse.tokens):
        return False
    entries = load_triggers(parse.pack).entries.get(parse.tokens.keys[at], ())
    return parse.tags[at] == "N" and any(entry.part == "n" and not entry.rest for entry in entries)


def head_tells(parse: Parse, phrase: Span) -> bool:
    """Is its first word one for what happens, whatever a capital makes of it?"""
    entries = load_triggers(parse.pack).entries.get(head_of(parse, phrase), ())
    return any(entry.part == "n" and not entry.rest for entry in entries)
