"""A capitalised stretch of text as pieces, and how well known the names in it are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ondit.gazetteer import FoldedText, Found, Gazetteer, Hit, PlaceKind, fold_text
from ondit.gazetteer.reader import CACHE_LIMIT
from ondit.model.records import record
from ondit.read.engines.rules.toponym_words import PlaceWords

PROMINENT = 2.5
"""From here on a name is known to any reader of news; below, the text has to vouch for it."""
_TOWN_STEPS = ((1_000_000, 3.0), (200_000, 2.2), (50_000, 1.2), (10_000, 0.4), (1_000, -0.2), (0, -0.6))
_NOT_COUNTED = 50_000  # people: a town listed without a figure is the seat of something
_KIND_WEIGHT = {PlaceKind.COUNTRY: 4.0, PlaceKind.CONTINENT: 3.5, PlaceKind.REGION: 2.5, PlaceKind.WATER: 2.5, PlaceKind.ISLAND: 2.0,
                PlaceKind.MOUNTAIN: 1.8, PlaceKind.ADMIN2: -0.4}  # fmt: skip


def prominence(hits: Sequence[Hit]) -> float:
    """How likely a name in the news is a place, before anything is known of the text: the best of its readings."""
    return max((_weight(hit) for hit in hits), default=-0.5)


def _weight(hit: Hit) -> float:
    entry = hit.entry
    kind = entry.kind
    if kind is PlaceKind.TOWN:
        weight = (
            1.5
            if entry.id.startswith("curated:")
            else next(w for people, w in _TOWN_STEPS if (entry.population or _NOT_COUNTED) >= people)
        )
    elif kind is PlaceKind.ADMIN1:
        weight = 2.8 if entry.population >= 1_000_000 else 1.5 if entry.population >= 100_000 else 0.5
    else:
        weight = _KIND_WEIGHT.get(kind, 1.5)
    return weight if hit.own or kind not in (PlaceKind.TOWN, PlaceKind.ADMIN2) else weight - 0.8


@record
class Name:
    """What a key may mean, and how well known the best of it is."""

    hits: tuple[Hit, ...]
    fame: float


@dataclass(slots=True)
class View:
    """The pieces of a stretch: their keys, whether they are capitalised, and the gazetteer's names that begin at each."""

    text: str
    folded: FoldedText
    pieces: list[str]
    capital: list[bool]
    words: PlaceWords
    gazetteer: Gazetteer
    fame: dict[str, Name]
    known: dict[int, list[tuple[Found, Name]]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, words: PlaceWords, gazetteer: Gazetteer, fame: dict[str, Name]) -> "View":
        """The view of a stretch; `fame` remembers what was looked up, from one stretch to the next."""
        folded = fold_text(text)
        pieces = [folded.key[a:b] for a, b in zip(folded.key_starts, folded.key_stops, strict=True)]
        return cls(text, folded, pieces, [text[a].isupper() for a in folded.starts], words, gazetteer, fame)

    def __len__(self) -> int:
        return len(self.pieces)

    def names(self, at: int) -> list[tuple[Found, Name]]:
        """Names of the gazetteer that begin at a piece, longest first."""
        known = self.known.get(at)
        if known is None:
            known = self.known[at] = [(f, self._name(f.key)) for f in self.gazetteer.names_at(self.folded, at)]
        return known

    def _name(self, key: str) -> Name:
        name = self.fame.get(key)
        if name is None:
            hits = self.gazetteer.hits(key)
            if len(self.fame) >= CACHE_LIMIT:
                self.fame.clear()
            name = self.fame[key] = Name(hits, prominence(hits))
        return name

    def raw(self, first: int, last: int) -> str:
        """The pieces `first` … `last` (exclusive) as written."""
        return self.text[self.folded.starts[first] : self.folded.stops[last - 1]]

    def plain(self, at: int) -> bool:
        """A capitalised piece that is no head of an organisation."""
        return at < len(self.pieces) and self.capital[at] and self.pieces[at] not in self.words.organisations
