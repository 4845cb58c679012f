"""Copies: which reports repeat others, who was first, and why."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.copies.making import make_copies
from evaluation.copies.translating import write_reports
from ondit.gather.copies import alike
from ondit.gather.copies.finding import Copying, find, wording_of
from ondit.model import CopyKind, Published, PublishedBasis, Reading, Report

WIRE = """Gunmen kill nine in attack on convoy near Tillia
Gunmen on motorcycles opened fire on a convoy of grain trucks near Tillia on Thursday, killing nine people, the governor said.
The drivers had left Tahoua at dawn and were waiting for an escort that never came, according to two of the survivors.
Five trucks were set on fire and the bodies were found by herders in the evening. No group has said that it was behind the attack.
The road has been closed since the rains and lorries have been using a track along the dry river bed, a union official added."""
OWN = """Nine dead on the Tillia road
We met the survivors in the hospital of Tahoua. They speak of men who came from the north, asked for the papers of everybody and then shot.
The governor puts the number of dead at nine. Families whom we met in the town fear that it is higher, because some of the trucks carried passengers.
A baker says that he heard nothing from the ministry, and that the convoy was to be guarded by soldiers."""

RAINS = """Rains cut the valley in two
The river has risen by two metres since Sunday and the bridge at the old mill can no longer be used, the mayor said on the radio.
Schools in the lower quarters stay closed until further notice; teachers were asked to take lessons to the mosque and the town hall instead.
Farmers have lost most of the onions that they had stored for the dry months, and the price of a sack has doubled within days.
Engineers of the army were expected with a ferry, but their lorries were held up by mud at the pass, where they spent two nights."""

FLOUR = """Mill stands still for want of flour
Nobody has baked in the quarter of the tanners since the week before last. The owner is waiting for a boat with wheat."""


def report(
    name: str, text: str, *, publisher: str = "", day: int = 0, forwarded_from: str = "", url: str = ""
) -> Report:
    published = Published(date(2024, 3, day), PublishedBasis.GIVEN) if day else Published()
    return Report(
        name, text, publisher=publisher, published=published, forwarded_from=forwarded_from, language="en", url=url
    )


def copies(*reports: Report) -> set[tuple[str, str, CopyKind]]:
    found = find(wording_of(Reading(r)) for r in reports).copies()
    return {(c.report, c.original, c.kind) for c in found}


FIRST = report("wire", WIRE, publisher="Sahel Wire", day=15, url="https://wire.example/8")


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (report("same", WIRE, day=16), {("same", "wire", CopyKind.EXACT)}),
        (report("loud", WIRE.replace("Gunmen kill nine in attack on convoy near Tillia", "BLOODBATH!"), day=16), {("loud", "wire", CopyKind.NEAR)}),
        (report("short", "\n".join(WIRE.split("\n")[:3]), day=16), {("short", "wire", CopyKind.NEAR)}),
        (report("early", WIRE + " More soon.", day=14), {("wire", "early", CopyKind.NEAR)}),
        (report("post", WIRE, forwarded_from="Sahel Wire", day=15), {("post", "wire", CopyKind.FORWARD)}),
        (report("credit", WIRE + " (Sahel Wire)", publisher="Post", day=14), {("credit", "wire", CopyKind.NEAR)}),
        (report("dated", f"Bloodbath\nTAHOUA (Wire) - {WIRE} More soon.", publisher="Post", day=15), {("dated", "wire", CopyKind.NEAR)}),
        (report("edited", WIRE.replace("nine", "ten") + " More soon.", publisher="Sahel Wire", day=15, url="https://wire.example/8"), {("edited", "wire", CopyKind.NEAR)}),
        (report("number", "More. " + WIRE, publisher="Sahel Wire 2", day=15, url="https://wire.example/9"), {("number", "wire", CopyKind.NEAR)}),
        (report("own", OWN, day=16), set()),
        (report("quoting", OWN + WIRE.split("\n")[1] + " " + WIRE.split("\n")[1], day=16), {("quoting", "quoting", CopyKind.PASSAGE)}),
    ],
)  # fmt: skip
def test_a_copy_is_found_with_its_original(second: Report, found: set[tuple[str, str, CopyKind]]) -> None:
    assert copies(FIRST, second) >= found
    assert copies(second, FIRST) == copies(FIRST, second)
    if not found:
        assert not copies(FIRST, second)


def test_a_passage_taken_over_is_no_copy() -> None:
    passage = WIRE.split("\n")[4]
    assert copies(report("base", f"{WIRE}\n{RAINS}", day=1), report("long", f"{OWN} {passage}", day=17)) == {
        ("long", "base", CopyKind.PASSAGE)
    }


def test_the_reasons_say_how_it_is_known_and_why_that_is_the_original() -> None:
    credited = report("credit", WIRE + " (Sahel Wire)", publisher="Post", day=16)
    (copy,) = find(wording_of(Reading(r)) for r in (FIRST, credited)).copies()
    assert copy.reasons == (
        "100 % of the shorter report in the same words",
        "credited to sahel wire",
        "published 1 days after the original",
    )


def test_a_report_that_repeats_itself() -> None:
    line = WIRE.split("\n")[1]
    copy = wording_of(Reading(report("r", f"{line} {OWN} {line}"))).repeats
    assert copy is not None
    assert (copy.report, copy.original, copy.kind) == ("r", "r", CopyKind.PASSAGE)
    assert wording_of(Reading(FIRST)).repeats is None


def test_copies_made_on_purpose_are_found() -> None:
    """A short version of `python -m evaluation copies`."""
    reports = [report("0/first", WIRE), report("1/first", OWN), report("2/first", RAINS)]
    made = make_copies([WIRE, OWN, RAINS], own=[FLOUR], a_text=9)
    reports += [report(f"{m.of}/{m.how}", m.text) for m in made]
    found = find(wording_of(Reading(r)) for r in reports)
    near = {(a.left, a.right) for others in found.alike.at_hand().values() for a in others.values() if a.near}
    assert [m for m in made if tuple(sorted((f"{m.of}/first", f"{m.of}/{m.how}"))) not in near] == []
    assert [pair for pair in near if pair[0][0] != pair[1][0]] == []


def test_a_translation_is_told_by_figures_and_places_in_order() -> None:
    from ondit.pipeline import read

    written = write_reports(4)
    readings = [read(w.text, published=w.day, lang=w.language, publisher=f"{w.story}{w.language}") for w in written]
    story = {r.report.id: w.story for r, w in zip(readings, written, strict=True)}
    found = [c for c in find(map(wording_of, readings)).copies() if c.kind is CopyKind.TRANSLATION]
    assert sorted(story[c.report] for c in found) == ["0a", "1a", "2a", "3a"]
    assert all(story[c.report] == story[c.original] for c in found)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.lists(st.integers(0, 20), max_size=3), st.integers(3, 40))
def test_the_order_and_the_portions_of_arrival_do_not_matter(seed: int, cuts: list[int], largest: int) -> None:
    made = make_copies([WIRE, OWN], own=[RAINS], a_text=10, seed=seed)
    wordings = [wording_of(Reading(report(f"{i}", m.text))) for i, m in enumerate(made)]
    shuffled = random.Random(seed).sample(wordings, len(wordings))
    before, alike.LARGEST = alike.LARGEST, largest
    try:
        whole, parts, start = find(wordings), Copying(), 0
        passing = [wording_of(Reading(report(f"p{i}", m.text))) for i, m in enumerate(made[:5])]
        parts.change(passing)
        for stop in [*sorted(cuts), len(shuffled)]:
            parts.change(shuffled[start:stop], [w.print.report for w in passing if start])
            start = stop
        parts.change([], [w.print.report for w in passing])
    finally:
        alike.LARGEST = before
    assert parts.copies() == whole.copies()
