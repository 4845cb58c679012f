"""Finite verbs that the tagger took for participles, nouns or parts of a phrase: put right when a sentence is seen whole."""

import re
from collections.abc import Sequence

from ondit.model.records import replace
from ondit.read.engines.rules.phrases import phrase_at, phrases
from ondit.read.engines.rules.triggers import load_triggers, match_at
from ondit.read.engines.rules.units import Parse, Unit, VerbGroup

_FINITE, _PARTICIPLES = frozenset("VURB"), frozenset("jJ")


def with_finite_verbs(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Finite verbs that the tagger took for participles or nouns."""
    units = _with_light_verbs(parse, _with_final_verb(parse, _with_parted_verb(parse, units)))
    if phrases(parse.pack).participle_is_finite:
        units = _with_object_after_participle(_with_final_participle(units))
    if not _has_finite(units):
        passive = not (phrases(parse.pack).participle_is_finite or phrases(parse.pack).verb_first)
        units = _with_hidden_trigger(parse, _with_finite_verb(_with_hidden_verb(parse, units), passive=passive))
    return _with_complement_verb(units) if phrases(parse.pack).participle_is_finite else units


_PARTED = re.compile(r"V(?=(?P<inner>[pa]+)[jJ]|a?(?:,[^,VURBIiC]{1,14},|S[nyp],)[aT]*[jJ])")


def _with_parted_verb(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "The minister has, in the meantime, announced …": an auxiliary and its participle around what is inserted are one verb."""
    symbols = "".join(u.kind for u in units)
    if "V" not in symbols:
        return units
    parted = list(units)
    for match in _PARTED.finditer(symbols):
        at = match.start()
        unit = units[at]
        assert unit.verb is not None
        had = parse.tokens.keys[unit.first] in phrases(parse.pack).perfect and unit.last == unit.first + 1
        if set(parse.tags[unit.first : unit.last]) - set("XT") and not had:
            continue
        if phrases(parse.pack).participle_is_finite and "p" in (match["inner"] or ""):
            continue  # "had them whipped"
        end = next(i for i in range(at + 1, len(units)) if units[i].kind in "jJ")
        passive = parse.tokens.keys[unit.first] in phrases(parse.pack).passive
        verb = units[end].verb
        assert verb is not None
        kind = ("B" if passive else "R") if units[end].kind == "J" else ("U" if passive else "V")
        parted[at] = replace(unit, kind="z", verb=None)
        parted[end] = replace(
            units[end], kind=kind, verb=replace(verb, form="finite", passive=passive, negated=unit.verb.negated)
        )
    return tuple(parted)


def _has_finite(units: Sequence[Unit]) -> bool:
    return not _FINITE.isdisjoint([u.kind for u in units])


def _has_participle(units: Sequence[Unit]) -> bool:
    return not _PARTICIPLES.isdisjoint([u.kind for u in units])


def _with_object_after_participle(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "Rebels shelled the town": a participle between two noun phrases."""
    if not _has_participle(units):
        return units
    return tuple(
        _finite(unit)
        if unit.kind in "jJ"
        and 0 < at < len(units) - 1
        and (units[at - 1].kind in "nyp)," or (units[at - 1].kind == "a" and at > 1 and units[at - 2].kind in "nyp"))
        and units[at + 1].kind in "np"
        else unit
        for at, unit in enumerate(units)
    )


def _with_hidden_verb(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "The army ordered | residents …": a reporting verb inside a noun phrase of a sentence that has no finite verb."""
    keys, tags = parse.tokens.keys, parse.tags
    forms, nouns = parse.lexicon.forms, parse.lexicon.nouns
    for index, unit in enumerate(units):
        if unit.kind not in "ny":
            continue
        for at in range(unit.first + 1, unit.last):
            if keys[at] in forms and tags[at - 1] in "NP" and keys[at] not in nouns:
                reporting, stop = parse.lexicon.reporting(keys, at, at + 1, unit.last, False)
                if reporting and (at + 1 < unit.last or index + 1 < len(units)):
                    verb = VerbGroup(at, stop, at, "finite", reporting=reporting)
                    rest = (Unit("n", stop, unit.last),) if stop < unit.last else ()
                    return (
                        *units[:index],
                        Unit("n", unit.first, at),
                        Unit("R", at, stop, verb=verb),
                        *rest,
                        *units[index + 1 :],
                    )
    return units


def _with_hidden_trigger(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "Air defences shot down | two drones": a verb of a happening inside a noun phrase of a sentence that has no finite verb."""
    if _has_finite(units) or not phrases(parse.pack).participle_is_finite:
        return units
    words = load_triggers(parse.pack)
    keys, tags = parse.tokens.keys, parse.tags
    stop = units[-1].last if units else 0
    for index, unit in enumerate(units):
        if unit.kind not in "na":
            continue
        for at in range(unit.first, unit.last):
            subject = at > units[0].first and tags[at - 1] in "NPC#"
            if not subject or tags[at] not in "NPRAv" or keys[at] not in words.entries:
                continue
            match = match_at(words, keys, tags, at, stop)
            if match is None or match.entry.part != "v" or keys[at] == match.entry.lemma:
                continue
            verb_only = all(entry.part == "v" for entry in words.entries[keys[at]])
            if not match.entry.rest and (at + 1 >= stop or tags[at + 1] not in ("#DEN" if verb_only else "#DE")):
                continue  # a form that may be a noun is a verb only before what a verb governs
            verb = VerbGroup(at, at + 1, at, "finite")
            before = (replace(unit, last=at),) if at > unit.first else ()
            after = (Unit("n", at + 1, unit.last),) if at + 1 < unit.last else ()
            return (*units[:index], *before, Unit("V", at, at + 1, verb=verb), *after, *units[index + 1 :])
    return units


def _with_complement_verb(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "Police said a bomb exploded": after a reporting verb and a subject, a participle with no finite verb beside it is one."""
    if not _has_participle(units):
        return units
    for said, unit in enumerate(units):
        if unit.kind == "R" and unit.verb is not None and any("s" in e.frames for e in unit.verb.reporting):
            at = _complement_verb(units, said)
            if at is not None:
                return (*units[:at], _finite(units[at]), *units[at + 1 :])
    return units


def _complement_verb(units: Sequence[Unit], said: int) -> int | None:
    """Index of the participle that has to be the verb of what is said, None when there is one or none can be."""
    stop = next((i for i in range(said + 1, len(units)) if units[i].kind == "R"), len(units))
    if any(u.kind in "VURB;Q" for u in units[said + 1 : stop]):
        return None
    subject = False
    for at in range(said + 1, stop):
        unit = units[at]
        if unit.kind in "jJ" and unit.verb is not None and subject:
            return None if at + 1 < len(units) and units[at + 1].kind == "b" else at
        if unit.kind in "npy":
            subject = True
        elif unit.kind not in "oetCaTk":
            break
    return None


def _with_final_verb(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "…, the Advocate reports." ends in a verb, whatever noun has the same form."""
    for at in range(len(units) - 1, 0, -1):
        unit = units[at]
        if unit.kind in ".)Ta" or (unit.kind == "e" and at + 1 < len(units) and units[at + 1].kind == "T"):
            continue
        begin = at
        while begin > 1 and units[begin - 1].kind in "oe" and units[begin - 2].kind in "ny":
            begin -= 2  # "…, the Organization for Migration estimates."
        if unit.kind not in "ny" or unit.last - unit.first < 2 or units[begin - 1].kind not in ",Q":
            return units
        reporting, _ = parse.lexicon.reporting(parse.tokens.keys, unit.last - 1, unit.last, unit.last, False)
        if not any("s" in entry.frames or "q" in entry.frames for entry in reporting):
            return units
        verb = VerbGroup(unit.last - 1, unit.last, unit.last - 1, "finite", reporting=reporting)
        subject, said = Unit("n", unit.first, unit.last - 1), Unit("R", unit.last - 1, unit.last, verb=verb)
        return (*units[:at], subject, said, *units[at + 1 :])
    return units


_FINAL = re.compile(r",[ny](?:o[ny])*(J)(?:e?T|a)*[.]?$")


def _with_final_participle(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As in "…, the ministry announced on Wednesday." ends in its verb: a participle there would have nothing to end."""
    match = _FINAL.search("".join(u.kind for u in units))
    if match is None:
        return units
    at = match.start(1)
    return (*units[:at], _finite(units[at]), *units[at + 1 :])


def _with_light_verbs(parse: Parse, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Reads "went on to say" and "declined to say" as one reporting verb, the second one negated."""
    if "I" not in [unit.kind for unit in units]:
        return units
    grammar = phrases(parse.pack)
    keys = parse.tokens.keys
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        merged = None
        if unit.verb is not None and unit.kind in "VUR":
            end = next((i for i in range(at + 1, min(len(units), at + 4)) if units[i].kind not in "aotedb"), at)
            said = units[end] if end > at else unit
            head = unit.verb.head
            light, refusing = phrase_at(grammar.light, keys, head), phrase_at(grammar.refusing, keys, head)
            if (
                said.kind == "I"
                and said.verb is not None
                and (light or refusing)
                and head + max(light, refusing) <= said.first
            ):
                verb = replace(unit.verb,
                    last=said.last, head=said.verb.head, passive=False, reporting=said.verb.reporting,
                    negated=unit.verb.negated or bool(refusing),
                )  # fmt: skip
                merged = Unit("R", unit.first, said.last, verb=verb)
                at = end
        out.append(merged or unit)
        at += 1
    return tuple(out)


def _finite(unit: Unit, *, passive: bool = False) -> Unit:
    assert unit.verb is not None
    kind = ("B" if passive else "R") if unit.kind in "JR" else "U" if passive else "V"
    return replace(unit, kind=kind, verb=replace(unit.verb, form="finite", passive=passive))


def _with_finite_verb(units: tuple[Unit, ...], *, passive: bool) -> tuple[Unit, ...]:
    """A sentence without a finite verb whose first verb is a bare participle after a noun: the model took the one for the other.

    Where no participle is a finite verb, too, its auxiliary was left out: "Two drones | shot down".
    """
    if _has_finite(units):
        return units
    for at, unit in enumerate(units):
        if unit.verb is not None and unit.kind in "Jj" and at and units[at - 1].kind in "nyapT":
            if at + 1 < len(units) and units[at + 1].kind == "b":
                return units
            return (*units[:at], _finite(unit, passive=passive), *units[at + 1 :])
        if unit.verb is not None:
            break
    return units
