"""Chains of voices: who relays whom, outermost first."""

import re
from collections.abc import Iterator, Sequence

from ondit.model import SourceKind, SourceMention, Span
from ondit.read.engines.rules.attribution import Attribution
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.settling import phrase_of
from ondit.read.engines.rules.units import Clause, Parse
from ondit.read.engines.rules.voices import is_relay, kind_of, split_voices, voice_words

Chains = dict[int, list[tuple[SourceMention, ...]]]
"""The chains of each attribution (its `id`) by itself: several when voices are coordinated."""


def voices_of(parse: Parse, attribution: Attribution) -> Iterator[tuple[SourceMention, ...]]:
    """The voices of one attribution: a relay that is an outlet first; one chain for each coordinated source."""
    if attribution.source is None:
        yield ()
        return
    outer: tuple[SourceMention, ...] = ()
    if attribution.relay is not None:
        relay = _without_preposition(parse, attribution.relay)
        if attribution.relayed or is_relay(parse, relay):
            outer = (_mention(parse, relay, attribution.rule),)
    if not outer:
        relayed = _relay_after(parse, attribution.source) or _relay_after(parse, attribution.cue)
        relayed = relayed or _relay_before(parse, attribution) or _relay_of_remarks(parse, attribution)
        outer = () if relayed is None else (_mention(parse, relayed, attribution.rule),)
    cited = _cited(parse, attribution)
    inner = () if cited is None else (_mention(parse, cited, attribution.rule),)
    for span in split_voices(parse, attribution.source):
        yield (*outer, _mention(parse, span, attribution.rule), *inner)


def _cited(parse: Parse, attribution: Attribution) -> Span | None:
    """The voice that the source itself names in the same sentence: "Reuters said, citing an officer, that …", "Reuters, which cites …"."""
    clause = parse.clauses[attribution.clause]
    if "G" not in clause.symbols and "LR" not in clause.symbols:
        return None
    for index, unit in enumerate(clause.units[:-1]):
        relative = unit.kind == "R" and clause.symbols[index - 1] == "L" and index > 0
        cites = (
            (unit.kind == "G" or relative)
            and unit.verb is not None
            and any(entry.kind == "cite" for entry in unit.verb.reporting)
        )
        if cites and clause.units[index + 1].kind in "ny":
            voice = phrase_of(parse, clause, clause.units[index + 1])
            outside = not attribution.content.overlaps(voice) or attribution.content.start > voice.stop
            speaks = (
                kind_of(parse, voice) is not SourceKind.OTHER
                or "P" in parse.tags[parse.token_at(voice.start) : parse.token_at(voice.stop)]
            )
            if speaks and outside and (attribution.source is None or not attribution.source.overlaps(voice)):
                return voice
    return None


def _mention(parse: Parse, span: Span, rule: str) -> SourceMention:
    return SourceMention(span=span, text=span.of(parse.text), kind=kind_of(parse, span), rule=rule)


def _without_preposition(parse: Parse, span: Span) -> Span:
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    if parse.tokens.starts[first] != span.start:
        return span  # the name of an outlet inside a token: "to-BBC"
    while first < last - 1 and (
        parse.tags[first] in "Et" or (parse.tags[first] == "R" and parse.tags[first + 1] == "E")
    ):
        first += 1
    return parse.span(first, last) if first < last else span


def _relay_after(parse: Parse, source: Span) -> Span | None:
    """The outlet in "a source quoted by Reuters", "an officer reached by AFP"."""
    at = parse.token_at(source.stop)
    for clause in parse.clauses_in(at, at + 1):
        if not clause.first <= at < clause.last:
            continue
        if (told := _spoken_to(parse, clause, at)) is not None:
            return told
        for index, unit in enumerate(clause.units[:-2]):
            if unit.first in (at, at + 1) and unit.kind in "JB" and unit.verb is not None:
                kinds = {entry.kind for entry in unit.verb.reporting}
                if (
                    kinds & {"cite", "relay"}
                    and clause.units[index + 1].kind == "b"
                    and clause.units[index + 2].kind in "ny"
                ):
                    voice = parse.span(clause.units[index + 2].first, clause.units[index + 2].last)
                    if "cite" in kinds or is_relay(parse, voice):
                        return voice
    return None


_SPOKE_TO = re.compile(r"(?:,?L?[aT]*[VR]|,[gG])[aT]*[et](?P<to>[ny])")


def _spoken_to(parse: Parse, clause: Clause, at: int) -> Span | None:
    """The outlet in "an officer, | who spoke to AFP on condition of anonymity"."""
    index = next((i for i, unit in enumerate(clause.units) if unit.first >= at), len(clause.units))
    match = _SPOKE_TO.match(clause.symbols, index)
    if match is None or not ("L" in match.group() or match.group()[1] in "gG" or phrases(parse.pack).verb_first):
        return None
    unit = clause.units[match.start("to")]
    voice = parse.span(unit.first, unit.last)
    return voice if is_relay(parse, voice) else None


