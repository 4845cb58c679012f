"""Attributions to claims: chains of voices, contents cut where another voice begins, direct speech, the report's own claims."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ondit.model import SourceMention, Span, Stance
from ondit.read.engines.rules.attribution import Attribution, trim
from ondit.read.engines.rules.parse import Clause, Parse, Unit
from ondit.read.engines.rules.voices import (
    content_leaves,
    is_relay,
    is_speaker,
    kind_of,
    split_voices,
    voice_words,
    without_channel,
    without_relay,
)
from ondit.text.folding import fold_word

_NESTED_SHARE = 0.6  # a content that another voice fills to this share is that voice's


_Chains = dict[Attribution, list[tuple[SourceMention, ...]]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its stance, happening and figures are read."""

    content: Span
    cue: Span | None
    chain: tuple[SourceMention, ...]
    kind: str
    stance: Stance
    rule: str
    clause: int
    quoted: bool = False
    by_preposition: bool = False


def draft_claims(parse: Parse, attributions: Sequence[Attribution]) -> list[Draft]:
    """The claims of a document in text order, the report's own included."""
    settled = _settle(parse, attributions)
    drafts: list[Draft] = []
    voices: _Chains = {attribution: list(_voices(parse, attribution)) for attribution in settled}
    for attribution in settled:
        outer = _outer_voices(attribution, settled, voices) or _relay_of_antecedent(parse, attribution, settled, voices)
        for voice in voices[attribution]:
            drafts.append(
                Draft(
                    content=attribution.content,
                    cue=attribution.cue,
                    chain=tuple({v.span: v for v in (*outer, *voice)}.values()),
                    kind=attribution.kind,
                    stance=_stance(attribution, settled),
                    rule=attribution.rule,
                    clause=attribution.clause,
                    quoted=attribution.quoted,
                    by_preposition=attribution.verb is None,
                )
            )
    drafts = [d for d in drafts if not _given_away(d, drafts)]
    speech = list(_direct_speech(parse, drafts))
    drafts = [_spoken_in(d, speech) for d in drafts]
    drafts += [d for d in speech if not _given_away(d, drafts)]
    drafts += _own_claims(parse, settled, drafts)
    drafts.sort(key=lambda d: (d.content.start, d.content.stop, len(d.chain)))
    return drafts


# ---------------------------------------------------------------------------------------------------------- attributions


