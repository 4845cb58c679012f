"""Reports to measure with: the paragraphs of the example reports, shuffled, with figures of their own."""

import random
import re
from functools import cache
from pathlib import Path

from evaluation.bench import ROOT

EXAMPLES = ROOT / "examples"
REPORT_SIZE = 4096  # bytes of UTF-8, about an agency story


def make_reports(language: str, total: int, *, seed: int = 0) -> list[str]:
    """Reports of about four kilobytes, `total` bytes together; no two alike, the same for the same seed."""
    paragraphs = _paragraphs(language)
    rng = random.Random(f"{language}{seed}")  # noqa: S311 - texts, not secrets
    reports: list[str] = []
    size = 0
    while size < total:
        report = _report(paragraphs, rng)
        reports.append(report)
        size += len(report.encode())
    return reports


def one_report(language: str) -> str:
    """One report of four kilobytes."""
    return make_reports(language, 1)[0]


def _report(paragraphs: tuple[str, ...], rng: random.Random) -> str:
    parts: list[str] = []
    while len("\n\n".join(parts).encode()) < REPORT_SIZE:
        # New figures, so that no cache knows the paragraph already.
        parts.append(re.sub(r"(?<![\w-])\d{1,2}(?![\w-])", lambda _: str(rng.randint(2, 31)), rng.choice(paragraphs)))
    return "\n\n".join(parts)


@cache
def _paragraphs(language: str) -> tuple[str, ...]:
    files = sorted(Path(EXAMPLES).glob(f"*.{language}.txt"))
    # The first line only says that the report is invented.
    texts = [file.read_text(encoding="utf-8").partition("\n")[2] for file in files]
    return tuple(p for text in texts for line in text.split("\n\n") if (p := line.strip()))
