"""The trigger words of happenings: lists of the language packs as an index from a word to what may begin there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ondit.languages import Pack, load_pack
from ondit.model.records import record
from ondit.ontology import Combination, TriggerClass, combinations, trigger_classes
from ondit.read.engines.rules.numerals import phrase_end
from ondit.read.engines.rules.phrases import phrases

_GAP = "~"
_NONE = "none"  # class of what looks like a happening and is not one
_GAP_LENGTH = 6
# What the actors of a pack are beside a trigger: whoever is captured is no place, and a group that takes a name takes a place.
_ACTS_AS = {"civilians": "person", "rebel_group": "force", "political_militia": "force"}
_SAID = frozenset({"statement"})  # what is said is said by a verb: "in critical condition" is none
_VERB_TAGS = frozenset("VvigXyzw")
_NOUN_TAGS = frozenset("NPA?")
_MAYBE_NOUN = frozenset("DAE#")  # a noun after these is a noun whatever the tagger says


@record
class Entry:
    """One line of a word list: the words after the first (each with what may stand in its place) and the class they show."""

    lemma: str
    rest: tuple[frozenset[str], ...]
    kind: str
    strength: int | None
    part: str
    reflexive: bool = False

    @property
    def length(self) -> int:
        """How exact the entry is: the longest of those that fit wins."""
        return sum(_GAP not in options for options in self.rest) + self.reflexive


@dataclass(frozen=True)
class TriggerWords:
    """What a language's lists say: entries by first word, words of context, classes and combinations."""

    entries: dict[str, tuple[Entry, ...]]
    context: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    first_words: frozenset[str]
    classes: dict[str, TriggerClass]
    by_class: dict[str, tuple[Combination, ...]]
    negation: frozenset[str]
    negation_nouns: frozenset[str]
    hypothetical: frozenset[str]
    planned: frozenset[str]
    ground: frozenset[str]
    definite: frozenset[str]
    another: frozenset[str]
    elsewhere: frozenset[str]
    who: frozenset[str]
    skip: frozenset[str]
    reflexive: frozenset[str]
    articles: frozenset[str]
    agents: frozenset[str]  # what leads from what is done to whoever does it: "by"
    calendar: frozenset[str]
    verb_first: bool  # the subject follows its verb


@record
class Match:
    """An entry found at token `first`; `last` is the end of the trigger, `inner` the tokens that make it up."""

    entry: Entry
    first: int
    last: int
    inner: tuple[int, ...]


def load_triggers(pack: Pack) -> TriggerWords:
    """The trigger words of a pack, read once a process."""
    return _load(pack.language)


def happening_words(pack: Pack, part: str) -> frozenset[str]:
    """First words of the verbs ("v") or of the nouns ("n") of happenings, in all forms."""
    return _happening_words(pack.language, part)


@lru_cache(maxsize=32)
def _happening_words(language: str, part: str) -> frozenset[str]:
    return frozenset(form for form, known in _load(language).entries.items() if any(e.part == part for e in known))


@lru_cache(maxsize=16)
def _load(language: str) -> TriggerWords:
    pack = load_pack(language)
    grammar = pack.table("grammar/happenings")
    same = _Same(
        {word: frozenset(others) for word, others in grammar.get("same", {}).items()},
        grammar.get("endings", {}).get("same", ""),
    )
    entries: dict[str, list[Entry]] = {}
    for first, entry in chain(_verbs(pack, same), _nouns(pack, same)):
        known = entries.get(first)
        if known is None:
            entries[first] = [entry]
        elif entry not in known:
            known.append(entry)
    context: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in pack.lines("happenings_context.tsv"):
        form, kind = line.split("\t")
        first, *rest = _words(form)
        context.setdefault(first, []).append((tuple(rest), kind))
    for line in pack.lines("actors.tsv"):
        form, kind, *_ = line.split("\t")
        if kind in _ACTS_AS:
            first, *rest = _words(form)
            context.setdefault(first, []).append((tuple(rest), _ACTS_AS[kind]))
    by_class: dict[str, list[Combination]] = {}
    for combination in combinations():
        for name in combination.of:
            by_class.setdefault(name, []).append(combination)
    reflexive = pack.table("grammar/phrases")["verbs"].get("reflexive", ())
    return TriggerWords(
        entries={k: _longest_first(v) for k, v in entries.items()},
        context={k: tuple(v) for k, v in context.items()},
        first_words=frozenset(entries) | frozenset(context),
        classes=dict(trigger_classes()),
        by_class={k: tuple(v) for k, v in by_class.items()},
        negation=frozenset(grammar["negation"]["words"]),
        negation_nouns=frozenset(grammar["negation"]["nouns"]),
        hypothetical=frozenset(grammar["hypothetical"]["before"]),
        planned=frozenset(grammar["planned"]["before"]),
        ground=frozenset(grammar.get("ground", {}).get("before", ())),
        definite=frozenset(grammar["definite"]["words"]),
        another=frozenset(grammar.get("another", {}).get("words", ())),
        elsewhere=frozenset(grammar.get("another", {}).get("openings", ())),
        who=frozenset(grammar.get("who", {}).get("words", ())),
        skip=frozenset(grammar["skip"]["words"]),
        reflexive=frozenset(reflexive),
        articles=pack.articles,
        agents=frozenset(pack.table("grammar/phrases")["words"].get("b", ())) - frozenset(pack.articles),
        calendar=_calendar(pack),
        verb_first=phrases(pack).verb_first,
    )


def _calendar(pack: Pack) -> frozenset[str]:
    """The names of months and weekdays, some of which are words for what happens, too ("March", "Sat")."""
    tables = pack.table("words/time").items()
    named = [names for title, names in tables if title.startswith(("month", "weekday"))]
    return frozenset(name.lstrip("^") for names in named for name in names)


