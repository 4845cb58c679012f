"""Reads language packs. A pack is a folder: `pack.toml`, `words/`, `grammar/`, `examples/`, `models/`; adding one adds a language."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ondit.text.tokens import TokenRules

_HOME = Path(__file__).parent


class PackError(Exception):
    """A language pack is missing or cannot be read; the message names the file and what to do."""


@dataclass(frozen=True)
class Pack:
    """One language: its settings and, on demand, its word lists and grammars (each file is read once)."""

    language: str
    folder: Path
    settings: dict[str, Any]
    _tables: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False, compare=False)
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def token_rules(self) -> TokenRules:
        """What the language splits inside words."""
        tokens = self.settings.get("tokens", {})
        return TokenRules(
            elisions=tuple(tokens.get("elisions", ())),
            enclitics=tuple(tokens.get("enclitics", ())),
            whole_words=tuple(tokens.get("whole_words", ())),
            titles=tuple(tokens.get("titles", ())),
            group_separators=tokens.get("group_separators", ""),
        )

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words whose final stop does not end a sentence, folded, without the stop."""
        return frozenset(self.settings.get("abbreviations", ()))

    def table(self, name: str) -> dict[str, Any]:
        """The TOML file `name` of the pack ("grammar/time"), parsed; raises `PackError` naming file and line when it is broken."""
        if name not in self._tables:
            path = self.folder / f"{name}.toml"
            try:
                self._tables[name] = tomllib.loads(path.read_text(encoding="utf-8"))
            except FileNotFoundError:
                raise PackError(f"{path}: the pack '{self.language}' has no such file") from None
            except tomllib.TOMLDecodeError as error:
                raise PackError(f"{path}: {error}") from error
        return self._tables[name]

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of the word list `words/NAME` ("names.txt", "forms.tsv") without comments (#) and empty lines."""
        if name not in self._lines:
            path = self.folder / "words" / name
            try:
                raw = path.read_text(encoding="utf-8").splitlines()
            except FileNotFoundError:
                raise PackError(f"{path}: the pack '{self.language}' has no such word list") from None
            self._lines[name] = tuple(line for line in raw if line.strip() and not line.startswith("#"))
        return self._lines[name]

    def has(self, name: str) -> bool:
        """Is there a file of this name in the pack ("grammar/time.toml")?"""
        return (self.folder / name).is_file()


@cache
def available_languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the packs that are installed, sorted."""
    return tuple(sorted(p.parent.name for p in _HOME.glob("*/pack.toml")))


@cache
def load_pack(language: str) -> Pack:
    """The pack of a language; raises `PackError` when there is none."""
    path = _HOME / language / "pack.toml"
    if not path.is_file():
        have = ", ".join(available_languages())
        raise PackError(f"there is no language pack for '{language}' (installed: {have})")
    return Pack(language, path.parent, tomllib.loads(path.read_text(encoding="utf-8")))
