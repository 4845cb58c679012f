"""What PolNeAR counts as an attribution, read from our parse: opinions, intentions and attitudes beside words that were said.

A claim of ondit is something said to be so. PolNeAR also counts who supports, wants, knows or attacks what. Those words stand in
`polnear.toml`; here they join the reporting words of the language, the grammar of the language is asked first, and a verb that none of
its patterns reads gets the nearest subject and the rest of its clause.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ondit.model import Span, Tokens
from ondit.read.engines.rules.attribution import find_attributions, trim
from ondit.read.engines.rules.claims import settled
from ondit.read.engines.rules.lexicon import Lexicon, Reporting
from ondit.read.engines.rules.parse import Clause, Parse, Unit, VerbGroup

_KIND = "estimate"  # the class that the added words take in the grammar: an opinion of somebody
_NP = r"(?:[ny](?:\([^()]{1,9}\))?(?:[oe]{1,2}[nyT](?:\([^()]{1,9}\))?|ko?[ny](?![VUR]))*)"
_LONG = 8  # tokens of a quotation inside a sentence that is speech, not a phrase
_SUBJECTS = tuple(
    re.compile(pattern + "[aTz]*$")
    for pattern in (
        r"(?P<s>L)",
        rf"(?<![oetbS])(?P<s>{_NP}[,-](?:L[^;:Q]{{1,40}}|[^VURBL;:Q]{{1,40}}(?:L[^;:Q,]{{1,30}})?)[,-])",
        rf"(?<![oetbS])(?P<s>{_NP}(?:L[^,;:Q]{{1,24}}|[gjGJ][^,;:QVURB]{{1,14}})?|p)",
    )
)
_AFTER = re.compile(rf"(?P<s>{_NP}(?:,[^VURBQ;]{{1,30}}?(?=[,.]|$)|,?L[^,;Q]{{1,24}})?|p)(?![aTz]*[VURB])")
_LEFT = re.compile(r"^[k]?(?P<c>.*[VURBUQjgin].*?)[,aT]*$")
_TELLS = (
    re.compile(r"[aTz]*(?:(?:t|eg?)?[nyp]|e[nyT]+(?:o[ny])*)?[aT,:]*(?P<c>Q)"),
    re.compile(r"(?:[aTzs]|t?[nyp]+(?:o[ny])*|e[nyT]+(?:o[ny])*)*?,?(?P<c>C.+)"),
    re.compile(r"(?:[aTz]|[nyp](?:o[ny])*(?=[aT]*(?:t[iIz]|W)))*(?P<c>(?:W|t[aTz]*[iI]|t[iIzZ]|[iIgGz]).+)"),
    re.compile(r"[aTz]*(?P<c>(?:[nypxjJ#(o]|[eTt]).*)"),
)


@dataclass(frozen=True)
class Found:
    """One attribution as read, before its spans are drawn: source (None when nobody is named), cue, pieces of content."""

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    clause: int
    nominal: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Words:
    """The word lists of `polnear.toml`."""

    lexicon: Lexicon
    nouns: frozenset[str]
    table: dict[str, frozenset[str]]


class WideParse(Parse):
    """A parse in which the words of `polnear.toml` report, too."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """The reporting words of the language and those of PolNeAR."""
        own = super().lexicon
        return replace(own, nouns=dict.fromkeys(words().nouns, _KIND) | own.nouns)


@cache
def words() -> Words:
    """The word lists, read once."""
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("polnear.toml").read_text(encoding="utf-8"))
    entries: dict[str, list[tuple[tuple[str, ...], bool, Reporting]]] = {}
    forms: dict[str, set[str]] = {}
    irregular: dict[str, str] = table["irregular"]
    for frames, lemmas in table["verbs"].items():
        for lemma in lemmas:
            first, *rest = lemma.split()
            entry = Reporting(lemma, _KIND, frozenset(frames.split("-")))
            entries.setdefault(first, []).append((tuple(rest), False, entry))
            for form in (*_inflected(first), *irregular.get(first, "").split()):
                forms.setdefault(form, set()).add(first)
    lexicon = Lexicon(
        {form: tuple(sorted(lemmas)) for form, lemmas in forms.items()},
        {lemma: tuple(options) for lemma, options in entries.items()},
        {},
        frozenset(),
    )
    lists = {name: frozenset(value) for name, value in table.items() if isinstance(value, list)}
    return Words(lexicon, lists["nouns"], lists)


def _inflected(lemma: str) -> set[str]:
    """Regular forms of an English verb; forms that do not exist do no harm."""
    if lemma.endswith("e"):
        return {lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return {lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    doubled = lemma + lemma[-1]
    plural = "es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s"
    return {lemma, lemma + plural, lemma + "ed", lemma + "ing", doubled + "ed", doubled + "ing"}


def widen(parse: Parse) -> WideParse:
    """The same parse with the words of `polnear.toml` as reporting words."""
    wide = WideParse(parse.document, parse.pack, parse.tokens, parse.tags, parse.times)
    clauses = tuple(_widened(wide, clause) for clause in parse.clauses)
    return WideParse(parse.document, parse.pack, parse.tokens, parse.tags, parse.times, clauses)


def _widened(parse: Parse, clause: Clause) -> Clause:
    units: list[Unit] = []
    for unit in clause.units:
        if units and unit.first < units[-1].last:
            continue  # a preposition that the verb before has taken in
        units.append(_wide_unit(parse, clause, unit))
    units = list(_predicates(parse, units))
    return replace(clause, units=tuple(units), symbols="".join(u.kind for u in units))


def _predicates(parse: Parse, units: Sequence[Unit]) -> Iterator[Unit]:
    """ "is proud of", "expressed support for" as one verb: a copula with an adjective, a light verb with a noun of opinion."""
    keys, lists = parse.tokens.keys, words().table
    at = 0
    while at < len(units):
        unit = units[at]
        end = at
        if unit.verb is not None and unit.kind in "VURBgGiI":
            later = at + 1
            while later < len(units) - 1 and units[later].kind == "a" and units[later].last - units[later].first == 1 and keys[units[later].first] not in lists["attitudes"]:
                later += 1
            if keys[unit.verb.head] in lists["attitudes"] and unit.last - unit.first > 1:
                end = at
            elif later < len(units) and keys[unit.verb.head] in lists["copulas"] and keys[units[later].last - 1] in lists["attitudes"] and units[later].kind in "xajJgzn":
                end = later
            elif later < len(units) - 1 and units[later].kind == "y" and keys[unit.verb.head] in lists["light_verbs"] and units[later + 1].kind in "etC":
                end = later
            else:
                end = -1
        if unit.verb is None or unit.kind not in "VURBgGiI" or end < 0:
            yield unit
            at += 1
            continue
        following = units[end + 1] if end + 1 < len(units) else None
        last = following.last if following is not None and following.kind in "eob" else units[end].last
        entry = Reporting(keys[unit.verb.head], _KIND, frozenset("swin"))
        kind = {"g": "G", "G": "G", "i": "I", "I": "I"}.get(unit.kind, "R")
        yield replace(unit, kind=kind, last=last, verb=replace(unit.verb, last=last, passive=False, reporting=(entry,)))
        at = end + 1 + (following is not None and following.kind in "eob")


def _wide_unit(parse: Parse, clause: Clause, unit: Unit) -> Unit:
    keys = parse.tokens.keys
    if unit.kind == "n" and parse.lexicon.is_reporting_noun(keys[unit.first : unit.last], parse.tags[unit.first : unit.last]):
        return replace(unit, kind="y")
    verb = unit.verb
    if verb is None:
        return unit
    entries, stop = words().lexicon.reporting(keys, verb.head, unit.last, clause.last, False)
    longer = stop > unit.last
    if not entries or (verb.reporting and not longer) or any(u.first < stop < u.last for u in clause.units):
        return unit
    capital = {"V": "R", "U": "B"}.get(unit.kind, unit.kind.upper())
    return replace(unit, kind=capital, last=stop, verb=replace(verb, reporting=entries, last=stop))


# --------------------------------------------------------------------------------------------------------------- reading


def read_attributions(parse: Parse) -> list[Found]:
    """The attributions of a document, none inside the content of another."""
    wide = widen(parse)
    found = list(_by_grammar(wide))
    for index, clause in enumerate(wide.clauses):
        if clause.within is None:
            found += _by_position(wide, clause, index, [f for f in found if f.clause == index])
    found += _before_colons(wide, found)
    return [_with_full_source(wide, f) for f in _with_speeches(wide, _outermost(wide, found))]


def _by_grammar(parse: Parse) -> Iterator[Found]:
    attributions = [replace(a, negated=False) for a in find_attributions(parse)]
    for a in settled(parse, attributions):
        if parse.clauses[a.clause].within is not None or (a.source is None and not _sourceless(parse, a.rule)):
            continue
        lemmas = words().lexicon.forms.get(a.verb.of(parse.text).lower(), ()) if a.verb is not None else ()
        if set(lemmas) & words().table["raising"]:
            continue  # how something seems is nobody's view
        content = _with_rest(parse, parse.clauses[a.clause], a.content) if a.quoted and a.cue.stop <= a.content.start else a.content
        yield Found(a.source, a.cue, (content,), a.clause, quoted=a.quoted)


def _with_rest(parse: Parse, clause: Clause, quoted: Span) -> Span:
    """A quotation with the part of its sentence that goes on after it."""
    for at, unit in enumerate(clause.units[:-1]):
        if unit.quotation is not None and unit.quotation.inner.overlaps(quoted) and clause.symbols[at + 1] in "eWsotn":
            last = _limit(parse, clause, at + 1, clausal=True)
            return quoted.cover(trim(parse, parse.span(unit.first, clause.units[last - 1].last)))
    return quoted


def _sourceless(parse: Parse, rule: str) -> bool:
    return rule.rpartition(":")[2] in words().table["sourceless_patterns"]


def _by_position(parse: Parse, clause: Clause, index: int, known: Sequence[Found]) -> Iterator[Found]:
    """Verbs and nouns that no pattern reads: the nearest subject, and the rest of the clause."""
    cues = [f.cue for f in known]
    speakers = [(f.cue.start, f.source) for f in known if f.source is not None]
    subject: Span | None = None
    end = -1
    for at, unit in enumerate(clause.units):
        span = parse.span(unit.first, unit.last)
        if unit.kind == "y" and unit.first >= end:
            noun = _nominal(parse, clause, index, at)
            if noun is not None and not any(noun.cue.overlaps(c) for c in cues):
                yield noun
        if unit.kind == "S" and not any(span.overlaps(c) for c in cues) and (made := _according(parse, clause, index, at)):
            yield made
        if unit.verb is None:
            continue
        here = _subject(parse, clause, at)
        after = clause.symbols[at + 1 :]
        if unit.kind == "J" and here is not None and re.match(r"[aT]*[nypCQtW]", after):
            unit = replace(unit, kind="R")  # a finite verb that was taken for a participle
        own = here if unit.kind in "VURB" else None
        if own is not None:
            subject = own[0]
        if unit.kind not in "RBGIJ" or any(span.overlaps(c) for c in cues) or not _counts(unit):
            continue
        voice = own[0] if own else subject
        if unit.kind in "GI":
            before = [source for start, source in speakers if start < span.start]
            voice = before[-1] if before else voice or _next_subject(parse, clause, at)
        made = _made(parse, clause, index, at, unit, voice, own[1] if own else at)
        if made is not None:
            if made.source is not None:
                speakers = sorted((*speakers, (made.cue.start, made.source)), key=lambda s: s[0])
            yield made


def _next_subject(parse: Parse, clause: Clause, at: int) -> Span | None:
    """The subject of the main clause after a participle that opens the sentence."""
    for later in range(at + 1, len(clause.units)):
        if clause.symbols[later] in "VURB":
            found = _subject(parse, clause, later)
            return found[0] if found else None
    return None


def _counts(unit: Unit) -> bool:
    """Not who is reached by an outlet; an infinitive only when its verb says something."""
    assert unit.verb is not None
    kinds = {entry.kind for entry in unit.verb.reporting}
    if any(entry.lemma in words().table["excluded"] for entry in unit.verb.reporting):
        return False
    return bool(kinds - {"relay"}) and (unit.kind != "I" or bool(kinds & words().table["infinitive_kinds"]))


def _subject(parse: Parse, clause: Clause, at: int) -> tuple[Span, int] | None:
    """The subject right before a verb, and the unit at which it begins."""
    before = clause.symbols[:at]
    for pattern in _SUBJECTS:
        if match := pattern.search(before):
            first, last = match.span("s")
            span = parse.span(clause.units[first].first, clause.units[last - 1].last)
            key = parse.tokens.keys[clause.units[first].first]
            if key in words().table["nobody"]:
                return None
            if first and clause.symbols[first - 1] == "p" and parse.tokens.keys[clause.units[first - 1].first] in words().table["owners"]:
                first -= 1
                span = parse.span(clause.units[first].first, clause.units[first].last).cover(span)
            return span, first
    return None


def _according(parse: Parse, clause: Clause, index: int, at: int) -> Found | None:
    """ "According to X, …" and "…, according to X" where no pattern reads them."""
    symbols, units = clause.symbols, clause.units
    match = re.match(rf"(?P<s>{_NP})", symbols[at + 1 :])
    if match is None:
        return None
    end = at + 1 + match.end()
    source = trim(parse, parse.span(units[at + 1].first, units[end - 1].last))
    if re.fullmatch("[kaT]*", symbols[:at]):
        comma = symbols.find(",", end)
        first, last = comma + 1, len(symbols)
        if comma < 0:
            return None
    else:
        first, last = 0, at
    content = trim(parse, parse.span(units[first].first, units[last - 1].last)) if first < last else None
    return Found(source, parse.span(units[at].first, units[at].last), (content,), index) if content else None


def _made(
    parse: Parse, clause: Clause, index: int, at: int, unit: Unit, subject: Span | None, begin: int
) -> Found | None:
    units, symbols = clause.units, clause.symbols
    assert unit.verb is not None
    cue = parse.span(unit.first, unit.last)
    frames = frozenset[str]().union(*(e.frames for e in unit.verb.reporting))
    clausal = bool(frames & set("sqw"))
    after = symbols[at + 1 :]

    def piece(first: int, last: int) -> Span:
        quotation = units[first].quotation
        if quotation is not None and last == first + 1:
            return quotation.inner
        return trim(parse, parse.span(units[first].first, units[last - 1].last))

    if subject is None and parse.tokens.keys[unit.verb.head] in words().table["asked"] and unit.kind in "RJ":
        opened = re.match(r"[aT]*(?:b[ny](?:o[ny])*)?[aT]*(?P<c>(?:W|e|t[iI]).*?)(?=,|[.]?$)", after)
        if opened:
            return Found(None, cue, (piece(at + 1 + opened.start("c"), at + 1 + opened.end("c")),), index)
    if unit.kind in "BJ":
        agent = re.match(rf"[aT]*b(?P<s>{_NP})", after)
        source = piece(at + 1 + agent.start("s"), at + 1 + agent.end("s")) if agent else None
        asked = re.match(r"[aT]*(?:b[ny])?[aT]*(?P<c>(?:W|e|t[iI]).*)", after) if frames & set("w") else None
        if unit.kind == "J" and agent is None and asked is None:
            return None
        if asked is not None and unit.kind == "J":
            first = at + 1 + asked.start("c")
            comma = symbols.find(",", first) if begin == at and "," in symbols[first:] else len(symbols)
            last = min(comma, _limit(parse, clause, first, clausal=True))
            return Found(source, cue, (piece(first, last),), index) if last > first else None
        contents: list[Span] = []
        thing = subject if unit.kind == "B" else _before_participle(parse, clause, at)
        if thing is not None:
            contents.append(thing)
        rest = re.match(r"[aT]*(?P<c>(?:t[aT]*[izI]|C|W|e|S|s).*)", after) if agent is None else None
        if rest:
            contents.append(piece(at + 1 + rest.start("c"), _limit(parse, clause, at + 1 + rest.start("c"), clausal=True)))
        return Found(source, cue, tuple(contents), index) if contents and (source or rest) else None
    if unit.kind in "RV" and any(e.lemma in words().table["raising"] for e in unit.verb.reporting):
        if subject is None or at + 1 >= len(units):
            return None
        rest = piece(at + 1, _limit(parse, clause, at + 1, clausal=True))
        return Found(None, cue, (subject, rest), index) if len(rest) > 1 else None
    if clausal and begin and symbols[begin - 1 : begin] == "Q":
        return Found(subject, cue, (piece(begin - 1, begin),), index, quoted=True)
    if unit.kind == "R" and clausal and begin == at and re.search(r"[Q,][aT]*$", symbols[:at]) and (inverted := _AFTER.match(after)):
        left = _LEFT.match(symbols[:at])
        if left:
            source = piece(at + 1 + inverted.start("s"), at + 1 + inverted.end("s"))
            quotes = [i for i in range(at) if units[i].kind == "Q"]
            first, last = (quotes[-1], quotes[-1] + 1) if symbols[at - 1] in "Q" or "Q" in symbols[at - 2 : at] else left.span("c")
            return Found(source, cue, (piece(first, last),), index)
    if subject is None:
        return None
    if frames & set("s") and unit.kind == "R" and begin and re.match(r"[aT]*,(?=.*[nypVURB])", after) and symbols[begin - 1] == ",":
        left, comma = _LEFT.match(symbols[:begin]), at + 1 + after.index(",") + 1
        start = left.start("c") if left else next((i for i in range(begin) if symbols[i] not in "k"), 0)
        if start < begin - 1:
            return Found(subject, cue, (piece(start, begin - 1), piece(comma, len(units))), index)
    for pattern in _TELLS:
        if match := pattern.match(after):
            first = at + 1 + match.start("c")
            if frames == {"q"} and units[first].kind != "Q":
                return None  # "continued to fight"
            last = first + 1 if units[first].kind == "Q" else _limit(parse, clause, first, clausal=clausal or units[first].kind in "Ct")
            if unit.kind == "G" and not re.search("[VURB]", symbols[:at]) and (main := re.search(r",(?=[aT]*[nyp][^,]*[VURB])", symbols[first:last])):
                last = first + main.start()  # "Appearing on CBS, the senator said …"
            if last > first and len(content := piece(first, last)) > 1:
                return Found(subject, cue, (content,), index)
    if clausal and (left := _LEFT.match(symbols[:begin])) and unit.kind == "R":
        return Found(subject, cue, (piece(*left.span("c")),), index)
    return None


def _before_participle(parse: Parse, clause: Clause, at: int) -> Span | None:
    match = re.search(rf"(?P<s>{_NP}),?[aT]*$", clause.symbols[:at])
    if match is None:
        return None
    return parse.span(clause.units[match.start("s")].first, clause.units[match.end("s") - 1].last)


def _limit(parse: Parse, clause: Clause, first: int, *, clausal: bool) -> int:
    """The unit at which a content that begins at a unit ends (exclusive)."""
    symbols, lists = clause.symbols, words().table
    verb_inside = False
    for at in range(first + 1, len(symbols)):
        kind, key, rest = symbols[at], parse.tokens.keys[clause.units[at].first], symbols[at + 1 :]
        if kind in ";" or (kind == "." and at == len(symbols) - 1):
            return at
        if kind in "k," and re.match(r"k?[aT]*R" if clausal and verb_inside else r"k?[aT]*[VRUB]", rest):
            return at
        if key in lists["leaves"] and re.match(r"[aT]*[nyp].*[VURB]", rest):
            return at
        if not clausal:
            if kind == "," and re.match(r"[aT]*[gG]|k?[aT]*[nyp][^,]*[VRUB]|[aT]*[sL]?e[gG]", rest):
                return at
            if key in lists["circumstances"] and kind in "sWez":
                return at
        verb_inside = verb_inside or kind in "VURB"
    return len(symbols)


_OF = re.compile(r"(?P<prep>[oet]?)(?P<c>(?:C|t[aT]*[iI]|W|[nyp]|Q|g|G).*)")


def _nominal(parse: Parse, clause: Clause, index: int, at: int) -> Found | None:
    """ "Trump's attack on the judge", "his claim that …": a noun with its possessor and what follows."""
    unit, keys, tags = clause.units[at], parse.tokens.keys, parse.tags
    head = next((i for i in range(unit.last - 1, unit.first - 1, -1) if keys[i] in parse.lexicon.nouns), None)
    match = _OF.match(clause.symbols[at + 1 :])
    if head is None or match is None or head < unit.last - 1:
        return None
    owner = next((i for i in range(head - 1, unit.first - 1, -1) if tags[i] == "G" or keys[i] in words().table["owners"]), None)
    opener = clause.units[at + 1 + match.start("c")]
    preposition = bool(match.group("prep"))
    if not preposition and opener.kind not in "CtW":
        return None
    if owner is None and opener.kind != "C" and keys[head] not in words().table["plain_nouns"]:
        return None
    source = parse.span(unit.first if tags[owner] == "G" else owner, owner + 1) if owner is not None else None
    first = at + 1 + match.start("c")
    last = _limit(parse, clause, first, clausal=opener.kind in "C")
    if opener.kind != "C":
        verb = re.search(r"[VURB]", clause.symbols[first:last])
        last = first + verb.start() if verb else last
    if last <= first:
        return None
    content = trim(parse, parse.span(clause.units[first].first, clause.units[last - 1].last))
    cue = parse.span(head, clause.units[first - 1].last if preposition else head + 1)
    return Found(source, cue, (content,), index, nominal=True) if len(content) > 1 else None


# ------------------------------------------------------------------------------------------- several attributions together


def _outermost(parse: Parse, found: Sequence[Found]) -> list[Found]:
    """Without what is inside the content of another; a content ends where somebody else speaks after a comma, dash or "and"."""
    cut = [_until_next_voice(parse, one, found) for one in found]
    kept: list[Found] = []
    for one in sorted(cut, key=lambda f: (min(f.cue.start, *(c.start for c in f.contents)), f.cue.start)):
        inside = any(
            other is not one
            and any(c.contains(one.cue) for c in other.contents)
            and not any(c.contains(other.cue) for c in one.contents)
            for other in cut
        )
        if not inside and not any(one.cue.overlaps(k.cue) for k in kept):
            kept.append(one)
    return kept


def _until_next_voice(parse: Parse, one: Found, found: Sequence[Found]) -> Found:
    content = one.contents[-1]
    if one.quoted or one.nominal or content.start < one.cue.start or one.cue.of(parse.text) == ":":
        return one
    for other in found:
        if other.source is None or other.nominal or not content.contains(other.source) or not content.contains(other.cue):
            continue
        at = parse.token_at(other.source.start)
        before = parse.token_at(content.start)
        if at - before < 3 or other.source.start > other.cue.start:
            continue
        joint = parse.tokens.keys[at - 1]
        whole = joint != "," or any(t in "VX" for t in parse.tags[before:at])
        if joint in words().table["joints"] and whole and any(c.start > other.cue.start for c in other.contents):
            while at - 1 > before and (parse.tokens.keys[at - 1] in (",", ";") or parse.tags[at - 1] in "C."):
                at -= 1
            shorter = Span(content.start, parse.tokens.stops[at - 1])
            return replace(one, contents=(*one.contents[:-1], shorter))
    return one


_SPEAKER = re.compile(r"(?m)(?:^[ \t]*|[ \t][-–—][ \t]+(?=[^:\n]{1,60}:[ \t]*[“\"']))(?P<s>[A-Z](?:[^:.!?\n“”\"‘’]|\.(?=\s[A-Z]|[A-Z])){1,60}?)(?P<c>:)[ \t]+(?=\S)")


def _before_colons(parse: Parse, found: Sequence[Found]) -> Iterator[Found]:
    """ "Sanders: Email story has moved", "TAPPER: How are you?": who speaks stands before a colon at the head of a paragraph."""
    text = parse.text
    matches = [m for m in _SPEAKER.finditer(text) if _names_somebody(parse, Span(*m.span("s")))]
    for number, match in enumerate(matches):
        source, cue = Span(*match.span("s")), Span(*match.span("c"))
        if any(f.cue.overlaps(source) or f.cue.overlaps(cue) for f in found):
            continue
        stop = text.find("\n", match.end())
        stop = len(text) if stop < 0 else stop
        if source.of(text).isupper() and number + 1 < len(matches) and matches[number + 1].group("s").isupper():
            stop = max(stop, matches[number + 1].start())
        content = Span(match.end(), match.end() + len(text[match.end() : stop].rstrip()))
        if len(content) > 3:
            yield Found(source, cue, (content,), -1)


def _names_somebody(parse: Parse, span: Span) -> bool:
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    tags, keys = parse.tags[first:last], parse.tokens.keys[first:last]
    if span.start == 0:
        return 0 < last - first <= 7  # a headline
    return 0 < last - first <= 7 and not set(tags) & set("VXvig") and ("P" in tags or any(k in words().table["speakers"] for k in keys))


def _with_speeches(parse: Parse, found: Sequence[Found]) -> list[Found]:
    """Quotations that nobody is read to say go on what was quoted last."""
    out = sorted(found, key=lambda f: f.cue)
    covered = [span for f in out for span in (f.cue, *f.contents)]
    for clause in parse.clauses:
        if clause.within is not None:
            continue
        alone = set(clause.symbols) <= set("Q.,:;ka()-")
        for unit in clause.units:
            if unit.quotation is None or any(unit.quotation.outer.overlaps(c) for c in covered):
                continue
            if not alone and (unit.last - unit.first < _LONG or not set(parse.tags[unit.first : unit.last]) & set("VX")):
                continue
            before = [i for i, f in enumerate(out) if f.cue.stop <= unit.quotation.outer.start and f.source is not None]
            quoted = [i for i in before if any(_marked(parse, c) for c in out[i].contents)]
            if at := (quoted or before)[-1:]:
                last = out[at[0]]
                out[at[0]] = replace(last, contents=(*last.contents, unit.quotation.inner))
    return out


_APPOSED = re.compile(
    r"(?:\([^()]{1,9}\)|[oe]{1,2}[nyT]+|k[ny]|,?L[^,.;Q]{1,30}|[gjJ][^,.;QVURB]{1,12}"
    r"|,(?=[ny])[ny](?:\([^()]{1,9}\)|[oet]{1,2}[nyT]+|k[ny]|[gjJ][^,.;QVURB]{0,12})*)*"
)


def _with_full_source(parse: Parse, found: Found) -> Found:
    """The source with its appositions and relative clauses, and without a conjunction before it."""
    source = found.source
    if source is None or found.clause < 0 or found.nominal:
        return found
    clause = parse.clauses[found.clause]
    inside = [i for i, u in enumerate(clause.units) if source.overlaps(parse.span(u.first, u.last))]
    if not inside:
        return found
    first, last, symbols = inside[0], inside[-1], clause.symbols
    token, stop = parse.token_at(source.start), source.stop
    keys = parse.tokens.keys
    if keys[token].endswith(("self", "selves")) and first and symbols[first - 1] in "ny":
        token = clause.units[first - 1].first
    elif "k" in symbols[first : last + 1] and (before := re.search(rf"(?<![oetbS])(?:{_NP},)+$", symbols[:first])):
        token = clause.units[before.start()].first
    while keys[token] in words().table["subordinators"] and parse.tokens.starts[token + 1] < stop:
        token += 1
    if source.stop <= found.cue.start:
        cue = next((i for i, u in enumerate(clause.units) if parse.tokens.starts[u.first] >= found.cue.start), last + 1)
        between = re.sub(r"[aTz]+$", "", symbols[last + 1 : cue])
        between = re.sub(r",[aTzC]*,$", "", between)
        closed = between.endswith((",", "-", ")")) or not between.startswith((",", "-", "("))
        plain = re.sub("L.*", "", between)
        if between and closed and re.match(r"[,(L\-gjGJoe]", between) and not re.search("[VURB]", plain) and not re.search(r"[Q;:]", between) and re.search("[nypL]", between):
            stop = parse.tokens.stops[clause.units[last + len(between)].last - 1]
    elif match := _APPOSED.match(symbols, last + 1):
        end = parse.tokens.stops[clause.units[match.end() - 1].last - 1]
        later = [c.start for c in found.contents if c.start >= source.stop]
        stop = end if not later or end <= min(later) else stop
    return replace(found, source=Span(parse.tokens.starts[token], max(stop, parse.tokens.stops[token])))


def _marked(parse: Parse, span: Span) -> bool:
    return span.start > 0 and parse.text[span.start - 1] in "\"“'‘«"
