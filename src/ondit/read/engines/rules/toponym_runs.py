"""Inside one capitalised stretch ("Prime Minister Haider al-Abadi", "Toronto General Hospital"): persons, organisations, place names.

Nothing here looks outside the stretch, so the answer is remembered per stretch: news repeats its names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ondit.gazetteer import Entry, FoldedText, Found, Gazetteer, Hit, PlaceKind, fold_name, fold_text
from ondit.gazetteer.mention import Role
from ondit.read.engines.rules.toponym_words import PlaceWords

PROMINENT = 2.5
"""From here on a name is known to any reader of news; below, the text has to vouch for it."""
_TOWN_STEPS = ((1_000_000, 3.0), (200_000, 2.2), (50_000, 1.2), (10_000, 0.4), (1_000, -0.2), (0, -0.6))
_KIND_WEIGHT = {PlaceKind.COUNTRY: 4.0, PlaceKind.CONTINENT: 3.5, PlaceKind.REGION: 2.5, PlaceKind.WATER: 2.5, PlaceKind.ISLAND: 2.0,
                PlaceKind.MOUNTAIN: 1.8, PlaceKind.ADMIN2: -0.4}  # fmt: skip
_LONGEST_OWN = 4


@dataclass(frozen=True, slots=True)
class Option:
    """A place name inside a stretch: characters `[start, stop)` of it, with the evidence of the stretch alone."""

    start: int
    stop: int
    key: str
    hits: tuple[Hit, ...]
    score: float
    prominence: float
    role: Role
    rule: str
    first: bool
    common: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A capitalised stretch read: its place names, and the words that are parts of persons' names."""

    options: tuple[Option, ...]
    persons: frozenset[str]


def prominence(hits: Sequence[Hit]) -> float:
    """How likely a name in the news is a place, before anything is known of the text: the best of its readings."""
    return max((_weight(hit) for hit in hits), default=-0.5)


def _weight(hit: Hit) -> float:
    entry = hit.entry
    kind = entry.kind
    if kind is PlaceKind.TOWN:
        weight = 1.5 if entry.id.startswith("curated:") else next(w for people, w in _TOWN_STEPS if entry.population >= people)
    elif kind is PlaceKind.ADMIN1:
        weight = 2.8 if entry.population >= 1_000_000 else 1.5 if entry.population >= 100_000 else 0.5
    else:
        weight = _KIND_WEIGHT.get(kind, 1.5)
    return weight if hit.own or kind not in (PlaceKind.TOWN, PlaceKind.ADMIN2) else weight - 0.8


