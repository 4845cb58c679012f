"""From tokens to expressions: where to look, and which of several readings to keep."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from ondit.languages.packs import Pack
from ondit.model import Span, TimeExpression, TimexType, Tokens
from ondit.model.records import replace
from ondit.read.engines.rules.times.grammar import Far, Grammar, grammar_of
from ondit.read.engines.rules.times.lexemes import Lexemes, lex
from ondit.read.engines.rules.times.matching import Found, Matcher, Reader
from ondit.text.folding import fold_word

# Tokens looked at before and after one that can belong to an expression.
_BEFORE, _AFTER = 8, 9

# A text as short as this is looked at as a whole: there is no time to save.
_SHORT = 160

_SETS_OFF = re.compile(r"[,،;؛.:()]\s")  # "at the Shifa hospital, on Thursday"
_NAME = 24  # characters looked at on both sides for the word that a date is the name of

# A number that touches one of these on its left is part of something else: "$1990", "F-16.2", "#3".
_GLUED = frozenset("$€£¥#@&%.,/\\_=+")


class Form(StrEnum):
    """What counts as one expression.

    `whole`: a construction with the prepositions that give it its interval, "since 1986", "from 3 to 7 May". `timex3` follows TimeML
    1.2.1: prepositions stand outside, both ends of a range are expressions of their own. `command`: whole, and readings that only
    make sense when somebody speaks to a machine ("2/15", "in two weeks" as a day).
    """

    WHOLE = "whole"
    TIMEX3 = "timex3"
    COMMAND = "command"


def find_times(
    text: str, tokens: Tokens, pack: Pack, *, start: int = 0, stop: int | None = None, form: Form = Form.WHOLE
) -> list[TimeExpression]:
    """Time expressions of `text[start:stop]` in text order, not yet anchored (`resolve_times` does that).

    The `value` of an expression is the formula of what it means, `=(last (weekday 5))`, until it is anchored.
    """
    whole = form is not Form.TIMEX3
    reader = reader_of(pack)
    end = len(text) if stop is None else stop
    styles = frozenset({"", form.value, "whole" if whole else "narrow"})
    expressions: list[TimeExpression] = []
    known, prefixes = reader.grammar.firsts[""], reader.grammar.prefixes
    windows = list(_windows(text, tokens, reader.grammar, start, end))
    for lexemes in [lex(text, first, last, known=known, prefixes=prefixes) for first, last in windows]:
        readings = _readings(reader, lexemes, styles)
        for found in _reach_back(readings, lexemes, reader.grammar.far) if whole else readings:
            expressions.extend(_expressions(found, lexemes, whole, pack.language))
    names = pack.table("grammar/time").get("names", {})
    before, behind = names.get("before", ()), names.get("behind", ())
    never = {"".join(chr(int(code, 16)) for code in word.split()) for word in names.get("never", ())}
    return [
        e
        for e in expressions
        if e.text not in never and (e.type is not TimexType.DATE or not _names_something(text, e.span, before, behind))
    ]


def _names_something(text: str, span: Span, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Is the date a name's ("the March 3 Front", « Mouvement du 20 février »)?"""
    if behind:
        after = text[span.stop : span.stop + _NAME].lstrip(" -").partition(" ")[0].rstrip(".,;:)'’")
        if after[:1].isupper() and after.lower() in behind:
            return True
    if _in_a_quoted_name(text, span):
        return True
    words = _SETS_OFF.split(text[max(0, span.start - _NAME) : span.start])[-1].split()
    return bool(before) and any(fold_word(word) in before for word in words[-2:])


def _in_a_quoted_name(text: str, span: Span) -> bool:
    """Does it end a quotation of one to three words that goes on its sentence, as in "the channel «Libya Today»", "«the Morning», agencies"?"""
    opening = _QUOTED_NAME.search(text, max(0, span.start - _NAME), span.start)
    return opening is not None and text[span.stop : span.stop + 1] == _CLOSES[opening.group(1)]


_QUOTED_NAME = re.compile(r"(?<=[\w:-] )([«“\"])(?:\w+ ){0,2}$")
_CLOSES = {"«": "»", "“": "”", '"': '"'}


