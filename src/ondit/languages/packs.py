"""Reads language packs. A pack is a folder: `pack.toml`, `words/`, `grammar/`, `examples/`, `models/`; adding one adds a language."""

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ondit.text.clitics import CliticRules
from ondit.text.folding import fold_word
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

    @cached_property
    def token_rules(self) -> TokenRules:
        """What the language splits inside words."""
        tokens = self.settings.get("tokens", {})
        return TokenRules(
            elisions=tuple(tokens.get("elisions", ())),
            enclitics=tuple(tokens.get("enclitics", ())),
            whole_words=tuple(tokens.get("whole_words", ())),
            titles=tuple(tokens.get("titles", ())),
            group_separators=tokens.get("group_separators", ""),
            clitics=self._clitics(tokens) if "proclitics" in tokens else None,
        )

    def _clitics(self, tokens: dict[str, Any]) -> CliticRules:
        def folded(name: str) -> tuple[str, ...]:
            return tuple(fold_word(w) for w in tokens.get(name, ()))

        stems = self._read_lines("stems.txt") if self.has("words/stems.txt") else ()
        contracted, restored = folded("contracted"), folded("restored")
        return CliticRules(
            joins=folded("joins"),
            before=folded("before"),
            verbal=folded("verbal"),
            verb_letters=folded("verb_letters"),
            article=fold_word(tokens["article"]),
            contracted=(contracted[0], contracted[1]),
            suffixes=folded("suffixes"),
            endings=folded("endings") or ("\0",),
            restored=(restored[0], restored[1]),
            stems=frozenset((*stems, *folded("whole_words"))),
        )

    @cached_property
    def articles(self) -> frozenset[str]:
        """Keys of articles that are written together with their noun: phrases of the word lists are written without them."""
        clitics = self.token_rules.clitics
        return frozenset((clitics.article,)) if clitics is not None else frozenset()

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words whose final stop does not end a sentence, folded, without the stop."""
        return frozenset(self.settings.get("abbreviations", ()))

    @cached_property
    def _folds(self) -> bool:
        """Are the words of the pack written as people write them, and folded when they are read (scripts with several spellings)?"""
        return bool(self.settings.get("tokens", {}).get("fold", False))

    def _folded(self, value: Any) -> Any:
        if not self._folds:
            return value
        if isinstance(value, str):
            return value if value.isascii() else fold_word(value)
        if isinstance(value, dict):
            return {self._folded(k): self._folded(v) for k, v in value.items()}
        return [self._folded(v) for v in value] if isinstance(value, list) else value

    def table(self, name: str) -> dict[str, Any]:
        """The TOML file `name` of the pack ("grammar/time"), parsed; raises `PackError` naming file and line when it is broken."""
        if name not in self._tables:
            path = self.folder / f"{name}.toml"
            try:
                table = tomllib.loads(path.read_text(encoding="utf-8"))
                self._tables[name] = table if name.startswith("examples/") else self._folded(table)
            except FileNotFoundError:
                raise PackError(f"{path}: the pack '{self.language}' has no such file") from None
            except tomllib.TOMLDecodeError as error:
                raise PackError(f"{path}: {error}") from error
        return self._tables[name]

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of the word list `words/NAME` ("names.txt", "forms.tsv") without comments (#) and empty lines."""
        if name not in self._lines:
            lines = self._read_lines(name)
            self._lines[name] = tuple(map(fold_word, lines)) if self._folds else tuple(lines)
        return self._lines[name]

    def _read_lines(self, name: str) -> list[str]:
        path = self.folder / "words" / name
        try:
            raw = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            raise PackError(f"{path}: the pack '{self.language}' has no such word list") from None
        return [line for line in raw if line.strip() and not line.startswith("#")]

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
