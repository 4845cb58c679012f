"""Attributions to claims: what each voice says, direct speech, and what the report says itself."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ondit.model import SourceKind, SourceMention, Span, Stance
from ondit.model.records import record, replace
from ondit.read.engines.rules.attribution import Attribution
from ondit.read.engines.rules.attribution_patterns import load_grammar
from ondit.read.engines.rules.chains import Chains, outer_voices, relay_of_antecedent, voices_of
from ondit.read.engines.rules.credits import credited, find_credits
from ondit.read.engines.rules.edges import trim, without_label
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.settling import settle
from ondit.read.engines.rules.silences import Silence, silence_of
from ondit.read.engines.rules.units import Clause, Parse, is_joint
from ondit.read.engines.rules.voices import content_leaves, kind_of

_MARKS = 3  # characters: white space and marks between a quotation mark and its first word
_LEAD = 12  # characters: "it says that", told once more of the same voice
_NESTED_SHARE = 0.6  # a content that another voice fills to this share is that voice's


@record
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


def draft_claims(parse: Parse, attributions: Sequence[Attribution], items: Sequence[Span] = ()) -> list[Draft]:
    """The claims of a document in text order, the report's own included; `items` are the lines that tell for themselves."""
    settled = [_whole_quotation(parse, a) for a in settle(parse, attributions)]
    drafts: list[Draft] = []
    voices: Chains = {id(attribution): list(voices_of(parse, attribution)) for attribution in settled}
    for attribution in settled:
        if attribution.kind == "cite" and not attribution.relayed and _is_somebody(parse, attribution.content):
            continue  # "which quotes an officer": who is quoted is no claim
        outer = outer_voices(attribution, settled, voices) or relay_of_antecedent(parse, attribution, settled, voices)
        drafts += [_draft(attribution, (*outer, *voice), settled) for voice in voices[id(attribution)]]
    drafts = _once(drafts)
    drafts = _kept(drafts, drafts)
    speech = list(_direct_speech(parse, drafts))
    drafts = [_spoken_in(d, speech) for d in drafts]
    drafts += _kept(speech, drafts)
    drafts += _own_claims(parse, settled, drafts, items)
    drafts = _with_credits(parse, drafts)
    drafts.sort(key=lambda d: (d.content.start, d.content.stop, len(d.chain)))
    return drafts


def _is_somebody(parse: Parse, content: Span) -> bool:
    """Is a content nothing but a phrase for who can speak?"""
    tags = parse.tags[parse.token_at(content.start) : parse.token_at(content.stop)]
    return kind_of(parse, content) is not SourceKind.OTHER and not set(tags) & set("VX")


