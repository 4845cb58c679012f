"""From predictions to figures, by the scorers of the bench."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from evaluation.bench import Row, as_day, bench_folder, load_scorer, read_rows
from evaluation.figures import MAIN, Figure
from evaluation.predicting import predict_rows
from evaluation.sets import SETS, Set, parts_of

# Measured, never read and never tuned on (bench/README.md names them).
DEVTEST = frozenset(
    [
        "fr12",
        "en04",
        "en12",
        "ar08",
        "dar04",
        "dar08",
        "dar12",
        "dar16",
        "den04",
        "den08",
        "den12",
        "dfr04",
        "dfr08",
        "dfr12",
        "dfr16",
    ]
)
SEED = "fr00"

_CLAIMS = {
    "claim F1@0.5": ("claim.5", "F1"),
    "who said it F1": ("who.5", "F1"),
    "chain exact": ("chain", "value"),
    "chain exact, nested": ("chain2", "value"),
    "anaphoric, resolved": ("resolved", "value"),
    "stance macro-F1": ("stance_macro", "value"),
    "event type": ("type", "value"),
    "happening": ("happening", "value"),
    "when F1": ("when", "F1"),
    "where@25 km F1": ("where25", "F1"),
    "counts F1, all": ("counts_all", "F1"),
    "equipment F1": ("equipment", "F1"),
    "actors F1": ("actors", "F1"),
    "record all right F1": ("record", "F1"),
}


def score_set(known: Set, part: str = "", *, processes: int = 1, quiet: bool = False) -> list[Figure]:
    """Predict the development split of a set (one part or all of it) and score it."""
    figures = []
    for name in parts_of(known, part):
        texts = development_rows(known, name)
        predictions = predict_rows(known.name, texts, processes=processes, quiet=quiet)
        figures += score_rows(known, name, gold_rows(known, name, texts), predictions, texts)
    return figures


def development_rows(known: Set, part: str) -> list[Row]:
    """The texts of a split that ondit has a language pack for."""
    from ondit.languages import available_languages

    rows = read_rows(bench_folder() / known.text_file(part), named=known.named)
    return [row for row in rows if row.get("lang", "en") in available_languages()]


def gold_rows(known: Set, part: str, texts: Sequence[Row]) -> list[Row]:
    """The answers to `texts`."""
    ids = {row[known.about] for row in texts}
    return [row for row in read_rows(bench_folder() / known.gold_file(part)) if row.get(known.about, row["id"]) in ids]


def score_rows(
    known: Set, part: str, gold: Sequence[Row], predictions: Sequence[Row], texts: Sequence[Row]
) -> list[Figure]:
    """Score predictions against gold; `texts` are the rows that were read."""
    by_id = {row["id"]: row for row in predictions}
    if known.name == "claims":
        return _score_claims(gold, by_id, texts)
    name = f"{known.name}/{part}" if part else known.name
    if known.together:
        return [Figure(name, measure, value) for measure, value in known.module().score(gold, by_id, texts)]
    return [Figure(name, measure, value) for measure, value in _SCORERS[known.name](gold, by_id)]


def with_antecedents(
    gold: Sequence[Row], predictions: Mapping[str, Row], texts: Sequence[Row]
) -> tuple[dict[str, Row], dict[str, Row]]:
    """Gold and predictions by id, with the words of each antecedent, as the scorer's own command fills them in."""
    words = {row["id"]: row["text"] for row in texts}
    truth = {row["id"]: row for row in gold}
    found = {t: predictions.get(t) or {"id": t, "claims": [], "events": {}} for t in truth}
    for t in truth:
        for claim in (*truth[t]["claims"], *found[t]["claims"]):
            for voice in claim.get("chain") or ():
                if voice.get("refers_to"):
                    voice["antecedent"] = words[t][slice(*voice["refers_to"])]
    return truth, found