def _longest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    if len(entries) > 1:
        return tuple(sorted(entries, key=lambda e: (-e.length, e.kind != _NONE)))
    return tuple(entries)


def _words(phrase: str) -> list[str]:
    return phrase.replace("’", "'").replace("'", "' ").replace(" ' s ", " 's ").split()


@record
class _Same:
    """What may stand in place of a word of an entry: other words, and the word with an ending."""

    words: dict[str, frozenset[str]]
    ending: str


def _options(words: Sequence[str], same: _Same) -> tuple[frozenset[str], ...]:
    alone = [same.words.get(word, frozenset((word,))) for word in words]
    if not same.ending:
        return tuple(alone)
    return tuple(forms if _GAP in forms else forms | {form + same.ending for form in forms} for forms in alone)


def _strength(columns: Sequence[str]) -> int | None:
    return int(columns[2]) if len(columns) > 2 and columns[2] else None


def _verbs(pack: Pack, same: _Same) -> Iterator[tuple[str, Entry]]:
    prefixes = tuple(pack.table("grammar/paradigm").get("reflexive", ()))
    forms: dict[str, list[str]] = {}
    for line in pack.lines("happenings.forms.tsv"):
        form, lemma = line.split("\t")
        forms.setdefault(lemma, []).append(form.lower())
    for line in pack.lines("happenings.tsv"):
        columns = line.split("\t")
        bare = columns[0]
        for prefix in prefixes:
            bare = bare.removeprefix(prefix)
        first, *rest = _words(bare)
        entry = Entry(columns[0], _options(rest, same), columns[1], _strength(columns), "v", bare != columns[0])
        for form in forms.get(first, (first,)):
            yield form, entry


def _nouns(pack: Pack, same: _Same) -> Iterator[tuple[str, Entry]]:
    for line in pack.lines("happenings_nouns.tsv"):
        columns = line.split("\t")
        for form in _spelt(columns[0]):
            first, *rest = _words(form.lower())
            yield first, Entry(form, _options(rest, same), columns[1], _strength(columns), "n")


def _spelt(pattern: str) -> list[str]:
    """Every spelling of "car bomb(s)": all optional letters left out, all put in."""
    if "(" not in pattern:
        return [pattern]
    without, with_, inside = [], [], False
    for char in pattern:
        if char in "()":
            inside = char == "("
            continue
        with_.append(char)
        if not inside:
            without.append(char)
    return ["".join(without), "".join(with_)]


def match_at(words: TriggerWords, keys: Sequence[str], tags: str, at: int, stop: int) -> Match | None:
    """The most exact entry that fits the words from token `at`, inside the sentence that ends at `stop`; of several, the nearest words."""
    best: Match | None = None
    tag = tags[at]
    after = keys[at + 1] if at + 1 < stop else ""
    for entry in words.entries[keys[at]]:
        if best is not None and entry.length < best.entry.length:
            break
        if entry.rest and not _goes_on(words, entry, after):
            continue
        if not _part_fits(entry, tag, tags, at, keys[at]):
            continue
        if entry.reflexive and words.reflexive.isdisjoint(keys[max(0, at - 3) : at]):
            continue
        inner = _rest(words, entry, keys, tags, at, stop) if entry.rest else (at,)
        if inner is not None and (best is None or inner[-1] + 1 < best.last):
            best = Match(entry, at, inner[-1] + 1, inner)
    return best


def _goes_on(words: TriggerWords, entry: Entry, after: str) -> bool:
    """Can the word after the first stand in an entry of several, as most cannot?"""
    options = entry.rest[0]
    return after in options or _GAP in options or after in words.articles or (entry.part == "v" and after in words.skip)


def _part_fits(entry: Entry, tag: str, tags: str, at: int, key: str) -> bool:
    if entry.part == "v":
        if tag in _VERB_TAGS:
            return True
        # Taggers take participles for adjectives, and the verb of an idiom ("shot down") for a noun.
        return (
            (tag == "A" or bool(entry.rest))
            and entry.kind not in _SAID
            and (key != entry.lemma or (bool(entry.rest) and (at == 0 or tags[at - 1] == ".")))
            and not (at and tags[at - 1] in "DA")
        )
    if tag in _NOUN_TAGS or tag == "g":
        return True
    return bool(entry.rest) or bool(at and tags[at - 1] in _MAYBE_NOUN)


def _rest(
    words: TriggerWords, entry: Entry, keys: Sequence[str], tags: str, at: int, stop: int
) -> tuple[int, ...] | None:
    inner = [at]
    place = at + 1
    gap = 0
    for options in entry.rest:
        if _GAP in options:
            gap = _GAP_LENGTH
            continue
        limit = min(stop, place + gap + 1)
        found = -1
        while place < limit:
            if keys[place] in options:
                found = place
                break
            if ((entry.part == "v" and keys[place] in words.skip) or keys[place] in words.articles) and limit < stop:
                limit += 1
            elif gap and tags[place] == "." and keys[place] not in ('"', "'", ","):
                return None
            elif gap and entry.part == "v" and keys[place] in words.agents:
                return None  # "shot | by a drone" is no drone shot down
            place += 1
        if found < 0:
            return None
        inner.append(found)
        place, gap = found + 1, 0
    return tuple(inner)


def context_at(words: TriggerWords, keys: Sequence[str], at: int) -> Iterator[str]:
    """The context classes of the words that begin at a token."""
    for rest, kind in words.context[keys[at]]:
        if not rest or phrase_end(keys, at + 1, rest, words.articles):
            yield kind
