"""The voices of a report: what kind each is, where its noun phrase ends, and which are outlets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from ondit.languages import Pack, load_pack
from ondit.model import SourceKind, Span
from ondit.read.engines.rules.phrases import phrases
from ondit.read.engines.rules.units import Parse, Unit
from ondit.registry import nations, outlet_names, source_kinds
from ondit.text.folding import fold_name, fold_word
from ondit.text.tokens import tokenise


@dataclass(frozen=True)
class VoiceWords:
    """The words of `words/voices.toml` of a pack."""

    kinds: dict[str, SourceKind]
    channels: frozenset[str]
    channel_prepositions: frozenset[str]
    published_by: frozenset[str]
    shown_on: frozenset[str]
    reporters: frozenset[str]
    documents: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    speaker: frozenset[str]
    relays: frozenset[str]
    possessives: frozenset[str]
    inside: frozenset[str]
    relay_by_head: bool
    nobody: frozenset[str]
    claimed: frozenset[str]
    people: frozenset[str]
    mute: frozenset[str]
    addressees: frozenset[str]
    belonging: frozenset[str]
    unsaid: frozenset[str]
    knowledge: frozenset[str]
    ours: frozenset[str]
    quoting: frozenset[str]
    circumstances: frozenset[str]
    told_by: frozenset[str]


@lru_cache(maxsize=16)
def _words(language: str) -> VoiceWords:
    pack = load_pack(language)
    voices, attribution = pack.table("words/voices"), pack.table("grammar/attribution")
    return VoiceWords(
        kinds={noun: SourceKind(kind) for kind, nouns in voices["kinds"].items() for noun in nouns},
        channels=frozenset(voices["channels"]),
        channel_prepositions=frozenset(voices["channel_prepositions"]),
        reporters=frozenset(voices.get("reporters", ())),
        published_by=frozenset(voices.get("published_by", ())),
        shown_on=frozenset(voices.get("shown_on", ())),
        documents=frozenset(voices["documents"]),
        determiners=frozenset(attribution["anaphora"]["determiners"]),
        pronouns=frozenset(attribution["anaphora"]["pronouns"]),
        speaker=frozenset(attribution["quotation"]["speaker"]),
        relays=frozenset(voices["relays"]),
        possessives=frozenset(voices.get("possessives", ())),
        inside=frozenset(voices.get("inside", ())),
        relay_by_head=voices.get("relay_by_head", False),
        nobody=frozenset(attribution["source"]["nobody"]),
        people=frozenset(voices["people"]),
        claimed=frozenset(attribution["source"].get("claimed", ())),
        mute=frozenset(attribution["source"]["mute"]),
        knowledge=frozenset(attribution["source"].get("knowledge", ())),
        ours=frozenset(attribution["source"].get("ours", ())),
        unsaid=frozenset(attribution["content"].get("unsaid", ())),
        addressees=frozenset(voices.get("addressees", ())),
        quoting=frozenset(attribution["source"].get("quoting", ())),
        circumstances=frozenset(voices.get("circumstances", ())),
        belonging=frozenset(voices.get("belonging", ())),
        told_by=frozenset(voices.get("told_by", ())),
    )


def voice_words(pack: Pack) -> VoiceWords:
    """The voice words of a pack, read once a process."""
    return _words(pack.language)


@lru_cache(maxsize=16)
def _content_leaves(language: str) -> tuple[tuple[str, ...], ...]:
    pack = load_pack(language)
    written: list[str] = pack.table("grammar/attribution")["content"]["leaves"]
    if pack.token_rules.clitics is not None:
        return tuple(tuple(tokenise(phrase, pack.token_rules).keys) for phrase in written)
    return tuple(tuple(phrase.replace("'", "' ").split()) for phrase in written)


def content_leaves(pack: Pack) -> tuple[tuple[str, ...], ...]:
    """Conjunctions after which the report speaks again."""
    return _content_leaves(pack.language)


def is_outlet(parse: Parse, span: Span) -> bool:
    """Does the phrase name an outlet or agency that people are quoted by?"""
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    words = [at for at in range(first, last) if parse.tags[at] not in "DEt."]
    names, abbreviations = outlet_names()
    keys = [parse.tokens.keys[at] for at in words]
    if fold_word(span.of(parse.text)) in names or " ".join(keys) in names or (len(keys) > 1 and keys[-1] in names):
        return True
    return bool(words) and parse.span(words[-1], words[-1] + 1).of(parse.text) in abbreviations


def told_outlet(parse: Parse, unit: Unit, content: Span | None) -> tuple[Span | None, Span | None]:
    """As in "told | Reuters | rebels shelled …", where nothing stands between: the outlet, and the content behind it."""
    tells_ = unit.verb is not None and any("d" in entry.frames for entry in unit.verb.reporting)
    if content is None or not tells_:
        return None, content
    first, last = parse.token_at(content.start), parse.token_at(content.stop)
    named = first + (parse.tags[first : first + 1] == "D")
    for stop in range(min(last - 1, named + _OUTLET), named, -1):
        outlet = parse.span(first, stop)
        if parse.text[parse.tokens.starts[named]].isupper() and parse.tags[stop] in "DN#P" and is_outlet(parse, outlet):
            return outlet, parse.span(stop, last)
    return None, content


_OUTLET = 3  # tokens of the name of one that was told something


_LONGEST_INITIALS = 6


def is_relay(parse: Parse, span: Span) -> bool:
    """Is who was told somebody that passes on what it is told: an outlet, a phrase headed by one, an organisation's initials?"""
    text = span.of(parse.text)
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    bare = text if last - first < 2 or parse.tags[first] != "D" else parse.words(first + 1, last)
    initials = 2 <= len(bare) <= _LONGEST_INITIALS and bare.isupper() and bare.isalpha()
    words = voice_words(parse.pack)
    if _is_own_outlet(parse, text) or parse.tokens.keys[first] in words.possessives:
        return False
    if parse.tokens.keys[first] in words.determiners and parse.tokens.keys[last - 1] in words.relays:
        return True
    if words.relay_by_head and last - first > 1 and not words.relays.isdisjoint(parse.tokens.keys[first : first + 2]):
        return True
    until = next((i for i in range(first, last) if parse.tags[i] == "E"), last)
    if not words.channels.isdisjoint(parse.tokens.keys[first:until]) and not is_outlet(parse, span):
        return False  # "told | a news conference in Geneva"
    named = "P" in parse.tags[first:last] or parse.words(last - 1, last).isupper()
    kind = kind_of(parse, span)
    body = kind is SourceKind.ORGANISATION and parse.tags[first] == "P"  # "told Amnesty International"
    return initials or is_outlet(parse, span) or (named and (kind is SourceKind.MEDIA or body))


