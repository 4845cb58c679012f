"""The order of the stages: bytes → Report → Document → Extraction → Reading → Event. One page, and the only one that knows it."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ondit.gazetteer import Gazetteer, fold_name
from ondit.gazetteer.mention import Toponym, shifted
from ondit.languages import Pack, install_layers, installed_layers, load_pack
from ondit.model import (
    Claim,
    Decision,
    Event,
    EventMention,
    Evidence,
    Extraction,
    Place,
    PlacePrecision,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Source,
    Telling,
    TimeExpression,
    report_id,
)
from ondit.model.records import uncollected
from ondit.normalise import normalise_passages, smoothed
from ondit.normalise.languages import choose_language
from ondit.normalise.spelling import as_written, spelled_out
from ondit.normalise.windows import windows
from ondit.read.engines.rules.engine import extract, join, parse_document
from ondit.read.engines.rules.toponyms import find_toponyms
from ondit.read.engines.rules.tracing import trace_document
from ondit.registry import load_registry
from ondit.resolve.dates import resolve_times
from ondit.resolve.happenings import resolve_happenings
from ondit.resolve.names import NameResolver, countries_of, resolve_names
from ondit.resolve.place_heads import without_place_heads
from ondit.resolve.places import resolve_places
from ondit.resolve.points import with_points
from ondit.resolve.voices import resolve_voices
from ondit.runners import Runner, runner_for
from ondit.settings import Settings

if TYPE_CHECKING:  # reading an article needs nothing of what reports say together
    from ondit.gather.settling import Settling
    from ondit.weigh import Known

_DEFAULTS = Settings()
_Located = TypeVar("_Located", Place, TimeExpression)


def read(text: str, *, published: date | str | None = None, lang: str | None = None, publisher: str = "") -> Reading:
    """Reads one text.

    `published` is the day it came out, a date or YYYY-MM-DD (weekdays and "yesterday" are counted from it; without it they stay unresolved),
    `lang` an ISO 639-1 code (detected when not given). Never raises for what a text holds: see `Reading.problems`. Raises `ValueError` when
    `published` is no day.
    """
    day = _day(published)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    report = Report(
        id=report_id(sha256=digest, publisher=publisher),
        text=text,
        language=lang or "",
        published=Published(day, PublishedBasis.GIVEN) if day else Published(),
        publisher=publisher,
        sha256=digest,
    )
    return read_report(report, Settings(languages=(lang,) if lang else ()))


def _day(given: date | str | None) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ValueError(f"published='{given}' is no day of the calendar ({error}); write it as YYYY-MM-DD") from None


@uncollected()
def read_report(report: Report, settings: Settings = _DEFAULTS) -> Reading:
    """Everything that one report alone tells."""
    language, problems = choose_language(report, among=settings.languages)
    if not language:
        return Reading(report, problems=problems)
    report = replace(report, language=language)
    surface = smoothed(report, load_pack(language))
    claims, events = surface.back(*_told(surface.report, settings))
    return Reading(report, claims, events, problems)


def _told(written: Report, settings: Settings) -> tuple[list[Claim], list[EventMention]]:
    """The claims and happenings of a report that knows its language."""
    gazetteer = _gazetteer(settings.gazetteer_layers)
    is_place = partial(_is_place, gazetteer)
    report = replace(written, text=_spelled(written, is_place))
    passages: list[tuple[Extraction, Pack]] = []
    starts: list[int] = []
    named: list[Toponym] = []
    dated: list[TimeExpression] = []
    for document in normalise_passages(report, load_pack(report.language)):
        pack = load_pack(document.passages[0].language)  # each passage is read in its own language
        parts = []
        found: list[TimeExpression] = []
        for window in windows(document):
            part = parse_document(window, pack)
            extraction = extract(part, is_place=is_place)
            passages.append((extraction, pack))
            found += extraction.times
            starts.append(window.sentences[0].start if starts else 0)
            parts.append(replace(part, clauses=()))  # the largest part of a parse: nothing below looks at it
        named += shifted(find_toponyms(join(document, parts), gazetteer), by=len(named))
        dated += resolve_times(found, report.text, published=report.published, pack=pack)
    resolver = name_resolver(settings.sources)
    about = countries_of(((found.claims, found.events) for found, _ in passages), resolver) if named else ()
    located = with_points(resolve_places(named, gazetteer, context_countries=about), named, report.text)
    places = _by_window(located, starts)
    times = _by_window(dated, starts)
    claims: list[Claim] = []
    events: list[EventMention] = []
    for (extraction, pack), here, then in zip(passages, places, times, strict=True):
        told, happenings = resolve_happenings(
            resolve_voices(
                without_place_heads(extraction.claims, report.text, here),
                report.text,
                pack,
                named=extraction.names,
                subjects=extraction.subjects,
            ),
            extraction,
            text=report.text,
            places=here,
            times=then,
            published=report.published.day,
        )
        claims += told
        events += happenings
    claims, events = resolve_names(
        claims,
        events,
        report.text,
        resolver,
        countries={p.country for p in located if p.precision is not PlacePrecision.COUNTRY},
    )
    if report.text != written.text:
        claims, events = list(as_written(tuple(claims), written.text)), list(as_written(tuple(events), written.text))
    return claims, events


def _is_place(gazetteer: Gazetteer, word: str) -> bool:
    """Is there a place of that name?"""
    return bool(gazetteer.hits(fold_name(word)))


def _spelled(report: Report, is_place: Callable[[str], bool]) -> str:
    """The text of a report as it is read: letter for letter, with the accents and capitals that it lacks."""
    return spelled_out(report.text, load_pack(report.language), is_place=is_place)


def reading_runner(jobs: int, *, large: bool = False) -> Runner:
    """Who reads reports (`large`: partitions of them): this process, or so many of them, each with the user's words laid over the packs."""
    return runner_for(jobs, ready_to_read(), large=large)


