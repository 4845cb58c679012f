"""The words that figures stand with, compiled from a pack's `words/counts.*` and `grammar/counts.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ondit.languages import Pack, load_pack
from ondit.model.records import record
from ondit.ontology.equipment import aliases, compact
from ondit.read.engines.rules.numerals import Phrase, by_first, by_last, phrase_of
from ondit.text.folding import fold_name

# Classes of nouns that are people; a figure of them takes what a verb says.
PEOPLE = frozenset({"people", "troops", "abducted", "arrested", "displaced", "missing", "casualties"})
# What a class that is no count by itself is counted as.
DEFAULTS = {"people": "other", "casualties": "other", "things": "other"}
# Classes that say themselves what happened.
FATES = frozenset({"killed", "injured", "missing"})


@record
class Fate:
    """What a verb says of its object (`transitive`) or subject."""

    what: str
    transitive: bool
    intransitive: bool


@dataclass(frozen=True)
class CountWords:
    """Nouns by class, verbs by form and phrases of a language."""

    head_first: bool
    nouns: dict[str, str]
    never: frozenset[str]
    demonyms: frozenset[str]
    verbs: dict[str, Fate]
    cues: dict[str, tuple[tuple[Phrase, str], ...]]
    between: frozenset[str]
    definite: frozenset[str]
    determiners: frozenset[str]
    rest: frozenset[str]
    of: frozenset[str]
    coordinators: frozenset[str]
    object_marks: frozenset[str]
    parts: Mapping[str, tuple[Phrase, ...]]  # these and `uncounted` by their last words
    among: frozenset[str]
    parts_after: tuple[Phrase, ...]  # "of them"
    out_of: frozenset[Phrase]
    listing: frozenset[str]
    companions: Mapping[str, tuple[Phrase, ...]]  # by their last words
    repeated: frozenset[str]
    repeating: Mapping[str, int]  # "twice"
    compared: frozenset[str]  # behind these they compare: "twice | as many"
    populace: frozenset[str]
    sought: frozenset[str]
    compounds: Mapping[str, tuple[tuple[Phrase, str], ...]]  # "gold mines", by the last word where the head is last
    toll_nouns: frozenset[str]
    toll_verbs: frozenset[str]
    counters: frozenset[str]
    toll_at_least: frozenset[str]
    ages: frozenset[str]
    labels: frozenset[str]
    after: frozenset[str]
    articles: frozenset[str]
    possessives: frozenset[str]
    uncounted: Mapping[str, tuple[Phrase, ...]]
    percents: Mapping[str, tuple[Phrase, ...]]
    another: Mapping[str, tuple[Phrase, ...]]  # "a fifth", by its first word
    fate_nouns: dict[str, str]
    zero: tuple[Phrase, ...]
    nobody: frozenset[str]
    nobody_phrases: tuple[Phrase, ...]
    duals: dict[str, str]
    single_after_cue: bool
    verb_first: bool
    singular: frozenset[str]
    behind_noun: frozenset[str]  # numbers that stand behind what they count

    def noun_class(self, key: str) -> str:
        """Class of a noun, "never" for what is not counted, "" for what is unknown."""
        found = self.nouns.get(key, "")
        if not found and key in self.duals:
            found = self.nouns.get(self.duals[key], "people")
        if not found and "-" in key:
            found = self.nouns.get(key.rsplit("-", 1)[1], "") or self.nouns.get(key.split("-", 1)[0], "")
        if not found and self.nouns.get(key + "s") in ("people", "troops"):
            found = self.nouns[key + "s"]
        if not found:
            name = fold_name(key)
            if name in self.demonyms or (name.endswith("s") and name[:-1] in self.demonyms):
                found = "people"
            elif is_system(key):
                found = "weapons"
        return found


@lru_cache(maxsize=4096)
def is_system(key: str) -> bool:
    """Is a word the name of a weapon that has no other meaning ("f-16s")?"""
    name = compact(key)
    options = aliases().get(name) or aliases().get(name.removesuffix("s")) or ()
    return len(name) > 2 and any(not option.guard for option in options)


@lru_cache(maxsize=16)
def _load(language: str) -> CountWords:
    pack = load_pack(language)
    words: dict[str, Any] = pack.table("words/counts")
    grammar: dict[str, Any] = pack.table("grammar/counts")
    nouns: dict[str, str] = {}
    for name, members in words["nouns"].items():
        for word in members.split():
            nouns.setdefault(word, name)
    cues: dict[str, list[str]] = {}
    for row in grammar["cue"]:
        cues.setdefault(f"{row['side']} {row.get('verb', False)} {row['what']}", []).extend(row["phrases"])
    zero = grammar["zero"]
    of = frozenset(grammar["between"]["of"])
    demonyms = pack.lines("places.demonyms.tsv") if pack.has("words/places.demonyms.tsv") else ()
    phrases = [phrase_of(p) for p in zero["pronouns"]]
    single = [*grammar["single"].get("singular", ())]
    return CountWords(
        head_first=grammar["head"] == "first",
        nouns=nouns,
        never=frozenset(words["nouns"]["never"].split()),
        demonyms=frozenset(fold_name(line.split("\t")[0]) for line in demonyms),
        verbs=_verbs(pack),
        cues=by_first(cues),
        definite=frozenset(grammar["definite"]["words"]),
        between=frozenset(grammar["between"]["words"]),
        determiners=frozenset(grammar["between"]["determiners"]),
        rest=frozenset(grammar["between"]["rest"]),
        of=of,
        coordinators=frozenset(grammar["between"]["and"]),
        object_marks=frozenset(grammar["between"].get("object_marks", ())),
        parts=by_last(grammar["parts"]["strong"]),
        among=frozenset(grammar["parts"]["among"]),
        parts_after=tuple(phrase_of(p) for p in grammar["parts"].get("after", ())),
        out_of=frozenset(phrase_of(p) for p in grammar["parts"].get("out_of", ())),
        listing=frozenset(grammar["parts"].get("listing", ())),
        companions=by_last(grammar["parts"].get("companions", ())),
        repeated=frozenset(grammar.get("repeated", {}).get("words", ())),
        repeating=grammar.get("repeated", {}).get("numbers", {}),
        compared=frozenset(grammar.get("repeated", {}).get("compared", ())),
        populace=frozenset(words.get("populace", {}).get("words", ())),
        sought=frozenset(words.get("sought", {}).get("words", ())),
        compounds=_compounds(words.get("compounds", {}), of),
        toll_nouns=frozenset(grammar["toll"]["nouns"]),
        toll_verbs=frozenset(grammar["toll"]["verbs"]),
        counters=frozenset(grammar["toll"]["counters"]),
        toll_at_least=frozenset(grammar["toll"]["at_least"]),
        ages=frozenset(words["ages"]["words"]),
        labels=frozenset(words["labels"]["words"]),
        after=frozenset(words["after"]["words"]),
        articles=frozenset(grammar["single"]["articles"]),
        possessives=frozenset(grammar["single"]["possessives"]),
        uncounted=by_last(grammar["uncounted"]["before"]),
        percents=by_last(grammar.get("percents", {}).get("words", ())),
        another=_by_first_word(grammar.get("another", {}).get("words", ())),
        fate_nouns=_fate_nouns(grammar["cue"], of),
        zero=tuple(sorted((phrase_of(p) for p in zero["strong"]), key=len, reverse=True)),
        nobody=frozenset(p[-1] for p in phrases),
        nobody_phrases=tuple(phrases),
        duals=_duals(grammar.get("dual", {})),
        verb_first=grammar.get("verb_first", False),
        single_after_cue=grammar["single"].get("after_cue", False),
        singular=frozenset(single + [word + grammar["single"].get("accusative", "") for word in single]),
        behind_noun=frozenset(grammar.get("dual", {}).get("behind_noun", ())),
    )


def _compounds(
    table: Mapping[str, Sequence[str]], function_words: frozenset[str]
) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases that are of another class than their head, by their first and last words."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for name, phrases in table.items():
        for phrase in map(phrase_of, phrases):
            for head in {phrase[0], phrase[-1]} - function_words:
                found.setdefault(head, []).append((phrase, name))
    return {head: tuple(rows) for head, rows in found.items()}


def _by_first_word(phrases: Sequence[str]) -> dict[str, tuple[Phrase, ...]]:
    split = [phrase_of(phrase) for phrase in phrases]
    return {first: tuple(p for p in split if p[0] == first) for first in {p[0] for p in split}}


def _duals(table: dict[str, Any]) -> dict[str, str]:
    """Words that carry the number two in their ending, and their singular: each group of nouns with its endings."""
    groups = (("nouns", "endings"), ("clear_nouns", "clear_endings"))
    found = {n + e: n for nouns, endings in groups for n in table.get(nouns, ()) for e in table.get(endings, ())}
    last = table.get("feminine_singular", "")
    return found | {n + e: n + last for n in table.get("feminine_nouns", ()) for e in table.get("feminine_endings", ())}


def _fate_nouns(rows: list[dict[str, Any]], of: frozenset[str]) -> dict[str, str]:
    """Nouns like "execution" whose "of" may stand some words later."""
    phrases = [(phrase_of(p), row["what"]) for row in rows if row["side"] == "before" for p in row["phrases"]]
    return {phrase[0]: what for phrase, what in phrases if len(phrase) == 2 and phrase[1] in of}


def _verbs(pack: Pack) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    for line in pack.lines("counts.tsv"):
        lemma, what, frame = line.split("\t")[:3]
        fates[lemma] = Fate(what, "t" in frame, "i" in frame)
    return {form: fates[lemma] for form, lemma in (line.split("\t") for line in pack.lines("counts.forms.tsv"))}


def count_words(pack: Pack) -> CountWords:
    """The count words of a pack, compiled once a process."""
    return _load(pack.language)