def _relay_before(parse: Parse, attribution: Attribution) -> Span | None:
    """The outlet in "In an interview with Radio Sawa, the minister said …", "The minister said, in a talk to Radio Sawa, that …"."""
    words = voice_words(parse.pack)
    clause = parse.clauses[attribution.clause]
    source = attribution.source
    if source is None:
        return None
    starts, end = parse.tokens.starts, max(source.start, attribution.content.start)
    for index, unit in enumerate(clause.units[:-2]):
        if starts[unit.first] >= end:
            return None
        spoke = unit.kind in "gGjJ" and index == 0 and clause.symbols[1] in "bte" and clause.units[2].kind in "ny"
        if spoke and is_relay(parse, voice := parse.span(clause.units[2].first, clause.units[2].last)):
            return voice  # "Reached by AFP, a resident said …", "Speaking to the BBC, …"
        channel = unit.kind in "ny" and not words.channels.isdisjoint(parse.tokens.keys[unit.first : unit.last])
        if channel and index and clause.symbols[index - 1] in "et" and clause.symbols[index + 1] in "et":
            voice = parse.span(clause.units[index + 2].first, clause.units[index + 2].last)
            if is_relay(parse, voice):
                return voice
    return None


def _relay_of_remarks(parse: Parse, attribution: Attribution) -> Span | None:
    """The outlet in "said the minister, in remarks | that | quoted-them | Reuters, | that …", where the verb stands before who quotes."""
    clause, source = parse.clauses[attribution.clause], attribution.source
    if source is None or not phrases(parse.pack).verb_first:
        return None
    for match in _QUOTED_THEM.finditer(clause.symbols):
        verb, outlet = clause.units[match.start()].verb, clause.units[match.end() - 1]
        voice = parse.span(outlet.first, outlet.last)
        between = source.stop <= voice.start and voice.stop <= attribution.content.start
        cites = verb is not None and any(entry.kind == "cite" for entry in verb.reporting)
        if between and cites and is_relay(parse, voice):
            return voice
    return None


_QUOTED_THEM = re.compile(r"Rp[ny]")


def relay_of_antecedent(
    parse: Parse, attribution: Attribution, others: Sequence[Attribution], voices: Chains
) -> tuple[SourceMention, ...]:
    """As in "…, a resident told AFP, according to whom …": whom the outlet quotes goes on being quoted by it."""
    source = attribution.source
    if source is not None and attribution.inherits:  # "AFP quoted an officer as saying …, adding that …"
        same = [o for o in others if o.source == source and not o.inherits and o.cue.stop <= attribution.cue.start]
        return voices[id(same[-1])][0][:-1] if same and same[-1].clause == attribution.clause else ()
    if source is None or attribution.verb is not None or not _is_relative(parse, source):
        return ()
    before = [
        o
        for o in others
        if o.clause == attribution.clause and o.cue.stop <= attribution.cue.start and o.source is not None
    ]
    return voices[id(before[-1])][0][:-1] if before else ()


def _is_relative(parse: Parse, span: Span) -> bool:
    """Is it "whom", "qui"?"""
    at = parse.token_at(span.start)
    relatives: list[str] = parse.pack.table("grammar/phrases")["words"]["L"]
    return parse.tokens.keys[at] in relatives


_DEEPEST = 8  # voices that one speaks through: more are quotations that nobody closed


def outer_voices(attribution: Attribution, others: Sequence[Attribution], voices: Chains) -> tuple[SourceMention, ...]:
    """The voices whose words this attribution is part of, outermost first."""
    start, stop = attribution.cue.start, attribution.cue.stop
    around = [
        other
        for other in others
        if other.content.start <= start
        and stop <= other.content.stop
        and other is not attribution
        and other.source is not None
        and not (attribution.kind == "deny" and attribution.content.stop <= attribution.cue.start)
        and (attribution.source is None or other.content.contains(attribution.source) or attribution.inherits)
        and not other.source.overlaps(attribution.cue)
    ]
    around = sorted(around, key=lambda a: -len(a.content))[-_DEEPEST:]
    chain: list[SourceMention] = []
    for other in around:
        assert other.source is not None
        if attribution.source is None or other.source != attribution.source:
            first = voices[id(other)][0]
            chain.extend(v for v in first if v.span not in [c.span for c in chain])
    outer = [v for v in chain if attribution.source is None or v.span != attribution.source]
    return tuple(outer[-_DEEPEST:])
