"""Tasks for Label Studio with what was read as predictions, and annotations back from its JSON export.

Task format and results after Label Studio's documentation ("Label Studio JSON format", "Import pre-annotated data"): offsets of the `Text` tag count code
points (since 1.4; HumanSignal/label-studio#1559). The zip has `tasks.json` to import and `labels.xml`, the labelling interface to paste into the project's settings.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from ondit.model import Reading, Report, Span
from ondit.ontology import event_types
from ondit.present.fields import headline
from ondit.present.formats.annotations import (
    CONTENT,
    CUE,
    MOST_VOICES,
    STANCES,
    VOICE,
    Annotated,
    AnnotatedClaim,
    NotAnnotations,
    annotated,
    known_stance,
    known_type,
    parts,
)
from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import File, Format, Made
from ondit.version import __version__

_RELATIONS = (*(f"{VOICE} {n}" for n in range(1, MOST_VOICES + 1)), CUE)


def make(dossier: Dossier) -> Made:
    """A task for each report."""
    readings = list(dossier.readings.values())
    tasks = (_task(reading, last=reading is readings[-1]) for reading in readings)
    files = (File("tasks.json", _framed(tasks)), File.of("labels.xml", interface()))
    claims = sum(len(reading.claims) for reading in readings)
    return Made(files, counts={"tasks": len(readings), "claims": claims})


def _framed(tasks: Iterator[bytes]) -> Iterator[bytes]:
    yield b"[\n"
    yield from tasks
    yield b"]\n"


def interface() -> str:
    """The labelling interface: content, voice and cue as labels; stance and type for each content; relations from a content to its voices and cue."""
    lines = ["<View>", "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(name)}/>" for name in _RELATIONS]
    lines += ["  </Relations>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(name)}/>" for name in (CONTENT, VOICE, CUE)]
    lines.append("  </Labels>")
    for name, values in (("stance", STANCES), ("type", tuple(event_types()))):
        head = f'  <Choices name="{name}" toName="text" perRegion="true" choice="single-radio" whenTagName="label" whenLabelValue="{CONTENT}">'
        lines += [head, *(f"    <Choice value={quoteattr(value)}/>" for value in values), "  </Choices>"]
    return "\n".join([*lines, '  <Text name="text" value="$text" granularity="word"/>', "</View>", ""])


def _task(reading: Reading, *, last: bool) -> bytes:
    report = reading.report
    day = report.published.day
    data = {
        "text": report.text,
        "report": report.id,
        "title": headline(report),
        "publisher": report.publisher,
        "published": str(day or ""),
        "language": report.language,
    }
    results = [result for claim in annotated(reading).claims for result in _results(report, claim)]
    task = {"data": data, "predictions": [{"model_version": f"ondit {__version__}", "result": results}]}
    end = "\n" if last else ",\n"
    return (json.dumps(task, ensure_ascii=False) + end).encode("utf-8", "replace")


def _results(report: Report, claim: AnnotatedClaim) -> Iterator[dict[str, Any]]:
    for role, span in parts(claim):
        yield _result(report, f"{claim.claim}-{role}", span, "label", VOICE if role.startswith(VOICE) else role)
    for name, value in (("stance", claim.stance), ("type", claim.type)):
        if value:
            yield _result(report, f"{claim.claim}-{CONTENT}", claim.content, name, value)
    for role, _ in parts(claim):
        if role != CONTENT:
            label = f"{VOICE} {role.removeprefix(VOICE)}" if role != CUE else CUE
            yield {
                "type": "relation",
                "from_id": f"{claim.claim}-{CONTENT}",
                "to_id": f"{claim.claim}-{role}",
                "direction": "right",
                "labels": [label],
            }


def _result(report: Report, id_: str, span: Span, name: str, chosen: str) -> dict[str, Any]:
    kind = "labels" if name == "label" else "choices"
    value = {"start": span.start, "end": span.stop, "text": span.of(report.text), kind: [chosen]}
    return {"id": id_, "from_name": name, "to_name": "text", "type": kind, "value": value}


def read_tasks(data: bytes) -> Iterator[Annotated]:
    """The annotations of each task of a JSON export, one for each annotator; raises `NotAnnotations`.

    Tasks nobody annotated give nothing; annotations that were cancelled (skipped) neither.
    """
    try:
        tasks = json.loads(data)
    except ValueError as error:
        raise NotAnnotations(f"this is no JSON: {error}; export the project from Label Studio as JSON") from error
    if not isinstance(tasks, list) or not all(isinstance(t, dict) and isinstance(t.get("data"), dict) for t in tasks):
        raise NotAnnotations("this is no list of tasks; export the project from Label Studio as JSON (not JSON-MIN)")
    for task in tasks:
        report, text = task["data"].get("report"), task["data"].get("text", "")
        if not isinstance(report, str) or not isinstance(text, str):
            raise NotAnnotations(
                "a task has no 'report'; only tasks made by 'ondit export label-studio' can be taken back"
            )
        for one in task.get("annotations") or ():
            if isinstance(one, dict) and not one.get("was_cancelled"):
                yield Annotated(report, tuple(_claims(one.get("result") or (), text)), _annotator(one))


def _annotator(annotation: Mapping[str, Any]) -> str:
    by = annotation.get("completed_by")
    return str(by.get("email", by.get("id", ""))) if isinstance(by, dict) else str(by or "")


def _claims(results: Any, text: str) -> Iterator[AnnotatedClaim]:
    regions: dict[str, tuple[str, Span]] = {}
    chosen: dict[str, dict[str, str]] = {}
    related: dict[str, dict[str, str]] = {}
    for result in (r for r in results if isinstance(r, dict)):
        kind, value = result.get("type"), result.get("value") or {}
        if kind == "labels" and value.get("labels"):
            regions[str(result["id"])] = value["labels"][0], _span(value, text)
        elif kind == "choices" and value.get("choices"):
            chosen.setdefault(str(result["id"]), {})[str(result.get("from_name"))] = str(value["choices"][0])
        elif kind == "relation":
            label = (result.get("labels") or [""])[0]
            related.setdefault(str(result["from_id"]), {})[str(label)] = str(result["to_id"])
    for id_, (label, span) in regions.items():
        if label == CONTENT:
            yield _claim(id_, span, regions, related.get(id_, {}), chosen.get(id_, {}))


def _claim(
    id_: str, span: Span, regions: Mapping[str, tuple[str, Span]], related: Mapping[str, str], chosen: Mapping[str, str]
) -> AnnotatedClaim:
    voices = [regions[to][1] for label, to in sorted(related.items()) if label.startswith(VOICE) and to in regions]
    cue = next((regions[to][1] for label, to in related.items() if label == CUE and to in regions), None)
    was, _, role = id_.rpartition("-")
    stance, type_ = known_stance(chosen.get("stance", "")), known_type(chosen.get("type", ""))
    return AnnotatedClaim(was if role == CONTENT else "", span, tuple(voices), cue, stance, type_)


def _span(value: Mapping[str, Any], text: str) -> Span:
    """The characters of a region: in code points, or in units of UTF-16 as old versions count where only that fits the words."""
    start, stop, words = int(value.get("start", 0)), int(value.get("end", 0)), value.get("text")
    if not isinstance(words, str) or text[start:stop] == words:
        return Span(max(0, start), max(0, start, stop))
    units = text.encode("utf-16-le", "surrogatepass")
    as_units = units[2 * start : 2 * stop].decode("utf-16-le", "replace")
    if as_units == words:
        before = len(units[: 2 * start].decode("utf-16-le", "replace"))
        return Span(before, before + len(as_units))
    raise NotAnnotations(f"the characters {start} to {stop} of a task are not '{words[:40]}'; was the text changed?")


FORMAT = Format(
    name="label-studio",
    title="Label Studio tasks with predictions, to annotate and take back",
    suffix=".zip",
    rule="One task for each report with its claims as they stand; each event's claims are in the tasks of its reports.",
    losses=(
        "Figures, places, times, actors and equipment are not annotated; the stance and the type of happening are.",
        f"Of a chain of more than {MOST_VOICES} voices the outermost {MOST_VOICES}.",
    ),
    specification="Label Studio JSON format (tasks and predictions)",
    make=make,
)
