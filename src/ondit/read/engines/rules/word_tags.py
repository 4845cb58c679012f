"""The tags of a document: the model's, put right by the words and grammar of the language where it is known to fail."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Document
from ondit.read.engines.rules.actor_words import load_actor_words
from ondit.read.engines.rules.headline_verbs import headline_verbs
from ondit.read.engines.rules.lexicon import Lexicon, load_lexicon
from ondit.read.engines.rules.phrases import phrase_at, phrases
from ondit.read.engines.rules.speaker_tags import SpeakerTags
from ondit.read.engines.rules.tagging import Tagger, load_tagger
from ondit.read.engines.rules.triggers import happening_words
from ondit.read.engines.rules.verb_first_tags import VerbFirstRepair, frames_of
from ondit.read.engines.rules.word_classes import ListTagger, load_list_tagger
from ondit.text.folding import fold_word

_INSERTED = 12  # tokens between a verb and what it reports: ", citing a military source, that …"
_CHUNK = 300  # tokens: a "sentence" without end is cut, the model needs no more context


def tag_document(document: Document, pack: Pack, ranges: Sequence[tuple[int, int, int]]) -> str:
    """One tag a token (see `tagging`), over all sentences, the head of a line by itself; what stands in no sentence is "?"."""
    tagger, repair, present = _tagger_of(pack.language), repair_of(pack), headline_verbs(pack.language)
    tokens = document.tokens
    text = document.report.text.replace("’", "'")
    forms = [text[a:b] for a, b in zip(tokens.starts, tokens.stops, strict=True)]
    if not unicodedata.is_normalized("NFC", text):  # as some phones write: an accent is a character of its own
        forms = [unicodedata.normalize("NFC", form) for form in forms]
    pieces = [
        (start, min(end, start + _CHUNK))
        for first, body, last in ranges
        for begin, end in ((first, body), (body, last))
        for start in range(begin, end, _CHUNK)
    ]
    tagged = [tagger.tags(forms[start:stop]) for start, stop in pieces]  # all by the model, then all by the words
    for (start, stop), tags in zip(pieces, tagged, strict=True):
        present.tolls(tokens.keys[start:stop], tags)
        repair.put_right(forms[start:stop], tokens.keys[start:stop], tags)
        present.put_right(tokens.keys[start:stop], tags)
    whole: list[str] = []
    for (start, _), tags in zip(pieces, tagged, strict=True):
        whole += "?" * (start - len(whole))  # signs before a line
        whole += tags
    return "".join(whole) + "?" * (len(tokens) - len(whole))


@lru_cache(maxsize=16)
def _tagger_of(language: str) -> Tagger | ListTagger:
    """The model of a language, or what does without one."""
    model = load_pack(language).folder / "models" / "pos.crfsuite"
    return load_tagger(model) if model.is_file() else load_list_tagger(language)


@lru_cache(maxsize=16)
def _demonyms(language: str) -> frozenset[str]:
    """Words for where somebody is from, which models that never met them take for adverbs ("le président colombien")."""
    lines = load_pack(language).lines("places.demonyms.tsv")
    return frozenset(fold_word(line.split("\t")[0]) for line in lines)


def repair_of(pack: Pack) -> "Repair":
    """What puts the tags of a language right."""
    return _repair_of(pack.language)


@lru_cache(maxsize=16)
def _repair_of(language: str) -> "Repair":
    return Repair(load_pack(language))


class Repair:
    """Tags put right in one sentence, by the words of a pack."""

    def __init__(self, pack: Pack) -> None:
        voices = pack.table("words/voices")
        self.grammar = phrases(pack)
        self.lexicon = load_lexicon(pack)
        self.demonyms = _demonyms(pack.language)
        self.verbs, self.nouns = happening_words(pack, "v"), happening_words(pack, "n")
        self.people = frozenset(voices["people"])
        self.somebody = frozenset(load_actor_words(pack).kinds)
        self.reached = frozenset(voices.get("circumstances", ()))
        self.same = frozenset(pack.table("grammar/attribution")["anaphora"].get("same", ()))
        self.telling = frozenset((*voices["general"], *voices["documents"], *self.lexicon.nouns))
        self.special = self.grammar.special | self.reached | self.same
        verdicts = pack.table("grammar/attribution").get("verdict", {}).get("nouns", ())
        self.speaker_tags = SpeakerTags(voices, self.lexicon, frozenset(verdicts))
        self.verb_first = VerbFirstRepair(
            self.grammar, self.lexicon, self.verbs, self.nouns, self.people, load_actor_words(pack).numbers
        )

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        special, perfect = self.special, self.grammar.perfect
        for at in [i for i, (key, tag) in enumerate(zip(keys, tags, strict=True)) if key in special or tag in "AR"]:
            tags[at] = self._right(keys, tags, at)
        for at in [i for i, key in enumerate(keys) if key in perfect] if not perfect.isdisjoint(keys) else ():
            behind = at + 1
            behind += phrase_at(self.grammar.adverbials, keys, behind) if behind < len(keys) else 0
            if tags[at] == "V" and "".join(tags[behind : behind + 3]).lstrip("R")[:1] == "v":
                tags[at] = "X"  # "had earlier denied", "a | pour sa part | affirmé"
        for at in [i for i, form in enumerate(forms) if form in _MARKS]:
            tags[at] = "."
        self._name_at_the_head(forms, keys, tags)
        self._verbs_in_names(forms, keys, tags)
        if not self.grammar.verb_first:
            self._verb_behind_quotation(forms, tags)
            self._verb_before_its_subject(forms, keys, tags)
            self._reported_state(keys, tags)
            self._verb_behind_and(keys, tags)
            self._object_behind_saying(keys, tags)
            self._verb_before_what_is_said(keys, tags)
            self._verb_after_insertion(keys, tags)
            self.speaker_tags.verb_behind_speaker(keys, tags)
            self.speaker_tags.verb_behind_comma(keys, tags)
        else:
            self.verb_first.put_right(forms, keys, tags)
            self.speaker_tags.verb_of_verdict(keys, tags)
            self.speaker_tags.names_behind_nouns(keys, tags)
        self.speaker_tags.put_right(forms, keys, tags)

    def _right(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str:
        key, tag = keys[at], tags[at]
        grammar, lexicon = self.grammar, self.lexicon
        if (before_noun := self._before_noun(keys, tags, at)) is not None:
            return before_noun
        if key in grammar.tags:
            return grammar.tags[key]
        if tag in ("NAPREDST?" if grammar.verb_first else "NAPR") and key in lexicon.plain_verbs:
            return "V"
        if (by_place := self._by_place(keys, tags, at)) is not None:
            return by_place
        if tag == "R":
            if key in self.demonyms:
                return "A"
            return "v" if key in self.verbs and _after_auxiliary(tags, at) else tag
        ends_so = tag == "A" and key.endswith(grammar.participle_endings)
        if (ends_so or (tag in "NA" and key in lexicon.forms)) and _after_auxiliary(tags, at):
            return "V" if grammar.verb_first else "v"
        right = grammar.retag.get(key, {}).get(tag, tag)
        between = 0 < at < len(tags) - 1 and tags[at - 1] in "NP" and tags[at + 1] in "NAP#D"
        return right if right != _POSSESSIVE or between else tag

    def _before_noun(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str | None:
        """The tag of "some", "one" before what they are of, and of "her" before a noun; None for what else they are."""
        grammar, following = self.grammar, tags[at + 1 : at + 3]
        if keys[at] in grammar.some_of and len(following) > 1 and grammar.words.get(keys[at + 1]) == "o":
            who = following[1] == "I" and grammar.words.get(keys[min(at + 3, len(keys) - 1)]) == "L"
            many = following[1] in "DN#" or who or keys[at + 1] in grammar.partitive
            return "N" if many and tags[at] in "IDAR#" else None
        owned = following[:1] == ["N"] or following == ["A", "N"]
        return "D" if keys[at] in grammar.possessive and tags[at] == "I" and owned else None

    def _by_place(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str | None:
        """The tag of a word that is known by what stands around it; None where nothing tells."""
        key, tag, grammar, forms = keys[at], tags[at], self.grammar, self.lexicon.forms
        following = grammar.words.get(keys[at + 1]) if at + 1 < len(keys) else None
        if tag in "NAPv" and key in forms and key.endswith(grammar.gerund_endings) and following == "C":
            return "g"  # "l'état-major poursuivant que"
        if tag in "DI" and at and grammar.words.get(key) == "C" and _says(self.lexicon, keys[at - 1], tags[at - 1]):
            return "S"  # "said | that …"
        expletive = key in grammar.expletive and at + 1 < len(tags) and tags[at + 1] in "XV"
        described = "I" if expletive else None if grammar.verb_first else self._in_a_phrase(keys, tags, at)
        if described is not None:
            return described
        finite = (
            tag == "i" and grammar.participle_is_finite and _bare(tags, at)
        )  # "Images, which we have seen, | show …"
        if key in forms and (finite or (tag in "NAPv?" and _in_verb_position(self.lexicon, keys, tags, at))):
            return "V"
        if tag == "A" and key in self.people and at > 0:
            if keys[min(at + 1, len(keys) - 1)] in self.lexicon.plain_verbs:
                return "N"  # "…, official | tells AFP"
            named = grammar.participle_is_finite and tags[at - 1] == "N" and tags[at + 1 : at + 2] == ["P"]
            before = tags[at - 1] in "PA" or named  # "a UN official in …", "the police | chief | Ahmad"
            return "N" if before and tags[at + 1 : at + 2] != ["N"] else None
        if at == 0 and tag in "NPAR":
            told = tag == "R" and key in self.nouns and tags[1:2] == ["E"]  # "Bombardement | d'un village"
            heard = tag != "R" and _reached(self.lexicon, key) and tags[1:2] == ["E"]  # "Joint au téléphone, …"
            asked = key in forms and following == "b"  # "Contacté par l'AFP, …"
            return "N" if told else "v" if heard or asked else None
        return None

    def _in_a_phrase(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str | None:
        """The tag of "same" and of its noun ("le même | communiqué"), of a noun of what happens behind its article, of "reached by"."""
        key, tag, before = keys[at], tags[at], tags[at - 1] if at else ""
        if key in self.same:
            return "A" if tag == "R" and before == "D" else None
        if tag == "v" and before == "A" and keys[at - 1] in self.same and key in self.telling:
            return "N"
        if tag in "vA" and key in self.telling and at and keys[at - 1] in _OPENS and before == ".":
            return "N"  # "(communiqué de l'état-major)"
        following = self.grammar.words.get(keys[at + 1], "") if at + 1 < len(keys) else ""
        if key in self.reached and tag in "NAP" and before in ("N", "A", "P") and following == "b":
            return "v"
        told = tags[at + 1 : at + 3] == ["z", "v"] and not any(t in "VX" for t in tags[:at])
        if tag == "N" and key in self.lexicon.forms and before in ("N", "A", "P") and told:
            return "V"  # "L'armée nigérienne | annonce | avoir tué …"
        if tag == "A" and before == "#" and key in self.somebody:
            behind = tags[at + 1 : at + 2]
            return (
                None if behind and behind[0] in "NP" and keys[at + 1] not in self.grammar.tags else "N"
            )  # "cinq | civils"
        closes = at + 1 == len(tags) or tags[at + 1] in "E.C"
        return "N" if tag == "A" and before == "D" and closes and key in self.nouns else None

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
        if _CLOSING.isdisjoint(forms):
            return
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
        if not self.grammar.participle_is_finite or ("C" not in tags and "#" not in tags):
            return
        for at in range(1, len(tags) - 1):
            joined = at > 1 and tags[at - 1] == "C" and tags[at] == "v" and keys[at] in self.lexicon.forms
            goes_on = joined and tags[at + 1] in "NPDA#S" and "V" in tags[:at] and tags[at - 2] not in "vV"
            counted = tags[at - 1 : at + 2] == ["C", "N", "#"] and keys[at] in self.lexicon.forms
            if counted and "V" in tags[:at] and not {"V", "X"}.isdisjoint(tags[at + 2 :]):
                tags[at] = "V"  # "denies any losses and | claims 14 militants were killed"
                continue
            bare = (
                tags[at] == "N" and tags[at - 1] == "N" and not any(tag in "VX" for tag in tags)
            )  # "gunmen | shot | five"
            figure = (bare or tags[at] in "vA") and tags[at + 1] == "#" and keys[at] in self.verbs
            if goes_on or (figure and self._does(tags, at)):
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
            takes = "n" in frames_of(self.lexicon, keys[verb]) and tags[verb] in "Vvig"
            if takes and not own and words.get(keys[at]) == "o":
                tags[at] = "D"

    def _does(self, tags: Sequence[str], at: int) -> bool:
        """Before a figure: does a participle go on from a subject or a verb ("The blast seriously | injured three", "and | wounded five")?"""
        before = at - 1
        while before > 0 and tags[before] == "R":
            before -= 1
        return tags[before] in "NP" or (tags[before] == "C" and any(tag in "VX" for tag in tags[:before]))

    def _verb_before_what_is_said(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The police denied reports that …", "The rebels claim to have …".

        A sentence that would have no finite verb before its first conjunction has one all the same, and a reporting word after a
        subject is the likeliest. Reduced relatives have no object and are left alone.
        """
        asking = self.grammar.asking
        opener = next(
            (
                i
                for i, (key, tag) in enumerate(zip(keys, tags, strict=True))
                if tag in "SW" or key == ";" or (i and key in asking)
            ),
            len(tags),
        )
        before = tags[:opener]
        if "V" in before or "X" in before:
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

    def _name_at_the_head(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """As in "Kyiv blamed", "ECOWAS called": a name that the model, seeing it first in its sentence, takes for a verb."""
        if len(tags) > 1 and tags[0] in "VvigXRA" and forms[0][:1].isupper() and keys[0] not in self.lexicon.forms:
            initials = forms[0].isupper() and len(forms[0]) > 2 and not forms[1].isupper()
            if initials or (tags[1] in "VvX" and keys[1] in self.lexicon.forms):
                tags[0] = "P"

    def _verbs_in_names(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        for at in range(1, len(forms) - 1):
            named = forms[at][:1].isupper() and forms[at + 1][:1].isupper() and keys[at - 1] in self.people
            if named and tags[at] in "vVigAR" and tags[at - 1] == "N":
                tags[at] = "P"  # "the spokesman | Ned Price"
            before_verb = tags[at] in "vVigA" and tags[at + 1] in "VX" and not forms[at + 1][:1].isupper()
            if (
                before_verb
                and forms[at][:1].isupper()
                and forms[at - 1].islower()
                and keys[at] not in self.lexicon.forms
            ):
                tags[at] = "P"  # « ce que | Kigali | dément »
            if tags[at] == "D" and forms[at][:1].isupper() and forms[at + 1][:1].isupper() and tags[at - 1] in "NP":
                tags[at] = "P"  # "le quotidien | Le Monde"
        self._capitals_behind_capitals(forms, tags)

    def _capitals_behind_capitals(self, forms: Sequence[str], tags: list[str]) -> None:
        """As in "a report by Human Rights Watch on Thursday": a capital behind a capital inside a sentence is the name going on."""
        capitals = [at for at, form in enumerate(forms) if at > 1 and form[:1].isupper()]
        if 2 * len(capitals) > len(forms):  # a headline with a capital at every word
            return
        for at in capitals:
            initials = forms[at].isupper() and len(forms[at]) > _SHORT_INITIALS and tags[at] in "SCTRIEX"
            named = tags[at] in "Vvig" and tags[at - 1] in "NPA" and forms[at - 1][:1].isupper()
            taken = tags[at] in "vig" and tags[at - 1] in "vV" and forms[at - 1].islower()  # « ont pris | Masisi »
            if initials or named or taken:
                tags[at] = "P"


_OPENS = frozenset("([")
_POSSESSIVE = "G"
_SHORT_INITIALS = 3  # letters: "NOT", "AND" are written so, too
_MARKS = frozenset("-–—:;")  # never words, whatever stands around them ("Mali: 12 civilians")
_CLOSING = frozenset('»”"')
_SPEECH_MARKS = frozenset(':"«“')


def _says(lexicon: Lexicon, key: str, tag: str) -> bool:
    """Is it a verb after which "that" begins what is said?"""
    return tag in "VvigN" and any(
        "s" in e.frames for lemma in lexicon.forms.get(key, ()) for _, _, e in lexicon.entries.get(lemma, ())
    )


def _in_verb_position(lexicon: Lexicon, keys: Sequence[str], tags: Sequence[str], at: int) -> bool:
    """Between a subject ("Moscow", "the army") and what only follows a verb: a determiner, a name, a conjunction, its own preposition."""
    if 0 < at < len(tags) - 1 and tags[at - 1] == "#":
        return tags[at + 1] == "I" and keys[at] not in lexicon.nouns  # "nine out of 10 say they …"
    if not 0 < at < len(tags) - 1 or tags[at - 1] not in "NP?":
        return False
    own = any(
        rest[:1] == (keys[at + 1],)
        for lemma in lexicon.forms[keys[at]]
        for rest, _, _ in lexicon.entries.get(lemma, ())
    )
    begin = max((i for i in range(max(0, at - _SUBJECT), at) if keys[i] == ","), default=0) if own else 0
    if any(t in "VX" for t in tags[begin:at]):
        return False  # but "…, | the army | speaks of an accident"
    quoted = keys[at + 1] in _SPEECH_MARKS and at + 2 < len(tags) and tags[at + 2] in "DP"
    return tags[at + 1] in "DPS" or own or quoted


def _reached(lexicon: Lexicon, key: str) -> bool:
    """Is it a form of what an outlet does to hear somebody?"""
    known = (entry for lemma in lexicon.forms.get(key, ()) for _, _, entry in lexicon.entries.get(lemma, ()))
    return any(entry.kind == "relay" for entry in known)


def _bare(tags: Sequence[str], at: int) -> bool:
    """Does nothing before an infinitive call for one?"""
    before = "".join(tags[max(0, at - _INFINITIVE) : at])
    return before[-1:] == "." or (before[-1:] in ("N", "P") and not set(before) & set("tXz"))


_SUBJECT = 5  # tokens of a subject behind a comma
_INFINITIVE = 4  # tokens between "to" or an auxiliary and its verb


def _after_auxiliary(tags: Sequence[str], at: int) -> bool:
    """Does an auxiliary stand before, with nothing but adverbs between? Then the word is its participle."""
    before = at - 1
    while before >= 0 and tags[before] in "RI":
        before -= 1
    return before >= 0 and tags[before] in "Xyzw"