def _windows(text: str, tokens: Tokens, grammar: Grammar, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches of text (code points) around the tokens that can belong to an expression."""
    if stop - start <= _SHORT:
        yield start, stop
        return
    keys, starts = tokens.keys, tokens.starts
    written = set(keys)
    telling = {key for key in written if grammar.tells(key)}
    capitals = grammar.capitals & written
    hits = [i for i, key in enumerate(keys) if key in telling or (key in capitals and not text[starts[i]].islower())]
    n = len(keys)
    index = 0
    while index < len(hits):
        first = max(0, hits[index] - _BEFORE)
        last = hits[index] + _AFTER
        while index + 1 < len(hits) and hits[index + 1] - _BEFORE <= last:
            index += 1
            last = hits[index] + _AFTER
        index += 1
        a = max(start, tokens.starts[first])
        b = min(stop, tokens.stops[min(last, n) - 1])
        if a < b:
            yield a, b


_readers: dict[int, Reader] = {}


def reader_of(pack: Pack) -> Reader:
    """The pack's grammar, compiled once."""
    grammar = grammar_of(pack)
    if id(grammar) not in _readers:
        _readers[id(grammar)] = Reader(grammar)
    return _readers[id(grammar)]


def _readings(reader: Reader, lexemes: Lexemes, styles: frozenset[str]) -> Iterator[Found]:
    """The longest reading at each place, left to right."""
    matcher = Matcher(reader, lexemes, styles)
    begins = reader.grammar.begins
    keys = lexemes.keys
    free = 0
    for at, key in enumerate(keys):
        if at >= free and (key in begins or key[0].isdecimal()) and _may_begin(lexemes, at):
            found = matcher.longest(at, lambda f: _may_end(lexemes, f))
            if found is not None:
                yield found
                free = found.stop


def _reach_back(readings: Iterator[Found], lexemes: Lexemes, far: tuple[Far, ...]) -> Iterator[Found]:
    """Readings, with a date joined to a far word before its clause."""
    free = 0
    for found in readings:
        if found.type is TimexType.DATE and not found.parts and (joined := _joined(found, lexemes, far, free)):
            yield joined
        else:
            yield found
        free = found.stop


def _joined(found: Found, lexemes: Lexemes, far: tuple[Far, ...], free: int) -> Found | None:
    keys = lexemes.keys
    for rule in far:
        if found.start <= free or keys[found.start - 1] not in rule.links:
            continue
        for at in range(found.start - 2, max(free, found.start - 2 - rule.reach) - 1, -1):
            if keys[at] in rule.words:
                formula = rule.means.replace("{x}", found.formula)
                return replace(found, start=at, formula=formula, name=rule.name, parts=())
            if at in lexemes.paragraphs or not (keys[at][0].isalnum() or keys[at] in "'-"):
                break
    return None


def _may_begin(lexemes: Lexemes, at: int) -> bool:
    if not at or not lexemes.tight[at]:
        return True
    before = lexemes.keys[at - 1]
    if lexemes.keys[at][0].isdecimal():
        return not (before[-1].isalnum() or before in _GLUED)
    return not (before[-1].isalnum() and lexemes.keys[at][0].isalnum())


def _may_end(lexemes: Lexemes, found: Found) -> bool:
    stop = found.stop
    if stop == len(lexemes) or not lexemes.tight[stop]:
        return True
    last, after = lexemes.keys[stop - 1], lexemes.keys[stop]
    if last[-1].isdecimal():
        if after[0].isalnum() or after == "%":
            return False
        return not (
            after in ".,:/"
            and stop + 1 < len(lexemes)
            and lexemes.tight[stop + 1]
            and lexemes.keys[stop + 1][0].isdecimal()
        )
    return not (last[-1].isalpha() and after[0].isalnum())


def _expressions(found: Found, lexemes: Lexemes, whole: bool, language: str) -> Iterator[TimeExpression]:
    if found.type is None:
        return
    if found.parts and (not whole or (found.rule and found.rule.split)):
        for part in found.parts:
            others = " ".join(p.formula for p in found.parts if p is not part)
            formula = f"(like {part.formula} {others})" if others else part.formula
            yield from _expressions(
                replace(part, type=part.type or found.type, formula=formula), lexemes, whole, language
            )
        return
    first, last = (
        (found.start, found.stop)
        if whole and not (found.rule and found.rule.outside)
        else (found.inner_start, found.inner_stop)
    )
    span = Span(lexemes.starts[first], lexemes.stops[last - 1])
    yield TimeExpression(
        span=span,
        text=span.of(lexemes.text),
        type=found.type,
        value=f"={found.formula}",
        mod=found.mod,
        rule=f"{language}/time:{found.name}",
    )
