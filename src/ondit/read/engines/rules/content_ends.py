"""Where what a voice says ends: at a semicolon, the sentence's main clause, how it was published, or where the report speaks again."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ondit.model import Span
from ondit.model.records import replace
from ondit.read.engines.rules.attribution import Attribution
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse, is_joint
from ondit.read.engines.rules.voices import content_leaves, is_relay, voice_words


def until_report_speaks(parse: Parse, attribution: Attribution) -> Attribution:
    """Ends a content before "but", "though", "while" and a clause with a finite verb of its own: that is the report's again."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    first, last = parse.token_at(content.start), parse.token_at(content.stop)
    tags = parse.tags
    for at in range(first + 2, last - 1) if "g" in tags[first:last] else ():
        if _cites(parse, at) and parse.tokens.keys[at - 1] in (",", "،") and not _inside_quotation(parse, at):
            return replace(attribution, content=trim(parse, Span(content.start, parse.tokens.stops[at - 1])))
    for at in range(first + 3, last - 2):
        speaks = tags[at] in "CSRE." and _leaves(parse, at) and _is_clause(parse, at, last)
        if speaks and not parse.text[parse.tokens.starts[at]].isupper() and not _inside_quotation(parse, at):
            return replace(attribution, content=trim(parse, Span(content.start, parse.tokens.stops[at - 1])))
    return attribution


def _is_clause(parse: Parse, first: int, last: int) -> bool:
    """Is there a finite verb, or behind a comma, in a language that may do without "is", a noun at least?"""
    opened = is_joint(parse, first) or is_joint(parse, first - 1)
    needed = "VXNP" if phrases(parse.pack).verb_first and opened else "VX"
    return any(tag in needed for tag in parse.tags[first:last])


_GOES_ON = re.compile(r"[ka,]*C")


def until_semicolon(parse: Parse, attribution: Attribution) -> Attribution:
    """Ends a content at a semicolon, one that is a noun also at a colon, behind which a clause of its own stands; "…; and that …" goes on."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    clause = parse.clauses[attribution.clause]
    verb = False
    for at, unit in enumerate(clause.units):
        start = parse.tokens.starts[unit.first]
        if unit.kind in "VURB" and start >= content.start:
            verb = True
        if unit.kind not in (";:" if not verb else ";") or not content.start < start < content.stop:
            continue
        rest = clause.symbols[at + 1 :]
        if not _GOES_ON.match(rest) and set(rest.split(";")[0]) & set("VURB"):
            return replace(attribution, content=trim(parse, Span(content.start, start)))
    return attribution


_AND_DID = re.compile(r"[aT]*[VUB]")  # "announced the capture of Kidal and | left": the subject does something else


_MAIN_CLAUSE = re.compile(
    r"[aT]*[nyp](?:[oet]{1,2}[nyT]+|\([ny]\)|ko?[ny]|[aTz]|[jJ](?:[aT]|[oetb]{1,2}[nyT]+)*)*[VURB]"
)


def until_main_clause(parse: Parse, attribution: Attribution) -> Attribution:
    """Ends a noun or infinitive content at the comma after which the sentence's main clause begins ("Having claimed to …, X …")."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    before = parse.tokens.keys[max(0, parse.token_at(content.start) - 1)]
    words, opening = phrases(parse.pack).words, parse.tokens.keys[parse.token_at(content.start)]
    if words.get(before) == "C" or words.get(opening) == "W":
        return attribution  # a whole clause, whose verb the model may have missed
    clause = parse.clauses[attribution.clause]
    relative = False
    for at, unit in enumerate(clause.units):
        start = parse.tokens.starts[unit.first]
        if start < content.start:
            continue
        of_itself = unit.kind == "S" and clause.symbols[at + 1 : at + 2] == "p"
        if start >= content.stop or unit.kind in "CQ" or of_itself or (unit.kind in "VURB" and not relative):
            return attribution
        relative = unit.kind == "L" or (relative and unit.kind != ",")
        goes_on = unit.kind == "k" and not relative and _AND_DID.match(clause.symbols, at + 1)
        if goes_on or (unit.kind == "," and _MAIN_CLAUSE.match(clause.symbols[at + 1 :])):
            return replace(attribution, content=trim(parse, Span(content.start, start)))
    return attribution


