"""Which words of a capitalised stretch are a person's name."""

from ondit.read.engines.rules.toponym_view import PROMINENT, View

_LONGEST_NAME, _MOST_INITIALS = 5, 4
WORLD_CITY, BIG_TOWN = PROMINENT, 2.0
"""Fame from which a given name that is a town too wants a known surname, or at least an unknown word, after it."""


def person_pieces(view: View, *, titled: bool) -> frozenset[int]:
    """Pieces that belong to persons' names."""
    found: set[int] = set()
    at = 0
    expecting = titled
    while at < len(view.pieces):
        piece = view.pieces[at]
        if not view.capital[at]:
            expecting = expecting and piece in view.words.name_links
            at += 1
        elif (jump := _known_name(view, at)) > at:
            expecting = False
            at = jump
        elif piece in view.words.titles and view.plain(at + 1):
            expecting = True
            at += 1
        elif (expecting and piece not in view.words.organisations and not _place_ahead(view, at)) or _name_begins(
            view, at
        ):
            at = _rest_of_name(view, at, found)
            expecting = False
        else:
            expecting = False
            at += 1
    return frozenset(found)


def _known_name(view: View, at: int) -> int:
    """Where a well-known name of several words ends that begins here ("British Columbia"), or `at`."""
    for found, name in view.names(at):
        ends = view.pieces[at] in view.words.common and view.pieces[found.last - 1] in view.words.common
        if found.last - at > 1 and view.capital[found.last - 1] and (ends or name.fame >= 1.0):
            ordinary = view.pieces[at] in view.words.given and view.pieces[found.last - 1] in view.words.surnames
            return at if ordinary and name.fame < PROMINENT else found.last
    return at


def _place_ahead(view: View, at: int) -> bool:
    """Is what follows a title a well-known place and nothing else ("President of", "Mayor London")?"""
    return at + 1 == len(view.pieces) and any(name.fame >= 4.0 for _, name in view.names(at))


def _name_begins(view: View, at: int) -> bool:
    words, pieces = view.words, view.pieces
    after = at + 1
    while after < min(len(pieces), at + _MOST_INITIALS) and len(pieces[after]) == 1 and view.capital[after]:
        after += 1  # initials
    initials = after > at + 1
    if (
        not view.plain(after)
        or pieces[after] in words.own_after
        or (view.text[view.folded.stops[at]] == "-" and not initials)
    ):
        return False
    if len(pieces[at]) == 1:
        return not initials and pieces[after] not in words.common and view.text[view.folded.stops[at]] == "."
    if initials and pieces[after] not in words.common and pieces[after] not in words.never:
        return pieces[at] not in words.common or pieces[at] in words.given
    return pieces[at] in words.given and _given_name(view, at, after)


def _given_name(view: View, at: int, after: int) -> bool:
    """Is a word that is a given name one here, before this next word? It may be a town as well ("Paris", "Vladimir")."""
    words, pieces = view.words, view.pieces
    surname, ordinary = pieces[after] in words.surnames, pieces[after] in words.common
    longest = next(((f, n) for f, n in view.names(at) if view.capital[f.last - 1]), None)
    if longest is None:
        return surname or not ordinary
    found, name = longest
    if found.last > after:
        return surname and name.fame < 0.5
    if name.fame >= WORLD_CITY or pieces[at] in words.common:
        return surname
    if name.fame >= BIG_TOWN:
        return surname or (not ordinary and not view.names(after))
    return surname or not ordinary


def _rest_of_name(view: View, at: int, found: set[int]) -> int:
    length = 0
    while at < len(view.pieces) and length < _LONGEST_NAME:
        piece = view.pieces[at]
        if view.capital[at]:
            if length and (piece in view.words.organisations or piece in view.words.titles):
                break
        elif piece not in view.words.name_links:
            break
        found.add(at)
        at += 1
        length += 1
    return at
