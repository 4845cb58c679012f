"""Settings of a run: frozen, passed on, never global."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How reports are read; the defaults are the right choice.

    `languages` restricts language detection to these ISO 639-1 codes: one code means "the text is in this language",
    none means every language that is known. `gazetteer_layers` are folders of imported place names that lie over the shipped
    ones, upper ones first. `sources` are files with entries of the user's own (`sources.toml`) over the shipped registry, later
    ones over earlier ones.
    """

    languages: tuple[str, ...] = ()
    gazetteer_layers: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
