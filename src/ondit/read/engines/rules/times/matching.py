"""Matches rules on lexemes: every category at every place is tried once (packrat), all its ends are kept.

Work is bounded: categories cannot begin with themselves (checked when the grammar is compiled), an expression has at most `LONGEST`
lexemes, so the time is linear in the text whatever it contains.
"""

from collections.abc import Callable, Iterator
from functools import cache
from re import compile as _re

from ondit.model import TimexType
from ondit.model.records import record
from ondit.read.engines.rules.times.automaton import Automaton
from ondit.read.engines.rules.times.grammar import TYPES, Grammar, Rule
from ondit.read.engines.rules.times.lexemes import Lexemes
from ondit.read.engines.rules.times.patterns import Choice, Digits, Node, Not, Ref, Sequence, Tight, Word

LONGEST = 36

_SLOT = _re(r"\{(\w+)(\??)\}")


@cache
def _template(means: str) -> tuple[tuple[str, str, bool], ...]:
    """A meaning as (text, slot, may be missing) pieces; the last piece has no slot."""
    pieces = []
    at = 0
    for match in _SLOT.finditer(means):
        pieces.append((means[at : match.start()], match[1], bool(match[2])))
        at = match.end()
    return (*pieces, (means[at:], "", True))


def _fill(means: str, bound: dict[str, "Found"]) -> str:
    out = []
    for text, slot, optional in _template(means):
        out.append(text)
        if slot in bound:
            out.append(bound[slot].formula)
        elif not optional:
            raise KeyError(f"{means!r} needs {{{slot}}}, which its pattern did not bind")
        elif out[-1].endswith(" "):
            out[-1] = out[-1][:-1]
    return "".join(out)


@record
class Found:
    """A rule matched on lexemes `[start, stop)`; `inner_start`/`inner_stop` leave lead and tail out. `formula` is what it means."""

    start: int
    stop: int
    inner_start: int
    inner_stop: int
    formula: str
    type: TimexType | None
    mod: str
    rule: Rule | None
    name: str = ""
    parts: tuple["Found", ...] = ()

    @property
    def order(self) -> int:
        """Place of its rule in the grammar."""
        return self.rule.order if self.rule else 0


Bindings = tuple[tuple[str, Found], ...]


class Reader:
    """A grammar with its automaton; what the automaton has learnt is kept from text to text."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.automaton = Automaton(grammar.categories, grammar.tables, grammar.firsts, grammar.top)
        self._tops: dict[frozenset[str], int] = {}
        self.starts = {name: self.automaton.start(rules) for name, rules in grammar.categories.items()}

    def top(self, styles: frozenset[str]) -> int:
        """The automaton's state before a whole expression of one of these styles."""
        if styles not in self._tops:
            self._tops[styles] = self.automaton.start([rule for rule in self.grammar.top if rule.style in styles])
        return self._tops[styles]


