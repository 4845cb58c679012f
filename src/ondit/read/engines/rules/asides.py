"""Stretches that tell of something else than what stands around them: a relative clause, an apposition, what a strike answers, since when it is the first.

A place or a day in them is seldom where or when the rest happened ("Crimea, | a peninsula annexed in 2014"). Words are in `grammar/asides.toml`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Aside
from ondit.model.records import record
from ondit.read.engines.rules.units import Clause, Parse

_HEAD = re.compile(r"[ny](?:o[ny])*,?$")
"""What a relative clause or participle stands behind: "the village of Beni, |"."""
_APPOSED = re.compile(r",(?=[ny](?:o[ny])*[jJ])")
_PARTICIPLE = re.compile(r"(?:(?<=[ny])|(?<=[ny],))[jJ](?=[aTetb])")
_ENDS = frozenset(",;:()-")
_FINITE = frozenset("VURB")
_LONGEST = 60  # tokens looked back at for what a "since" counts from, and on for the end of what is answered

_Rests = tuple[tuple[str, ...], ...]
"""What goes on after the first word of a phrase."""


@record
class _Words:
    relatives: frozenset[str]  # words that open a relative clause and are no relative pronoun for other grammars
    since: frozenset[str]
    reckoned: Mapping[str, _Rests]  # "deadliest", "third": counted since a time, not lasting since then
    answers: Mapping[str, _Rests]  # "in retaliation for"
    firsts: frozenset[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    table = load_pack(language).table("grammar/asides")
    answers = _by_first_word(table["answers"]["phrases"])
    since = frozenset(table["since"]["words"])
    return _Words(
        relatives=frozenset(table["relatives"]["words"]),
        since=since,
        reckoned=_by_first_word(table["since"]["reckoned"]),
        answers=answers,
        firsts=since | frozenset(answers),
    )


def _by_first_word(phrases: Sequence[str]) -> dict[str, _Rests]:
    table: dict[str, _Rests] = {}
    for phrase in phrases:
        first, *rest = phrase.replace("'", "' ").split()
        table[first] = (*table.get(first, ()), tuple(rest))
    return table


def find_asides(parse: Parse) -> tuple[Aside, ...]:
    """The asides of a document in text order, each with the phrase it tells more about, where there is one."""
    words = _words(parse.pack.language)
    found = [aside for clause in parse.clauses for aside in _relatives(parse, clause, words)]
    found += _phrases(parse, words)
    return tuple(sorted(found, key=lambda aside: (aside.span.start, aside.span.stop)))


def _relatives(parse: Parse, clause: Clause, words: _Words) -> Iterator[Aside]:
    """Relative clauses, and appositions and nouns with a participle: "péninsule annexée en 2014", "built in 1970"."""
    symbols, keys = clause.symbols, parse.tokens.keys
    for at, unit in enumerate(clause.units):
        relative = unit.kind == "L" or (unit.kind in "WC" and keys[unit.last - 1] in words.relatives)
        if relative and at and symbols[at - 1] in "ny,eto":
            yield _aside(parse, clause, at, _relative_end(symbols, at, after_comma=symbols[at - 1] == ","))
    for match in (*_APPOSED.finditer(symbols), *_PARTICIPLE.finditer(symbols)):
        yield _aside(parse, clause, match.end() if match[0] == "," else match.start(), _end(symbols, match.end()))


def _aside(parse: Parse, clause: Clause, at: int, end: int) -> Aside:
    units, before = clause.units, at
    while before and clause.symbols[before - 1] in "etob":  # "in | which"
        before -= 1
    match = _HEAD.search(clause.symbols, 0, before)
    head = parse.span(units[match.start()].first, units[before - 1].last) if match is not None else None
    bound = clause.units[at].kind not in "nyjJ" and clause.symbols[before - 1 : before] != ","
    return Aside(parse.span(units[at].first, units[end - 1].last), head, bound=bound)


def _relative_end(symbols: str, at: int, *, after_comma: bool) -> int:
    """The unit at which a relative clause ends: the next comma behind its verb, or the finite verb of what stands around it."""
    verbs = 0
    for index in range(at + 1, len(symbols)):
        if symbols[index] in ";:()-." or (symbols[index] == "," and verbs):
            return index
        if symbols[index] in _FINITE:
            verbs += 1
            if verbs > 1 and not after_comma and symbols[index - 1] not in "k,CLWs":
                return index
    return len(symbols)


def _end(symbols: str, at: int) -> int:
    return next((i for i in range(at + 1, len(symbols)) if symbols[i] in _ENDS or symbols[i] in _FINITE), len(symbols))


def _phrases(parse: Parse, words: _Words) -> Iterator[Aside]:
    """What an attack answers, and the time since when it is the first or the worst."""
    keys = parse.tokens.keys
    sentences = parse.document.sentences
    for at in parse.where(words.firsts):
        place = parse.tokens.starts[at]
        index = bisect_right(sentences, place, key=lambda s: s.start) - 1
        if index < 0:
            continue
        sentence = sentences[index]
        start, stop = parse.token_at(sentence.start), parse.token_at(sentence.stop)
        answers = _goes_on(keys, at, words.answers)
        reckoned = keys[at] in words.since and any(
            _goes_on(keys, i, words.reckoned) for i in range(max(start, at - _LONGEST), at)
        )
        if answers or reckoned:
            yield Aside(parse.span(at, _phrase_end(keys, at, stop)), None, apart=True)


def _goes_on(keys: Sequence[str], at: int, phrases: Mapping[str, _Rests]) -> bool:
    return any(tuple(keys[at + 1 : at + 1 + len(rest)]) == rest for rest in phrases.get(keys[at], ()))


def _phrase_end(keys: Sequence[str], at: int, stop: int) -> int:
    return next((i for i in range(at + 1, min(stop, at + _LONGEST)) if keys[i] in _MARKS), max(stop, at + 1))


_MARKS = frozenset(",;:.؛،()")
