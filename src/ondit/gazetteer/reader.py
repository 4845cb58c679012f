"""The place names of the world, in layers: the user's imports lie over the shipped ones."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from ondit.gazetteer import layout
from ondit.gazetteer.entry import Entry, Hit, Match
from ondit.gazetteer.folding import FoldedText, fold_name, fold_text, is_article, variant_key
from ondit.gazetteer.layer import Layer, split_code
from ondit.gazetteer.sounding import sound_pattern, sounds_of
from ondit.model.records import record

SHIPPED = ("curated", "world")
"""The layers of the package, upper ones first."""
CACHE_LIMIT = 50_000
MOST_COUNTRIES = 12
"""Whose names are kept as they sound."""
MOST_READINGS = 60
"""Of a name that very many places bear, the most populous ones of each layer."""


@record
class Found:
    """A stretch of pieces of a folded text, `[first, last)`, that spells a name of the gazetteer; `key` is its exact key."""

    first: int
    last: int
    key: str


class Gazetteer:
    """Look-ups by name over all layers. Reading only; safe to share between threads, cheap to open in every process."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._variant_hits: dict[str, tuple[Hit, ...]] = {}
        self._by_id: dict[str, Entry | None] = {}
        self._labels: dict[str, str] = {}
        self._first_words: dict[str, bool] = {}
        self._sounding: dict[tuple[str, str], tuple[Hit, ...]] = {}
        self._sounds: dict[str, list[tuple[str, Layer, int]]] = {}
        self._chains: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    @classmethod
    def open(cls, path: Path | None = None, *, over: Sequence[Path] = ()) -> "Gazetteer":
        """Open the shipped gazetteer, or the layers in `path`, with the imported layers `over` it (upper ones first).

        Raises `BrokenLayer` when a folder is incomplete or of another format.
        """
        base = Path(str(files("ondit.gazetteer").joinpath("data"))) if path is None else path
        return cls([*(Layer(folder) for folder in over), *(Layer(base / name) for name in SHIPPED)])

    @cached_property
    def counts(self) -> dict[str, int]:
        """Entries by kind and names by language, over all layers."""
        total: dict[str, int] = {}
        for layer in self.layers:
            for name, count in layer.counts.items():
                total[name] = total.get(name, 0) + count
        return total

    def candidates(self, name: str) -> Sequence[Entry]:
        """The places a name may mean, most populous first; tolerant spellings only when no exact one is known."""
        key = fold_name(name)
        return tuple(hit.entry for hit in self.hits(key) or self.variant_hits(key))

    def hits(self, key: str) -> tuple[Hit, ...]:
        """Entries under an exact key."""
        known = self._hits.get(key)
        if known is None:
            known = self._remember(self._hits, key, self._gather(key, Match.EXACT))
        return known

    def variant_hits(self, key: str) -> tuple[Hit, ...]:
        """Entries whose names look alike once transliteration habits are folded (`Match.VARIANT`), the exact ones left out."""
        known = self._variant_hits.get(key)
        if known is None:
            variant = variant_key(key)
            near = self._gather(variant, Match.VARIANT) if variant else ()
            exact = {hit.entry.id for hit in self.hits(key)}
            known = self._remember(self._variant_hits, key, tuple(hit for hit in near if hit.entry.id not in exact))
        return known

    def sounding(self, key: str, countries: Iterable[str]) -> tuple[Hit, ...]:
        """Entries of these countries whose main name sounds like a name in Arabic script (`Match.VARIANT`), most populous first."""
        found = [hit for country in countries for hit in self._sounding_in(key, country)]
        return tuple(sorted(found, key=lambda hit: (-hit.entry.population, hit.entry.id)))[:MOST_READINGS]

    def _sounding_in(self, key: str, country: str) -> tuple[Hit, ...]:
        pattern = sound_pattern(key)
        if pattern is None:
            return ()
        known = self._sounding.get((key, country))
        if known is None:
            entries = {
                entry.id: entry
                for sound, layer, number in self._sounds_in(country)
                if pattern.fullmatch(sound)
                for entry in (layer.entry(number, self._chain),)
            }
            known = tuple(Hit(entry, Match.VARIANT) for entry in entries.values())
            if len(self._sounding) >= CACHE_LIMIT:
                self._sounding.clear()
            self._sounding[key, country] = known
        return known

    def _sounds_in(self, country: str) -> list[tuple[str, Layer, int]]:
        known = self._sounds.get(country)
        if known is None:
            numbers = ((layer, number) for layer in self.layers for number in layer.of_country(country))
            known = [(s, layer, n) for layer, n in numbers for s in sounds_of(_without_article(layer.label(n)))]
            if len(self._sounds) >= MOST_COUNTRIES:
                self._sounds.clear()
            self._sounds[country] = known
        return known

    @staticmethod
    def _remember(cache: dict[str, tuple[Hit, ...]], key: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        if len(cache) >= CACHE_LIMIT:
            cache.clear()
        cache[key] = hits
        return hits

    def _gather(self, key: str, match: Match) -> tuple[Hit, ...]:
        found: dict[str, Hit] = {}
        for layer in self.layers:
            numbers = layer.exact(key) if match is Match.EXACT else layer.variant(key)
            for number in numbers[:MOST_READINGS]:
                entry = layer.entry(number & ~layout.ALTERNATE, self._chain)
                found.setdefault(entry.id, Hit(entry, match, not number & layout.ALTERNATE))
        return tuple(sorted(found.values(), key=lambda hit: -hit.entry.population))

    def capital(self, country: str) -> Entry | None:
        """The capital of a country (ISO 3166-1 alpha-2), if known."""
        place_id = next((layer.capitals[country] for layer in self.layers if country in layer.capitals), None)
        return self.entry(place_id) if place_id else None

    def entry(self, place_id: str) -> Entry | None:
        """The entry with this id, from the uppermost layer that has it."""
        if place_id not in self._by_id:
            self._by_id[place_id] = self._find(place_id)
        return self._by_id[place_id]

    def _find(self, place_id: str) -> Entry | None:
        for layer in self.layers:
            number = layer.number_of(place_id)
            if number is not None:
                return layer.entry(number, self._chain)
        return None

    def _chain(self, place_id: str, country: str, code: str) -> tuple[str, ...]:
        """Names of the country and the divisions above a place, widest first."""
        known = self._chains.get((country, code))
        if known is None:
            admin1, admin2 = split_code(code)
            ids = (f"country:{country}", f"admin1:{admin1}", f"admin2:{admin2}")
            known = tuple((i, self._plain(i)) for i in ids if not i.endswith(":"))
            self._chains[country, code] = known
        return tuple(name for above, name in known if name and above != place_id)

    def _plain(self, place_id: str) -> str:
        """The main name of a division or country; empty when no layer has it."""
        name = self._labels.get(place_id)
        if name is None:
            numbers = ((layer, layer.number_of(place_id)) for layer in self.layers)
            name = next((layer.label(number) for layer, number in numbers if number is not None), "")
            self._labels[place_id] = name
        return name

    def has_names_with(self, word: str) -> bool:
        """May a name begin with a word as written? Sure when not; where the word falls into several pieces it always may."""
        known = self._first_words.get(word)
        if known is None:
            folded = fold_text(word)
            single = len(folded.starts) == 1 and folded.key
            known = not single or any(layer.begins_with(folded.key) for layer in self.layers)
            if len(self._first_words) >= CACHE_LIMIT:
                self._first_words.clear()
            self._first_words[word] = known
        return known

    def names_at(self, text: FoldedText, piece: int) -> list[Found]:
        """The names that begin at a piece of a folded text, the longest first."""
        start = text.key_starts[piece]
        window = text.key[start : start + layout.LONGEST_NAME + 1]
        keys: set[str] = set()
        for layer in self.layers:
            keys.update(layer.prefixes(window))
        found = []
        for key in sorted(keys, key=len, reverse=True):
            last = _piece_ending_at(text, piece, start + len(key))
            if last is not None:
                found.append(Found(piece, last, key))
        return found


def _piece_ending_at(text: FoldedText, piece: int, key_stop: int) -> int | None:
    stops = text.key_stops
    while piece < len(stops) and stops[piece] < key_stop:
        piece += 1
    return piece + 1 if piece < len(stops) and stops[piece] == key_stop else None


def _without_article(label: str) -> str:
    """The key of a name without the romanised article before it."""
    key = fold_name(label)
    article, _, rest = key.partition(" ")
    return rest if rest and is_article(article) else key