def _is_own_outlet(parse: Parse, text: str) -> bool:
    """Is it the outlet that published the report, or its reporter? That is no voice of its own."""
    publisher = fold_name(parse.document.report.publisher)
    return bool(publisher) and (fold_name(text) in publisher or is_own_reporter(parse, text))


def is_own_reporter(parse: Parse, text: str) -> bool:
    """Is it somebody who writes for the outlet that published the report ("SANA reporter in the province")?"""
    publisher, name = fold_name(parse.document.report.publisher), fold_name(text)
    reports = not voice_words(parse.pack).reporters.isdisjoint(name.split())
    return bool(publisher) and reports and name.startswith(f"{publisher} ")


_POSSESSIVE = "G"


def kind_of(parse: Parse, span: Span) -> SourceKind:
    """What a voice is, by the first noun of its phrase that the pack knows; names of people are persons."""
    words = voice_words(parse.pack)
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    owner = parse.tags.rfind(_POSSESSIVE, first, last - 1)
    first = owner + 1 if owner >= 0 else first  # "the general's book" is a book
    proper = 0
    for at in range(first, last):
        key, tag = parse.tokens.keys[at], parse.tags[at]
        if tag in "NPA" and (kind := words.kinds.get(key)) is not None:
            names = sum(t == "P" for t in parse.tags[at + 1 : last])
            if kind is SourceKind.GOVERNMENT and names >= 2:
                return SourceKind.PERSON
            return kind
        if tag == "P":
            proper += 1
        elif tag in "Et" and proper:
            break
    if first < last and parse.tokens.keys[first] in words.pronouns:
        return SourceKind.OTHER
    if is_outlet(parse, span):
        return SourceKind.MEDIA
    if (known := _known_kind(parse, first, last)) is not None:
        return known
    return SourceKind.PERSON if proper >= 2 and not _ends_in_a_country(parse, first, last) else SourceKind.OTHER


