"""Names → keys: folded words without articles, so that "l'armée irakienne", "Al-Arabiya" and الجيش العراقي can be looked up."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ondit.languages.across import tables_across
from ondit.text.folding import fold_name
from ondit.text.sounds import name_parts

Key = tuple[str, ...]
"""The words of a name, folded: lower case, no accents, no articles."""

_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W_](?:[\w&]|\.(?=\w))*")
_LONG_ENOUGH = 4
"""Letters of an Arabic word from which its first two are an article."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts of names that are brought to one form, from `text/sounds.toml`, and clitics of the packs."""

    articles: frozenset[str]
    hyphened_article: re.Pattern[str]
    arabic_article: str
    arabic_article_with_to: str
    servant: str
    servant_forms: re.Pattern[str]
    arabic_servant: str
    god: str
    god_forms: re.Pattern[str]
    arabic_god: str
    god_letters: tuple[str, ...]
    kunya: frozenset[str]
    arabic_to: str
    elisions: re.Pattern[str]
    possessives: re.Pattern[str]
    expansions: dict[str, str]
    expanded: re.Pattern[str]


@cache
def _parts() -> _Parts:
    raw = name_parts()
    tables = tables_across("names").values()
    elisions = sorted({e for t in tables for e in t.get("elisions", ())})
    endings = sorted({e for t in tables for e in t.get("possessives", ())}, key=lambda e: -len(e))
    short = {k: v for t in tables for k, v in t.get("expansions", {}).items()}
    return _Parts(
        articles=frozenset(raw["articles"]),
        hyphened_article=re.compile(raw["hyphened_article"]),
        arabic_article=raw["arabic_article"],
        arabic_article_with_to=raw["arabic_article_with_to"],
        servant=raw["servant"],
        servant_forms=re.compile(raw["servant_forms"]),
        arabic_servant=raw["arabic_servant"],
        god=raw["god"],
        god_forms=re.compile(raw["god_forms"]),
        arabic_god=raw["arabic_god"],
        god_letters=tuple(raw["god_letters"]),
        kunya=frozenset(raw["kunya"]),
        arabic_to=raw["arabic_to"],
        elisions=re.compile(rf"(?<!\w)(?:{_any(elisions)})'(?=\w)", re.IGNORECASE),
        possessives=re.compile(rf"(?<=\w)(?:{_any(endings)})(?!\w)"),
        expansions=short,
        expanded=re.compile(rf"(?<!\w)(?:{_any(sorted(short))})(?= \w*[a-z])"),
    )


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


@lru_cache(maxsize=32_768)
def key_of(name: str) -> Key:
    """The key of a name.

    >>> key_of("l'armée irakienne"), key_of("الجيش العراقي"), key_of("Abdel Fattah al-Sisi")
    (('armee', 'irakienne'), ('جيش', 'عراقي'), ('abdfattah', 'sisi'))
    """
    parts = _parts()
    if name.isalpha():  # one word without marks, as most in the word lists are
        return _joined([_bare(fold_name(name), parts)], parts)
    name = name.replace("’", "'").replace("‘", "'").replace("ʼ", "'")
    if "'" in name:
        name = parts.elisions.sub(" ", parts.possessives.sub(" ", name))
    if "." in name:
        name = _INITIALS.sub(lambda m: m.group().replace(".", ""), name)
    if not name.islower():
        name = parts.expanded.sub(lambda m: parts.expansions[m.group()], name)
    words = fold_name(
        parts.hyphened_article.sub("", name) if "-" in name or "‑" in name or "‐" in name else name
    ).split()
    kept = [_bare(word, parts) for word in words if word not in parts.articles] or words
    return _joined(kept, parts)


def _bare(word: str, parts: _Parts) -> str:
    """An Arabic word without its article."""
    if word.isascii() or len(word) <= _LONG_ENOUGH:
        return word
    with_to = parts.arabic_article_with_to
    return word[len(with_to) :] if word.startswith(with_to) else word.removeprefix(parts.arabic_article)


def _joined(words: list[str], parts: _Parts) -> Key:
    """Names of several words that are also written as one, as one."""
    out: list[str] = []
    servant = False
    for word in words:
        if servant:
            out[-1] += word.removeprefix(parts.arabic_article)
            servant = False
        elif out and word in (parts.god, parts.arabic_god):
            out[-1] = _ending_in_god(out[-1] + word, parts)
        elif word.startswith((parts.servant, parts.arabic_servant)):
            root, rest = _servant(_ending_in_god(word, parts), parts)
            out.append(root + rest)
            servant = not rest
        else:
            out.append(_ending_in_god(word, parts))
    return tuple(out)


def _ending_in_god(word: str, parts: _Parts) -> str:
    if not word.endswith(parts.god_letters):
        return word
    if word.isascii():
        return parts.god_forms.sub(parts.god, word)
    if word.endswith(parts.arabic_god) and len(word) > len(parts.arabic_god) + 1:
        return word.removesuffix(parts.arabic_god) + parts.arabic_god[1:]
    return word


def _servant(word: str, parts: _Parts) -> tuple[str, str]:
    """The "servant of" at the start of a word, and what follows it in the word; ("", word) when it is another word."""
    if word.startswith(parts.arabic_servant):
        rest = word.removeprefix(parts.arabic_servant)
        return (
            (parts.arabic_servant, rest.removeprefix(parts.arabic_article))
            if not rest or rest.startswith(parts.arabic_article)
            else ("", word)
        )
    match = parts.servant_forms.match(word)
    if match is None or len(word) - match.end() == 1:
        return "", word
    return parts.servant, word[match.end() :]


@lru_cache(maxsize=4096)
def capitalised(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital, as keys."""
    return frozenset(key_of(" ".join(raw for raw in _raw_words(text) if raw[:1].isupper())))


def written_as(word: str, text: str) -> str:
    """How a text writes a word that stands in capitals all through ("AFP"), without dots; empty when it does not."""
    return next((raw for raw in _raw_words(text) if raw.isupper() and raw.lower() == word), "")


def _raw_words(text: str) -> list[str]:
    """The words of a text as written, "U.N." and "l'ONU" without dots and elision."""
    return [w.replace(".", "") for w in _WORD.findall(text.replace("’", " ").replace("'", " "))]


def is_kunya(name: Key) -> bool:
    """Is it only "father of …" or "mother of …", which many are called?"""
    return len(name) == 2 and name[0] in _parts().kunya


def without_to(key: Key) -> Key:
    """The key without an Arabic "of, to" written at its first word."""
    to = _parts().arabic_to
    return (key[0].removeprefix(to), *key[1:]) if len(key[0]) > _LONG_ENOUGH else key
