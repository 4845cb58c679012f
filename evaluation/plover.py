"""Adapter of `plover`: one PLOVER code a sentence, with its source and target.

What is done comes from the happenings through the ontology's crosswalk; what is said, asked, promised and refused from the cues in
`plover.toml`, a documented table (PLOVER manual, Open Event Data Alliance, 2018).
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.bench import Row
from ondit.languages import load_pack
from ondit.model import Actor, Report, Role, Span
from ondit.normalise.documents import normalise
from ondit.ontology import code_of
from ondit.read.engines.rules.actors import find_actors, unite_actors
from ondit.read.engines.rules.happenings import EXACT, Happening, choose, find_happenings
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.units import Parse

_LANGUAGE = "en"


def predict(row: Row) -> Row:
    """Code, source and target of one sentence."""
    pack = load_pack(_LANGUAGE)
    report = Report(id="", text=row["text"], language=_LANGUAGE)
    parsed = parse(normalise(report, pack), pack)
    happenings = find_happenings(parsed)
    known = find_actors(parsed, happenings)
    actors = unite_actors([a for h in happenings for a in known[h.first]])
    return {
        "event": _code(row["text"].lower(), happenings),
        "source": _sources(parsed, actors),
        "target": [{"actorText": a.text} for a in actors if a.role in (Role.TARGET, Role.VICTIM)],
    }


def _code(text: str, happenings: Sequence[Happening]) -> str:
    table = _table()
    done = choose([h for h in happenings if not (h.negated or h.planned or h.hypothetical)])
    violent = (
        done is not None and done.type in table.violence and (done.strength >= EXACT or done.kind in ("kill", "attack"))
    )
    if any(p.search(text) for p in table.combat) and not violent and _cue(text, table.words) is None:
        return "FIGHT"
    cue = _cue(text, table.words if violent else (*table.words, *table.deeds))
    if cue is not None:
        return cue
    if (
        violent
        and done is not None
        and done.type in ("armed_attack", "execution")
        and any(p.search(text) for p in table.combat)
    ):
        return "FIGHT"
    code = code_of(done.type, "plover", subtype=done.subtype) if done is not None else None
    return code or table.fallback


def _cue(text: str, cues: Sequence["_Cue"]) -> str | None:
    return next((cue.code for cue in cues if cue.fits(text)), None)


def _sources(parsed: Parse, actors: Sequence[Actor]) -> list[Row]:
    """Who does it: the perpetrators, else whoever the sentence begins with."""
    found = [a.text for a in actors if a.role in (Role.PERPETRATOR, Role.OTHER)]
    first = _first_phrase(parsed)
    return [{"actorText": text} for text in found or ([first.of(parsed.text)] if first else [])]


def _first_phrase(parsed: Parse) -> Span | None:
    for clause in parsed.clauses:
        for unit in clause.units:
            if unit.kind in "ny":
                return parsed.span(unit.first, unit.last)
    return None


@dataclass(frozen=True, slots=True)
class _Cue:
    code: str
    cues: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def fits(self, text: str) -> bool:
        """Does one of the cues stand in the text, and none of the exceptions?"""
        return any(p.search(text) for p in self.cues) and not any(p.search(text) for p in self.unless)


@dataclass(frozen=True, slots=True)
class _Table:
    words: tuple[_Cue, ...]
    deeds: tuple[_Cue, ...]
    violence: frozenset[str]
    combat: tuple[re.Pattern[str], ...]
    fallback: str


@cache
def _table() -> _Table:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

    def patterns(expressions: Sequence[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(e) for e in expressions)

    cues = [_Cue(row["code"], patterns(row["cues"]), patterns(row.get("unless", ()))) for row in raw["cue"]]
    violence = raw["violence"]
    return _Table(
        words=tuple(c for c in cues if c.code not in violence["before"]),
        deeds=tuple(c for c in cues if c.code in violence["before"]),
        violence=frozenset(violence["types"]),
        combat=patterns(violence["combat"]),
        fallback=violence["fallback"],
    )
