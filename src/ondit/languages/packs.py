"""Reads language packs. A pack is a folder: `pack.toml`, `words/`, `grammar/`, `examples/`, `models/`; adding one adds a language.

Folders of a user's own lie over the shipped packs: `FOLDER/fr/words/reporting.tsv` adds lines to the shipped list, tables are merged.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ondit.text.clitics import CliticRules
from ondit.text.folding import fold_word
from ondit.text.tokens import TokenRules

_HOME = Path(__file__).parent


_WHOLE = ("stems.txt", "places.given_names.txt")  # words that nothing is fused to


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
    layers: tuple[Path, ...] = ()

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

        stems = [w for name in _WHOLE if self.has(f"words/{name}") for w in self._read_lines(name)]
        contracted, restored = folded("contracted"), tokens.get("restored", ())
        return CliticRules(
            joins=folded("joins"),
            before=folded("before"),
            verbal=folded("verbal"),
            verb_letters=folded("verb_letters"),
            article=fold_word(tokens["article"]),
            contracted=(contracted[0], contracted[1]),
            suffixes=folded("suffixes"),
            endings=folded("endings") or ("\0",),
            restored=tuple(w if at % 2 == 0 else fold_word(w) for at, w in enumerate(restored)),
            stems=frozenset((*stems, *folded("whole_words"))),
            never_whole=frozenset(tokens.get("never_whole", ())),
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
            table = _merged(self._files(f"{name}.toml"))
            self._tables[name] = table if name.startswith("examples/") else self._folded(table)
        return self._tables[name]

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of the word list `words/NAME` ("names.txt", "forms.tsv") without comments (#) and empty lines."""
        if name not in self._lines:
            found = [line for path in self._files(f"words/{name}", own=_forms_of(name)) for line in read_lines(path)]
            stem = name.removesuffix(".forms.tsv")
            if stem != name:
                found += [line for layer in self.layers for line in _forms(layer / "words" / f"{stem}.tsv")]
            self._lines[name] = tuple(map(fold_word, found)) if self._folds else tuple(found)
        return self._lines[name]

    def _files(self, name: str, own: str = "") -> list[Path]:
        """The file of this name in the pack and in the layers over it; raises `PackError` when there is none."""
        found = [path for folder in (self.folder, *self.layers) if (path := folder / name).is_file()]
        if not found and not (own and any((layer / own).is_file() for layer in self.layers)):
            raise PackError(f"{self.folder / name}: the pack '{self.language}' has no such file")
        return found

    def _read_lines(self, name: str) -> list[str]:
        return [line for path in self._files(f"words/{name}") for line in read_lines(path)]

    def has(self, name: str) -> bool:
        """Is there a file of this name in the pack ("grammar/time.toml")?"""
        return any((folder / name).is_file() for folder in (self.folder, *self.layers))


_installed: list[tuple[Path, ...]] = []


def install_layers(folders: tuple[Path, ...]) -> None:
    """Lay a user's folders over the shipped packs, for this whole process: word lists are read once and compiled.

    Raises `PackError` when a folder is not there, or when packs are in use already with others.
    """
    for folder in folders:
        if not folder.is_dir():
            raise PackError(f"{folder}: there is no such folder of words")
    if installed_layers() != folders:
        if load_pack.cache_info().currsize:
            raise PackError("language packs are in use already; name the folders of words before anything is read")
        _installed[:] = [folders]
        available_languages.cache_clear()


def installed_layers() -> tuple[Path, ...]:
    """The user's folders that lie over the shipped packs."""
    return _installed[0] if _installed else ()


@cache
def available_languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the packs that are installed, sorted."""
    return tuple(sorted({p.parent.name for home in (_HOME, *installed_layers()) for p in home.glob("*/pack.toml")}))


@cache
def load_pack(language: str) -> Pack:
    """The pack of a language with the user's layers over it; raises `PackError` when there is none."""
    folders = [home / language for home in (_HOME, *installed_layers()) if (home / language).is_dir()]
    if not any((folder / "pack.toml").is_file() for folder in folders):
        have = ", ".join(available_languages())
        raise PackError(f"there is no language pack for '{language}' (installed: {have})")
    settings = _merged([path for folder in folders if (path := folder / "pack.toml").is_file()])
    return Pack(language, folders[0], settings, layers=tuple(folders[1:]))


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a word list without comments (#) and empty lines."""
    try:
        raw = path.read_text(encoding="utf-8").splitlines()
    except (UnicodeDecodeError, OSError) as error:
        raise PackError(f"{path}: {error}; save it as UTF-8") from error
    return tuple(line for line in raw if line.strip() and not line.startswith("#"))


def _forms_of(name: str) -> str:
    """The list whose lines may name the forms that a list of forms holds."""
    stem = name.removesuffix(".forms.tsv")
    return f"words/{stem}.tsv" if stem != name else ""


def _forms(path: Path) -> list[str]:
    """Forms and lemma of a user's verbs: the fourth column names the forms, where the shipped lists have made theirs."""
    found: list[str] = []
    for line in read_lines(path) if path.is_file() else ():
        lemma, *rest = line.split("\t")
        head = lemma.split()[0]
        found += [f"{form}\t{head}" for form in dict.fromkeys((head, *(rest[2].split() if len(rest) > 2 else ())))]
    return found


def read_toml(path: Path) -> dict[str, Any]:
    """A table of a pack; raises `PackError` naming file and line when it is broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PackError(f"{path}: {error}") from error


def shipped_folder(language: str) -> Path | None:
    """The folder of a shipped pack."""
    return _HOME / language if (_HOME / language / "pack.toml").is_file() else None


def shipped_folders() -> tuple[Path, ...]:
    """The folders of all shipped packs."""
    return tuple(sorted(p.parent for p in _HOME.glob("*/pack.toml")))


def _merged(paths: list[Path]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for path in paths:
        table = _over(table, read_toml(path))
    return table


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lists grow, tables are merged, anything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _over(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *value]
        else:
            merged[key] = value
    return merged
