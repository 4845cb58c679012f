"""The built-in engine: words, attributions, happenings, figures and equipment of one document, put together as claims."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from ondit.languages import Pack
from ondit.model import (
    Aside,
    Borrowed,
    Claim,
    Count,
    Document,
    EventMention,
    Evidence,
    Extraction,
    Span,
    Stance,
    TimexType,
    claim_id,
    event_mention_id,
)
from ondit.model.records import replace
from ondit.read.engines.rules.actors import Known, accused_in, actors_of, actors_of_verb, find_actors
from ondit.read.engines.rules.asides import find_asides
from ondit.read.engines.rules.attribution import find_attributions
from ondit.read.engines.rules.claims import Draft, draft_claims
from ondit.read.engines.rules.counts import find_counts
from ondit.read.engines.rules.deeds import as_deeds
from ondit.read.engines.rules.denied_quotes import split_denials
from ondit.read.engines.rules.equipment import find_equipment
from ondit.read.engines.rules.happenings import EXACT, Happening, choose, find_happenings, within
from ondit.read.engines.rules.items import find_items
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.segments import split_by_happening
from ondit.read.engines.rules.stance import main_verb, stance_of
from ondit.read.engines.rules.statements import through_statements
from ondit.read.engines.rules.states import goes_on, is_general
from ondit.read.engines.rules.times import find_times
from ondit.read.engines.rules.toponym_words import place_words
from ondit.read.engines.rules.turns import through_turns
from ondit.read.engines.rules.units import Parse
from ondit.read.engines.rules.voices import voice_words

IsPlace = Callable[[str], bool]


def _nowhere(_: str) -> bool:
    return False


def extract(parsed: Parse, is_place: IsPlace = _nowhere) -> Extraction:
    """Everything that is read from a parse; `is_place` tells of a word whether the gazetteer has a place of that name."""
    items = find_items(parsed)
    lines = [item.span for item in items]
    happenings = find_happenings(parsed, lines)
    counts = find_counts(parsed)
    drafts = through_statements(parsed, draft_claims(parsed, find_attributions(parsed), lines))
    drafts = as_deeds(through_turns(parsed, drafts), happenings)
    drafts = split_denials(parsed, drafts)
    drafts = split_by_happening(parsed, drafts, happenings, counts)
    asides = find_asides(parsed)
    told = _Told(parsed, happenings, find_actors(parsed, happenings), asides)
    equipment = find_equipment(parsed)
    about: list[tuple[Draft, EventMention | None, tuple[Count, ...]]] = []
    for draft in drafts:
        own_counts = _inside(counts, draft.content)
        event = told.blamed(draft, told.event_of(draft))
        bare = not draft.chain and event is None and not own_counts
        if bare and (draft.kind == "headline" or (not draft.kind and not _dated_or_placed(parsed, draft, is_place))):
            continue
        verbless = draft.kind in ("telegraphic", "headline")
        if verbless and not _tells_without_verb(parsed, draft, happenings, own_counts, is_place):
            continue
        event = event or told.unnamed(draft)
        if event is not None and (opening := _opening_time(parsed, draft)) is not None:
            told.openings.setdefault(event.id, opening)
        about.append((draft, event, own_counts))
    general = [event is None and bool(d.chain) and is_general(parsed, d, own) for d, event, own in about]
    stances = [told.stance_of(draft, event) for draft, event, _ in about]
    seen: dict[str, int] = {}
    claims = [
        _claim(parsed, draft, seen, event, own_counts, stance)
        for (draft, event, own_counts), stance in zip(about, stances, strict=True)
    ]
    for happening in happenings:
        told.mention(happening)
    return Extraction(
        claims=tuple(claims),
        events=tuple(told.events.values()),
        times=parsed.times,
        equipment=tuple(equipment),
        names=tuple(_names(parsed)),
        subjects=tuple(_subjects(parsed)),
        sentences=parsed.document.sentences,
        asides=asides,
        strengths=told.strengths,
        anaphoric=frozenset(told.anaphoric),
        another=frozenset(told.another),
        opinions=frozenset(claim.id for claim, opinion in zip(claims, general, strict=True) if opinion),
        openings=told.openings,
        items=items,
        borrowed=told.borrowed,
    )


def _tells_without_verb(
    parsed: Parse, draft: Draft, happenings: Sequence[Happening], counts: tuple[Count, ...], is_place: IsPlace
) -> bool:
    """As in "Attack on a convoy near Gossi this morning.", "Provisional toll: three dead.": a figure, or what happened comes first."""
    clause = parsed.clauses[draft.clause]
    head = _HEAD.match(clause.symbols)
    if counts or head is None:
        return bool(counts)
    last = clause.units[head.end() - 1]
    noun = clause.units[head.start("noun")]
    head_first = phrases(parsed.pack).verb_first  # "the targeting of | a site": the site tells nothing
    behind = noun.first + 1 + (parsed.tags[noun.first] == "D") if head_first else noun.last
    if not voice_words(parsed.pack).documents.isdisjoint(parsed.tokens.keys[noun.first : behind]):
        return False  # "Report of an attack in Gao", "Map of strikes in Sudan" lead to something else
    edge = parsed.tokens.stops[last.last - 1]
    named = [happening for happening in within(happenings, draft.content) if happening.trigger.start < edge]
    whereabouts = "e" in clause.symbols[head.end() :]  # "New law." tells less than "Heavy deployment in the valley."
    exact = whereabouts and any(happening.strength >= EXACT for happening in named)
    return exact or (bool(named) and (draft.kind == "headline" or _dated_or_placed(parsed, draft, is_place)))


_HEAD = re.compile(r"(?:[nyxeaTz.]{1,5}:)?[^ny]*(?P<noun>[ny])(?:o[ny])*")  # "Gaza: | raid on a school"


def _inside(counts: Sequence[Count], content: Span) -> tuple[Count, ...]:
    """Of figures in text order those in a content."""
    low, high = (bisect_left(counts, edge, key=_start) for edge in (content.start, content.stop))
    return tuple([c for c in counts[low:high] if c.span.stop <= content.stop])


def _start(count: Count) -> int:
    return count.span.start


def join(document: Document, parts: Sequence[Parse]) -> Parse:
    """The parses of a document's windows as one, for what is looked for in the words of the whole; clauses stay with the windows."""
    if len(parts) == 1:
        return parts[0]
    times = tuple(time for part in parts for time in part.times)
    return Parse(document, parts[0].pack, document.tokens, "".join(part.tags for part in parts), times)


