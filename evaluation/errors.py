"""What was read wrongly, for whoever improves the rules. Only texts that may be looked at: never devtest, never a split kept unseen."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.bench import Row, load_scorer
from evaluation.scoring import DEVTEST, with_antecedents
from evaluation.sets import Set

_AROUND = 90  # characters shown on each side


class NotToBeRead(Exception):
    """The errors of this split are not shown; the message says which are."""


def list_errors(
    known: Set, part: str, gold: Sequence[Row], predictions: Sequence[Row], texts: Sequence[Row], most: int
) -> str:
    """The worst texts of `claims`, or the missed and spurious cues of a training split."""
    if known.name == "claims":
        return _claims(gold, predictions, texts, most)
    if known.name.startswith("polnear") and part in known.training:
        return _polnear(gold, predictions, most)
    raise NotToBeRead(f"no errors are listed for '{known.name}'; there are those of claims and of polnear/train")


def claims_table(gold: Sequence[Row], predictions: Sequence[Row], texts: Sequence[Row]) -> str:
    """The scorer's own table, by language."""
    scorer = load_scorer("claims")
    reports, _, bad = scorer.evaluate(*with_antecedents(gold, {row["id"]: row for row in predictions}, texts))
    return "\n".join([scorer.table(reports), *(f"note: {note}" for note in sorted(set(bad)))])


def _claims(gold: Sequence[Row], predictions: Sequence[Row], texts: Sequence[Row], most: int) -> str:
    truth, found = with_antecedents(gold, {row["id"]: row for row in predictions}, texts)
    readable = {t: row for t, row in truth.items() if t not in DEVTEST}
    with tempfile.TemporaryDirectory() as folder:
        for row in texts:
            Path(folder, f"{row['id']}.txt").write_text(row["text"], encoding="utf-8", newline="")
        listing: str = load_scorer("claims").errors(readable, found, folder, most, 0.5)
    return listing


def _polnear(gold: Sequence[Row], predictions: Sequence[Row], most: int) -> str:
    by_id = {row["id"]: row for row in predictions}
    missed: list[str] = []
    spurious: list[str] = []
    for row in gold:
        true = _cues(row)
        read = _cues(by_id.get(row["id"], {}))
        missed += [_context(row["text"], cue) for cue in true if not any(_meet(cue, other) for other in read)]
        spurious += [_context(row["text"], cue) for cue in read if not any(_meet(cue, other) for other in true)]
    lines = [f"{len(missed)} cues missed, {len(spurious)} spurious; every n-th of each"]
    for name, found in (("missed", missed), ("spurious", spurious)):
        lines += [f"  {name:<9}{line}" for line in found[:: max(1, len(found) // most)][:most]]
    return "\n".join(lines)


def _cues(row: Row) -> list[tuple[int, int]]:
    return [(a["cue"][0][0], a["cue"][-1][1]) for a in row.get("attributions", ()) if a["cue"]]


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _context(text: str, cue: tuple[int, int]) -> str:
    start, stop = cue
    around = f"{text[max(0, start - _AROUND) : start]}<<{text[start:stop]}>>{text[stop : stop + _AROUND]}"
    return " ".join(around.split())
