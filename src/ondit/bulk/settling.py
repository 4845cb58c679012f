"""What reports say together, each connected part where its smallest place is: families of copies, happenings, and their weight."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ondit import pipeline
from ondit.bulk.intaking import Counts
from ondit.bulk.job import Job, Shelf, lines_of, part_of, place_of, report_in, report_place, standing_in
from ondit.bulk.joining import neighbours, parts_of
from ondit.bulk.meeting import NEAR_COPY, PAIR, PASSAGE, send_copy
from ondit.bulk.rows import Folder, Post, RowFile, write_rows
from ondit.codec import decode_record, encode_record
from ondit.gather.copies.alike import Alike
from ondit.gather.copies.finding import telling
from ondit.gather.copies.originals import copies_of, passages_of
from ondit.gather.events import event_of
from ondit.gather.gathering import grouped, in_time
from ondit.gather.traits import tellings
from ondit.model import Copy, Event, FieldStatus, Source, Telling
from ondit.weigh import second_opinions

_COPIES = ("copies-within", "copies-translated", "copies-found")


def find_copies(job: Job, part: int, steps: int) -> Counts:
    """Families of copies, each with its original, and passages taken over; each copy is sent to the partition of its report."""
    shelf = Shelf(job)
    families = parts_of(job, part, 1, steps)
    root = {place: first for first, places in families.items() for place in places}
    near: dict[int, dict[str, dict[str, Alike]]] = defaultdict(lambda: defaultdict(dict))
    passages: list[tuple[int, int, Alike]] = []
    for a, b, share, shared in _pairs(job, part, 1):
        left, right = sorted((_id(shelf, a), _id(shelf, b)))
        alike = Alike(left, right, share, round(shared))
        if alike.near:
            near[root[a]][left][right] = near[root[a]][right][left] = alike
        elif root.get(b, b) != root.get(a, a):
            passages.append((a, b, alike))
    post = Post(job.parts)
    for first, places in families.items():
        ids = {_id(shelf, place): place for place in places}
        prints = {id_: shelf.wording(place).print for id_, place in ids.items()}
        for copy in copies_of(sorted(ids), prints, near[first]):
            send_copy(post, copy, ids[copy.report], (NEAR_COPY, "", ""))
    for a, b, alike in passages:
        ids = {_id(shelf, place): place for place in (a, b)}
        prints = {id_: shelf.wording(place).print for id_, place in ids.items()}
        for copy in passages_of((alike,), prints):
            send_copy(post, copy, ids[copy.report], (PASSAGE, alike.left, alike.right))
    post.write(job.file("copies-found", part))
    return {"families": len(families)}


def _without_repetition(rows: Sequence[tuple[int, str, str, str]]) -> str:
    kept = set(telling(decode_record(row[3].encode(), Copy) for row in rows))
    return "\n".join(row[3] for row in rows if decode_record(row[3].encode(), Copy) in kept)


def sort_copies(job: Job, part: int) -> Counts:
    """The copies of each report of a partition, in their order: a row a report, a line a copy."""
    found: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    for kind in _COPIES:
        for row in job.received(kind, part):
            for line in row.splitlines():
                place, *rest = json.loads(line)
                found[report_in(place)].append(tuple(rest))
    reports = len(RowFile(job.file("readings", part)))
    write_rows(job.file("copies", part), (_without_repetition(sorted(found[n])).encode() for n in range(reports)))
    return {"copies": sum(map(len, found.values()))}


def group(job: Job, part: int, steps: int) -> Counts:
    """The groups of the connected parts of this partition, each sent to the partition of its smallest place, so that all weigh."""
    shelf, post = Shelf(job), Post(job.parts)
    pairs: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b, likeness, _ in _pairs(job, part, 0):
        pairs[a].append((b, likeness))
    groups = 0
    for places in _connected(job, part, steps, shelf):
        for members, inside in _groups(places, pairs, shelf):
            post.send(part_of(members[0]), json.dumps([members, inside]).encode() + b"\n")
            groups += 1
    post.write(job.file("grouped", part))
    return {"groups": groups}


def settle(job: Job, part: int) -> Counts:
    """The happenings of the groups of this partition, weighed; and for each report which claim is about which."""
    shelf, desk = Shelf(job), _Desk(job)
    found: list[tuple[Event, dict[str, int]]] = []
    for row in job.received("grouped", part):
        found += (_happening(places, inside, shelf, desk) for places, inside in lines_of(row))
    found.sort(key=lambda one: in_time(one[0]))
    sources = registry_of(job.settings.sources)
    places_of = {event.id: homes for event, homes in found}

    def told(event: Event) -> list[Telling]:
        readings = [shelf.reading(places_of[event.id][report]) for report in event.reports]
        by_id = {t.event.id: t for reading in readings for t in tellings(reading)}
        return [by_id[mention] for mention in event.mentions]

    events = list(pipeline.weigh_each((event for event, _ in found), told, sources))
    write_rows(job.file("events", part), map(encode_record, events))
    write_rows(job.file("event-places", part), (json.dumps(places_of[e.id]).encode() for e in events))
    write_rows(job.file("voted", part), (encode_record(slim) for slim in map(_slim, events) if slim.fields))
    post = Post(job.parts)
    for event in events:
        claims = set(event.claims)
        for report, place in places_of[event.id].items():
            own = [c for t in shelf.tellings_in(place) if t.report == report for c in t.claims if c in claims]
            post.send(part_of(place), json.dumps([report_in(place), event.id, own]).encode() + b"\n")
    post.write(job.file("told", part))
    return {"events": len(events), "shared": sum(len(e.reports) > 1 for e in events)}


def second(job: Job) -> Counts:
    """Second opinions, which look at all happenings that several origins tell of."""
    events: list[tuple[Event, int]] = []
    for part in range(job.parts if job.opinions else 0):
        rows = RowFile(job.file("voted", part))
        events += ((decode_record(rows[n], Event), part) for n in range(len(rows)))
        rows.close()
    events.sort(key=lambda one: in_time(one[0]))
    post = Post(job.parts)
    for event, (_, part) in zip(second_opinions(event for event, _ in events), events, strict=True):
        if event.opinions:
            post.send(part, encode_record(replace(event, fields=())) + b"\n")
    post.write(job.file("opinions", 0))
    return {"voted": len(events)}


def _slim(event: Event) -> Event:
    """What second opinions look at of a happening: the fields of which several origins tell, in the order of time."""
    fields = tuple(field for field in event.fields if field.status is not FieldStatus.SINGLE)
    return Event(event.id, event.type, (), (), (), interval=event.interval, fields=fields)


def events_of(job: Job, part: int) -> Iterator[tuple[Event, dict[str, int]]]:
    """The happenings of a partition as they were settled, the earliest first, with the places of their reports."""
    lines = RowFile(job.file("opinions", 0))[part].splitlines()
    opinions = {e.id: e.opinions for e in (decode_record(line, Event) for line in lines)}
    rows, places = RowFile(job.file("events", part)), RowFile(job.file("event-places", part))
    for n in range(len(rows)):
        event = decode_record(rows[n], Event)
        yield replace(event, opinions=opinions.get(event.id, ())), json.loads(places[n])


class _Desk:
    """The copies of each report, at any place."""

    def __init__(self, job: Job) -> None:
        copies = Folder(job.folder / "copies")

        def look(place: int) -> Sequence[Copy]:
            return [decode_record(line, Copy) for line in copies[part_of(place)][report_in(place)].splitlines()]

        self.copies = lru_cache(10_000)(look)


def _pairs(job: Job, part: int, graph: int) -> Iterator[tuple[int, int, float, float]]:
    for row in job.received("routed", graph * job.parts + part):
        yield from PAIR.iter_unpack(row)


def _id(shelf: Shelf, place: int) -> str:
    return shelf.wording(place).print.report


def _connected(job: Job, part: int, steps: int, shelf: Shelf) -> Iterator[list[int]]:
    """The places of tellings that hang together, and those that stand alone."""
    linked = _hanging(job, part, steps)
    several = parts_of(job, part, 0, steps)
    for number, newest in standing_in(job, part).items():
        report = place_of(part, number)
        for at in range(len(shelf.tellings_in(report)) if newest else 0):
            if report + at not in linked:
                yield several.get(report + at, [report + at])


def _hanging(job: Job, part: int, steps: int) -> set[int]:
    """The tellings of this partition that belong to a part which is settled where its smallest place is."""
    return {own for own, beside in neighbours(job, part, 0, steps).items() if min(beside) < own}


def _groups(
    places: Sequence[int], pairs: Mapping[int, Iterable[tuple[int, float]]], shelf: Shelf
) -> Iterator[tuple[list[int], list[tuple[int, int, float]]]]:
    """The groups of one connected part, their places in order, and how alike those of a group are."""
    traits = {own.id: own for own in map(shelf.traits, places)}
    ids = dict(zip(places, traits, strict=True))
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    for a in places:
        for b, likeness in pairs.get(a, ()):
            if b in ids:
                alike[ids[a]][ids[b]] = alike[ids[b]][ids[a]] = likeness
    home = {id_: place for place, id_ in ids.items()}
    for members in grouped(sorted(traits), traits, alike):
        together = sorted(home[id_] for id_ in members)
        within = set(together)
        yield together, [(a, b, s) for a in together for b, s in pairs.get(a, ()) if b in within]


def _happening(
    places: Sequence[int], inside: Iterable[tuple[int, int, float]], shelf: Shelf, desk: _Desk
) -> tuple[Event, dict[str, int]]:
    """The happening of one group, with the places of its reports."""
    told = {place: shelf.traits(place) for place in places}
    traits = {own.id: own for own in told.values()}
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    for a, b, likeness in inside:
        alike[told[a].id][told[b].id] = alike[told[b].id][told[a].id] = likeness
    home = {own.report: report_place(place) for place, own in told.items()}
    event = event_of(sorted(traits), traits, alike)
    copies = (c for report in event.reports for c in desk.copies(home[report]) if c.original in home)
    return replace(event, copies=tuple(copies)), home


@lru_cache(maxsize=2)
def registry_of(files: tuple[Path, ...]) -> dict[str, Source]:
    """Who is who, by id."""
    return {source.id: source for source in pipeline.name_resolver(files).registry.values()}
