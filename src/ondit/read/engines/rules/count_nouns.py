"""The noun a figure counts, what stands beside it, and the numbers that count nothing: dates, ages, measures, labels."""

from bisect import bisect_right
from collections.abc import Sequence

from ondit.model.records import record, replace
from ondit.read.engines.rules.count_cues import Stretch
from ondit.read.engines.rules.count_words import FATES, PEOPLE, CountWords
from ondit.read.engines.rules.numerals import ends_with, number_words
from ondit.read.engines.rules.quantities import Quantity, bound
from ondit.read.engines.rules.units import Parse

_PHRASE = 8  # tokens of a noun phrase after a figure
_MARKS = frozenset('"«“‘')  # a quotation of a few words may be the noun


@record
class Figure:
    """A quantity with its noun: `head` the counted noun's token (-1: none), `last` the end of the phrase, `kind` the noun's class.

    `part` says that it is a part of a larger figure, `by_noun` that nothing but its noun says what it counts.
    """

    quantity: Quantity
    head: int
    last: int
    kind: str
    what: str = ""
    why: str = ""
    single: bool = False
    part: bool = False
    by_noun: bool = False

    @property
    def stretch(self) -> Stretch:
        """Its tokens, the noun phrase included."""
        return Stretch(self.quantity.first, self.last)


def may_count(parse: Parse, quantity: Quantity, words: CountWords) -> bool:
    """Is this a figure at all, and no date, age, measure, label or part of a name?"""
    keys, starts, stops = parse.tokens.keys, parse.tokens.starts, parse.tokens.stops
    first, core, last = quantity.first, quantity.core, quantity.last
    after = keys[last] if last < len(keys) else ""
    of_them = after in words.of and quantity.low != quantity.best  # "une quinzaine d'autres" is no fortnight
    if (_in_time(parse, core) and not of_them) or (
        quantity.best == 1 and last - first == 1 and keys[core] in words.articles
    ):
        return False
    one_of = quantity.best == 1 and keys[core] in words.behind_noun and first > 1 and keys[first - 2] in words.of
    if one_of or ends_with(keys, first, words.uncounted) or ends_with(keys, last, words.percents):
        return False  # "seven | of | a family | one"
    before = keys[first - 1] if first else ""
    if before in words.labels and not quantity.vague and core == first:
        return False
    if after in words.after and (stops[last - 1] == starts[last] or after.isalpha() or len(after) == 1):
        return False
    if after in words.ages or before in words.ages:
        return False
    if keys[core][0].isdigit():
        text = parse.text
        fused = core and stops[core - 1] == starts[core] and parse.tags[core - 1] in "CE"  # "and-17 women"
        left = "" if fused else text[starts[core] - 1 : starts[core]]
        right = text[stops[last - 1] : stops[last - 1] + 2]
        if left and (left in "$€£#/.,:_+=@&-" or left.isalnum()):
            return False
        if right and (right[0] in "/_%°$€£" or (right[0] in ".,:-" and right[1:].isdigit())):
            return False
    return True


def _in_time(parse: Parse, at: int) -> bool:
    offset = parse.tokens.starts[at]
    before = bisect_right(parse.time_starts, offset)
    return before > 0 and parse.times[before - 1].span.stop > offset


def with_noun(parse: Parse, quantity: Quantity, limit: int, words: CountWords) -> Figure | None:
    """The figure with the noun it counts; None when that noun is never counted."""
    head, last, before = noun_phrase(parse, quantity.last, limit, words)
    if head < 0 and last > quantity.last:
        return None
    if head < 0:
        bare = Figure(quantity, -1, quantity.last, "")
        return None if _is_age(parse, quantity) else _qualified(parse, bare, (), words)
    keys = parse.tokens.keys
    kind = "never" if keys[head] in words.never else words.noun_class(keys[head])
    if kind == "never":
        return None
    kind = _compound(keys, head, words) or kind
    figure = Figure(quantity, head, last, kind or "unknown")
    if kind == "things" and any(
        parse.tags[at] == "A" and words.noun_class(keys[at]) == "weapons" for at in (*before, last - 1)
    ):
        figure = replace(figure, kind="weapons")  # armoured vehicles
    elif kind not in ("strikes", "weapons", "things"):
        figure = _qualified(parse, figure, before, words)
    return _bounded_after(parse, _lumped(parse, figure, words))


def _compound(keys: Sequence[str], head: int, words: CountWords) -> str:
    """The class of a phrase that is something else than its noun ("three gold mines")."""
    for phrase, kind in words.compounds.get(keys[head], ()):
        if phrase in (tuple(keys[head : head + len(phrase)]), tuple(keys[max(0, head + 1 - len(phrase)) : head + 1])):
            return kind
    return ""


def behind_noun(parse: Parse, quantity: Quantity, words: CountWords) -> Figure | None:
    """The figure of a number that stands behind its noun ("soldiers | two", "a person | one"); None when there is none."""
    keys, at = parse.tokens.keys, quantity.first - 1
    if at < 0 or quantity.last - quantity.first != 1 or keys[quantity.core] not in words.behind_noun:
        return None
    kind = words.noun_class(keys[at])
    counted = kind in PEOPLE | FATES or (quantity.best != 1 and kind in ("things", "weapons", "strikes"))
    counted = counted and parse.tags[at] in "NA" and keys[at] not in words.cues
    whole = replace(quantity, first=at, core=at)
    return _bounded_after(parse, Figure(whole, at, quantity.last, kind)) if counted else None


