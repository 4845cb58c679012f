"""Finds place names in a parsed report: what may be one, what the words around it say, and what only looks like one.

The method is a gazetteer look-up over capitalised stretches with hand-weighted evidence (after the rule-based geoparsers, e.g.
Grover et al. 2010, "Use of the Edinburgh geoparser for georeferencing digitised historical collections"); every weight is a
number below or in `toponym_runs`, every word is in the language pack.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.gazetteer import Gazetteer, Hit, PlaceKind, fold_name
from ondit.gazetteer.folding import article_before
from ondit.gazetteer.mention import COORDINATES, DATELINE, OFFICE, Role, Toponym
from ondit.model import Span
from ondit.read.engines.rules.coordinates import find_coordinates
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.toponym_caseless import CaselessReader
from ondit.read.engines.rules.toponym_choice import THRESHOLD, Surroundings, finished, nested, without_overlaps
from ondit.read.engines.rules.toponym_lines import heads_a_line, is_dateline, written_there
from ondit.read.engines.rules.toponym_metonyms import acts, in_a_compound, is_of_an_office
from ondit.read.engines.rules.toponym_nearness import Nearness, ends_a_way, nearness
from ondit.read.engines.rules.toponym_runs import Option, Run, RunReader
from ondit.read.engines.rules.toponym_sorts import Whole, kinds_before, with_sort
from ondit.read.engines.rules.toponym_words import PlaceWords, place_words
from ondit.read.engines.rules.triggers import happening_words
from ondit.read.engines.rules.units import Parse
from ondit.text.folding import fold_word

_LOOKED_UP = "gazetteer"  # the rule of a name found as it is written
_SHORT = 4  # letters: so short a name is too often another one
HOPELESS = -5.5
_ADJECTIVE = 1.5  # what a name that looks like an adjective gets back, too
STRONG, HAPPENED, WEAK, HEAD = 1.5, 1.2, 0.4, 2.5


@lru_cache(maxsize=8)
def _reader(gazetteer: Gazetteer, language: str) -> RunReader:
    return RunReader(gazetteer, place_words(language))


def find_toponyms(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """Place names of a report in text order, with every entry they may mean; persons and organisations are left out."""
    return _Finder(parse, _reader(gazetteer, parse.pack.language)).find()


def _shortened(key: str, hits: Sequence[Hit]) -> bool:
    """Is there one reading only, whose name is this one with an article or a silent letter more ("Hawija", Al Ḩawījah)?"""
    words = fold_name(hits[0].entry.name).split() if len(hits) == 1 else []
    return len(key) > _SHORT and bool(words) and words[-1].startswith(key)


class _Finder:
    def __init__(self, parse: Parse, reader: RunReader) -> None:
        self.parse = parse
        self.text = parse.text
        self.reader = reader
        self.words: PlaceWords = reader.words
        self.sentence_starts = {s.start for s in parse.document.sentences}
        self.happenings = happening_words(parse.pack, "n")

    def find(self) -> list[Toponym]:
        placed = list(self._caseless() if self.words.caseless else self._candidates())
        persons = {word for run, _, _ in placed for word in run.persons}
        drafts = [self._draft(option, start) for _, option, start in placed if option and option.score > HOPELESS]
        drafts.extend(self._phrases())
        drafts.extend(self._adjectives())
        drafts.extend([capital for draft in drafts if draft.role is Role.ADJECTIVE for capital in self._capital(draft)])
        drafts.extend(
            t
            for run, option, start in placed
            if option is None and run.unknown
            for t in self._unknown(run.unknown, start)
        )
        drafts.extend(self._abbreviated(drafts))
        drafts.extend(self._coordinates())
        drafts.sort(key=lambda t: (t.span.start, -t.span.stop))
        drafts = nested(without_overlaps(drafts), self.text, self.words.nesting)
        around = Surroundings.of(drafts)
        kept = [t for t in drafts if self._stands(t, persons, around)]
        return finished(drafts, kept, self.parse.pack.language)

    def _candidates(self) -> Iterator[tuple[Run, Option | None, int]]:
        read = self.reader.read
        passage = self.parse.document.passages[0].span
        for match in self.words.run.finditer(self.text, passage.start, passage.stop):
            start = match.start()
            run = read(match.group(), self._titled(start))
            yield run, None, start
            for option in run.options:
                yield run, option, start

    def _caseless(self) -> Iterator[tuple[Run, Option | None, int]]:
        return CaselessReader(self.reader.gazetteer, self.words).candidates(self.parse)

    def _titled(self, start: int) -> bool:
        before = self._token_before(start)
        return before >= 0 and self.parse.tokens.keys[before] in self.words.titles

    def _token_before(self, offset: int) -> int:
        """The token that ends at or before an offset, or -1."""
        at = bisect_left(self.parse.tokens.starts, offset) - 1
        while at >= 0 and self.parse.tokens.stops[at] > offset:
            at -= 1
        return at

    def _draft(self, option: Option, base: int) -> Toponym:
        start, stop = base + option.start, base + option.stop
        hits = option.hits
        article = article_before().search(self.text, max(0, start - 6), start) if option.first else None
        if article:
            start = article.start()
            hits = _both(self.reader.gazetteer.hits(fold_name(self.text[start:stop])), hits)
        score = option.score
        kinds: frozenset[PlaceKind] = frozenset()
        role = option.role
        before = self._token_before(start)
        near = self._nearness(start)
        if option.first:
            score += self._before(before, start, beside=bool(near.phrase))
        elif near.reach:  # "Between Gao and …", "North of Gao, …"
            score += STRONG
        if option.first:
            head = kinds_before(self.parse, self.words, before, start)
            if head:
                kinds, score = head, score + HEAD + self._vouched(start, option)
        dateline = option.first and is_dateline(self.text, start, stop)
        if (
            dateline
            or (option.first and heads_a_line(self.text, start, stop))
            or ends_a_way(self.text, start, stop, self.words.way)
        ):
            score += HEAD
        if role is not Role.ADJECTIVE:
            after = self.words.heads_after_pattern.match(self.text, stop, stop + 24)
            if after and not kinds:
                kinds = self.words.heads_after[fold_word(after.group(1))]
                score += HEAD - 1
            score += self._tag(start, stop, option)
            score += self._speaks(before, stop, option)
            role = self._role(option, before, start, stop)
        whole = (
            with_sort(self.parse, self.words, self.reader.gazetteer, before, Span(start, stop), hits)
            if option.first
            else None
        )
        score, kinds = (max(score, 0.0) + HEAD, frozenset()) if whole else (score, kinds)
        name = whole or Whole(Span(start, stop), option.key, hits)
        rule = DATELINE if dateline and written_there(self.text, stop) else option.rule
        if rule == _LOOKED_UP and role is Role.PLACE and is_of_an_office(self.parse, self.words, before, stop):
            rule = OFFICE
        return Toponym(
            span=name.span,
            text=name.span.of(self.text),
            key=name.key,
            hits=name.hits,
            role=role,
            kinds=kinds,
            precision=near.precision,
            reach_km=near.reach,
            bearing=near.bearing,
            phrase=near.phrase,
            score=score,
            rule=rule,
            language=self.parse.pack.language,
        )

    def _before(self, before: int, start: int, *, beside: bool) -> float:
        """What the word before speaks for a place; `beside`: it ends a phrase of nearness ("10 km north of")."""
        if before < 0 or self.parse.tokens.stops[before] < start - 2:
            return 0.0
        key = self.parse.tokens.keys[before]
        if key in self.words.strong or (beside and key in self.words.relative.beside):
            return STRONG
        if key in self.words.weak:
            # "The battle of Gao", "a strike on Gao": what happens does so somewhere.
            of = before > 0 and (phrases(self.parse.pack).words.get(key) == "o" or key in self.words.struck)
            return HAPPENED if of and self.parse.tokens.keys[before - 1] in self.happenings else WEAK
        return 0.0

    def _vouched(self, start: int, option: Option) -> float:
        """What a word that is also a common one gets back where its sort stands before it, and it is no adjective of that: "the district of al-Qaim"."""
        if not self.words.caseless or not (option.common or option.key in self.words.needs_head):
            return 0.0
        at = bisect_left(self.parse.tokens.starts, start)
        article = self.parse.tokens.keys[at] in self.parse.pack.articles
        head = self._token_before(start)
        definite = head > 0 and self.parse.tokens.keys[head - 1] in self.parse.pack.articles
        if definite or not (article or self.parse.tags[at] in "NP"):
            return 0.0
        return HEAD * option.common + (HEAD + _ADJECTIVE) * (option.key in self.words.needs_head)

    def _tag(self, start: int, stop: int, option: Option) -> float:
        """The part-of-speech model's opinion; the best of the name's words."""
        first = max(0, bisect_right(self.parse.tokens.starts, start) - 1)
        last = max(first + 1, bisect_left(self.parse.tokens.starts, stop))
        tags = set(self.parse.tags[first:last])
        if "P" in tags:
            return 0.3
        if option.prominence >= 3 and not option.common:
            return 0.0
        opening = -1.0 if option.common and start in self.sentence_starts else 0.0
        nominal = (
            "N?#A" if self.words.caseless and not option.common else "N?#"
        )  # names that no list knows end like adjectives
        # Behind a preposition of place a capital is no verb's, whatever the model says.
        before = self._token_before(start)
        led = not option.common and before >= 0 and self.parse.tokens.keys[before] in self.words.strong
        return opening + (-0.8 if led or tags & set(nominal) else -1.5)

    def _speaks(self, before: int, stop: int, option: Option) -> float:
        governed = before >= 0 and self.parse.tags[before] == "E"  # "residents of Ngala said"
        if option.prominence >= 2.0 or governed:
            return 0.0
        at = bisect_left(self.parse.tokens.starts, stop)
        return -2.0 if at < len(self.parse.tokens) and self.parse.tokens.keys[at] in self.words.speech else 0.0

    def _nearness(self, start: int) -> Nearness:
        """Nearness and parts said before the name."""
        before = self._token_before(start)
        return nearness(self.text, start, self.parse.tokens.keys[before] if before >= 0 else "", self.words.relative)

    def _phrases(self) -> Iterator[Toponym]:
        """Names with words in lower case ("bande de Gaza"), listed in the pack."""
        tokens, phrases = self.parse.tokens, self.words.phrases
        for at in self.parse.where(phrases):
            for phrase in phrases[tokens.keys[at]]:
                start = tokens.starts[at]
                stop = start + len(phrase)
                written = self.text[start:stop].replace("’", "'")
                if self.words.caseless:
                    written = fold_word(written)
                if written == phrase and not self.text[stop : stop + 1].isalnum():
                    hits = self.reader.gazetteer.hits(fold_name(phrase))
                    if hits:
                        span = Span(start, stop)
                        near = self._nearness(start)
                        inside = at > 0 and tokens.keys[at - 1] in self.words.organisations
                        role = Role.INSIDE if inside else self._role_of(fold_name(phrase), start)
                        yield Toponym(
                            span,
                            span.of(self.text),
                            fold_name(phrase),
                            hits,
                            role,
                            precision=near.precision,
                            reach_km=near.reach,
                            bearing=near.bearing,
                            phrase=near.phrase,
                            score=5.0,
                            rule="phrase",
                        )
                        break

    def _role(self, option: Option, before: int, start: int, stop: int) -> Role:
        if in_a_compound(self.parse, self.words, start, stop):
            return Role.ADJECTIVE
        if option.role is not Role.PLACE:
            return option.role
        beside = option.first and before >= 0 and self.text[self.parse.tokens.stops[before] : start] == " "
        if beside and self.parse.tokens.keys[before] in self.words.named:
            return Role.INSIDE
        acting = acts(self.parse, self.words, before, stop, option)
        return Role.ACTOR if acting else self._role_of(option.key, start)

    def _role_of(self, key: str, start: int) -> Role:
        """A union of states is a place only where something is said to be in it ("in the European Union")."""
        if key not in self.words.metonyms.unions:
            return Role.PLACE
        before = self._token_before(start)
        if before > 0 and self.parse.tokens.keys[before] in self.parse.pack.articles:
            before -= 1
        return Role.PLACE if before >= 0 and self.parse.tokens.keys[before] in self.words.strong else Role.ACTOR

    def _adjectives(self) -> Iterator[Toponym]:
        """Adjectives of places that the language writes in lower case ("l'armée irakienne")."""
        lower = self.words.lower_demonyms
        if not lower:
            return
        tokens = self.parse.tokens
        for at in self.parse.where(lower):
            key = tokens.keys[at]
            if not self.text[tokens.starts[at]].isupper():
                entry = self.reader.gazetteer.entry(self.words.demonyms[fold_name(key)])
                if entry is not None:
                    fused = at > 0 and tokens.stops[at - 1] == tokens.starts[at]
                    first = at - (fused and tokens.keys[at - 1] in self.parse.pack.articles)
                    span = Span(tokens.starts[first], tokens.stops[at])
                    yield Toponym(
                        span, span.of(self.text), key, (Hit(entry),), Role.ADJECTIVE, score=4.0, rule="demonym"
                    )

    def _capital(self, adjective: Toponym) -> Iterator[Toponym]:
        """The town, not the country: "the Egyptian capital", "la capitale égyptienne"."""
        match = self.words.capital_after.match(self.text, adjective.span.stop) or self.words.capital_before.search(
            self.text, max(0, adjective.span.start - 20), adjective.span.start
        )
        entry = self.reader.gazetteer.capital(adjective.hits[0].entry.country) if match else None
        if match and entry is not None:
            span = adjective.span.cover(Span(*match.span()))
            near = self._nearness(span.start)
            yield Toponym(
                span,
                span.of(self.text),
                fold_name(entry.name),
                (Hit(entry),),
                precision=near.precision,
                reach_km=near.reach,
                bearing=near.bearing,
                phrase=near.phrase,
                score=5.0,
                rule="capital",
            )

    def _unknown(self, name: tuple[int, str], start: int) -> Iterator[Toponym]:
        """A name no gazetteer has as it is written: taken when a word for its sort, or a known spelling near by, vouches for it."""
        stop, key = name
        before = self._token_before(start)
        kinds = kinds_before(self.parse, self.words, before, start)
        vouched = before >= 0 and self.parse.tokens.keys[before] in self.words.strong
        if not kinds and not vouched:
            return
        whole = with_sort(self.parse, self.words, self.reader.gazetteer, before, Span(start, start + stop))
        if whole is not None:
            yield Toponym(whole.span, whole.span.of(self.text), whole.key, whole.hits, score=5.0, rule=_LOOKED_UP)
            return
        near = self.reader.gazetteer.variant_hits(key)
        at = bisect_left(self.parse.tokens.starts, start)
        if (
            not kinds
            and not self.words.caseless
            and (
                not near or self.parse.tags[at : at + 1] != "P" or key in self.words.given or key in self.words.surnames
            )
        ):
            return
        span = Span(start, start + stop)
        beside = self._nearness(start)
        score = THRESHOLD + (0.5 if kinds else 0.1 if _shortened(key, near) else -0.4)
        yield Toponym(
            span,
            span.of(self.text),
            key,
            near,
            Role.PLACE,
            kinds,
            -1,
            beside.precision,
            beside.reach,
            beside.phrase,
            score,
            "head" if kinds else "tolerant",
            bearing=beside.bearing,
        )

    def _coordinates(self) -> Iterator[Toponym]:
        passage = self.parse.document.passages[0].span
        for found in find_coordinates(self.text, self.parse.pack, passage.start, passage.stop):
            yield Toponym(
                found.span,
                found.span.of(self.text),
                "",
                (),
                reach_km=found.within_km,
                score=5.0,
                rule=COORDINATES,
                point=(found.lat, found.lon),
            )

    def _abbreviated(self, drafts: Sequence[Toponym]) -> Iterator[Toponym]:
        """Abbreviations and postal codes behind a name and a comma: "Aurora, Colo."."""
        for draft in drafts:
            stop = draft.span.stop
            if not self.text.startswith((", ", " ("), stop):
                continue
            code = self.text[stop + 2 : stop + 4]
            place = self.words.postal.get(code) if not self.text[stop + 4 : stop + 5].isalnum() else None
            end = stop + 4
            if place is None and self.words.abbreviation is not None:
                match = self.words.abbreviation.match(self.text, stop + 2)
                if match:
                    place, end = self.words.abbreviations[match.group()], match.end()
            entry = self.reader.gazetteer.entry(place) if place else None
            if entry is not None:
                span = Span(stop + 2, end)
                yield Toponym(
                    span, span.of(self.text), entry.name.lower(), (Hit(entry),), score=5.0, rule="abbreviation"
                )

    def _stands(self, toponym: Toponym, persons: set[str], around: "Surroundings") -> bool:
        score = toponym.score
        if score >= THRESHOLD + 3.0 or score < THRESHOLD - 2.5:
            return score >= THRESHOLD
        if toponym.key in persons and toponym.rule in (_LOOKED_UP, OFFICE):
            score -= 3.0
        return score + around.support(toponym) >= THRESHOLD


def _both(one: Sequence[Hit], other: Sequence[Hit]) -> tuple[Hit, ...]:
    """Readings with and without the article, each once."""
    have = {hit.entry.id for hit in one}
    return (*one, *(hit for hit in other if hit.entry.id not in have))
