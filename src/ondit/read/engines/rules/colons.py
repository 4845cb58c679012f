"""What stands before a colon at the head of a line and is no voice: where something was, a dateline."""

from ondit.model import SourceKind, Span
from ondit.read.engines.rules.happenings import HARM_DONE
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Clause, Parse
from ondit.read.engines.rules.voices import country_names, kind_of, voice_words
from ondit.text.folding import fold_name

_NAME = 3  # tokens of a country's name
_SPEECH_BEGINS = 6  # tokens
_HARM_BEGINS = 4  # tokens: "twelve civilians | were killed"


def says_where(parse: Parse, source: Span, behind: int) -> bool:
    """Is it a country of which a harm is told from token `behind` on ("Syria: nine civilians were killed …"), where that was?"""
    short = parse.token_at(source.stop) - parse.token_at(source.start) <= _NAME
    kind = kind_of(parse, source)
    if kind is SourceKind.PERSON and fold_name(source.of(parse.text)) in country_names():
        return True  # "DR Congo", no doctor
    if not short or kind is not SourceKind.GOVERNMENT:
        return False
    entries = load_triggers(parse.pack).entries
    told = [entry for key in parse.tokens.keys[behind : behind + _HARM_BEGINS] for entry in entries.get(key, ())]
    harm = any(entry.kind in HARM_DONE and not entry.rest for entry in told)
    return harm and fold_name(source.of(parse.text)) in country_names()


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
