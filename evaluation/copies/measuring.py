"""How well copies are found: `python -m evaluation copies`. Texts of the bench, copies made of them on purpose, translations written for it.

A pair is right when both come from one text. Texts that share wording from the start are taken out first (all but one of them), so that what is left are different
reports, many of them of one event. Wrong pairs are pairs of different texts that are called copies.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evaluation.bench import Row, bench_folder, read_rows
from evaluation.copies.making import make_copies
from evaluation.copies.translating import Written, write_reports
from evaluation.tables import aligned
from ondit.gather.copies.finding import Copying, find, wording_of
from ondit.model import CopyKind, Reading, Report
from ondit.pipeline import read

_FILES = ("ecbplus/train.jsonl", "ecbplus/dev.jsonl", "claims/reports.jsonl")
_OWN = "polnear/dev.jsonl"  # other articles: what outlets put in of their own
_A_TEXT = 3  # copies made of each text
_STORIES = 100  # with a translation and another report of the same happening each
_FEWEST = 300  # characters: what is shorter can hardly be cut


def run() -> None:
    """Print what is found of each way of copying, and what is found that is none."""
    rows = [row for name in _FILES for row in read_rows(bench_folder() / name)]
    originals = _unlike([row for row in rows if len(row["text"]) >= _FEWEST])
    own = [row["text"] for row in read_rows(bench_folder() / _OWN)]
    made = make_copies([row["text"] for row in originals], own=own, a_text=_A_TEXT)
    found = find(
        wording_of(Reading(Report(name, text)))
        for name, text in (
            *((f"{n}", row["text"]) for n, row in enumerate(originals)),
            *((f"{copy.of}/{n}", copy.text) for n, copy in enumerate(made)),
        )
    )
    near = set(_near(found))
    missed = Counter(m.how for n, m in enumerate(made) if _pair(f"{m.of}", f"{m.of}/{n}") not in near)
    asked = Counter(m.how for m in made)
    table = [["copies made", "number", "found %"]]
    table += [[how, str(asked[how]), f"{100 * (1 - missed[how] / asked[how]):.1f}"] for how in asked]
    table.append(["all", str(len(made)), f"{100 * (1 - missed.total() / len(made)):.2f}"])
    print(aligned(table, numbers=range(1, 3)))
    wrong = [pair for pair in near if _text_of(pair[0]) != _text_of(pair[1])]
    stories = [row.get("subtopic") for row in originals]
    different = sum(n * (n - 1) // 2 for story, n in Counter(stories).items() if story)
    between = sum(_is_original(a) and _is_original(b) for a, b in wrong)
    print(
        f"\npairs called copies {len(near)}, wrong {len(wrong)}: precision {100 * (1 - len(wrong) / len(near)):.2f} %"
        f"\ndifferent reports {len(originals)}, {different} pairs of them of one event: {between} called copies"
    )
    _translations()


def _unlike(rows: Sequence[Row]) -> list[Row]:
    """One of each group of texts that share wording."""
    found = find(wording_of(Reading(Report(f"{n}", row["text"]))) for n, row in enumerate(rows))
    taken: set[str] = set()
    kept = []
    for n, row in enumerate(rows):
        if not taken.intersection(found.alike.get(f"{n}") or ()):
            taken.add(f"{n}")
            kept.append(row)
    return kept


def _near(found: Copying) -> Iterator[tuple[str, str]]:
    return (_pair(a.left, a.right) for others in found.alike.at_hand().values() for a in others.values() if a.near)


def _pair(a: str, b: str) -> tuple[str, str]:
    return min(a, b), max(a, b)


def _text_of(name: str) -> str:
    return name.partition("/")[0]


def _is_original(name: str) -> bool:
    return "/" not in name


def _translations() -> None:
    """Translations written for it, and reports of one happening in several languages in the bench, which are none."""
    written = write_reports(_STORIES)
    story = {reading.report.id: w.story for w, reading in _read(written)}
    found = _translated(reading for _, reading in _read(written))
    right = sum(story[a] == story[b] for a, b in found)
    rows = read_rows(bench_folder() / "claims/reports.jsonl")
    bench = _translated(read(row["text"], lang=row["lang"]) for row in rows if row["lang"] in {"en", "fr"})
    print(
        f"\ntranslations {_STORIES}: found {right}, wrong {len(found) - right}"
        f"\nreports of the bench in two languages, none a translation: {len(bench)} called one"
    )


def _read(written: Iterable[Written]) -> Iterator[tuple[Written, Reading]]:
    return ((w, read(w.text, published=w.day, lang=w.language, publisher=f"{w.story} {w.language}")) for w in written)


def _translated(readings: Iterable[Reading]) -> set[tuple[str, str]]:
    copies = find(map(wording_of, readings)).copies()
    return {_pair(c.report, c.original) for c in copies if c.kind is CopyKind.TRANSLATION}
