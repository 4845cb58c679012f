"""The interface in several languages: a TOML file each, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. `direction` is that of its script."""

    language: str
    direction: str
    name: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key ("events.title") with values put in; raises `KeyError` for a key that is in no file."""
        words = self.entries[key]
        return words.format(**values) if values else words

    def count(self, key: str, number: int) -> str:
        """The form of a counted thing that goes with a number: forms stand between bars, two (one, more) or five as Unicode's rules for Arabic have them."""
        forms = self.entries[key].split("|")
        return forms[min(_form(self.language, number), len(forms) - 1)]

    def of(self, table: str, id_: object) -> str:
        """What an id of a record is called ("stance", "denies"); the id itself, in words, when it has no name."""
        return self.entries.get(f"{table}.{id_}") or str(id_).replace("_", " ")


def _form(language: str, number: int) -> int:
    """Unicode CLDR's plural rules, cardinal, for whole numbers."""
    if language == "ar":
        within = number % 100
        few, many = 3 <= within <= 10, 11 <= within <= 99
        return number - 1 if number in (1, 2) else 2 if few or not number else 3 if many else 4
    return 0 if number == 1 or (language == "fr" and not number) else 1


@cache
def load_words(language: str) -> Words:
    """The words of a language; raises `KeyError` when there is none."""
    if language not in LANGUAGES:
        raise KeyError(language)
    tables = tomllib.loads((files("ondit.web.words") / f"{language}.toml").read_text(encoding="utf-8"))
    about = tables.pop("language")
    entries = {f"{table}.{key}": words for table, own in tables.items() for key, words in own.items()}
    return Words(language, about["direction"], about["name"], entries)


def choose_language(asked: str, accepted: str) -> str:
    """The language of an interface: the one that was asked for, else the first that the browser wants and we have, else English."""
    if asked in LANGUAGES:
        return asked
    for part in accepted.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]
