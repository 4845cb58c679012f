"""Words near an expression that say whether it lies ahead ("will", "sera") or behind; they are data of the pack (`[hints]` in grammar/time.toml)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ondit.languages.packs import Pack
from ondit.model import Span
from ondit.model.records import record
from ondit.text.folding import fold_word

# Words looked at on each side of an expression; a verb rarely stands further from its date.
_WORDS, _NEAR = 8, 3
_SUBJECT = 6  # words that may stand between a date and the verb behind it
_REACH = 90
_SHORTEST = 4  # letters: only longer words show by their ending what they tell
_WORD = re.compile(r"[^\W\d_][^\W\d_\u064b-\u0652]*(?:[\u064b-\u0652]+[^\W\d_]*)*(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?;؟]\s|\n\s*\n")


@record
class Outlook:
    """How the sentence looks at one of its dates.

    `ahead`: it speaks of what is to come; `behind`: the nearest telling word before the date speaks of what has been ("said", too);
    `told`: the nearest telling word around it tells what was done then, and none in between that somebody speaks.
    """

    ahead: bool = False
    behind: bool = False
    told: bool = False


@record
class Hints:
    """Folded words, and endings of words, that look ahead or back; `near` only look ahead right before the date ("by Friday").

    `done` are those that tell a deed; `speech` those of saying, fixing and wishing, which may be of what is to come.
    """

    ahead: frozenset[str] = frozenset()
    ahead_endings: tuple[str, ...] = ()
    not_ahead: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    back: frozenset[str] = frozenset()
    back_endings: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()  # letters that are written together with the next word (Arabic "and")

    @classmethod
    def of(cls, pack: Pack | None) -> "Hints":
        """The hints of a pack; none without one."""
        raw: dict[str, Any] = pack.table("grammar/time").get("hints", {}) if pack else {}

        def words(name: str) -> frozenset[str]:
            return frozenset(map(fold_word, raw.get(name, ())))

        return cls(
            words("ahead"),
            tuple(raw.get("ahead_endings", ())),
            words("not_ahead"),
            words("near"),
            words("back"),
            tuple(raw.get("back_endings", ())),
            words("done"),
            words("speech"),
            frozenset(pack.table("words/time").get("prefixes", {}).get("words", ())) if pack else frozenset(),
        )

    def outlook(self, text: str, span: Span) -> Outlook:
        """What the words around a date say of it; the nearest telling one before it decides, then those right after."""
        before, after = _before(text, span), _after(text, span)
        deadline = any(word in self.near for word in before[:_NEAR])
        ahead = next((a for a in map(self._looks, before) if a is not None), None)
        ahead = any(map(self._is_ahead, after[:_NEAR])) if ahead is None else ahead
        told = self._is_told([*before, *after])
        return Outlook((deadline and not told) or ahead, self._is_behind(before), told)

    def _looks(self, word: str) -> bool | None:
        """Does a word look ahead? None when it says neither that nor the other."""
        return True if self._is_ahead(word) else False if self._is_back(word) else None

    def _is_behind(self, words: Sequence[str]) -> bool:
        return next((not a for a in map(self._looks, words) if a is not None), False)

    def _is_told(self, words: Iterable[str]) -> bool:
        for word in words:
            if self._among(word, self.speech) or self._is_ahead(word):
                return False
            if self._among(word, self.done):
                return True
        return False

    def _among(self, word: str, words: frozenset[str]) -> bool:
        return word in words or (word[:1] in self.joined and word[1:] in words)

    def _is_back(self, word: str) -> bool:
        return self._among(word, self.back) or (len(word) > _SHORTEST and word.endswith(self.back_endings))

    def _is_ahead(self, word: str) -> bool:
        return self._among(word, self.ahead) or (
            len(word) > _SHORTEST and word.endswith(self.ahead_endings) and word not in self.not_ahead
        )


def _before(text: str, span: Span) -> list[str]:
    """The last words of the sentence before the expression, nearest first."""
    before = text[max(0, span.start - _REACH) : span.start]
    cuts = list(_STOP.finditer(before))
    words = _WORD.findall(before[cuts[-1].end() :] if cuts else before)
    return [fold_word(w) for w in words[: -_WORDS - 1 : -1]]


def _after(text: str, span: Span) -> list[str]:
    after = text[span.stop : span.stop + _REACH]
    stop = _STOP.search(after)
    return [fold_word(w) for w in _WORD.findall(after[: stop.start()] if stop else after)[:_SUBJECT]]