_Stance = tuple[Stance, Span | None, str]


class _Told:
    """The happenings that claims tell, one `EventMention` a trigger."""

    def __init__(self, parsed: Parse, happenings: Sequence[Happening], actors: Known, asides: Sequence[Aside]) -> None:
        self.parsed = parsed
        self.happenings = happenings
        self.asides = asides
        self.events: dict[Span, EventMention] = {}
        self.strengths: dict[str, float] = {}
        self.anaphoric: set[str] = set()
        self.another: set[str] = set()
        self.borrowed: dict[str, Borrowed] = {}
        self.actors = actors
        self.openings: dict[str, Span] = {}
        self.negated = {
            h.trigger: parsed.span(h.verb.first, h.verb.last)
            for h in happenings
            if h.negated and h.verb is not None and not (h.planned or h.hypothetical)
        }

    def event_of(self, draft: Draft) -> EventMention | None:
        """The happening a draft is about, None when it tells none."""
        told = within(self.happenings, draft.content)
        itself = [h for h in told if not self._by_the_way(h, draft.content)]
        told = (
            itself if any(h.type != _STATEMENT for h in itself) else told
        )  # "traded accusations, a day after | a raid"
        main = main_verb(self.parsed, draft) if len(told) > 1 else None
        happening = choose(told, main, background=not draft.chain)
        return None if happening is None else self.mention(happening, told)

    def _by_the_way(self, happening: Happening, content: Span) -> bool:
        """Does an aside of the content tell it ("to Yirol, | where cholera rages")?"""
        trigger = happening.trigger
        return any(
            a.span.contains(trigger) and content.start < a.span.start and content.contains(a.span) and not a.bound
            for a in self.asides
        )

    def blamed(self, draft: Draft, event: EventMention | None) -> EventMention | None:
        """The happening with whoever an accusation names as the one who did it."""
        if event is None or event.trigger is None or draft.kind != "accuse" or event.type == "statement_only":
            return event
        accused = [
            a for a in accused_in(self.parsed, draft.content, draft.clause) if not a.span.overlaps(event.trigger)
        ]
        if not accused:
            return event
        others = [a for a in event.actors if not any(a.span.overlaps(b.span) for b in accused)]
        event = replace(event, actors=tuple(sorted([*others, *accused], key=lambda a: a.span)))
        if event.trigger is not None:
            self.events[event.trigger] = event
        return event

    def stance_of(self, draft: Draft, event: EventMention | None) -> _Stance:
        """The stance, the word that shows it and the rule; a voice that says that something did not take place denies it."""
        stance, mark, rule = stance_of(self.parsed, draft)
        if stance is Stance.ASSERTS and (refused := self._refused(draft, event)) is not None:
            return Stance.DENIES, refused, f"{self.parsed.pack.language}/happenings:negated"
        return stance, mark, rule

    def _refused(self, draft: Draft, event: EventMention | None) -> Span | None:
        """The verb of a happening of which a voice says that it did not take place ("has not withdrawn")."""
        verb = self.negated.get(event.trigger) if event is not None and event.trigger is not None else None
        return verb if draft.chain and verb is not None and main_verb(self.parsed, draft) == verb else None

    def unnamed(self, draft: Draft) -> EventMention | None:
        """A happening that no trigger word names: what the report itself tells, or what a voice says of a certain day."""
        parsed = self.parsed
        dated = any(t.type in (TimexType.DATE, TimexType.TIME) for t in parsed.times_in(draft.content))
        if (draft.chain and not dated) or draft.stance is Stance.DEMANDS:
            return None
        verb = main_verb(parsed, draft)
        if verb is None or (not draft.chain and self.events and goes_on(parsed, draft)):
            return None
        event = self.events.get(verb)
        if event is None:
            rule = f"{parsed.pack.language}/claims:unnamed-happening"
            event = EventMention(
                id=event_mention_id(parsed.document.report.id, "other", verb), type="other", trigger=verb, rule=rule,
                actors=actors_of_verb(parsed, verb),
                reason="no word here names a kind of happening",
            )  # fmt: skip
            self.events[verb] = event
            self.strengths[event.id] = 0.1
        return event

    def mention(self, happening: Happening, told: Sequence[Happening] = ()) -> EventMention:
        """The event mention of a trigger; `told` are the triggers beside it, whose actors may be its own."""
        event = self.events.get(happening.trigger)
        if event is None:
            event = EventMention(
                id=event_mention_id(self.parsed.document.report.id, happening.type, happening.trigger),
                type=happening.type,
                trigger=happening.trigger,
                actors=actors_of(happening, told, self.actors),
                rule=happening.rule,
                reason=happening.reason,
            )
            self.events[happening.trigger] = event
            self.strengths[event.id] = happening.strength / 5
            if happening.definite or happening.inherited is not None:
                self.anaphoric.add(event.id)
            if happening.alone is not None and happening.inherited is not None:
                alone = replace(event, type=happening.alone.type, reason=happening.alone.reason)
                self.borrowed[event.id] = Borrowed(happening.inherited, alone, happening.definite)
            if happening.another:
                self.another.add(event.id)
        return event


