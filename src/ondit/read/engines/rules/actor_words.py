"""Who can act and who can suffer: kinds of noun phrases by their head (ACLED codebook, Inter codes)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import ActorKind
from ondit.model.records import record
from ondit.read.engines.rules.numerals import number_words, phrase_end
from ondit.read.engines.rules.units import Parse

THING = "thing"  # buildings, vehicles, places: only ever a target
NAME = "name"  # a proper name that no list knows
WEAPON = "weapon"  # it acts for somebody who may be named beside it
_CRAFT = "craft"  # a thing to be hit that may act for somebody, too
_NOBODY = frozenset({"none", WEAPON})
ARMED = frozenset({"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"})


@dataclass(frozen=True)
class ActorWords:
    """The pack's lists: kinds by first word, demonyms, light verbs, prepositions."""

    kinds: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    demonyms: frozenset[str]
    light: frozenset[str]
    against: frozenset[str]
    loose: frozenset[str]
    at: frozenset[str]
    with_: frozenset[str]
    between: frozenset[str]
    by: frozenset[str]
    to: frozenset[str]
    numbers: frozenset[str]
    opposing: frozenset[str]
    subordinating: frozenset[str]
    siding: frozenset[str]
    ones: frozenset[str]
    tails: dict[str, tuple[tuple[str, ...], ...]]  # "in uniform", by its first word
    pronouns: frozenset[str]
    quantifiers: frozenset[str]
    unaccusative: frozenset[str]  # participles that are active after "to be"
    series: frozenset[str]  # "a wave of raids"
    themselves: frozenset[str]  # pronouns with which a voice tells of what it did itself
    titles: frozenset[str]
    attached: frozenset[str]
    approximators: frozenset[str]
    particles: frozenset[str]
    implicating: frozenset[str]
    responsibility: frozenset[str]
    possessive: frozenset[str]
    negative: frozenset[str]
    including: frozenset[str]
    attributing: frozenset[str]
    occurring: frozenset[str]
    suffering: frozenset[str]
    adjoining: frozenset[str]
    owning: frozenset[str]
    partitive: frozenset[str]
    agents: dict[str, tuple[tuple[str, ...], ...]]  # "at the hands of", by its first word
    endings: tuple[str, ...]  # of case, which the list leaves out
    ages: frozenset[str]  # behind the figure of somebody's years
    gathering: frozenset[str]  # verbs with which a protest has those who come
    companions: dict[str, tuple[tuple[str, ...], ...]]  # "along with", by its first word
    governing: frozenset[str]  # prepositions that a verb needs before its object
    sufferers: dict[str, tuple[tuple[str, ...], ...]]  # "at the expense of", by its first word
    head_first: bool
    verb_first: bool
    articles: frozenset[str]


@record
class PhraseKind:
    """What a noun phrase is (an actor kind, `thing`, `name`) and the word that says so."""

    kind: str
    word: str

    @property
    def actor_kind(self) -> ActorKind:
        """The kind as records hold it: things and unknown names are `other`."""
        return ActorKind(self.kind) if self.kind in _ACTOR_KINDS else ActorKind.OTHER


_ACTOR_KINDS = frozenset(kind.value for kind in ActorKind)


def load_actor_words(pack: Pack) -> ActorWords:
    """The actor words of a pack, read once a process."""
    return _load(pack.language)