def _score_claims(gold: Sequence[Row], predictions: Mapping[str, Row], texts: Sequence[Row]) -> list[Figure]:
    scorer = load_scorer("claims")
    truth, found = with_antecedents(gold, predictions, texts)
    _, counts, _ = scorer.evaluate(truth, found)
    languages = sorted({row["lang"] for row in gold}, key=("fr", "en", "ar").index)
    groups: dict[str, list[str]] = {MAIN: list(truth)}
    groups |= {lang: [t for t, row in truth.items() if row["lang"] == lang] for lang in languages}
    groups["rest"] = [t for t in truth if t not in DEVTEST and t != SEED]
    groups["devtest"] = [t for t in truth if t in DEVTEST]
    groups |= {f"devtest-{lang}": [t for t in groups["devtest"] if truth[t]["lang"] == lang] for lang in languages}
    groups[SEED] = [t for t in truth if t == SEED]
    figures = []
    for group, ids in groups.items():
        report = scorer.report(sum((counts[t] for t in ids), Counter()))
        for measure, (key, field) in _CLAIMS.items():
            figures.append(Figure("claims", measure, _percent(report[key][field]), group))
    return figures


def _percent(value: float | None) -> float | None:
    return None if value is None else 100.0 * value


Scores = list[tuple[str, float | None]]


def _polnear(gold: Sequence[Row], found: Mapping[str, Row]) -> Scores:
    return list(SETS["polnear-rules"].module().score(gold, found, ()))


def _geo(gold: Sequence[Row], found: Mapping[str, Row]) -> Scores:
    result = load_scorer("geo").score(gold, found)
    return [
        ("strict F1", _percent(result["recognition strict"][2])),
        ("accuracy@161 km", _percent(result.get("accuracy@161km"))),
        ("AUC of error", _percent(result.get("auc"))),
        ("end-to-end accuracy@161 km", _percent(result.get("end-to-end accuracy@161km"))),
    ]


def _timex(gold: Sequence[Row], found: Mapping[str, Row]) -> Scores:
    result = load_scorer("timex").score(gold, found)
    rows: Scores = []
    if (share := right_day(gold, found)) is not None:
        rows.append(("right day", _percent(share)))
    rows += [("relaxed F1", _percent(result["relaxed"][2])), ("strict F1", _percent(result["strict"][2]))]
    for key, measure in (("value_f1", "value F1"), ("interval_f1", "interval F1")):
        if key in result:
            rows.append((measure, _percent(result[key])))
    return rows


def right_day(gold: Sequence[Row], found: Mapping[str, Row]) -> float | None:
    """Share of the rows of grain `day` whose predicted first day is the gold's; no prediction counts as wrong."""
    rows = [row for row in gold if row.get("grain") == "day"]
    right = sum(_first_day(found.get(row["id"], {})) == as_day(row["begin"]) for row in rows)
    return right / len(rows) if rows else None


def _first_day(prediction: Row) -> date | None:
    # The whole text is one expression: the widest that was found stands for it.
    expressions = sorted(prediction.get("timex", ()), key=lambda t: (t["start"] - t["end"], t["start"]))
    return as_day(expressions[0].get("begin")) if expressions else None


def _muc4(gold: Sequence[Row], found: Mapping[str, Row]) -> Scores:
    result = load_scorer("muc4").score(gold, found)
    roles = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
    rows: Scores = [("REE micro F1", _percent(result["REE", "micro"][2]))]
    rows += [(f"REE {role} F1", _percent(result["REE", role][2])) for role in roles]
    return [*rows, ("TF micro F1", _percent(result["TF", "micro"][2]))]


def _plover(gold: Sequence[Row], found: Mapping[str, Row]) -> Scores:
    result = load_scorer("event_type").score(gold, found)
    return [
        ("event macro-F1", _percent(result["event macro F1"])),
        ("event accuracy", _percent(result["event accuracy"])),
        ("source actor F1", _percent(result["source text"][2])),
        ("target actor F1", _percent(result["target text"][2])),
    ]


_SCORERS: Mapping[str, Callable[[Sequence[Row], Mapping[str, Row]], Scores]] = {
    "polnear-rules": _polnear,
    "geo": _geo,
    "timex": _timex,
    "muc4": _muc4,
    "plover": _plover,
}
