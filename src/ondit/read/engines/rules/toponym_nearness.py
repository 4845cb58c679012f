"""How the words right before a place name blur it: "near", "10 km north of", "the outskirts of", "northern"."""

import re

from ondit.model import PlacePrecision
from ondit.model.records import record
from ondit.read.engines.rules.toponym_words import APOSTROPHES, Relative
from ondit.text.folding import fold_word

NEAR_KM = BESIDE_KM = 15.0
"""How far "near" and "north of" reach beyond a town when the text gives no distance."""
_WINDOW = 60  # characters before a name that are searched for "10 km north of"

_DASHES = frozenset("-‐‑–—")
_LONGEST_END = 24  # characters of a name before such a dash


@record
class Nearness:
    """What the words before a name make of its place: `reach` in kilometres, `bearing` in degrees from north when the text gives a distance and a direction, the words."""

    precision: PlacePrecision = PlacePrecision.EXACT
    reach: float = 0.0
    phrase: str = ""
    bearing: float | None = None


_NONE = Nearness()


def nearness(text: str, start: int, before: str, relative: Relative) -> Nearness:
    """Of the name at a character; `before` is the folded token that ends before it ("" when there is none)."""
    distance = relative.distance.search(text, max(0, start - _WINDOW), start)
    if distance:
        written = fold_word(distance.group(1))
        number = float(relative.numbers[written]) if written in relative.numbers else float(written.replace(",", "."))
        km = number * relative.units[fold_word(distance.group(2))]
        towards = relative.bearing.findall(distance.group())
        bearing = relative.bearings[fold_word(towards[-1])] if towards and before in relative.leading else None
        return Nearness(PlacePrecision.NEAR, round(km, 1), distance.group().strip(), bearing)
    if before not in relative.endings and "-" not in before and text[start - 1 : start] not in APOSTROPHES:
        return _NONE
    for pattern, precision, reach in (
        (relative.direction, PlacePrecision.PART, BESIDE_KM),
        (relative.near, PlacePrecision.NEAR, NEAR_KM),
        (relative.part, PlacePrecision.PART, 0.0),
    ):
        match = pattern.search(text, max(0, start - relative.longest), start)
        if match:
            return Nearness(precision, reach, match.group().strip())
    return _NONE


def ends_a_way(text: str, start: int, stop: int, way: re.Pattern[str]) -> bool:
    """Is a name one end of a road or the like ("the Ansongo-Gao road")? `way` matches both ends and the word."""
    if text[stop : stop + 1] in _DASHES:
        return way.match(text, start) is not None
    if text[max(0, start - 1) : start] not in _DASHES:
        return False
    begin = text.rfind(" ", max(0, start - _LONGEST_END), start) + 1
    return way.match(text, begin) is not None
