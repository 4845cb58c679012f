"""Happenings told in passing: "… has hardly moved since | the liberation of Kherson in November 2022".

After the guideline: what a noun phrase tells is a claim of its own where it has a date of its own.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ondit.model import Span, Stance, TimexType
from ondit.model.records import replace
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.happenings import Happening, choose, within
from ondit.read.engines.rules.stance import main_verb
from ondit.read.engines.rules.units import Clause, Parse

_LONGEST = 8  # units of such a phrase behind its noun
_TELLING = 2  # strength from which a noun tells a happening by itself
_MANY = 40  # happenings in one content that are looked at


def told_in_passing(parse: Parse, draft: Draft, happenings: Sequence[Happening]) -> Iterator[Draft]:
    """The report's own claims inside a content: dated noun phrases that name another kind of happening than the content tells."""
    told = within(happenings, draft.content)[:_MANY]
    if len(told) < 2:
        return
    main = choose(told, main_verb(parse, draft), background=not draft.chain)
    if main is None:
        return
    for happening in told:
        if not _is_another(happening, main) or _is_object(parse, happening, main):
            continue
        phrase = _dated(parse, happening)
        if phrase is not None and phrase.stop <= draft.content.stop and main.trigger.stop <= phrase.start:
            yield replace(draft, content=phrase, cue=None, chain=(), kind="", stance=Stance.ASSERTS, quoted=False)


def _is_object(parse: Parse, happening: Happening, main: Happening) -> bool:
    """Is it what the verb that tells the main happening is done to: "ambushed | a patrol near Awasse on 1 March"?"""
    units = parse.clauses[happening.clause].units
    at = bisect_right(units, happening.first, key=lambda unit: unit.first) - 1
    return at > 0 and units[at - 1].kind in "VR" and units[at - 1].first <= main.first < units[at - 1].last


def _is_another(happening: Happening, main: Happening) -> bool:
    supposed = happening.negated or happening.hypothetical or happening.planned
    exact = happening.nominal and happening.strength >= _TELLING and happening.clause >= 0
    return exact and not supposed and happening.type not in (main.type, "statement_only", "other")


def _dated(parse: Parse, happening: Happening) -> Span | None:
    """The noun phrase of a trigger with the date behind it ("the attack on the barracks in May"), None when there is none."""
    clause = parse.clauses[happening.clause]
    at = bisect_right(clause.units, happening.first, key=lambda unit: unit.first) - 1
    end = _date_behind(clause, at)
    if end is None or _names_a_kind(parse, clause, at):
        return None
    date = clause.units[end]
    if not any(t.type is TimexType.DATE for t in parse.times_in(parse.span(date.first, date.last))):
        return None
    return parse.span(clause.units[at].first, date.last)


def _names_a_kind(parse: Parse, clause: Clause, at: int) -> bool:
    """Does it only say of what kind the noun before it is ("troupes de | combat")?"""
    return clause.symbols[at - 1 : at] == "o" and parse.tags[clause.units[at].first] not in "DP#"


def _date_behind(clause: Clause, at: int) -> int | None:
    """Index of the time expression that goes with the noun phrase at a unit."""
    symbols = clause.symbols
    for index in range(at + 1, min(at + _LONGEST, len(symbols))):
        kind = symbols[index]
        if kind == "T":
            return index
        if kind == "," and symbols[index + 1 : index + 2] == "T":
            continue
        if kind not in "oenyx":
            return None
    return None