_CHANNEL = re.compile(r"e[ny](?:[oet][ny])*(?:[et]?T|a)*[.,]?$")


def until_channel(parse: Parse, attribution: Attribution) -> Attribution:
    """Ends a noun content before how it was published, and takes the outlet told there: "confirmed deaths | in an interview with Al-Jadeed"."""
    content = attribution.content
    if attribution.quoted or attribution.verb is None or content.start < attribution.cue.start:
        return attribution
    words, clause, starts = voice_words(parse.pack), parse.clauses[attribution.clause], parse.tokens.starts
    inside = [i for i, u in enumerate(clause.units) if content.start <= starts[u.first] < content.stop]
    symbols = "".join(clause.symbols[i] for i in inside)
    if not inside or set(symbols) & set("VURBCQ"):
        return attribution
    for at in inside[1:-1]:
        lead, channel = clause.units[at], clause.units[at + 1]
        named = parse.tokens.keys[channel.first : channel.last]
        if parse.tokens.keys[lead.first] not in words.published_by or words.channels.isdisjoint(named):
            continue
        if _CHANNEL.match(symbols[at - inside[0] :]):
            end = trim(parse, Span(content.start, starts[lead.first]))
            told = (parse.span(u.first, u.last) for u in clause.units[at + 3 : inside[-1] + 1 : 2])
            relay = next((voice for voice in told if is_relay(parse, voice)), None)
            return replace(attribution, content=end, relay=attribution.relay or relay)
    return attribution


def over_semicolons(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> Iterator[Attribution]:
    """As in "One man died in A; two died in B; three were hurt in C, according to the police": the police tell all three."""
    content, clause = attribution.content, parse.clauses[attribution.clause]
    if attribution.verb is not None or attribution.source is None or content.stop > attribution.cue.start:
        return
    marks = [i for i, kind in enumerate(clause.symbols) if kind == ";"]
    starts, stops = parse.tokens.starts, parse.tokens.stops
    before = [i for i in marks if stops[clause.units[i].first] <= content.start]
    if not before or stops[clause.units[before[-1]].last - 1] < content.start - _JOINT:
        return
    for begin, end in pairwise([-1, *before]):
        first, last = clause.units[begin + 1].first, clause.units[end].first
        piece = Span(starts[first], stops[last - 1])
        told = any(o.clause == attribution.clause and piece.overlaps(o.cue) for o in others)
        if not told and set(clause.symbols[begin + 1 : end]) & set("VUB"):
            yield replace(attribution, content=trim(parse, piece))


_JOINT = 8  # characters between a semicolon and what stands behind it: "and "


def _cites(parse: Parse, at: int) -> bool:
    """Is the token "citing": what follows names a source, and is none of what was said?"""
    if parse.tags[at] != "g" or parse.tokens.keys[at] not in parse.lexicon.forms:
        return False
    return any(e.kind == "cite" for e in parse.lexicon.reporting(parse.tokens.keys, at, at + 1, at + 1, False)[0])


def _leaves(parse: Parse, at: int) -> bool:
    keys = parse.tokens.keys
    first = keys[at]
    said = phrases(parse.pack).words
    return any(
        words[0] == first
        and tuple(keys[at : at + len(words)]) == words
        and "C" not in map(said.get, keys[at + len(words) : at + len(words) + 1])  # "…, but | that": the voice goes on
        for words in content_leaves(parse.pack)
    )


def _inside_quotation(parse: Parse, at: int) -> bool:
    start = parse.tokens.starts[at]
    return any(q.inner.start < start < q.inner.stop for q in parse.document.quotations)
