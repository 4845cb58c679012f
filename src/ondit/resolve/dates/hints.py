"""Words near an expression that say whether it lies ahead ("will", "sera") or behind; they are data of the pack (`[hints]` in grammar/time.toml)."""

import re

from ondit.languages.packs import Pack
from ondit.model import Span
from ondit.model.records import record
from ondit.text.folding import fold_word

# Words looked at on each side of an expression; a verb rarely stands further from its date.
_WORDS, _NEAR = 8, 3
_REACH = 90
_SHORTEST = 4  # letters: only longer words show by their ending what they tell
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?;]\s|\n\s*\n")


@record
class Hints:
    """Folded words, and endings of words, that look ahead or back; `near` only look ahead right before the date ("by Friday")."""

    ahead: frozenset[str] = frozenset()
    ahead_endings: tuple[str, ...] = ()
    not_ahead: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    back: frozenset[str] = frozenset()
    back_endings: tuple[str, ...] = ()

    @classmethod
    def of(cls, pack: Pack | None) -> "Hints":
        """The hints of a pack; none without one."""
        raw = pack.table("grammar/time").get("hints", {}) if pack else {}
        return cls(
            frozenset(raw.get("ahead", ())),
            tuple(raw.get("ahead_endings", ())),
            frozenset(raw.get("not_ahead", ())),
            frozenset(raw.get("near", ())),
            frozenset(raw.get("back", ())),
            tuple(raw.get("back_endings", ())),
        )

    def looks_ahead(self, text: str, span: Span) -> bool:
        """Does the sentence speak of what is to come? The nearest telling word before the date decides, then those right after."""
        before = self._before(text, span)
        if any(word in self.near for word in before[:_NEAR]):
            return True
        for word in before:
            if self._is_ahead(word):
                return True
            if self._is_back(word):
                return False
        return any(self._is_ahead(word) for word in self._after(text, span))

    def looks_back(self, text: str, span: Span) -> bool:
        """Does the nearest telling word before the date, in its sentence, speak of what has been?"""
        for word in self._before(text, span):
            if self._is_ahead(word):
                return False
            if self._is_back(word):
                return True
        return False

    def _is_back(self, word: str) -> bool:
        return word in self.back or (len(word) > _SHORTEST and word.endswith(self.back_endings))

    def _is_ahead(self, word: str) -> bool:
        return word in self.ahead or (
            len(word) > _SHORTEST and word.endswith(self.ahead_endings) and word not in self.not_ahead
        )

    def _before(self, text: str, span: Span) -> list[str]:
        """The last words of the sentence before the expression, nearest first."""
        before = text[max(0, span.start - _REACH) : span.start]
        cuts = list(_STOP.finditer(before))
        words = _WORD.findall(before[cuts[-1].end() :] if cuts else before)
        return [fold_word(w) for w in words[: -_WORDS - 1 : -1]]

    def _after(self, text: str, span: Span) -> list[str]:
        after = text[span.stop : span.stop + _REACH]
        stop = _STOP.search(after)
        return [fold_word(w) for w in _WORD.findall(after[: stop.start()] if stop else after)[:_NEAR]]
