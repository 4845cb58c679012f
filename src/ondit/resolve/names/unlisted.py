"""Names that the registry does not know: they get a provisional id, the same in every report, if the words are a name at all."""

from collections.abc import Sequence

from ondit.model import SourceKind
from ondit.resolve.names.keys import Key, capitalised, is_kunya, written_as
from ondit.resolve.names.phrases import Part, without_titles
from ondit.resolve.names.verdicts import UNLISTED, NameMatch, Verdict
from ondit.resolve.names.words import NameWords, leading, nations_within

_NAMELESS = frozenset({SourceKind.WITNESS, SourceKind.ANONYMOUS})
_LONGEST = 8
"""Words beyond which a phrase describes rather than names."""
_PERSON = 4
"""Words that the name of a person has at most, in a script without capitals."""
_ABBREVIATION = 3
"""Capitals from which one word by itself is a name that means the same across reports."""


def unlisted(parts: Sequence[Part], words: NameWords, kind: SourceKind | None) -> NameMatch | None:
    """The provisional id of a proper name: two words with capitals, or an abbreviation; in Arabic what was read as a person."""
    if kind in _NAMELESS:
        return None
    outside = [part for part in parts if not part.bracketed]
    for part in outside[1:] or outside:
        name = _name(part, words, kind)
        if name:
            reason = f"'{part.text}' is in no registry; '{' '.join(name)}' is its provisional id in every report"
            return NameMatch(Verdict.UNLISTED, UNLISTED + " ".join(name), (), reason)
    return None


def _name(part: Part, words: NameWords, kind: SourceKind | None) -> Key:
    name = without_titles(part.key, words, part.text).name
    if (
        not name
        or name[0] in words.loose
        or len(name) > _LONGEST
        or any(w in words.joining for w in name)
        or is_kunya(name)
    ):
        return ()
    if len(name) == 1:
        written = written_as(name[0], part.text)
        return name if len(written) >= _ABBREVIATION and not nations_within(name, words, part.text) else ()
    if any(leading(name, phrases) for phrases in (words.members, words.fighters, words.speaks_for)):
        return ()
    if not name[0].isascii():
        fits = kind is SourceKind.PERSON and len(name) <= _PERSON and not any(w in words.loose for w in name)
        return name if fits and not nations_within(name, words, part.text) else ()
    capital = capitalised(part.text)
    proper = [w for w in name if w not in words.loose]
    named = [w for w in proper if w in capital]
    own = len(named) - sum(stop - start for start, stop, _ in nations_within(tuple(named), words, part.text))
    loose_allowed = kind not in (None, SourceKind.PERSON, SourceKind.OTHER)
    if len(named) < len(proper) or own < 2 or (len(proper) < len(name) and not loose_allowed):
        return ()
    return name
