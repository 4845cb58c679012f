"""Small words written together with the next one (Arabic "and", "in", "the") and pronouns written at the end of one.

What can be fused is a setting of the language pack; whether a word is one or several is decided by a list of stems: words that nothing
is fused to. The longest stem wins, so that a word is cut only where the list says that it can be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ondit.text.folding import fold_word

_Piece = tuple[int, int, str]
_SHORTEST_UNKNOWN = 3  # letters that must be left of a word that no list knows
_SHORTEST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class CliticRules:
    """What a language fuses, folded: `joins` ("and"), then one of `before` ("in"), then `article`; `suffixes` after the word.

    `endings` are letters of inflection that a stem may have besides. `contracted` is how the last letter of `before` and the article are written together, as (letters, letters of `before`);
    `restored` endings of a word as they are written before a suffix, each followed by what it is, folded, without one. `verbal` letters of `before` need a word that begins with
    one of `verb_letters`. Words of `never_whole`, as written, are always cut, though their letters are a stem, too.
    """

    joins: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    verbal: tuple[str, ...] = ()
    verb_letters: tuple[str, ...] = ()
    article: str = ""
    contracted: tuple[str, str] = ("", "")
    suffixes: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    endings: tuple[str, ...] = ("\0",)
    stems: frozenset[str] = frozenset()
    never_whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cut:
    """Lengths of the fused letters before, the stem's key, and the letters after."""

    before: tuple[tuple[int, str], ...]
    stem: str
    after: int = 0

    @property
    def fused(self) -> int:
        return sum(length for length, _ in self.before) + self.after


@lru_cache(maxsize=32_768)
def cut_clitics(word: str, rules: CliticRules) -> tuple[_Piece, ...]:
    """The pieces of a word as (start, stop, key), offsets counted in the word as written."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(word):
        folded = fold_word(char)
        letters.extend(folded)
        places.extend([at] * len(folded))
    key = "".join(letters)
    cut = _best(key, word, rules)
    if cut is None:
        return ((0, len(word), fold_word(word)),)
    places.append(len(word))
    pieces: list[_Piece] = []
    at = 0
    for length, name in cut.before:
        pieces.append((places[at] if at else 0, places[at + length], name))
        at += length
    stop = len(key) - cut.after
    if stop > at:
        pieces.append((places[at] if at else 0, places[stop] if cut.after else len(word), cut.stem))
    if cut.after:
        pieces.append((places[stop], len(word), key[stop:]))
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def _best(key: str, word: str, rules: CliticRules) -> _Cut | None:
    """The cut that leaves the longest known stem; for an unknown word the conjunction and the article only."""
    inflected = key.endswith(rules.endings) and not key[:-1].endswith(rules.suffixes)
    cuts = word in rules.never_whole
    if not cuts and (key in rules.stems or (inflected and key[:-1] in rules.stems)):
        return None
    known = [cut for cut in _cuts(key, word, rules) if _stands(cut, rules) and (cut.fused or not cuts)]
    if known:
        whole = min(known, key=lambda c: (c.fused, len(c.before), c.after))
        return next((c for c in known if _is_contracted(c, whole, rules)), whole)
    guesses = [c for c in _cuts(key, word, rules) if not c.after and _guessed(c, rules)]
    return max(guesses, key=lambda c: c.fused, default=None)


def _is_contracted(cut: _Cut, whole: _Cut, rules: CliticRules) -> bool:
    """As in "to-the-security", where a word that is no more than the end of the article and the stem is in the list, too.

    Told only of stems that begin like the article: others may as well begin with its last letter themselves ("to-Lebanon").
    """
    article = bool(cut.before) and cut.before[-1][1] == rules.article and not cut.after
    longer = len(cut.stem) + 1 == len(whole.stem) and whole.stem.endswith(cut.stem) and not whole.after
    return article and longer and cut.stem.startswith(rules.article[:1])


def _stands(cut: _Cut, rules: CliticRules) -> bool:
    if not cut.stem:
        return bool(cut.after) and len(cut.before) >= 1 and cut.before[-1][1] in rules.before
    if cut.stem.isdigit() or cut.stem.isascii():
        return cut.after == 0
    verbal = bool(cut.before) and cut.before[-1][1] in rules.verbal
    if verbal and not cut.stem.startswith(rules.verb_letters):
        return False
    return cut.stem in rules.stems and len(cut.stem) >= _SHORTEST_KNOWN


def _guessed(cut: _Cut, rules: CliticRules) -> bool:
    if len(cut.stem) < _SHORTEST_UNKNOWN or not cut.before:
        return False
    last = cut.before[-1][1]
    return last == rules.article or (len(cut.before) == 1 and last == rules.joins[0])


def _cuts(key: str, word: str, rules: CliticRules) -> Iterator[_Cut]:
    for before, rest in _beginnings(key, rules):
        yield _Cut(before, rest)
        if before and before[-1][1] == rules.article:
            continue
        for suffix in rules.suffixes:
            if not rest.endswith(suffix) or word[-1] == "\u0629":  # a written ta marbuta is no pronoun
                continue
            stem = rest[: -len(suffix)]
            for written, full in zip(rules.restored[::2], rules.restored[1::2], strict=True):
                restored = stem[: -len(written)] + full
                known = stem in rules.stems and written == rules.endings[0]
                if word[: -len(suffix)].endswith(written) and restored in rules.stems and not known:
                    stem = restored
                    break
            yield _Cut(before, stem, len(suffix))


def _beginnings(key: str, rules: CliticRules) -> Iterator[tuple[tuple[tuple[int, str], ...], str]]:
    """What may be fused before, and the rest."""
    for join in ("", *rules.joins):
        if not key.startswith(join):
            continue
        joined = ((len(join), join),) if join else ()
        rest = key[len(join) :]
        yield joined, rest
        for word in ("", *rules.before):
            if not rest.startswith(word):
                continue
            so_far = (*joined, (len(word), word)) if word else joined
            body = rest[len(word) :]
            if word:
                yield so_far, body
            if rules.article and body.startswith(rules.article) and word not in rules.verbal:
                yield (*so_far, (len(rules.article), rules.article)), body[len(rules.article) :]
        letters, own = rules.contracted
        if letters and rest.startswith(letters):
            article = (len(letters) - len(own), rules.article)
            yield (*joined, (len(own), own), article), rest[len(letters) :]
