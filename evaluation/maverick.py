"""Adapter of `maverick`: which coded reports are of one event. Gathering's findings and those of the coded fields, weighted from labelled reports.

The weights are fitted by logistic regression on the Kenyan reports of the bench. A report that is itself among them is judged five-fold: by
weights that have seen no report of its event, nor of any event in the same fifth.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from evaluation.bench import Row, bench_folder, load_scorer, read_rows
from evaluation.grouping import group_numbers, percent
from ondit.gather import blocking
from ondit.gather.comparing import findings, km
from ondit.gather.traits import Figure, Point, Traits, stem, telling_word

LEARNT_FROM = "maverick/reports_kenya.jsonl"
_FOLDS = 5
_ONE_EVENT = 0.35
_WORTH = 0.02
_WORD = re.compile(r"\w+")
_SOURCE = re.compile(r"(.*?)\((\d{4}-\d\d-\d\d)\)\s*(.*)")
_RADIUS_KM = {2: 5.0, 3: 2.0, 4: 1.0, 5: 0.4, 6: 0.2}  # of geo_precision; 1 is the country
_APART_DAYS, _APART_KM = 4, 60.0
Pair = tuple[int, int]


def conceal(rows: Sequence[Row]) -> list[Row]:
    """Nothing more to take away."""
    return list(rows)


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """The event of each report."""
    known = read_rows(bench_folder() / LEARNT_FROM)
    weights = _Weights(known)
    folds = [weights.fold_of(row) for row in rows]
    pairs = list(_pairs(rows))
    likely = weights.judge(pairs, [_cases(rows[i], rows[j]) for i, j in pairs], folds)
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    names = [f"{i:06d}" for i in range(len(rows))]
    for (i, j), value in zip(pairs, likely, strict=True):
        if value > _WORTH:
            alike[names[i]][names[j]] = alike[names[j]][names[i]] = float(value)
    numbers = group_numbers(names, alike, _ONE_EVENT)
    return [{"id": row["id"], "cluster": str(number)} for row, number in zip(rows, numbers, strict=True)]


def score(gold: Sequence[Row], found: Mapping[str, Row], _texts: Sequence[Row]) -> list[tuple[str, float | None]]:
    """Pairwise precision, recall and F1 over all pairs of reports."""
    events = {row["id"]: row["event_id"] for row in gold}
    result = load_scorer("pairs").score(events, {name: row["cluster"] for name, row in found.items()})
    measures = (("pairwise precision", "pairs_P"), ("pairwise recall", "pairs_R"), ("pairwise F1", "pairs_F1"))
    return percent((measure, result[key]) for measure, key in measures)


class _Weights:
    """Weights of the cases, fitted on labelled reports without the fifths that are judged."""

    def __init__(self, known: Sequence[Row]) -> None:
        events = [row["event_id"] for row in known]
        self._pairs = list(_pairs(known))
        self._folds = [
            int(hashlib.md5(event.encode(), usedforsecurity=False).hexdigest(), 16) % _FOLDS for event in events
        ]
        self._fold_of = {_content(row): fold for row, fold in zip(known, self._folds, strict=True)}
        self._names = DictVectorizer()
        self._seen = self._names.fit_transform([_cases(known[i], known[j]) for i, j in self._pairs])
        self._same = np.array([events[i] == events[j] for i, j in self._pairs])

    def fold_of(self, row: Row) -> int | None:
        """The fifth of a report that is among the labelled ones, None for any other."""
        return self._fold_of.get(_content(row))

    def judge(
        self, pairs: Sequence[Pair], cases: Sequence[Mapping[str, int]], folds: Sequence[int | None]
    ) -> list[float]:
        """How likely each pair is of one event."""
        held: dict[frozenset[int | None], list[int]] = defaultdict(list)
        for n, (i, j) in enumerate(pairs):
            held[frozenset((folds[i], folds[j])) - {None}].append(n)
        likely = [0.0] * len(pairs)
        for out, numbers in held.items():
            found = self._model(out).predict_proba(self._names.transform([cases[n] for n in numbers]))[:, 1]
            for n, value in zip(numbers, found, strict=True):
                likely[n] = float(value)
        return likely

    def _model(self, out: frozenset[int | None]) -> LogisticRegression:
        rest = np.array([self._folds[i] not in out and self._folds[j] not in out for i, j in self._pairs])
        return LogisticRegression(max_iter=1000).fit(self._seen[rest], self._same[rest])


def _content(row: Row) -> str:
    return repr(sorted((key, value) for key, value in row.items() if key not in {"id", "event_id"}))


def _pairs(rows: Sequence[Row]) -> Iterator[Pair]:
    """Reports that share a block, unless days or kilometres keep them apart."""
    traits = [_traits(row) for row in rows]
    blocks: dict[int, list[int]] = defaultdict(list)
    for n, one in enumerate(traits):
        for key in blocking.keys(one):
            blocks[key].append(n)
    met = {pair for block in blocks.values() if len(block) <= blocking.LARGEST for pair in combinations(block, 2)}
    return (pair for pair in sorted(met) if _possible(traits[pair[0]], traits[pair[1]]))


def _possible(a: Traits, b: Traits) -> bool:
    if max((a.first or 0) - (b.last or 0), (b.first or 0) - (a.last or 0)) > _APART_DAYS:
        return False
    return not (a.points and b.points) or km(a.points[0], b.points[0]) <= _APART_KM


def _traits(row: Row) -> Traits:
    """A coded report as gathering compares it."""
    match = _SOURCE.match(row["source"])
    headline, day = (match[3], date.fromisoformat(match[2]).toordinal()) if match else (row["source"], None)
    where = row.get("location") or row.get("city") or ""
    pointed = row["geo_precision"] in _RADIUS_KM and row.get("latitude") is not None
    place = (
        (
            Point(
                f"{row.get('city') or where} {row['latitude']:.2f}",
                where,
                row["latitude"],
                row["longitude"],
                _RADIUS_KM[row["geo_precision"]],
            ),
        )
        if pointed
        else ()
    )
    figures = [
        Figure(what, row[f"{key}_low"], row[f"{key}_high"])
        for what, key in (("killed", "deaths"), ("injured", "injuries"))
        if row[f"{key}_best"]
    ]
    return Traits(
        id=row["id"],
        report=row["id"],
        type="riot",
        first=date.fromisoformat(row["date_start"]).toordinal(),
        last=date.fromisoformat(row["date_end"]).toordinal(),
        published=day,
        points=place,
        countries=frozenset([row["country"]]),
        figures=tuple(figures),
        actors=_actors(row),
        names=_words(headline),
        words=_words(f"{row.get('location') or ''} {row.get('city') or ''}"),
    )  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text) if telling_word(word, "en"))


def _actors(row: Row, part: str = "") -> frozenset[str]:
    named = (
        row[f"actor{i}"] for i in range(1, 7) if row.get(f"actor{i}") and (not part or row.get(f"actor{i}_{part}"))
    )
    return frozenset(actor for actor in named if not actor.startswith("Unknown"))


def _cases(a: Row, b: Row) -> dict[str, int]:
    """Names of everything that holds of a pair: gathering's findings, and whether the coded fields agree."""
    x, y = _traits(a), _traits(b)
    return dict.fromkeys((*(case for case, _ in findings(x, y)), *_coded(a, b, x, y)), 1)


