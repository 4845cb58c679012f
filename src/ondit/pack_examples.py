"""Examples of who says what: made from the corrections of analysts, and checked against the engine.

The form is that of the packs' `examples/attribution.toml`: `[[yes]]` holds a sentence and what must be read in it, `[[no]]` a sentence and what must not.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ondit.languages import PackError, load_pack
from ondit.languages.packs import read_toml
from ondit.model import Claim, Problem, Reading, Report, Shown, ShownClaim, Span, Stance, Standing
from ondit.normalise import normalise
from ondit.pipeline import read

NAME = "attribution.toml"


@dataclass(frozen=True, slots=True)
class Example:
    """One row: `kind` is `yes` or `no`, `why` the analyst's words."""

    language: str
    kind: str
    row: Mapping[str, Any]
    why: str = ""


def examples_of(report: Report, shown: Shown, reasons: Mapping[str, str]) -> Iterator[Example]:
    """What a report's corrected claims teach: one example for each claim that was rejected, added, or set otherwise."""
    if not report.language:
        return
    document = normalise(report, load_pack(report.language))
    for one in shown.claims:
        row = _row(report, one, document.sentences, shown)
        if row is not None:
            why = "; ".join(filter(None, (reasons.get(d, "") for d in one.decisions)))
            yield Example(report.language, *row, why)


def _row(
    report: Report, one: ShownClaim, sentences: tuple[Span, ...], shown: Shown
) -> tuple[str, dict[str, Any]] | None:
    claim, text = one.claim, report.text
    around = _sentence(claim, sentences)
    if one.standing is Standing.REJECTED:
        if one.added:
            return None
        if claim.cue:
            return "no", {"text": around.of(text), "not": claim.cue.of(text)}
        others = [
            c
            for c in shown.claims
            if c is not one and c.claim.content.overlaps(around) and c.standing is not Standing.REJECTED
        ]
        return None if others else ("no", {"text": around.of(text)})
    if not (one.added or (one.as_read and _otherwise(one.as_read, claim))):
        return None
    row: dict[str, Any] = {"text": around.of(text), "voices": [v.span.of(text) for v in claim.chain]}
    if claim.cue:
        row["cue"] = claim.cue.of(text)
    return "yes", {**row, "content": claim.content.of(text), "stance": claim.stance.value}


def _otherwise(before: Claim, after: Claim) -> bool:
    return (before.stance, before.content, [v.span for v in before.chain]) != (
        after.stance, after.content, [v.span for v in after.chain]
    )  # fmt: skip


def _sentence(claim: Claim, sentences: tuple[Span, ...]) -> Span:
    """The sentences that the claim stands in."""
    whole = claim.content
    for span in (*(v.span for v in claim.chain), *([claim.cue] if claim.cue else [])):
        whole = whole.cover(span)
    for sentence in sentences:
        if sentence.overlaps(whole):
            whole = whole.cover(sentence)
    return whole


def write_examples(examples: list[Example], folder: Path) -> dict[Path, int]:
    """Append to `FOLDER/LANGUAGE/examples/attribution.toml` what is not there yet; gives the files and how many rows each got."""
    written: dict[Path, int] = {}
    for example in examples:
        path = folder / example.language / "examples" / NAME
        known = read_toml(path).get(example.kind, []) if path.exists() else []
        if dict(example.row) in [{k: row.get(k) for k in example.row} for row in known]:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(_toml(example))
        written[path] = written.get(path, 0) + 1
    return written


def _toml(example: Example) -> str:
    lines = [f"# {line}" for line in example.why.splitlines()] + [f"[[{example.kind}]]"]
    if example.kind == "yes":
        lines.append('construction = "correction"')
    return (
        "\n".join([*lines, *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in example.row.items())])
        + "\n\n"
    )


def check_examples(folder: Path, language: str) -> Iterator[Problem]:
    """Read every example of a folder with the engine as it is now; a problem for each that is read otherwise."""
    path = folder / language / "examples" / NAME
    if not path.is_file():
        return
    try:
        table = read_toml(path)
    except PackError as error:
        yield Problem("broken-pack-file", str(error), "correct the file", str(path))
        return
    for kind in ("yes", "no"):
        for number, row in enumerate(table.get(kind, []), 1):
            where = f"{path}: [[{kind}]] {number}"
            try:
                wrong = _wrong(kind, row, language)
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                yield Problem("broken-pack-file", f"not an example: {error!r}", "look at the shipped examples", where)
                continue
            if wrong:
                yield Problem("example-not-read", wrong, "add a word or a rule for it, or correct the example", where)


def _wrong(kind: str, row: Mapping[str, Any], language: str) -> str:
    """What is read otherwise than the example says, "" when nothing is."""
    text = row["text"]
    reading = read(text, lang=language)
    if kind == "no":
        claims = [c for c in reading.claims if (row["not"] in _cue(c, text) if "not" in row else c.chain or c.cue)]
        return f"“{text}”: must not be read, but is: {_seen(reading, claims)}" if claims else ""
    Stance(row.get("stance", "asserts"))
    told = [
        c for c in reading.claims
        if [v.text for v in c.chain] == row["voices"] and c.content.of(text) == row["content"]
        and c.stance.value == row["stance"] and ("cue" not in row or _cue(c, text) == row["cue"])
    ]  # fmt: skip
    return "" if told else f"“{text}”: is read as {_seen(reading, list(reading.claims))}"


def _cue(claim: Claim, text: str) -> str:
    return claim.cue.of(text) if claim.cue else ""


def _seen(reading: Reading, claims: list[Claim]) -> str:
    text = reading.report.text
    told = (f"{' ‹ '.join(v.text for v in c.chain) or '(report)'} {c.stance}: “{c.content.of(text)}”" for c in claims)
    return " | ".join(told) or "nothing"
