"""Inside one capitalised stretch ("Prime Minister Haider al-Abadi", "Toronto General Hospital"): which names are places.

Nothing here looks outside the stretch, so the answer is remembered per stretch: news repeats its names.
"""

from collections.abc import Iterator
from functools import lru_cache

from ondit.gazetteer import Entry, Found, Gazetteer, Hit, PlaceKind, fold_name
from ondit.gazetteer.mention import Role
from ondit.model.records import record, replace
from ondit.read.engines.rules.toponym_evidence import evidence, own_name, unknown_name
from ondit.read.engines.rules.toponym_persons import person_pieces
from ondit.read.engines.rules.toponym_view import PROMINENT, Name, View
from ondit.read.engines.rules.toponym_words import PlaceWords

_CODES = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


@record
class Option:
    """A place name inside a stretch: characters `[start, stop)` of it, with the evidence of the stretch alone.

    `first` says that it begins the stretch, so that the words before the stretch speak about it; `common` that it is also a word.
    """

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


@record
class Run:
    """A capitalised stretch read: its place names, the words that are parts of persons' names, and an unknown name at its start.

    `unknown` is where that name stops and its key.
    """

    options: tuple[Option, ...]
    persons: frozenset[str]
    unknown: tuple[int, str] | None = None


class RunReader:
    """Reads stretches of one language against one gazetteer, remembering what it read."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self._fame: dict[str, Name] = {}
        self.read = lru_cache(maxsize=50_000)(self._read)

    def _read(self, text: str, titled: bool) -> Run:
        view = View.of(text, self.words, self.gazetteer, self._fame)
        persons = person_pieces(view, titled=titled)
        options = tuple(self._options(view, persons))
        named = frozenset(view.pieces[i] for i in persons if view.capital[i] and len(view.pieces[i]) > 2)
        taken = 0 in persons or any(option.first for option in options) or view.pieces[0] in self.words.titles
        return Run(options, named, None if taken else unknown_name(view))

    def _options(self, view: View, persons: frozenset[int]) -> Iterator[Option]:
        at = 0
        while at < len(view):
            last = at + 1
            if view.capital[at] and at not in persons:
                option, last = self._option_at(view, at, persons)
                if option is not None:
                    yield option
            at = max(last, at + 1)

    def _option_at(self, view: View, at: int, persons: frozenset[int]) -> tuple[Option | None, int]:
        """The best name that begins at a piece and where it ends."""
        best = self._longest(view, at, persons)
        length = best[0].last - at if best else 0
        fame = best[1].fame if best else -0.5
        listed = self._listed(view, at)
        if listed is not None and (listed.length > length or (listed.length == length and fame < PROMINENT)):
            last = at + listed.length
            key = fold_name(listed.entry.name) if listed.role is Role.PLACE else " ".join(view.pieces[at:last])
            return _option(
                view,
                at,
                last,
                Option(0, 0, key, (Hit(listed.entry),), 4.0, 4.0, listed.role, listed.rule, first=at == 0),
            ), last
        own = own_name(view, at, persons)
        if own is not None and own > at + length and (best is None or own - at - length == 1 or fame < PROMINENT):
            key = " ".join(view.pieces[at:own])
            hits = self._bare(view, at, own)
            return _option(view, at, own, Option(0, 0, key, hits, 1.6, 0.0, Role.PLACE, "own-head", first=at == 0)), own
        if best is None:
            return None, at + 1
        found, name = best
        score, role = evidence(view, at, found.last, fame)
        common = length == 1 and view.pieces[at] in self.words.common
        option = Option(0, 0, found.key, name.hits, score, fame, role, "gazetteer", first=at == 0, common=common)
        return _option(view, at, found.last, option), found.last

    def _bare(self, view: View, at: int, last: int) -> tuple[Hit, ...]:
        """What a name means without its sort word, when that word asks for it: "Kyauktaw Township", but no "Paris Avenue"."""
        pieces, words = view.pieces, self.words
        kinds = words.heads_after.get(pieces[last - 1], frozenset())
        stop = last - 1
        while stop > at + 1 and pieces[stop - 1] in words.own_inside:
            stop -= 1
        hits = self.gazetteer.hits(" ".join(pieces[at:stop])) if kinds and stop > at else ()
        return tuple(hit for hit in hits if hit.entry.kind in kinds)

    def _longest(self, view: View, at: int, persons: frozenset[int]) -> tuple[Found, Name] | None:
        for found, name in view.names(at):
            clear = not persons.intersection(range(found.first, found.last))
            if clear and view.capital[found.last - 1] and self._admissible(view, found, name.hits):
                return found, name
        return None

    def _admissible(self, view: View, found: Found, hits: tuple[Hit, ...]) -> bool:
        """Short names and words that are never places only when they are a country's initials ("US", "UK")."""
        code = any(hit.entry.kind in _CODES for hit in hits)
        if found.key in self.words.never:
            return code and found.last - found.first == 1 and view.raw(found.first, found.last).isupper()
        return code or len(found.key) > 2

    def _listed(self, view: View, at: int) -> "_Listed | None":
        """Adjectives ("Syrian", "South Korean") and abbreviations ("B.C.") that the pack lists."""
        for length in (3, 2, 1):
            last = at + length
            if last > len(view):
                continue
            adjective = self.words.demonyms.get(" ".join(view.pieces[at:last])) if all(view.capital[at:last]) else None
            letters = length > 1 and all(len(piece) == 1 for piece in view.pieces[at:last])
            short = self.words.abbreviations.get(view.raw(at, last) + ".") if letters else None
            entry = self.gazetteer.entry(adjective or short or "") if adjective or short else None
            if entry is not None:
                return (
                    _Listed(length, entry, Role.ADJECTIVE, "demonym")
                    if adjective
                    else _Listed(length, entry, Role.PLACE, "abbreviation")
                )
        return None


@record
class _Listed:
    length: int
    entry: Entry
    role: Role
    rule: str


def _option(view: View, first: int, last: int, option: Option) -> Option:
    """The option with its characters; the last stop of "U.S." is one of them."""
    start, stop = view.folded.starts[first], view.folded.stops[last - 1]
    if view.text[stop : stop + 1] == "." and "." in view.text[start:stop]:
        stop += 1
    return replace(option, start=start, stop=stop)
