"""The stance of a claim: the class of its reporting word, changed by what the content itself says ("may", "aurait", "must")."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Span, Stance
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse


@lru_cache(maxsize=16)
def _words(language: str) -> dict[str, frozenset[str]]:
    table = load_pack(language).table("grammar/attribution")["stance"]
    return {name: frozenset(words) for name, words in table.items()}


def demanding_words(language: str) -> frozenset[str]:
    """Words that say that something must be done."""
    return _words(language)["demands"]


def stance_of(parse: Parse, draft: Draft) -> tuple[Stance, Span | None, str]:
    """Stance of a draft, the word that changed it (if any) and the rule's name."""
    if draft.stance is not Stance.ASSERTS:
        return draft.stance, draft.cue, draft.rule
    words = _words(parse.pack.language)
    first, last = parse.token_at(draft.content.start), parse.token_at(draft.content.stop)
    if draft.cue is not None and (doubtful := words.get("unconfirmed")):
        cue = range(max(0, parse.token_at(draft.cue.start) - 1), parse.token_at(draft.cue.stop))
        if (at := next((at for at in cue if parse.tokens.keys[at] in doubtful), None)) is not None:
            return Stance.POSSIBLE, parse.span(at, at + 1), f"{parse.pack.language}/attribution:unconfirmed"
    for name, stance, at in _marks(parse, draft, words, first, last):
        return stance, parse.span(at, at + 1), f"{parse.pack.language}/attribution:{name}"
    return draft.stance, draft.cue, draft.rule


def _marks(
    parse: Parse, draft: Draft, words: dict[str, frozenset[str]], first: int, last: int
) -> Iterator[tuple[str, Stance, int]]:
    """Words that change the stance, the deciding one first: rule, stance, token."""
    keys = parse.tokens.keys
    if draft.chain:
        source = parse.token_at(draft.chain[-1].span.start)
        stop = min(parse.token_at(draft.chain[-1].span.stop), source + 3)
        yield from (
            ("doubted-source", Stance.DISTANCES, at) for at in range(source, stop) if keys[at] in words["distances"]
        )
    called = words.get("called", frozenset())  # "what | is called", but not "he | is called Ahmad"
    yield from (
        ("mark-of-doubt", Stance.DISTANCES, at)
        for at in _places(keys, first, last, words["distances"])
        if keys[at] not in called or phrases(parse.pack).words.get(keys[at - 1]) == "W"
    )
    verb = _main_verb(parse, first, last)
    if verb is None:
        return
    for at in range(verb[0], verb[1]):
        key = keys[at]
        if key in words["demands"] or (verb[2] and key in words["demands_when_negated"]):
            yield "must", Stance.DEMANDS, at
        elif key in words["possible_verbs"] or (
            at > first
            and keys[at - 1] in words.get("possible_before", ())
            and key.startswith(tuple(words["imperfect_beginnings"]))
        ):
            yield "may", Stance.POSSIBLE, at
        elif _is_hearsay(parse, draft, words, at, first_of_verb=at == verb[0]):
            yield "hearsay-conditional", Stance.POSSIBLE, at
    yield from (("perhaps", Stance.POSSIBLE, at) for at in _places(keys, first, last, words["possible"]))


def _places(keys: Sequence[str], first: int, last: int, words: frozenset[str]) -> list[int]:
    """The tokens `first` … `last` (exclusive) that are one of the words: mostly there is none."""
    if words.isdisjoint(keys[first:last]):
        return []
    return [at for at in range(first, last) if keys[at] in words]


# Classes whose "would" is the future of then: "announced that he would be tried".
_FUTURE = frozenset({"announce", "plan", "demand", "wish"})


def _is_hearsay(parse: Parse, draft: Draft, words: dict[str, frozenset[str]], at: int, *, first_of_verb: bool) -> bool:
    """Is it a conditional of hearsay, and not the future of then ("said they would")?"""
    told_then = bool(draft.chain) and not draft.by_preposition
    if parse.tokens.keys[at] in words["hearsay"]:
        return not (told_then and draft.kind in _FUTURE)
    return first_of_verb and not told_then and _hearsay_form(words, parse.tokens.keys[at], parse.tags[at])


def _hearsay_form(words: dict[str, frozenset[str]], key: str, tag: str) -> bool:
    endings = tuple(words["hearsay_endings"])
    return bool(endings) and tag in "XV" and key.endswith(endings) and key not in words["hearsay_never"]


def main_verb(parse: Parse, draft: Draft) -> Span | None:
    """The finite verb group of a draft's content that nothing subordinates."""
    verb = _main_verb(parse, parse.token_at(draft.content.start), parse.token_at(draft.content.stop))
    return parse.span(verb[0], verb[1]) if verb else None


def _main_verb(parse: Parse, first: int, last: int) -> tuple[int, int, bool] | None:
    """Tokens of the first finite verb group of a content that no "if", "who" or "that" subordinates, and whether it is negated."""
    found: tuple[int, int, bool] | None = None
    for clause in parse.clauses_in(first, last):
        if clause.last <= first or clause.first >= last:
            continue
        subordinate = relative = False
        for unit in clause.units:
            if unit.first >= last:
                break
            if unit.last <= first:
                continue
            if unit.kind in "LsW":
                subordinate, relative = True, unit.kind == "L"
            elif unit.verb is not None and unit.kind in "VURB":
                if not subordinate:
                    return unit.verb.first, unit.verb.last, unit.verb.negated
                if not relative:
                    found = found or (unit.verb.first, unit.verb.last, unit.verb.negated)
                subordinate = relative = False
    return found
