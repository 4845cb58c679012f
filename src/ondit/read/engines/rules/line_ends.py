"""Where an item says at its end whom it is from: "(Source: Radio Okapi)", "Sources: OCHA, local officials", "h/t @name", "via Reuters"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Document, Span
from ondit.model.records import record
from ondit.registry import outlet_names
from ondit.text.folding import fold_word

_LONGEST = 200  # characters of a credit


@record
class Credit:
    """A credit: all of it, whom it names, and what it is the source of."""

    span: Span
    names: tuple[Span, ...]
    scope: Span


@record
class _Words:
    """What leads to whom an item is from: words before a colon; words before an account or an outlet; nouns of outlets."""

    first: frozenset[str]
    pattern: re.Pattern[str]
    outlets: frozenset[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words | None:
    pack = load_pack(language)
    source = pack.table("grammar/attribution")["source"]
    labels, named = ("|".join(map(re.escape, source.get(key, ()))) for key in ("credits", "credits_named"))
    if not labels:
        return None
    first = {word for key in ("credits", "credits_named") for phrase in source.get(key, ()) for word in _split(phrase)}
    pattern = re.compile(
        rf"(?P<mark>[\s.,;|–—-]*[(\[]?)(?<!\w)(?:(?:{labels})(?:\(s\))?\s?[::](?P<who>[^()\[\]\n]+)|(?:{named})\s?:?(?P<named>\s[^()\[\]\n,;:]+))[)\]]?[.\s]*$",
        re.IGNORECASE,
    )
    return _Words(frozenset(first), pattern, frozenset(pack.table("words/voices")["kinds"]["media"]))


def _split(phrase: str) -> list[str]:
    return re.findall(r"\w+", phrase)


def find_credits(document: Document, pack: Pack) -> list[Credit]:
    """The credits at the ends of sentences and of paragraphs, in order."""
    words = _words(pack.language)
    if words is None or words.first.isdisjoint(document.tokens.keys):
        return []
    text = document.report.text
    found: list[Credit] = []
    for number, sentence in enumerate(document.sentences):
        low = max(sentence.start, sentence.stop - _LONGEST)
        match = words.pattern.search(text, low, sentence.stop)
        if match is None:
            continue
        group = "who" if match["who"] else "named"
        names = tuple(_names(text, *match.span(group), pack))
        if not names or (group == "named" and not all(_is_known(words, name.of(text)) for name in names)):
            continue
        alone = not text[sentence.start : match.start()].strip()
        if group == "who" and not alone and not match["mark"].strip():
            continue  # "confirmed the source: a leak"
        scope = _before(document, number) if alone else Span(sentence.start, match.start())
        if scope is not None:
            found.append(Credit(Span(match.start(), match.end()), names, scope))
    return found


_SEPARATED = re.compile(r"[^,;/،؛]+")
_URL = re.compile(r"https?:\S*|www\.\S*", re.IGNORECASE)


def _names(text: str, start: int, stop: int, pack: Pack) -> Iterator[Span]:
    """Whom it names; no addresses and dates. None where it tells something ("Source: Israel struck Isfahan")."""
    address = _URL.search(text, start, stop)
    for piece in _SEPARATED.finditer(text, start, stop if address is None else address.start()):
        written = piece.group().strip(" .-–—")
        if written and not written[0].isdigit():
            if len(written.split()) > _NAME or not _verbs(pack.language).isdisjoint(written.split()):
                return
            begin = text.index(written, piece.start())
            yield Span(begin, begin + len(written))


_NAME = 7  # words of a name at most


@lru_cache(maxsize=16)
def _verbs(language: str) -> frozenset[str]:
    """Forms of verbs that happenings and reports are told with."""
    pack = load_pack(language)
    lists = ("happenings.forms.tsv", "reporting.forms.tsv")
    nouns = {form for line in pack.lines("reporting_nouns.tsv") for form in line.split("\t")[0].split()}
    return frozenset(line.split("\t")[0] for name in lists for line in pack.lines(name)) - nouns


def _is_known(words: _Words, name: str) -> bool:
    """An account, an outlet by name or by what it calls itself, or an address of one."""
    key = fold_word(name)
    parts = key.split()
    outlet = key in outlet_names()[0] or name in outlet_names()[1] or not words.outlets.isdisjoint(parts)
    return name.startswith("@") or outlet or (len(parts) == 1 and "." in name.strip("."))


def _before(document: Document, number: int) -> Span | None:
    """What a credit in a sentence of its own is for: what stands before it in its paragraph, or the paragraph before."""
    if number == 0:
        return None
    start, before = document.sentences[number].start, document.sentences[number - 1]
    paragraph = next((p for p in document.paragraphs if p.start <= before.start < p.stop), before)
    return Span(paragraph.start, start)