def _coded(a: Row, b: Row, x: Traits, y: Traits) -> Iterator[str]:
    for field in (
        "event_context",
        "target",
        "election",
        "damage",
        "displacement",
        "source",
        "source_author",
        "city",
        "location",
    ):
        one, other = a.get(field), b.get(field)
        if one is not None and other is not None:
            yield f"{field}: " + ("unknown" if "Unknown" in {one, other} else "same" if one == other else "other")
    for part in ("", "perpetrator"):
        one, other = _actors(a, part), _actors(b, part)
        if one and other:
            yield f"actors {part}: " + ("same" if one == other else "some" if one & other else "none")
    for what in ("deaths", "injuries"):
        low, high = sorted((a[f"{what}_best"], b[f"{what}_best"]))
        yield f"{what}: " + (f"both {min(low, 6)}" if low == high else "one none" if low == 0 else "differ")
    yield f"precision: {min(a['geo_precision'], b['geo_precision'])}"
    same_day = a["date_start"] == b["date_start"] and a["date_end"] == b["date_end"]
    where = (
        "no point" if not (x.points and y.points) else "same point" if km(x.points[0], y.points[0]) < 1 else "elsewhere"
    )
    yield f"{'same days' if same_day else 'other days'}, {where}"
    yield f"{where}, " + ("same actors" if x.actors & y.actors else "other actors")
    yield f"{'same days' if same_day else 'other days'}, " + (
        "same source" if a["source"] == b["source"] else "other source"
    )
