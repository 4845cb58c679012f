"""Countries as codebooks number and group them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("countries.tsv")


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 alpha-2, alpha-3 and numeric code (None for Kosovo), and the regions of ACLED and UCDP."""

    code: str
    iso3: str
    numeric: int | None
    acled_region: str
    ucdp_region: str


@cache
def countries() -> Mapping[str, Country]:
    """Every country by its alpha-2 code."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {r[0]: Country(r[0], r[1], int(r[2]) if r[2] else None, r[3], r[4]) for r in rows}
