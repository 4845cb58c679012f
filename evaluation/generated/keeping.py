"""Generated reports in files, with their truth beside them: `python -m evaluation generate --reports N --seed S --out DIR`.

`reports/` is what ondit takes in, `truth/` what is true of each report, a line each; `parameters.json` what makes the same files again. A run that
was broken off goes on: parts that are there already are not written again.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from evaluation.generated.happenings import Parameters
from evaluation.generated.newsroom import Newsroom, Written

PART = 10_000  # reports a file


def generate(reports: int, parameters: Parameters, out: Path) -> Iterator[Written]:
    """Write so many reports and give each one when it is written; a line a report, `PART` lines a file, none of them in memory longer than it takes.

    Raises `OSError` when the folder cannot be written, `ValueError` when reports of other parameters are in it.
    """
    for name in ("reports", "truth"):
        (out / name).mkdir(parents=True, exist_ok=True)
    _keep_parameters(out / "parameters.json", parameters)
    source = islice(Newsroom(parameters).reports(), reports)
    for number in range(0, reports, PART):
        length = min(PART, reports - number)
        names = [out / name / f"{number // PART:05}-{length}.jsonl" for name in ("reports", "truth")]
        if all(name.is_file() for name in names):
            yield from islice(source, length)
            continue
        unfinished = [name.with_suffix(".unfinished") for name in names]
        with ExitStack() as files:
            texts, truth = (files.enter_context(name.open("w", encoding="utf-8")) for name in unfinished)
            for written in islice(source, length):
                _write(texts, as_record(written))
                _write(truth, as_truth(written))
                yield written
        for old, new in zip(unfinished, names, strict=True):
            old.replace(new)


def _keep_parameters(path: Path, parameters: Parameters) -> None:
    said = json.dumps(asdict(parameters), indent=2) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") != said:
        raise ValueError(f"{path.parent} holds reports of other parameters; name another folder, or take it away")
    path.write_text(said, encoding="utf-8")


def _write(file: TextIO, row: Mapping[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False) + "\n")


def as_record(written: Written) -> dict[str, Any]:
    """A report as `ondit add` takes it."""
    return {
        "id": written.id,
        "text": written.text,
        "published": written.day.isoformat(),
        "publisher": written.outlet,
    }


def as_truth(written: Written) -> dict[str, Any]:
    """What is true of a report: its happenings with where they are told, and of which report it is a copy."""
    tellings = [
        {
            "happening": told.happening.number,
            "type": told.happening.type,
            "day": told.happening.day.isoformat(),
            "place": told.happening.town.id,
            "figures": {told.happening.counts: told.figure},
            "says": told.twist.value,
            "contested": told.happening.contested,
            "origin": told.origin,
            "near_miss": told.happening.near if told.happening.near >= 0 else None,
            "spans": [[s.start, s.stop] for s in written.sentences if s.telling == number],
        }
        for number, told in enumerate(written.told)
    ]
    copy = {"copy_of": written.copy_of, "kind": written.kind} if written.kind else {}
    return {"id": written.id, "language": written.language, "tellings": tellings, **copy}


def run(reports: int, parameters: Parameters, out: Path) -> None:
    """Generate and print what was made, how, and how quickly."""
    start, size = time.perf_counter(), 0
    for n, written in enumerate(generate(reports, parameters, out), 1):
        size += len(written.text.encode())
        if sys.stderr.isatty() and n % 5_000 == 0:
            sys.stderr.write(f"\r{n:,} of {reports:,} reports")
    seconds = time.perf_counter() - start
    said = ", ".join(f"{name} {value}" for name, value in asdict(parameters).items())
    print(f"{reports:,} synthetic reports, {size / 1e6:.1f} MB, {reports / seconds:,.0f} a second → {out}\n{said}")
