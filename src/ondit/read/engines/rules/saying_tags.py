"""The tags of verbs of saying, where the words around show what the model did not see."""

from collections.abc import Sequence

from ondit.read.engines.rules.lexicon import Lexicon
from ondit.read.engines.rules.phrases import Phrases

_INSERTED = 12  # tokens between a verb and what it reports: ", citing a military source, that …"
_INFINITIVE = 4  # tokens between "to" or an auxiliary and its verb
_CLOSING = frozenset('»”"')
SPEECH_MARKS = frozenset(':"«“')
"""Marks behind a verb of saying that begin what is said."""


class SayingTags:
    """Puts right the tags of one sentence around its verbs of saying, in a language whose subject stands before the verb."""

    def __init__(self, grammar: Phrases, lexicon: Lexicon) -> None:
        self.grammar = grammar
        self.lexicon = lexicon

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        self._verb_behind_quotation(forms, tags)
        self._verb_before_its_subject(forms, keys, tags)
        self._reported_state(keys, tags)
        self._verb_behind_and(keys, tags)
        self._object_behind_saying(keys, tags)
        self._verb_before_what_is_said(keys, tags)
        self._verb_after_insertion(keys, tags)

    def form(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str | None:
        """The tag of a form of a verb of saying that stands where only a verb can; None when that is not shown."""
        key, tag = keys[at], tags[at]
        grammar, lexicon = self.grammar, self.lexicon
        if tag in ("NAPREDST?" if grammar.verb_first else "NAPR") and key in lexicon.plain_verbs:
            return "V"
        following = grammar.words.get(keys[at + 1]) if at + 1 < len(keys) else None
        if tag in "DI":
            said = at and grammar.words.get(key) == "C" and _says(lexicon, keys[at - 1], tags[at - 1])
            return "S" if said else None
        if key not in lexicon.forms:
            return None
        if tag in "NAPv" and key.endswith(grammar.gerund_endings) and following == "C":
            return "g"  # "l'état-major poursuivant que"
        if tag in "NAPv?" and _in_verb_position(lexicon, keys, tags, at):
            return "V"
        if at == 0 and tag in "NPA" and tags[1:2] == ["E"] and (following == "b" or _reached(lexicon, key)):
            return "v"  # "Contacté par l'AFP, …", "Joint au téléphone, …"
        bare = tag == "i" and grammar.participle_is_finite and _bare(tags, at)
        return "V" if bare else None  # "Images, which we have seen, | show …"

    def _reported_state(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The drivers reported missing have been found": who is in a state before the sentence's verb reports nothing."""
        if self.grammar.states.isdisjoint(keys):
            return
        for at in range(1, len(tags) - 2):
            before_verb = tags[at] == "V" and keys[at] in self.lexicon.forms and tags[at + 2] in "VX"
            if before_verb and keys[at + 1] in self.grammar.states:
                tags[at], tags[at + 1] = "v", "A"

    def _verb_behind_quotation(self, forms: Sequence[str], tags: list[str]) -> None:
        """As in « We want the truth », hammers | Fatou Diallo: between a quotation and a name a word without a capital is the verb."""
        for at in range(3, len(tags) - 1):
            behind = forms[at - 1] == "," and forms[at - 2] in _CLOSING
            if behind and tags[at] in "NAPv?" and forms[at].islower() and tags[at + 1] in "DP" and tags[at - 1] == ".":
                tags[at] = "V"

    def _verb_before_its_subject(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """As in "…, résume | -t-il" and "…, informa | le gouverneur": the pronoun hangs on a verb, an inserted verb has its subject behind."""
        if self.grammar.participle_is_finite:
            return
        for at in range(len(tags) - 1):
            if tags[at] not in "NAP?R" or not forms[at].islower():
                continue
            hangs = keys[at + 1][0] == "-" and self.grammar.words.get(keys[at + 1]) == "p"
            inserted = at and keys[at - 1] == "," and tags[at + 1] == "D" and keys[at] in self.lexicon.forms
            if hangs or (inserted and any(tag in "VX" for tag in tags[:at])):
                tags[at] = "V"

    def _verb_behind_and(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The council condemned the attack and expressed | condolences": what goes on a finite verb is one, no participle."""
        if not self.grammar.participle_is_finite:
            return
        for at in range(2, len(tags) - 1):
            joined = tags[at - 1] == "C" and tags[at] == "v" and keys[at] in self.lexicon.forms
            if joined and tags[at + 1] in "NPDA#S" and "V" in tags[:at] and tags[at - 2] not in "vV":
                tags[at] = "V"

    def _object_behind_saying(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "Une vidéo montre | des soldats": no preposition, where the verb has none of its own."""
        words = self.grammar.words
        for at in range(1, len(tags) - 1):
            if tags[at] != "E" or keys[at] not in self.grammar.partitive:
                continue
            verb = at - 1
            if verb and (tags[verb] == "R" or (keys[verb] in self.grammar.tags and tags[verb] == "N")):
                verb -= 1  # "ont indiqué | dimanche | des sources"
            own = any(
                rest[:1] == (keys[at],)
                for lemma in self.lexicon.forms.get(keys[verb], ())
                for rest, _, _ in self.lexicon.entries.get(lemma, ())
            )
            if (
                "n" in frames_of(self.lexicon, keys[verb])
                and tags[verb] in "Vvig"
                and not own
                and words.get(keys[at]) == "o"
            ):
                tags[at] = "D"

    def _verb_before_what_is_said(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The police denied reports that …", "The rebels claim to have …".

        A sentence that would have no finite verb before its first conjunction has one all the same, and a reporting word after a
        subject is the likeliest. Reduced relatives have no object and are left alone.
        """
        asking = [i for i, key in enumerate(keys) if i and self.grammar.words.get(key) == "W"]
        ends = (i for i, tag in enumerate(tags) if tag in "SW" or keys[i] == ";")
        opener = min((*asking[:1], next(ends, len(tags))))
        if any(tag in "VX" for tag in tags[:opener]):
            return
        for at in range(1, opener):
            if keys[at] in self.lexicon.forms and self._is_hidden_verb(keys, tags, at, opener):
                tags[at] = "V"
                return

    def _is_hidden_verb(self, keys: Sequence[str], tags: Sequence[str], at: int, opener: int) -> bool:
        grammar, after = self.grammar, "".join(tags[at + 1 : at + 3])
        if keys[at] in grammar.finite_too:  # "Le maire, joint par téléphone, fait état de …"
            return tags[at] == "v" and tags[at - 1] in "NPA."
        inserted = keys[at - 1] == "," and "," in keys[1 : at - 1]  # "Washington, for its part, speaks of …"
        if tags[at - 1] not in "NPA" and not inserted:
            return False
        if tags[at] == "N" and after[:1] in ("T", "t") and after[1:] in ("i", "z"):
            return True
        if not grammar.participle_is_finite:
            return tags[at] in "NA" and not keys[at].endswith(grammar.participle_endings) and after[:1] in "ETtDS."
        if inserted and tags[at] == "v" and opener == len(tags):
            return after[:1] in tuple("NPD#A")
        if tags[at] != "v" or opener == len(tags):
            return False
        to_somebody = grammar.words.get(keys[at + 1]) == "t" and set(tags[at + 2 : opener]) <= set("DNPA#")
        asks = grammar.words.get(keys[at + 1]) == "W"  # "described how …"
        return after[:1] in "NPD#AS" or asks or to_somebody  # "confirmed to Reuters that …"

    def _verb_after_insertion(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The rebels, the army said, lost forty men" and "… reported, citing a source, that …"."""
        if "," not in keys:
            return
        forms = self.lexicon.forms
        behind = [at + 1 for at, key in enumerate(keys) if key == ","]
        for at in behind if self.grammar.participle_is_finite else ():
            # "The rebels, the army said, lost forty men": what goes on after who says it is the sentence's own verb.
            goes_on = 3 <= at < len(tags) - 1 and tags[at] == "v"
            if goes_on and keys[at - 2] in forms and tags[at - 2] == "V" and tags[at + 1] in "D#NPA":
                tags[at] = "V"
        first = next((at for at, tag in enumerate(tags) if tag in "VX"), len(tags))
        for at in behind[1:] if self.grammar.participle_is_finite else ():
            # "The commander, a general, confirmed gunfire was continuing": the sentence has no verb so far.
            if at < min(first, len(tags) - 2) and tags[at] == "v" and keys[at] in forms and tags[at + 1] in "NPD#A":
                tags[at] = "V"
        for at in behind:
            if 2 <= at < len(tags) and tags[at] == "D" and self.grammar.words.get(keys[at]) == "C":
                inserted = [i for i in range(max(0, at - _INSERTED), at - 1) if keys[i] == ","]
                if any(i and _says(self.lexicon, keys[i - 1], tags[i - 1]) for i in inserted):
                    tags[at] = "S"


def frames_of(lexicon: Lexicon, key: str) -> frozenset[str]:
    """What may follow a reporting form, whichever of its verbs it is."""
    known = (entry for lemma in lexicon.forms.get(key, ()) for _, _, entry in lexicon.entries.get(lemma, ()))
    return frozenset().union(*(entry.frames for entry in known))


def _says(lexicon: Lexicon, key: str, tag: str) -> bool:
    """Is it a verb after which "that" begins what is said?"""
    return tag in "VviN" and any(
        "s" in e.frames for lemma in lexicon.forms.get(key, ()) for _, _, e in lexicon.entries.get(lemma, ())
    )


def _in_verb_position(lexicon: Lexicon, keys: Sequence[str], tags: Sequence[str], at: int) -> bool:
    """Between a subject ("Moscow", "the army") and what only follows a verb: a determiner, a name, a conjunction, its own preposition."""
    if not 0 < at < len(tags) - 1 or tags[at - 1] not in "NP?" or any(t in "VX" for t in tags[:at]):
        return False
    own = any(
        rest[:1] == (keys[at + 1],)
        for lemma in lexicon.forms[keys[at]]
        for rest, _, _ in lexicon.entries.get(lemma, ())
    )
    quoted = keys[at + 1] in SPEECH_MARKS and at + 2 < len(tags) and tags[at + 2] in "DP"
    return tags[at + 1] in "DPS" or own or quoted


def _reached(lexicon: Lexicon, key: str) -> bool:
    """Is it a form of what an outlet does to hear somebody?"""
    known = (entry for lemma in lexicon.forms.get(key, ()) for _, _, entry in lexicon.entries.get(lemma, ()))
    return any(entry.kind == "relay" for entry in known)


def _bare(tags: Sequence[str], at: int) -> bool:
    """Does nothing before an infinitive call for one?"""
    before = "".join(tags[max(0, at - _INFINITIVE) : at])
    return before[-1:] == "." or (before[-1:] in ("N", "P") and not set(before) & set("tXz"))
