"""A shallow parse: tags, verb groups, noun phrases, and each sentence as a short string of units that grammars match.

Units, one character each:

    n noun phrase   y noun phrase headed by a reporting noun ("statement")   p pronoun
    verb groups by form, capital when the verb reports:
        V/v finite active: R / V     finite passive: B / U     infinitive: I / i     gerund: G / g     bare past participle: J / j
    S preposition of source ("according to")   o of   b by   t to   e other preposition   T time expression   Q quotation
    C that   W whether, what   L relative pronoun   s other subordinator   k and, or   a adverb   x adjective   , ; : . ( ) -   z other
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from ondit.languages import Pack, load_pack
from ondit.model import Document, Quotation, Span, TimeExpression, Tokens
from ondit.read.engines.rules.lexicon import Lexicon, Reporting, load_lexicon
from ondit.read.engines.rules.tagging import load_tagger

_TRANSPARENT = 4  # a quotation of at most so many words without a finite verb is part of the phrase it stands in


class VerbGroup(NamedTuple):  # a tuple, like the two below: thousands are made for an article
    """A verb with its auxiliaries: tokens `first` … `last` (exclusive), `head` the content verb.

    `form` is finite, infinitive, gerund or participle; `reporting` the entry of the reporting lexicon, if any.
    """

    first: int
    last: int
    head: int
    form: str
    passive: bool = False
    negated: bool = False
    conditional: bool = False
    modal: bool = False
    future: bool = False
    reporting: tuple[Reporting, ...] = ()


class Unit(NamedTuple):
    """One piece of a sentence: its kind (see the module's table) and its tokens `first` … `last` (exclusive)."""

    kind: str
    first: int
    last: int
    verb: VerbGroup | None = None
    quotation: Quotation | None = None


class Clause(NamedTuple):
    """A sentence (or the inside of a quotation) as units; `units` as a string is what grammars match."""

    first: int
    last: int
    units: tuple[Unit, ...]
    symbols: str
    within: Quotation | None = None


@dataclass(frozen=True)
class Parse:
    """A document in one language with tags and clauses; built by `parse`."""

    document: Document
    pack: Pack
    tokens: Tokens
    tags: str
    times: tuple[TimeExpression, ...]
    clauses: tuple[Clause, ...] = field(default=())

    @property
    def text(self) -> str:
        """The report's text."""
        return self.document.report.text

    @cached_property
    def inner_of(self) -> dict[tuple[int, int], Span]:
        """Quotations without their marks, by the offsets with them."""
        return {(q.outer.start, q.outer.stop): q.inner for q in self.document.quotations}

    @cached_property
    def clause_starts(self) -> list[int]:
        """First token of each clause, in order."""
        return [clause.first for clause in self.clauses]

    def clauses_in(self, first: int, last: int) -> Sequence[Clause]:
        """The clauses that share a token with `first` … `last` (exclusive), and some before that do not."""
        low = bisect_left(self.clause_starts, first)
        while low > 0 and (low == len(self.clauses) or self.clauses[low].first > first or self.clauses[low].within is not None):
            low -= 1
        return self.clauses[low : bisect_left(self.clause_starts, last)]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The pack's reporting words."""
        return load_lexicon(self.pack)

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens `first` … `last` (exclusive)."""
        return self.tokens.span(first, last)

    def words(self, first: int, last: int) -> str:
        """The text of the tokens as written."""
        return self.span(first, last).of(self.text)

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a character offset."""
        return bisect_left(self.tokens.starts, offset)


def parse(document: Document, pack: Pack, times: Sequence[TimeExpression] = ()) -> Parse:
    """Tags a document and cuts its sentences into units."""
    tokens = document.tokens
    tags = _tag(document, pack)
    times = [time for time in times if not _counts_something(time, tokens, tags)]
    result = Parse(document, pack, tokens, tags, tuple(times))
    clauses: list[Clause] = []
    quotes = _QuoteIndex(document.quotations, tokens, tags)
    for sentence in document.sentences:
        first, last = _range(tokens, sentence)
        clauses.extend(_clauses(result, first, last, quotes, None))
    clauses.sort(key=lambda c: (c.first, -c.last))
    return Parse(document, pack, tokens, tags, tuple(times), tuple(clauses))


def _counts_something(time: TimeExpression, tokens: Tokens, tags: str) -> bool:
    """Is a bare year the figure of a noun ("2000 metres", "2017 soldiers")?"""
    if not time.text.isdigit():
        return False
    after = bisect_left(tokens.starts, time.span.stop)
    return after < len(tokens) and tags[after] == "N" and tokens.starts[after] - time.span.stop == 1


def _range(tokens: Tokens, span: Span) -> tuple[int, int]:
    return bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.stop)


