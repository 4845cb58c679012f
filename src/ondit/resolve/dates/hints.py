"""Words near an expression that say whether it lies ahead ("will", "sera") or behind; they are data of the pack (`[hints]` in grammar/time.toml)."""

import re
from dataclasses import dataclass

from ondit.languages.packs import Pack
from ondit.model import Span
from ondit.text.folding import fold_word

# Characters looked at on each side; a sentence rarely keeps its verb further from its date.
_REACH = 90
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?;]\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Hints:
    """Folded words and endings of words that look ahead, and words that look back."""

    ahead: frozenset[str] = frozenset()
    ahead_endings: tuple[str, ...] = ()
    not_ahead: frozenset[str] = frozenset()
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
            frozenset(raw.get("back", ())),
            tuple(raw.get("back_endings", ())),
        )

    def looks_ahead(self, text: str, span: Span) -> bool:
        """Does the sentence speak of what is to come?"""
        words = self._near(text, span)
        return any(w in self.ahead or (w.endswith(self.ahead_endings) and len(w) > 4 and w not in self.not_ahead) for w in words)

    def looks_back(self, text: str, span: Span) -> bool:
        """Does the sentence speak of what is over?"""
        return any(w in self.back or (len(w) > 4 and w.endswith(self.back_endings)) for w in self._near(text, span))

    def _near(self, text: str, span: Span) -> list[str]:
        before = text[max(0, span.start - _REACH) : span.start]
        after = text[span.stop : span.stop + _REACH]
        cut = None
        for cut in _STOP.finditer(before):
            pass
        before = before[cut.end() :] if cut else before
        stop = _STOP.search(after)
        after = after[: stop.start()] if stop else after
        return [fold_word(w) for w in _WORD.findall(f"{before} {after}")]
