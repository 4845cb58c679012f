"""Tags put right where a line names who speaks before its colon ("WHO: …", « Témoins : … »): models see too few of these."""

from collections.abc import Mapping, Sequence
from typing import Any

from ondit.registry import source_kinds
from ondit.text.folding import fold_word

_HEAD = 8  # tokens in which the colon stands
_SHORTEST = 3  # letters of an abbreviation that no word is
_NO_NAME = frozenset(".?IRSTV")


class SpeakerTags:
    """Who speaks before a colon, by the words of a pack and the registry."""

    def __init__(self, voices: Mapping[str, Any]) -> None:
        self.speakers = frozenset(word for words in voices["kinds"].values() for word in words)
        self.documents, self.numbering = frozenset(voices["documents"]), frozenset(voices.get("numbering", ()))

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        for at, form in enumerate(forms):
            if tags[at] in _NO_NAME and form.isupper() and len(form) >= _SHORTEST and not _shouted(forms, at):
                tags[at] = "P" if form in source_kinds()[1] else tags[at]
        for at in [at for at, tag in enumerate(tags[:-1]) if tag == "V" and keys[at] in self.documents]:
            if keys[at + 1] in self.numbering:
                tags[at] = "N"  # "SITUATION | REPORT | No. 14"
        if ":" not in keys[1:_HEAD]:
            return
        colon = keys.index(":", 1, _HEAD)
        if colon == 1:
            self._alone(forms[0], keys[0], tags)
        elif keys[0] in self.speakers and not {"V", "X"}.intersection(tags[1:colon]):
            tags[0] = tags[0] if tags[0] in "NPD" else "N"
        elif tags[0] == "D" and tags[colon - 1] == "V" and keys[colon - 1] in self.documents:
            tags[colon - 1] = "N"  # "A UN | report: …"

    def _alone(self, form: str, key: str, tags: list[str]) -> None:
        if key in self.speakers:
            tags[0] = tags[0] if tags[0] in "NP" else "N"
        elif form[:1].isupper() and tags[0] in _NO_NAME and fold_word(form) in source_kinds()[0]:
            tags[0] = "P"


def _shouted(forms: Sequence[str], at: int) -> bool:
    """Is a word beside it in capitals, too? Then the line may be."""
    beside = (*forms[max(0, at - 1) : at], *forms[at + 1 : at + 2])
    return any(form.isupper() and len(form) > 1 for form in beside)
