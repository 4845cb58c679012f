"""The registry of a run: the shipped entries with a user's own laid over them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ondit.model import Problem, Severity, Source, SourceKind
from ondit.registry.bodies import compose
from ondit.registry.projects import read_project
from ondit.registry.tables import shipped_sources
from ondit.text.folding import fold_word
from ondit.text.sounds import name_parts

_ABBREVIATION = 4
"""Letters up to which a name in capitals counts only as written: "WHO" is no "who"."""


class Registry(Mapping[str, Source]):
    """Entries by id. It lists those of the tables; asked for what a country and a generic body compose ("iq.army") it has that, too."""

    def __init__(self, listed: Mapping[str, Source]) -> None:
        self._listed = listed

    def __getitem__(self, source_id: str) -> Source:
        source = self._listed.get(source_id) or compose(source_id)
        if source is None:
            raise KeyError(source_id)
        return source

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def load_registry(files: Sequence[Path] = ()) -> tuple[Registry, tuple[Problem, ...]]:
    """The shipped entries under those of the user's files, later files over earlier ones, and what is wrong in the files.

    An entry with the id of one that is there adds its names to it and replaces what else it says.
    """
    entries = dict(shipped_sources())
    problems: list[Problem] = []
    for path in files:
        own, wrong = read_project(path, known=entries)
        problems += wrong
        for line, source in own:
            entries[source.id] = source
            problems += _dangling(source, entries, f"{path}:{line}")
    return Registry(entries), tuple(problems)


def _dangling(source: Source, entries: Mapping[str, Source], where: str) -> Iterator[Problem]:
    """Owners that no entry has: two outlets of one owner would count as independent because of a slip."""
    if source.owner and source.owner not in entries and compose(source.owner) is None:
        yield Problem(
            "unknown-owner",
            f"the owner '{source.owner}' of '{source.id}' is in no entry",
            "correct the id, or add an entry for the owner before this one",
            where,
            severity=Severity.WARNING,
        )


def is_abbreviation(name: str) -> bool:
    """Is it a short name in capitals, which counts only as written ("AP", "WHO")?"""
    letters = name.replace(".", "")
    return len(letters) <= _ABBREVIATION and letters.isupper() and letters.isascii()


@cache
def shipped_abbreviations() -> frozenset[str]:
    """The short names in capitals of all shipped sources, as written."""
    return frozenset(name for source in shipped_sources().values() for name in source.names if is_abbreviation(name))


@cache
def outlet_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of the shipped media as the word lists fold them, in Arabic with the article and without, and their abbreviations as written."""
    kinds = (SourceKind.MEDIA, SourceKind.SOCIAL_CHANNEL)
    names = [name for source in shipped_sources().values() if source.kind in kinds for name in source.names]
    short = frozenset(name for name in names if is_abbreviation(name))
    article = name_parts()["arabic_article"]
    bare = [" ".join(word.removeprefix(article) for word in name.split()) for name in names]
    return frozenset(fold_word(name) for name in (*names, *bare) if name not in short), short


@cache
def source_kinds() -> tuple[Mapping[str, SourceKind], Mapping[str, SourceKind]]:
    """What the shipped sources are, by their names as the word lists fold them, and by their abbreviations as written."""
    named = [(name, source.kind) for source in shipped_sources().values() for name in source.names]
    short = {name: kind for name, kind in named if is_abbreviation(name)}
    return {fold_word(name): kind for name, kind in named if name not in short}, short
