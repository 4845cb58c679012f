"""Tags put right around who speaks: before a colon ("WHO: …", « Témoins : … »), before a verb that is a noun as well. Models see too few of these."""

from collections.abc import Mapping, Sequence
from typing import Any

from ondit.read.engines.rules.lexicon import Lexicon
from ondit.registry import source_kinds
from ondit.text.folding import fold_word

_HEAD = 8  # tokens in which the colon stands
_SHORTEST = 3  # letters of an abbreviation that no word is
_NO_NAME = frozenset(".?IRSTVvigwXyzC")


_PHRASE = frozenset("DNPA#")
_BEGINS = frozenset(".SC")
_SUBJECT = frozenset("DNPAE#")
_COMMAS, _ENDS = frozenset({",", "»", "”"}), frozenset({".", "!", "…"})


class SpeakerTags:
    """Who speaks before a colon, by the words of a pack and the registry."""

    def __init__(self, voices: Mapping[str, Any], lexicon: Lexicon, verdicts: frozenset[str]) -> None:
        self.verdicts = verdicts
        self.forms = lexicon.forms
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

    def verb_behind_speaker(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "JNIM | put the toll at 20", "residents | dispute this": a form that is an infinitive or a noun as well, right behind its subject."""
        for at, tag in enumerate(tags[:-1]):
            if (
                tag not in "iNPA"
                or keys[at] not in self.forms
                or tags[max(0, at - 1) : at] not in (["N"], ["P"], ["A"])
            ):
                continue
            behind = "".join(tags[at + 1 : at + 3])
            object_ = tag == "i" and behind[0] in "DNPI#S"
            this = tag in "NP" and behind[0] == "I" and behind[1:] in (".", "E", "")
            some = tag in "NA" and behind in ("E#", "S#")  # « le JNIM | parle de 20 morts »
            if (object_ or this or some) and self._opens_clause(tags, at):
                tags[at] = "V"

    def verb_behind_comma(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in « …, | avance | Moussa Traoré. »: a form that is a noun as well, right behind the comma of what is said, its subject at the end of the sentence."""
        for at in range(2, len(tags) - 1):
            if keys[at - 1] not in _COMMAS or tags[at] not in "NA" or keys[at] not in self.forms:
                continue
            end = next((i for i in range(at + 1, len(tags)) if tags[i] not in _SUBJECT), len(tags))
            subject = "".join(tags[at + 1 : end])
            closes = end == len(tags) or keys[end] in _ENDS
            named = subject[:1] in "DP" if subject[:1] != "N" else subject[1:2] in "DP"
            if closes and subject and named and {"V", "X"}.intersection(tags[:at]):
                tags[at] = "V"

    def names_behind_nouns(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "the movement | of Hamas | the army": a name that the registry knows ends the phrase, where no capital shows one."""
        for at in range(1, len(tags)):
            if tags[at - 1] + tags[at] == "NN" and keys[at] in self.speakers and keys[at] in source_kinds()[0]:
                tags[at] = "P"

    def verb_of_verdict(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "and-it-is an accusation | rejected-it | the residents", where the verb is written as a noun is."""
        for at in range(1, len(tags) - 1):
            if tags[at] != "N" or tags[at + 1] != "I" or keys[at] not in self.forms:
                continue
            if keys[at - 1] in self.verdicts or tags[at - 1] == "I":
                tags[at] = "V"

    def _opens_clause(self, tags: Sequence[str], at: int) -> bool:
        """Is there nothing but a noun phrase before it in its clause?"""
        first = at
        while first and tags[first - 1] in _PHRASE:
            first -= 1
        return first < at and (first == 0 or tags[first - 1] in _BEGINS)

    def _alone(self, form: str, key: str, tags: list[str]) -> None:
        if key in self.speakers:
            tags[0] = tags[0] if tags[0] in "NP" else "N"
        elif form[:1].isupper() and tags[0] in _NO_NAME and fold_word(form) in source_kinds()[0]:
            tags[0] = "P"


def _shouted(forms: Sequence[str], at: int) -> bool:
    """Is a word beside it in capitals, too? Then the line may be."""
    beside = (*forms[max(0, at - 1) : at], *forms[at + 1 : at + 2])
    return any(form.isupper() and len(form) > 1 for form in beside)