def _with_credits(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """What a line or post says at its end that it has from somebody is told through that voice."""
    found = find_credits(parse.document, parse.pack)
    if not found:
        return drafts
    covered = [credited(parse, credit) for credit in found]
    stops = [span.stop for span, _ in covered]
    told: list[Draft] = []
    for draft in drafts:
        at = bisect_left(stops, draft.content.stop)
        if at < len(found) and covered[at][0].contains(draft.content):
            told += _credited(draft, covered[at][1], parse.span(*found[at].cue))
        else:
            told.append(draft)
    return told


def _credited(draft: Draft, voices: Sequence[SourceMention], cue: Span) -> Iterator[Draft]:
    """A draft through each of several voices."""
    said = {voice.text for voice in draft.chain}
    for voice in voices:
        if voice.text in said:
            yield draft
        elif draft.chain:
            yield replace(draft, chain=(voice, *draft.chain))
        else:
            yield replace(draft, chain=(voice,), cue=cue, rule=voice.rule, by_preposition=True)


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Without what two words of one voice lead to: "he continued, saying that …"."""
    return list({(d.content, tuple(v.span for v in d.chain)): d for d in reversed(drafts)}.values())[::-1]


def _whole_quotation(parse: Parse, attribution: Attribution) -> Attribution:
    """As in « We heard three explosions, said Mariam, a mother of four. Then the roof fell in. »: she says all of it.

    Whoever is named by a verb inserted after the first clause inside the quotation marks is the voice of the whole quotation.
    """
    within, source = parse.clauses[attribution.clause].within, attribution.source
    if within is None or source is None or attribution.verb is None:
        return attribution
    inserted = attribution.content.stop <= attribution.cue.start < source.start
    if not inserted or attribution.content.start > within.inner.start + _MARKS:
        return attribution
    return replace(attribution, content=trim(parse, within.inner), quoted=True)


def _draft(attribution: Attribution, chain: tuple[SourceMention, ...], settled: Sequence[Attribution]) -> Draft:
    return Draft(
        content=attribution.content,
        cue=attribution.cue,
        chain=tuple({voice.span: voice for voice in chain}.values()),
        kind=attribution.kind,
        stance=_stance(attribution, settled),
        rule=attribution.rule,
        clause=attribution.clause,
        quoted=attribution.quoted,
        by_preposition=attribution.verb is None,
    )


def _stance(attribution: Attribution, others: Sequence[Attribution]) -> Stance:
    """The stance; "information according to which …" takes that of whoever denies or doubts the information."""
    if attribution.source is not None or attribution.stance is not Stance.ASSERTS:
        return attribution.stance
    around = [o for o in others if o is not attribution and o.content.contains(attribution.cue)]
    return min(around, key=lambda o: len(o.content)).stance if around else attribution.stance


def _kept(drafts: Sequence[Draft], others: Sequence[Draft]) -> list[Draft]:
    """The drafts whose content is their own voice's; what is told through a voice begins where that voice speaks."""
    voiced = sorted((d for d in others if d.chain and d.cue is not None), key=_begin)
    return [
        d
        for d in drafts
        if not _given_away(
            d,
            voiced[
                bisect_left(voiced, d.content.start, key=_begin) : bisect_right(
                    voiced, d.content.stop + _MARKS, key=_begin
                )
            ],
        )
    ]


def _begin(draft: Draft) -> int:
    return draft.content.start


def _given_away(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Is nearly all of the content another voice's words, told through this one?"""
    for other in drafts:
        twice = other.chain == draft.chain and draft.chain and other.content != draft.content
        twice = twice and other.cue is not None and other.cue.start - draft.content.start < _LEAD
        if (
            (len(other.chain) > len(draft.chain) or twice)
            and other.chain[: len(draft.chain)] == draft.chain
            and other.cue is not None
        ):
            inner = other.content.cover(other.cue)
            inner = inner.cover(other.chain[-1].span) if draft.content.contains(other.chain[-1].span) else inner
            if draft.content.contains(inner) and len(inner) >= _NESTED_SHARE * len(draft.content):
                return True
            if other.cue.cover(other.chain[-1].span).contains(draft.content):
                return True  # "Reuters reported that, | according to a diplomat, | the town …"
    return False


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
        if (
            draft.cue is not None
            and outer.content.contains(draft.cue)
            and outer.chain
            and outer.chain[0] not in draft.chain
        ):
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


def _own_claims(
    parse: Parse, attributions: Sequence[Attribution], drafts: Sequence[Draft], items: Sequence[Span]
) -> Iterator[Draft]:
    """What no voice covers and has a finite verb, or tells a happening without one: the report says it itself."""
    language = parse.pack.language
    covered: list[Span] = []
    asides = {attribution.content for attribution in attributions if attribution.aside}
    for attribution in attributions:
        if attribution.aside:
            continue  # "Three people (four, according to the police) were hurt": the sentence goes on around it
        span = attribution.cue.cover(attribution.content)
        span = span if attribution.relay is None else span.cover(attribution.relay)
        covered.append(
            span.cover(attribution.source) if attribution.source is not None and not attribution.inherits else span
        )
    covered += [d.content for d in drafts if d.content not in asides]
    covered = _joined(covered)
    for index, clause in enumerate(parse.clauses):
        if clause.within is not None:
            continue
        for begins, last in _free_stretches(parse, clause, covered):
            first = _behind_contrast(parse, begins, last) if begins > clause.first else begins
            first = _at_new_toll(parse, clause, first, last) if first > clause.first else first
            symbols = "".join(u.kind for u in clause.units if first <= u.first and u.last <= last)
            whole = first == clause.first and last == clause.last
            spoken = _has_main_verb(symbols) or (whole and set(symbols) & set("VURBjig"))
            headline = not spoken and whole and _is_headline(parse, index, items)
            telegraphic = not spoken and not headline and whole and parse.tokens.keys[last - 1] not in _OPEN_ENDS
            telegraphic = telegraphic or (symbols[:1] in ("g", "G") and "#" in parse.tags[first:last])
            if not spoken and not headline and not telegraphic:
                continue
            opened = symbols.startswith(_OPENS_QUESTION) or parse.tags[first] == "X"
            if (opened and parse.tokens.keys[last - 1] in _ASKS) or _asks(parse, first, last) or _cites(clause, first):
                continue  # who asks why the soldiers left tells no leaving, nor does "…, Reuters reported, | citing two officials"
            silence = silence_of(parse, clause, first, last)
            if silence is Silence.NOTHING:
                continue
            begin, end = _without_joints(parse, first, last)
            end = end if last == clause.last else _without_opening(parse, begin, end)
            content = without_label(parse, trim(parse, parse.span(begin, end)))
            named = whole and not {"P", "#"}.isdisjoint(parse.tags[begin:end])
            if (end - begin >= (_SENTENCE if named else _CRUMB) and len(content) > 12) or (
                telegraphic and end - begin > 1
            ):
                kind = "silence" if silence is Silence.TELLING else "headline" if headline else ""
                kind = "telegraphic" if telegraphic else kind
                own = Draft(content, None, (), kind, Stance.ASSERTS, f"{language}/claims:report", index)
                parallel = first > begins and _tells_beside(parse, begins, first)
                yield _told_on(own, drafts, parallel) if parallel or (telegraphic and not whole) else own


def _cites(clause: Clause, first: int) -> bool:
    """Does a stretch begin with a verb of citing that goes with another one?"""
    unit = next((unit for unit in clause.units if unit.first >= first), None)
    return (
        unit is not None
        and unit.kind == "G"
        and unit.verb is not None
        and any(entry.kind == "cite" for entry in unit.verb.reporting)
    )


_NEW_TOLL = re.compile(r"(?:e?T|a)*,[gG]")


def _at_new_toll(parse: Parse, clause: Clause, first: int, last: int) -> int:
    """The token at which what the report adds behind a voice begins: "…, the mayor said on Sunday, | bringing the death toll to 33"."""
    units = [unit for unit in clause.units if first <= unit.first and unit.last <= last]
    match = _NEW_TOLL.match("".join(unit.kind for unit in units))
    return units[match.end() - 1].first if match is not None and "#" in parse.tags[first:last] else first


def _told_on(added: Draft, drafts: Sequence[Draft], parallel: bool) -> Draft:
    """What is added behind a voice is told through it; what stands beside something else (`parallel`), where that follows the voice."""
    start = added.content.start
    before = [d for d in drafts if d.clause == added.clause and d.chain and d.cue is not None and d.cue.stop <= start]
    said = max(before, key=lambda d: d.cue.stop if d.cue is not None else 0, default=None)
    if said is None or (parallel and said.cue is not None and said.content.start < said.cue.stop):
        return added
    return replace(added, cue=said.cue, chain=said.chain, rule=said.rule)


_ASKS = frozenset("?؟")
_OPENS_QUESTION = ("W", "L")  # units: "why …", "who …"
_ASKING = 4  # tokens in which a question shows that it is one: "RFI: Who attacked?"


def _asks(parse: Parse, first: int, last: int) -> bool:
    """Is it a question by its first words, or by a pronoun behind its verb ("y a | -t-il | des otages ?")?"""
    keys = parse.tokens.keys
    if keys[last - 1] not in _ASKS:
        return False
    asking = parse.pack.table("grammar/attribution")["content"].get("asking", ())
    inverted = any(key[0] == "-" and len(key) > 1 for key in keys[first:last])
    return inverted or not frozenset(keys[first : min(last, first + _ASKING)]).isdisjoint(asking)


_SENTENCE, _CRUMB = 3, 4  # tokens of a sentence with a name or a figure, of any other
_OPEN_ENDS = frozenset("?؟:")  # a sentence without a verb that ends so tells nothing yet


_MAIN_VERB = re.compile(r"(?:^|[,;])[^CLsW,;]*[VURB]")


def _is_headline(parse: Parse, index: int, items: Sequence[Span]) -> bool:
    """Is the clause a line of its own, the first without a full stop ("Deadly earthquake in Nepal") or one of a list? What it tells may have no verb."""
    clause = parse.clauses[index]
    start, stop = parse.tokens.starts[clause.first], parse.tokens.stops[clause.last - 1]
    behind = parse.text[stop : stop + _LINE].lstrip(" ")
    if behind[:1] != "\n" and (behind or stop + _LINE < len(parse.text)):
        return False
    last = parse.tokens.keys[clause.last - 1]
    if index == 0:
        return last not in _STOPS
    before = parse.tokens.stops[parse.clauses[index - 1].last - 1]
    at = bisect_right(items, start, key=lambda item: item.start) - 1
    in_item = at >= 0 and start < items[at].stop
    return in_item and "\n" in parse.text[before:start] and last not in _ASKS


_STOPS = frozenset(".!?؟…:")
_LINE = 4  # characters behind a headline in which its line ends


def _has_main_verb(symbols: str) -> bool:
    """Is there a finite verb that no conjunction or relative pronoun since the last comma subordinates?"""
    return _MAIN_VERB.search(symbols) is not None


def _behind_contrast(parse: Parse, first: int, last: int) -> int:
    """The token behind "while", "but" at the head of what the report goes on to say itself."""
    keys = parse.tokens.keys
    first += keys[first] == "," and first + 1 < last
    for words in content_leaves(parse.pack):
        if tuple(keys[first : first + len(words)]) == words and first + len(words) < last and first:
            return first + len(words)
    return first


def _tells_beside(parse: Parse, begins: int, first: int) -> bool:
    """Does "while" lead to it, which tells what else a voice says ("The army said two soldiers died, | while | 17 rebels were killed")?"""
    beside = parse.pack.table("grammar/attribution")["content"].get("beside", ())
    return " ".join(parse.tokens.keys[begins:first]).removeprefix(", ") in beside


def _without_joints(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """Tokens without the conjunctions and commas at their ends."""
    while last - first > 1 and is_joint(parse, first):
        first += 1
    while last - first > 1 and is_joint(parse, last - 1):
        last -= 1
    return first, last


def _without_opening(parse: Parse, first: int, last: int) -> int:
    """The token at which a stretch ends without what leads to a voice behind it: "launched a raid | in what" it called …", "…, | while"."""
    asking = phrases(parse.pack).asking
    keys, leaves = parse.tokens.keys, content_leaves(parse.pack)
    nobody = load_grammar(parse.pack.language).impersonal  # "…, | and they" fear that
    while last - first > 1 and keys[last - 1] in nobody:
        last -= 1 + (parse.tags[last - 2] == "I")
    while last - first > 1:
        joint = max((len(words) for words in leaves if tuple(keys[last - len(words) : last]) == words), default=0)
        loose = keys[last - 1] in asking or parse.tags[last - 1] in "ES" or is_joint(parse, last - 1)
        if not joint and not loose:
            break
        last -= joint or 1
    return last


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
