"""Attributions settled: negations, subjects, and where each content ends when another voice or the report speaks again."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from ondit.model import Span, Stance
from ondit.model.records import replace
from ondit.read.engines.rules.attribution import Attribution
from ondit.read.engines.rules.content_ends import (
    over_semicolons,
    until_channel,
    until_main_clause,
    until_report_speaks,
    until_semicolon,
)
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.sources import can_speak, issuer, knows_itself, source_alone
from ondit.read.engines.rules.units import Clause, Parse, Unit, is_joint
from ondit.read.engines.rules.voices import (
    content_leaves,
    is_own_reporter,
    is_speaker,
    voice_words,
    without_channel,
    without_relay,
)
from ondit.text.folding import fold_word


def settle(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Drops what is none, gives inherited verbs their subject, and ends contents where the next voice begins."""
    kept: list[Attribution] = []
    for attribution in attributions:
        voiced = _with_voice(parse, _with_negation(attribution), kept)
        if voiced is not None:
            kept.append(voiced)
    kept = _through_whom(parse, _without_doubles(parse, kept))
    told = {a.content.start for a in kept if a.source is not None and not a.quoted}
    kept = [a for a in kept if not _own_thought(parse, a, told) and not _says_again(parse, a, kept)]
    kept = [_behind_another(parse, _behind_colon(parse, a, kept), kept) for a in kept]
    cut = [until_semicolon(parse, _cut(parse, a, kept)) for a in kept]
    cut = [until_main_clause(parse, a) for a in cut]
    cut = [until_channel(parse, until_report_speaks(parse, a)) for a in cut]
    cut += [more for a in cut for more in over_semicolons(parse, a, cut)]
    return [_what_was_said(a, cut) for a in cut if not _is_unsaid(parse, a)]


_ASIDE = 8  # tokens: "to remain anonymous"


def _is_unsaid(parse: Parse, attribution: Attribution) -> bool:
    """Is it no more than that somebody would not be named?"""
    first, last = parse.token_at(attribution.content.start), parse.token_at(attribution.content.stop)
    return last - first <= _ASIDE and not voice_words(parse.pack).unsaid.isdisjoint(parse.tokens.keys[first:last])


