"""Which rules can match where: a finite automaton over keys, built on the way by Brzozowski's derivatives.

A state is what is still to be read of each rule. It leaves out what only the matcher can check (spaces, lookahead, values of numbers),
so it may promise too much but never too little. At most places of a text the first or second key has no transition, which is why
reading costs little where there are no dates. (J. A. Brzozowski, "Derivatives of Regular Expressions", J. ACM 11, 1964.)
"""

from collections.abc import Iterator, Mapping, Sequence

from ondit.read.engines.rules.times.grammar import DIGITS, Entry, Rule
from ondit.read.engines.rules.times.patterns import Choice, Digits, Node, Not, Ref, Tight, Word

_Rest = tuple[Node, ...]

_DEAD = 0


def key_class(key: str) -> str:
    """The symbol a key is read as: itself, or its number of digits."""
    return f"{DIGITS}{min(len(key), 5)}" if key[0].isdecimal() else key


class Automaton:
    """States are numbers; 0 is the dead end."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[Rule]],
        tables: Mapping[str, Mapping[str, tuple[Entry, ...]]],
        firsts: Mapping[str, frozenset[str]],
    ) -> None:
        self._rules = rules
        self._tables = tables
        self._firsts = firsts
        # Other words lead nowhere; that they are not remembered keeps the automaton finite.
        self._alphabet = firsts[""] | {f"{DIGITS}{n}" for n in range(1, 6)}
        self._states: list[frozenset[tuple[Rule, _Rest]]] = [frozenset()]
        self._numbers: dict[frozenset[tuple[Rule, _Rest]], int] = {self._states[0]: _DEAD}
        self._steps: list[dict[str, int]] = [{}]
        self._accepts: list[tuple[Rule, ...]] = [()]
        self._derivatives: dict[tuple[_Rest, str], frozenset[_Rest]] = {}
        self._nullable: dict[_Rest, bool] = {}

    def start(self, rules: Sequence[Rule]) -> int:
        """The state before any key of these rules (with lead and tail) has been read."""
        return self._number(frozenset((rule, (*rule.lead, *rule.body, *rule.tail)) for rule in rules))

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
        following = frozenset((rule, rest) for rule, seq in self._states[state] for rest in self._derive(seq, symbol))
        number = self._number(following)
        self._steps[state][symbol] = number
        return number

    def _number(self, state: frozenset[tuple[Rule, _Rest]]) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
            self._steps.append({})
            self._accepts.append(tuple({rule: None for rule, rest in state if self._empty(rest)}))
        return number

    def _derive(self, sequence: _Rest, symbol: str) -> frozenset[_Rest]:
        """What can be left of a sequence after `symbol`."""
        known = self._derivatives.get((sequence, symbol))
        if known is None:
            known = frozenset(self._rests(sequence, symbol))
            self._derivatives[sequence, symbol] = known
        return known

    def _rests(self, sequence: _Rest, symbol: str) -> Iterator[_Rest]:
        while sequence and isinstance(sequence[0], Tight | Not):
            sequence = sequence[1:]
        if not sequence:
            return
        node, rest = sequence[0], sequence[1:]
        if isinstance(node, Choice):
            for option in node.options:
                yield from self._derive((*option, *rest), symbol)
        elif isinstance(node, Ref):
            for inner in self._inside(node, symbol):
                yield (*inner, *rest)
        elif (isinstance(node, Word) and key_class(node.key) == symbol) or (
            isinstance(node, Digits) and symbol.startswith(DIGITS) and _digits_fit(node, int(symbol[len(DIGITS) :]))
        ):
            yield rest

    def _inside(self, node: Ref, symbol: str) -> Iterator[_Rest]:
        """What can be left of a word of a table or of a category after `symbol`."""
        if node.name in self._tables:
            for entry in self._tables[node.name].get(symbol, ()):
                yield entry.tail
            return
        firsts = self._firsts[node.name]
        if symbol in firsts or (symbol.startswith(DIGITS) and DIGITS in firsts):
            for rule in self._rules[node.name]:
                yield from self._derive(rule.body, symbol)

    def _empty(self, sequence: _Rest) -> bool:
        known = self._nullable.get(sequence)
        if known is None:
            known = self._nullable[sequence] = all(
                isinstance(node, Tight | Not)
                or (isinstance(node, Choice) and any(self._empty(option) for option in node.options))
                for node in sequence
            )
        return known


def _digits_fit(node: Digits, length: int) -> bool:
    if node.width:
        return node.width == length
    return (length >= 5 and node.high >= 10_000) or (
        length < 5 and node.low < 10**length and (length < 3 or node.high >= 10 ** (length - 1))
    )
