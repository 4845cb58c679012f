"""Parts of speech without a trained model: from the words that a pack lists, from endings, and from what stands around.

A language that has no treebank with a free licence is read like this. `grammar/tags.toml` of its pack has

- `[words]`: tag → function words; a word under several tags can be each of them, the first when nothing decides,
- `[endings]`: ending → tag, for words that no list has; the longest that fits counts,
- `[verbs]`: endings of infinitives, gerunds and participles, and irregular participles, for the verbs of the pack's form lists,
- `[[choose]]`: `of` the tags between which it decides, `tag` what it decides for, `left` and `right` regular expressions over the tags before
  (decided already) and after (the first one possible each); the first rule that fits counts. In `left`, Y is a finite verb after which
  a clause tells what is said.

Nouns are those that the pack counts, that act, speak or happen. What begins with a capital inside a sentence is a name. The tags are those
of `tagging`. Measured nowhere: a model that learnt from a treebank is better, and is used where there is one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.text.folding import fold_word

_NOUN, _NAME, _NUMBER, _MARK, _VERB = "N", "P", "#", ".", "V"
_TELLS = "Y"
_CLAUSE = "s"  # the frame of verbs that a clause can follow
_SHORTEST = 3  # letters that must stand before an ending
_FORM_LISTS = ("verbs", "reporting", "happenings", "counts", "actors_light")
_NOUN_LISTS = ("happenings_nouns", "actors")


class ListTagger:
    """Tags from the lists of one pack; the interface of a trained `Tagger`."""

    def __init__(self, pack: Pack) -> None:
        grammar = pack.table("grammar/tags")
        self._closed = frozenset(fold_word(word) for words in grammar["words"].values() for word in words)
        self._known = _known(pack, self._closed)
        self._telling = _telling(pack)
        endings: dict[str, str] = grammar["endings"]
        self._endings = sorted(endings.items(), key=lambda item: -len(item[0]))
        self._rules: list[tuple[frozenset[str], str, re.Pattern[str], re.Pattern[str]]] = [
            (frozenset(row["of"]), row["tag"], re.compile(row.get("left", "")), re.compile(row.get("right", "")))
            for row in grammar.get("choose", ())
        ]

    def tags(self, forms: Sequence[str]) -> list[str]:
        """Tags of a sentence, one character a token."""
        head = next((at for at, form in enumerate(forms) if form[:1].isalnum()), 0)
        possible = [self._possible(form, first=at == head) for at, form in enumerate(forms)]
        ahead = "".join(tags[0] for tags in possible)
        decided: list[str] = []
        left = ""
        for at, tags in enumerate(possible):
            tag = tags[0] if len(tags) == 1 else self._choice(tags, left, ahead[at + 1 :])
            decided.append(tag)
            left += _TELLS if tag == _VERB and fold_word(forms[at]) in self._telling else tag
        return decided

    def _choice(self, tags: str, left: str, right: str) -> str:
        among = set(tags)
        for of, tag, before, after in self._rules:
            if tag in among and of >= among and before.search(left) and after.match(right):
                return tag
        return tags[0]

    def _possible(self, form: str, *, first: bool) -> str:
        if not any(map(str.isalnum, form)):
            return _MARK
        if form[0].isdigit():
            return _NUMBER
        key = fold_word(form)
        known = self._known.get(key, "")
        if form[0].isupper() and not (known if first else key in self._closed):
            return _NAME
        return known or self._by_ending(key)

    def _by_ending(self, key: str) -> str:
        return next(
            (tag for end, tag in self._endings if key.endswith(end) and len(key) >= len(end) + _SHORTEST), _NOUN
        )


def _known(pack: Pack, closed: frozenset[str]) -> dict[str, str]:
    """Every listed word, folded, and the tags it can have, the likeliest first; function words (`closed`) are nothing else."""
    grammar = pack.table("grammar/tags")
    known: dict[str, str] = {}

    def add(word: str, tag: str) -> None:
        key = fold_word(word)
        if tag not in known.get(key, ""):
            known[key] = known.get(key, "") + tag

    for tag, words in grammar["words"].items():
        for word in words:
            add(word, tag)
    for word in pack.table("words/numerals")["values"]:
        add(word, _NUMBER)
    for word, tag in (*((noun, _NOUN) for noun in _nouns(pack)), *_verbs(pack, grammar["verbs"])):
        if fold_word(word) not in closed:
            add(word, tag)
    for line in pack.lines("places.demonyms.tsv"):
        if fold_word(line.split("\t")[0]) not in closed:
            add(line.split("\t")[0], "A")
    return known


def _telling(pack: Pack) -> frozenset[str]:
    """Forms of the verbs after which a clause tells what is said."""
    lemmas = {columns[0] for line in pack.lines("reporting.tsv") if _CLAUSE in (columns := line.split("\t"))[2].split()}
    forms = (line.split("\t") for line in pack.lines("reporting.forms.tsv"))
    return frozenset(fold_word(form) for form, lemma in forms if lemma in lemmas)


def _nouns(pack: Pack) -> Iterator[str]:
    for line in pack.lines("reporting_nouns.tsv"):
        yield from line.split("\t")[0].split()
    for name in _NOUN_LISTS:
        for line in pack.lines(f"{name}.tsv"):
            for form in line.split("\t")[0].split("|"):
                word = form.strip().split()[0] if form.strip() else ""
                yield from (word.split("(")[0], word.replace("(", "").replace(")", ""))
    voices = pack.table("words/voices")
    yield from (*voices["general"], *voices["channels"], *voices["people"])
    for words in pack.table("words/counts")["nouns"].values():
        yield from words.split()


def _verbs(pack: Pack, grammar: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Forms of the listed verbs: V finite, i infinitive, g gerund, v participle."""
    irregular = frozenset(grammar["participles"])
    for name in _FORM_LISTS:
        for line in pack.lines(f"{name}.forms.tsv") if pack.has(f"words/{name}.forms.tsv") else ():
            form = line.split("\t")[0]
            if form in irregular or form.endswith(tuple(grammar["participle"])):
                yield form, "v"
            elif form.endswith(tuple(grammar["gerund"])):
                yield form, "g"
            else:
                yield form, "i" if form.endswith(tuple(grammar["infinitive"])) else "V"


@lru_cache(maxsize=8)
def load_list_tagger(language: str) -> ListTagger:
    """The tagger of a pack without a model; built once a process."""
    return ListTagger(load_pack(language))
