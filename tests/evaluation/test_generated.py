"""Generated reports: the same for the same seed, true to their truth, in words of their own; and the scorer that compares with it."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from evaluation.bench import ROOT
from evaluation.generated.happenings import Parameters, Twist
from evaluation.generated.keeping import generate
from evaluation.generated.newsroom import Newsroom, Written
from evaluation.generated.reading import as_read
from evaluation.generated.scoring import Found, Gold, Weighed, score
from ondit.model import CopyKind, FieldStatus
from ondit.text.folding import fold_name

NUMBER = 900
WORDS = 5  # in a row that no example may share


@pytest.fixture(scope="module")
def reports() -> list[Written]:
    return list(islice(Newsroom(Parameters()).reports(), NUMBER))


def test_a_seed_gives_the_same_reports_whatever_their_number(reports: list[Written]) -> None:
    assert list(islice(Newsroom(Parameters()).reports(), 100)) == reports[:100]
    assert next(Newsroom(Parameters(seed=1)).reports()) != reports[0]


def test_what_is_true_of_a_report_stands_in_its_text(reports: list[Written]) -> None:
    for written in reports:
        for sentence in (s for s in written.sentences if s.telling >= 0):
            words = written.text[sentence.start : sentence.stop]
            assert all(str(figure) in words for _, figure in sentence.counts)
            assert not re.search(r"[{}]", words)
        assert {s.telling for s in written.sentences} >= set(range(len(written.told)))
    assert {w.language for w in reports} == {"en", "fr", "ar"}
    assert {t.twist for w in reports for t in w.told} == set(Twist)


def test_copies_come_after_their_originals_and_say_the_same(reports: list[Written]) -> None:
    known: dict[str, Written] = {}
    for written in reports:
        if written.kind:
            original = known[written.copy_of]
            assert written.told == original.told
            assert (written.text == original.text) == (written.kind == "exact")
            assert (written.language == original.language) == (written.kind != "translation")
            assert written.outlet != original.outlet
        known[written.id] = written
    assert {w.kind for w in reports} == {"", "exact", "near", "translation"}


def test_no_wording_is_shared_with_examples_that_the_rules_were_written_for(reports: list[Written]) -> None:
    files = [*ROOT.glob("src/ondit/languages/*/examples/*.toml"), *ROOT.glob("src/ondit/example/**/*.*")]
    known = {run for file in files for run in runs(file.read_text(encoding="utf-8", errors="ignore"))}
    shared = {run for written in reports for run in runs(written.text) if run in known}
    assert len(known) > 10_000
    assert not shared


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [w for w in re.findall(r"\w+", fold_name(text)) if not w.isdigit()]
    return zip(*(words[n:] for n in range(WORDS)), strict=False)


def test_what_is_right_scores_full_and_what_is_wrong_does_not(reports: list[Written]) -> None:
    gold, right, nothing = Gold(), Found(), Found()
    for written in reports:
        gold.add(written)
    for written in reports:
        for claim, sentence in zip(as_read(written).claims, written.sentences, strict=True):
            if claim.event:
                event = str(written.told[sentence.telling].happening.number)
                right.claim(gold, written.id, claim.content.start, claim.content.stop, event)
        if written.kind:
            right.copy(written.id, written.copy_of, CopyKind(written.kind))
    for number, happening in gold.happenings.items():
        status = FieldStatus.UPDATED if happening.twist is Twist.UPDATE else FieldStatus.AGREED
        field = happening.contested or happening.counts
        fields = {field: FieldStatus.CONTESTED if happening.contested else status}
        right.events[str(number)] = Weighed(fields, len(gold.origins[number]))
    lower = {"called contested without cause", "… too many"}
    assert all(value == (0 if name in lower else 100) for name, value, _ in score(gold, right))
    empty = {name: value for name, value, _ in score(gold, nothing)}
    assert empty["pairs of tellings, recall"] == empty["copies, recall"] == empty["contradictions found"] == 0
    assert empty["pairs of tellings, precision"] is None


def test_generating_goes_on_where_it_was_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.generated.keeping.PART", 20)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    list(generate(50, Parameters(), whole))
    list(islice(generate(50, Parameters(), broken), 30))
    list(generate(50, Parameters(), broken))
    files = sorted(p.relative_to(whole) for p in whole.rglob("*.json*"))
    assert len(files) == 7
    assert all((whole / name).read_bytes() == (broken / name).read_bytes() for name in files)
    row = json.loads((whole / "truth" / "00000-20.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert row["tellings"][0]["spans"]
    with pytest.raises(ValueError, match="other parameters"):
        next(generate(50, Parameters(seed=1), whole))
