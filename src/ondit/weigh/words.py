"""Small pieces of the sentences that weighing writes: lists, numbers with their nouns, figures."""

from collections.abc import Sequence

_SHOWN = 4


def plural(count: int, noun: str) -> str:
    """A number with its noun: "1 report", "2 reports"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Names as a list in prose; a long one says how many more there are.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    names = [" ".join(n.split()) for n in names]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 1], f"{len(names) - _SHOWN + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"


def figure(low: int | None, high: int | None) -> str:
    """A figure or range in words: "9", "at least 9", "at most 9", "20 to 99".

    >>> figure(9, None), figure(45, 50)
    ('at least 9', '45 to 50')
    """
    if low is not None and high is not None:
        return str(low) if low == high else f"{low} to {high}"
    if low is not None:
        return f"at least {low}"
    return f"at most {high}" if high is not None else "an unknown number"
