"""What happened to those a figure counts: the verbs and phrases of a clause that say so, and which of them reach which figure."""

from collections.abc import Iterator, Sequence

from ondit.model.records import record
from ondit.read.engines.rules.count_words import CountWords
from ondit.read.engines.rules.units import Clause, Parse, Unit

_FINITE = "VRUB"
_LOOSE = "JjGgIi"  # verb forms that may stand between a subject and its verb
_SUBJECT = 10  # tokens of a subject between its verb and the object, articles counted
_REACH = 30  # tokens between a subject and its verb


@record
class Cue:
    """A word or phrase at tokens `first` … `last` that says `what` happened to the figure after it, before it, or both.

    `verb`: it is a verb; `close`: it counts only for a figure right beside it.
    """

    first: int
    last: int
    what: str
    before: bool
    after: bool
    verb: bool = False
    close: bool = False
    participle: bool = False


@record
class Stretch:
    """Tokens `first` … `last` of a figure with its noun phrase."""

    first: int
    last: int


def cues_of(parse: Parse, clause: Clause, words: CountWords, starts: frozenset[int]) -> list[Cue]:
    """Cues of a clause, longer ones in place of those they cover; `starts` are the tokens where figures begin."""
    found = [*_phrases(parse, clause, words), *_verbs(parse, clause, words, starts)]
    found.sort(key=lambda c: (c.first - c.last, c.first))
    kept: list[Cue] = []
    covered: dict[int, str] = {}  # token → what the longer cue over it says
    for cue in found:
        inside = {covered.get(at, "") for at in range(cue.first, cue.last)}
        if len(inside) > 1 or inside <= {"", cue.what}:
            kept.append(cue)
            if cue.last - cue.first > 1:
                covered.update(dict.fromkeys(range(cue.first, cue.last), cue.what))
    kept.sort(key=lambda c: (c.first, c.last))
    return kept


_OBJECTS = ("D", "#", "N", "P", "A")


def _phrases(parse: Parse, clause: Clause, words: CountWords) -> Iterator[Cue]:
    keys, cues = parse.tokens.keys, words.cues
    acted = 0  # the token after a phrase that has an object of its own
    for at in [i for i, key in enumerate(keys[clause.first : clause.last], clause.first) if key in cues]:
        for phrase, name in cues[keys[at]] if at >= acted else ():
            if tuple(keys[at : at + len(phrase)]) == phrase:
                side, verb, what = name.split(" ", 2)
                last = at + len(phrase)
                acts = parse.tags[at] == "V" and parse.tags[last : last + 1] in _OBJECTS  # "men | shot dead | a mayor"
                acted = last if acts else acted
                yield Cue(at, last, what, side == "before" or acts, side == "after" and not acts, close=verb == "False")
                break


def _verbs(parse: Parse, clause: Clause, words: CountWords, starts: frozenset[int]) -> Iterator[Cue]:
    keys, tags = parse.tokens.keys, parse.tags
    for index, unit in enumerate(clause.units):
        verb = unit.verb
        if (
            verb is None
            and unit.kind == "x"
            and unit.last in starts
            and keys[unit.first] in words.verbs
            and tags[unit.first - 1] in "NP"
        ):
            yield Cue(unit.first, unit.last, words.verbs[keys[unit.first]].what, before=True, after=False, verb=True)
        if verb is None or verb.negated:
            continue
        fate = words.verbs.get(keys[verb.head])
        if fate is None:
            continue
        what = _paired(parse, unit, fate.what, words)
        passive = verb.passive or verb.form == "participle"
        after = fate.intransitive or (fate.transitive and passive)
        after = after and not (words.verb_first and verb.last in starts)  # "…, died | 4 of them"
        listed = verb.form == "participle" and verb.last in starts and keys[verb.first - 1] in words.coordinators
        before = (fate.transitive or words.verb_first) and (not passive or listed)
        bare = before and verb.form == "finite" and verb.last - verb.first == 1
        last = verb.last + (verb.last < len(keys) and keys[verb.last] in words.object_marks)
        behind = _past_time(clause.units, index, last)
        loose = bare and behind not in starts and not _has_object(keys, tags, behind)
        loose = loose and not (words.verb_first and _past_phrase(tags, last) in starts)
        attribute = verb.form == "participle" or unit.kind in "jJ"
        yield Cue(
            verb.first, last, what, before and not loose, after or loose, verb=True, close=loose, participle=attribute
        )


