"""One claim, one happening: cuts a content where the same voice goes on to tell something else.

After the guideline: two happenings in a sentence are two claims; one happening told in consecutive clauses is one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache

from ondit.languages import load_pack
from ondit.model import Count, Span, Stance, TimexType
from ondit.model.records import replace
from ondit.ontology import event_types
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.count_words import FATES
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.happenings import Happening, choose, within
from ondit.read.engines.rules.in_passing import told_in_passing
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.stance import demanding_words, main_verb
from ondit.read.engines.rules.units import Clause, Parse, Unit, is_joint

# An indefinite subject may look like a complement: "des plongeurs".
_CLAUSE = re.compile(
    r"[aT,]*(?:[et][nyT]+(?:o[ny])*,?)?(?:[nyp]|o[ny])(?:[oet]{1,2}[nyT]+|\([ny]\)|ko?[ny]|,[ny],|[aTz])*[VURB]"
)
_JOINTS = frozenset("k;seW")
_AGAIN = re.compile(r"[aTz]*[VURBjJ]")
_BACKGROUND = re.compile(r"[aTz]*C?[aT,]*(?:[nypgi]|T[nyp])")
# Where the verb stands first, it opens the clause; a subject may still stand before it.
_VERB_FIRST = re.compile(r"[aTz,]*(?:[et][nyT]+,?)?[VURB]|" + _CLAUSE.pattern)
_OWN_SUBJECT = re.compile(r"[aT,]*(?:[et][nyT]+(?:o[ny])*,?)?o?[ny]")
_VERB_AND_NOUN = re.compile(r"[VURB][ny]")
_NOUN = re.compile(r"[aT]*o?[ny]")
_RELATIVE = re.compile(r"[jJ](?!b[ny],?$)|L[aT]*(?:[ny]|p)?[aTz]*[VURB]")
_RELATIVES = re.compile(r"L[^VURB]*[VURB]")
_MAIN_VERB = re.compile(r"[VURB]")
_SHORTEST = 12  # characters: what is shorter tells nothing by itself


class _Opening(Enum):
    """How a piece begins, which says how easily it goes on with what was told before."""

    THAT = auto()  # "…, and that": the voice takes breath to say something else
    SUBJECT = auto()  # "… and the police": somebody else acts
    TURN = auto()  # "…, while residents protested in the capital"
    AGAIN = auto()  # "… and fled": the same subject goes on
    ADDED = auto()  # "… in addition to the burning of ten cars"
    BACKGROUND = auto()  # "… after rebels seized the town in May": told to place it
    SENTENCE = auto()  # the next sentence of a quotation
    APART = auto()  # "…; the police | arrested two men": a sentence of its own but for the mark
    RELATIVE = auto()  # "…, arrested on Monday", "…, which killed two"
    NOUN = auto()  # "announced the opening of an inquiry and | the arrest of two men"
    OTHER = auto()


_Piece = tuple[Span, _Opening]
_Phrases = tuple[tuple[str, ...], ...]


def split_by_happening(
    parse: Parse, drafts: Sequence[Draft], happenings: Sequence[Happening], counts: Sequence[Count]
) -> list[Draft]:
    """The drafts with every content cut into its happenings, in text order."""
    out: list[Draft] = []
    in_pieces = [[p for p in _pieces(parse, draft) if len(p[0]) >= _SHORTEST] for draft in drafts]
    for draft, pieces in zip(drafts, in_pieces, strict=True):
        parts = _parts(parse, draft, pieces, happenings, counts) if len(pieces) > 1 else ((draft.content, False),)
        for content, own in parts:
            part = draft if content == draft.content else replace(draft, content=content)
            out.append(replace(part, chain=(), cue=None, stance=Stance.ASSERTS, kind="") if own else part)
    out += [passing for draft in out for passing in told_in_passing(parse, draft, happenings)]
    out.sort(key=lambda d: (d.content.start, d.content.stop, len(d.chain)))
    return out


def _parts(
    parse: Parse, draft: Draft, pieces: Sequence[_Piece], happenings: Sequence[Happening], counts: Sequence[Count]
) -> Iterator[tuple[Span, bool]]:
    """Neighbouring pieces stay together as long as they tell one happening; with each, whether the report tells it itself."""
    current, told = pieces[0][0], False
    interrupted = draft.cue is not None and draft.content.contains(draft.cue)
    for piece, opening in pieces[1:]:
        if opening is _Opening.NOUN and (draft.cue is None or draft.quoted):
            current = current.cover(piece)
            continue
        # A quotation that its cue interrupts goes on, whoever acts in it.
        shown = _Opening.OTHER if interrupted and opening is _Opening.SUBJECT else opening
        if shown is not _Opening.THAT and _same(parse, current, piece, shown, happenings, counts):
            current = current.cover(piece)
        else:
            yield trim(parse, current), told
            current = piece
            # "demanded the release of X, arrested on Monday": that she was arrested is told by the report.
            told = opening is _Opening.RELATIVE and bool(draft.chain) and main_verb(parse, draft) is None
    yield draft.content if current == draft.content else trim(parse, current), told


def _pieces(parse: Parse, draft: Draft) -> Iterator[_Piece]:
    """The content cut at the ends of sentences inside it and before clauses with a subject and a finite verb of their own."""
    begin, opening = draft.content.start, _Opening.OTHER
    for cut, next_opening in sorted(dict(_cuts(parse, draft.content)).items()):
        piece = trim(parse, Span(begin, cut))
        if len(piece) >= _SHORTEST:
            yield piece, opening
            begin, opening = _after_joint(parse, cut, next_opening), next_opening
    if begin < draft.content.stop:
        yield trim(parse, Span(begin, draft.content.stop)), opening


def _cuts(parse: Parse, content: Span) -> Iterator[tuple[int, _Opening]]:
    starts = parse.tokens.starts
    for clause in parse.clauses_in(parse.token_at(content.start), parse.token_at(content.stop)):
        if starts[clause.first] >= content.stop or parse.tokens.stops[clause.last - 1] <= content.start:
            continue
        if starts[clause.first] > content.start and clause.within is not None and _holds(content, clause):
            yield starts[clause.first], _Opening.SENTENCE
        yield from (
            (starts[clause.units[i].first], opening)
            for i, opening in _joints(parse, clause, content)
            if _well_inside(parse, clause, i, content)
        )


def _holds(content: Span, clause: Clause) -> bool:
    assert clause.within is not None
    return clause.within.inner.start <= content.start and content.stop <= clause.within.inner.stop + 1


def _well_inside(parse: Parse, clause: Clause, index: int, content: Span) -> bool:
    start = parse.tokens.starts[clause.units[index].first]
    return content.start + _SHORTEST <= start < content.stop - _SHORTEST


def _joints(parse: Parse, clause: Clause, content: Span) -> Iterator[tuple[int, _Opening]]:
    """Units at which "…, and | the police arrested two men" goes on with a clause of its own."""
    adds = _words(parse.pack.language)[2]
    if _JOINTS.isdisjoint(clause.symbols) and "aC" not in clause.symbols and not adds:
        return
    verb_before = False
    ends = bisect_left(parse.tokens.starts, content.stop)
    inside = sum(unit.first < ends for unit in clause.units)
    for at, unit in enumerate(clause.units[:inside]):
        if unit.kind in "VURB" and parse.tokens.starts[unit.first] >= content.start:
            verb_before = True
        opening = _opening(parse, clause, at, inside, verb_before=verb_before)
        if opening is None:
            continue
        yield at, opening
        verb_before = verb_before and opening not in _ENDS_A_CLAUSE


_ENDS_A_CLAUSE = frozenset({_Opening.THAT, _Opening.APART, _Opening.SUBJECT, _Opening.OTHER})


def _opening(parse: Parse, clause: Clause, at: int, inside: int, *, verb_before: bool) -> _Opening | None:
    """How the clause that begins behind a unit opens, None when none does; only the first `inside` units are looked at."""
    joins, background, adds, leaves = _words(parse.pack.language)
    unit, symbols = clause.units[at], clause.symbols[:inside]
    verb_first = phrases(parse.pack).verb_first
    if adds and _adds(parse, unit.first, adds):
        return _Opening.ADDED
    if unit.kind == ",":
        return _Opening.RELATIVE if not verb_first and _RELATIVE.match(symbols, at + 1) else None
    key = parse.tokens.keys[unit.first]
    if verb_before and unit.kind in "seW" and key in background and _BACKGROUND.match(symbols, at + 1):
        return _Opening.BACKGROUND
    if unit.kind not in "k;" and not (unit.kind in "se" and key in joins):
        return _turn(parse, clause, at, inside, leaves) if verb_before and unit.kind in "asCeW" else None
    rest = symbols[at + 1 :]
    if not verb_before:
        # "that … the danger is over, and that | the police arrested him": without a verb in the first, where the language needs none.
        if unit.kind == "k" and rest.startswith("C") and (_VERB_FIRST if verb_first else _CLAUSE).match(rest, 1):
            return _Opening.THAT
        return _Opening.NOUN if _NOUN.match(rest) else None
    if not verb_first and unit.kind == "k" and _AGAIN.match(rest):
        return _Opening.AGAIN
    return _own_clause(parse, clause, at, rest, background)


def _turn(parse: Parse, clause: Clause, at: int, inside: int, leaves: _Phrases) -> _Opening | None:
    """Does "while" turn there from what was told to somebody else's doing?"""
    length = _adds(parse, clause.units[at].first, leaves)
    if not length or not _MAIN_VERB.search(_RELATIVES.sub("", clause.symbols[:at])):
        return None  # "an attack that came | while …"
    behind = clause.units[at].first + length
    after = next((i for i in range(at, inside) if clause.units[i].first >= behind), inside)
    return _Opening.TURN if _CLAUSE.match(clause.symbols, after) else None