class RunReader:
    """Reads stretches of one language against one gazetteer, remembering what it read."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self.read = lru_cache(maxsize=50_000)(self._read)

    def _read(self, text: str, titled: bool) -> Run:
        folded = fold_text(text)
        pieces = [folded.key[a:b] for a, b in zip(folded.key_starts, folded.key_stops, strict=True)]
        capital = [text[a].isupper() for a in folded.starts]
        view = _View(text, folded, pieces, capital, self.words)
        persons = view.persons(self, titled=titled)
        return Run(tuple(self._options(view, persons)), frozenset(pieces[i] for i in persons if capital[i] and len(pieces[i]) > 2))

    def names(self, folded: FoldedText, at: int) -> list[tuple[Found, tuple[Hit, ...]]]:
        """Names of the gazetteer that begin at a piece, longest first, with their entries."""
        return [(found, self.gazetteer.hits(found.key)) for found in self.gazetteer.names_at(folded, at)]

    def _options(self, view: "_View", persons: frozenset[int]) -> Iterator[Option]:
        at = 0
        while at < len(view.pieces):
            if not view.capital[at] or at in persons:
                at += 1
                continue
            option, last = self._option_at(view, at, persons)
            if option is not None:
                yield option
            at = max(last, at + 1)

    def _option_at(self, view: "_View", at: int, persons: frozenset[int]) -> tuple[Option | None, int]:
        words = self.words
        best: tuple[Found, tuple[Hit, ...]] | None = None
        for found, hits in view.names(self, at):
            inside = range(found.first, found.last)
            if view.capital[found.last - 1] and not persons.intersection(inside) and self._admissible(view, found):
                best = (found, hits)
                break
        length = best[0].last - at if best else 0
        demonym = self._demonym(view, at)
        if demonym is not None and (demonym[0] > length or demonym[0] == length and best is not None and prominence(best[1]) < PROMINENT):
            last = at + demonym[0]
            return view.option(at, last, demonym[1], Role.ADJECTIVE, score=4.0, prominence=4.0, rule="demonym"), last
        short = self._abbreviation(view, at)
        if short is not None and short[0] > length:
            last = at + short[0]
            return view.option(at, last, (Hit(short[1]),), Role.PLACE, score=4.0, prominence=4.0, rule="abbreviation", key=fold_name(short[1].name)), last
        own = view.own_name(at, persons)
        if own is not None and own > at + length and not (best and own - at - length > 1 and prominence(best[1]) >= PROMINENT):
            key = " ".join(view.pieces[at:own])
            return view.option(at, own, (), Role.PLACE, score=1.6, prominence=0.0, rule="own-head", key=key), own
        if best is None:
            return None, at + 1
        found, hits = best
        fame = prominence(hits)
        score, role = view.evidence(at, found.last, fame)
        common = found.last - at == 1 and view.pieces[at] in words.common
        return view.option(at, found.last, hits, role, score=score, prominence=fame, rule="gazetteer", key=found.key, common=common), found.last

    def _admissible(self, view: "_View", found: Found) -> bool:
        if found.key in self.words.never:
            return found.last - found.first == 1 and view.raw(found.first, found.last).isupper() and view.country_code(self, found.key)
        return len(found.key) > 2 or view.country_code(self, found.key)

    def _abbreviation(self, view: "_View", at: int) -> tuple[int, Entry] | None:
        """ "B.C.", "N.Y.": abbreviations of several letters with their stops, known to the pack."""
        for length in (3, 2):
            last = at + length
            if last <= len(view.pieces):
                place = self.words.abbreviations.get(view.raw(at, last) + ".")
                entry = self.gazetteer.entry(place) if place and all(len(p) == 1 for p in view.pieces[at:last]) else None
                if entry is not None:
                    return length, entry
        return None

    def _demonym(self, view: "_View", at: int) -> tuple[int, tuple[Hit, ...]] | None:
        for length in (2, 1):
            key = " ".join(view.pieces[at : at + length])
            place = self.words.demonyms.get(key)
            if place and at + length <= len(view.pieces) and all(view.capital[at : at + length]):
                entry = self.gazetteer.entry(place)
                return (length, (Hit(entry),)) if entry else None
        return None


@dataclass(slots=True)
class _View:
    text: str
    folded: FoldedText
    pieces: list[str]
    capital: list[bool]
    words: PlaceWords
    known: dict[int, list[tuple[Found, tuple[Hit, ...]]]] = field(default_factory=dict)

    def names(self, reader: RunReader, at: int) -> list[tuple[Found, tuple[Hit, ...]]]:
        if at not in self.known:
            self.known[at] = reader.names(self.folded, at)
        return self.known[at]

    def raw(self, first: int, last: int) -> str:
        return self.text[self.folded.starts[first] : self.folded.stops[last - 1]]

    def country_code(self, reader: RunReader, key: str) -> bool:
        return any(hit.entry.kind is PlaceKind.COUNTRY or hit.entry.id == "curated:eu" for hit in reader.gazetteer.hits(key))

    def option(
        self, first: int, last: int, hits: tuple[Hit, ...], role: Role, *, score: float, prominence: float, rule: str, key: str = "", common: bool = False
    ) -> Option:
        key = key or " ".join(self.pieces[first:last])
        start, stop = self.folded.starts[first], self.folded.stops[last - 1]
        if self.text[stop : stop + 1] == "." and "." in self.text[start:stop]:
            stop += 1  # the stop of "U.S."
        return Option(start, stop, key, hits, score, prominence, role, rule, first == 0, common)

    def persons(self, reader: RunReader, *, titled: bool) -> frozenset[int]:
        """Pieces that belong to persons' names."""
        found: set[int] = set()
        at = 0
        expecting = titled
        while at < len(self.pieces):
            piece = self.pieces[at]
            if not self.capital[at]:
                expecting = expecting and piece in self.words.links and piece not in ("of",)
                at += 1
            elif (jump := self._known_name(reader, at)) > at:
                expecting = False
                at = jump
            elif piece in self.words.titles and self._plain(at + 1):
                expecting = True
                at += 1
            elif (expecting and piece not in self.words.organisations and not self._place_ahead(reader, at)) or self._name_begins(reader, at):
                at = self._rest_of_name(at, found)
                expecting = False
            else:
                expecting = False
                at += 1
        return frozenset(found)

    def _known_name(self, reader: RunReader, at: int) -> int:
        """Where a well-known name of several words ends that begins here ("British Columbia"), or `at`."""
        for found, hits in self.names(reader, at):
            ends = self.pieces[at] in self.words.common and self.pieces[found.last - 1] in self.words.common
            if found.last - at > 1 and self.capital[found.last - 1] and (ends or prominence(hits) >= 1.0):
                ordinary = self.pieces[at] in self.words.given and self.pieces[found.last - 1] in self.words.surnames
                return at if ordinary and prominence(hits) < PROMINENT else found.last
        return at

    def _plain(self, at: int) -> bool:
        return at < len(self.pieces) and self.capital[at] and self.pieces[at] not in self.words.organisations

    def _place_ahead(self, reader: RunReader, at: int) -> bool:
        """Is what follows a title a well-known place and nothing else ("President of", "Mayor London")?"""
        return at + 1 == len(self.pieces) and any(prominence(h) >= 4.0 for f, h in self.names(reader, at))

    def _name_begins(self, reader: RunReader, at: int) -> bool:
        words, pieces = self.words, self.pieces
        after = at + 1
        while after < len(pieces) and len(pieces[after]) == 1 and self.capital[after]:
            after += 1  # initials
        initials = after > at + 1
        if not self._plain(after) or pieces[after] in words.own_after or (self.text[self.folded.stops[at]] == "-" and not initials):
            return False
        if len(pieces[at]) == 1:
            return not initials and pieces[after] not in words.common and self.text[self.folded.stops[at]] == "."
        if initials and pieces[after] not in words.common and pieces[after] not in words.never:
            return pieces[at] not in words.common or pieces[at] in words.given
        if pieces[at] not in words.given:
            return False
        longest = next(((f, h) for f, h in self.names(reader, at) if self.capital[f.last - 1]), None)
        if longest is None:
            return pieces[after] not in words.common or pieces[after] in words.surnames
        fame = prominence(longest[1])
        if longest[0].last > after:
            return fame < 0.5 and pieces[after] in words.surnames
        ordinary = pieces[after] in words.common and pieces[after] not in words.surnames
        return pieces[after] in words.surnames if fame >= 2.0 or pieces[at] in words.common else not ordinary

    def _rest_of_name(self, at: int, found: set[int]) -> int:
        length = 0
        while at < len(self.pieces) and length < 5:
            piece = self.pieces[at]
            if self.capital[at]:
                if length and (piece in self.words.organisations or piece in self.words.titles):
                    break
            elif piece not in ("de", "du", "al", "el", "la", "le", "bin", "ibn", "ben"):
                break
            found.add(at)
            at += 1
            length += 1
        return at

    def own_name(self, at: int, persons: frozenset[int]) -> int | None:
        """Where a name ends that carries its own sort word ("Hertford Road", "Lake Placid"), or `None`."""
        pieces = self.pieces
        if at and self._joined_before(at):
            return None
        for last in range(at + 1, min(len(pieces), at + _LONGEST_OWN)):
            if not self.capital[last] or (last - 1 in persons and last - 1 != at):
                return None
            if pieces[last] in self.words.own_inside:
                continue
            if pieces[last] in self.words.organisations and pieces[last] not in self.words.own_after:
                return None
            if pieces[last] in self.words.own_after:
                nothing = all(p in self.words.common and p in self.words.never for p in pieces[at:last])
                return None if nothing or pieces[at] in self.words.never else last + 1
        if pieces[at] in self.words.own_before and at + 1 < len(pieces) and self.capital[at + 1]:
            return at + 2
        return None

    def _joined_before(self, at: int) -> bool:
        return self.capital[at - 1] and self.pieces[at - 1] not in self.words.never and self.pieces[at - 1] not in self.words.strong

    def evidence(self, first: int, last: int, fame: float) -> tuple[float, Role]:
        """Weight and role of a gazetteer name from its own form and its neighbours in the stretch."""
        words, pieces = self.words, self.pieces
        score, role = fame, Role.PLACE
        key = " ".join(pieces[first:last])
        if last - first > 1:
            score += 1.6 if pieces[last - 1] in words.own_after else 0.8
        else:
            score -= 1.5 if len(key) <= 3 and fame < 4 else 0.0
            score -= 2.5 if key in words.common else 0.0
            if fame < PROMINENT:
                score -= (1.2 if key in words.given else 0.0) + (1.0 if key in words.surnames else 0.0)
        score -= 3.0 if key in words.needs_head else 0.0
        if self.raw(first, last).isupper() and len(key) <= 4 and fame < 4:
            score -= 2.0
        right = last if last < len(pieces) else None
        if key in words.seats:
            return score, Role.ACTOR
        if right is not None and self.capital[right]:
            score, role = self._right(right, score, role, fame)
        if first:
            score, role = self._left(first, score, role, fame)
        return score, role

    def _right(self, right: int, score: float, role: Role, fame: float) -> tuple[float, Role]:
        piece = self.pieces[right]
        if self.text[self.folded.stops[right - 1]] == "-":
            return score - (0.5 if fame >= PROMINENT else 1.5), role
        if piece in self.words.organisations or piece in self.words.titles:
            return score - 0.2, Role.INSIDE
        if piece in self.words.common or piece in self.words.never:
            return score - (0.0 if piece in self.words.never else 0.3), role
        if piece in self.words.surnames and fame < PROMINENT:
            return score - 2.5, role
        return score - (0.3 if fame >= PROMINENT else 1.5), Role.INSIDE if fame >= PROMINENT else role

    def _left(self, first: int, score: float, role: Role, fame: float) -> tuple[float, Role]:
        words = self.words
        piece = self.pieces[first - 1]
        if piece in words.strong:
            return score + 1.5, role
        if not self.capital[first - 1]:
            head = next((p for p in reversed(self.pieces[: first - 1]) if p not in words.links), "")
            inside = head in words.organisations
            return score + (0.8 if inside else 0.3), Role.INSIDE if inside and role is Role.PLACE else role
        if self.text[self.folded.starts[first] - 1] == "-":
            return score - (1.0 if fame >= PROMINENT else 2.5), role
        if piece in words.weak or piece in words.never or piece in words.own_before:
            return score, role
        if piece in words.organisations:
            return score - 0.3, Role.INSIDE
        if first == 1 and piece in words.common:
            return score - 0.5, role
        return score - (0.5 if fame >= PROMINENT else 2.0), role
