"""Contradictions and updates across reports: read by the engine, gathered and weighed, against those that annotators listed by happening."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evaluation.bench import Row, as_day, bench_folder
from ondit.languages import available_languages
from ondit.model import Event, Reading
from ondit.pipeline import name_resolver, read, settle, weigh_all

Scores = list[tuple[str, float | None]]

_GROUPS = "claims/groups.yaml"
_SAME = 0.3  # overlap of contents (intersection over union) from which a claim is the annotators'
_RELATIONS = {"contradiction": "contested", "update": "updated"}
# What annotators call a figure, and the fields that can show it.
_FIELDS = {
    "killed": ("killed", "killed_perpetrators"),
    "killed soldiers": ("killed",),
    "injured": ("injured",),
    "missiles shot down": ("weapons",),
}
_OTHERS = ("happened", "perpetrator", "type", "withdrawal")


def conceal(rows: Sequence[Row]) -> Sequence[Row]:
    """Nothing to hide: the answers are in other files."""
    return rows


def predict_all(rows: Sequence[Row]) -> list[Row]:
    """For each report its happenings: where its claims about each stand, and what the reports together make of its fields."""
    readable = [row for row in rows if row["lang"] in available_languages()]
    readings = {row["id"]: _read(row) for row in readable}
    events = weigh_all(settle(readings.values()).events(), readings.values(), name_resolver().registry)
    home = {mention: (n, event) for n, event in enumerate(events) for mention in event.mentions}
    return [{"id": id_, "happenings": list(_happenings(reading, home))} for id_, reading in readings.items()]


def _read(row: Row) -> Reading:
    return read(
        row["text"], published=as_day(row.get("published")), lang=row["lang"], publisher=row.get("outlet") or ""
    )


def _happenings(reading: Reading, home: Mapping[str, tuple[int, Event]]) -> Iterator[Row]:
    for mention in reading.events:
        if mention.id in home:
            number, event = home[mention.id]
            spans = [[c.content.start, c.content.stop] for c in reading.claims if c.event == mention.id]
            yield {"event": number, "spans": spans, "fields": {f.field: f.status.value for f in event.fields}}


def score(gold: Sequence[Row], found: Mapping[str, Row], _rows: Sequence[Row]) -> Scores:
    """The share of listed contradictions and updates that some field shows (found), and shows as what it is (named)."""
    claims = {row["id"]: row["claims"] for row in gold}
    judged = [
        _judge(figure, _fields_of(happening, claims, found))
        for group in _groups()
        for happening in group["happenings"]
        for figure in group.get("figures", ())
        if figure["of"] == happening["key"] and figure["relation"] in _RELATIONS
        if all(report in found for report in happening["events"])
    ]
    count = len(judged)
    if not count:
        return [("listed contradictions and updates", 0.0), ("found", None), ("found and named", None)]
    return [
        ("listed contradictions and updates", float(count)),
        ("found", 100.0 * sum(f for f, _ in judged) / count),
        ("found and named", 100.0 * sum(n for _, n in judged) / count),
    ]


def _groups() -> list[Row]:
    import yaml

    table: dict[str, list[Row]] = yaml.safe_load((bench_folder() / _GROUPS).read_text(encoding="utf-8"))
    return table["groups"]


def _fields_of(happening: Row, claims: Mapping[str, Sequence[Row]], found: Mapping[str, Row]) -> Mapping[str, str]:
    """The fields of the gathered event that most tellings of an annotated happening went to."""
    counted: Counter[int] = Counter()
    fields: dict[int, Mapping[str, str]] = {}
    for report, keys in happening["events"].items():
        for telling in found[report]["happenings"]:
            if _meant(telling, claims.get(report, ())) in keys:
                counted[telling["event"]] += 1
                fields[telling["event"]] = telling["fields"]
    return fields[counted.most_common(1)[0][0]] if counted else {}


def _meant(telling: Row, annotated: Sequence[Row]) -> str | None:
    """The annotated happening that most claims of a telling are about."""
    votes: dict[str, int] = defaultdict(int)
    for span in telling["spans"]:
        best = max(annotated, key=lambda claim: _overlap(span, claim["content"]), default=None)
        if best and best["event"] and _overlap(span, best["content"]) >= _SAME:
            votes[best["event"]] += 1
    return max(votes, key=votes.__getitem__) if votes else None


def _overlap(a: Sequence[int], b: Sequence[int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def _judge(figure: Row, fields: Mapping[str, str]) -> tuple[bool, bool]:
    shown = [fields.get(name) for name in _FIELDS.get(figure["what"], _OTHERS)]
    return any(s in _RELATIONS.values() for s in shown), _RELATIONS[figure["relation"]] in shown
