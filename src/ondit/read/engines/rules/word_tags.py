"""The tags of a document: the model's, put right by the words and grammar of the language where it is known to fail."""

from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Document
from ondit.read.engines.rules.lexicon import Lexicon, load_lexicon
from ondit.read.engines.rules.phrases import Phrases, phrases
from ondit.read.engines.rules.saying_tags import SPEECH_MARKS, SayingTags, frames_of
from ondit.read.engines.rules.tagging import load_tagger
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import token_range
from ondit.read.engines.rules.word_classes import load_list_tagger
from ondit.text.folding import fold_word

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
    people = frozenset(pack.table("words/voices")["people"])
    return Repair(phrases(pack), load_lexicon(pack), _demonyms(pack.language), _verb_forms(pack.language), people)


class Repair:
    """Tags put right in one sentence."""

    def __init__(
        self,
        grammar: Phrases,
        lexicon: Lexicon,
        demonyms: frozenset[str],
        verbs: frozenset[str],
        people: frozenset[str] = frozenset(),
    ) -> None:
        self.grammar = grammar
        self.lexicon = lexicon
        self.saying = SayingTags(grammar, lexicon)
        self.demonyms = demonyms
        self.verbs = verbs
        self.people = people

    def put_right(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place."""
        special = self.grammar.special
        for at in [i for i, key in enumerate(keys) if key in special or tags[i] in "AR"]:
            tags[at] = self._right(keys, tags, at)
        for at in [i for i, key in enumerate(keys) if key in self.grammar.perfect and tags[i] == "V"]:
            if "".join(tags[at + 1 : at + 4]).lstrip("R")[:1] == "v":
                tags[at] = "X"  # "had earlier denied"
        for at in [i for i, key in enumerate(keys) if key in _DASHES]:
            tags[at] = "."
        self._name_at_the_head(forms, keys, tags)
        self._verbs_in_names(forms, tags)
        if not self.grammar.verb_first:
            self.saying.put_right(forms, keys, tags)
        else:
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
        frames = frames_of(self.lexicon, keys[at])
        if tags[at] == "E":  # "between", unless what is said follows
            said = next((i for i in range(at + 1, min(len(tags), at + _SUBJECT)) if words.get(keys[i]) == "C"), 0)
            return "s" in frames and bool(said) and not any(tag in "VXC" for tag in tags[at:said])
        if after in SPEECH_MARKS:
            return free and "q" in frames
        if words.get(after) == "C" or tags[at + 1] == "g":
            return "s" in frames
        if words.get(after) in ("b", "o", "t"):
            return free and "f" in frames
        named = tags[at + 1] in "DP" or (tags[at + 1] == "A" and after not in self.grammar.stems)
        return named and not any(tag in "VX" for tag in tags[:at])

    def _right(self, keys: Sequence[str], tags: Sequence[str], at: int) -> str:
        key, tag = keys[at], tags[at]
        grammar = self.grammar
        if key in grammar.tags:
            return grammar.tags[key]
        if key in grammar.expletive and at + 1 < len(tags) and tags[at + 1] in "XV":
            return "I"
        if (said := self.saying.form(keys, tags, at)) is not None:
            return said
        if tag == "A" and key in self.people and at > 0 and tags[at - 1] in "PA" and tags[at + 1 : at + 2] != ["N"]:
            return "N"  # "a UN official in …"
        if (participle := self._participle(key, tags, at)) is not None:
            return participle
        source, target = grammar.retag.get(key, ("", tag))
        between = 0 < at < len(tags) - 1 and tags[at - 1] in "NP" and tags[at + 1] in "NAP#D"
        return target if tag in source and (target != _POSSESSIVE or between) else tag

    def _participle(self, key: str, tags: Sequence[str], at: int) -> str | None:
        """The tag of what may be a participle behind an auxiliary, or an adjective of a country that looks like an adverb."""
        tag = tags[at]
        if tag == "R":
            if key in self.demonyms:
                return "A"
            return "v" if key in self.verbs and _after_auxiliary(tags, at) else tag
        ends_so = tag == "A" and key.endswith(self.grammar.participle_endings)
        known = ends_so or (tag in "NA" and key in self.lexicon.forms)
        return "v" if known and _after_auxiliary(tags, at) else None

    def _name_at_the_head(self, forms: Sequence[str], keys: Sequence[str], tags: list[str]) -> None:
        """As in "Kyiv blamed", "ECOWAS called": a name that the model, seeing it first in its sentence, takes for a verb."""
        if len(tags) > 1 and tags[0] in "VvigXRA" and forms[0][:1].isupper() and keys[0] not in self.lexicon.forms:
            initials = forms[0].isupper() and len(forms[0]) > 2 and not forms[1].isupper()
            if initials or (tags[1] in "VvX" and keys[1] in self.lexicon.forms):
                tags[0] = "P"

    def _verbs_in_names(self, forms: Sequence[str], tags: list[str]) -> None:
        for at in range(1, len(forms) - 1):
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
            if initials or (tags[at] in "Vvig" and tags[at - 1] in "NPA" and forms[at - 1][:1].isupper()):
                tags[at] = "P"


_POSSESSIVE = "G"
_SHORT_INITIALS = 3  # letters: "NOT", "AND" are written so, too
_SHORT_RELATION = 4  # letters: shorter words end so by chance


_DASHES = frozenset("–—")
_INNER_MARKS = frozenset("()[]-–—/")
_SUBJECT = 6  # tokens: how long a subject between "said" and "that" may be


def _after_auxiliary(tags: Sequence[str], at: int) -> bool:
    """Does an auxiliary stand before, with nothing but adverbs between? Then the word is its participle."""
    before = at - 1
    while before >= 0 and tags[before] in "RI":
        before -= 1
    return before >= 0 and tags[before] in "Xyzw"
