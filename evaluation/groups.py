"""Adapter of `groups`: the reports of `claims` that tell of one happening, read by ondit's own engine and settled together.

A happening of the list that the annotators made stands for what is read where their claims about it are: the happening of the report whose claims
overlap most with theirs. Pairs of such happenings in two reports are judged; a near miss is a pair of two happenings that the list says must stay apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import yaml

from evaluation.bench import Row, as_day, bench_folder
from ondit.languages import available_languages
from ondit.model import Reading
from ondit.pipeline import read, settle

_GROUPS = "claims/groups.yaml"
Told = tuple[str, str]  # a report and the key of one of its happenings


def conceal(rows: Sequence[Row]) -> list[Row]:
    """Nothing more to take away."""
    return list(rows)


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The claims of each report with the happening that they are about across reports."""
    readings = [_read(row) for row in rows]
    happenings = {m: event.id for event in settle(readings).events() for m in event.mentions}
    return [
        {
            "id": row["id"],
            "claims": [
                {"content": [c.content.start, c.content.stop], "event": happenings[c.event]}
                for c in reading.claims
                if c.event
            ],
        }
        for row, reading in zip(rows, readings, strict=True)
    ]


def _read(row: Row) -> Reading:
    language = row.get("lang")
    known = language if language in available_languages() else None
    return read(row["text"], published=as_day(row.get("published")), lang=known, publisher=row.get("outlet") or "")


def score(gold: Sequence[Row], found: Mapping[str, Row], _texts: Sequence[Row]) -> list[tuple[str, float | None]]:
    """Pairwise precision, recall and F1 over the listed happenings, and the share of near misses that stay apart."""
    told = {row["id"]: _read_for(row, found[row["id"]]) for row in gold}
    listed = yaml.safe_load((bench_folder() / _GROUPS).read_text(encoding="utf-8"))
    happening = {key: name for key, name in _listed(listed["groups"]) if key[0] in told}
    both = same = right = 0
    for a, b in combinations(sorted(happening), 2):
        if a[0] == b[0]:
            continue  # what one report tells apart is reading, not gathering
        one, other = told[a[0]].get(a[1]), told[b[0]].get(b[1])
        joined = one is not None and one == other
        both += joined and happening[a] == happening[b]
        same += joined
        right += happening[a] == happening[b]
    precision, recall = (both / same if same else None), (both / right if right else None)
    f1 = 2 * both / (same + right) if same + right else None
    apart = [
        told[a[0]].get(a[1]) != told[b[0]].get(b[1])
        for a, b in _near_misses(listed["near_misses"])
        if a[0] in told and b[0] in told
    ]
    return [
        ("pairwise precision", _percent(precision)),
        ("pairwise recall", _percent(recall)),
        ("pairwise F1", _percent(f1)),
        ("near misses apart", _percent(sum(apart) / len(apart) if apart else None)),
    ]


def _percent(value: float | None) -> float | None:
    return None if value is None else 100.0 * value


def _listed(groups: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Told, str]]:
    for group in groups:
        for happening in group["happenings"]:
            for report, keys in happening["events"].items():
                yield from (((report, key), f"{group['id']} {happening['key']}") for key in keys)


def _near_misses(near: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Told, Told]]:
    for case in near:
        for pair in case.get("events", ()):
            one, other = (name.partition(".") for name in pair)
            yield (one[0], one[2]), (other[0], other[2])


def _read_for(gold: Row, found: Row) -> dict[str, str]:
    """For each annotated happening of a report the happening across reports that was read there."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for claim in gold["claims"]:
        if claim.get("event"):
            spans[claim["event"]].append(tuple(claim["content"]))
    best: dict[str, str] = {}
    for key, contents in spans.items():
        overlap: Counter[str] = Counter()
        for claim in found["claims"]:
            start, stop = claim["content"]
            overlap[claim["event"]] += sum(max(0, min(stop, last) - max(start, first)) for first, last in contents)
        if overlap and (most := max(overlap, key=lambda event: (overlap[event], event))) and overlap[most]:
            best[key] = most
    return best