@lru_cache(maxsize=16)
def _load(language: str) -> ActorWords:
    pack = load_pack(language)
    grammar = pack.table("grammar/actors")
    kinds: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in pack.lines("actors.tsv"):
        words, kind = line.split("\t")
        first, *rest = words.replace("'", "' ").split()
        kinds.setdefault(first, []).append((tuple(rest), kind))
    demonyms = pack.lines("places.demonyms.tsv") if pack.has("words/places.demonyms.tsv") else ()
    return ActorWords(
        kinds={k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in kinds.items()},
        demonyms=frozenset(line.split("\t")[0].lower() for line in demonyms),
        light=frozenset(line.split("\t")[0].lower() for line in pack.lines("actors_light.forms.tsv")),
        against=frozenset(grammar["against"]),
        loose=frozenset(grammar["loose"]),
        at=frozenset(grammar["at"]),
        with_=frozenset(grammar["with"]),
        between=frozenset(grammar["between"]),
        by=frozenset(grammar["by"]),
        to=frozenset(grammar.get("to", ())),
        numbers=frozenset(number_words(pack).values),
        opposing=frozenset(grammar.get("opposing", ())),
        siding=frozenset(grammar.get("siding", ())),
        subordinating=frozenset(grammar.get("subordinating", ())),
        ones=frozenset(grammar.get("ones", ())),
        tails=_by_first_word(grammar.get("tails", ())),
        pronouns=frozenset(grammar["pronouns"]),
        quantifiers=frozenset(grammar["quantifiers"]),
        unaccusative=frozenset(grammar.get("unaccusative", ())),
        series=frozenset(grammar.get("series", ())),
        themselves=frozenset(grammar.get("themselves", ())),
        titles=frozenset(grammar["titles"]),
        approximators=frozenset(grammar["approximators"]),
        particles=frozenset(w for line in pack.lines("actors_light.tsv") for w in line.split("\t")[0].split()[1:]),
        implicating=frozenset(grammar["implicating"]),
        possessive=frozenset(grammar.get("possessive", ())),
        negative=frozenset(grammar["negative"]),
        including=frozenset(grammar["including"]),
        attributing=frozenset(grammar.get("attributing", ())),
        occurring=frozenset(grammar.get("occurring", ())),
        suffering=frozenset(grammar.get("suffering", ())),
        adjoining=frozenset(grammar.get("adjoining", ())),
        owning=frozenset(grammar.get("owning", ())),
        partitive=frozenset(grammar.get("partitive", ())),
        agents=_by_first_word(grammar["agents"]),
        endings=tuple(grammar.get("endings", ())),
        ages=frozenset(grammar.get("ages", ())),
        gathering=frozenset(grammar.get("gathering", ())),
        companions=_by_first_word(grammar.get("companions", ())),
        governing=frozenset(grammar.get("governing", ())),
        sufferers=_by_first_word(grammar.get("sufferers", ())),
        responsibility=frozenset(grammar["responsibility"]),
        attached=frozenset(grammar.get("attached", ())),
        head_first=grammar["head"] == "first",
        verb_first=grammar.get("verb_first", False),
        articles=pack.articles,
    )


