"""Tags put right in languages whose verb stands first, without capitals and short vowels: what has the place of a verb is one."""

from collections.abc import Sequence

from ondit.read.engines.rules.lexicon import Lexicon
from ondit.read.engines.rules.phrases import Phrases
from ondit.text.folding import fold_word


class VerbFirstRepair:
    """Tags put right in one sentence; `verbs` and `nouns` are the first words of what tells happenings, `people` heads of titles."""

    def __init__(
        self,
        grammar: Phrases,
        lexicon: Lexicon,
        verbs: frozenset[str],
        nouns: frozenset[str],
        people: frozenset[str] = frozenset(),
        numbers: frozenset[str] = frozenset(),
    ) -> None:
        self.grammar = grammar
        self.numbers = numbers
        self.people = people
        self.lexicon = lexicon
        self.verbs = verbs
        self.told = nouns | grammar.told_nouns
        self.things = self.told | lexicon.known_nouns  # what is no name

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        self._telling_spellings(forms, keys, tags)
        self._unknown_words(keys, tags)
        self._no_verbs_behind_articles(keys, tags)
        self._figures(keys, tags)
        self._names_and_relations(keys, tags)
        self._names_go_on(keys, tags)
        self._verbs_at_the_head(keys, tags)
        self._names_behind_titles(keys, tags)
        self._saying_at_the_head(forms, keys, tags)
        self._verbs_behind_subjects(keys, tags)
        self._deeds_behind_subjects(keys, tags)
        self._relative_verbs(forms, keys, tags)
        self._particles(keys, tags)
        self._named_before_marks(keys, tags)
        self._told_behind_subjects(keys, tags)
        self._names_before_what_is_said(keys, tags)
        if self.grammar.spelled:
            for at, form in enumerate(forms):
                tags[at] = self.grammar.spelled.get(form, tags[at])

    def _telling_spellings(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Endings that only verbs have, or none."""
        grammar, lexicon = self.grammar, self.lexicon
        spellings, marks = grammar.verbal_spellings, grammar.verbal_marks
        for at, (form, key) in enumerate(zip(forms, keys, strict=True)):
            tag = tags[at]
            if tag != "V" and (form.endswith(spellings) or form[1:2] in marks) and key in lexicon.verb_forms:
                tags[at] = "V"  # a spelling that only the verb has
            elif tag == "V" and form.startswith(grammar.nominal_beginnings) and key.endswith(grammar.accusative, 0, -1):
                tags[at] = "N"  # "foiling": a verbal noun
            elif tag in "VX" and form.endswith(grammar.nominal_spellings):
                tags[at] = "N"  # one that no verb has
            elif tag == "A" and tags[at - 1] == "V" and at and key in lexicon.known_nouns:
                tags[at] = "N"  # "exposed-was | journalist": nothing that it could belong to

    def _named_before_marks(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "the agency “Purity”" and "Yedioth Ahronoth: …": a name in marks behind its noun, and what no list knows as a verb before a colon."""
        for at in range(2, len(tags) - 1):
            quoted = tags[at] in "VX" and keys[at - 1] in _QUOTES and keys[at + 1] in _QUOTES
            if quoted and tags[at - 2] in "NA":
                tags[at] = "P"
        no_verb = bool(keys) and keys[0] not in self.lexicon.verb_forms and keys[0] not in self.verbs
        if tags[:1] == ["V"] and (no_verb or self.grammar.tags.get(keys[0]) == "N"):
            colon = next((at for at in range(1, min(_BEFORE_COLON, len(keys))) if keys[at] == ":"), 0)
            if colon and all(tag in "NPAD#" for tag in tags[1:colon]):
                tags[0] = "N"

    def _particles(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "according to the army | and-already | were killed | three": a verb follows, and what has the form of one is none."""
        for at in [i for i, key in enumerate(keys[:-1]) if key in self.grammar.particles]:
            if keys[at + 1] in self.lexicon.verb_forms:
                tags[at : at + 2] = "TV"

    def _figures(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "nine | villagers": a number in words is one before what it counts."""
        for at in [i for i, key in enumerate(keys[:-1]) if key in self.numbers and tags[i] == "N"]:
            if tags[at + 1] in "NA" and (not at or tags[at - 1] != "D"):
                tags[at] = "#"

    def _names_and_relations(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "servant-of the-Merciful", a name, and "the-army the-Turkish", an adjective, where the model sees two nouns."""
        grammar = self.grammar
        noun = keys[0] in self.lexicon.known_nouns
        plain = noun and keys[0] not in self.lexicon.verb_forms and keys[0] not in self.verbs
        if tags and ((tags[0] == "P" and noun) or (tags[0] in "VAR" and (plain or self._is_told_noun(keys)))):
            tags[0] = "N"  # "attack | on a convoy": where the verb stands first, models take what stands first for one
        for at in range(1, len(tags)):
            before = at - 1 - (tags[at - 1] == "D" and at > 1)
            if tags[at] == "P" and keys[at] in grammar.told_nouns:
                tags[at] = "N"
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

    def _is_told_noun(self, keys: Sequence[str]) -> bool:
        """Is the first word a noun of what happens, and no form of a verb?"""
        return keys[0] in self.told and keys[0] not in self.verbs and keys[0] not in self.lexicon.verb_forms

    def _names_go_on(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "brigadier Ahmad | the-Khatib": what stands behind a given name is a name, unless it is known to be something else."""
        given, forms = self.grammar.given_names, self.lexicon.verb_forms
        for at in range(2, len(tags)):
            if keys[at] in self.grammar.all_behind and tags[at - 1] in "NA" and tags[at - 2] == "D":
                tags[at] = "R"  # "the parties | all": not "all | the parties"
        for at in range(1, len(tags)):
            article = tags[at - 1] == "D" and at > 1
            named = at - 1 - article
            if tags[named] != "P" or tags[at] not in "NAVRXTI?" or keys[at] in self.grammar.tags:
                continue
            fused = (
                keys[at].startswith(self.grammar.article) and len(keys[at]) > _SHORT_RELATION
            )  # an unknown word with its article
            titled = keys[named - 1 : named] and keys[named - 1] in self.lexicon.known_nouns
            if (
                keys[named] in given
                and (tags[at] != "V" or fused or keys[at] not in forms)
                and (keys[at] not in self.things or (titled and article and keys[at] not in self.told))
            ) or (
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
            if tag == "I":
                wrong = at > 0 and tags[at - 1] in "NP" and key not in grammar.words and key not in stems
            elif tag in "ECSTD":
                wrong = key not in closed and key not in named
            else:
                wrong = tag in "NAV" and (key in given_names or (tag == "V" and key not in stems and key not in forms))
            if wrong and key.isalpha():
                unknown = key not in stems and key not in forms
                tags[at] = "P" if unknown or key in given_names else "N"

    def _no_verbs_behind_articles(self, keys: Sequence[str], tags: list[str]) -> None:
        """What stands behind an article or a preposition is a noun, even where a verb has the same form."""
        grammar, lexicon = self.grammar, self.lexicon
        for at in range(1, len(tags)):
            tag, before = tags[at], tags[at - 1]
            if tag not in "EgVXAR":
                continue
            if (tag in "EgR" and before == "D") or (
                tag in "VX"
                and (
                    before == "D"
                    or keys[at - 1] in grammar.before_nouns
                    or (before == "E" and keys[at - 1] not in grammar.before_verbs)
                )
            ):
                tags[at] = "N"
            elif tag == "A" and keys[at - 1] in grammar.title_links:
                tags[at] = "N"  # "in the name of | a coordination"
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
            if opens and keys[at] in forms and tags[at] in "NAPDR?":
                name = tags[at] == "P" and keys[at] in grammar.given_names
                name = name or (keys[at] in self.lexicon.known_nouns and keys[at] not in self.lexicon.forms)
                name = name and not self._is_a_subject(keys[at + 1], tags[at + 1])
                subject = tags[at + 1] in "DPN#I" or keys[at + 1] in self.lexicon.known_nouns
                if subject and not name:
                    tags[at] = "V"
                    tags[at + 1] = "N" if tags[at + 1] == "A" else tags[at + 1]
            key, tag = keys[at], tags[at]
            opened = opens and (tag in "CT." or (tag == "D" and keys[at + 1] in grammar.openers))
            opens = opened or (tag == "S" and words.get(key) != "C") or key in grammar.openers or words.get(key) == "W"
            opens = opens or (key in _COMMAS and not any(t in "VX" for t in tags[:at]))

    def _is_a_subject(self, key: str, tag: str) -> bool:
        """Has a noun the ending that it loses behind another noun: "abducted | gunmen", no abduction of theirs?"""
        grammar = self.grammar
        ending = next((end for end in grammar.never_construct if key.endswith(end) and len(key) > _SHORT_PLURAL), "")
        return (
            bool(ending)
            and tag in "NA"
            and any(key.removesuffix(ending) + end in grammar.stems for end in grammar.oblique)
        )

    def _names_behind_titles(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "condemned | the prime minister | Witness | Khaqan": a second verb right behind the subject of the first is a name.

        The subject has to be somebody's title with the article: only what is indefinite has a relative clause without a pronoun.
        """
        for at in [i for i, tag in enumerate(tags[:-1]) if tag in "VR" and i > 1 and tags[i - 1] in "NA"]:
            begin = next((i for i in range(at - 1, -1, -1) if tags[i] not in "NADP"), 0)
            titled = tags[begin] == "V" and not self.people.isdisjoint(keys[begin + 1 : at])
            if titled and "D" in tags[begin + 1 : at] and tags[at + 1] in "NPA" and keys[at] not in self.grammar.words:
                tags[at] = tags[at + 1] = "P"

    def _saying_at_the_head(self, forms_written: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """A form that may be a reporting verb, first after a mark or its "and", before what only a verb of saying has after it.

        As in "…, and-continued: …", "…, and-student | demanded | with-…": that a noun or a name has the same form is no matter there.
        """
        forms, sayings = self.lexicon.verb_forms, self.lexicon.forms
        for at in [i for i, key in enumerate(keys[:-1]) if key in sayings and tags[i] in "NAPRE?"]:
            key = keys[at]
            written = forms_written[at]
            nominal = written.endswith(self.grammar.nominal_spellings) or key.endswith(self.grammar.accusative)
            nominal = nominal or key not in forms  # a participle in the plural
            joined = at > 0 and tags[at - 1] == "C"
            mark = at - 1 - joined
            if mark >= 0 and (tags[mark] != "." or keys[mark] in _INNER_MARKS):
                continue
            if nominal:
                said = at + 1 + (tags[at + 1] == "E")
                that = self.grammar.words.get(keys[min(said, len(keys) - 1)]) == "C"
                accuses = "a" in frames_of(self.lexicon, key) and tags[at + 1] in "DNP" and _OF in self._kinds(keys, at)
                leads = keys[at + 1] in self._own(key) or self._tells_noun(keys, tags, at)
                alone = not joined or key.endswith(self.grammar.accusative)  # "…, and wishing", no "and a demand"
                if mark >= 0 and alone and (that or accuses or leads):
                    tags[at] = "g"  # "…, pointing out | to | that", "…, accusing | the army | of"
            elif self._reports(keys, tags, at, free=mark < 0 or joined):
                tags[at] = "V"

    def _tells_noun(self, keys: Sequence[str], tags: Sequence[str], at: int) -> bool:
        """As in "…, wishing | the wounded a recovery", "…, criticising “the law”": a definite noun or a quotation behind it."""
        of_something = tags[at + 1] == "N" and tags[at + 2 : at + 3] in (
            ["D"],
            ["I"],
        )  # "…, praising | the part of | the …"
        definite = tags[at + 1] == "D" or (of_something and keys[at].endswith(self.grammar.accusative))
        definite = definite or keys[at + 1] in self.told or keys[at + 1] in _SPEECH_MARKS
        return definite and "n" in frames_of(self.lexicon, keys[at])

    def _reports(self, keys: Sequence[str], tags: Sequence[str], at: int, *, free: bool) -> bool:
        words, key, after = self.grammar.words, keys[at], keys[at + 1]
        frames = frames_of(self.lexicon, key)
        if tags[at] == "E" and "f" in frames and words.get(after) == "o":
            return True  # "across", unless what is voiced follows: "expressed | his concern"
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
        forms, verb_forms = self.lexicon.forms, self.lexicon.verb_forms
        for at in [i for i, key in enumerate(keys[:-1]) if i and key in forms and key in verb_forms]:
            subject = tags[at] in "NA" and tags[at - 1] in "NAP"
            first = subject and "D" in tags[:at] and not any(t in "VX" for t in tags[:at])
            if first and not self._own(keys[at]).isdisjoint(keys[at + 1 : at + _ASIDE]):
                tags[at] = "V"

    def _deeds_behind_subjects(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "that | the army | killed | three": behind a definite phrase that opens a clause, a bare form is no noun of it."""
        for at in [i for i, key in enumerate(keys[:-1]) if i > 1 and tags[i] == "N" and key in self.verbs]:
            definite = tags[at - 1] in "NAP" and tags[at - 2] == "D"
            if not definite or keys[at] not in self.lexicon.verb_forms or tags[at + 1] not in "#DN":
                continue
            begin = at - 1
            while begin >= 0 and tags[begin] in "DNAP":
                begin -= 1
            if begin < 0 or tags[begin] == "S":
                tags[at] = "V"

    def _relative_verbs(self, written: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """As in "a statement | published-it | the agency": behind a noun without article, with an object and a subject of its own."""
        words = self.grammar.words
        for at in [i - 1 for i, tag in enumerate(tags[:-1]) if tag == "I" and i > 1]:
            placed = tags[at] == "N" and tags[at - 1] in "NA" and tags[at + 2] in "NDP"
            if not placed:
                continue
            form = fold_word(written[at])  # the key may have the ending of a noun in place of the verb's
            known = form in self.lexicon.forms and form in self.lexicon.verb_forms and form not in self.things
            if known and words.get(keys[at + 1]) == "p":
                tags[at] = "V"

    def _told_behind_subjects(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "announced | the minister | on Tuesday | the breaking of relations": the noun that is announced, not a verb of the same form."""
        words = self.grammar.words
        for at in [i for i, tag in enumerate(tags) if tag == "V" and i > 1 and keys[i] in self.told]:
            verb = next((i for i in range(at - 1, -1, -1) if tags[i] in "VXSC"), 0)
            subject = set(tags[verb + 1 : at]) & set("NP")
            relative = any(words.get(key) in ("L", "W", "C", "p") for key in keys[verb + 1 : at])
            if tags[verb] == "V" and subject and not relative and "n" in frames_of(self.lexicon, keys[verb]):
                tags[at] = "N"

    def _names_before_what_is_said(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "said | the judge | Ahmad | Raised | that" and "said | Waved | during his visit | that": the subject's name, no second verb."""
        words = self.grammar.words
        for at in [i for i, tag in enumerate(tags[:-1]) if tag == "V" and i]:
            if keys[at] in self.grammar.called and tags[at - 1] in "NA" and tags[at + 1] in "NP":
                tags[at] = "E"  # "a man | who is called | Abu Omar"
                continue
            verb = next((i for i in range(at - 1, max(-1, at - _SUBJECT), -1) if tags[i] not in "NPAD"), -1)
            if verb < 0 or tags[verb] != "V" or "s" not in frames_of(self.lexicon, keys[verb]):
                continue
            if keys[at].startswith(self.grammar.imperfect):
                continue  # "said | we-must | that": what is said begins without a conjunction
            said = words.get(keys[at + 1]) == "C"
            if "s" in frames_of(self.lexicon, keys[at]) and verb < at - 1 and "D" not in tags[verb:at]:
                continue  # "said | an officer | who confirmed | that": only what is indefinite has a relative clause so
            if verb == at - 1 and not said and (tags[at + 1] == "E" or keys[at + 1] in _COMMAS):
                said = any(words.get(key) == "C" for key in keys[at + 2 : at + _SUBJECT])
            if said:
                tags[at] = "P"

    def _own(self, key: str) -> frozenset[str]:
        """What a reporting form leads to its content with."""
        own = self.grammar.own_prepositions
        return frozenset().union(*(own.get(lemma, ()) for lemma in self.lexicon.forms.get(key, ())))

    def _kinds(self, keys: Sequence[str], at: int) -> set[str | None]:
        """What the words behind a token are, up to the end of a clause."""
        return {self.grammar.words.get(key) for key in keys[at + 2 : at + _CLAUSE]}


_SHORT_PLURAL = 4  # letters: few shorter words with its ending are one
_SHORT_RELATION = 4  # letters: shorter words end so by chance
_INNER_MARKS = frozenset("()[]-–—/")
_COMMAS = frozenset(",،")
_QUOTES = frozenset('"«»“”„')
_BEFORE_COLON = 7  # tokens of a voice before its colon
_SPEECH_MARKS = frozenset(':"«“')
_OF = "b"  # "accused … of"
_CLAUSE = 9  # tokens from a verb to what it leads to by a preposition
_ASIDE = 5  # tokens from a verb behind its subject to the same
_SUBJECT = 6  # tokens: how long a subject between "said" and "that" may be


def frames_of(lexicon: Lexicon, key: str) -> frozenset[str]:
    """What may follow a reporting form, whichever of its verbs it is."""
    known = (entry for lemma in lexicon.forms.get(key, ()) for _, _, entry in lexicon.entries.get(lemma, ()))
    return frozenset().union(*(entry.frames for entry in known))