def parse_document(document: Document, pack: Pack) -> Parse:
    """The shallow parse that everything of this engine works on."""
    times = find_times(document.report.text, document.tokens, pack)
    return parse(document, pack, times)


def _claim(
    parsed: Parse,
    draft: Draft,
    seen: dict[str, int],
    event: EventMention | None,
    counts: tuple[Count, ...],
    found: _Stance,
) -> Claim:
    stance, mark, rule = found
    why = _why_told(parsed, draft)
    evidence = [Evidence("content", draft.rule, (draft.content,), why)]
    if draft.chain:
        cue = () if draft.cue is None else (draft.cue,)
        evidence.append(Evidence("chain", draft.rule, (*cue, *(v.span for v in draft.chain)), why))
    shown = f"“{mark.of(parsed.text)}”" if mark else "no word here doubts, denies or demands"
    evidence.append(Evidence("stance", rule, (mark,) if mark else (), shown))
    if event is not None and event.trigger is not None:
        evidence.append(Evidence("event", event.rule, (event.trigger,), event.reason))
    evidence.extend(Evidence("counts", count.rule, (count.span,), count.reason) for count in counts)
    chain = [v.span for v in draft.chain]
    plain = claim_id(parsed.document.report.id, draft.content, chain)
    ordinal = seen.get(plain, 0)
    seen[plain] = ordinal + 1
    return Claim(
        id=claim_id(parsed.document.report.id, draft.content, chain, ordinal) if ordinal else plain,
        report_id=parsed.document.report.id,
        content=draft.content,
        cue=None if draft.cue is None or draft.cue.of(parsed.text) in _NO_CUES else draft.cue,
        chain=draft.chain,
        stance=stance,
        event=event.id if event else None,
        counts=counts,
        evidence=tuple(evidence),
    )