class Matcher:
    """A reader on one stretch of text."""

    def __init__(self, reader: Reader, lexemes: Lexemes, styles: frozenset[str]) -> None:
        self._reader = reader
        self._grammar = reader.grammar
        self._automaton = reader.automaton
        self._lexemes = lexemes
        self._top = reader.top(styles)
        self._memo: dict[tuple[str, int], tuple[Found, ...]] = {}

    def longest(self, at: int, accept: Callable[[Found], bool]) -> Found | None:
        """The longest acceptable expression that begins at lexeme `at`; of equally long ones the earlier rule's."""
        keys = self._lexemes.keys
        if at + 1 < len(keys) and not self._automaton.leads_on(self._top, keys[at], keys[at + 1]):
            return None
        limit = self._limit(at)
        ends = self._automaton.walk(self._top, keys, at, limit)
        if not ends:
            return None
        best: Found | None = None
        for rule, end in sorted(ends.items(), key=lambda item: (-item[1], item[0].order)):
            if best is not None and (best.stop > end or (best.stop == end and best.order < rule.order)):
                continue
            for found in self._rule(rule, at, min(limit, end)):
                if (best is None or (-found.stop, found.order) < (-best.stop, best.order)) and accept(found):
                    best = found
                    if best.stop == end:
                        break
        return best

    def category(self, name: str, at: int, limit: int) -> tuple[Found, ...]:
        """What of a category begins at `at`: one reading for each end, the earlier rule first."""
        known = self._memo.get((name, at))
        if known is None:
            whole = self._limit(at)  # not the caller's limit: the next caller's may lie further on
            rules = self._automaton.walk(self._reader.starts[name], self._lexemes.keys, at, whole)
            ends: dict[int, Found] = {}
            for rule in sorted(rules, key=lambda r: r.order):
                for found in self._rule(rule, at, whole):
                    ends.setdefault(found.stop, found)
            known = self._memo[name, at] = tuple(sorted(ends.values(), key=lambda f: -f.stop))
        return known if not known or known[0].stop <= limit else tuple(f for f in known if f.stop <= limit)

    def _limit(self, at: int) -> int:
        lexemes = self._lexemes
        stop = lexemes.next_paragraph(at) if lexemes.paragraphs else len(lexemes.keys)
        return min(at + LONGEST, stop)

    def _rule(self, rule: Rule, at: int, limit: int) -> Iterator[Found]:
        for lead_end, lead in self._sequence(rule.lead, 0, at, limit, ()) if rule.lead else ((at, ()),):
            for body_end, body in self._sequence(rule.body, 0, lead_end, limit, lead):
                for tail_end, bindings in (
                    self._sequence(rule.tail, 0, body_end, limit, body) if rule.tail else ((body_end, body),)
                ):
                    yield self._found(rule, at, lead_end, body_end, tail_end, dict(bindings))

    def _found(self, rule: Rule, at: int, inner: int, inner_stop: int, stop: int, bound: dict[str, Found]) -> Found:
        formula = _fill(rule.means, bound)
        kind = rule.type or TYPES.get(rule.category)
        mod = rule.mod
        if mod.startswith("{"):
            mod = bound[mod[1:-1]].formula if mod[1:-1] in bound else ""
        inherit = next((bound[name] for name in ("x", "date", "time", "duration") if name in bound), None)
        if inherit is not None:
            mod = mod or inherit.mod
            kind = rule.type or inherit.type or kind
        parts = tuple(bound[name] for name in rule.parts if name in bound)
        passed_on = bound["x"].name if rule.means == "{x}" and "x" in bound else ""
        return Found(at, stop, inner, inner_stop, formula, kind, mod, rule, passed_on or rule.name, parts)

    def _sequence(
        self, nodes: Sequence, index: int, at: int, limit: int, bound: Bindings
    ) -> Iterator[tuple[int, Bindings]]:
        keys = self._lexemes.keys
        while index < len(nodes):  # plain words need no generator of their own
            node = nodes[index]
            if not isinstance(node, Word):
                break
            if at >= limit or keys[at] != node.key:
                return
            at += 1
            index += 1
        else:
            yield at, bound
            return
        for end, inner in self._node(node, at, limit, bound):
            yield from self._sequence(nodes, index + 1, end, limit, inner)

    def _node(self, node: Node, at: int, limit: int, bound: Bindings) -> Iterator[tuple[int, Bindings]]:
        if isinstance(node, Choice):
            for option in node.options:
                yield from self._sequence(option, 0, at, limit, bound)
        elif isinstance(node, Tight | Not):
            if self._holds(node, at, limit):
                yield at, bound
        elif at < limit and not isinstance(node, Word):
            for found in self._piece(node, at, limit):
                yield found.stop, (*bound, (node.alias, found))

    def _holds(self, node: Tight | Not, at: int, limit: int) -> bool:
        if isinstance(node, Tight):
            return at < limit and self._lexemes.tight[at]
        return next(self._sequence(node.sequence, 0, at, len(self._lexemes.keys), ()), None) is None

    def _piece(self, node: Ref | Digits, at: int, limit: int) -> Iterator[Found]:
        if isinstance(node, Digits):
            key = self._lexemes.keys[at]
            if (
                key[0].isdecimal()
                and len(key) <= 9
                and node.low <= int(key) <= node.high
                and node.width in (0, len(key))
            ):
                yield Found(at, at + 1, at, at + 1, str(int(key)), None, "", None)
        elif node.name in self._grammar.tables:
            yield from self._table(node.name, at, limit)
        else:
            yield from self.category(node.name, at, limit)

    def _table(self, name: str, at: int, limit: int) -> Iterator[Found]:
        lexemes = self._lexemes
        for entry in self._grammar.tables[name].get(lexemes.keys[at], ()):
            stop = at + len(entry.keys)
            if stop > limit or any(lexemes.keys[at + i] != entry.keys[i] for i in range(1, len(entry.keys))):
                continue
            if entry.keys[-1] == "." and not lexemes.tight[stop - 1]:
                continue
            # A script without capitals has no lower-case letters either: nothing to tell apart there.
            if entry.capital and lexemes.text[lexemes.starts[at]].islower():
                continue
            yield Found(at, stop, at, stop, entry.value, None, "", None)
