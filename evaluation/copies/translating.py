"""Makes reports and their translations from sentences that stand in both languages, and others about the same happening.

Everything in them is invented; the places are real. A translation tells the same facts in the same order; another report of the same happening
has the place, the day and perhaps the toll in common, and tells other things.
"""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_START = date(2023, 1, 2)


@dataclass(frozen=True, slots=True)
class Written:
    """A report in one language; reports of one `story` are translations of each other, those of one `happening` tell of the same."""

    story: str
    happening: str
    language: str
    day: date
    text: str


def write_reports(number: int, *, seed: int = 0) -> list[Written]:
    """Three reports for each of `number` happenings: one, its translation, and another one about the same in the other language."""
    data = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
    dice = random.Random(seed)  # noqa: S311 - texts, not secrets
    written = []
    for n in range(number):
        day = _START + timedelta(days=n)
        town = dice.choice(data["towns"])
        toll = dice.randint(3, 60)
        first, second = _story(data, dice, town, toll), _story(data, dice, town, toll)
        languages = dice.sample(sorted(data["languages"]), 2)
        for story, told, language in (
            ("a", first, languages[0]),
            ("a", first, languages[1]),
            ("b", second, languages[1]),
        ):
            text = " ".join(told[i][language] for i in range(len(told)))
            written.append(Written(f"{n}{story}", str(n), language, day + timedelta(days=1), text))
    return written


def _story(data: dict[str, Any], dice: random.Random, town: dict[str, str], toll: int) -> list[dict[str, str]]:
    facts = dice.sample(data["fact"], 5)
    figures = [{"n": dice.randint(3, 90), "m": dice.randint(3, 900), "near": dice.choice(data["towns"])} for _ in facts]
    lead = [(data["lead"], {"n": toll, "m": 0, "near": town})]
    return [
        {
            language: sentence[language].format(
                town=town[language], near=slots["near"][language], n=slots["n"], m=slots["m"]
            )
            for language in data["languages"]
        }
        for sentence, slots in (*lead, *zip(facts, figures, strict=True))
    ]
