"""The notation in which recognition hands over what an expression means: `=(last (weekday 5))`, an operation with its arguments.

It is text, so that a record can carry it and a reader can check it; the operations are in `operations.py`.
"""

import re
from functools import lru_cache

from ondit.model.records import record

_PIECE = re.compile(r"[()]|[^\s()]+")


class FormulaError(ValueError):
    """A formula cannot be read or names an unknown operation: a mistake in a grammar, not in a text."""


@record
class Formula:
    """An operation and its arguments (numbers, names, formulas)."""

    name: str
    arguments: tuple["Formula | int | str", ...] = ()


def is_formula(value: str) -> bool:
    """Is this the value of an expression that has not been anchored yet?"""
    return value.startswith("=")


@lru_cache(maxsize=4096)
def parse_formula(value: str) -> Formula:
    """Read `=(name argument …)`; raises `FormulaError`."""
    stack: list[list[Formula | int | str]] = [[]]
    for piece in _PIECE.findall(value.removeprefix("=")):
        if piece == "(":
            stack.append([])
        elif piece == ")":
            inner = stack.pop()
            if not stack or not inner or not isinstance(inner[0], str):
                raise FormulaError(f"not a formula: {value!r}")
            stack[-1].append(Formula(inner[0], tuple(inner[1:])))
        else:
            stack[-1].append(int(piece) if piece.lstrip("-").isdigit() else piece)
    if len(stack) != 1 or len(stack[0]) != 1 or not isinstance(stack[0][0], Formula):
        raise FormulaError(f"not a formula: {value!r}")
    return stack[0][0]