_STATEMENT = "statement_only"
_NO_CUES = frozenset("(-–—")  # "Bomb kills twelve - police": a mark shows who says it, no word does


def _why_told(parsed: Parse, draft: Draft) -> str:
    if draft.cue is not None:
        return f"told with “{draft.cue.of(parsed.text)}”"
    return (
        "a quotation by itself: whoever spoke last goes on" if draft.chain else "no voice covers it: the report's own"
    )


_OPENS_WITH_TIME = re.compile(r"[ka]*e?T")
_FIRST_SUBJECT = re.compile(r"(?<![oetbS])([ny](?:o[ny])*)[aTz]*[VURB]")


def _opening_time(parsed: Parse, draft: Draft) -> Span | None:
    """The time expression that opens the sentence, before the voice that tells the draft's content."""
    clause = parsed.clauses[draft.clause]
    match = _OPENS_WITH_TIME.match(clause.symbols)
    if match is None or not draft.chain:
        return None
    unit = clause.units[match.end() - 1]
    span = parsed.span(unit.first, unit.last)
    return span if span.stop <= min(draft.chain[-1].span.start, draft.content.start) else None


def _subjects(parsed: Parse) -> Iterator[Span]:
    """The phrases that are the subject of the first finite verb of their sentence."""
    for clause in parsed.clauses:
        if (subject := _subject(clause.symbols)) is not None:
            yield parsed.span(clause.units[subject[0]].first, clause.units[subject[1] - 1].last)


def _names(parsed: Parse) -> Sequence[Span]:
    """Noun phrases with a proper name, as far as they can be a voice, with what "of" and an apposition before them add."""
    spans = []
    tags = parsed.tags
    for clause in parsed.clauses:
        units = clause.units
        for at, unit in enumerate(units):
            if unit.kind in "ny" and tags.find("P", unit.first, unit.last) >= 0:
                spans.append(parsed.span(unit.first, unit.last))
                if at >= 2 and units[at - 1].kind == "o" and units[at - 2].kind in "ny":
                    spans.append(parsed.span(units[at - 2].first, unit.last))
                if (first := _apposed_to(clause.symbols, at)) is not None:
                    spans.append(parsed.span(units[first].first, unit.last))
    return spans


def _subject(symbols: str) -> tuple[int, int] | None:
    """Units of the noun phrase that the first finite verb of a sentence has as its subject."""
    match = _FIRST_SUBJECT.search(symbols)
    return match.span(1) if match else None


_APPOSED = re.compile(r"(?<![oetb])[ny](?:o[ny])*,$")


def _apposed_to(symbols: str, at: int) -> int | None:
    """Index of the unit at which "the governor of North Kivu, |Julien Paluku" begins."""
    match = _APPOSED.search(symbols, 0, at) if symbols[at - 1 : at] == "," else None
    return match.start() if match else None


def _dated_or_placed(parsed: Parse, draft: Draft, is_place: IsPlace) -> bool:
    """Does the content name a time, or anything by its proper name of which it tells more than how it is ("Kano | is | a city")?

    A tagger takes many a name for a noun: behind a preposition ("in | Amran") a capital tells, or the gazetteer.
    """
    if parsed.times_in(draft.content):
        return True
    first, last = parsed.token_at(draft.content.start), parsed.token_at(draft.content.stop)
    verb = main_verb(parsed, draft)
    states = parsed.pack.table("grammar/attribution")["content"].get("states", ())
    if (
        verb is not None
        and " ".join(parsed.tokens.keys[parsed.token_at(verb.start) : parsed.token_at(verb.stop)]) in states
    ):
        return False
    tags = parsed.tags
    if tags.find("P", first, last) >= 0:
        return True
    common = place_words(parsed.pack.language).common
    behind = (at for at in range(first + 1, last) if tags[at] == "N" and _IN.search(tags, first, at))
    for at in behind:
        word, stop = parsed.words(at, at + 1), at + 1
        if parsed.tokens.keys[at] not in common and (word[:1].isupper() or is_place(word)):
            return True
        while stop < last and tags[stop] in "DA":
            stop += 1
        if stop > at + 1 and is_place(parsed.words(at - (tags[at - 1] == "D"), stop)):
            return True  # "in | the West Bank"
    return False


_IN = re.compile(r"ED?\Z")
