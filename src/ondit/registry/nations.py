"""Countries by their names, adjectives and seats of government, in every language that is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ondit.languages.across import rows_across, tables_across
from ondit.registry.tables import HOME, LANGUAGES, listed, rows

_COUNTRY = "country:"


@dataclass(frozen=True, slots=True)
class Nation:
    """A country: ISO 3166-1 alpha-2 code, the English name, all names, its adjectives as written, and its seats of government."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@cache
def nations() -> Mapping[str, Nation]:
    """Every country of `nations.tsv` by code. An adjective that means several ("Congolese") stands with each of them."""
    adjectives: dict[str, list[str]] = {}
    for word, codes in _adjectives().items():
        for code in codes:
            adjectives.setdefault(code, []).append(word)
    found: dict[str, Nation] = {}
    for _, row in rows(HOME / "nations.tsv"):
        names = tuple(dict.fromkeys(name for language in LANGUAGES for name in listed(row[language])))
        code = row["code"]
        found[code] = Nation(code, names[0], names, tuple(adjectives.get(code, ())), listed(row.get("seats", "")))
    return found


def _adjectives() -> dict[str, tuple[str, ...]]:
    """Adjectives of countries with the codes they may mean; what `names.nations.tsv` says goes before the demonyms of places."""
    found: dict[str, tuple[str, ...]] = {}
    for table in rows_across("places.demonyms.tsv").values():
        for word, place, *_ in table:
            if place.startswith(_COUNTRY):
                found[word] = (place.removeprefix(_COUNTRY),)
    words = tables_across("names")
    for language, table in rows_across("names.nations.tsv").items():
        endings = words.get(language, {}).get("nation_endings", ("",))
        for word, codes, *_ in table:
            for ending in endings:
                found[word + ending] = tuple(codes.split(","))
    return found
