"""Coordinates written out in a text: decimal degrees and degrees with minutes and seconds, with letters or words for the hemispheres, or a bare pair.

A bare pair ("15.6597, 0.5022") is taken only with four decimals or more in both numbers, as nobody writes other figures side by side;
the latitude stands first, as ISO 6709 has it. Letters and words of the hemispheres are in the pack's `grammar/places.toml` under `hemispheres`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ondit.languages.packs import Pack
from ondit.model import Span
from ondit.model.records import record
from ondit.text.folding import any_spelling, fold_word

_MINUTE, _SECOND = "['′’‘]", "(?:[\"″”“]|['′’]{2})"
_NUMBER = r"\d{1,3}(?:[.,٫]\d{1,9})?"
_DEGREES = (
    rf"(?:\d{{1,3}} ?°[ \u00a0]?\d{{1,2}}(?:[.,٫]\d{{1,6}})?[ \u00a0]?{_MINUTE}"
    rf"(?:[ \u00a0]?\d{{1,2}}(?:[.,٫]\d{{1,6}})?[ \u00a0]?{_SECOND})?|{_NUMBER}(?: ?°)?)"
)
_BARE = r"[-−+]?\d{1,3}[.٫]\d{4,9}(?: ?°)?"
_GAP = "[ \u00a0\u202f]"
_SEPARATOR = rf"{_GAP}?[,;/،|]?{_GAP}?"
_FIGURE = re.compile(r"\d+(?:[.,٫]\d+)?")
_MAYBE = re.compile(r"\d ?°|\d[.,٫]\d{2}")
_DEGREE_KM = 111.2  # of latitude, on the mean sphere
_LAST_LATITUDE, _LAST_LONGITUDE, _SIXTY = 90.0, 180.0, 60.0


@record
class Coordinates:
    """A point of the text at `span`: WGS84 degrees, and how exactly its digits tell it, in kilometres."""

    span: Span
    lat: float
    lon: float
    within_km: float


def find_coordinates(text: str, pack: Pack, start: int = 0, stop: int | None = None) -> Iterator[Coordinates]:
    """The points written out between two characters of a text, in text order; what lies off the earth is left alone."""
    end = len(text) if stop is None else stop
    if _MAYBE.search(text, start, end) is None:
        return
    pattern, signs = _compiled(pack.language, tuple(sorted(_hemispheres(pack).items())))
    for match in pattern.finditer(text, start, end):
        found = _point(match, signs)
        if found is not None:
            yield found


def _hemispheres(pack: Pack) -> dict[str, str]:
    table: Mapping[str, list[str]] = pack.table("grammar/places").get("hemispheres", {})
    return {word: side for side, words in table.items() for word in words}


@lru_cache(maxsize=16)
def _compiled(_: str, hemispheres: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    def either(sides: str) -> str:
        words = sorted((w for w, side in hemispheres if side in sides.split()), key=lambda w: (-len(w), w))
        return "|".join(any_spelling(re.escape(word)) for word in words) or "(?!)"

    ns, ew, joint = either("north south"), either("east west"), either("joint")
    behind = rf"(?P<lat1>{_DEGREES}){_GAP}?(?P<ns1>{ns})(?!\w){_SEPARATOR}(?:(?:{joint}){_GAP}?)?(?P<lon1>{_DEGREES}){_GAP}?(?P<ew1>{ew})(?!\w)"
    ahead = rf"(?P<ns2>{ns}){_GAP}?(?P<lat2>{_DEGREES}){_SEPARATOR}(?P<ew2>{ew}){_GAP}?(?P<lon2>{_DEGREES})(?![\w°])"
    bare = rf"(?P<lat3>{_BARE}){_SEPARATOR}(?P<lon3>{_BARE})(?![\w.,]*\d|{_GAP}?%)"
    pattern = re.compile(rf"(?<![\w.,$€£°-])(?:{behind}|{ahead}|{bare})", re.IGNORECASE)
    return pattern, {fold_word(word): side for word, side in hemispheres}


def _point(match: re.Match[str], signs: Mapping[str, str]) -> Coordinates | None:
    form = next(n for n in "123" if match.group(f"lat{n}") is not None)
    written = match.group(f"lat{form}"), match.group(f"lon{form}")
    lat, lon = map(_degrees, written)
    if form != "3":
        lat = -lat if signs[fold_word(match.group(f"ns{form}"))] == "south" else lat
        lon = -lon if signs[fold_word(match.group(f"ew{form}"))] == "west" else lon
        if not any("." in w or "," in w or "٫" in w or "°" in w for w in written):
            return None  # "5 N 3 E" may be anything
    if abs(lat) > _LAST_LATITUDE or abs(lon) > _LAST_LONGITUDE:
        return None
    return Coordinates(Span(*match.span()), round(lat, 6), round(lon, 6), max(map(_within, written)))


def _degrees(written: str) -> float:
    parts = [float(part.replace(",", ".").replace("٫", ".")) for part in _FIGURE.findall(written)]
    value = sum(part / _SIXTY**n for n, part in enumerate(parts))
    return -value if written[0] in "-−" else value


def _within(written: str) -> float:
    """Half a unit of the last digit, in kilometres of latitude."""
    figures = _FIGURE.findall(written)
    decimals = len(re.split("[.,٫]", figures[-1])[1]) if re.search("[.,٫]", figures[-1]) else 0
    return _DEGREE_KM / 2 / float(_SIXTY ** (len(figures) - 1) * 10**decimals)
