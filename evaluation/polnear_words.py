"""The words of `polnear.toml` as reporting words of a parse: opinions, intentions and attitudes that a claim leaves out."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ondit.read.engines.rules.lexicon import Lexicon, Reporting
from ondit.read.engines.rules.units import Clause, Parse, Unit, VerbGroup

_KIND = "estimate"  # the class that the added words take in the grammar: an opinion of somebody


@dataclass(frozen=True)
class Words:
    """The word lists of `polnear.toml`."""

    lexicon: Lexicon
    nouns: frozenset[str]
    table: dict[str, frozenset[str]]


class WideParse(Parse):
    """A parse in which the words of `polnear.toml` report, too."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """The reporting words of the language and those of PolNeAR."""
        own = super().lexicon
        return replace(own, nouns=dict.fromkeys(words().nouns, _KIND) | own.nouns)


@cache
def words() -> Words:
    """The word lists, read once."""
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("polnear.toml").read_text(encoding="utf-8"))
    entries: dict[str, list[tuple[tuple[str, ...], bool, Reporting]]] = {}
    forms: dict[str, set[str]] = {}
    irregular: dict[str, str] = table["irregular"]
    for frames, lemmas in table["verbs"].items():
        for lemma in lemmas:
            first, *rest = lemma.split()
            entry = Reporting(lemma, _KIND, frozenset(frames.split("-")))
            entries.setdefault(first, []).append((tuple(rest), False, entry))
            for form in (*_inflected(first), *irregular.get(first, "").split()):
                forms.setdefault(form, set()).add(first)
    lexicon = Lexicon(
        {form: tuple(sorted(lemmas)) for form, lemmas in forms.items()},
        {lemma: tuple(options) for lemma, options in entries.items()},
        {},
        frozenset(),
    )
    lists = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
    return Words(lexicon, lists["nouns"], lists)


def _inflected(lemma: str) -> set[str]:
    """Regular forms of an English verb; forms that do not exist do no harm."""
    if lemma.endswith("e"):
        return {lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return {lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    doubled = lemma + lemma[-1]
    plural = "es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s"
    return {lemma, lemma + plural, lemma + "ed", lemma + "ing", doubled + "ed", doubled + "ing"}


def widen(parse: Parse) -> WideParse:
    """The same parse with the words of `polnear.toml` as reporting words."""
    wide = WideParse(parse.document, parse.pack, parse.tokens, parse.tags, parse.times)
    clauses = tuple(_widened(wide, clause) for clause in parse.clauses)
    return WideParse(parse.document, parse.pack, parse.tokens, parse.tags, parse.times, clauses)


def _widened(parse: Parse, clause: Clause) -> Clause:
    units: list[Unit] = []
    for unit in clause.units:
        if units and unit.first < units[-1].last:
            continue  # a preposition that the verb before has taken in
        units.append(_wide_unit(parse, clause, unit))
    units = list(_predicates(parse, _with_hidden_verb(parse, units)))
    return replace(clause, units=tuple(units), symbols="".join(u.kind for u in units))


def _with_hidden_verb(parse: Parse, units: list[Unit]) -> list[Unit]:
    """Units with the verb inside a noun phrase of a headline: "Sanders mocks | rival"; a sentence that has a verb stays as it is."""
    if any(u.kind in "VURB" for u in units):
        return units
    keys, tags, lexicon = parse.tokens.keys, parse.tags, words().lexicon
    for index, unit in enumerate(units):
        for at in range(unit.first + 1, unit.last) if unit.kind in "ny" else ():
            if tags[at - 1] not in "NP" or tags[at] not in "NPV" or not keys[at].endswith(("s", "ed")):
                continue
            for known in (lexicon, parse.lexicon):
                entries, stop = known.reporting(keys, at, at + 1, unit.last, False)
                if entries and (stop < unit.last or index + 1 < len(units)):
                    verb = VerbGroup(at, stop, at, "finite", reporting=entries)
                    rest = [Unit("n", stop, unit.last)] if stop < unit.last else []
                    before = [Unit("n", unit.first, at), Unit("R", at, stop, verb=verb)]
                    return [*units[:index], *before, *rest, *units[index + 1 :]]
    return units


def _predicates(parse: Parse, units: Sequence[Unit]) -> Iterator[Unit]:
    """Verbs with what gives them their meaning as one: "is proud of", "expressed support for"."""
    at = 0
    while at < len(units):
        unit = units[at]
        end = _end_of_predicate(parse, units, at)
        if unit.verb is None or end is None:
            yield unit
            at += 1
            continue
        if end + 1 < len(units) and units[end + 1].kind in "eob":
            end += 1
        entry = Reporting(parse.tokens.keys[unit.verb.head], _KIND, frozenset("swin"))
        verb = replace(unit.verb, last=units[end].last, passive=False, reporting=(entry,))
        kind = unit.kind.upper() if unit.kind in "gGiI" else "R"
        yield replace(unit, kind=kind, last=units[end].last, verb=verb)
        at = end + 1


def _end_of_predicate(parse: Parse, units: Sequence[Unit], at: int) -> int | None:
    """Index of the adjective of a copula or of the noun of a light verb, the verb's own for "are worried"; None: no such predicate."""
    verb, keys, lists = units[at].verb, parse.tokens.keys, words().table
    if verb is None or units[at].kind not in "VURBgGiI":
        return None
    if keys[verb.head] in lists["attitudes"] and not lists["copulas"].isdisjoint(keys[verb.first : verb.head]):
        return at  # "are worried", not "would open"
    later = at + 1
    while later < len(units) - 1 and units[later].kind == "a" and keys[units[later].first] not in lists["attitudes"]:
        later += 1
    if later >= len(units):
        return None
    last = keys[units[later].last - 1]
    if keys[verb.head] in lists["copulas"] and last in lists["attitudes"] and units[later].kind in "xajJgzn":
        return later
    follows = later + 1 < len(units) and units[later + 1].kind in "etC"
    return later if units[later].kind == "y" and keys[verb.head] in lists["light_verbs"] and follows else None


def _wide_unit(parse: Parse, clause: Clause, unit: Unit) -> Unit:
    keys = parse.tokens.keys
    if unit.kind == "n" and parse.lexicon.is_reporting_noun(
        keys[unit.first : unit.last], parse.tags[unit.first : unit.last]
    ):
        return replace(unit, kind="y")
    verb = unit.verb
    if verb is None:
        return unit
    entries, stop = words().lexicon.reporting(keys, verb.head, unit.last, clause.last, False)
    longer = stop > unit.last
    if not entries or (verb.reporting and not longer) or any(u.first < stop < u.last for u in clause.units):
        return unit
    capital = {"V": "R", "U": "B"}.get(unit.kind, unit.kind.upper())
    return replace(unit, kind=capital, last=stop, verb=replace(verb, reporting=entries, last=stop))