def _tag(document: Document, pack: Pack) -> str:
    tagger = load_tagger(pack.folder / "models" / "pos.crfsuite")
    grammar = _phrases(pack)
    text, tokens = document.report.text, document.tokens
    fixed, retag, special = grammar.tags, grammar.retag, grammar.special
    lexicon = load_lexicon(pack)
    text = text.replace("’", "'")
    out: list[str] = []
    for sentence in document.sentences:
        first, last = _range(tokens, sentence)
        while first < last:
            stop = min(last, first + 300)  # a "sentence" without end is cut: the model needs no more context
            forms = [text[a:b] for a, b in zip(tokens.starts[first:stop], tokens.stops[first:stop], strict=True)]
            tags = tagger.tags(forms)
            keys = tokens.keys[first:stop]
            for at in [i for i, key in enumerate(keys) if key in special or tags[i] == "A"]:
                key = keys[at]
                if key in fixed:
                    tags[at] = fixed[key]
                elif tags[at] in "NAPR" and key in lexicon.plain_verbs:
                    tags[at] = "V"
                elif tags[at] in "DI" and grammar.words.get(key) == "C" and at and _says(lexicon, tokens.keys[first + at - 1], tags[at - 1]):
                    tags[at] = "S"
                elif tags[at] in "NAPv" and key in lexicon.forms and _in_verb_position(tags, at):
                    tags[at] = "V"
                elif (tags[at] == "A" and key.endswith(grammar.participle_endings) and _after_auxiliary(tags, at)) or (tags[at] in "NA" and key in lexicon.forms and _after_auxiliary(tags, at)):
                    tags[at] = "v"
                elif key in retag and tags[at] == retag[key][0]:
                    tags[at] = retag[key][1]
            out.append("".join(tags))
            first = stop
    joined = "".join(out)
    return joined + "?" * (len(tokens) - len(joined))


def _says(lexicon: Lexicon, key: str, tag: str) -> bool:
    """Is it a verb after which "that" begins what is said?"""
    return tag in "VviN" and any("s" in e.frames for lemma in lexicon.forms.get(key, ()) for _, _, e in lexicon.entries.get(lemma, ()))


def _in_verb_position(tags: Sequence[str], at: int) -> bool:
    """Between a subject ("Moscow", "the army") and what only follows a verb: a determiner, a name, a conjunction."""
    return 0 < at < len(tags) - 1 and tags[at - 1] in "NP" and tags[at + 1] in "DPS" and not any(t in "VX" for t in tags[:at])


def _after_auxiliary(tags: Sequence[str], at: int) -> bool:
    """Does an auxiliary stand before, with nothing but adverbs between? Then the word is its participle."""
    before = at - 1
    while before >= 0 and tags[before] == "R":
        before -= 1
    return before >= 0 and tags[before] in "Xyzw"


@dataclass(frozen=True, slots=True)
class _Phrases:
    noun_phrase: re.Pattern[str]
    verb_group: re.Pattern[str]
    tags: dict[str, str]
    retag: dict[str, tuple[str, str]]
    words: dict[str, str]
    sources: dict[str, list[tuple[str, ...]]]
    initial: frozenset[str]
    before_noun: dict[str, list[tuple[str, ...]]]
    quantifiers: dict[str, list[tuple[str, ...]]]
    light: dict[str, list[tuple[str, ...]]]
    refusing: dict[str, list[tuple[str, ...]]]
    participle_is_finite: bool
    participle_endings: tuple[str, ...]
    passive: frozenset[str]
    negation: frozenset[str]
    conditional: frozenset[str]
    conditional_endings: tuple[str, ...]
    modal: frozenset[str]
    future: frozenset[str]
    reflexive: frozenset[str]
    clitics: frozenset[str]
    special: frozenset[str]  # words whose tag the model does not decide alone (nor those it calls adjectives)
    introducing: frozenset[str]  # first words of sources and quantifiers