def _own_clause(parse: Parse, clause: Clause, at: int, rest: str, background: frozenset[str]) -> _Opening | None:
    """How the clause with a subject and a finite verb of its own behind a joint opens."""
    unit = clause.units[at]
    repeated = unit.kind == "k" and _opens_content(parse, clause, at + 1)
    if repeated and rest.startswith("CQ"):
        return _Opening.THAT
    if phrases(parse.pack).verb_first and _has_relative(parse, clause, at + 1):
        return None
    if rest.startswith("o") and not _partitive(parse, clause.units[at + 1]):
        return None  # "with pick-ups and | of motorcycles"
    own_clause = _VERB_FIRST if phrases(parse.pack).verb_first else _CLAUSE
    match = own_clause.match(rest.removeprefix("C"))
    if match is None or _tells_before(parse, clause, at + 1, match.end(), background):
        return None  # "grenades and a gun before the army | responded"
    if repeated:
        return _Opening.THAT
    if rest.startswith("C"):
        return None
    if unit.kind == ";":
        return _Opening.APART
    own = unit.kind == "k" and (_OWN_SUBJECT.match(rest) or _new_subject(parse, clause, at))
    return _Opening.SUBJECT if own else _Opening.OTHER


def _tells_before(parse: Parse, clause: Clause, first: int, length: int, background: frozenset[str]) -> bool:
    """Does a word for what was before stand between a subject and its verb? Then they are no clause."""
    return any(parse.tokens.keys[unit.first] in background for unit in clause.units[first : first + length])


