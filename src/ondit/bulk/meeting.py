"""Who is compared with whom: what shares a key meets in a block, blocks go to the partitions of their members, which compare.

Three kinds of things meet: tellings by time, place and kind; reports by their wording; reports by what they tell, in other languages.
A block that is too large is dropped for everybody, as on one machine.
"""

import json
import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ondit.bulk.intaking import Counts
from ondit.bulk.job import Job, Shelf, pack_wording, part_of, place_of, standing_in, unpack_reading
from ondit.bulk.rows import Post, RowFile, RowWriter, write_rows
from ondit.codec import encode_record
from ondit.gather import blocking
from ondit.gather.copies import alike
from ondit.gather.copies.alike import alike_in_words
from ondit.gather.copies.finding import (
    Wording,
    alike_in_telling,
    marks_of,
    told_of,
    translation_of,
    wording_of,
)
from ondit.gather.gathering import LINK, likenesses
from ondit.gather.traits import traits_of
from ondit.model import Copy

TELLINGS, WORDINGS, TOLD = range(3)
_KINDS = 3
_LARGEST = {TELLINGS: blocking.LARGEST, WORDINGS: alike.LARGEST, TOLD: alike.LARGEST}
PAIR = struct.Struct("<QQdd")
"""Two places, the smaller first, and how alike they are: a likeness; or for reports the part that they share, and of how many shingles."""

NEAR_COPY, PASSAGE, TRANSLATION, REPEAT = range(4)  # the order of a report's copies


def keys(job: Job, part: int) -> Counts:
    """Send each telling and each report that stands to the tasks of its keys."""
    readings = RowFile(job.file("readings", part))
    newest = {number for number, newest in standing_in(job, part).items() if newest}
    post, copies = Post(_KINDS * job.parts), Post(job.parts)
    tellings = claims = 0
    with RowWriter(job.file("traits", part)) as traits_file, RowWriter(job.file("wordings", part)) as wordings_file:
        for number in range(len(readings)):
            if number not in newest:
                traits_file.write(b"")
                wordings_file.write(b"")
                continue
            reading = unpack_reading(readings[number])
            claims += len(reading.claims)
            place = place_of(part, number)
            told, wording = traits_of(reading), wording_of(reading)
            traits_file.write(b"\n".join(map(encode_record, told)))
            wordings_file.write(pack_wording(wording))
            tellings += len(told)
            for at, traits in enumerate(told):
                _send_keys(job, post, TELLINGS, blocking.keys(traits), place + at)
            _send_keys(job, post, WORDINGS, marks_of(wording), place)
            _send_keys(job, post, TOLD, told_of(wording), place)
            if wording.repeats:
                send_copy(copies, wording.repeats, place, (REPEAT, "", ""))
    post.write(job.file("keys", part))
    copies.write(job.file("copies-within", part))
    return {"tellings": tellings, "claims": claims}


def _send_keys(job: Job, post: Post, kind: int, found: Iterable[int], place: int) -> None:
    for key in found:
        post.send(kind * job.parts + (key ^ key >> 32) % job.parts, array("Q", (key, place)).tobytes())


def meet(job: Job, part: int) -> Counts:
    """The blocks of the keys of this task, each sent to the partitions of its members."""
    post = Post(_KINDS * job.parts)
    blocks = 0
    for kind in range(_KINDS):
        members: dict[int, list[int]] = defaultdict(list)
        for row in job.received("keys", kind * job.parts + part):
            known = array("Q", row)
            for key, place in zip(known[::2], known[1::2], strict=True):
                members[key].append(place)
        for met in members.values():
            if 1 < len(met) <= _LARGEST[kind]:
                blocks += 1
                body = array("Q", (len(met), *met)).tobytes()
                for home in {part_of(place) for place in met}:
                    post.send(kind * job.parts + home, body)
    post.write(job.file("blocks", part))
    return {"blocks": blocks}


def compare(job: Job, part: int) -> Counts:
    """Compare what met, each pair where the smaller of its places is; keep what is alike, and tell who is linked to whom."""
    shelf, links = Shelf(job), Post(2 * job.parts)
    tellings = _alike_tellings(job, part, shelf, links)
    reports = _alike_reports(job, part, shelf, links)
    write_rows(job.file("pairs", part), (tellings, reports))
    links.write(job.file("links-000", part))
    _translations(job, part, shelf).write(job.file("copies-translated", part))
    return {"alike": len(tellings) // PAIR.size}


def _alike_tellings(job: Job, part: int, shelf: Shelf, links: Post) -> bytes:
    pairs = bytearray()
    for own, others in _beside(job, part, TELLINGS).items():
        for other in sorted(others):
            a, b = sorted((shelf.traits(own), shelf.traits(other)), key=lambda t: t.id)
            for _, found in likenesses(a, (b,)):
                pairs += PAIR.pack(own, other, found, 0.0)
                if found >= LINK:
                    link(job, links, 0, own, other)
    return bytes(pairs)


def _alike_reports(job: Job, part: int, shelf: Shelf, links: Post) -> bytes:
    pairs = bytearray()
    for own, met in _beside(job, part, WORDINGS).items():
        for other, shared in sorted(met.items()):
            a, b = _by_report(shelf, own, other)
            for same in alike_in_words(a.print, ((b.print, shared),)):
                pairs += PAIR.pack(own, other, same.part, same.shared)
                if same.near:
                    link(job, links, 1, own, other)
    return bytes(pairs)


def _translations(job: Job, part: int, shelf: Shelf) -> Post:
    post = Post(job.parts)
    for own, met in _beside(job, part, TOLD).items():
        for other, shared in sorted(met.items()):
            a, b = _by_report(shelf, own, other)
            same = alike_in_telling(a, b, shared)
            places = {shelf.wording(place).print.report: place for place in (own, other)}
            prints = {wording.print.report: wording.print for wording in (a, b)}
            for copy in translation_of(same, prints) if same else ():
                send_copy(post, copy, places[copy.report], (TRANSLATION, a.print.report, b.print.report))
    return post


def _beside(job: Job, part: int, kind: int) -> Mapping[int, Counter[int]]:
    """For each thing of this partition those of larger places that it met, and how often."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for row in job.received("blocks", kind * job.parts + part):
        for met in _blocks(array("Q", row)):
            met.sort()
            for at, own in enumerate(met):
                if part_of(own) == part:
                    found[own].update(met[at + 1 :])
    return found


def _blocks(row: "array[int]") -> Iterator[list[int]]:
    at = 0
    while at < len(row):
        stop = at + 1 + row[at]
        yield list(row[at + 1 : stop])
        at = stop


def _by_report(shelf: Shelf, own: int, other: int) -> tuple[Wording, Wording]:
    """Two wordings in the order of the reports' ids."""
    a, b = sorted((shelf.wording(own), shelf.wording(other)), key=lambda w: w.print.report)
    return a, b


def send_copy(post: Post, copy: Copy, place: int, order: tuple[int, str, str]) -> None:
    """Send a copy to the partition of the report that is one; `order` is its place among those of the report."""
    line = json.dumps([place, *order, encode_record(copy).decode()])
    post.send(part_of(place), line.encode() + b"\n")


def link(job: Job, post: Post, graph: int, a: int, b: int) -> None:
    """Tell the homes of both that they are linked; graph 0 is that of tellings, 1 that of reports."""
    edge = array("Q", (a, b)).tobytes()
    for home in {part_of(a), part_of(b)}:
        post.send(graph * job.parts + home, edge)
