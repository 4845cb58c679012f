"""Nouns by which a voice takes up what was just told: "…, a charge the army denies", « …, un bilan que conteste la mairie »."""

from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Span
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse, Unit


@lru_cache(maxsize=16)
def _nouns(language: str) -> frozenset[str]:
    return frozenset(load_pack(language).table("grammar/attribution").get("verdict", {}).get("nouns", ()))


def is_verdict(parse: Parse, unit: Unit) -> bool:
    """Is a phrase such a noun?"""
    return not _nouns(parse.pack.language).isdisjoint(parse.tokens.keys[unit.first : unit.last])


def behind_verdict(parse: Parse, source: Span) -> Span:
    """A source behind such a noun, or a relative pronoun, that the words let run together with it: "a claim | JNIM", "which | residents"."""
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    keys, tags = parse.tokens.keys, parse.tags
    comma = first > 0 and keys[first - 1] in _COMMAS
    if not comma or phrases(parse.pack).verb_first:
        return source
    begin = first + (phrases(parse.pack).words.get(keys[first]) == "L")
    noun = begin + (tags[begin : begin + 1] == "D")
    if noun < last - 1 and keys[noun] in _nouns(parse.pack.language) and tags[noun + 1] in "PDN":
        begin = noun + 1
    return source if begin == first or begin >= last else parse.span(begin, last)


_COMMAS = frozenset(",،")