def _partitive(parse: Parse, unit: Unit) -> bool:
    grammar = phrases(parse.pack)
    return not grammar.partitive or parse.tokens.keys[unit.first] in grammar.partitive


def _new_subject(parse: Parse, clause: Clause, at: int) -> bool:
    """Does a comma, "and", a verb of one and a definite noun stand there (", and | resumed | the flights")?"""
    symbols, units, tags = clause.symbols, clause.units, parse.tags
    if symbols[at - 1 : at] != "," or not _VERB_AND_NOUN.match(symbols, at + 1):
        return False
    noun = units[at + 2]
    plural = tuple(parse.pack.table("grammar/attribution")["anaphora"].get("plural_verb_endings", ()))
    plain = not parse.tokens.keys[units[at + 1].last - 1].endswith(plural or ("\0",))
    return plain and (tags[noun.first] in "DP" or "D" in tags[noun.first : noun.last])


def _has_relative(parse: Parse, clause: Clause, index: int) -> bool:
    """Is it an indefinite noun, to which a verb behind it belongs, and no clause ("and deaths among civilians | that did not …")?"""
    if index >= len(clause.units) or clause.units[index].kind != "n":
        return False
    unit = clause.units[index]
    return parse.tags[unit.first] == "N" and not set("DP") & set(parse.tags[unit.first : unit.last])


def _opens_content(parse: Parse, clause: Clause, index: int) -> bool:
    """Is it "that" before a content, even where it may also point ("that officers …")?"""
    if index >= len(clause.units):
        return False
    unit = clause.units[index]
    return unit.kind == "C" or phrases(parse.pack).words.get(parse.tokens.keys[unit.first]) == "C"


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[frozenset[str], frozenset[str], _Phrases, _Phrases]:
    """Subordinators after which the same voice tells something further, those that tell what was before, what only adds, and what turns to another."""
    content = load_pack(language).table("grammar/attribution")["content"]
    adds, leaves = (
        tuple(tuple(phrase.replace("'", "' ").split()) for phrase in content.get(key, ())) for key in ("adds", "leaves")
    )
    return frozenset(content["joins"]), frozenset(content.get("background", ())), adds, leaves


