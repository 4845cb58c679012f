"""The page for users has every finding with its weight and reason, every number, and the tables behind them."""

from pathlib import Path

from ondit.ontology.admiralty import CREDIBILITY
from ondit.weigh.findings import weights
from ondit.weigh.rules import RULES

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "weighing.md").read_text(encoding="utf-8")
OTHER_TABLES = {"number", "track_record"}


def test_every_finding_is_explained_as_it_weighs() -> None:
    for name, row in weights().items():
        if name not in OTHER_TABLES:
            line = f"| {name.replace('_', ' ')} | {row['weight']:+g} | {row['meaning']} | {row['reason']} |"
            assert line in PAGE, line


def test_every_number_and_rule_is_explained() -> None:
    for row in weights()["number"][:-2]:
        assert f"| {row['credibility']} | {CREDIBILITY[row['credibility']]} | {row['least']:+g} |" in PAGE
    assert all(f"| {rule} |" in PAGE for rule in RULES)


def test_what_a_letter_needs_is_what_the_table_says() -> None:
    least = weights()["track_record"]["least"]
    assert f"B from {least['B']:.0%}, C from {least['C']:.0%}, D from {least['D']:.0%}".replace("%", " %") in PAGE