def ready_to_read() -> Callable[[], object]:
    """What a process does before it reads: lay the user's words over the packs, as they lie here."""
    return partial(install_layers, installed_layers())


def settle(readings: Iterable[Reading], *, decisions: Sequence[Decision] = ()) -> "Settling":
    """What reports say together: which of their claims are about one happening (`.events()`), and which reports are `.copies`.

    With `.change(…)` of the result reports come and go, and only what they share keys with is compared again; the happenings and copies are those
    of settling everything at once, in whatever order it came. `decisions` are all that analysts took so far: merges and splits are kept to.
    """
    from ondit.gather.settling import Settling

    settling = Settling()
    settling.change(readings, decisions=decisions)
    return settling


def weigh_all(
    events: Iterable[Event], readings: Iterable[Reading], sources: Mapping[str, Source] | None = None
) -> list[Event]:
    """The happenings with who agrees, who contradicts, independent origins, grades and second opinions.

    `readings` are those that the happenings were gathered from, `sources` the registry by id (camps, owners, letters).
    """
    from ondit.gather.traits import tellings
    from ondit.weigh import second_opinions

    told = {telling.event.id: telling for reading in readings for telling in tellings(reading)}
    return second_opinions(weigh_each(events, lambda event: [told[m] for m in event.mentions], sources or {}))


def weigh_each(
    events: Iterable[Event], told: Callable[[Event], Sequence[Telling]], sources: "Mapping[str, Source] | Known"
) -> Iterator[Event]:
    """One happening after the other weighed; `told` gives its tellings. Second opinions look at all of them and come afterwards."""
    from ondit.weigh import Known, weigh

    known = sources if isinstance(sources, Known) else Known.of(sources)
    for event in events:
        yield weigh(event, told(event), known)


def _by_window(found: Sequence[_Located], starts: Sequence[int]) -> list[list[_Located]]:
    """Places or times by the window that they stand in."""
    windows_: list[list[_Located]] = [[] for _ in starts]
    for thing in found:
        windows_[bisect_right(starts, thing.span.start) - 1].append(thing)
    return windows_


@lru_cache(maxsize=4)
def name_resolver(sources: tuple[Path, ...] = ()) -> NameResolver:
    """Resolves names against the shipped registry under the user's files, built once a process; `load_registry` tells what is wrong in them."""
    registry, _ = load_registry(sources)
    return NameResolver(registry)


@lru_cache(maxsize=4)
def _gazetteer(layers: tuple[Path, ...]) -> Gazetteer:
    return Gazetteer.open(over=layers)  # memory-mapped: opened once a process


def trace(report: Report, offset: int, settings: Settings = _DEFAULTS) -> list[Evidence]:
    """What the engine saw at a character of a report, for `ondit explain`: rules that fired there, or why none did."""
    language, _ = choose_language(report, among=settings.languages)
    if not language:
        return []
    surface = smoothed(replace(report, language=language), load_pack(language))
    spelled = replace(
        surface.report, text=_spelled(surface.report, partial(_is_place, _gazetteer(settings.gazetteer_layers)))
    )
    documents = normalise_passages(spelled, load_pack(language))
    at = surface.offset(offset)
    document = next((d for d in documents if at < d.passages[0].span.stop), documents[-1])
    pack = load_pack(document.passages[0].language)
    seen = trace_document(document, parse_document(document, pack), pack, at)
    return [replace(one, spans=tuple(map(surface.span, one.spans))) for one in seen]
