"""Place names in a script without capitals: whatever the gazetteer has is looked up word by word, and the words around it vouch for it.

A word that small words are written together with ("in-Baghdad") begins a name at its stem; only an article belongs to the name.
"""

from collections.abc import Iterator

from ondit.gazetteer import Gazetteer, fold_name, fold_text
from ondit.gazetteer.mention import Role
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.toponym_evidence import NATION
from ondit.read.engines.rules.toponym_runs import Option, Run
from ondit.read.engines.rules.toponym_view import PROMINENT, prominence
from ondit.read.engines.rules.toponym_words import PlaceWords
from ondit.read.engines.rules.units import Parse

_SHORTEST_UNKNOWN = 4  # letters
_LONGEST = 5  # written words of a name
_SEVERAL, _SHORT, _COMMON, _NATION_COMMON, _NEEDS_HEAD, _GIVEN = 0.8, 1.5, 2.5, 1.0, 3.0, 3.0
_FOREIGN, _LONG_ENOUGH = 1.3, 5  # what a name gains that is no word of the language, and its letters
_NOTHING = Run((), frozenset())


class CaselessReader:
    """Looks for the gazetteer's names in the words of a report."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words

    def candidates(self, parse: Parse) -> Iterator[tuple[Run, Option | None, int]]:
        """Names in text order, none overlapping, in the form that capitalised stretches have."""
        skip, starts = self.words.skip, parse.tokens.starts
        free, introduced = 0, set[str]()
        sorts = self.words.heads_before
        for at in [
            i for i, key in enumerate(parse.tokens.keys) if key[0].isalpha() and (key not in skip or key in sorts)
        ]:
            if at < free:
                continue
            found = self._at(parse, at)
            if parse.tokens.keys[at] in skip and (found is None or " " not in found[0].key):
                continue  # a sort of place begins only a name of its own: "the camp of Zamzam"
            if found is not None:
                option, free = found
                yield _NOTHING, option, starts[at]
            elif at and (unknown := self._unknown(parse, at, introduced)) is not None:
                introduced.add(unknown[1])
                yield Run((), frozenset(), unknown), None, starts[at]

    def _unknown(self, parse: Parse, at: int, introduced: set[str]) -> tuple[int, str] | None:
        """A word after its sort ("the town of …") that is no word of the language, or once so `introduced` after a preposition: its length and key."""
        tokens, tags = parse.tokens, parse.tags
        before = tokens.keys[at - 1]
        sort = before in self.words.heads_last
        if not sort and (not introduced or before not in self.words.strong):
            return None
        first = at + (tokens.keys[at] in parse.pack.articles)
        key = fold_name(tokens.keys[first]) if first < len(tokens) else ""
        known = key in phrases(parse.pack).stems or key in self.words.common or key in self.words.never
        if len(key) < _SHORTEST_UNKNOWN or known or tags[first] not in "PN?":
            return None
        text = parse.text[tokens.starts[at] : tokens.stops[first]]
        name = fold_name(text)
        return (len(text), name) if sort or name in introduced else None

    def _at(self, parse: Parse, at: int) -> tuple[Option, int] | None:
        """The longest name that begins at a token, and the token after it."""
        tokens, articles = parse.tokens, parse.pack.articles
        keys, starts, stops = tokens.keys, tokens.starts, tokens.stops
        first = at + (keys[at] in articles)
        if first >= len(keys) or (at and keys[at - 1] in articles and starts[at] == stops[at - 1]):
            return None  # the article before it belongs to it
        if not self.gazetteer.has_names_with(parse.text[starts[at] : stops[first]]):
            return None  # as of most words
        ends = list(_ends(parse, first))
        stretch = parse.text[starts[at] : stops[ends[-1] - 1]] if ends else ""
        folded = fold_text(stretch)
        if not folded.starts:
            return None
        token_after = {stops[end - 1] - starts[at]: end for end in ends}
        for found in self.gazetteer.names_at(folded, 0):
            stop = folded.stops[found.last - 1]
            after = token_after.get(stop)
            if after is None or found.key in self.words.never:
                continue
            if after == len(keys) or f"{found.key} {fold_name(keys[after])}" not in self.words.never:
                return self._option(parse, at, after, found.key), after
        return None

    def _option(self, parse: Parse, at: int, last: int, key: str) -> Option:
        words = self.words
        hits = self.gazetteer.hits(key)
        fame = prominence(hits)
        single = " " not in key
        common = single and key in words.common
        score = fame
        if single:
            score -= _SHORT if len(key) <= 2 and fame < NATION else 0.0
            score -= (_NATION_COMMON if fame >= NATION else _COMMON) if common else 0.0
            if fame < PROMINENT:
                score -= _GIVEN if key in words.given or key in words.surnames else 0.0
        else:
            score += _SEVERAL
        score -= _NEEDS_HEAD if key in words.needs_head else 0.0
        score += (
            _FOREIGN
            if single and not common and len(key) >= _LONG_ENOUGH and key not in phrases(parse.pack).stems
            else 0.0
        )
        before = parse.tokens.keys[at - 1] if at else ""
        if before in words.name_links or (
            fame < NATION and before not in words.skip and fold_name(before) in words.given
        ):
            score -= _GIVEN  # a preposition is no given name, though it folds to one (على, علي)
        role = (
            Role.INSIDE if before in words.organisations else Role.ACTOR if key in words.metonyms.seats else Role.PLACE
        )
        length = parse.tokens.stops[last - 1] - parse.tokens.starts[at]
        return Option(0, length, key, hits, score, fame, role, "gazetteer", first=True, common=common)


def _ends(parse: Parse, first: int) -> Iterator[int]:
    """The tokens after each written word from `first` on, as long as a name may go on."""
    tokens, articles = parse.tokens, parse.pack.articles
    at = first
    for _ in range(_LONGEST):
        if at >= len(tokens) or not tokens.keys[at][0].isalpha():
            return
        yield at + 1
        at += 1
        if at >= len(tokens) or tokens.starts[at] - tokens.stops[at - 1] != 1:
            return  # a mark, or something written together with the word
        if tokens.keys[at] in articles:
            at += 1
        elif at + 1 < len(tokens) and tokens.starts[at + 1] == tokens.stops[at] and tokens.keys[at + 1][0].isalpha():
            return  # another word is fused to the next one
