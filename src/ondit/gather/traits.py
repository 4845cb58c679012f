"""What gathering compares of a telling: a compact record, so that a million claims fit in memory."""

import re
import sys
import tomllib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

from ondit.languages import available_languages, load_pack
from ondit.languages.across import rows_across
from ondit.model import Claim, Count, EventMention, Interval, Place, PlacePrecision, Reading, Telling, TimeExpression
from ondit.ontology import event_types
from ondit.text.clitics import cut_clitics
from ondit.text.folding import fold_name

_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = frozenset('.!?:؟«"“\n')
_WIDE = frozenset({PlacePrecision.COUNTRY, PlacePrecision.REGION, PlacePrecision.DIVISION, PlacePrecision.PART})
_POINTS, _NAMES, _WORDS = 4, 16, 40  # how many of each are kept: the first ones, nearest to the trigger
_STEM = 6  # characters: where most inflected forms of a word are still alike
_SHORTEST = 3
_STORY = 60  # names of a report
_FEW_DAYS, _OTHERS = 2, 3  # how long a further date may be, and how many are kept
_SCENE = "resolve/happenings:scene"  # a place taken over from the happening told before
_READINGS = 5  # of a place name: how many are kept
_COUNTRY = PlacePrecision.COUNTRY.value
_NEVER = 10_000_000  # days: an open end

