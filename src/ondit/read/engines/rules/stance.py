"""The stance of a claim: the class of its reporting word, changed by what the content itself says ("may", "aurait", "must")."""

from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Span, Stance
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.parse import Parse


@lru_cache(maxsize=16)
def _words(language: str) -> dict[str, frozenset[str]]:
    table = load_pack(language).table("grammar/attribution")["stance"]
    return {name: frozenset(words) for name, words in table.items()}


def stance_of(parse: Parse, draft: Draft) -> tuple[Stance, Span | None, str]:
    """Stance of a draft, the word that changed it (if any) and the rule's name."""
    words = _words(parse.pack.language)
    language = parse.pack.language
    if draft.stance is not Stance.ASSERTS:
        return draft.stance, draft.cue, draft.rule
    first, last = parse.token_at(draft.content.start), parse.token_at(draft.content.stop)
    keys = parse.tokens.keys
    if draft.chain:
        source = draft.chain[-1].span
        a, b = parse.token_at(source.start), parse.token_at(source.stop)
        for at in range(a, min(b, a + 3)):
            if keys[at] in words["distances"]:
                return Stance.DISTANCES, parse.span(at, at + 1), f"{language}/attribution:doubted-source"
    for at in range(first, last):
        if keys[at] in words["distances"]:
            return Stance.DISTANCES, parse.span(at, at + 1), f"{language}/attribution:mark-of-doubt"
    verb = _main_verb(parse, first, last)
    if verb is None:
        return draft.stance, draft.cue, draft.rule
    a, b, negated = verb
    for at in range(a, b):
        key = keys[at]
        if key in words["demands"] or (negated and key in words["demands_when_negated"]):
            return Stance.DEMANDS, parse.span(at, at + 1), f"{language}/attribution:must"
        if key in words["possible_verbs"]:
            return Stance.POSSIBLE, parse.span(at, at + 1), f"{language}/attribution:may"
        told_then = bool(draft.chain) and not draft.rule.endswith(_PREPOSITION)  # "said they would": the future of then
        future_of_then = told_then and draft.kind in _FUTURE
        if (key in words["hearsay"] and not future_of_then) or (not told_then and at == a and _hearsay_form(words, key, parse.tags[at])):
            return Stance.POSSIBLE, parse.span(at, at + 1), f"{language}/attribution:hearsay-conditional"
    for at in range(first, last):
        if keys[at] in words["possible"]:
            return Stance.POSSIBLE, parse.span(at, at + 1), f"{language}/attribution:perhaps"
    return draft.stance, draft.cue, draft.rule


_FUTURE = ("announce", "plan", "demand", "wish")  # classes whose "would" is the future of then: "announced that he would be tried"
_PREPOSITION = ("selon-initial", "selon-final", "selon-medial", "according-initial", "according-final")


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
        subordinate = False
        for unit in clause.units:
            if unit.first >= last:
                break
            if unit.last <= first:
                continue
            if unit.kind in "LsW":
                subordinate = True
            elif unit.verb is not None and unit.kind in "VURB":
                if not subordinate:
                    return unit.verb.first, unit.verb.last, unit.verb.negated
                found = found or (unit.verb.first, unit.verb.last, unit.verb.negated)
                subordinate = False
    return found
