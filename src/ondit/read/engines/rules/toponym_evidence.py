"""How much the form of a name and its neighbours in a capitalised stretch speak for a place. Weights are log-odds, set by hand."""

from ondit.gazetteer.mention import Role
from ondit.read.engines.rules.toponym_view import PROMINENT, View

_LONGEST_OWN = 4
NATION = 4.0
"""Fame of a country: "Guinea", "Turkey", "China" are words as well, but capitalised they are rarely meant as such."""


def own_name(view: View, at: int, persons: frozenset[int]) -> int | None:
    """Where a name ends that carries its own sort word ("Hertford Road", "Lake Placid"), or `None`."""
    pieces = view.pieces
    if at and _joined_before(view, at):
        return None
    for last in range(at + 1, min(len(pieces), at + _LONGEST_OWN)):
        if not view.capital[last] or (last - 1 in persons and last - 1 != at):
            return None
        if pieces[last] in view.words.own_inside:
            continue
        if pieces[last] in view.words.organisations and pieces[last] not in view.words.own_after:
            return None
        if pieces[last] in view.words.own_after:
            nothing = all(p in view.words.common and p in view.words.never for p in pieces[at:last])
            return None if nothing or pieces[at] in view.words.never else last + 1
    if pieces[at] in view.words.own_before and at + 1 < len(pieces) and view.capital[at + 1]:
        return at + 2
    return None


def unknown_name(view: View) -> tuple[int, str] | None:
    """The capitalised words at the start of the stretch, for names that no gazetteer has."""
    words, last = view.words, 0
    while last < min(3, len(view.pieces)) and view.capital[last] and view.pieces[last] not in words.organisations:
        last += 1
    key = " ".join(view.pieces[:last])
    ordinary = last == 1 and (key in words.common or key in words.never or key in words.strong)
    return None if len(key) < 4 or ordinary or view.raw(0, last).isupper() else (view.folded.stops[last - 1], key)


def _joined_before(view: View, at: int) -> bool:
    return (
        view.capital[at - 1]
        and view.pieces[at - 1] not in view.words.never
        and view.pieces[at - 1] not in view.words.strong
    )


def evidence(view: View, first: int, last: int, fame: float) -> tuple[float, Role]:
    """Weight and role of a gazetteer name from its own form and its neighbours in the stretch."""
    words, pieces = view.words, view.pieces
    score, role = fame, Role.PLACE
    key = " ".join(pieces[first:last])
    if last - first > 1:
        score += 1.6 if pieces[last - 1] in words.own_after else 0.8
    else:
        score -= 1.5 if len(key) <= 3 and fame < 4 else 0.0
        score -= (1.0 if fame >= NATION else 2.5) if key in words.common else 0.0
        if fame < PROMINENT:
            score -= (1.2 if key in words.given else 0.0) + (1.0 if key in words.surnames else 0.0)
    score -= 3.0 if key in words.needs_head else 0.0
    if view.raw(first, last).isupper() and len(key) <= 4 and fame < 4:
        score -= 2.0
    right = last if last < len(pieces) else None
    if key in words.metonyms.seats:
        return score, Role.ACTOR
    if right is not None and view.capital[right]:
        score, role = _right(view, right, score, role, fame)
    if first:
        score, role = _left(view, first, score, role, fame)
    return score, role


def _right(view: View, right: int, score: float, role: Role, fame: float) -> tuple[float, Role]:
    piece = view.pieces[right]
    if view.text[view.folded.stops[right - 1]] == "-":
        paired = any(name.fame >= 0.0 for _, name in view.names(right))
        return score - (0.3 if paired else 0.5 if fame >= PROMINENT else 1.5), role
    if piece in view.words.organisations or piece in view.words.titles:
        return score - 0.2, Role.INSIDE
    if piece in view.words.common or piece in view.words.never:
        return score - (0.0 if piece in view.words.never else 0.3), role
    if piece in view.words.surnames and fame < PROMINENT:
        return score - 2.5, role
    return score - (0.3 if fame >= PROMINENT else 1.5), role


def _left(view: View, first: int, score: float, role: Role, fame: float) -> tuple[float, Role]:
    words = view.words
    piece = view.pieces[first - 1]
    if piece in words.strong:
        return score + 1.5, role
    if not view.capital[first - 1]:
        head = next((p for p in reversed(view.pieces[max(0, first - 6) : first - 1]) if p not in words.links), "")
        inside = head in words.organisations
        return score + (0.8 if inside else 0.3), Role.INSIDE if inside and role is Role.PLACE else role
    if view.text[view.folded.starts[first] - 1] == "-":
        paired = any(f.last == first and name.fame >= 0.0 for f, name in view.names(first - 1))
        return score - (0.3 if paired else 1.0 if fame >= PROMINENT else 2.5), role
    if piece in words.weak or piece in words.never or piece in words.own_before:
        return score, role
    if piece in words.organisations:
        return score - 0.3, Role.INSIDE
    if first == 1 and piece in words.common:
        return score - 0.5, role
    return score - (0.5 if fame >= PROMINENT else 2.0), role
