"""Which rules can match where: a finite automaton over keys, built on the way by Brzozowski's derivatives.

A state is what is still to be read of each rule. It leaves out what only the matcher can check (spaces, lookahead, values of numbers),
so it may promise too much but never too little. At most places of a text the first or second key has no transition, which is why
reading costs little where there are no dates. (J. A. Brzozowski, "Derivatives of Regular Expressions", J. ACM 11, 1964.)
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from ondit.read.engines.rules.times.grammar import DIGITS, Entry, Rule
from ondit.read.engines.rules.times.patterns import Choice, Digits, Node, Not, Ref, Tight, Word

_DEAD = 0
_NOTHING_LEFT = 0
_DEAD_END: frozenset[int] = frozenset()
_NO_KEYS: frozenset[str] = frozenset()

# What a sequence consists of here: words, references, numbers, and of a choice its options (as numbers of sequences).
_Piece = Word | Ref | Digits | frozenset[int]
_State = frozenset[tuple[int, int]]  # (number of a rule, number of the sequence that is left of it)


def key_class(key: str) -> str:
    """The symbol a key is read as: itself, or its number of digits."""
    return f"{DIGITS}{min(len(key), 5)}" if key[0].isdecimal() else key


class _Sequences:
    """Sequences of nodes as numbers, equal ones once, so that they cost nothing to compare; 0 is the empty one."""

    def __init__(self) -> None:
        self.cells: list[tuple[_Piece, int]] = [(frozenset(), 0)]  # first piece, number of what follows
        self._numbers: dict[tuple[_Piece, int], int] = {}
        self._joined: dict[tuple[int, int], int] = {}
        self._pieces: dict[object, _Piece] = {}

    def of(self, nodes: Sequence[Node]) -> int:
        """The number of a sequence; what only the matcher can check is left out."""
        number = _NOTHING_LEFT
        for node in reversed(nodes):
            if not isinstance(node, Tight | Not):
                number = self._cell(self._piece(node), number)
        return number

    def join(self, first: int, second: int) -> int:
        """The number of one sequence followed by another."""
        if first == _NOTHING_LEFT:
            return second
        known = self._joined.get((first, second))
        if known is None:
            piece, rest = self.cells[first]
            known = self._joined[first, second] = self._cell(piece, self.join(rest, second))
        return known

    def _cell(self, piece: _Piece, rest: int) -> int:
        number = self._numbers.get((piece, rest))
        if number is None:
            number = self._numbers[piece, rest] = len(self.cells)
            self.cells.append((piece, rest))
        return number

    def _piece(self, node: Word | Ref | Digits | Choice) -> _Piece:
        """One object for all nodes that read the same keys."""
        if isinstance(node, Choice):
            known = self._pieces.get(node)
            if known is None:
                known = self._pieces[node] = frozenset(map(self.of, node.options))
            return known
        if isinstance(node, Word):
            return self._pieces.setdefault(("word", key_class(node.key)), node)
        if isinstance(node, Ref):
            return self._pieces.setdefault(("ref", node.name), node)
        return self._pieces.setdefault(("digits", node.low, node.high, node.width), node)


class Automaton:
    """States are numbers; 0 is the dead end."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[Rule]],
        tables: Mapping[str, Mapping[str, tuple[Entry, ...]]],
        firsts: Mapping[str, frozenset[str]],
        top: Sequence[Rule],
    ) -> None:
        self._categories = rules
        self._tables = tables
        self._firsts = firsts
        # Other words lead nowhere; that they are not remembered keeps the automaton finite.
        self._alphabet = firsts[""] | {f"{DIGITS}{n}" for n in range(1, 6)}
        self._sequences = _Sequences()
        self._rules: list[Rule] = []
        self._states: list[_State] = [frozenset()]
        self._numbers: dict[_State, int] = {self._states[0]: _DEAD}
        self._groups: dict[int, dict[frozenset[str], list[tuple[int, int]]]] = {}
        self._steps: list[dict[str, int]] = [{}]
        self._accepts: list[tuple[Rule, ...]] = [()]
        self._derivatives: dict[tuple[int, str], frozenset[int]] = {}
        self._within: dict[tuple[str, str], frozenset[int]] = {}
        self._nullable: dict[int, bool] = {}
        self._beginnings: dict[int, frozenset[str]] = {}
        self._first_keys: dict[_Piece, frozenset[str]] = {}
        self._body_of: dict[str, tuple[int, ...]] = {}
        self._alike: dict[str, str] = {}
        self._first_alike: dict[object, str] = {}
        self._top = top
        self.leads_on = lru_cache(maxsize=65_536)(self._leads_on)

    def start(self, rules: Sequence[Rule]) -> int:
        """The state before any key of these rules (with lead and tail) has been read."""
        first = len(self._rules)
        self._rules.extend(rules)
        return self._number(frozenset(enumerate(map(self._whole, rules), first)))

    def _whole(self, rule: Rule) -> int:
        return self._sequences.of((*rule.lead, *rule.body, *rule.tail))

    def _leads_on(self, state: int, first: str, second: str) -> bool:
        """Can anything be read that begins with these two keys? Mostly not, and texts repeat their pairs of words."""
        for key in (first, second):
            symbol = key_class(key)
            if symbol not in self._alphabet:
                return False
            state = self._step(state, symbol)
            if self._accepts[state]:
                return True
        return state != _DEAD

    def walk(self, state: int, keys: Sequence[str], at: int, limit: int) -> dict[Rule, int]:
        """Rules that can match from `at`, each with the furthest place it can end."""
        ends: dict[Rule, int] = {}
        steps, accepts, alphabet = self._steps, self._accepts, self._alphabet
        while at < limit:
            key = keys[at]
            symbol = key_class(key) if key[0].isdecimal() else key
            following = steps[state].get(symbol)
            if following is None:
                if symbol not in alphabet:
                    break
                following = self._step(state, symbol)
            state = following
            if state == _DEAD:
                break
            at += 1
            for rule in accepts[state]:
                ends[rule] = at
        return ends

    def _step(self, state: int, symbol: str) -> int:
        steps = self._steps[state]
        like = self._representative(symbol)
        number = steps.get(like)
        if number is None:
            number = steps[like] = self._number(self._following(state, like))
        steps[symbol] = number
        return number

    def _following(self, state: int, symbol: str) -> _State:
        """What is left of the rules of a state after `symbol`; those that begin alike are looked at together."""
        first = DIGITS if symbol.startswith(DIGITS) else symbol
        groups = self._groups.get(state)
        if groups is None:
            groups = self._groups[state] = {}
            for rule, sequence in self._states[state]:
                groups.setdefault(self._begins(sequence), []).append((rule, sequence))
        fitting = (pair for begins, pairs in groups.items() if first in begins for pair in pairs)
        return frozenset((rule, rest) for rule, sequence in fitting for rest in self._derive(sequence, symbol))

    def _representative(self, symbol: str) -> str:
        """The first symbol that stands in the same tables with the same continuations: every state treats them alike."""
        known = self._alike.get(symbol)
        if known is None:
            places: object = symbol
            if symbol not in self._literals and not symbol.startswith(DIGITS):
                places = frozenset(
                    (name, self._in_table(table[symbol])) for name, table in self._tables.items() if symbol in table
                )
            known = self._alike[symbol] = self._first_alike.setdefault(places, symbol)
        return known

    @cached_property
    def _literals(self) -> frozenset[str]:
        """Keys that a pattern, or an entry of a table after its first word, names."""
        for table in self._tables.values():
            for entries in table.values():
                self._in_table(entries)
        for rule in (*self._top, *(rule for rules in self._categories.values() for rule in rules)):
            self._whole(rule)
        return frozenset(piece.key for piece, _ in self._sequences.cells if isinstance(piece, Word))

    def _number(self, state: _State) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
            self._steps.append({})
            done = sorted({rule for rule, rest in state if self._empty(rest)})
            self._accepts.append(tuple(self._rules[rule] for rule in done))
        return number

    def _derive(self, sequence: int, symbol: str) -> frozenset[int]:
        """What can be left of a sequence after `symbol`."""
        if (DIGITS if symbol.startswith(DIGITS) else symbol) not in self._begins(sequence):
            return _DEAD_END
        known = self._derivatives.get((sequence, symbol))
        if known is None:
            known = self._derivatives[sequence, symbol] = frozenset(self._rests(sequence, symbol))
        return known

    def _begins(self, sequence: int) -> frozenset[str]:
        """What a sequence can begin with; numbers all look alike here."""
        known = self._beginnings.get(sequence)
        if known is None:
            known = _NO_KEYS
            if sequence != _NOTHING_LEFT:
                piece, rest = self._sequences.cells[sequence]
                known = self._first_of(piece)
                if isinstance(piece, frozenset) and any(map(self._empty, piece)):
                    known |= self._begins(rest)
            self._beginnings[sequence] = known
        return known

    def _first_of(self, piece: _Piece) -> frozenset[str]:
        known = self._first_keys.get(piece)
        if known is None:
            if isinstance(piece, frozenset):
                known = frozenset[str]().union(*map(self._begins, piece))
            elif isinstance(piece, Ref):
                known = frozenset(self._tables[piece.name]) if piece.name in self._tables else self._firsts[piece.name]
            elif isinstance(piece, Word) and not piece.key[0].isdecimal():
                known = frozenset((piece.key,))
            else:
                known = frozenset((DIGITS,))
            self._first_keys[piece] = known
        return known

    def _rests(self, sequence: int, symbol: str) -> Iterable[int]:
        if sequence == _NOTHING_LEFT:
            return ()
        join = self._sequences.join
        piece, rest = self._sequences.cells[sequence]
        if isinstance(piece, frozenset):
            return frozenset[int]().union(*(self._derive(join(option, rest), symbol) for option in piece))
        if isinstance(piece, Ref):
            return (join(inner, rest) for inner in self._inside(piece.name, symbol))
        if isinstance(piece, Word):
            return (rest,) if key_class(piece.key) == symbol else ()
        digits = symbol.startswith(DIGITS) and _digits_fit(piece, int(symbol[len(DIGITS) :]))
        return (rest,) if digits else ()

    def _inside(self, name: str, symbol: str) -> frozenset[int]:
        """What can be left of a word of a table or of a category after `symbol`."""
        known = self._within.get((name, symbol))
        if known is None:
            known = frozenset()
            if name in self._tables:
                known = self._in_table(self._tables[name].get(symbol, ()))
            else:
                known = known.union(*(self._derive(body, symbol) for body in self._bodies(name)))
            self._within[name, symbol] = known
        return known

    def _bodies(self, category: str) -> tuple[int, ...]:
        known = self._body_of.get(category)
        if known is None:
            known = self._body_of[category] = tuple(
                self._sequences.of(rule.body) for rule in self._categories[category]
            )
        return known

    def _in_table(self, entries: Sequence[Entry]) -> frozenset[int]:
        return frozenset(self._sequences.of(entry.tail) for entry in entries)

    def _empty(self, sequence: int) -> bool:
        """Can a sequence be read without any key?"""
        if sequence == _NOTHING_LEFT:
            return True
        known = self._nullable.get(sequence)
        if known is None:
            piece, rest = self._sequences.cells[sequence]
            known = isinstance(piece, frozenset) and any(map(self._empty, piece)) and self._empty(rest)
            self._nullable[sequence] = known
        return known


def _digits_fit(node: Digits, length: int) -> bool:
    if node.width:
        return node.width == length
    return (length >= 5 and node.high >= 10_000) or (
        length < 5 and node.low < 10**length and (length < 3 or node.high >= 10 ** (length - 1))
    )
