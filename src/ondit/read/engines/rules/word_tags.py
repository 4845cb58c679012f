"""The tags of a document: the model's, put right by the words and grammar of the language where it is known to fail."""

from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Document
from ondit.read.engines.rules.lexicon import Lexicon, load_lexicon
from ondit.read.engines.rules.phrases import Phrases, phrases
from ondit.read.engines.rules.tagging import load_tagger
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import token_range
from ondit.read.engines.rules.word_classes import load_list_tagger
from ondit.text.folding import fold_word

_INSERTED = 12  # tokens between a verb and what it reports: ", citing a military source, that …"
_CHUNK = 300  # tokens: a "sentence" without end is cut, the model needs no more context


def tag_document(document: Document, pack: Pack) -> str:
    """One tag a token (see `tagging`), over all sentences; what stands in no sentence is "?"."""
    model = pack.folder / "models" / "pos.crfsuite"
    tagger = load_tagger(model) if model.is_file() else load_list_tagger(pack.language)
    repair = repair_of(pack)
    tokens = document.tokens
    text = document.report.text.replace("’", "'")
    out: list[str] = []
    for sentence in document.sentences:
        first, last = token_range(tokens, sentence)
        for start in range(first, last, _CHUNK):
            stop = min(last, start + _CHUNK)
            forms = [text[a:b] for a, b in zip(tokens.starts[start:stop], tokens.stops[start:stop], strict=True)]
            tags = tagger.tags(forms)
            repair.put_right(forms, tokens.keys[start:stop], tags)
            out.append("".join(tags))
    joined = "".join(out)
    return joined + "?" * (len(tokens) - len(joined))


@lru_cache(maxsize=16)
def _demonyms(language: str) -> frozenset[str]:
    """Words for where somebody is from, which models that never met them take for adverbs ("le président colombien")."""
    lines = load_pack(language).lines("places.demonyms.tsv")
    return frozenset(fold_word(line.split("\t")[0]) for line in lines)


@lru_cache(maxsize=16)
def _verb_forms(language: str) -> frozenset[str]:
    """First words of the verbs of happenings, in all forms."""
    entries = load_triggers(load_pack(language)).entries
    return frozenset(form for form, known in entries.items() if any(e.part == "v" for e in known))


def repair_of(pack: Pack) -> "Repair":
    """What puts the tags of a language right."""
    return Repair(phrases(pack), load_lexicon(pack), _demonyms(pack.language), _verb_forms(pack.language))


