"""The reporting words of a language: verbs by class and frames, nouns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ondit.languages import Pack, load_pack

_NONE = "none"  # class of what looks like a reporting verb and is none: "claimed the lives of"


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: what is read from them is remembered by them
class Reporting:
    """A reporting verb: lemma (with the words that belong to it), class and complement frames (see `words/reporting.tsv`)."""

    lemma: str
    kind: str
    frames: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Reporting verbs by form and reporting nouns of a language."""

    forms: dict[str, tuple[str, ...]]
    entries: dict[str, tuple[tuple[tuple[str, ...], bool, Reporting], ...]]
    nouns: dict[str, str]
    plain_verbs: frozenset[str]
    verb_forms: frozenset[str] = frozenset()
    known_nouns: frozenset[str] = frozenset()

    def reporting(
        self, keys: Sequence[str], head: int, last: int, limit: int, reflexive: bool
    ) -> tuple[tuple[Reporting, ...], int]:
        """Entries of the verb at token `head`, and the token after the words that belong to it (at least `last`)."""
        if keys[head] not in self.forms:
            return (), last
        best: list[Reporting] = []
        best_length, stop = -1, last
        for lemma in self.forms[keys[head]]:
            for rest, is_reflexive, entry in self.entries.get(lemma, ()):
                if is_reflexive != reflexive:
                    continue
                length = len(rest) + is_reflexive
                if length < best_length:
                    continue
                if rest and tuple(keys[last : min(limit, last + len(rest))]) != rest:
                    continue
                if length > best_length:
                    best, best_length = [], length
                best.append(entry)
                stop = last + len(rest)
        if any(entry.kind == _NONE for entry in best):
            return (), last
        return tuple(best), stop

    def is_reporting_noun(self, keys: Sequence[str], tags: str) -> bool:
        """Is the head of this noun phrase a reporting noun?"""
        return any(key in self.nouns for key, tag in zip(keys, tags, strict=True) if tag in "NP")


@lru_cache(maxsize=16)
def _load(language: str) -> Lexicon:
    pack = load_pack(language)
    reflexive = tuple(pack.table("grammar/paradigm").get("reflexive", ())) if pack.has("grammar/paradigm.toml") else ()
    fused: list[str] = pack.table("grammar/phrases")["prepositions"].get("fused", [])
    entries: dict[str, list[tuple[tuple[str, ...], bool, Reporting]]] = {}
    for line in pack.lines("reporting.tsv"):
        lemma, kind, frames = line.split("\t")[:3]
        bare = lemma
        for prefix in reflexive:
            bare = bare.removeprefix(prefix)
        first, *rest = bare.replace("'", "' ").split()
        entry = Reporting(lemma, kind, frozenset(frames.split()))
        for words in _fused(rest, fused):
            entries.setdefault(first, []).append((words, bare != lemma, entry))
    forms: dict[str, list[str]] = {}
    for line in pack.lines("reporting.forms.tsv"):
        form, lemma = line.split("\t")
        forms.setdefault(form, []).append(lemma)
    nouns: dict[str, str] = {}
    for line in pack.lines("reporting_nouns.tsv"):
        columns = line.split("\t")
        for form in columns[0].split():
            nouns[form] = columns[1]
    return Lexicon(
        {form: tuple(lemmas) for form, lemmas in forms.items()},
        {lemma: tuple(options) for lemma, options in entries.items()},
        nouns,
        *_verb_forms(pack, forms, nouns),
        frozenset(_known_nouns(pack, nouns)),
    )


def _fused(rest: Sequence[str], fused: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of an entry; those that end in the first of the fused words once for each of them ("report of", "report of-the")."""
    ends = fused if rest and fused and rest[-1] == fused[0] else rest[-1:]
    yield from ((*rest[:-1], last) for last in ends)
    if not rest:
        yield ()


def _known_nouns(pack: Pack, nouns: dict[str, str]) -> Iterator[str]:
    """Nouns of the lists that the paradigm names: no proper names, whatever the tagger says."""
    for name in pack.table("grammar/paradigm").get("noun_lists", ()):
        yield from nouns
        voices = pack.table("words/voices")
        yield from (*voices["general"], *voices["channels"], *voices["people"])
        yield from (word for line in pack.lines(f"{name}.tsv") if " " not in (word := line.split("\t")[0]))


def _verb_forms(
    pack: Pack, forms: dict[str, list[str]], nouns: dict[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Finite forms of verbs that are nothing else (a tagger trained on other texts may never have met them), and all forms."""
    paradigm = pack.table("grammar/paradigm")
    for name in paradigm.get("verb_lists", ()):  # verbs of other lists that the tagger may never have met
        forms = {**forms, **{line.split("\t")[0]: [] for line in pack.lines(f"{name}.forms.tsv")}}
    endings = tuple(paradigm.get("finite_endings", ()))
    other = frozenset(paradigm.get("other_words", ()))
    nominal = tuple(paradigm.get("never_finite_beginnings", ("\0",)))
    forms = {form: lemmas for form, lemmas in forms.items() if not form.startswith(nominal)}
    plain = (form for form in forms if endings and form.endswith(endings) and form not in nouns and form not in other)
    return frozenset(plain), frozenset(forms)


def load_lexicon(pack: Pack) -> Lexicon:
    """The reporting words of a pack, read once a process."""
    return _load(pack.language)