def _known_kind(parse: Parse, first: int, last: int) -> SourceKind | None:
    """What the registry knows it to be, by its whole name ("JNIM", "the Houthis", "Lavrov")."""
    if not first < last:
        return None
    names, abbreviations = source_kinds()
    named = first + (parse.tags[first] == "D" and last - first > 1)
    if "P" not in parse.tags[named:last] and not parse.words(named, last)[:1].isupper():
        return None
    for begin in (named, first):
        written = parse.words(begin, last)
        if fold_name(written) in seat_names():
            return SourceKind.GOVERNMENT
        if (kind := abbreviations.get(written) or names.get(fold_word(written))) is not None:
            return kind
    return None


def _ends_in_a_country(parse: Parse, first: int, last: int) -> bool:
    """Are the proper words of a phrase the name of a country ("elections in | Sierra Leone")?"""
    proper = [at for at in range(first, last) if parse.tags[at] == "P"]
    return fold_name(parse.words(proper[0], proper[-1] + 1)) in country_names()


@cache
def country_names() -> frozenset[str]:
    """The folded names of all countries."""
    return frozenset(fold_name(name) for nation in nations().values() for name in nation.names)


@cache
def seat_names() -> frozenset[str]:
    """The folded names of all seats of government."""
    return frozenset(fold_name(seat) for nation in nations().values() for seat in nation.seats)


def is_document(parse: Parse, span: Span) -> bool:
    """Is it a document that is known already ("the report")?"""
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    if parse.tokens.keys[first] not in voice_words(parse.pack).determiners:
        return False
    return not voice_words(parse.pack).documents.isdisjoint(parse.tokens.keys[first : min(last, first + 3)])


def without_channel(parse: Parse, span: Span) -> Span:
    """A source's phrase without what only tells how it was published ("… dans un communiqué", "… on Twitter")."""
    words = voice_words(parse.pack)
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    if first >= last:
        return span
    head = next(
        (i for i in range(last - 1, first - 1, -1) if parse.tags[i] == "N" and "E" not in parse.tags[first:i]), first
    )
    known = not words.kinds.keys().isdisjoint(parse.tokens.keys[first : head + 1])
    if parse.tags[head] == "N" and not known and "P" not in parse.tags[first:head]:
        return span  # "Postings | on a Facebook page": what is shown is what tells
    for at in range(first + 1, last):
        if parse.tokens.keys[at] in words.channel_prepositions:
            following = parse.tokens.keys[at + 1 : min(last, at + 4)]
            if any(
                key in words.channels for key in takewhile(lambda k: k not in words.channel_prepositions, following)
            ):
                return Span(span.start, max(span.start + 1, parse.tokens.stops[at - 1]))
    return span


