r"""The notation of patterns: words, `[optional]`, `(one|other)`, `{reference}`, `~` (no space), `!(…)` (not followed by), `\(` a mark itself.

`{month}` refers to a word table or to a category of rules, `{month:a}` binds what it finds to the name `a`; `{1-31}` is a number in
digits between the two, `{4d}` a number of exactly four digits, `{int}` any.
"""

import re
from dataclasses import dataclass

from ondit.read.engines.rules.times.lexemes import split_words


class PatternError(ValueError):
    """A pattern cannot be read; the message shows where."""


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: the automaton hashes them all the time
class Word:
    """One lexeme, given by its key."""

    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Ref:
    """A word table or a category, bound to `alias`."""

    name: str
    alias: str


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """A number in digits between `low` and `high`, of `width` digits (0 = any), bound to `alias`."""

    low: int
    high: int
    width: int
    alias: str


@dataclass(frozen=True, slots=True, eq=False)
class Tight:
    """No space between the neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """What follows must not match."""

    sequence: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several sequences; an empty one makes it optional."""

    options: tuple[tuple["Node", ...], ...]


Node = Word | Ref | Digits | Tight | Not | Choice
Sequence = tuple[Node, ...]

_PIECE = re.compile(
    r"\s+|\{(?P<ref>[^{}]+)\}|(?P<open>!?\(|\[)|(?P<close>[)\]])|(?P<bar>\|)|(?P<tight>~)|\\(?P<mark>.)|(?P<word>[^\s{}()\[\]|~!\\]+)"
)
_RANGE = re.compile(r"(\d+)-(\d+)$")
_WIDTH = re.compile(r"(\d)d$")


def parse_pattern(pattern: str) -> Sequence:
    """The nodes of a pattern; raises `PatternError`."""
    pieces = []
    at = 0
    while at < len(pattern):
        match = _PIECE.match(pattern, at)
        if match is None:
            raise PatternError(f"{pattern!r}: cannot read {pattern[at:]!r}")
        if match.lastgroup:
            pieces.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    options, rest = _options(pieces, 0, pattern)
    if rest != len(pieces):
        raise PatternError(f"{pattern!r}: a closing bracket without its opening one")
    return options[0] if len(options) == 1 else (Choice(options),)


def _options(pieces: list[tuple[str, str]], at: int, pattern: str) -> tuple[tuple[Sequence, ...], int]:
    options: list[Sequence] = []
    current: list[Node] = []
    while at < len(pieces) and pieces[at][0] != "close":
        kind, text = pieces[at]
        at += 1
        if kind == "bar":
            options.append(tuple(current))
            current = []
        elif kind == "open":
            inner, at = _options(pieces, at, pattern)
            closing = "]" if text == "[" else ")"
            if at == len(pieces) or pieces[at][1] != closing:
                raise PatternError(f"{pattern!r}: {text!r} is not closed by {closing!r}")
            at += 1
            if text == "!(":
                current.append(Not((Choice(inner),)))
            else:
                current.append(Choice((*inner, ()) if text == "[" else inner))
        elif kind == "ref":
            current.append(_reference(text))
        elif kind == "tight":
            current.append(Tight())
        else:
            keys = split_words(text)
            for index, key in enumerate(keys):
                if index:
                    current.append(Tight())
                current.append(Word(key))
    return (*options, tuple(current)), at


def _reference(text: str) -> Ref | Digits:
    name, _, alias = text.partition(":")
    if match := _RANGE.match(name):
        return Digits(int(match[1]), int(match[2]), 0, alias or "n")
    if match := _WIDTH.match(name):
        return Digits(0, 10 ** int(match[1]) - 1, int(match[1]), alias or "n")
    if name == "int":
        return Digits(0, 10**9, 0, alias or "n")
    return Ref(name, alias or name)
