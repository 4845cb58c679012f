"""Which language a text is in: its script, its function words and its letters (`languages/stopwords.toml`); or undecided."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import chain

from ondit.languages import available_languages
from ondit.model import Problem, Report, Severity
from ondit.text.folding import fold_word
from ondit.text.remembered import Remembered
from ondit.text.scripts import count_scripts

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 8_000  # characters from the head, the middle and the tail each: more does not change the answer
_LETTER_WEIGHT = 0.5  # a telling letter against a telling word
_EDGE_WEIGHT = 0.4  # a telling beginning or ending of a word
_EDGES = (5, 4, 3, 2)  # their lengths, longest first
_LONG_WORD = 5  # letters from which on a word has beginnings and endings
_DOUBT = 0.5  # weight of "none of them": one shared word alone decides nothing
_SURE = 0.55  # confidence from which on a language is named
_KANA_SHARE = 0.05  # Japanese is written in Han and kana; Chinese has no kana
_SHARE_OF_SCRIPT = 0.2  # a text has at least this share of its letters in its script


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """An ISO 639-1 code ("" = undecided), how sure it is (0 to 1), and the two likeliest languages, decided or not."""

    language: str
    confidence: float
    likeliest: tuple[str, ...] = ()


_Tells = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Script:
    """The languages of one script and what each word and letter says for them."""

    letters: _Tells
    languages: tuple[str, ...]
    told: Mapping[str, tuple[tuple[str, float], ...]]  # what a word as written says


def detect_language(text: str, *, among: Collection[str] = ()) -> LanguageGuess:
    """The language of a text; `among` restricts the answer, and a single code there is the answer."""
    if len(among) == 1:
        return LanguageGuess(next(iter(among)), 1.0)
    sample = _sample(text)
    script, share = _main_script(sample)
    known = _scripts().get(script)
    if known is None:
        return LanguageGuess("", 0.0)
    candidates = [code for code in known.languages if not among or code in among]
    if not candidates:
        return LanguageGuess("", 0.0)
    if len(known.languages) == 1:
        return LanguageGuess(candidates[0], share)
    return _best(_scores(sample, known, candidates))


def closest_language(text: str, script: str) -> LanguageGuess:
    """The same for a text of which the caller knows that all its letters are of one script."""
    known = _scripts().get(script)
    return LanguageGuess("", 0.0) if known is None else _best(_scores(_sample(text), known, known.languages))


def choose_language(report: Report, *, among: Collection[str] = ()) -> tuple[str, tuple[Problem, ...]]:
    """The language to read a report in, "" when it cannot be read, and the problem that says why.

    A language that the report states itself counts unless `among` rules it out.
    """
    stated = report.language if not among or report.language in among else ""
    guess = LanguageGuess(stated, 1.0) if stated else detect_language(report.text, among=among)
    if not guess.language:
        return _undecided(report, guess, among)
    if guess.language in available_languages():
        return guess.language, ()
    name = f"{language_name(guess.language)} ({guess.language})"
    remedy = f"translate it, or name the language with --lang if this is wrong; can be read: {_readable()}"
    return "", (Problem("no-language-pack", f"the text is in {name}, which has no language pack", remedy, report.id),)


def _undecided(report: Report, guess: LanguageGuess, among: Collection[str]) -> tuple[str, tuple[Problem, ...]]:
    """The likeliest language all the same when it is the only likely one that can be read, with a warning."""
    readable = [code for code in available_languages() if not among or code in among]
    second = detect_language(report.text, among=readable) if len(readable) > 1 else LanguageGuess("", 0.0)
    if second.language and second.language in guess.likeliest[:1]:
        message = f"the text was read as {language_name(second.language)}, which is not certain"
        remedy = f"if it is another language, name it with --lang; can be read: {_readable()}"
        return second.language, (Problem("language-uncertain", message, remedy, report.id, severity=Severity.WARNING),)
    message = "the language of the text cannot be told from its words"
    return "", (Problem("language-undecided", message, f"name it with --lang; can be read: {_readable()}", report.id),)


def _readable() -> str:
    return ", ".join(f"{language_name(code)} ({code})" for code in available_languages())


def language_name(code: str) -> str:
    """English name of a language, the code itself when it is not known."""
    return str(_tables().get(code, {}).get("name", code))


def function_words(code: str) -> frozenset[str]:
    """The words that tell a language, folded."""
    return frozenset(_WORD.findall(fold_word(_tables().get(code, {}).get("words", ""))))


def known_languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that can be told apart."""
    return tuple(_tables())


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _main_script(sample: str) -> tuple[str, float]:
    """The script of most letters and its share of all letters."""
    scripts = count_scripts(sample)
    total = scripts.total()
    if not total:
        return "", 0.0
    if scripts["Kana"] > _KANA_SHARE * (scripts["Kana"] + scripts["Han"]):
        scripts["Kana"] += scripts.pop("Han", 0)
    script, count = max(sorted(scripts.items()), key=lambda item: item[1])
    share = count / total
    return (script, share) if share > _SHARE_OF_SCRIPT else ("", share)


