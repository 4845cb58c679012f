"""Settings of a run: frozen, passed on, never global."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How reports are read; the defaults are the right choice.

    `languages` restricts language detection to these ISO 639-1 codes: one code means "the text is in this language",
    none means every language that is known. `max_bytes` is the size above which an input is refused, not read.
    """

    languages: tuple[str, ...] = ()
    max_bytes: int = 256 * 1024 * 1024
