"""Short posts to fill a ledger with: sentences of the example reports, with figures of their own."""

import random
import re
from functools import cache
from pathlib import Path

from evaluation.bench import ROOT

_LANGUAGES = ("fr", "en")


def make_posts(count: int, *, seed: int = 0) -> list[str]:
    """Posts of two or three sentences, no two alike; the same for the same seed."""
    rng = random.Random(f"posts{seed}")  # noqa: S311 - texts, not secrets
    posts: dict[str, None] = {}
    while len(posts) < count:
        sentences = _sentences(rng.choice(_LANGUAGES))
        first = rng.randrange(len(sentences) - 3)
        chosen = " ".join(sentences[first : first + rng.randint(2, 3)])
        posts[re.sub(r"(?<![\w-])\d{1,2}(?![\w-])", lambda _: str(rng.randint(2, 31)), chosen) + f" [{len(posts)}]"] = (
            None
        )
    return list(posts)


@cache
def _sentences(language: str) -> tuple[str, ...]:
    files = sorted(Path(ROOT / "examples").glob(f"*.{language}.txt"))
    texts = [file.read_text(encoding="utf-8").partition("\n")[2] for file in files]
    found = [s.strip() for text in texts for line in text.split("\n") for s in re.split(r"(?<=[.!?»])\s+", line)]
    return tuple(s for s in found if len(s) > 40)