def _paired(parse: Parse, unit: Unit, what: str, words: CountWords) -> str:
    """Two fates in one ("killing and wounding", "tués ou blessés") are `other`."""
    keys = parse.tokens.keys
    for join, other in ((unit.first - 1, unit.first - 2), (unit.last, unit.last + 1)):
        if 0 <= other < len(keys) and keys[join] in words.coordinators and keys[join] != ",":
            fate = words.verbs.get(keys[other])
            if fate is not None and fate.what != what and {fate.what, what} <= {"killed", "injured"}:
                return "other"
    return what


def _past_time(units: Sequence[Unit], index: int, at: int) -> int:
    """The token after what says when, which may stand between a verb and its object ("killed | on Thursday | a judge")."""
    near = units[index + 1 : index + 5]
    for unit, after in zip(near, [*near[1:], None], strict=False):
        dated = unit.kind == "e" and after is not None and after.kind == "T"
        if unit.first == at and (unit.kind in "Ta" or dated):
            at = unit.last
    return at


def _past_phrase(tags: str, at: int) -> int:
    """The token after a phrase with a preposition, which may stand between a verb and its figure ("were killed | through it | nine men")."""
    if tags[at : at + 1] != "E":
        return at
    at += 1
    while at < len(tags) and tags[at] in "DNPAI":
        at += 1
    return at


def _has_object(keys: Sequence[str], tags: str, at: int) -> bool:
    return at < len(keys) and (tags[at] in "DN#PAI" or keys[at][0].isdigit())


def nearest(
    parse: Parse, clause: Clause, cues: Sequence[Cue], figure: Stretch, others: Sequence[Stretch], words: CountWords
) -> Cue | None:
    """The cue that reaches a figure: the nearer of the open one before and the open one after it."""
    left = _left(parse, clause, cues, figure, others, words)
    right = _right(parse, clause, cues, figure, others, words)
    if left is None:
        left = _distant_noun(parse, clause, figure, words)
    if left is None or right is None:
        return left or right
    passed = sum(left.last <= o.first and o.last <= figure.first for o in others)
    return left if figure.first - left.last + 5 * passed <= right.first - figure.last + 1 else right


def _left(
    parse: Parse, clause: Clause, cues: Sequence[Cue], figure: Stretch, others: Sequence[Stretch], words: CountWords
) -> Cue | None:
    for cue in reversed(cues):
        if cue.before and cue.last <= figure.first:
            return cue if _open_left(parse, clause, cue, figure, others, words) else None
        if cue.verb and cue.last <= figure.first and not cue.after:
            return None
    return None


def _open_left(
    parse: Parse, clause: Clause, cue: Cue, figure: Stretch, others: Sequence[Stretch], words: CountWords
) -> bool:
    """Is a figure the object of what stands before it, alone or as a further member of a list?"""
    if figure.first == cue.last:
        return True
    keys, tags = parse.tokens.keys, parse.tags
    joined = keys[figure.first - 1] in words.coordinators
    if joined and _own_verb(clause, figure, others):
        return False
    for unit in clause.units:
        if cue.last <= unit.first < figure.first and (
            unit.kind in "VRUBLsCW;.:Q" or (unit.kind in _LOOSE and not joined)
        ):
            return False
    times = {at for unit in clause.units if unit.kind == "T" for at in range(unit.first, unit.last)}
    bare = True
    for at in range(cue.last, figure.first):
        told = any(o.first <= at < o.last for o in others)
        if tags[at] in "NP" and not told and keys[at] not in words.rest and at not in times:
            bare = False
    apart = sum(at not in times for at in range(cue.last, figure.first))
    if words.verb_first and cue.verb and not bare:  # "arrested | the police | five men"
        return joined or apart <= _SUBJECT
    return joined or (bare and apart <= (2 if cue.close else 3))


def _own_verb(clause: Clause, figure: Stretch, others: Sequence[Stretch]) -> bool:
    """Has the figure a finite verb of its own, as a subject?"""
    for unit in clause.units:
        if unit.first < figure.last:
            continue
        if unit.kind in _FINITE:
            return not any(figure.last <= o.first < unit.first for o in others)
        if unit.kind in ",;:.LsCWk":
            return False
    return False