def _settle(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Drops what is none, gives inherited verbs their subject, and ends contents where the next voice begins."""
    kept: list[Attribution] = []
    for attribution in attributions:
        if attribution.negated and attribution.kind not in ("deny", "estimate"):
            continue
        if attribution.negated:
            flipped = Stance.ASSERTS if attribution.kind == "deny" else Stance.DENIES
            attribution = replace(attribution, stance=flipped)
        if attribution.source is not None:
            source, told = without_relay(parse, without_channel(parse, attribution.source))
            source = trim(parse, source)
            if not _can_speak(parse, attribution, source):
                continue
            attribution = replace(attribution, relay=told or attribution.relay)
            if len(source) == 0 or (is_speaker(parse, source) and parse.clauses[attribution.clause].within is not None):
                continue
            if is_speaker(parse, source):
                continue
            attribution = replace(attribution, source=source)
        elif attribution.inherits:
            subject = _inherited(parse, attribution, kept)
            if subject is None or is_speaker(parse, subject):
                continue
            attribution = replace(attribution, source=subject)
        kept.append(attribution)
    kept = _without_doubles(kept)
    kept = [a for a in kept if not _own_thought(parse, a, kept)]
    cut = [_until_report_speaks(parse, _until_main_clause(parse, _cut(parse, a, kept))) for a in kept]
    return [_what_was_said(a, cut) for a in cut]


def _stance(attribution: Attribution, others: Sequence[Attribution]) -> Stance:
    """The stance; "information according to which …" takes that of whoever denies or doubts the information."""
    if attribution.source is not None or attribution.stance is not Stance.ASSERTS:
        return attribution.stance
    around = [o for o in others if o is not attribution and o.content.contains(attribution.cue)]
    return min(around, key=lambda o: len(o.content)).stance if around else attribution.stance


def _own_thought(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Is it "they fear" inside what "they" say? Then the voice is one, and what it says is that it fears."""
    if attribution.source is None or attribution.kind not in ("fear", "estimate", "wish", "assert", "learn", "witness", "plan", "evidence"):
        return False
    if fold_word(attribution.source.of(parse.text)) not in voice_words(parse.pack).pronouns:
        return False
    return any(
        other is not attribution and not other.quoted and other.source is not None and other.content.start == attribution.source.start
        for other in others
    )


def _what_was_said(attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """A denial of what somebody else was just quoted with denies those words, not that they were said."""
    if attribution.kind not in ("deny", "confirm") or attribution.content.stop > attribution.cue.start:
        return attribution
    for other in others:
        if other is not attribution and other.clause == attribution.clause and attribution.content.contains(other.cue):
            if other.cue.stop <= other.content.start:
                end = min(other.content.stop, attribution.content.stop)
                return replace(attribution, content=Span(other.content.start, max(end, other.content.start + 1)))
    return attribution


def _until_report_speaks(parse: Parse, attribution: Attribution) -> Attribution:
    """Ends a content before "but", "though", "while" and a clause with a finite verb of its own: that is the report's again."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    first, last = parse.token_at(content.start), parse.token_at(content.stop)
    keys, tags = parse.tokens.keys, parse.tags
    for at in range(first + 2, last - 1):
        if _cites(parse, at) and parse.tokens.keys[at - 1] == "," and not _inside_quotation(parse, at):
            return replace(attribution, content=trim(parse, Span(content.start, parse.tokens.stops[at - 1])))
    for at in range(first + 3, last - 2):
        if tags[at] in "CSR" and _leaves(parse, at) and any(t in "VX" for t in tags[at:last]):
            if parse.text[parse.tokens.starts[at] :].startswith(keys[at]) and not _inside_quotation(parse, at):
                end = Span(content.start, parse.tokens.stops[at - 1])
                return replace(attribution, content=trim(parse, end))
    return attribution


_MAIN_CLAUSE = re.compile(r"[aT]*[nyp](?:[oet]{1,2}[nyT]+|\([ny]\)|ko?[ny]|[aTz])*[VURB]")


def _until_main_clause(parse: Parse, attribution: Attribution) -> Attribution:
    """Ends a noun or infinitive content at the comma after which the sentence's main clause begins ("Having claimed to …, X …")."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    clause = parse.clauses[attribution.clause]
    relative = False
    for at, unit in enumerate(clause.units):
        start = parse.tokens.starts[unit.first]
        if start < content.start:
            continue
        if start >= content.stop or unit.kind in "CQ" or (unit.kind in "VURB" and not relative):
            return attribution
        relative = unit.kind == "L" or (relative and unit.kind != ",")
        if unit.kind == "," and _MAIN_CLAUSE.match(clause.symbols[at + 1 :]):
            return replace(attribution, content=trim(parse, Span(content.start, start)))
    return attribution


def _cites(parse: Parse, at: int) -> bool:
    """Is the token "citing": what follows names a source, and is none of what was said?"""
    if parse.tags[at] != "g" or parse.tokens.keys[at] not in parse.lexicon.forms:
        return False
    return any(e.kind == "cite" for e in parse.lexicon.reporting(parse.tokens.keys, at, at + 1, at + 1, False)[0])


def _leaves(parse: Parse, at: int) -> bool:
    return any(tuple(parse.tokens.keys[at : at + len(words)]) == words for words in content_leaves(parse.pack))


def _inside_quotation(parse: Parse, at: int) -> bool:
    start = parse.tokens.starts[at]
    return any(q.inner.start < start < q.inner.stop for q in parse.document.quotations)


def _can_speak(parse: Parse, attribution: Attribution, source: Span) -> bool:
    """Not "no group has claimed …", nor "according to plan"."""
    words = voice_words(parse.pack)
    first, last = parse.token_at(source.start), parse.token_at(source.stop)
    keys = parse.tokens.keys[first:last]
    if not keys:
        return True  # a pronoun inside the verb: "a-t-il dit"
    if keys[0] in words.nobody:
        return False
    preposition = attribution.verb is None
    return not (preposition and any(k in words.mute for k in keys[:3]) and not any(t == "P" for t in parse.tags[first:last]))


def _inherited(parse: Parse, attribution: Attribution, earlier: Sequence[Attribution]) -> Span | None:
    for other in reversed(earlier):
        if other.clause == attribution.clause and other.source is not None:
            if other.cue.stop <= attribution.cue.start:
                return other.source
    clause = parse.clauses[attribution.clause]
    subject: Unit | None = None
    for unit in clause.units:
        if unit.kind in "VURB" and subject is not None and parse.tokens.starts[unit.first] < attribution.cue.start:
            return _phrase(parse, clause, subject)
        if unit.kind in "nyp":
            subject = subject or unit
    return None


def _phrase(parse: Parse, clause: Clause, head: Unit) -> Span:
    """The noun phrase that starts with a unit, with what "of" adds to it."""
    units = clause.units
    at = units.index(head)
    end = at
    while end + 2 < len(units) and units[end + 1].kind == "o" and units[end + 2].kind in "ny":
        end += 2
    return parse.span(head.first, units[end].last)


def _without_doubles(attributions: list[Attribution]) -> list[Attribution]:
    """One reading a cue; and a source phrase that ends in another's cue is none."""
    best: dict[Span, Attribution] = {}
    sourced = {a.content for a in attributions if a.source is not None}
    for attribution in attributions:
        if attribution.source is None and attribution.content in sourced:
            continue  # "said in a statement that": one voice, not two
        best.setdefault(attribution.cue, attribution)
    return sorted(best.values(), key=lambda a: (a.cue, a.content))


def _cut(parse: Parse, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """Ends the content before the source of a later voice that stands beside it, not inside it."""
    content = attribution.content
    if attribution.quoted or content.start < attribution.cue.start:
        return attribution
    for other in others:
        if other is attribution or other.cue.start <= attribution.cue.start or not content.contains(other.cue):
            continue
        if other.kind == "deny" and other.content.stop <= other.cue.start and other.content.start <= attribution.cue.start:
            comma = parse.text.rfind(",", content.start, other.cue.start)
            if comma > content.start:
                content = trim(parse, Span(content.start, comma))
                break
        if other.source is not None and other.source.stop <= attribution.cue.start and not other.inherits and other.content.start > other.cue.start:
            # "X, who accused the army, told reporters": the second verb has its subject before this content.
            content = trim(parse, Span(content.start, other.cue.start))
            break
        start = other.cue.start if other.inherits or other.source is None else min(other.source.start, other.cue.start)
        if start <= content.start:
            continue
        if other.content.start < other.cue.start and not other.inherits:  # "…, the channel reports": its own content is to its left
            if other.source is not None and content.start < min(other.source.start, other.cue.start) and other.content.start < content.start:
                content = trim(parse, Span(content.start, start))
                break
            continue
        between = parse.text[content.start : start]
        if other.inherits or _beside(parse, content.start, start):
            end = content.start + len(between.rstrip())
            cut = trim(parse, Span(content.start, _before_joint(parse, content.start, end)))
            if len(cut) > 2:
                content = cut
                break
    return replace(attribution, content=content)


def _beside(parse: Parse, start: int, at: int) -> bool:
    """Does a comma, semicolon or "and" after a finite verb stand right before `at`?"""
    first, last = parse.token_at(start), parse.token_at(at)
    if last - first < 2:
        return False
    joint = parse.tokens.keys[last - 1] in (",", ";") or parse.tags[last - 1] == "C"
    return joint and any(t in "VXvigzw" for t in parse.tags[first:last])


def _before_joint(parse: Parse, start: int, end: int) -> int:
    last = parse.token_at(end)
    while last > 0 and (parse.tags[last - 1] in "CERS" or parse.tokens.keys[last - 1] in (",", ";")):
        last -= 1
    return max(start, parse.tokens.stops[last - 1])


# ---------------------------------------------------------------------------------------------------------------- chains


def _voices(parse: Parse, attribution: Attribution) -> Iterator[tuple[SourceMention, ...]]:
    """The voices of one attribution: a relay that is an outlet first; one chain for each coordinated source."""
    if attribution.source is None:
        yield ()
        return
    outer: tuple[SourceMention, ...] = ()
    if attribution.relay is not None:
        relay = _without_preposition(parse, attribution.relay)
        if is_relay(parse, relay):
            outer = (_mention(parse, relay, attribution.rule),)
    if not outer:
        relayed = _relay_after(parse, attribution.source) or _relay_before(parse, attribution)
        outer = () if relayed is None else (_mention(parse, relayed, attribution.rule),)
    cited = _cited(parse, attribution)
    inner = () if cited is None else (_mention(parse, cited, attribution.rule),)
    for span in split_voices(parse, attribution.source):
        yield (*outer, _mention(parse, span, attribution.rule), *inner)


def _cited(parse: Parse, attribution: Attribution) -> Span | None:
    """The voice that the source itself names in the same sentence: "Reuters said, citing an officer, that …"."""
    clause = parse.clauses[attribution.clause]
    for index, unit in enumerate(clause.units[:-1]):
        cites = unit.kind == "G" and unit.verb is not None and any(entry.kind == "cite" for entry in unit.verb.reporting)
        if cites and clause.units[index + 1].kind in "ny":
            voice = _phrase(parse, clause, clause.units[index + 1])
            outside = not attribution.content.overlaps(voice) or attribution.content.start > voice.stop
            if outside and (attribution.source is None or not attribution.source.overlaps(voice)):
                return voice
    return None


def _mention(parse: Parse, span: Span, rule: str) -> SourceMention:
    return SourceMention(span=span, text=span.of(parse.text), kind=kind_of(parse, span), rule=rule)


def _without_preposition(parse: Parse, span: Span) -> Span:
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    while first < last - 1 and parse.tags[first] in "Et":
        first += 1
    return parse.span(first, last) if first < last else span


def _relay_after(parse: Parse, source: Span) -> Span | None:
    """The outlet in "a source quoted by Reuters", "an officer reached by AFP"."""
    at = parse.token_at(source.stop)
    for clause in parse.clauses_in(at, at + 1):
        if not clause.first <= at < clause.last:
            continue
        for index, unit in enumerate(clause.units[:-2]):
            if unit.first in (at, at + 1) and unit.kind in "JB" and unit.verb is not None:
                kinds = {entry.kind for entry in unit.verb.reporting}
                if kinds & {"cite", "relay"} and clause.units[index + 1].kind == "b" and clause.units[index + 2].kind in "ny":
                    voice = parse.span(clause.units[index + 2].first, clause.units[index + 2].last)
                    if "cite" in kinds or is_relay(parse, voice):
                        return voice
    return None


def _relay_before(parse: Parse, attribution: Attribution) -> Span | None:
    """The outlet in "In an interview with Radio Sawa, the minister said …"."""
    words = voice_words(parse.pack)
    clause = parse.clauses[attribution.clause]
    source = attribution.source
    if source is None:
        return None
    for index, unit in enumerate(clause.units[:-2]):
        if parse.tokens.starts[unit.first] >= source.start:
            return None
        channel = unit.kind in "ny" and any(k in words.channels for k in parse.tokens.keys[unit.first : unit.last])
        if channel and index and clause.symbols[index - 1] in "et" and clause.symbols[index + 1] in "et":
            voice = parse.span(clause.units[index + 2].first, clause.units[index + 2].last)
            if is_relay(parse, voice):
                return voice
    return None


def _relay_of_antecedent(
    parse: Parse, attribution: Attribution, others: Sequence[Attribution], voices: _Chains
) -> tuple[SourceMention, ...]:
    """As in "…, a resident told AFP, according to whom …": whom the outlet quotes goes on being quoted by it."""
    source = attribution.source
    if source is None or attribution.verb is not None or not _is_relative(parse, source):
        return ()
    before = [o for o in others if o.clause == attribution.clause and o.cue.stop <= attribution.cue.start and o.source is not None]
    return voices[before[-1]][0][:-1] if before else ()


def _is_relative(parse: Parse, span: Span) -> bool:
    """Is it "whom", "qui"?"""
    at = parse.token_at(span.start)
    relatives: list[str] = parse.pack.table("grammar/phrases")["words"]["L"]
    return parse.tokens.keys[at] in relatives


def _outer_voices(attribution: Attribution, others: Sequence[Attribution], voices: _Chains) -> tuple[SourceMention, ...]:
    """The voices whose words this attribution is part of, outermost first."""
    around = [
        other
        for other in others
        if other is not attribution
        and other.source is not None
        and not (attribution.kind == "deny" and attribution.content.stop <= attribution.cue.start)
        and other.content.contains(attribution.cue)
        and (attribution.source is None or other.content.contains(attribution.source) or attribution.inherits)
        and not other.source.overlaps(attribution.cue)
    ]
    around.sort(key=lambda a: -len(a.content))
    chain: list[SourceMention] = []
    for other in around:
        assert other.source is not None
        if attribution.source is None or other.source != attribution.source:
            first = voices[other][0]
            chain.extend(v for v in first if v.span not in [c.span for c in chain])
    return tuple(v for v in chain if attribution.source is None or v.span != attribution.source)


def _given_away(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Is nearly all of the content another voice's words, told through this one?"""
    for other in drafts:
        if len(other.chain) > len(draft.chain) and other.chain[: len(draft.chain)] == draft.chain and other.cue is not None:
            inner = other.content.cover(other.cue)
            inner = inner.cover(other.chain[-1].span) if draft.content.contains(other.chain[-1].span) else inner
            if draft.content.contains(inner) and len(inner) >= _NESTED_SHARE * len(draft.content):
                return True
    return False


# ---------------------------------------------------------------------------------------- direct speech, the report's own


def _direct_speech(parse: Parse, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Quotations that are sentences of their own: whoever spoke last goes on speaking."""
    language = parse.pack.language
    used = [d.content for d in drafts]
    for index, clause in enumerate(parse.clauses):
        if clause.within is not None:
            continue
        for unit in clause.units:
            if unit.quotation is None or any(unit.quotation.outer.overlaps(c) for c in used):
                continue
            speaker = _last_speaker(parse, drafts, index, clause)
            if speaker is None:
                continue
            alone = set(clause.symbols) <= set("Q.,:;ka")
            if not alone and not (speaker.clause == index and speaker.quoted):
                continue
            content = trim(parse, unit.quotation.inner)
            yield Draft(
                content=content,
                cue=speaker.cue if speaker.clause == index else None,
                chain=speaker.chain,
                kind="assert",
                stance=Stance.ASSERTS,
                rule=f"{language}/attribution:direct-speech",
                clause=index,
                quoted=True,
            )


def _spoken_in(draft: Draft, speech: Sequence[Draft]) -> Draft:
    """A claim inside somebody's direct speech is told through that voice."""
    for outer in speech:
        if draft.cue is not None and outer.content.contains(draft.cue) and outer.chain and outer.chain[0] not in draft.chain:
            return replace(draft, chain=(*outer.chain, *draft.chain))
    return draft


def _last_speaker(parse: Parse, drafts: Sequence[Draft], index: int, clause: Clause) -> Draft | None:
    here = [d for d in drafts if d.clause == index and d.chain and d.cue is not None]
    if here:
        return here[-1]
    start, stop = parse.tokens.starts[clause.first], parse.tokens.stops[clause.last - 1]
    before = [d for d in drafts if d.chain and d.cue is not None and max(d.cue.stop, d.content.stop) <= start]
    last = max(before, key=lambda d: max(d.cue.stop if d.cue else 0, d.content.stop), default=None)
    if last is not None:
        return last
    # A report that opens with quotations names who spoke after them.
    after = [d for d in drafts if d.chain and d.cue is not None and d.quoted and d.content.start >= stop]
    return min(after, key=lambda d: d.content.start, default=None)


def _own_claims(parse: Parse, attributions: Sequence[Attribution], drafts: Sequence[Draft]) -> Iterator[Draft]:
    """What no voice covers and has a finite verb: the report says it itself."""
    language = parse.pack.language
    covered: list[Span] = []
    for attribution in attributions:
        span = attribution.cue.cover(attribution.content)
        covered.append(span.cover(attribution.source) if attribution.source is not None and not attribution.inherits else span)
    covered += [d.content for d in drafts]
    covered = _joined(covered)
    for index, clause in enumerate(parse.clauses):
        if clause.within is not None:
            continue
        for first, last in _free_stretches(parse, clause, covered):
            symbols = "".join(u.kind for u in clause.units if first <= u.first and u.last <= last)
            whole = first == clause.first and last == clause.last
            if not _has_main_verb(symbols) and not (whole and set(symbols) & set("VURBjig")):
                continue
            while first < last - 1 and (parse.tags[first] == "C" or parse.tokens.keys[first] in (",", ";")):
                first += 1
            content = trim(parse, parse.span(first, last))
            if last - first >= 4 and len(content) > 12:
                yield Draft(content, None, (), "", Stance.ASSERTS, f"{language}/claims:report", index)


def _has_main_verb(symbols: str) -> bool:
    """Is there a finite verb that no conjunction or relative pronoun since the last comma subordinates?"""
    return any(re.match(r"[^CLsW]*[VURB]", part) for part in re.split("[,;]", symbols))


def _free_stretches(parse: Parse, clause: Clause, covered: Sequence[Span]) -> Iterator[tuple[int, int]]:
    starts, stops = parse.tokens.starts, parse.tokens.stops
    begin = clause.first
    index = max(0, bisect_right(covered, starts[clause.first], key=lambda c: c.start) - 1)
    while index < len(covered) and covered[index].start < stops[clause.last - 1]:
        first, last = bisect_right(stops, covered[index].start), bisect_left(starts, covered[index].stop)
        if begin < min(first, clause.last):
            yield begin, min(first, clause.last)
        begin = max(begin, last)
        index += 1
    if begin < clause.last:
        yield begin, clause.last


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The same stretches in text order, none touching another."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].stop:
            out[-1] = out[-1].cover(span)
        else:
            out.append(span)
    return out


def is_document_voice(parse: Parse, span: Span) -> bool:
    """Is the voice a document ("the statement"), which speaks for whoever wrote it?"""
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    documents = voice_words(parse.pack).documents
    return any(k in documents for k in parse.tokens.keys[first : min(last, first + 3)])
