"""The name inside a phrase: without what it may be called besides ("the Hamas movement"), and without a country beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ondit.resolve.names.keys import Key
from ondit.resolve.names.words import NameWords, leading, nations_within, trailing


@dataclass(frozen=True, slots=True)
class Core:
    """What may be the name, and the countries (ISO codes) that stood beside it."""

    key: Key
    countries: tuple[str, ...] = ()


def cores(plain: Key, words: NameWords, text: str, *, fighters: bool = False) -> Iterator[Core]:
    """The phrase itself, then with one thing after the other taken off, from the start before from the end.

    With `fighters` those who fight for it are taken off, too ("30 M23 rebels").
    """
    key = plain
    countries: tuple[str, ...] = ()
    while True:
        yield Core(key, countries)
        if len(key) == 1:
            return
        taken = _at_start(key, words, fighters=fighters)
        if 0 < taken < len(key):
            key = key[taken:]
            continue
        taken = _at_end(key, words, fighters=fighters)
        if 0 < taken < len(key):
            key = key[:-taken]
            continue
        for start, stop, codes in nations_within(key, words, text):
            if (start == 0) != (stop == len(key)):
                key, countries = (key[stop:] if start == 0 else key[:start]), (*countries, *codes)
                break
        else:
            return


def _at_start(key: Key, words: NameWords, *, fighters: bool) -> int:
    if fighters and words.is_number(key[0]):
        return 1
    return leading(key, words.heads) or (leading(key, words.fighters) if fighters else 0)


def _at_end(key: Key, words: NameWords, *, fighters: bool) -> int:
    return trailing(key, words.heads) or (trailing(key, words.fighters) if fighters else 0)