def _scores(sample: str, known: _Script, candidates: Collection[str]) -> dict[str, float]:
    scores = dict.fromkeys(known.languages, 0.0)
    lowered = sample.lower()
    present = set(lowered)
    for letter, tells in known.letters.items():
        count = lowered.count(letter) * _LETTER_WEIGHT if letter in present else 0
        for code, value in tells.items() if count else ():
            scores[code] += count * value
    for code, value in chain.from_iterable(map(known.told.__getitem__, _WORD.findall(sample))):
        scores[code] += value
    return {code: scores[code] for code in candidates}


def _says(words: _Tells, edges: _Tells, written: str) -> tuple[tuple[str, float], ...]:
    """What a word says for each language: as a function word, or by its beginning ("th-") and its ending ("-ing"); the longest counts."""
    word = fold_word(written)
    if word in words:
        return tuple(words[word].items())
    if len(word) < _LONG_WORD:
        return ()
    says: dict[str, float] = {}
    for cuts in ([word[:n] + "-" for n in _EDGES], ["-" + word[-n:] for n in _EDGES]):
        piece = next((piece for piece in cuts if piece in edges), None)
        for code, value in edges[piece].items() if piece else ():
            says[code] = says.get(code, 0.0) + value * _EDGE_WEIGHT
    return tuple(says.items())


def _best(scores: Mapping[str, float]) -> LanguageGuess:
    ranked = sorted(scores, key=lambda code: (-scores[code], code))[:2]
    confidence = scores[ranked[0]] / (sum(scores[code] for code in ranked) + _DOUBT)
    return LanguageGuess(ranked[0] if confidence >= _SURE else "", confidence, tuple(ranked))


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("ondit.languages") / "stopwords.toml").read_text(encoding="utf-8"))


@cache
def _scripts() -> dict[str, _Script]:
    by_script: dict[str, list[str]] = {}
    for code, table in _tables().items():
        by_script.setdefault(table["script"], []).append(code)
    return {script: _script(codes) for script, codes in by_script.items()}


def _script(codes: Sequence[str]) -> _Script:
    words = _speaking({code: fold_word(_tables()[code].get("words", "")).split() for code in codes})
    edges = _speaking({code: _listed_edges(_tables()[code]) for code in codes})
    letters = _speaking({code: list(_tables()[code].get("letters", "")) for code in codes})
    return _Script(letters, tuple(codes), Remembered(partial(_says, words, edges)))


def _listed_edges(table: Mapping[str, str]) -> list[str]:
    beginnings = [f"{piece}-" for piece in table.get("beginnings", "").split()]
    return beginnings + [f"-{piece}" for piece in table.get("endings", "").split()]


def _speaking(lists: Mapping[str, Collection[str]]) -> dict[str, dict[str, float]]:
    """What each item says for each language: the more languages share it, the less it says for any of them."""
    owners: dict[str, set[str]] = {}
    for code, items in lists.items():
        for item in items:
            owners.setdefault(item, set()).add(code)
    return {item: dict.fromkeys(sorted(codes), 1 / len(codes)) for item, codes in owners.items()}