def _qualified(parse: Parse, figure: Figure, before: Sequence[int], words: CountWords) -> Figure:
    """A figure whose noun has a fate beside it ("12 dead soldiers", "five others wounded")."""
    keys, tags = parse.tokens.keys, parse.tags
    fates = {words.noun_class(keys[at]): at for at in reversed(before) if words.noun_class(keys[at]) in FATES}
    if fates and figure.kind in FATES and figure.kind not in fates:
        return replace(figure, what="other", why="dead and injured under one figure")
    last = _past_adverbs(parse, figure.last, words)
    if not fates and last < len(keys) and tags[last] in "Av" and figure.kind not in FATES:
        fate = words.noun_class(keys[last])
        if not fate and tags[last] == "v" and keys[last] in words.verbs:
            fate = words.verbs[keys[last]].what  # "six civils égorgés"
        fates = {fate: last} if fate in ("killed", "injured") else {}
    what, at = next(iter(fates.items()), ("", -1))
    return replace(figure, what=what, why=f"'{keys[at]}' stands beside the noun") if what else figure


def _past_adverbs(parse: Parse, at: int, words: CountWords) -> int:
    """The token after "d'autres grièvement" in "une quinzaine d'autres grièvement blessés"."""
    keys, tags = parse.tokens.keys, parse.tags
    stop = min(len(keys), at + 4)
    while at < stop and (tags[at] == "R" or keys[at] in words.between or keys[at] in words.of):
        at += 1
    return min(at, len(keys))


def _is_age(parse: Parse, quantity: Quantity) -> bool:
    """A bare number between commas after a name ("Smith, 20, has been arrested")."""
    keys, first, last = parse.tokens.keys, quantity.first, quantity.last
    return (
        first > 1
        and last < len(keys)
        and keys[first - 1] == ","
        and keys[last] in (",", ".")
        and parse.tags[first - 2] in "NP"
    )


def noun_phrase(parse: Parse, at: int, limit: int, words: CountWords) -> tuple[int, int, list[int]]:
    """Head noun, end of the phrase, and the tokens before the head, from the token after a number; head -1 when no noun follows."""
    keys, tags = parse.tokens.keys, parse.tags
    stop = min(limit, at + _PHRASE)
    begin = at
    while at < stop and (keys[at] in words.between or keys[at] in _MARKS or keys[at] in parse.pack.articles):
        at += 1
    if at < stop and keys[at] in words.of:
        at += 1
        while at < stop and (keys[at] in words.determiners or keys[at] in words.between):
            at += 1
    while at + 1 < stop and keys[at] in words.labels and keys[at + 1][0].isdigit():
        at += 2  # "six | AK 47 | rifles"
    if words.head_first:
        head = _first_noun(parse, at, stop, words)
        return (
            (head, _phrase_end(parse, head + 1, stop, words), list(range(at, head))) if head >= 0 else (-1, begin, [])
        )
    head = _last_noun(parse, at, stop, words)
    while (
        head > at
        and words.noun_class(keys[head]) in FATES
        and tags[head - 1] in "NP"
        and words.noun_class(keys[head - 1]) not in FATES
    ):
        head -= 1  # "six people dead": the adjective is not the noun
    return (head, head + 1, list(range(at, head))) if head >= at else (-1, begin, [])


def _in_phrase(parse: Parse, at: int, words: CountWords) -> bool:
    return (parse.tags[at] in "NPAv?g" or bool(words.noun_class(parse.tokens.keys[at]))) and not _in_time(parse, at)


def _first_noun(parse: Parse, at: int, stop: int, words: CountWords) -> int:
    while at < stop and _in_phrase(parse, at, words):
        if parse.tokens.keys[at] in words.nouns or parse.tags[at] in "NP":
            return at
        at += 1
    return -1


def _last_noun(parse: Parse, at: int, stop: int, words: CountWords) -> int:
    keys, tags = parse.tokens.keys, parse.tags
    head = -1
    while at < stop and _in_phrase(parse, at, words):
        if head >= 0 and tags[at] in "vg":
            break
        if tags[at] in "NP" or keys[at] in words.nouns:
            head = at
        at += 1
        if at + 1 < stop and keys[at] in words.coordinators and tags[at - 1] == "A" and tags[at + 1] == "A":
            at += 1  # "21 military and civilian personnel"
    return head


def _phrase_end(parse: Parse, at: int, stop: int, words: CountWords) -> int:
    """End of what belongs to a noun after it, where nouns come first: adjectives that are no fates."""
    keys, tags = parse.tokens.keys, parse.tags
    while at < stop and tags[at] in "AP" and keys[at] not in words.verbs and words.noun_class(keys[at]) not in FATES:
        at += 1
    return at


def _lumped(parse: Parse, figure: Figure, words: CountWords) -> Figure:
    """Dead and injured under one figure are `other`."""
    keys = parse.tokens.keys
    if figure.kind not in ("killed", "injured") or figure.last + 1 >= len(keys):
        return figure
    after = figure.last + 1
    while after < len(keys) and (keys[after] in words.of or keys[after] in parse.pack.articles):
        after += 1
    if keys[figure.last] in words.coordinators and keys[figure.last] != "," and after < len(keys):
        second = words.noun_class(keys[after])
        if second in ("killed", "injured") and second != figure.kind:
            return replace(figure, last=after + 1, what="other", why="dead and injured under one figure")
    return figure


def _bounded_after(parse: Parse, figure: Figure) -> Figure:
    """A bound that stands after the noun ("12 morts au moins")."""
    keys = parse.tokens.keys
    if figure.last >= len(keys):
        return figure
    for phrase, name in number_words(parse.pack).bounds_after.get(keys[figure.last], ()):
        stop = figure.last + len(phrase)
        if tuple(keys[figure.last : stop]) == phrase:
            return replace(figure, quantity=bound(figure.quantity, name), last=stop)
    return figure