def _distant_noun(parse: Parse, clause: Clause, figure: Stretch, words: CountWords) -> Cue | None:
    """The noun whose "of" the figure stands behind ("l'exécution, jeudi, par les rebelles, de 28 soldats")."""
    keys, tags = parse.tokens.keys, parse.tags
    at = figure.first - 1
    if at - 1 <= clause.first or keys[at] not in words.of or keys[at - 1] != ",":
        return None
    for noun in range(at - 1, max(clause.first, at - 14), -1):
        if tags[noun] in "VX":
            return None
        if keys[noun] in words.fate_nouns:
            return Cue(noun, noun + 1, words.fate_nouns[keys[noun]], before=True, after=False)
    return None


def _right(
    parse: Parse, clause: Clause, cues: Sequence[Cue], figure: Stretch, others: Sequence[Stretch], words: CountWords
) -> Cue | None:
    for cue in cues:
        if cue.first < figure.last or not cue.after:
            continue
        far = cue.close and cue.first > figure.last + 1
        if far and not _copula(clause, figure, cue) and not _listed(parse, figure, cue, others, words):
            continue
        if not _open_right(parse, clause, figure, cue):
            return None
        return _predicate(clause, cues, figure, cue) or cue
    return None


def _predicate(clause: Clause, cues: Sequence[Cue], figure: Stretch, participle: Cue) -> Cue | None:
    """The verb of a figure that has a participle of its own, which says more ("hostages | held by rebels | were freed")."""
    if not participle.participle or participle.first > figure.last + 1:
        return None
    for cue in cues:
        if cue.first > participle.first and cue.after and cue.verb and not cue.participle and not cue.close:
            inside = [u.kind for u in clause.units if participle.last <= u.first < cue.first]
            open_ = not any(kind in "VRUBLsCW;:.,k" for kind in inside)
            return cue if open_ else None
    return None


def _copula(clause: Clause, figure: Stretch, cue: Cue) -> bool:
    """Only one verb stands between a figure and a phrase after it ("12 were reported missing")."""
    return any(
        unit.verb is not None and figure.last <= unit.first and cue.first - 3 <= unit.last <= cue.last
        for unit in clause.units
    )


def _listed(parse: Parse, figure: Stretch, cue: Cue, others: Sequence[Stretch], words: CountWords) -> bool:
    """Stand only further figures of a list between a figure and a phrase after it?"""
    keys = parse.tokens.keys
    return all(
        keys[at] in words.coordinators or keys[at] in words.determiners or any(o.first <= at < o.last for o in others)
        for at in range(figure.last, cue.first)
    )


def _goes_on(clause: Clause, verb: Unit, cue: Cue) -> bool:
    """Is the cue a second verb of the same subject ("were Russian nationals | and were killed")?"""
    between = "".join(u.kind for u in clause.units if verb.last <= u.first < cue.first)
    return between.rstrip("aT").endswith("k") and not any(kind in "VRUBCLsW.;:" for kind in between)


def _inside_relative(clause: Clause, figure: Stretch) -> bool:
    """Is a figure the object of a relative clause ("the coach, | that carried | 45 passengers |, fell")?"""
    at = next((i for i, unit in enumerate(clause.units) if unit.kind == "V" and unit.last == figure.first), 0)
    return at > 0 and clause.units[at - 1].kind == "L"


def _open_right(parse: Parse, clause: Clause, figure: Stretch, cue: Cue) -> bool:
    """Is a figure the subject of what stands after it?"""
    if cue.first <= figure.last:
        return True
    if cue.first - figure.last > _REACH:
        return False
    if figure.first > clause.first and parse.tags[figure.first - 1] == "E":
        return False
    relative = comma = subject = False
    for unit in clause.units:
        if unit.first < figure.last or unit.first >= cue.first or (unit.verb is not None and unit.last > cue.first):
            continue
        if unit.kind in ";.:sCWQ" or (
            unit.kind == "R" and not subject
        ):  # a figure that speaks, or a verb that rarely reports
            return False
        if unit.kind in "VUB" and unit.last < cue.first - 1 and not relative and not _goes_on(clause, unit, cue):
            return False
        relative = unit.kind == "L" or (relative and unit.kind not in "VUB")
        comma = comma or unit.kind == ","
        if comma and _inside_relative(clause, figure):
            return False
        subject = comma if unit.kind in "nyp" else subject
    return True
