"""What PolNeAR counts as an attribution, read from our parse: opinions, intentions and attitudes beside words that were said.

A claim of ondit is something said to be so. PolNeAR also counts who supports, wants, knows or attacks what. Those words
(`polnear_words`) join the reporting words of the language, the grammar of the language is asked first, and a verb that none of its
patterns reads gets the nearest subject and the rest of its clause (`polnear_verbs`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evaluation.polnear_verbs import NP, Found, Verb, according, counts, limit, next_subject, subject_of
from evaluation.polnear_words import widen, words
from ondit.model import Span
from ondit.read.engines.rules.attribution import Attribution, find_attributions
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.settling import settle
from ondit.read.engines.rules.units import Clause, Parse, Unit

_LONG = 8  # tokens of a quotation inside a sentence that is speech, not a phrase


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
    for a in settle(parse, attributions):
        if parse.clauses[a.clause].within is not None or (a.source is None and not _sourceless(a.rule)):
            continue
        if _seems(parse, a):
            continue  # how something seems is nobody's view
        content = (
            _with_rest(parse, parse.clauses[a.clause], a.content)
            if a.quoted and a.cue.stop <= a.content.start
            else a.content
        )
        yield Found(a.source, a.cue, (content,), a.clause, quoted=a.quoted)


def _with_rest(parse: Parse, clause: Clause, quoted: Span) -> Span:
    """A quotation with the part of its sentence that goes on after it."""
    for at, unit in enumerate(clause.units[:-1]):
        if unit.quotation is not None and unit.quotation.inner.overlaps(quoted) and clause.symbols[at + 1] in "eWsotn":
            last = limit(parse, clause, at + 1, clausal=True)
            return quoted.cover(trim(parse, parse.span(unit.first, clause.units[last - 1].last)))
    return quoted


def _seems(parse: Parse, attribution: Attribution) -> bool:
    verb = attribution.verb.of(parse.text).lower() if attribution.verb is not None else ""
    return not words().table["raising"].isdisjoint(words().lexicon.forms.get(verb, ()))


def _sourceless(rule: str) -> bool:
    return rule.rpartition(":")[2] in words().table["sourceless_patterns"]


def _by_position(parse: Parse, clause: Clause, index: int, known: Sequence[Found]) -> Iterator[Found]:
    """Verbs, nouns and prepositions that no pattern reads."""
    cues = [f.cue for f in known]
    speakers = [(f.cue.start, f.source) for f in known if f.source is not None]
    subject: Span | None = None
    for at, unit in enumerate(clause.units):
        span = parse.span(unit.first, unit.last)
        free = not any(span.overlaps(c) for c in cues)
        made: Found | None = None
        if unit.kind == "y":
            made = _nominal(parse, clause, index, at)
            made = made if made and not any(made.cue.overlaps(c) for c in cues) else None
        elif unit.kind == "S" and free and parse.tokens.keys[unit.first] not in words().table["weak_prepositions"]:
            made = according(parse, clause, index, at)
        elif unit.verb is not None:
            here = subject_of(parse, clause, at)
            verb = _as_finite(clause, at, unit) if here else unit
            own = here if verb.kind in "VURB" else None
            subject = own[0] if own else subject
            if verb.kind in "RBGIJ" and free and counts(verb):
                voice = own[0] if own else subject
                if verb.kind in "GI":
                    before = [source for start, source in speakers if start < span.start]
                    voice = before[-1] if before else voice or next_subject(parse, clause, at)
                made = Verb(parse, clause, index, at, verb, voice, own[1] if own else at).read()
                if made is not None and made.source is not None:
                    speakers = sorted((*speakers, (made.cue.start, made.source)), key=lambda s: s[0])
        if made is not None:
            yield made


def _as_finite(clause: Clause, at: int, unit: Unit) -> Unit:
    """A finite verb that was taken for a participle."""
    finite = unit.kind == "J" and re.match(r"[aT]*[nypCQtW]", clause.symbols[at + 1 :])
    return replace(unit, kind="R") if finite else unit


_OF = re.compile(r"(?P<prep>[oet]?)(?P<c>(?:C|t[aT]*[iI]|W|[nyp]|Q|g|G).*)")


def _nominal(parse: Parse, clause: Clause, index: int, at: int) -> Found | None:
    """A noun with its possessor and what follows: "Trump's attack on the judge", "his claim that …"."""
    unit, keys, tags = clause.units[at], parse.tokens.keys, parse.tags
    head = next((i for i in range(unit.last - 1, unit.first - 1, -1) if keys[i] in parse.lexicon.nouns), None)
    match = _OF.match(clause.symbols[at + 1 :])
    if head is None or match is None or head < unit.last - 1:
        return None
    owner = next(
        (i for i in range(head - 1, unit.first - 1, -1) if tags[i] == "G" or keys[i] in words().table["owners"]), None
    )
    opener = clause.units[at + 1 + match.start("c")]
    preposition = bool(match.group("prep"))
    if not preposition and opener.kind not in "CtW":
        return None
    if preposition and keys[clause.units[at + 1].first] not in words().table["noun_prepositions"]:
        return None
    if owner is None and opener.kind != "C" and keys[head] not in words().table["plain_nouns"]:
        return None
    source = parse.span(unit.first if tags[owner] == "G" else owner, owner + 1) if owner is not None else None
    first = at + 1 + match.start("c")
    last = limit(parse, clause, first, clausal=opener.kind == "C")
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
        if (
            other.source is None
            or other.nominal
            or not content.contains(other.source)
            or not content.contains(other.cue)
        ):
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


_SPEAKER = re.compile(
    r"(?m)(?:^[ \t]*|[ \t][-–—][ \t]+(?=[^:\n]{1,60}:[ \t]*[“\"']))(?P<s>[A-Z](?:[^:.!?\n“”\"‘’]|\.(?=\s[A-Z]|[A-Z])){1,60}?)(?P<c>:)[ \t]+(?=\S)"
)


def _before_colons(parse: Parse, found: Sequence[Found]) -> Iterator[Found]:
    """Who speaks stands before a colon at the head of a paragraph: "Sanders: Email story has moved", "TAPPER: How are you?"."""
    text = parse.text
    heads = list(_SPEAKER.finditer(text))
    transcript = sum(m.group("s").isupper() for m in heads) > 1  # "TAPPER: …", "FALLIN: …"
    matches = [
        m for m in heads if (transcript and m.group("s").isupper()) or _names_somebody(parse, Span(*m.span("s")))
    ]
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
    if span.start == 0:  # a headline: "Sanders: …", not "Breaking: …" or "The revolutionary's next tactic: …"
        return 0 < last - first <= 7 and set(tags) <= set("PNA.") and keys[0] not in words().table["headings"]
    return (
        0 < last - first <= 7
        and not set(tags) & set("VXvig")
        and ("P" in tags or any(k in words().table["speakers"] for k in keys))
    )


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
            if not alone and (
                unit.last - unit.first < _LONG or not set(parse.tags[unit.first : unit.last]) & set("VX")
            ):
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
    elif "k" in symbols[first : last + 1] and (before := re.search(rf"(?<![oetbS])(?:{NP},)+$", symbols[:first])):
        token = clause.units[before.start()].first
    while keys[token] in words().table["subordinators"] and parse.tokens.starts[token + 1] < stop:
        token += 1
    if source.stop <= found.cue.start:
        cue = next((i for i, u in enumerate(clause.units) if parse.tokens.starts[u.first] >= found.cue.start), last + 1)
        between = re.sub(r"[aTz]+$", "", symbols[last + 1 : cue])
        between = re.sub(r",[aTzC]*,$", "", between)
        closed = between.endswith((",", "-", ")")) or not between.startswith((",", "-", "("))
        plain = re.sub("L.*", "", between)
        if (
            between
            and closed
            and re.match(r"[,(L\-gjGJoe]", between)
            and not re.search("[VURB]", plain)
            and not re.search(r"[Q;:]", between)
            and re.search("[nypL]", between)
        ):
            stop = parse.tokens.stops[clause.units[last + len(between)].last - 1]
    elif match := _APPOSED.match(symbols, last + 1):
        end = parse.tokens.stops[clause.units[match.end() - 1].last - 1]
        later = [c.start for c in found.contents if c.start >= source.stop]
        stop = end if not later or end <= min(later) else stop
    return replace(found, source=Span(parse.tokens.starts[token], max(stop, parse.tokens.stops[token])))


def _marked(parse: Parse, span: Span) -> bool:
    return span.start > 0 and parse.text[span.start - 1] in "\"“'‘«"
