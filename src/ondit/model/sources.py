"""Who speaks, across reports: the registry entry of a voice, an outlet or an actor."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ondit.model.claims import SourceKind
from ondit.model.events import ActorKind


class Reliability(StrEnum):
    """Letter of a source after the Admiralty system (NATO AJP-2.1): A completely reliable … E unreliable, F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


@dataclass(frozen=True, slots=True)
class Rating:
    """One entry of a source's dated history: the letter, the first day it holds (None = always), who set it and why."""

    letter: Reliability
    since: date | None = None
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A registry entry: somebody who speaks in reports, acts in happenings, or both.

    `names` are all spellings in all scripts, the first in each script the usual one; `actor` is set for those who act. `camps` are the ids
    of the parties to a conflict it belongs to or speaks for, `owner` the id of who owns or runs it: two sources of one camp or one
    owner are not independent. `country` is ISO 3166-1 alpha-2, `languages` ISO 639-1. `ratings` go from the oldest on; nobody has a letter unless a
    person set it.
    """

    id: str
    name: str
    kind: SourceKind = SourceKind.OTHER
    names: tuple[str, ...] = ()
    actor: ActorKind | None = None
    camps: tuple[str, ...] = ()
    owner: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()

    def reliability(self, on: date | None = None) -> Reliability:
        """The letter that held on a day (today's history when None): F when nobody set one."""
        held = [r.letter for r in self.ratings if on is None or r.since is None or r.since <= on]
        return held[-1] if held else Reliability.F


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How a source's claims fared: figures only, and a letter that is a suggestion and never applied by itself.

    `confirmed` and `contradicted` count its claims about which independent origins later said the same or something else; `share` is
    confirmed among both, `low` and `high` its Wilson 95 % interval. `suggestion` is None with too few claims to say anything.
    """

    source: str
    claims: int
    confirmed: int
    contradicted: int
    share: float | None
    low: float | None
    high: float | None
    suggestion: Reliability | None
    sentence: str
