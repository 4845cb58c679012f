"""How words join to phrases in a language: the grammar of `grammar/phrases.toml`, ready for use."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from ondit.languages import Pack, load_pack
from ondit.model.records import record
from ondit.read.engines.rules.lexicon import load_lexicon


@record
class Phrases:
    """Patterns over tags, and the closed words of a language by what they do; the fields are the keys of the file."""

    noun_phrase: re.Pattern[str]
    verb_group: re.Pattern[str]
    tags: dict[str, str]
    retag: dict[str, dict[str, str]]  # the right tag of a word, by the tag that the model gives it
    words: dict[str, str]
    tagged_words: dict[tuple[str, str], str]  # of a word that is several things, by its tag
    sources: dict[str, list[tuple[str, ...]]]
    initial: frozenset[str]
    before_noun: dict[str, list[tuple[str, ...]]]
    quantifiers: dict[str, list[tuple[str, ...]]]
    adverbials: dict[str, list[tuple[str, ...]]]  # adverbs of several words: "for its part"
    light: dict[str, list[tuple[str, ...]]]
    refusing: dict[str, list[tuple[str, ...]]]
    participle_is_finite: bool
    participle_endings: tuple[str, ...]
    finite_too: frozenset[str]
    states: frozenset[str]
    passive: frozenset[str]
    negation: frozenset[str]
    expletive: frozenset[str]  # stands for a subject that follows its verb ("there are")
    half_negation: frozenset[str]  # of these what says "only" with "that" after the verb ("ne … que")
    conditional: frozenset[str]
    conditional_endings: tuple[str, ...]
    modal: frozenset[str]
    future: frozenset[str]
    reflexive: frozenset[str]
    clitics: frozenset[str]
    gerund_endings: tuple[str, ...]
    partitive: frozenset[str]  # prepositions that are articles behind a verb ("montre des soldats")
    object_marks: frozenset[str]  # words that only mark the object of a verb ("mató a un hombre")
    object_verbs: frozenset[str]  # forms of the verbs they do so after
    special: frozenset[str]  # words whose tag the model does not decide alone (nor those it calls adjectives)
    around_verbs: frozenset[str]  # words that negate a verb, or make it modal, future or reflexive
    name_heads: frozenset[str]
    titles: frozenset[
        str
    ]  # last words of titles that are of a body by "to" ("the secretary general to-the United Nations")
    title_links: frozenset[str]  # what leads from a title to whose it is ("in-name-of")
    some_of: frozenset[str]  # "some | of the residents"
    possessive: frozenset[str]  # "her | safe return", elsewhere a pronoun
    self_words: frozenset[str]  # "the source | itself"
    rank_parts: frozenset[str]  # what goes on a rank ("brigadier | of staff")
    own_prepositions: dict[str, frozenset[str]]  # of a reporting verb, by lemma
    subordinators: dict[str, list[tuple[str, ...]]]  # conjunctions of several words: "although that"
    issued: frozenset[str]  # what leads from a document to whose it is ("a statement | issued | by")
    occasions: frozenset[str]  # what is no part of a voice by a preposition ("in | answer to a question")
    all_behind: frozenset[str]  # "all", where it stands behind its noun
    imperfect: tuple[str, ...]  # letters that forms of the imperfect begin with
    called: frozenset[str]  # what leads from somebody to a name ("a man | who is called | Abu Omar")
    told_nouns: frozenset[str]  # nouns with which what a voice announces begins, behind a noun that could have them
    spelled: dict[str, str]  # words whose tag their spelling shows, by the form as written
    perfect: frozenset[str]  # auxiliaries before a participle
    states_named: frozenset[str]  # states and capitals: two beside each other are two phrases
    relational: frozenset[str]
    relational_endings: tuple[str, ...]
    definite_adjectives: frozenset[str]
    verbal_spellings: tuple[str, ...]
    nominal_spellings: tuple[str, ...]
    verbal_marks: frozenset[str]  # vowel signs that only a verb has on its first letter
    nominal_beginnings: tuple[str, ...]
    particles: frozenset[str]  # before a verb, where they have the form of one
    never_construct: tuple[str, ...]  # endings of nouns that nothing can be of
    oblique: tuple[str, ...]  # what the same nouns end in behind a preposition
    before_verbs: frozenset[str]
    before_nouns: frozenset[str]
    closed: frozenset[str]
    stems: frozenset[str]
    article: str  # what is written together with a noun to make it definite
    given_names: frozenset[str]
    accusative: tuple[str, ...]
    openers: frozenset[str]
    verb_first: bool
    introducing: frozenset[str]  # first words of sources and quantifiers
    asking: frozenset[str]  # words of kind W


_NONE = "\0"  # no word ends so


def phrases(pack: Pack) -> Phrases:
    """The phrase grammar of a pack, read once a process."""
    return _phrases_of(pack.language)


@lru_cache(maxsize=16)
def _phrases_of(language: str) -> Phrases:
    pack = load_pack(language)
    clitics = pack.token_rules.clitics
    table = pack.table("grammar/phrases")
    verbs = table["verbs"]
    lexicon = load_lexicon(load_pack(language))
    tags = table.get("tags", {})
    retag = {
        word: {given: right for given_tags, right in zip(pairs[::2], pairs[1::2], strict=True) for given in given_tags}
        for word, pairs in table.get("retag", {}).items()
    }
    words = {word: kind for kind, words in table["words"].items() for word in words}
    fused = table["prepositions"].get("fused", ())
    prepositions = {
        name: _by_first_word(_fused(phrases, fused))
        for name, phrases in table["prepositions"].items()
        if name != "fused"
    }
    initial = frozenset(table["prepositions"]["source_initial"])
    return Phrases(
        noun_phrase=re.compile(table["noun_phrase"]),
        verb_group=re.compile(table["verb_group"]),
        tags=tags,
        retag=retag,
        words=words,
        tagged_words={
            (word, tag): kind for word, kinds in table.get("words_by_tag", {}).items() for tag, kind in kinds.items()
        },
        sources=prepositions["source"],
        initial=initial,
        before_noun=prepositions["source_before"],
        quantifiers=prepositions["quantifiers"],
        adverbials=_by_first_word(table.get("adverbials", ())),
        light=_by_first_word(verbs["light"]),
        refusing=_by_first_word(verbs["refusing"]),
        participle_is_finite=verbs.get("participle_with_object") == "finite",
        participle_endings=tuple(verbs["participle_endings"]),
        finite_too=frozenset(verbs.get("finite_too", ())),
        states=frozenset(verbs.get("states", ())),
        passive=frozenset(verbs["passive"]),
        negation=frozenset(verbs["negation"]),
        expletive=frozenset(verbs.get("expletive", ())),
        half_negation=frozenset(verbs.get("half_negation", ())),
        conditional=frozenset(verbs["conditional"]),
        conditional_endings=tuple(verbs["conditional_endings"]),
        modal=frozenset(verbs["modal"]),
        future=frozenset(verbs["future"]),
        reflexive=frozenset(verbs["reflexive"]),
        clitics=frozenset(verbs["clitics"]),
        gerund_endings=tuple(verbs.get("gerund_endings", ())) or (_NONE,),
        partitive=frozenset(verbs.get("partitive", ())),
        object_marks=frozenset(verbs.get("object_marks", ())),
        object_verbs=frozenset(_forms(pack)) if "object_marks" in verbs else frozenset(),
        special=frozenset(tags).union(
            retag,
            verbs.get("expletive", ()),
            table.get("some_of", ()),
            table.get("possessive", ()),
            lexicon.plain_verbs,
            lexicon.forms,
            (w for w, kind in words.items() if kind == "C"),
        ),
        around_verbs=frozenset().union(*(verbs[name] for name in ("negation", "modal", "future", "reflexive"))),
        name_heads=frozenset(table.get("name_heads", ())),
        titles=frozenset(table.get("titles", ())),
        title_links=frozenset(table.get("title_links", ())),
        some_of=frozenset(table.get("some_of", ())),
        possessive=frozenset(table.get("possessive", ())),
        self_words=frozenset(table.get("self_words", ())),
        rank_parts=frozenset(table.get("rank_parts", ())),
        own_prepositions={lemma: frozenset(words) for lemma, words in table.get("own_prepositions", {}).items()},
        subordinators=_by_first_word(table.get("subordinators", ())),
        issued=frozenset(table.get("issued", ())),
        occasions=frozenset(table.get("occasions", ())),
        all_behind=frozenset(table.get("all_behind", ())),
        imperfect=tuple(verbs.get("imperfect", ())) or (_NONE,),
        called=frozenset(table.get("called", ())),
        told_nouns=frozenset(table.get("told_nouns", ())),
        spelled=table.get("spelled", {}),
        perfect=frozenset(verbs.get("perfect", ())),
        states_named=frozenset(table.get("states_named", ())),
        relational=frozenset(_relational(load_pack(language), table)),
        definite_adjectives=frozenset(table.get("definite_adjectives", ())),
        relational_endings=tuple(table.get("relational_endings", ())),
        verbal_spellings=tuple(chr(int(code, 16)) for code in verbs.get("verbal_spellings", ())) or (_NONE,),
        verbal_marks=frozenset(chr(int(code, 16)) for code in verbs.get("verbal_marks", ())),
        nominal_beginnings=tuple(chr(int(code, 16)) for code in verbs.get("nominal_beginnings", ())) or (_NONE,),
        particles=frozenset(table.get("particles", ())),
        never_construct=tuple(table.get("never_construct", ())),
        oblique=tuple(table.get("oblique", ())),
        nominal_spellings=tuple(chr(int(code, 16)) for code in verbs.get("nominal_spellings", ())) or (_NONE,),
        accusative=tuple(table.get("accusative", ())) or (_NONE,),
        closed=frozenset(table.get("closed", ())),
        stems=clitics.stems if clitics is not None else frozenset(),
        article=clitics.article if clitics is not None else _NONE,
        given_names=frozenset(pack.lines("places.given_names.txt")) if clitics is not None else frozenset(),
        before_nouns=frozenset(verbs.get("never_before", ())),
        before_verbs=frozenset(verbs.get("before", ())),
        openers=frozenset(verbs.get("openers", ())),
        verb_first=verbs.get("verb_first", False),
        asking=frozenset(word for word, kind in words.items() if kind == "W"),
        introducing=initial.union(
            prepositions["source"],
            prepositions["source_before"],
            prepositions["quantifiers"],
            _by_first_word((*table.get("adverbials", ()), *table.get("subordinators", ()))),
        ),
    )


def _forms(pack: Pack) -> Iterator[str]:
    """Forms of the verbs that tell what is done to somebody."""
    for name in ("happenings", "counts"):
        yield from (line.split("\t")[0] for line in pack.lines(f"{name}.forms.tsv"))


def _relational(pack: Pack, table: dict[str, Any]) -> Iterator[str]:
    """Adjectives of countries, where the file says that they are adjectives behind a noun."""
    if table.get("relational_endings"):
        yield from (line.split("\t")[0] for line in pack.lines("places.demonyms.tsv"))


def _fused(phrases: Sequence[str], fused: Sequence[str]) -> list[str]:
    """The phrases, those that end in the first of the fused words once for each of them ("aux dires de", "aux dires du")."""
    last = f" {fused[0]}" if fused else "\0"
    added = [
        phrase.removesuffix(last) + f" {word}" for phrase in phrases if phrase.endswith(last) for word in fused[1:]
    ]
    return [*phrases, *added]


def _by_first_word(phrases: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases as words, by their first one, longer ones first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.replace("'", "' ").split())
        table.setdefault(words[0], []).append(words)
    for options in table.values():
        options.sort(key=len, reverse=True)
    return table


def phrase_at(table: dict[str, list[tuple[str, ...]]], keys: Sequence[str], at: int) -> int:
    """Tokens of the longest phrase of the table that begins at a token, 0 when none does."""
    for words in table.get(keys[at], ()):
        if tuple(keys[at : at + len(words)]) == words:
            return len(words)
    return 0


def initial_sources(pack: Pack) -> frozenset[str]:
    """Prepositions that introduce a source only at the head of a sentence."""
    return phrases(pack).initial
