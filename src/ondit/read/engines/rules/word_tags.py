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
def _forms(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """First words of the verbs of happenings, in all forms; and of the nouns."""
    entries = load_triggers(load_pack(language)).entries.items()
    verbs, nouns = (frozenset(form for form, known in entries if any(e.part == part for e in known)) for part in "vn")
    return verbs, nouns


def repair_of(pack: Pack) -> "Repair":
    """What puts the tags of a language right."""
    people = frozenset(pack.table("words/voices")["people"])
    return Repair(phrases(pack), load_lexicon(pack), _demonyms(pack.language), *_forms(pack.language), people)


class Repair:
    """Tags put right in one sentence."""

    def __init__(
        self,
        grammar: Phrases,
        lexicon: Lexicon,
        demonyms: frozenset[str],
        verbs: frozenset[str],
        nouns: frozenset[str],
        people: frozenset[str] = frozenset(),
    ) -> None:
        self.grammar = grammar
        self.lexicon = lexicon
        self.demonyms = demonyms
        self.verbs = verbs
        self.people = people
        self.told = nouns | grammar.told_nouns
        self.things = self.told | lexicon.known_nouns  # what is no name

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        special, perfect = self.grammar.special, self.grammar.perfect
        for at in [i for i, (key, tag) in enumerate(zip(keys, tags, strict=True)) if key in special or tag in "AR"]:
            tags[at] = self._right(keys, tags, at)
        for at in [i for i, key in enumerate(keys) if key in perfect] if not perfect.isdisjoint(keys) else ():
            if tags[at] == "V" and "".join(tags[at + 1 : at + 4]).lstrip("R")[:1] == "v":
                tags[at] = "X"  # "had earlier denied"
        for at in [i for i, key in enumerate(keys) if key in _DASHES]:
            tags[at] = "."
        self._name_at_the_head(forms, keys, tags)
        self._verbs_in_names(forms, tags)
        if not self.grammar.verb_first:
            self._verb_behind_quotation(forms, tags)
            self._reported_state(keys, tags)
            self._verb_behind_and(keys, tags)
            self._object_behind_saying(keys, tags)
            self._verb_before_what_is_said(keys, tags)
            self._verb_after_insertion(keys, tags)
        if self.grammar.verb_first:
            self._telling_spellings(forms, keys, tags)
            self._unknown_words(keys, tags)
            self._no_verbs_behind_articles(keys, tags)
            self._names_and_relations(keys, tags)
            self._names_go_on(keys, tags)
            self._verbs_at_the_head(keys, tags)
            self._saying_at_the_head(forms, keys, tags)
            self._verbs_behind_subjects(keys, tags)
            if self.grammar.spelled:
                for at, form in enumerate(forms):
                    tags[at] = self.grammar.spelled.get(form, tags[at])

    def _telling_spellings(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Endings that only verbs have, or none."""
        verbal, nominal = self.grammar.verbal_spellings, self.grammar.nominal_spellings
        marks, beginnings = self.grammar.verbal_marks, self.grammar.nominal_beginnings
        verb_forms, nouns = self.lexicon.verb_forms, self.lexicon.known_nouns
        for at, (form, key) in enumerate(zip(forms, keys, strict=True)):
            tag = tags[at]
            marked = form.endswith(verbal) or form[1:2] in marks
            if tag != "V" and marked and key in verb_forms:
                tags[at] = "V"  # a spelling that only the verb has
            elif tag == "V" and form.startswith(beginnings) and key.endswith(self.grammar.accusative, 0, -1):
                tags[at] = "N"  # "foiling": a verbal noun
            elif tag in "VX" and form.endswith(nominal):
                tags[at] = "N"  # one that no verb has
            elif tag == "A" and tags[at - 1] == "V" and at and key in nouns:
                tags[at] = "N"  # "exposed-was | journalist": nothing that it could belong to

    def _names_and_relations(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "servant-of the-Merciful", a name, and "the-army the-Turkish", an adjective, where the model sees two nouns."""
        grammar, nouns = self.grammar, self.lexicon.known_nouns
        if tags[:1] == ["P"] and keys[0] in nouns:
            tags[0] = "N"
        for at in range(1, len(tags)):
            tag, key = tags[at], keys[at]
            if tag not in "APRVN?":
                continue
            before = at - 1 - (tags[at - 1] == "D" and at > 1)
            if tag in "PA" and tags[at - 1] == "#":
                tags[at] = "N"  # what a figure counts
            elif (tag in "APR" and key.endswith(grammar.accusative) and key[:-1] in nouns) or (
                tag in "PVA"
                and key in nouns
                and (
                    tag == "P"
                    or (tag == "V" and key not in self.lexicon.verb_forms)
                    or (tag == "A" and not key.endswith(grammar.relational_endings[:1]))
                )
            ):
                tags[at] = "N"
            if (
                tags[at] == "V"
                and tags[at - 1] in "NA"
                and keys[at] in grammar.relational
                and keys[at] not in self.verbs
            ):
                tags[at] = "A"  # "a source | Iraqi"
            elif keys[before] in grammar.name_heads and tags[before] == "P" and tags[at] in "NA?":
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

    def _names_go_on(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "brigadier Ahmad | the-Khatib": what stands behind a given name is a name, unless it is known to be something else."""
        given, forms = self.grammar.given_names, self.lexicon.verb_forms
        for at in range(1, len(tags)):
            article = tags[at - 1] == "D" and at > 1
            named = at - 1 - article
            if tags[named] != "P" or tags[at] not in "NAVRXT?" or keys[at] in self.grammar.tags:
                continue
            fused = (
                keys[at].startswith(self.grammar.article) and len(keys[at]) > _SHORT_RELATION
            )  # an unknown word with its article
            titled = keys[named - 1 : named] and keys[named - 1] in self.lexicon.known_nouns
            if (
                keys[named] in given
                and (tags[at] != "V" or fused or keys[at] not in forms)
                and (keys[at] not in self.things or (titled and article and keys[at] not in self.told))
            ):
                tags[at] = "P"
            elif (
                tags[at] == "N"
                and not article
                and tags[named - 1 : named] == ["P"]
                and keys[at] not in self.things
                and keys[at].endswith(self.grammar.relational_endings[:1])
            ):
                tags[at] = "P"

    def _unknown_words(self, keys: Sequence[str], tags: list[str]) -> None:
        """A word that no list knows is no particle, whatever its letters; where it is no known verb either, it is a name."""
        grammar, forms = self.grammar, self.lexicon.verb_forms
        closed, stems, named, given_names = grammar.closed, grammar.stems, grammar.tags, grammar.given_names
        for at, (key, tag) in enumerate(zip(keys, tags, strict=True)):
            if not key[:1].isalnum():
                tags[at] = "."
            if tag in "ECSTD":
                wrong = key not in closed and key not in named
            else:
                wrong = tag in "NAV" and (key in given_names or (tag == "V" and key not in stems and key not in forms))
            if wrong and key.isalpha():
                unknown = key not in stems and key not in forms
                tags[at] = "P" if unknown or key in given_names else "N"

    def _no_verbs_behind_articles(self, keys: Sequence[str], tags: list[str]) -> None:
        """What stands behind an article or a preposition is a noun, even where a verb has the same form."""
        lexicon = self.lexicon
        before_nouns, before_verbs = self.grammar.before_nouns, self.grammar.before_verbs
        for at in range(1, len(tags)):
            tag, before = tags[at], tags[at - 1]
            if tag not in "EVXRA":
                continue
            if (tag == "E" and before == "D") or (
                tag in "VX"
                and (
                    before == "D"
                    or keys[at - 1] in before_nouns
                    or (before == "E" and keys[at - 1] not in before_verbs)
                )
            ):
                tags[at] = "N"
            elif tag == "R" and keys[at] in lexicon.verb_forms:
                tags[at] = "V"
            elif before == "V" and (
                tag == "A"  # "announced | a leading one in the movement"
                or (tag == "V" and keys[at - 1] in lexicon.forms and keys[at] in lexicon.known_nouns)
            ):
                tags[at] = "N"

    def _verbs_at_the_head(self, keys: Sequence[str], tags: list[str]) -> None:
        """A form that may be a verb, before a noun and first in its clause: the verb stands first."""
        words, forms, grammar = self.grammar.words, self.lexicon.verb_forms, self.grammar
        opens = True
        for at in range(len(tags) - 1):
            name = tags[at] == "P" and keys[at] in grammar.given_names
            subject = tags[at + 1] in "DPN#I" or keys[at + 1] in self.lexicon.known_nouns
            if opens and keys[at] in forms and tags[at] in "NAPDR?" and subject and not name:
                tags[at] = "V"
            key, tag = keys[at], tags[at]
            opened = opens and (tag in "CT." or (tag == "D" and keys[at + 1] in grammar.openers))
            opens = opened or (tag == "S" and words.get(key) != "C") or key in grammar.openers or words.get(key) == "W"
            opens = opens or (key in _COMMAS and not any(t in "VX" for t in tags[:at]))

    def _saying_at_the_head(self, forms_written: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
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
            if forms_written[at].endswith(self.grammar.nominal_spellings) or key.endswith(self.grammar.accusative):
                said = at + 1 + (tags[at + 1] == "E")
                that = self.grammar.words.get(keys[min(said, len(keys) - 1)]) == "C"
                accuses = "a" in _frames(self.lexicon, key) and tags[at + 1] in "DNP" and _OF in self._kinds(keys, at)
                if mark >= 0 and not joined and (that or accuses):
                    tags[at] = "g"  # "…, pointing out | to | that", "…, accusing | the army | of"
            elif self._reports(keys, tags, at, free=mark < 0 or joined):
                tags[at] = "V"

    def _reports(self, keys: Sequence[str], tags: Sequence[str], at: int, *, free: bool) -> bool:
        words, key, after = self.grammar.words, keys[at], keys[at + 1]
        frames = _frames(self.lexicon, key)
        if tags[at] == "E":  # "between", unless what is said follows
            said = next((i for i in range(at + 1, min(len(tags), at + _SUBJECT)) if words.get(keys[i]) == "C"), 0)
            return "s" in frames and bool(said) and not any(tag in "VXC" for tag in tags[at:said])
        if (
            free and key in self.lexicon.nouns and "s" in frames and tags[at + 1] == "E"
        ):  # "claim", "and-claimed | to | the press | that"
            return any(words.get(k) == "C" for k in keys[at + 2 : at + _SUBJECT])
        if after in _SPEECH_MARKS:
            return free and "q" in frames
        if words.get(after) == "C" or tags[at + 1] == "g":
            return "s" in frames
        if words.get(after) in ("b", "o", "t"):
            return free and "f" in frames
        if free and tags[at + 1] in "NAP" and not self._own(key).isdisjoint(keys[at + 2 : at + _CLAUSE]):
            return True  # "and-demanded | forces of the police | with-…"
        named = tags[at + 1] in "DP" or (tags[at + 1] == "A" and after not in self.grammar.stems)
        return named and not any(tag in "VX" for tag in tags[:at])

    def _verbs_behind_subjects(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "the observatory | pointed | to a rise": a form that may be a reporting verb, with its own preposition behind it."""
        for at in range(1, len(tags) - 1):
            subject = tags[at] in "NA" and tags[at - 1] in "NAP" and keys[at] in self.lexicon.forms
            if (
                subject
                and "D" in tags[:at]
                and keys[at] in self.lexicon.verb_forms
                and not any(t in "VX" for t in tags[:at])
            ):
                if not self._own(keys[at]).isdisjoint(keys[at + 1 : at + _ASIDE]):
                    tags[at] = "V"

    def _own(self, key: str) -> frozenset[str]:
        """What a reporting form leads to its content with."""
        own = self.grammar.own_prepositions
        return frozenset().union(*(own.get(lemma, ()) for lemma in self.lexicon.forms.get(key, ())))

    def _kinds(self, keys: Sequence[str], at: int) -> set[str | None]:
        """What the words behind a token are, up to the end of a clause."""
        return {self.grammar.words.get(key) for key in keys[at + 2 : at + _CLAUSE]}

    def _right(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str:
        key, tag = keys[at], tags[at]
        grammar, lexicon = self.grammar, self.lexicon
        if key in grammar.tags:
            return grammar.tags[key]
        if key in grammar.expletive and at + 1 < len(tags) and tags[at + 1] in "XV":
            return "I"
        if tag in ("NAPREDST?" if grammar.verb_first else "NAPR") and key in lexicon.plain_verbs:
            return "V"
        if tag in "DI" and at and grammar.words.get(key) == "C" and _says(lexicon, keys[at - 1], tags[at - 1]):
            return "S"
        if key in lexicon.forms and tag in "NAPv?" and _in_verb_position(lexicon, keys, tags, at):
            return "V"
        if tag == "A" and key in self.people and 0 < at and tags[at - 1] in "PA" and tags[at + 1 : at + 2] != ["N"]:
            return "N"  # "a UN official in …"
        if at == 0 and tag in "NPA" and _reached(lexicon, key) and tags[1:2] == ["E"]:
            return "v"  # "Joint au téléphone, …"
        if (
            at == 0
            and tag in "NPAR"
            and key in lexicon.forms
            and grammar.words.get(keys[1] if len(keys) > 1 else "") == "b"
        ):
            return "v"  # "Contacté par l'AFP, …"
        if tag == "i" and grammar.participle_is_finite and key in lexicon.forms and _bare(tags, at):
            return "V"  # "Images, which we have seen, | show …"
        if tag == "R":
            if key in self.demonyms:
                return "A"
            return "v" if key in self.verbs and _after_auxiliary(tags, at) else tag
        ends_so = tag == "A" and key.endswith(grammar.participle_endings)
        if (ends_so or (tag in "NA" and key in lexicon.forms)) and _after_auxiliary(tags, at):
            return "V" if grammar.verb_first else "v"
        source, target = grammar.retag.get(key, ("", tag))
        between = 0 < at < len(tags) - 1 and tags[at - 1] in "NP" and tags[at + 1] in "NAP#D"
        return target if tag in source and (target != _POSSESSIVE or between) else tag

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

    def _verb_behind_and(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "The council condemned the attack and expressed | condolences": what goes on a finite verb is one, no participle."""
        if not self.grammar.participle_is_finite or "C" not in tags or "v" not in tags:
            return
        for at in range(2, len(tags) - 1):
            joined = tags[at - 1] == "C" and tags[at] == "v" and keys[at] in self.lexicon.forms
            if joined and tags[at + 1] in "NPDA#S" and "V" in tags[:at] and tags[at - 2] not in "vV":
                tags[at] = "V"

    def _object_behind_saying(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "Une vidéo montre | des soldats": no preposition, where the verb has none of its own."""
        words = self.grammar.words
        for at in range(1, len(tags) - 1):
            if tags[at] != "E" or keys[at] not in self.grammar.partitive or keys[at - 1] not in self.lexicon.forms:
                continue
            own = any(
                rest[:1] == (keys[at],)
                for lemma in self.lexicon.forms[keys[at - 1]]
                for rest, _, _ in self.lexicon.entries.get(lemma, ())
            )
            if tags[at - 1] in "Vvig" and not own and words.get(keys[at]) == "o":
                tags[at] = "D"

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


_DASHES = frozenset("–—")
_CLOSING = frozenset('»”"')
_INNER_MARKS = frozenset("()[]-–—/")
_COMMAS = frozenset(",،")
_SPEECH_MARKS = frozenset(':"«“')
_OF = "b"  # "accused … of"
_CLAUSE = 9  # tokens from a verb to what it leads to by a preposition
_ASIDE = 5  # tokens from a verb behind its subject to the same
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
    if not 0 < at < len(tags) - 1 or tags[at - 1] not in "NP?" or any(t in "VX" for t in tags[:at]):
        return False
    own = any(
        rest[:1] == (keys[at + 1],)
        for lemma in lexicon.forms[keys[at]]
        for rest, _, _ in lexicon.entries.get(lemma, ())
    )
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


_INFINITIVE = 4  # tokens between "to" or an auxiliary and its verb


def _after_auxiliary(tags: Sequence[str], at: int) -> bool:
    """Does an auxiliary stand before, with nothing but adverbs between? Then the word is its participle."""
    before = at - 1
    while before >= 0 and tags[before] == "R":
        before -= 1
    return before >= 0 and tags[before] in "Xyzw"
