"""Roles of tokens joined to attributions: runs of source and content go to the nearest cue of their paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from evaluation.bench import Row

SOURCE, CUE, CONTENT, OUTSIDE = "source", "cue", "content", "outside"
ROLES = (SOURCE, CUE, CONTENT)
_OTHER_SENTENCE = 50  # tokens that the end of a sentence counts for
_GOES_ON = 2  # paragraphs that a quotation may go on for, after the one with its cue


@dataclass(frozen=True, slots=True)
class Token:
    """Where a token stands: its characters, the numbers of its sentence and paragraph, whether inside a quotation."""

    start: int
    stop: int
    sentence: int
    paragraph: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Run:
    role: str
    first: int
    last: int


@dataclass(slots=True)
class _Made:
    cue: _Run | None
    others: list[_Run] = field(default_factory=list)

    def as_row(self, tokens: Sequence[Token]) -> Row:
        runs = [*self.others, *([self.cue] if self.cue else [])]
        return {role: [[tokens[r.first].start, tokens[r.last].stop] for r in runs if r.role == role] for role in ROLES}


def joined(tokens: Sequence[Token], roles: Sequence[str]) -> list[Row]:
    """The attributions that the roles of tokens amount to, in the scorer's words; each is nested in none."""
    runs = [run for run in _runs(tokens, roles) if run.role != OUTSIDE]
    made = [_Made(run) for run in runs if run.role == CUE]
    for run in runs:
        if run.role == CUE:
            continue
        home = min(
            (m for m in made if m.cue and tokens[m.cue.first].paragraph == tokens[run.first].paragraph),
            key=lambda m: _distance(tokens, run, m.cue),
            default=None,
        )
        if home is not None and run.role == SOURCE and _distance(tokens, run, home.cue) >= _OTHER_SENTENCE:
            home = None
        if home is None and run.role == CONTENT and tokens[run.first].quoted:
            home = _goes_on(tokens, run, made)
        if home is None:
            made.append(_Made(None, [run]))
        else:
            home.others.append(run)
    _share_sources(tokens, made)
    return [m.as_row(tokens) for m in made]


def _share_sources(tokens: Sequence[Token], made: Sequence[_Made]) -> None:
    """As in "The mayor said … and added …": a cue without a source of its own has the one before it in its sentence."""
    before: tuple[int, list[_Run]] = (-1, [])
    for one in made:
        if one.cue is None:
            continue
        sentence = tokens[one.cue.first].sentence
        own = [run for run in one.others if run.role == SOURCE]
        if own:
            before = (sentence, own)
        elif before[0] == sentence:
            one.others += before[1]


def _runs(tokens: Sequence[Token], roles: Sequence[str]) -> list[_Run]:
    """Neighbours of one role; none goes over the end of a paragraph."""
    grouped = groupby(range(len(roles)), key=lambda at: (roles[at], tokens[at].paragraph))
    return [_Run(role, (at := list(places))[0], at[-1]) for (role, _), places in grouped]


def _distance(tokens: Sequence[Token], run: _Run, cue: _Run | None) -> int:
    assert cue is not None
    apart = max(cue.first - run.last, run.first - cue.last) - 1
    here = tokens[cue.first].sentence
    return apart + (0 if here in (tokens[run.first].sentence, tokens[run.last].sentence) else _OTHER_SENTENCE)


def _goes_on(tokens: Sequence[Token], run: _Run, made: Sequence[_Made]) -> _Made | None:
    """The last attribution before a quotation that has a paragraph to itself."""
    before = [m for m in made if m.cue and m.cue.last < run.first]
    if not before or before[-1].cue is None:
        return None
    apart = tokens[run.first].paragraph - tokens[before[-1].cue.last].paragraph
    return before[-1] if apart <= _GOES_ON else None
