"""Figures that are said to be none: "no casualties", "aucun blessé", "nobody was hurt"."""

from collections.abc import Iterator, Sequence

from ondit.model import Count
from ondit.read.engines.rules.count_nouns import noun_phrase
from ondit.read.engines.rules.count_words import DEFAULTS, FATES, CountWords
from ondit.read.engines.rules.units import Parse

_TOLD = FATES | {"abducted", "arrested"}


def zeros(parse: Parse, owner: Sequence[int], words: CountWords) -> Iterator[Count]:
    """Figures that are said to be none."""
    keys = parse.tokens.keys
    for at in parse.where({phrase[0] for phrase in words.zero}):
        if owner[at] < 0:
            continue
        phrase = next((p for p in words.zero if tuple(keys[at : at + len(p)]) == p), None)
        if phrase is None:
            continue
        head, last, _ = noun_phrase(parse, at + len(phrase), parse.clauses[owner[at]].last, words)
        kind = words.noun_class(keys[head]) if head >= 0 else ""
        what = DEFAULTS.get(kind, kind) if kind in FATES or kind == "casualties" else ""
        if kind in ("people", "troops"):  # "no soldiers were hurt"
            after = (words.verbs.get(k) for k in keys[last : min(last + 6, parse.clauses[owner[at]].last)])
            what = next((fate.what for fate in after if fate is not None and fate.what in _TOLD), "")
        if what:
            span = parse.span(at, last)
            yield Count(
                what,
                0,
                0,
                span,
                span.of(parse.text),
                0,
                parse.words(head, last),
                f"{parse.pack.language}/counts:zero",
                f"'{keys[at]}': none",
            )


def nobodies(parse: Parse, owner: Sequence[int], words: CountWords) -> Iterator[Count]:
    """Nobody was killed, no one was hurt."""
    keys, verbs = parse.tokens.keys, words.verbs
    for at in parse.where(words.nobody):
        if owner[at] < 0:
            continue
        phrase = next((p for p in words.nobody_phrases if tuple(keys[at + 1 - len(p) : at + 1]) == p), None)
        if phrase is None:
            continue
        first, clause = at + 1 - len(phrase), parse.clauses[owner[at]]
        if parse.tags[first - 1 : first] in ("D", "#", "A"):
            continue  # "une | personne"
        after = next((k for k in keys[at + 1 : min(at + 5, clause.last)] if k in verbs), "")
        before = keys[first - 1] if first > clause.first and keys[first - 1] in verbs else ""
        fate = verbs.get(after or before)
        if fate is not None and fate.what in _TOLD:
            span = parse.span(first, at + 1)
            rule = f"{parse.pack.language}/counts:zero"
            yield Count(fate.what, 0, 0, span, span.of(parse.text), 0, "", rule, f"'{span.of(parse.text)}': none")
