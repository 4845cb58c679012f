"""Which candidates for place names stand: what the sure ones lend to the others, which contains which, and one of two that overlap."""

import re
from collections.abc import Sequence

from ondit.gazetteer import PlaceKind
from ondit.gazetteer.containment import contained
from ondit.gazetteer.mention import COORDINATES, Role, Toponym
from ondit.model.records import record, replace

THRESHOLD = 1.0
"""Log-odds from which a candidate is a place name."""
CONTAINED = 2.0  # what a name gains that the next one contains
AGAIN, SAME_DIVISION, SAME_COUNTRY = 1.0, 1.0, 0.5
_LONGEST_NESTING = 45  # characters between a name and the one that contains it


@record
class Surroundings:
    """What the sure names of a report make likelier: the same name again, a name in the same division or country."""

    keys: frozenset[str]
    divisions: frozenset[str]
    countries: frozenset[str]

    @classmethod
    def of(cls, drafts: Sequence[Toponym]) -> "Surroundings":
        """Those of all candidates of a report."""
        sure = [t for t in drafts if t.score >= THRESHOLD + 2 and t.hits]
        entries = [t.hits[0].entry for t in sure]
        divisions = {e.id.removeprefix("admin1:") if e.kind is PlaceKind.ADMIN1 else e.admin1 for e in entries} - {""}
        countries = {e.country for e in entries if e.kind is not PlaceKind.COUNTRY or len(sure) < 8} - {""}
        return cls(frozenset(t.key for t in sure), frozenset(divisions), frozenset(countries))

    def support(self, toponym: Toponym) -> float:
        """What they add to a candidate's score, in log-odds."""
        again = AGAIN if toponym.key in self.keys else 0.0
        if any(hit.entry.admin1 in self.divisions for hit in toponym.hits):
            return again + SAME_DIVISION
        if any(hit.entry.country in self.countries for hit in toponym.hits[:5]):
            return again + SAME_COUNTRY
        return again


def nested(drafts: Sequence[Toponym], text: str, nesting: re.Pattern[str]) -> list[Toponym]:
    """With each name linked to the one that follows and contains it; `nesting` matches what may stand between."""
    result = list(drafts)
    for i, draft in enumerate(drafts[:-1]):
        other = drafts[i + 1]
        between = text[draft.span.stop : other.span.start]
        if draft.role is Role.ADJECTIVE or not 0 < len(between) <= _LONGEST_NESTING:
            continue
        if other.role is Role.ADJECTIVE and (between != " " or other.text[0].isupper()):
            continue
        if nesting.fullmatch(between) and contained(draft.hits, other.hits):
            result[i] = replace(draft, within=i + 1, score=draft.score + CONTAINED)
            result[i + 1] = replace(result[i + 1], score=result[i + 1].score + 1.0)
    return result


_LISTED = ("phrase", "abbreviation", "capital", COORDINATES)


def without_overlaps(drafts: Sequence[Toponym]) -> list[Toponym]:
    """Of two names that share characters the listed one, else the first."""
    kept: list[Toponym] = []
    for draft in drafts:
        while kept and draft.span.start < kept[-1].span.stop and draft.rule in _LISTED and kept[-1].rule not in _LISTED:
            kept.pop()
        if not kept or draft.span.start >= kept[-1].span.stop:
            kept.append(draft)
    return kept


def finished(drafts: Sequence[Toponym], kept: Sequence[Toponym], language: str) -> list[Toponym]:
    """With the language, and `within` counted among those kept."""
    places = {id(t): i for i, t in enumerate(kept)}
    within = [places.get(id(drafts[t.within]), -1) if t.within >= 0 else -1 for t in kept]
    return [
        t if t.within == w and t.language == language else replace(t, within=w, language=language)
        for t, w in zip(kept, within, strict=True)
    ]
