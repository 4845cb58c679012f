"""Words for what happened: a telling as sentences of a language, with the characters that each stands at."""

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from evaluation.generated.happenings import Happening, Told, Twist, sentences
from ondit.gazetteer.entry import Entry


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report at `[start, stop)`: about telling number `telling` (-1: about none), counting `counts` (field, figure)."""

    start: int
    stop: int
    telling: int
    voice: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    denies: bool = False


_SYLLABLES = (2, 3)  # of a first and of a family name


@dataclass(frozen=True, slots=True)
class Around:
    """A sentence that tells no happening: numbers of its form, of who, what he did and where; syllables of two names; an age."""

    form: int
    who: int
    did: int
    where: int
    syllables: tuple[int, ...]
    age: int


def draw_around(dice: random.Random, number: int) -> list[Around]:
    """So many of them."""
    words = sentences()["around"]
    forms, who, did, where, syllables = (
        range(len(words[part]["en"])) for part in ("sentence", "who", "did", "where", "syllables")
    )
    return [
        Around(
            dice.choice(forms), dice.choice(who), dice.choice(did), dice.choice(where),
            tuple(dice.choices(syllables, k=2 * sum(_SYLLABLES))), dice.randint(12, 88),
        )
        for _ in range(number)
    ]  # fmt: skip


def _around(chosen: Around, language: str) -> str:
    words = sentences()["around"]
    spelled = [words["syllables"][language][n] for n in chosen.syllables]
    half = sum(_SYLLABLES)
    where = words["where"][language][chosen.where]
    return str(
        words["sentence"][language][chosen.form].format(
            name=_name(spelled[:half]),
            other=_name(spelled[half:]),
            who=words["who"][language][chosen.who],
            age=chosen.age,
            did=words["did"][language][chosen.did],
            where=where,
            Where=_capital(where),
        )
    )


def _name(syllables: Sequence[str]) -> str:
    first = _SYLLABLES[0]
    return f"{_capital(''.join(syllables[:first]))} {_capital(''.join(syllables[first:]))}"


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its sentences."""

    text: str
    sentences: tuple[Sentence, ...]


def write(told: Sequence[Told], language: str, around: Sequence[Around], *, lead_first: bool = True) -> Text:
    """A report of these tellings, a paragraph each, with sentences that tell nothing around the first."""
    text, found = "", []
    for number, telling in enumerate(told):
        parts = list(_telling(telling, number, language))
        if number == 0:
            fillers = [(_around(chosen, language), Sentence(0, 0, -1)) for chosen in around]
            before = 0 if lead_first else 1
            parts = [*fillers[:before], *parts, *fillers[before:]]
        text += "\n\n" if text else ""
        for n, (sentence, about) in enumerate(parts):
            text += " " if n else ""
            found.append(replace(about, start=len(text), stop=len(text) + len(sentence)))
            text += sentence
    return Text(text, tuple(found))


def _telling(told: Told, number: int, language: str) -> Sequence[tuple[str, Sentence]]:
    """The sentences of a telling; where they stand is not known yet."""
    happening, words = told.happening, sentences()
    slots = {
        "town": town_name(happening.town, language),
        "when": _when(told, language),
        "venue": _venue(happening, language),
        "what": words["type"][happening.type]["what"][language],
        happening.counts: _counted(told.figure, language),
    }
    clause = words["type"][happening.type][language][told.variant]
    if told.twist is Twist.UPDATE:
        clause = words["update"][happening.counts][language]
    about = Sentence(0, 0, number, told.voice, ((happening.counts, told.figure),), told.twist is Twist.DENIAL)
    lead = (_voiced(told, clause.format_map(slots), language), about)
    if told.injured < 0:
        return [lead]
    more = words["injured"][language][told.injured].format(injured=_counted(happening.injured, language))
    return [lead, (_capital(more) + ".", Sentence(0, 0, number, "", (("injured", happening.injured),)))]


def _venue(happening: Happening, language: str) -> str:
    words = sentences()
    spelled = [words["around"]["syllables"][language][n] for n in happening.street]
    venue = words["venue"][happening.venue][language]
    return str(words["street"][language].format(venue=venue, name=_capital("".join(spelled))))


def _voiced(told: Told, clause: str, language: str) -> str:
    words = sentences()
    if not told.voice:
        return _capital(clause) + "."
    voice: Mapping[str, Any] = words["voice"][told.voice][language]
    name = voice["name"].format(town=town_name(told.happening.town, language))
    frame = words["denial"][language] if told.twist is Twist.DENIAL else words["frames"][language][told.frame]
    return str(
        frame.format(
            voice=name,
            Voice=_capital(name),
            clause=clause,
            Clause=_capital(clause),
            said=voice.get("said", ""),
            denied=voice.get("denied", ""),
        )
    )


def _when(told: Told, language: str) -> str:
    words, day = sentences(), told.happening.day
    if not told.dated:
        return str(words["weekdays"][language][day.weekday()])
    month = words["months"][language][day.month - 1]
    return str(words["full_date"][language].format(day=day.day, month=month, year=day.year))


def _counted(number: int, language: str) -> str:
    form = [form for least, form in sentences()["counted"][language] if least <= number][-1]
    return str(form.format(n=number))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def town_name(town: Entry, language: str) -> str:
    """The name as newspapers print it: without the marks of scientific transliteration, with those of French."""
    name = town.name_in(language)
    if language == "ar":
        return name
    kept = "".join(c for c in name if c not in "‘’ʼ")
    return "".join(c if ord(c) < 0x100 else unicodedata.normalize("NFD", c)[0] for c in kept)