@lru_cache(maxsize=16)
def _phrases_of(language: str) -> _Phrases:
    table = load_pack(language).table("grammar/phrases")
    verbs = table["verbs"]
    lexicon = load_lexicon(load_pack(language))
    tags, retag = table.get("tags", {}), {k: (v[0], v[1]) for k, v in table.get("retag", {}).items()}
    words = {word: kind for kind, words in table["words"].items() for word in words}
    prepositions = {name: _by_first_word(phrases) for name, phrases in table["prepositions"].items()}
    initial = frozenset(table["prepositions"]["source_initial"])
    return _Phrases(
        noun_phrase=re.compile(table["noun_phrase"]),
        verb_group=re.compile(table["verb_group"]),
        tags=tags,
        retag=retag,
        words=words,
        sources=prepositions["source"],
        initial=initial,
        before_noun=prepositions["source_before"],
        quantifiers=prepositions["quantifiers"],
        light=_by_first_word(verbs["light"]),
        refusing=_by_first_word(verbs["refusing"]),
        participle_is_finite=verbs.get("participle_with_object") == "finite",
        participle_endings=tuple(verbs["participle_endings"]),
        passive=frozenset(verbs["passive"]),
        negation=frozenset(verbs["negation"]),
        conditional=frozenset(verbs["conditional"]),
        conditional_endings=tuple(verbs["conditional_endings"]),
        modal=frozenset(verbs["modal"]),
        future=frozenset(verbs["future"]),
        reflexive=frozenset(verbs["reflexive"]),
        clitics=frozenset(verbs["clitics"]),
        special=frozenset(tags).union(retag, lexicon.plain_verbs, lexicon.forms, (w for w, kind in words.items() if kind == "C")),
        introducing=initial.union(prepositions["source"], prepositions["source_before"], prepositions["quantifiers"]),
    )


def _by_first_word(phrases: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases as words, by their first one, longer ones first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.replace("'", "' ").split())
        table.setdefault(words[0], []).append(words)
    for options in table.values():
        options.sort(key=len, reverse=True)
    return table


def _phrase_at(table: dict[str, list[tuple[str, ...]]], keys: Sequence[str], at: int) -> int:
    """Tokens of the longest phrase of the table that begins at a token, 0 when none does."""
    for words in table.get(keys[at], ()):
        if tuple(keys[at : at + len(words)]) == words:
            return len(words)
    return 0


def initial_sources(pack: Pack) -> frozenset[str]:
    """Prepositions that introduce a source only at the head of a sentence."""
    return _phrases(pack).initial


def _phrases(pack: Pack) -> _Phrases:
    return _phrases_of(pack.language)


class _QuoteIndex:
    """Which quotations are pieces of their own, and which are a few words inside a phrase."""

    def __init__(self, quotations: Sequence[Quotation], tokens: Tokens, tags: str) -> None:
        self.pieces: dict[int, tuple[int, int, int, Quotation]] = {}
        self.marks: set[int] = set()
        for quotation in quotations:
            first, last = _range(tokens, quotation.outer)
            inner_first, inner_last = _range(tokens, quotation.inner)
            self.marks.update(range(first, inner_first))
            self.marks.update(range(inner_last, last))
            few = inner_last - inner_first <= _TRANSPARENT and not set(tags[inner_first:inner_last]) & set("VX")
            if not few and inner_last > inner_first:
                self.pieces.setdefault(first, (last, inner_first, inner_last, quotation))
        self._places = sorted(self.marks.union(self.pieces))

    def between(self, first: int, last: int) -> Sequence[int]:
        """Tokens `first` … `last` (exclusive) that are marks or begin a piece."""
        return self._places[bisect_left(self._places, first) : bisect_left(self._places, last)]


def _clauses(parse: Parse, first: int, last: int, quotes: _QuoteIndex, within: Quotation | None) -> Iterator[Clause]:
    if first >= last:
        return
    units = _with_verbs(parse, tuple(_units(parse, first, last, quotes)))
    symbols = "".join([u.kind for u in units])
    yield Clause(first, last, units, symbols, within)
    if "Q" not in symbols:
        return
    for unit in units:
        if unit.quotation is not None:
            _, inner_first, inner_last, quotation = quotes.pieces[unit.first]
            for a, b in _inner_sentences(parse, inner_first, inner_last):
                yield from _clauses(parse, a, b, quotes, quotation)


