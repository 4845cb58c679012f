"""How a text is read that is written without accents, in capitals, or both: each word as the pack spells it, letter for letter.

Channels write « 12 MORTS DANS UNE ATTAQUE A TESSIT » and « des hommes armes ont enleve trois soldats ». What comes out has the length of
what went in, so that every offset holds in both; what is shown is always the text as it was written.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from ondit.languages import Pack, load_pack
from ondit.model import Span
from ondit.registry import shipped_abbreviations
from ondit.text.sentences import find_paragraphs

_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED = 3  # words of some length in a line of capitals
_SOME_LENGTH = 3  # letters
_LONGEST_BETWEEN = 2  # adverbs between an auxiliary and its participle


def spelled_out(text: str, pack: Pack, *, is_place: Callable[[str], bool]) -> str:
    """The text with the accents and cases that its writer left out; the same text where nothing shows that any was.

    `is_place` says of a word whether some place is called so: in a text without capitals such a word behind a preposition of place is one.
    """
    settings = pack.settings.get("spelling")
    if settings is None:
        return text
    # Most texts lack nothing: the words of the pack are gathered where one does.
    if settings.get("leading") and text.islower():
        text = _speller(pack.language).with_names(text, is_place)
    accented = bool(settings.get("participles"))
    bare = accented and _without_accents(text)
    pieces, at = [], 0
    for line in find_paragraphs(text):
        written = text[line.start : line.stop]
        capitals = written.isupper() and _shouts(written)
        if not capitals and not bare:
            continue
        accents = accented and (bare or _without_accents(written))
        pieces += [text[at : line.start], _speller(pack.language).line(written, capitals=capitals, accents=accents)]
        at = line.stop
    return "".join((*pieces, text[at:])) if pieces else text


_Told = TypeVar("_Told")


def as_written(told: _Told, text: str) -> _Told:
    """Records read in a text that was spelled out, with the words of the text as it was written."""
    if isinstance(told, tuple):
        return tuple(as_written(item, text) for item in told)  # type: ignore[return-value]
    if not is_dataclass(told) or isinstance(told, (type, Span)):
        return told
    changed: dict[str, Any] = {
        field.name: as_written(value, text)
        for field in fields(told)
        if isinstance(value := getattr(told, field.name), tuple)
    }
    span = getattr(told, "span", None)
    if isinstance(span, Span) and hasattr(told, "text"):
        changed["text"] = span.of(text)
    return replace(told, **changed) if changed else told


def _without_accents(text: str) -> bool:
    """Is there no letter but those of ASCII?"""
    return not any(char > "\x7f" and char.isalpha() for char in text)


def _shouts(line: str) -> bool:
    return sum(len(word) >= _SOME_LENGTH for word in _WORD.findall(line)) >= _SHOUTED


@dataclass(frozen=True)
class _Speller:
    """The words of a pack: `known` in lower case, `spellings` of words without accents, the words of verbs and what leads to them."""

    endings: tuple[str, ...]  # of participles
    known: frozenset[str]
    spellings: dict[str, str]
    participles: dict[str, str]  # "brule": "brûlé", which stands behind an auxiliary
    plain_participles: frozenset[str]  # "pris"
    auxiliaries: frozenset[str]
    between: frozenset[str]
    prepositions: dict[str, str]  # "a": "à", where it is no auxiliary
    subjects: frozenset[str]  # behind these it is one
    objects: frozenset[str]  # before these, too
    leading: frozenset[str]  # prepositions of place
    described: frozenset[str]  # people of whom a participle tells: "hommes armes"
    abbreviations: frozenset[str]

    def with_names(self, text: str, is_place: Callable[[str], bool]) -> str:
        """A text in lower case with capitals at the names of places."""
        letters = list(text)
        before = ""
        for match in _WORD.finditer(text):
            word = match.group()
            if (
                (before in self.leading or before in self.prepositions)
                and len(word) >= _SOME_LENGTH
                and word not in self.known
                and is_place(word)
            ):
                letters[match.start()] = word[0].upper()
            before = word
        return "".join(letters)

    def line(self, written: str, *, capitals: bool, accents: bool) -> str:
        """One line spelled out."""
        matches = list(_WORD.finditer(written))
        words = [match.group().lower() for match in matches]
        if not capitals and not (self._lacks_accents(words) or self._leads_to_a_name(matches, words)):
            return written
        pieces, at = [], 0
        for index, match in enumerate(matches):
            word = self._accented(words, index) if accents or words[index] in self.prepositions else words[index]
            word = self._cased(match.group(), word, opens=index == 0) if capitals else _like(match.group(), word)
            pieces += [written[at : match.start()], word if len(word) == len(match.group()) else match.group()]
            at = match.end()
        return "".join((*pieces, written[at:]))

    def _lacks_accents(self, words: Sequence[str]) -> bool:
        """Is there a word that is none without its accent, or a verb behind an auxiliary that has to be a participle?"""
        return any(
            word in self.spellings
            or (word in self.participles and (self._behind_auxiliary(words, at) or self._describes(words, at)))
            for at, word in enumerate(words)
        )

    def _leads_to_a_name(self, matches: Sequence[re.Match[str]], words: Sequence[str]) -> bool:
        """As in "une attaque a Tessit": no auxiliary stands before a name."""
        return any(
            word in self.prepositions and matches[at + 1].group()[0].isupper() and not self._is_auxiliary(words, at)
            for at, word in enumerate(words[:-1])
        )

    def _accented(self, words: Sequence[str], at: int) -> str:
        word = words[at]
        if word in self.prepositions:
            return word if self._is_auxiliary(words, at) else self.prepositions[word]
        if word in self.participles and (self._behind_auxiliary(words, at) or self._describes(words, at)):
            return self.participles[word]
        return self.spellings.get(word, word)

    def _is_auxiliary(self, words: Sequence[str], at: int) -> bool:
        if at and words[at - 1] in self.subjects:
            return True
        behind = next((w for w in words[at + 1 : at + 2 + _LONGEST_BETWEEN] if w not in self.between), "")
        done = behind in self.participles or behind.endswith(self.endings)
        return done or behind in self.plain_participles or behind in self.objects

    def _describes(self, words: Sequence[str], at: int) -> bool:
        return at > 0 and words[at].endswith("s") and words[at - 1] in self.described

    def _behind_auxiliary(self, words: Sequence[str], at: int) -> bool:
        before = at - 1
        while before > 0 and words[before] in self.between and at - before <= _LONGEST_BETWEEN:
            before -= 1
        return before >= 0 and words[before] in self.auxiliaries

    def _cased(self, written: str, word: str, *, opens: bool) -> str:
        """A word of a line in capitals: as an abbreviation, in lower case where it is a word, else as a name."""
        if written in self.abbreviations and (len(written) >= _SOME_LENGTH or word not in self.known):
            return written
        if word not in self.known:
            return written if len(written) < _SOME_LENGTH else word.capitalize()
        return word.capitalize() if opens else word


def _like(written: str, word: str) -> str:
    """A word in the case of another."""
    return (
        word.upper() if written.isupper() and len(written) > 1 else word.capitalize() if written[0].isupper() else word
    )


@lru_cache(maxsize=8)
def _speller(language: str) -> _Speller:
    pack = load_pack(language)
    settings = pack.settings["spelling"]
    listed, forms = Counter(_words_of(pack, "words", "grammar")), frozenset(_words_of(pack, "words", forms=True))
    shown = frozenset(_words_of(pack, "examples"))
    endings, never_bare = (tuple(settings.get(name, ())) for name in ("participles", "never_bare"))
    spellings: dict[str, str] = {}
    participles: dict[str, str] = {}
    for bare, accented in _by_bare(forms.union(listed, shown)).items():
        done = [word for word in accented if endings and word.endswith(endings)]
        others = [word for word in accented if word not in done]
        if done:
            participles[bare] = done[0]
        if bare.endswith(never_bare or ("\0",)) and bare not in listed:
            spellings[bare] = (done or others)[0]
        elif bare not in listed and bare not in forms:
            spellings[bare] = (others or done)[0]
        elif others and not done and listed[others[0]] > listed[bare]:
            spellings[bare] = others[0]  # a list that leaves accents out has it, too
    prepositions = dict(settings.get("prepositions", {}))
    spellings = {bare: word for bare, word in spellings.items() if bare not in prepositions}
    plain = tuple(settings.get("plain", ())) or ("\0",)
    return _Speller(
        endings=endings or ("\0",),
        known=forms.union(listed, shown),
        spellings=spellings,
        participles=participles,
        plain_participles=frozenset(word for word in forms if word.isascii() and word.endswith(plain)),
        abbreviations=shipped_abbreviations(),
        prepositions=prepositions,
        **{
            name: frozenset(settings.get(name, ()))
            for name in ("auxiliaries", "between", "subjects", "objects", "described", "leading")
        },
    )


def _by_bare(words: Collection[str]) -> dict[str, list[str]]:
    """Words with accents by how they are written without."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if not word.isascii():
            bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
            if bare.isascii() and len(bare) == len(word):
                found[bare].append(word)
    return dict(found)


_NAMES = ("places.surnames.txt", "places.given_names.txt", "places.phrases.txt", "names.nations.tsv")


def _words_of(pack: Pack, *folders: str, forms: bool = False) -> Iterator[str]:
    """The words in lower case that files of a pack are made of: its lists of forms, or the others."""
    paths = [
        path
        for home in (pack.folder, *pack.layers)
        for folder in folders
        for path in sorted(home.glob(f"{folder}/*.t*"))
    ]
    for path in paths:
        if path.name in _NAMES or path.name.endswith(".forms.tsv") is not forms:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith(("#", "id =", "place =", "[")):
                yield from (word for word in _WORD.findall(line) if word.islower())
