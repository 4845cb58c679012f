"""What stands before a colon at the head of a line and is no voice: where something was, a dateline."""

from ondit.model import SourceKind, Span
from ondit.read.engines.rules.happenings import HARM_DONE
from ondit.read.engines.rules.toponym_words import place_words
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Clause, Parse
from ondit.read.engines.rules.voices import country_names, kind_of, seat_names, voice_words
from ondit.text.folding import fold_name

_NAME = 3  # tokens of a country's name
_SPEECH_BEGINS = 6  # tokens


def says_where(parse: Parse, source: Span, behind: int) -> bool:
    """Is it a country or its seat of government, of which what stands from token `behind` on is told ("Syria: nine civilians were killed …")?

    A government speaks there only of what is its own to tell: "Kyiv: 3 drones downed", "Tehran: the talks must go on".
    """
    short = parse.token_at(source.stop) - parse.token_at(source.start) <= _NAME
    kind = kind_of(parse, source)
    name = fold_name(source.of(parse.text))
    if kind is SourceKind.PERSON and name in country_names():
        return True  # "DR Congo", no doctor
    if not short or name not in country_names() | seat_names():
        return False
    return not _is_its_own_to_tell(parse, behind)


def is_seat(parse: Parse, source: Span) -> bool:
    """Is it a seat of government by which a government is meant?"""
    return fold_name(source.of(parse.text)) in seat_names()


def is_unknown_name(parse: Parse, source: Span) -> bool:
    """Is it one word with a capital that is no ordinary word: who speaks ("Zagazola: …"), or where, which only the gazetteer knows?"""
    at = parse.token_at(source.start)
    key, text = parse.tokens.keys[at], source.of(parse.text)
    if parse.token_at(source.stop) - at != 1 or parse.tags[at] != "P" or not text[:1].isupper() or not key.isalpha():
        return False
    listed = place_words(parse.pack.language)
    ordinary = key in listed.common and key not in listed.surnames
    return not ordinary and key not in load_triggers(parse.pack).entries and key not in parse.lexicon.forms


def _is_its_own_to_tell(parse: Parse, behind: int) -> bool:
    """Is it quoted, is it what a state says of its air defence, or what it demands?"""
    keys, entries = parse.tokens.keys, load_triggers(parse.pack).entries
    if behind < len(keys) and keys[behind] in _QUOTES:
        return True
    opening = range(behind, min(behind + _OWN_BEGINS, len(keys)))
    listed = [entry for at in opening for entry in entries.get(keys[at], ())]
    demanding: list[str] = parse.pack.table("grammar/attribution")["stance"]["demands"]
    harm = next((entry.kind in HARM_DONE for entry in listed if not entry.rest), False)
    defends = not _AIR_DEFENCE.isdisjoint(entry.kind for entry in listed)
    return (defends and not harm) or not frozenset(demanding).isdisjoint(keys[at] for at in opening)


_AIR_DEFENCE = frozenset({"air_defence", "interception"})
_QUOTES = frozenset('«“"„')
_OWN_BEGINS = 7  # tokens


def speaks_of_itself(parse: Parse, behind: int) -> bool:
    """Does what stands from token `behind` on say "we" ("Brigade 22: our men …")? Then who stands before the colon says it."""
    speaker, words = voice_words(parse.pack).speaker, parse.pack.table("grammar/attribution")["quotation"]
    begins, ends = tuple(words.get("first_person", ())), tuple(words.get("first_person_endings", ()))
    opening = range(behind, min(behind + _SPEECH_BEGINS, len(parse.tokens)))
    keys, tags = parse.tokens.keys, parse.tags
    return any(
        keys[at] in speaker
        or (tags[at] == "V" and (keys[at].endswith(ends) or (tags[at - 1] == "T" and keys[at].startswith(begins))))
        for at in opening
    )  # what begins so without "will", "not" before it may be another verb's first letter


def is_dateline(parse: Parse, clause: Clause, colon: int) -> bool:
    """As in "Baghdad: «the Gulf», agencies …" with its colon at a unit: a dateline, whose place says nothing."""
    behind = clause.units[colon + 1 : colon + 3]
    if len(behind) < 2 or behind[0].kind != "n" or behind[1].kind != ",":
        return False
    name = parse.words(behind[0].first, behind[0].last)
    return name[:1] in _OPENING and name[-1:] in _CLOSING


_OPENING, _CLOSING = frozenset('«“"'), frozenset('»”"')