def _adds(parse: Parse, at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Tokens of "in addition to", where it begins at a token."""
    keys = parse.tokens.keys
    return next((len(words) for words in phrases if tuple(keys[at : at + len(words)]) == words), 0)


def _after_joint(parse: Parse, cut: int, opening: _Opening) -> int:
    at = parse.token_at(cut)
    while at < len(parse.tokens) and is_joint(parse, at):
        at += 1
    at += opening in (_Opening.THAT, _Opening.BACKGROUND)
    at += opening is _Opening.RELATIVE and phrases(parse.pack).words.get(parse.tokens.keys[at]) == "L"
    at += _adds(parse, at, _words(parse.pack.language)[2]) if opening is _Opening.ADDED else 0
    at += _adds(parse, at, _words(parse.pack.language)[3]) if opening is _Opening.TURN else 0
    if opening is _Opening.BACKGROUND and phrases(parse.pack).words.get(parse.tokens.keys[at]) == "C":
        at += 1
    return parse.tokens.starts[at] if at < len(parse.tokens) else cut


def _same(
    parse: Parse,
    first: Span,
    second: Span,
    opening: _Opening,
    happenings: Sequence[Happening],
    counts: Sequence[Count],
) -> bool:
    """Do two neighbouring pieces tell one happening?"""
    left, right = choose(within(happenings, first)), choose(within(happenings, second))
    dated_or_placed = _dated(parse, second) or _placed(parse, second)
    counted = _counted(second, counts)
    if opening is _Opening.BACKGROUND:
        return right is None or not (counted or dated_or_placed) or (left is not None and _alike(left, right))
    if opening is _Opening.APART:
        return left is not None and right is not None and _alike(left, right) and not counted
    own = {
        _Opening.NOUN: counted,
        _Opening.ADDED: counted,
        _Opening.TURN: True,
        _Opening.AGAIN: dated_or_placed,
        _Opening.RELATIVE: counted or dated_or_placed,
    }.get(opening)
    if own is not None:
        return left is None or right is None or not own or _alike(left, right)
    return _clauses_alike(parse, first, second, opening, (left, right), counts)


def _clauses_alike(
    parse: Parse,
    first: Span,
    second: Span,
    opening: _Opening,
    told: tuple[Happening | None, Happening | None],
    counts: Sequence[Count],
) -> bool:
    """Do two clauses or sentences tell one happening (`told`: what each tells)?"""
    left, right = told
    if opening is _Opening.SENTENCE and _asks(parse, first) is not _asks(parse, second):
        return False  # "We have the register. Whoever has another should bring it."
    if left is None or right is None:
        return _goes_on(first, second, left, right, opening, counts)
    if opening is _Opening.SUBJECT and _placed(parse, first) and _placed(parse, second):
        return False
    return _alike(left, right)


def _goes_on(
    first: Span,
    second: Span,
    left: Happening | None,
    right: Happening | None,
    opening: _Opening,
    counts: Sequence[Count],
) -> bool:
    """Does a piece that no word names a happening in go on with the one beside it?"""
    if _tolls(first, counts) and _tolls(second, counts):
        return True  # "died, and thirty were injured": one toll
    if right is None:
        return opening is not _Opening.SUBJECT and (left is not None or not _counted(second, counts))
    return not _counted(first, counts)


def _alike(left: Happening, right: Happening) -> bool:
    """Are they of one type, or is one a telling of the other?"""
    if left.type == right.type:
        return True
    types = event_types()
    told_of = right.inherited == left.trigger or left.inherited == right.trigger
    return told_of and types[left.type].family == types[right.type].family


def _asks(parse: Parse, span: Span) -> bool:
    """Does it say that something must be done?"""
    words = demanding_words(parse.pack.language)
    return not words.isdisjoint(parse.tokens.keys[parse.token_at(span.start) : parse.token_at(span.stop)])


def _dated(parse: Parse, span: Span) -> bool:
    return any(time.type in (TimexType.DATE, TimexType.TIME) for time in parse.times_in(span))


def _placed(parse: Parse, span: Span) -> bool:
    """Does a name stand behind a preposition ("in Gao", "near the town of Ansongo")?"""
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    tags = parse.tags[first:last]
    return _PLACE.search(tags) is not None


_PLACE = re.compile(r"E(?:D?[NA]*E?){0,2}D?P")


def _tolls(span: Span, counts: Sequence[Count]) -> bool:
    return any(span.contains(c.span) and c.what in FATES for c in counts)


def _counted(span: Span, counts: Sequence[Count]) -> bool:
    return any(span.contains(c.span) for c in counts)