_Part = TypeVar("_Part", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Point:
    """A place with coordinates (WGS84 degrees): the radius in km in which the happening lies; `told` when it is named for the happening itself."""

    key: str
    name: str
    lat: float
    lon: float
    radius: float
    told: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `what` is counted, between `low` and `high` (None = open)."""

    what: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Traits:
    """One telling as it is compared.

    `first` and `last` are proleptic ordinals of the first and last possible day, None when the telling has no date; `published` is that of
    the report. `points` are exact places, `areas` ids of the divisions and countries around them. `names` are folded proper names,
    `words` folded beginnings of the other telling words, `placed` those of the names of its points, `actors` those of who acts or suffers, or ids of the registry; `story` are
    the proper names of the whole report, `things` what and whom it is about by names of no language ("convoy", "police"). `others` are first and last days of further short dates that the telling names, `maybe` ids of the places that its place names can mean as well. `dated` is False when the date stands in another claim than the word that shows the happening.
    """

    id: str
    report: str
    type: str
    language: str = ""
    claims: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    published: int | None = None
    points: tuple[Point, ...] = ()
    areas: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    figures: tuple[Figure, ...] = ()
    actors: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    placed: frozenset[str] = frozenset()
    story: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    dated: bool = True
    others: tuple[tuple[int, int], ...] = ()
    place: Place | None = None
    interval: Interval | None = None
    maybe: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """The family of its type: tellings of one happening may differ in type, seldom in family."""
        return event_types()[self.type].family


def traits_of(reading: Reading) -> list[Traits]:
    """The compact record of each telling of a reading."""
    report = reading.report
    story = frozenset(list(dict.fromkeys(_named(report.text, report.language)))[:_STORY])
    return [_traits(telling, story) for telling in tellings(reading)]


def tellings(reading: Reading) -> Iterator[Telling]:
    """What a reading tells, happening by happening."""
    told: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        if claim.event is not None:
            told.setdefault(claim.event, []).append(claim)
    for event in reading.events:
        if event.id in told:
            yield Telling(reading.report, event, tuple(told[event.id]))


def _traits(telling: Telling, story: frozenset[str]) -> Traits:
    event, language = telling.event, telling.report.language
    time = _time(event)
    interval = time.interval if time else None
    places = [p for p in event.places if not p.metonym]
    names, words, things = _words(telling)
    located = [p for p in places if p.lat is not None]
    placed = frozenset(_parts((p.name for p in located), language) | _parts((p.text for p in located), language))
    unlocated = _parts((p.text for p in places if p.lat is None), language)
    published = telling.report.published.day
    return Traits(
        id=event.id,
        report=telling.report.id,
        type=event.type,
        language=language,
        claims=tuple(sorted(c.id for c in telling.claims)),
        first=_shared(_ordinal(interval.earliest, -_NEVER)) if interval else None,
        last=_shared(_ordinal(interval.latest, _NEVER)) if interval else None,
        published=_shared(published.toordinal()) if published else None,
        points=_shared(_points(places)),
        areas=_shared(_areas(places)),
        countries=_shared(frozenset(p.country for p in places if p.country)),
        figures=_figures(c for claim in telling.claims for c in claim.counts),
        actors=_actors(event, language),
        equipment=frozenset(e.ontology_id or fold_name(e.text) for e in event.equipment),
        names=(names | unlocated) - placed,
        words=words - placed - unlocated,
        placed=_shared(
            frozenset(_parts((n for p in located if p.precision not in _WIDE for n in (p.name, p.text)), language))
        ),
        story=story,
        things=_shared(things),
        place=replace(places[0], candidates=()) if places else None,
        dated=_dated(telling),
        others=_other_days(event, interval),
        interval=interval,
        maybe=_shared(_maybe(places)),
    )


@lru_cache(maxsize=65_536)
def _shared(part: _Part) -> _Part:
    """Days and places come again and again: equal ones are kept once, which is smaller, and nearer when a million tellings are compared."""
    return part


def _time(event: EventMention) -> TimeExpression | None:
    return next((t for t in event.times if t.interval and t.interval.edtf), None)


def _other_days(event: EventMention, interval: Interval | None) -> tuple[tuple[int, int], ...]:
    """First and last days of the dates beside the first: a date line, or the day of what came before."""
    days = dict.fromkeys(
        (other.earliest.toordinal(), other.latest.toordinal())
        for other in (time.interval for time in event.times)
        if other and other != interval and other.earliest and other.latest
    )
    return tuple(d for d in days if d[1] - d[0] <= _FEW_DAYS)[:_OTHERS]


def _dated(telling: Telling) -> bool:
    """Does the date stand with the word that shows the happening?"""
    time, trigger = _time(telling.event), telling.event.trigger
    contents = [c.content for c in telling.claims]
    if time is None or trigger is None or not any(c.contains(time.span) for c in contents):
        return True  # the date opens the sentence, or stands in the heading
    return any(c.contains(time.span) and c.contains(trigger) for c in contents)


def _ordinal(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def _points(places: Sequence[Place]) -> tuple[Point, ...]:
    return tuple(
        Point(p.gazetteer_id or fold_name(p.text), p.name or p.text, p.lat, p.lon, p.radius_km or 0.0, p.rule != _SCENE)
        for p in places
        if p.lat is not None and p.lon is not None and p.precision not in _WIDE
    )[:_POINTS]


def _maybe(places: Iterable[Place]) -> frozenset[str]:
    """Other readings of the place names, the likeliest first."""
    return frozenset(
        sys.intern(c.gazetteer_id)
        for p in places
        for c in p.candidates[:_READINGS]
        if c.gazetteer_id != p.gazetteer_id and c.kind != _COUNTRY
    )


def _areas(places: Iterable[Place]) -> frozenset[str]:
    found: set[str] = set()
    for place in places:
        found.update(place.admin)
        if place.gazetteer_id and place.precision in _WIDE and place.precision is not PlacePrecision.COUNTRY:
            found.update((place.gazetteer_id, place.name))
    return frozenset(map(sys.intern, found))


def _figures(counts: Iterable[Count]) -> tuple[Figure, ...]:
    return tuple(
        sorted({Figure(c.what, c.low, c.high) for c in counts}, key=lambda f: (f.what, f.low or 0, f.high or 0))
    )


def _actors(event: EventMention, language: str) -> frozenset[str]:
    found: set[str] = set()
    for actor in event.actors:
        if actor.registry_id:
            found.add(actor.registry_id)
        found.update(stem(w, language) for w in _WORD.findall(actor.text) if telling_word(w, language))
    return frozenset(map(sys.intern, found))


def _words(telling: Telling) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Proper names and other telling words of what is said, in text order, and the things among them."""
    names: dict[str, None] = {}
    words: dict[str, None] = {}
    text, language = telling.report.text, telling.report.language
    for claim in telling.claims:
        for word, named in _told(text[claim.content.start : claim.content.stop], language):
            (names if named else words)[word] = None
    kept = list(words)[:_WORDS]
    known = _things().get(language, {})
    things = frozenset(known[word] for word in (*names, *words) if word in known)
    return frozenset(list(names)[:_NAMES]), frozenset(w for w in kept if w not in names), things


@cache
def _things() -> Mapping[str, Mapping[str, str]]:
    """For each language the names of things by the beginnings of their words."""
    return {
        language: {stem(word, language): name for name, words in rows for word in words.split()}
        for language, rows in rows_across("things.tsv").items()
    }


def _told(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """The folded beginnings of telling words, and whether each is a proper name: capitalised within a sentence."""
    for match in _WORD.finditer(text):
        word = match.group()
        if told := _telling_stem(word, language):
            at = match.start()
            named = word[0].isupper() and at > 0 and text[max(0, at - 4) : at].rstrip(" ")[-1:] not in _SENTENCE_ENDS
            yield told, named


def _named(text: str, language: str) -> Iterator[str]:
    """The proper names; none where nothing is capitalised, as in Arabic."""
    return (word for word, named in _told(text, language) if named) if text != text.lower() else iter(())


def _parts(phrases: Iterable[str], language: str) -> set[str]:
    return {stem(word, language) for phrase in phrases for word in _WORD.findall(phrase)}


@lru_cache(maxsize=65_536)
def stem(word: str, language: str = "") -> str:
    """The folded beginning of a word: "évacués" and "evacuate" begin alike. What is written together with it (an article) is left out."""
    clitics = load_pack(language).token_rules.clitics if language in available_languages() else None
    if clitics is not None and not word.isascii():
        word = max((key for *_, key in cut_clitics(word, clitics)), key=len, default=word)
    return sys.intern(fold_name(word)[:_STEM])


@lru_cache(maxsize=131_072)
def _telling_stem(word: str, language: str) -> str:
    return stem(word, language) if telling_word(word, language) else ""


@lru_cache(maxsize=65_536)
def telling_word(word: str, language: str = "") -> bool:
    """Does a word say something? Function words, short words and figures do not."""
    return len(word) >= _SHORTEST and not word.isdigit() and word.lower() not in _function_words(language)


@cache
def _function_words(language: str) -> frozenset[str]:
    text = (files("ondit.languages") / "stopwords.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text).get(language, {}).get("words", "").split())