def without_relay(parse: Parse, span: Span) -> tuple[Span, Span | None]:
    """A source's phrase and the outlet it ends in ("an officer | to Phoenix TV"), if any; whom else it told ("the press") is left out."""
    to = parse.pack.table("grammar/phrases")["words"]["t"]
    addressees, inside = voice_words(parse.pack).addressees, voice_words(parse.pack).inside
    on = voice_words(parse.pack).shown_on
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    for at in range(first + 1, last - 1):
        allied = parse.tags[at - 1] == "v"  # "a group | allied to the RSF"
        if parse.tokens.keys[at] in to and not allied and parse.tokens.keys[at + 1] not in inside:
            if not addressees.isdisjoint(parse.tokens.keys[at + 1 : at + 3]):
                return parse.span(first, at), None
            relay = parse.span(at + 1, last)
            if is_relay(parse, relay):
                return parse.span(first, at), relay
        elif parse.tokens.keys[at] in on and (is_outlet(parse, shown := parse.span(at + 1, last))):
            return parse.span(first, at), shown  # "the adviser | on Sky News Arabia"
        elif (fused := _fused_relay(parse, at, last, to)) is not None:
            return parse.span(first, at), fused
    return span, None


def _fused_relay(parse: Parse, at: int, last: int, to: Sequence[str]) -> Span | None:
    """The outlet whose name "to" is written together with, where the words did not show it ("to-BBC")."""
    key = parse.tokens.keys[at]
    word = next((w for w in to if key.startswith(w) and len(key) > len(w)), None)
    if word is None or parse.pack.token_rules.clitics is None:
        return None
    name = " ".join((key.removeprefix(word), *parse.tokens.keys[at + 1 : last]))
    return (
        Span(parse.tokens.starts[at] + len(word), parse.tokens.stops[last - 1]) if name in outlet_names()[0] else None
    )


def split_voices(parse: Parse, span: Span) -> Iterator[Span]:
    """One span a voice: coordinated noun phrases that each have their own determiner or name ("the ministry and the police")."""
    first, last = parse.token_at(span.start), parse.token_at(span.stop)
    words = voice_words(parse.pack)
    keys, tags = parse.tokens.keys, parse.tags[first:last]
    if phrases(parse.pack).verb_first:
        yield from _split_by_head(parse, first, last, words)
        return
    for at in range(1, len(tags) - 1):
        noun = keys[first + at + 1]
        same = tags[0] == "D" and noun in words.people  # "the minister and spokesman of the government": one person
        known_after = any(key in words.kinds for key in keys[first + at + 2 : first + at + 4])
        known = tags[at + 1] == "N" and noun in words.kinds and not same
        if (
            tags[at] == "C"
            and (known or tags[at + 1] in "DP" or tags[at + 1] == "E" != tags[0])
            and tags[0] in "DPN#"
            and ("E" not in tags[:at].replace("EDN", "") or (tags[at + 1] == "E" and known_after))
        ):
            # "the EU, the United States and Britain": what stands before "and" may be a list itself.
            commas = [i for i in range(at) if keys[first + i] == "," and tags[i + 1] in "DP"]
            for begin, end in pairwise([-1, *commas, at]):
                yield parse.span(first + begin + 1, first + end)
            behind = first + at + 1 + (tags[at + 1 : at + 3] == "ED")  # "near the mayor and | of a source"
            yield parse.span(behind, last)
            return
    yield span


def _split_by_head(parse: Parse, first: int, last: int, words: VoiceWords) -> Iterator[Span]:
    """One span a voice where "and" is written with the next word: its noun has to be one that speaks.

    Not "the spokesman in-name-of the ministry and the agency": who speaks for two is one.
    """
    links = phrases(parse.pack).title_links
    for at in range(first + 1, last - 1):
        head = at + 1 + (parse.tags[at + 1] == "D")
        if parse.tokens.keys[at] in links:
            break
        if parse.tags[at] == "C" and head < last and parse.tokens.keys[head] in words.kinds and parse.tags[head] == "N":
            yield parse.span(first, at)
            yield parse.span(at + 1, last)
            return
    yield parse.span(first, last)


def is_speaker(parse: Parse, span: Span) -> bool:
    """Is it "I" or "we": whoever is speaking?"""
    return fold_word(span.of(parse.text)) in voice_words(parse.pack).speaker