def _by_first_word(phrases: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    split = [tuple(phrase.replace("'", "' ").split()) for phrase in phrases]
    return {first: tuple(p for p in split if p[0] == first) for first in {p[0] for p in split}}


def kind_of(parse: Parse, words: ActorWords, first: int, last: int) -> PhraseKind | None:
    """The kind of the noun phrase in tokens `first` … `last`, None when it is nobody or unknown."""
    keys, tags = parse.tokens.keys, parse.tags
    nouns = _nouns(words, keys, tags, first, last)
    if not nouns:
        return None
    head = _head(words, keys, tags, nouns)
    found = _match(words, keys, head, first, last)
    if found is None and (tags[head] == "P" or is_acronym(parse, head)):
        found = next((m for i in nouns if i != head and (m := _match(words, keys, i, first, last))), None)
        if found is None or found.kind in _NOBODY:
            return PhraseKind(NAME, keys[head])
    if found is None and last - first > 1 and _in_capitals(parse, first, last):
        return PhraseKind(NAME, keys[head])  # "Mohamed Bacar", whatever the tagger takes it for
    if found is None or found.kind in _NOBODY:
        return None
    return PhraseKind(THING, found.word) if found.kind == _CRAFT else found


def name_end(parse: Parse, words: ActorWords, first: int, last: int) -> int:
    """Where a listed name ends that begins in tokens `first` … `last` and goes on behind them, else `last`."""
    keys = parse.tokens.keys
    ends = [
        phrase_end(keys, at + 1, rest, words.articles)
        for at in range(first, last)
        for rest, _ in words.kinds.get(keys[at], ())
        if len(rest) > 1
    ]
    return max(ends, default=last) if ends and max(ends) > last else last


def nobody_of(parse: Parse, words: ActorWords, first: int, last: int) -> str:
    """Why the noun phrase is nobody, as its list says ("weapon", "none"); empty when it is somebody or unknown."""
    nouns = [i for i in range(first, last) if parse.tags[i] in "NP?"]
    found = (
        _match(words, parse.tokens.keys, _head(words, parse.tokens.keys, parse.tags, nouns), first, last)
        if nouns
        else None
    )
    if found is None:
        return ""
    return WEAPON if found.kind == _CRAFT else found.kind if found.kind in _NOBODY else ""


def unknown_of(parse: Parse, words: ActorWords, first: int, last: int) -> PhraseKind | None:
    """A noun phrase that no list knows, as somebody; None when a list says that it is nobody."""
    nouns = [i for i in range(first, last) if parse.tags[i] == "N"]
    if not nouns:
        return None
    head = _head(words, parse.tokens.keys, parse.tags, nouns)
    if _match(words, parse.tokens.keys, head, first, last):
        return None
    return PhraseKind("other", parse.tokens.keys[head])


def _in_capitals(parse: Parse, first: int, last: int) -> bool:
    """Does each word of a phrase begin with a capital?"""
    starts, text = parse.tokens.starts, parse.text
    return all(text[starts[i]].isupper() and not parse.words(i, i + 1).isupper() for i in range(first, last))


def is_acronym(parse: Parse, token: int) -> bool:
    """Is the token initials, which taggers take for common nouns ("the RSF")?"""
    starts, stops = parse.tokens.starts, parse.tokens.stops
    form = parse.text[starts[token] : stops[token]]
    return len(form) > 1 and form[0].isupper() and form.isupper() and form.isalnum()


def _nouns(words: ActorWords, keys: Sequence[str], tags: str, first: int, last: int) -> list[int]:
    """The nouns of a phrase; after a number word, also what the tagger takes for an adjective ("Treize | djihadistes")."""
    nouns = [i for i in range(first, last) if tags[i] in "NP?"]
    if all(keys[i] in words.numbers for i in nouns):
        nouns = [i for i in range(first, last) if tags[i] == "A" and keys[i] in words.kinds] or nouns
    return nouns


def _head(words: ActorWords, keys: Sequence[str], tags: str, nouns: Sequence[int]) -> int:
    """The head noun: the first of the phrase, or the last before an "of" the phrase may hold."""
    if words.head_first:
        return next((i for i in nouns if keys[i] not in words.quantifiers and keys[i] not in words.numbers), nouns[0])
    head = nouns[0]
    for i in nouns:
        if any(tags[j] == "E" for j in range(head + 1, i)):
            break
        head = i
    return head


def _without_ending(words: ActorWords, key: str) -> str:
    """The word without the ending of its case, as the list has it."""
    return next((key.removesuffix(ending) for ending in words.endings if key.endswith(ending)), key)


def _match(words: ActorWords, keys: Sequence[str], head: int, first: int, last: int) -> PhraseKind | None:
    """The longest entry that covers the head."""
    best: PhraseKind | None = None
    best_length = 0
    for start in range(max(first, head - 4), head + 1):
        for rest, kind in words.kinds.get(keys[start]) or words.kinds.get(_without_ending(words, keys[start]), ()):
            stop = phrase_end(keys, start + 1, rest, words.articles)
            if head < stop <= max(last, head + 4) and len(rest) + 1 > best_length:
                best, best_length = PhraseKind(kind, " ".join(keys[start:stop])), len(rest) + 1
    return best
