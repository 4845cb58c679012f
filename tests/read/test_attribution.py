"""Who says what: every example of the packs, read by the real engine.

An example marked `known` is one the engine does not read yet; when it does, its test fails until the mark is taken away.
"""

from functools import lru_cache
from typing import Any

import pytest

import ondit
from ondit.languages import load_pack
from ondit.model import Claim, Reading, Stance

LANGUAGES = ("ar", "en", "es", "fr")
GROWN = ("ar", "en", "fr")  # packs that are more than a start
VALUES = {stance.value for stance in Stance}


def rows(language: str, kind: str) -> list[dict[str, Any]]:
    return list(load_pack(language).table("examples/attribution")[kind])


def examples(kind: str) -> list[Any]:
    found = []
    for language in LANGUAGES:
        for row in rows(language, kind):
            marks = [pytest.mark.xfail(strict=True, reason=row["known"])] if "known" in row else []
            name = f"{language}: {row.get('construction', row.get('not', 'nothing'))}: {row['text'][:50]}"
            found.append(pytest.param(language, row, id=name, marks=marks))
    return found


@lru_cache(maxsize=1024)
def read(text: str, language: str) -> Reading:
    return ondit.read(text, lang=language)


def cue(claim: Claim, text: str) -> str:
    return claim.cue.of(text) if claim.cue else ""


def voices(claim: Claim) -> list[str]:
    return [voice.text for voice in claim.chain]


def seen(reading: Reading) -> str:
    """What was read, for the message of a failing test."""
    text = reading.report.text
    lines = [f"{voices(c)} | {cue(c, text)} | {c.content.of(text)} | {c.stance.value}" for c in reading.claims]
    return "read:\n" + "\n".join(lines or ["nothing"])


@pytest.mark.parametrize(("language", "row"), examples("yes"))
def test_who_says_what(language: str, row: dict[str, Any]) -> None:
    text = row["text"]
    reading = read(text, language)
    told = [c for c in reading.claims if voices(c) == row["voices"] and cue(c, text) == row["cue"]]
    claim = next((c for c in told if c.content.of(text) == row["content"]), None)
    assert claim is not None, seen(reading)
    assert claim.stance.value == row["stance"], seen(reading)
    if "refers_to" in row:
        earlier = claim.chain[-1].refers_to
        assert earlier is not None, seen(reading)
        assert earlier.of(text) == row["refers_to"]
    expected = [other["voices"] for other in rows(language, "yes") if other["text"] == text]
    others = [
        voices(c) for c in reading.claims if row["cue"] and cue(c, text) == row["cue"] and voices(c) not in expected
    ]
    assert others == [], seen(reading)


@pytest.mark.parametrize(("language", "row"), examples("no"))
def test_what_only_looks_like_an_attribution(language: str, row: dict[str, Any]) -> None:
    text = row["text"]
    reading = read(text, language)
    if "not" in row:
        assert row["not"] in text
        assert [cue(c, text) for c in reading.claims if row["not"] in cue(c, text)] == [], seen(reading)
    else:
        assert [c for c in reading.claims if c.chain or c.cue] == [], seen(reading)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_words_of_their_text(language: str) -> None:
    for row in rows(language, "yes"):
        for quote in (*row["voices"], row["cue"], row["content"], row.get("refers_to", "")):
            assert quote in row["text"], row
        assert row["stance"] in VALUES, row


@pytest.mark.parametrize("language", GROWN)
def test_examples_are_many_and_of_every_stance(language: str) -> None:
    assert len(rows(language, "yes")) >= 90
    assert len(rows(language, "no")) >= 35
    assert {row["stance"] for row in rows(language, "yes")} == VALUES
    assert {len(row["voices"]) for row in rows(language, "yes")} >= {0, 1, 2, 3}
