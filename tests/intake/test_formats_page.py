"""The page about formats names what there is."""

from pathlib import Path

from ondit.intake import Format
from ondit.intake.records import FIELDS, KINDS
from ondit.plugins import INTAKE, load, plugins

PAGE = (Path(__file__).parents[2] / "docs/reference/formats.md").read_text(encoding="utf-8")


def test_every_format_and_ending_is_on_the_page() -> None:
    for plugin in plugins(INTAKE):
        format_ = load(plugin, Format)
        assert format_.name == plugin.name
        assert format_.suffixes
        (row,) = [
            line for line in PAGE.splitlines() if line.startswith(f"| `{plugin.name}` | ") and line.count("|") == 6
        ]
        assert [suffix for suffix in format_.suffixes if f"`{suffix}`" not in row] == []


def test_every_kind_of_record_and_field_is_on_the_page() -> None:
    names = {kind.name.removesuffix("-telegram") for kind in KINDS} - {"posts"}
    assert [name for name in sorted(names) if name not in PAGE.lower()] == []
    assert [field for field in FIELDS if f"`{field}`" not in PAGE] == []