def _with_verbs(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Finite verbs that the tagger took for participles or nouns."""
    units = _with_light_verbs(parse, _with_final_verb(parse, units))
    if _phrases(parse.pack).participle_is_finite:
        units = tuple(
            _finite(unit)
            if unit.kind in "jJ" and 0 < at < len(units) - 1 and units[at - 1].kind in "nyp)," and units[at + 1].kind in "np"
            else unit
            for at, unit in enumerate(units)
        )
    units = _with_finite_verb(_with_hidden_verb(parse, units))
    return _with_complement_verb(units) if _phrases(parse.pack).participle_is_finite else units


def _has_finite(units: Sequence[Unit]) -> bool:
    return not _FINITE.isdisjoint([u.kind for u in units])


def _with_hidden_verb(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """ "The army ordered | residents …": a reporting verb inside a noun phrase of a sentence that has no finite verb."""
    if _has_finite(units):
        return units
    keys, tags = parse.tokens.keys, parse.tags
    forms, nouns = parse.lexicon.forms, parse.lexicon.nouns
    for index, unit in enumerate(units):
        if unit.kind not in "ny":
            continue
        for at in range(unit.first + 1, unit.last):
            if keys[at] in forms and tags[at - 1] in "NP" and keys[at] not in nouns:
                reporting, stop = parse.lexicon.reporting(keys, at, at + 1, unit.last, False)
                if reporting and (at + 1 < unit.last or index + 1 < len(units)):
                    verb = VerbGroup(at, stop, at, "finite", reporting=reporting)
                    rest = (Unit("n", stop, unit.last),) if stop < unit.last else ()
                    return (*units[:index], Unit("n", unit.first, at), Unit("R", at, stop, verb=verb), *rest, *units[index + 1 :])
    return units


def _with_complement_verb(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """ "Police said a bomb exploded": after a reporting verb and a subject, a participle with no finite verb beside it is one."""
    said = next((i for i, u in enumerate(units) if u.kind == "R" and u.verb and any("s" in e.frames for e in u.verb.reporting)), None)
    if said is None or any(u.kind in "VURB;Q" for u in units[said + 1 :]):
        return units
    subject = False
    for at in range(said + 1, len(units)):
        unit = units[at]
        if unit.kind in "jJ" and unit.verb is not None and subject:
            if at + 1 < len(units) and units[at + 1].kind == "b":
                return units
            return (*units[:at], _finite(unit), *units[at + 1 :])
        if unit.kind in "npy":
            subject = True
        elif unit.kind not in "oetCaTk":
            break
    return units


def _with_final_verb(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """"…, the Advocate reports." ends in a verb, whatever noun has the same form."""
    for at in range(len(units) - 1, 0, -1):
        unit = units[at]
        if unit.kind in ".)":
            continue
        if unit.kind not in "ny" or unit.last - unit.first < 2 or units[at - 1].kind not in ",Q":
            return units
        reporting, _ = parse.lexicon.reporting(parse.tokens.keys, unit.last - 1, unit.last, unit.last, False)
        if not any("s" in entry.frames or "q" in entry.frames for entry in reporting):
            return units
        verb = VerbGroup(unit.last - 1, unit.last, unit.last - 1, "finite", reporting=reporting)
        subject, said = Unit("n", unit.first, unit.last - 1), Unit("R", unit.last - 1, unit.last, verb=verb)
        return (*units[:at], subject, said, *units[at + 1 :])
    return units


def _with_light_verbs(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """ "went on to say" and "declined to say" as one reporting verb, the second one negated."""
    if not any(unit.kind == "I" for unit in units):
        return units
    grammar = _phrases(parse.pack)
    keys = parse.tokens.keys
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        merged = None
        if unit.verb is not None and unit.kind in "VUR":
            end = next((i for i in range(at + 1, min(len(units), at + 4)) if units[i].kind not in "aoted"), at)
            said = units[end] if end > at else unit
            head = unit.verb.head
            light, refusing = _phrase_at(grammar.light, keys, head), _phrase_at(grammar.refusing, keys, head)
            if said.kind == "I" and said.verb is not None and (light or refusing) and head + max(light, refusing) <= said.first:
                verb = unit.verb._replace(
                    last=said.last, head=said.verb.head, passive=False, reporting=said.verb.reporting,
                    negated=unit.verb.negated or bool(refusing),
                )  # fmt: skip
                merged = Unit("R", unit.first, said.last, verb=verb)
                at = end
        out.append(merged or unit)
        at += 1
    return tuple(out)


def _finite(unit: Unit) -> Unit:
    assert unit.verb is not None
    return unit._replace(kind="R" if unit.kind in "JR" else "V", verb=unit.verb._replace(form="finite"))


def _with_finite_verb(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """A sentence without a finite verb whose first verb is a bare participle after a noun: the model took the one for the other."""
    if _has_finite(units):
        return units
    for at, unit in enumerate(units):
        if unit.verb is not None and unit.kind in "Jj" and at and units[at - 1].kind in "nyapT":
            if at + 1 < len(units) and units[at + 1].kind in "b":
                return units
            return (*units[:at], _finite(unit), *units[at + 1 :])
        if unit.verb is not None:
            break
    return units


def _inner_sentences(parse: Parse, first: int, last: int) -> Iterator[tuple[int, int]]:
    keys, starts, text = parse.tokens.keys, parse.tokens.starts, parse.text
    begin = first
    for at in range(first, last - 1):
        if keys[at] in (".", "!", "?", "…") and text[starts[at + 1]].isupper() and not _abbreviation(parse, at):
            yield begin, at + 1
            begin = at + 1
    yield begin, last


def _abbreviation(parse: Parse, at: int) -> bool:
    return parse.tokens.keys[at] == "." and parse.tokens.keys[at - 1] in parse.pack.abbreviations


def _units(parse: Parse, first: int, last: int, quotes: _QuoteIndex) -> Iterator[Unit]:
    grammar = _phrases(parse.pack)
    keys = parse.tokens.keys
    mask = list(parse.tags[first:last])
    starts: dict[int, Unit] = {}
    at = first
    for place in quotes.between(first, last):  # quotations and times are whole pieces
        if place < at:
            continue
        if place in quotes.pieces and quotes.pieces[place][0] <= last:
            at, _, _, quotation = quotes.pieces[place]
            starts[place] = Unit("Q", place, at, quotation=quotation)
            mask[place - first : at - first] = " " * (at - place)
        elif place in quotes.marks:
            mask[place - first] = '"'
    for time in _times_in(parse, first, last):
        a, b = _range(parse.tokens, time.span)
        if a < b <= last and " " not in mask[a - first : b - first]:
            starts[a] = Unit("T", a, b)
            mask[a - first : b - first] = " " * (b - a)
    introducing = grammar.introducing
    for at in [i for i, key in enumerate(keys[first:last], first) if key in introducing]:  # prepositions of source
        length = 0 if mask[at - first] == " " else _phrase_at(grammar.sources, keys, at)
        if (at == first and keys[at] in grammar.initial) or (keys[at] in grammar.before_noun and _phrase_at(grammar.before_noun, keys, at)):
            length = 1
        if length:
            starts[at] = Unit("S", at, at + length)
            mask[at - first : at - first + length] = " " * length
        elif keys[at] in grammar.quantifiers and (length := _phrase_at(grammar.quantifiers, keys, at)):
            if at + length < last and parse.tags[at + length] in "#D" and " " not in mask[at - first : at - first + length]:
                mask[at - first : at - first + length] = "#" * length
    line = "".join(mask)
    lexicon, nouns = parse.lexicon, parse.lexicon.nouns.keys()
    for match in grammar.verb_group.finditer(line):
        group = _verb_group(parse, grammar, first + match.start(), first + match.end(), last)
        starts[group.first] = Unit(_verb_kind(group), group.first, group.last, verb=group)
        line = line[: group.first - first] + " " * (group.last - group.first) + line[group.last - first :]
    for match in grammar.noun_phrase.finditer(line):
        a, b = first + match.start(), first + match.end()
        while b > a and parse.tags[b - 1] == "." and line[b - 1 - first] == '"' and '"' not in line[a - first : b - 1 - first]:
            b -= 1
        if line[a - first : b - first].strip('"'):
            kind = "y" if not nouns.isdisjoint(keys[a:b]) and lexicon.is_reporting_noun(keys[a:b], parse.tags[a:b]) else "n"
            starts[a] = Unit(kind, a, b)
    at = first
    while at < last:
        unit = starts.get(at)
        if unit is None:
            unit = _single(parse, grammar, at, line[at - first], last)
            if unit is None:
                at += 1
                continue
        yield unit
        at = unit.last


def _times_in(parse: Parse, first: int, last: int) -> Iterator[TimeExpression]:
    low, high = parse.tokens.starts[first], parse.tokens.stops[last - 1]
    at = bisect_left(parse.times, low, key=lambda t: t.span.start)
    while at < len(parse.times) and parse.times[at].span.start < high:
        if parse.times[at].span.stop <= high:
            yield parse.times[at]
        at += 1


_PUNCTUATION = {",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "-": "-", "–": "-", "—": "-", ".": ".",
                "!": ".", "?": ".", "…": ".", "...": ".", "،": ",", "؛": ";", "؟": "."}  # fmt: skip
_BY_TAG = {"E": "e", "C": "k", "S": "s", "R": "a", "A": "x", "t": "t", "I": "z"}


def _single(parse: Parse, grammar: _Phrases, at: int, masked: str, last: int) -> Unit | None:
    key, tag = parse.tokens.keys[at], parse.tags[at]
    if masked == '"':
        return None
    if key in _PUNCTUATION:
        return Unit(_PUNCTUATION[key], at, at + 1)
    if tag in "vigVyzw":
        group = _verb_group(parse, grammar, at, at + 1, last)
        return Unit(_verb_kind(group), at, group.last, verb=group)
    kind = grammar.words.get(key)
    if key in grammar.reflexive and at + 1 < last and parse.tags[at + 1] in "XVvyzwigI":
        return None
    if kind is not None and not (kind == "p" and tag == "D"):
        return Unit(kind, at, at + 1)
    return Unit(_BY_TAG.get(tag, "z"), at, at + 1)


def _verb_kind(group: VerbGroup) -> str:
    if group.form == "finite":
        pair = "BU" if group.passive else "RV"
    else:
        pair = {"infinitive": "Ii", "gerund": "Gg", "participle": "Jj"}[group.form]
    return pair[0] if group.reporting else pair[1]


_FINITE = frozenset("VURB")
_FORMS = {"X": "finite", "V": "finite", "z": "infinitive", "i": "infinitive", "w": "gerund", "g": "gerund"}


def _verb_group(parse: Parse, grammar: _Phrases, first: int, last: int, limit: int) -> VerbGroup:
    keys, tags = parse.tokens.keys, parse.tags
    head = last - 1
    while head > first and tags[head] in "RTI":
        head -= 1
    aux = [keys[i] for i in range(first, head) if tags[i] in "Xyzw"] if head > first else []
    reflexive = not grammar.reflexive.isdisjoint(keys[first - 1 if first else 0 : head])
    form = _FORMS.get(tags[first], "participle")
    passive = bool(aux) and aux[-1] in grammar.passive and tags[head] in "vV" and not reflexive
    # A finite verb inside a compound group is a participle the model took for one ("a dit").
    negated = not grammar.negation.isdisjoint(keys[first - 2 if first > 2 else 0 : last + 1])
    finite_key = keys[first]
    conditional = finite_key in grammar.conditional or (
        tags[first] in "XV" and bool(grammar.conditional_endings) and finite_key.endswith(grammar.conditional_endings)
    )
    reporting, extra = parse.lexicon.reporting(keys, head, last, limit, reflexive)
    if not reporting and tags[head] == "i":  # "a fait savoir": the words of the entry stand inside the group
        for at in range(first, head):
            if keys[at] in parse.lexicon.forms and tags[at] in "vyVX":
                reporting, extra = parse.lexicon.reporting(keys, at, at + 1, limit, reflexive)
                if reporting:
                    break
    return VerbGroup(
        first=first,
        last=max(last, extra),
        head=head,
        form=form,
        passive=passive,
        negated=negated,
        conditional=conditional,
        modal=not grammar.modal.isdisjoint(keys[first:last]),
        future=not grammar.future.isdisjoint(keys[first:last]),
        reporting=reporting,
    )