def _behind_colon(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """As in "Reuters: Iran has moved its launchers, two diplomats say": what they say begins behind the outlet that relays it."""
    content = attribution.content
    if attribution.quoted or content.start >= attribution.cue.start:
        return attribution
    for other in others:
        if other.source is not None and other.source.start == content.start and other.cue.of(parse.text) == ":":
            return replace(attribution, content=Span(other.content.start, content.stop))
    return attribution


_CLAUSE = 3  # tokens: a subject, a verb, something


def _behind_another(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """As in "A, the army said, while B, said the mayor": what the mayor says begins behind what the army said."""
    content = attribution.content
    if attribution.quoted or content.start >= attribution.cue.start:
        return attribution
    for other in others:
        source = other.source
        if source is None or other.content.start != content.start or other.content.stop > other.cue.start:
            continue
        end = max(source.stop, other.cue.stop)
        first, last = parse.token_at(end), parse.token_at(content.stop)
        if end >= content.stop or not set(parse.tags[first:last]) & set("VX"):
            continue
        while first < last and is_joint(parse, first):
            first += 1
        first += next(
            (len(w) for w in content_leaves(parse.pack) if tuple(parse.tokens.keys[first : first + len(w)]) == w), 0
        )
        if last - first >= _CLAUSE:
            return replace(attribution, content=trim(parse, Span(parse.tokens.starts[first], content.stop)))
    return attribution


def _with_negation(attribution: Attribution) -> Attribution | None:
    """As in "Did not deny" asserts, "does not rule out" thinks possible and "does not believe" denies; what else is negated is no attribution."""
    if not attribution.negated:
        return attribution
    if attribution.kind == "exclude":
        return replace(attribution, stance=Stance.POSSIBLE)
    if attribution.kind not in ("deny", "estimate"):
        return None
    return replace(attribution, stance=Stance.ASSERTS if attribution.kind == "deny" else Stance.DENIES)


def _with_voice(parse: Parse, attribution: Attribution | None, earlier: Sequence[Attribution]) -> Attribution | None:
    """The attribution with its source's phrase cleaned or taken from the verb before; None when nobody speaks."""
    if attribution is None:
        return None
    if attribution.source is not None:
        source, told = without_relay(parse, without_channel(parse, attribution.source))
        source = issuer(parse, attribution, source_alone(parse, trim(parse, source)))
        own = is_own_reporter(parse, source.of(parse.text))
        if own or (attribution.verb is None and knows_itself(parse, source)):
            return replace(attribution, source=None)
        if len(source) == 0 or is_speaker(parse, source) or not can_speak(parse, attribution, source):
            return None
        relay = told or attribution.relay
        unchanged = source == attribution.source and relay == attribution.relay
        relayed = attribution.relayed or told is not None
        return attribution if unchanged else replace(attribution, source=source, relay=relay, relayed=relayed)
    if attribution.inherits:
        subject = _inherited(parse, attribution, earlier)
        return None if subject is None or is_speaker(parse, subject) else replace(attribution, source=subject)
    return attribution


# Classes of what a voice says of itself.
_THOUGHTS = frozenset({"fear", "warn", "estimate", "wish", "assert", "learn", "witness", "plan", "evidence"})


def _own_thought(parse: Parse, attribution: Attribution, told: Collection[int]) -> bool:
    """Is it "they fear" inside what "they" say? Then the voice is one, and what it says is that it fears.

    `told` are the characters at which what a voice says begins.
    """
    if attribution.source is None or attribution.kind not in _THOUGHTS:
        return False
    if fold_word(attribution.source.of(parse.text)) not in voice_words(parse.pack).pronouns:
        return False
    return attribution.source.start in told


def _says_again(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Is it "according to him" inside what somebody is already said to say, as in "The mayor said that, according to him, the bridge …"?"""
    source = attribution.source
    if attribution.verb is not None or source is None:
        return False
    if fold_word(source.of(parse.text)) not in voice_words(parse.pack).pronouns:
        return False
    return any(
        o.verb is not None and o.source is not None and o.cue.stop <= o.content.start and o.content.contains(source)
        for o in others
    )


def _what_was_said(attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """A denial of what somebody else was just quoted with denies those words, not that they were said."""
    if attribution.kind not in ("deny", "confirm") or attribution.content.stop > attribution.cue.start:
        return attribution
    for other in others:
        told = (
            other is not attribution
            and other.clause == attribution.clause
            and attribution.content.start < other.cue.stop <= attribution.content.stop  # "and-said" begins before it
        )
        if told and other.cue.stop <= other.content.start:
            end = min(other.content.stop, attribution.content.stop)
            return replace(attribution, content=Span(other.content.start, max(end, other.content.start + 1)))
    return attribution


_VERB_AND_SUBJECT = re.compile(r"[kaTsz]*(?:e[nyT]{1,2},?)?[VURB][aT]*[ny]")


def _inherited(parse: Parse, attribution: Attribution, earlier: Sequence[Attribution]) -> Span | None:
    for other in reversed(earlier):
        here = other.clause == attribution.clause and other.cue.stop <= attribution.cue.start
        if here and other.source is not None:
            return other.source
    clause = parse.clauses[attribution.clause]
    subject: Unit | None = None
    if phrases(parse.pack).verb_first and (match := _VERB_AND_SUBJECT.match(clause.symbols)) is not None:
        behind = clause.units[match.end() - 1]
        if behind.last <= parse.token_at(attribution.cue.start):
            return phrase_of(parse, clause, behind)  # "stormed out | the delegates | accusing …"
    for unit in clause.units:
        if unit.kind in "VURB" and subject is not None and parse.tokens.starts[unit.first] < attribution.cue.start:
            return phrase_of(parse, clause, subject)
        if unit.kind in "nyp":
            subject = subject or unit
    return None


def phrase_of(parse: Parse, clause: Clause, head: Unit) -> Span:
    """The noun phrase that starts with a unit, with what "of" adds to it."""
    units = clause.units
    at = units.index(head)
    end = at
    while end + 2 < len(units) and units[end + 1].kind == "o" and units[end + 2].kind in "ny":
        end += 2
    return parse.span(head.first, units[end].last)


def _without_doubles(parse: Parse, attributions: list[Attribution]) -> list[Attribution]:
    """One reading a cue; and a source phrase that ends in another's cue is none."""
    best: dict[Span, Attribution] = {}
    sourced = {a.content for a in attributions if a.source is not None}
    cited = {a.source for a in attributions if a.relayed}
    for attribution in attributions:
        if not attribution.relayed and attribution.verb is None and attribution.source in cited:
            continue  # "added, citing an officer, that": the officer says what is added
        if attribution.source is None and attribution.content in sourced:
            continue  # "said in a statement that": one voice, not two
        if _only_names(parse, attribution, attributions) or _is_a_verdict(attribution, attributions):
            continue
        best.setdefault(attribution.cue, attribution)
    return sorted(best.values(), key=lambda a: (a.cue, a.content))


def _is_a_verdict(attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Is what nobody is said to say there another's verdict on what stands before: "…, a claim | that the army has denied"?"""
    return attribution.source is None and any(
        o.source is not None
        and o.content.stop <= attribution.cue.start
        and attribution.content.contains(o.source)
        and attribution.content.contains(o.cue)
        for o in others
    )


def _only_names(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Is it the short name in brackets of another's source: "said the Group for Support (JNIM)"?"""
    source = attribution.source
    if source is None or parse.text[attribution.cue.start] != "(":
        return False
    return any(o.source is not None and o is not attribution and o.source.contains(source) for o in others)


def _through_whom(parse: Parse, attributions: list[Attribution]) -> list[Attribution]:
    """As in "the official said, | according to the site, | that …": who stands between a voice and what it says passes it on.

    In "Reuters said, | quoting an officer, | that …" it is the other way round.
    """
    through: dict[int, Attribution] = {}
    for inner in attributions:
        between = (
            other
            for other in attributions
            if inner.verb is not None
            and inner.source is not None
            and inner.relay is None
            and other.verb is None
            and not (
                inner.kind == "deny" and parse.tokens.keys[parse.token_at(other.cue.stop) - 1] in parse.lexicon.nouns
            )
            and other.source is not None
            and other.clause == inner.clause
            and max(inner.cue.stop, inner.source.stop) <= other.cue.start
            and other.source.stop <= inner.content.start
        )
        if (outer := next(between, None)) is not None:
            through[id(inner)] = outer
    dropped = {id(outer) for outer in through.values()}
    return [_with_relay(parse, a, through.get(id(a))) for a in attributions if id(a) not in dropped]


def _with_relay(parse: Parse, attribution: Attribution, between: Attribution | None) -> Attribution:
    if between is None:
        return attribution
    quoting = voice_words(parse.pack).quoting
    first, last = parse.token_at(between.cue.start), parse.token_at(between.cue.stop)
    if quoting.isdisjoint(parse.tokens.keys[first:last]):
        return replace(attribution, relay=between.source, relayed=True)
    return replace(attribution, relay=attribution.source, source=between.source, relayed=True)


def _cut(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """Ends the content before the source of a later voice that stands beside it, not inside it."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    # They are in the order of their cues.
    first = bisect_left(others, max(content.start, attribution.cue.start + 1), key=_begin_of_cue)
    for other in others[first : bisect_left(others, content.stop, key=_begin_of_cue)]:
        if other is attribution or not content.contains(other.cue):
            continue
        end = _end_before(parse, attribution, other)
        if end is not None and len(cut := trim(parse, Span(content.start, end))) > 2:
            return replace(attribution, content=cut)
    return attribution


def _begin_of_cue(attribution: Attribution) -> int:
    return attribution.cue.start


def _end_before(parse: Parse, attribution: Attribution, other: Attribution) -> int | None:
    """Where the content ends when the later attribution stands beside it; None when that is told inside it."""
    content = attribution.content
    leftward = other.content.start < other.cue.start and not other.inherits
    if other.kind == "deny" and other.content.stop <= other.cue.start and other.content.start < attribution.cue.stop:
        comma = max(
            parse.text.rfind(mark, content.start, other.cue.start) for mark in ",،"
        )  # "…, which the ministry denies"
        comma = min(comma, other.content.stop) if other.content.stop > content.start else comma
        if comma > content.start:
            return comma
    if other.source is not None and other.source.stop <= attribution.cue.start and not other.inherits and not leftward:
        return (
            other.cue.start
        )  # "X, who accused the army, told reporters": the second verb has its subject before this content
    start = other.cue.start if other.inherits or other.source is None else min(other.source.start, other.cue.start)
    if start <= content.start:
        return None
    if leftward and other.verb is None and other.source is not None and other.content.start > content.start + 2:
        return _before_joint(parse, content.start, other.content.start)  # "spoke of several, eleven according to …"
    if leftward:  # "…, the channel reports": its own content is to its left
        return start if other.source is not None and other.content.start < content.start else None
    if other.inherits or _beside(parse, content.start, start):
        return _before_joint(parse, content.start, start)
    return None


def _beside(parse: Parse, start: int, at: int) -> bool:
    """Does a comma, semicolon or "and" after a finite verb stand right before `at`?"""
    first, last = parse.token_at(start), parse.token_at(at)
    while phrases(parse.pack).verb_first and last - first > 1 and parse.tags[last - 1] in "XT":
        last -= 1  # "after it had | said"
    if last - first < 2:
        return False
    joint = is_joint(parse, last - 1)
    if phrases(parse.pack).verb_first:  # "…, and-denied": a verb behind a joint opens a clause of its own
        fused = parse.tags[last] == "C" and last + 1 < len(parse.tags) and parse.tags[last + 1] == "V"
        return joint or fused or parse.tags[last - 1] == "S"
    return joint and any(t in "VXvigzw" for t in parse.tags[first:last])


def _before_joint(parse: Parse, start: int, end: int) -> int:
    last = parse.token_at(end)
    loose = "ERSXT" if phrases(parse.pack).verb_first else "ERS"
    while last > 0 and (parse.tags[last - 1] in loose or is_joint(parse, last - 1) or _opens(parse, start, last - 1)):
        last -= 1
    return max(start, parse.tokens.stops[last - 1])


def _opens(parse: Parse, start: int, at: int) -> bool:
    """Is the token a mark that opens what the later voice says: “condemns this and | "demands"”?"""
    key = parse.tokens.keys[at]
    return key in _OPENING or (key == '"' and parse.text.count('"', start, parse.tokens.stops[at]) % 2 == 1)


_OPENING = frozenset("«“„")
