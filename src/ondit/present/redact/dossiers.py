"""A dossier with names and exact places taken out of everything in it, and an account of what was taken out that names nobody."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as with_fields
from typing import Any
from urllib.parse import unquote

from ondit.model import Event, Place, Reading, Source, SourceKind, Span
from ondit.model.records import replace
from ondit.present.formats.dossier import Dossier
from ondit.present.redact.persons import parts_of, private_persons
from ondit.present.redact.places import coarsened, fine_names
from ondit.present.redact.profiles import Profile, Redaction, WrongRedaction
from ondit.present.redact.rewriting import Rewriter, Rewriting, moved, spliced
from ondit.text.folding import fold_name

_OUTLETS = (SourceKind.MEDIA, SourceKind.SOCIAL_CHANNEL)
_ANALYST = "analyst:"
_ID = re.compile(r"\b[rcehd][0-9a-f]{16}\b")
_CAPITALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w'’-]*\s+)*[^\W\d_a-zß-öø-ÿ][\w'’-]*$")
LIMITS = (
    "Names are found by lists of given names, by titles, and where somebody speaks or suffers; one that nothing shows to be a name stays: read before you publish, and name it with --redact-names.",
    "A place that was not read as one stays.",
    "A name written in another script, or otherwise than by case, accents, blanks and marks, is another name.",
    "Persons in the registry are public figures and stay.",
    "Words that are quoted can be searched for; dates, figures and offices may tell who somebody is.",
)


def redact(dossier: Dossier, redaction: Redaction, *, file: str = "") -> Dossier:
    """The dossier without what `redaction` names. Originals, decisions and removals are left away: they hold or lead to the names.

    `file` is the name of the file that is to be written; raises `WrongRedaction` when a name that is taken out stands in it.
    """
    readings = list(dossier.readings.values())
    names = _names(dossier, readings, redaction)
    rewriter = Rewriter(names)
    if rewriter.holds(file):
        raise WrongRedaction("the name of the file has a name in it that is to be taken out; write to another one")
    sources = Profile.SOURCES in redaction.what
    redone = [_reading(reading, rewriter, redaction) for reading in readings]
    places = {m.id: m.places for reading in redone for m in reading.events}
    events = [_event(event, rewriter, redaction, places) for event in dossier.events]
    copies = [Rewriting(_string(rewriter)).apply(copy) for copy in dossier.copies]
    if sources:
        ids = _Ids(redaction)
        redone = [ids.apply(reading) for reading in redone]
        events = [ids.apply(event) for event in events]
        copies = [ids.apply(copy) for copy in copies]
    made = with_fields(
        dossier,
        events=tuple(events),
        readings={reading.report.id: reading for reading in redone},
        sources=_sources(dossier, readings, rewriter),
        copies=tuple(copies),
        decisions=(),
        as_read={},
        originals={},
        removed=(),
        filters={name: rewriter.text(value) for name, value in dossier.filters.items()},
    )
    return with_fields(made, redacted=_account(names, rewriter, redaction))


def redacted_names(dossier: Dossier, redaction: Redaction) -> frozenset[str]:
    """Every name and part of a name that is taken out."""
    return frozenset(_names(dossier, list(dossier.readings.values()), redaction))


def _names(dossier: Dossier, readings: Sequence[Reading], redaction: Redaction) -> dict[str, str]:
    """What is taken out and its pseudonym."""
    outlets, places = _outlets(dossier, readings), fine_names(readings, dossier.events)
    persons = list(redaction.names)
    if Profile.PERSONS in redaction.what:
        registered = [n for s in dossier.sources.values() if s.kind is not SourceKind.PERSON for n in s.names]
        known = (*outlets, *places, *_division_names(readings), *registered)
        persons += private_persons(readings, dossier.sources, known)
    wanted: list[tuple[str, str, str]] = []  # kind, name, the name whose pseudonym it gets
    if Profile.SOURCES in redaction.what:
        wanted += [("source", name, whole) for name, whole in outlets.items()]
    if Profile.PLACES in redaction.what:
        wanted += [("place", name, name) for name in places]
    wanted += [("person", name, name) for name in persons]
    taken = {fold_name(name) for name in (*outlets, *places)} - {fold_name(n) for n in persons}
    parts = [(part, name) for name in persons for part in parts_of(name)]
    wanted += [("person", part, name) for part, name in parts if fold_name(part) not in taken]
    keep = {fold_name(name) for name in redaction.keep} | {""}
    found: dict[str, str] = {}
    for kind, name, whole in wanted:
        if fold_name(name) not in keep:
            found.setdefault(name, redaction.pseudonym(kind, whole))
    return found


def _division_names(readings: Iterable[Reading]) -> set[str]:
    return {name for r in readings for m in r.events for p in m.places for name in (p.name, p.text, *p.admin) if name}


def _outlets(dossier: Dossier, readings: Iterable[Reading]) -> dict[str, str]:
    """Names of outlets and channels with the name that stands for all spellings."""
    found: dict[str, str] = {}
    published = {name for r in readings for name in (r.report.publisher, r.report.forwarded_from) if name}
    spoken = {v.source_id for r in readings for c in r.claims for v in c.chain if v.source_id}
    for source in dossier.sources.values():
        if source.kind in _OUTLETS and (source.id in spoken or published & {source.name, *source.names}):
            found.update(dict.fromkeys((source.name, *source.names), source.name))
    for name in sorted(published):
        found.setdefault(name, name)
    for reading in readings:
        for voice in (v for c in reading.claims for v in c.chain if v.kind in _OUTLETS):
            for name in _proper(voice.text):
                found.setdefault(name, name)
    return found


def _proper(words: str) -> Iterator[str]:
    """What of the words for an outlet is a name: the words with capitals at their end, or all of them where there is no case."""
    if not any(char.isupper() or char.islower() for char in words):
        yield words
    elif (found := _CAPITALS.search(words)) and len(found.group().split()) > 1:
        yield found.group()


def _string(rewriter: Rewriter) -> Callable[[str], str]:
    def text(value: str) -> str:
        return "analyst" if value.startswith(_ANALYST) else rewriter.text(value)

    return text


def _reading(reading: Reading, rewriter: Rewriter, redaction: Redaction) -> Reading:
    """A report and what was read in it; its text is rewritten, so every span moves."""
    report = reading.report
    cuts = rewriter.cuts(report.text)
    rewriter.text(report.text)  # counted once
    after = spliced(report.text, cuts)

    def as_in_text(was: Any, now: Any) -> Any:
        """Words that stand in the text are those of the text afterwards."""
        span = getattr(was, "span", None)
        told = isinstance(span, Span) and hasattr(was, "text") and was.text == span.of(report.text)
        return replace(now, text=now.span.of(after)) if told else now

    rewriting = Rewriting(_string(rewriter), moved(cuts), _before(redaction), as_in_text)
    redone: Reading = rewriting.apply(with_fields(reading, report=with_fields(report, text="")))
    head = redone.report
    changed: dict[str, Any] = {
        "text": after,
        "sha256": "",
        "retrieved": "",
        "url": _address(report.url, rewriter),
        "native_id": _address(report.native_id, rewriter),
    }
    if Profile.PERSONS in redaction.what and report.author:
        changed["author"] = redaction.pseudonym("person", report.author)
    if Profile.SOURCES in redaction.what:
        changed |= {"url": "", "native_id": "", "reply_to": "", "author": ""}
    return with_fields(redone, report=with_fields(head, **changed))


def _address(address: str, rewriter: Rewriter) -> str:
    """An address that has a name in it leads to it, even with the name cut out."""
    return "" if rewriter.holds(address) or rewriter.holds(unquote(address)) else address


def _before(redaction: Redaction) -> Callable[[Any], Any]:
    """What is done to a record before its texts: places are made coarse where that is asked for."""
    coarse = Profile.PLACES in redaction.what
    return lambda thing: coarsened(thing) if coarse and isinstance(thing, Place) else thing


def _event(event: Event, rewriter: Rewriter, redaction: Redaction, places: Mapping[str, tuple[Place, ...]]) -> Event:
    redone: Event = Rewriting(_string(rewriter), before=_before(redaction)).apply(event)
    if redone.place is None:
        return redone
    # The span is of one of its reports: the rewritten place of that report has it.
    own = next((p for m in event.mentions for p in places.get(m, ()) if p.text == redone.place.text), None)
    return with_fields(redone, place=replace(redone.place, span=own.span if own else Span(0, 0)))


def _sources(dossier: Dossier, readings: Iterable[Reading], rewriter: Rewriter) -> dict[str, Source]:
    """The entries that the readings speak of; an entry whose names are taken out has its pseudonym alone."""
    ids = {v.source_id for r in readings for c in r.claims for v in c.chain} | {
        a.registry_id for r in readings for m in r.events for a in m.actors
    }
    found: dict[str, Source] = {}
    for id_ in sorted(filter(None, ids)):
        source = dossier.sources.get(id_)
        if source is None:
            continue
        if any(rewriter.holds(name) for name in (source.name, *source.names)):
            name = rewriter.text(source.name)
            source = with_fields(source, name=name, names=(), owner="", ratings=())
        found[rewriter.text(id_)] = with_fields(source, id=rewriter.text(id_))
    return found


class _Ids:
    """Gives every id of a report, claim, mention or happening another one: from the old ones, texts could be recognised."""

    def __init__(self, redaction: Redaction) -> None:
        self._redaction = redaction

    def apply(self, thing: Any) -> Any:
        """A record with its ids replaced, in texts as well."""
        return Rewriting(self._text).apply(thing)

    def _text(self, value: str) -> str:
        return _ID.sub(lambda found: self._redaction.id(found.group()), value)


def _account(names: Mapping[str, str], rewriter: Rewriter, redaction: Redaction) -> dict[str, object]:
    """What was taken out, in numbers."""
    kinds = ("person", "place", "source")
    pseudonyms = {kind: {p for p in names.values() if p.startswith(f"{kind}-")} for kind in kinds}
    return {
        "profiles": sorted(profile.value for profile in redaction.what),
        "names_taken_out": {f"{kind}s": len(pseudonyms[kind]) for kind in kinds},
        "occurrences": {f"{kind}s": sum(n for p, n in rewriter.found.items() if p in pseudonyms[kind]) for kind in kinds},
        "names_given_by_hand": len(redaction.names),
        "also_left_away": ["originals", "decisions", "removals", "hashes of texts", "names of analysts", "addresses with a name in them"],
        "key": "given: the same name has the same pseudonym in every export made with it" if redaction.own_key else "made for this export and not kept: pseudonyms link nothing outside it",
        "limits": list(LIMITS),
    }  # fmt: skip