class Repair:
    """Tags put right in one sentence."""

    def __init__(self, grammar: Phrases, lexicon: Lexicon, demonyms: frozenset[str], verbs: frozenset[str]) -> None:
        self.grammar = grammar
        self.lexicon = lexicon
        self.demonyms = demonyms
        self.verbs = verbs

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        special = self.grammar.special
        for at in [i for i, key in enumerate(keys) if key in special or tags[i] in "AR"]:
            tags[at] = self._right(keys, tags, at)
        for at in [i for i, key in enumerate(keys) if key in self.grammar.perfect and tags[i] == "V"]:
            if "".join(tags[at + 1 : at + 4]).lstrip("R")[:1] == "v":
                tags[at] = "X"  # "had earlier denied"
        self._name_at_the_head(forms, keys, tags)
        self._verbs_in_names(forms, tags)
        if not self.grammar.verb_first:
            self._verb_behind_quotation(forms, tags)
            self._reported_state(keys, tags)
            self._verb_behind_and(keys, tags)
            self._verb_before_what_is_said(keys, tags)
            self._verb_after_insertion(keys, tags)
        if self.grammar.verb_first:
            self._telling_spellings(forms, keys, tags)
            self._unknown_words(keys, tags)
            self._no_verbs_behind_articles(keys, tags)
            self._names_and_relations(keys, tags)
            self._verbs_at_the_head(keys, tags)
            self._saying_at_the_head(keys, tags)
            if self.grammar.spelled:
                for at, form in enumerate(forms):
                    tags[at] = self.grammar.spelled.get(form, tags[at])

    def _telling_spellings(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Endings that only verbs have, or none."""
        for at, (form, key) in enumerate(zip(forms, keys, strict=True)):
            if form.endswith(self.grammar.verbal_spellings) and key in self.lexicon.verb_forms and tags[at] != "V":
                tags[at] = "V"  # a spelling that only the verb has
            elif tags[at] in "VX" and form.endswith(self.grammar.nominal_spellings):
                tags[at] = "N"  # one that no verb has
            elif tags[at] == "A" and tags[at - 1] == "V" and at and key in self.lexicon.known_nouns:
                tags[at] = "N"  # "exposed-was | journalist": nothing that it could belong to

    def _names_and_relations(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "servant-of the-Merciful", a name, and "the-army the-Turkish", an adjective, where the model sees two nouns."""
        grammar = self.grammar
        if tags[:1] == ["P"] and keys[0] in self.lexicon.known_nouns:
            tags[0] = "N"
        for at in range(1, len(tags)):
            before = at - 1 - (tags[at - 1] == "D" and at > 1)
            if tags[at] in "PA" and tags[at - 1] == "#":
                tags[at] = "N"  # what a figure counts
            elif (
                tags[at] in "APR"
                and keys[at].endswith(grammar.accusative)
                and keys[at][:-1] in self.lexicon.known_nouns
            ) or (
                keys[at] in self.lexicon.known_nouns
                and (
                    tags[at] == "P"
                    or (tags[at] == "V" and keys[at] not in self.lexicon.verb_forms)
                    or (tags[at] == "A" and not keys[at].endswith(grammar.relational_endings[:1]))
                )
            ):
                tags[at] = "N"
            if keys[before] in grammar.name_heads and tags[before] == "P" and tags[at] in "NA?":
                tags[at] = "P"
            elif (
                tags[at] in "NP"
                and tags[before] in "NA"
                and (tags[at - 1] == "D") == (tags[before - 1] == "D" or keys[at] in grammar.relational)
            ):
                long = len(keys[at]) > _SHORT_RELATION and keys[at].endswith(grammar.relational_endings)
                long = long or keys[at] in grammar.definite_adjectives
                if keys[at] in grammar.relational or (long and tags[at] == "N" and tags[at - 1] == "D"):
                    tags[at] = "A"

    def _unknown_words(self, keys: Sequence[str], tags: list[str]) -> None:
        """A word that no list knows is no particle, whatever its letters; where it is no known verb either, it is a name."""
        closed, forms = self.grammar.closed, self.lexicon.verb_forms
        for at, (key, tag) in enumerate(zip(keys, tags, strict=True)):
            unknown = key not in self.grammar.stems and key not in forms
            particle = tag in "ECSTD" and key not in closed and key not in self.grammar.tags
            if not key[:1].isalnum():
                tags[at] = "."
            given = key in self.grammar.given_names
            if key.isalpha() and (particle or (tag == "V" and unknown) or (given and tag in "NAV")):
                tags[at] = "P" if unknown or given else "N"

    def _no_verbs_behind_articles(self, keys: Sequence[str], tags: list[str]) -> None:
        """What stands behind an article or a preposition is a noun, even where a verb has the same form."""
        for at in range(1, len(tags)):
            if (tags[at] == "E" and tags[at - 1] == "D") or (
                tags[at] in "VX"
                and (
                    tags[at - 1] == "D"
                    or keys[at - 1] in self.grammar.before_nouns
                    or (tags[at - 1] == "E" and keys[at - 1] not in self.grammar.before_verbs)
                )
            ):
                tags[at] = "N"
            elif tags[at] == "R" and keys[at] in self.lexicon.verb_forms:
                tags[at] = "V"
            elif tags[at - 1] == "V" and (
                tags[at] == "A"  # "announced | a leading one in the movement"
                or (tags[at] == "V" and keys[at - 1] in self.lexicon.forms and keys[at] in self.lexicon.known_nouns)
            ):
                tags[at] = "N"

    def _verbs_at_the_head(self, keys: Sequence[str], tags: list[str]) -> None:
        """A form that may be a verb, before a noun and first in its clause: the verb stands first."""
        words, forms = self.grammar.words, self.lexicon.verb_forms
        opens = True
        for at in range(len(tags) - 1):
            if opens and keys[at] in forms and tags[at] in "NAPDR?" and tags[at + 1] in "DPN#":
                tags[at] = "V"
            key, tag = keys[at], tags[at]
            opens = (opens and tag in "CT.") or (tag == "S" and words.get(key) != "C") or key in self.grammar.openers

    def _saying_at_the_head(self, keys: Sequence[str], tags: list[str]) -> None:
        """A form that may be a reporting verb, first after a mark or its "and", before what only a verb of saying has after it.

        As in "…, and-continued: …", "…, and-student | demanded | with-…": that a noun or a name has the same form is no matter there.
        """
        forms, sayings = self.lexicon.verb_forms, self.lexicon.forms
        for at in range(len(tags) - 1):
            key = keys[at]
            if key not in sayings or key not in forms or tags[at] not in "NAPRE?":
                continue
            joined = at > 0 and tags[at - 1] == "C"
            mark = at - 1 - joined
            if mark >= 0 and (tags[mark] != "." or keys[mark] in _INNER_MARKS):
                continue
            if self._reports(keys, tags, at, free=mark < 0 or joined):
                tags[at] = "V"

    def _reports(self, keys: Sequence[str], tags: Sequence[str], at: int, *, free: bool) -> bool:
        words, after = self.grammar.words, keys[at + 1]
        frames = _frames(self.lexicon, keys[at])
        if tags[at] == "E":  # "between", unless what is said follows
            said = next((i for i in range(at + 1, min(len(tags), at + _SUBJECT)) if words.get(keys[i]) == "C"), 0)
            return "s" in frames and bool(said) and not any(tag in "VXC" for tag in tags[at:said])
        if after in _SPEECH_MARKS:
            return free and "q" in frames
        if words.get(after) == "C" or tags[at + 1] == "g":
            return "s" in frames
        if words.get(after) in ("b", "o", "t"):
            return free and "f" in frames
        named = tags[at + 1] in "DP" or (tags[at + 1] == "A" and after not in self.grammar.stems)
        return named and not any(tag in "VX" for tag in tags[:at])

    def _right(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str:
        key, tag = keys[at], tags[at]
        grammar, lexicon = self.grammar, self.lexicon
        if key in grammar.tags:
            return grammar.tags[key]
        if tag in ("NAPREDST?" if grammar.verb_first else "NAPR") and key in lexicon.plain_verbs:
            return "V"
        if tag in "DI" and at and grammar.words.get(key) == "C" and _says(lexicon, keys[at - 1], tags[at - 1]):
            return "S"
        if key in lexicon.forms and tag in "NAPv?" and _in_verb_position(lexicon, keys, tags, at):
            return "V"
        if tag == "R":
            if key in self.demonyms:
                return "A"
            return "v" if key in self.verbs and _after_auxiliary(tags, at) else tag
        ends_so = tag == "A" and key.endswith(grammar.participle_endings)
        if (ends_so or (tag in "NA" and key in lexicon.forms)) and _after_auxiliary(tags, at):
            return "v"
        right = grammar.retag.get(key, {}).get(tag, tag)
        between = 0 < at < len(tags) - 1 and tags[at - 1] in "NP" and tags[at + 1] in "NAP#D"
        return right if right != _POSSESSIVE or between else tag

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

    def _verb_behind_and(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The council condemned the attack and expressed | condolences": what goes on a finite verb is one, no participle."""
        if not self.grammar.participle_is_finite:
            return
        for at in range(2, len(tags) - 1):
            joined = tags[at - 1] == "C" and tags[at] == "v" and keys[at] in self.lexicon.forms
            if joined and tags[at + 1] in "NPDA#S" and "V" in tags[:at] and tags[at - 2] not in "vV":
                tags[at] = "V"

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

    def _verbs_in_names(self, forms: Sequence[str], tags: list[str]) -> None:
        """As in "a report by Human Rights Watch on Thursday": a capital behind a capital inside a sentence is the name going on."""
        capitals = [at for at, form in enumerate(forms) if at > 1 and form[:1].isupper()]
        if 2 * len(capitals) > len(forms):  # a headline with a capital at every word
            return
        for at in capitals:
            initials = forms[at].isupper() and len(forms[at]) > _SHORT_INITIALS and tags[at] in "SCTRIEX"
            if initials or (tags[at] in "Vvig" and tags[at - 1] in "NPA" and forms[at - 1][:1].isupper()):
                tags[at] = "P"


_POSSESSIVE = "G"
_SHORT_INITIALS = 3  # letters: "NOT", "AND" are written so, too
_SHORT_RELATION = 4  # letters: shorter words end so by chance


_CLOSING = frozenset('»”"')
_INNER_MARKS = frozenset("()[]-–—/")
_SPEECH_MARKS = frozenset(':"«“')
_SUBJECT = 6  # tokens: how long a subject between "said" and "that" may be


def _frames(lexicon: Lexicon, key: str) -> frozenset[str]:
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
    if 0 < at < len(tags) - 1 and tags[at - 1] == "#":
        return tags[at + 1] == "I" and keys[at] not in lexicon.nouns  # "nine out of 10 say they …"
    if not 0 < at < len(tags) - 1 or tags[at - 1] not in "NP?" or any(t in "VX" for t in tags[:at]):
        return False
    own = any(
        rest[:1] == (keys[at + 1],)
        for lemma in lexicon.forms[keys[at]]
        for rest, _, _ in lexicon.entries.get(lemma, ())
    )
    quoted = keys[at + 1] in _SPEECH_MARKS and at + 2 < len(tags) and tags[at + 2] in "DP"
    return tags[at + 1] in "DPS" or own or quoted


def _after_auxiliary(tags: Sequence[str], at: int) -> bool:
    """Does an auxiliary stand before, with nothing but adverbs between? Then the word is its participle."""
    before = at - 1
    while before >= 0 and tags[before] == "R":
        before -= 1
    return before >= 0 and tags[before] in "Xyzw"
