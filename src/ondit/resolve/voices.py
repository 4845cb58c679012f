"""Who "he", "the same source" and "the ministry" are: links a voice to the fullest earlier mention of it, or leaves it open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ondit.languages import Pack
from ondit.model import Claim, SourceKind, SourceMention, Span
from ondit.model.records import record, replace
from ondit.resolve.voice_words import (
    VoiceWords,
    content_words,
    ends_in,
    initials_of,
    is_owned,
    keys_of,
    last_word,
    voice_words,
)

_OUTLET_WORDS = 2  # "AFP", "l'AFP", "Sky News": a name, not a description
_NEAR = 400  # characters that a pronoun looks back to somebody who has not spoken yet
_COMMAS = frozenset(",،")
_STOP_LENGTH = 3  # shorter words of a name decide nothing
_UNKNOWN_BODIES = frozenset(
    {SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.ARMED_GROUP, SourceKind.SOCIAL_CHANNEL, SourceKind.OTHER}
)
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.ARMED_GROUP, SourceKind.SOCIAL_CHANNEL})


@record
class _Voice:
    """A voice met before: its mention, the fullest mention of it, and whether it spoke in the report's own sentence.

    `words` and `initials` are those of the fullest mention, `named` tells whether it has a capital inside.
    """

    mention: SourceMention
    root: Span
    main: bool
    words: frozenset[str]
    initials: frozenset[str]
    named: bool


@dataclass(frozen=True)
class _Others:
    """Phrases of the text that have not spoken: names, and the subjects of its sentences."""

    text: str
    words: VoiceWords
    named: tuple[Span, ...]
    subjects: tuple[Span, ...]

    @cached_property
    def phrases(self) -> tuple[tuple[Span, frozenset[str]], ...]:
        """Both with their content words; seldom asked for."""
        return tuple((s, content_words(s.of(self.text), self.words)) for s in (*self.named, *self.subjects))

    def spoken_of(self, start: int) -> Iterator[Span]:
        """The subjects told shortly before a place of the text, the last first."""
        near = [s for s in self.subjects if start - _NEAR <= s.start and s.stop <= start]
        yield from sorted(near, key=lambda s: (-s.stop, s.start))

    def near(self, start: int) -> Iterator[Span]:
        """The subjects, then the names told shortly before a place of the text, the last first."""
        yield from self.spoken_of(start)
        near = [s for s in self.named if start - _NEAR <= s.start and s.stop <= start]
        yield from sorted(near, key=lambda s: (-s.stop, s.start))


def resolve_voices(
    claims: Sequence[Claim], text: str, pack: Pack, *, named: Sequence[Span] = (), subjects: Sequence[Span] = ()
) -> list[Claim]:
    """Fills `refers_to` of pronouns, short names and definite descriptions.

    `named` are further noun phrases of the text that a voice may take up (names that are no source themselves), `subjects` those of
    the sentences: who the text speaks of is taken up before whoever else it names.
    """
    words = voice_words(pack.language)
    main = {spoken.span for c in claims if (spoken := _spoken_by(c)) is not None}
    hidden = {v.span for c in claims for v in c.chain if v.span == c.cue or v.rule in words.hiding}
    mentions = sorted({v.span: v for c in claims for v in c.chain}.values(), key=lambda v: v.span)
    others = _Others(text, words, tuple(named), tuple(subjects))
    resolved: dict[Span, SourceMention] = {}
    seen: list[_Voice] = []
    for mention in mentions:
        if mention.span in hidden:
            target = _subject_of(mention, seen, text, words, others)
        else:
            target = _antecedent(mention, seen, text, words, others)
        resolved[mention.span] = replace(mention, refers_to=target) if target is not None else mention
        seen.append(_voice(mention, target or mention.span, mention.span in main, text, words))
    return [_with_chain(c, tuple(resolved[v.span] for v in c.chain)) for c in claims]


def _subject_of(
    verb: SourceMention, seen: Sequence[_Voice], text: str, words: VoiceWords, others: _Others
) -> Span | None:  # fmt: skip
    """Whom a verb without a written subject means: the voice heard last that agrees with it, else the voice heard last.

    Where nobody has spoken yet it is who the sentences before were about.
    """
    earlier = [v for v in reversed(seen) if v.mention.span.stop <= verb.span.start]
    earlier = [v for v in earlier if v.main] + [v for v in earlier if not v.main]
    feminine = _verb_is_feminine(verb.text, words)
    plural = max(keys_of(verb.text, words.tokens), key=len).endswith(words.verbs.plural or ("\0",))
    if plural:
        return next((v.root for v in earlier if _voice_is_plural(v.root.of(text), words)), None)
    agreeing = (v.root for v in earlier if _voice_is_feminine(v.root.of(text), words) == feminine)
    spoken_of = (s for s in others.spoken_of(verb.span.start) if _voice_is_feminine(s.of(text), words) == feminine)
    return next(agreeing, earlier[0].root if earlier else next(spoken_of, None))


def _voice_is_plural(phrase: str, words: VoiceWords) -> bool:
    heads = [k for k in keys_of(phrase, words.tokens) if k not in words.determiners]
    return bool(heads) and (
        heads[0] in words.verbs.plural_heads or heads[0].endswith(words.verbs.plural_nouns or ("\0",))
    )


def _verb_is_feminine(verb: str, words: VoiceWords) -> bool:
    key = max(keys_of(verb, words.tokens), key=len)
    return key.endswith(words.verbs.endings) or key.startswith(words.verbs.beginnings)


def _voice_is_feminine(phrase: str, words: VoiceWords) -> bool:
    head = next((w for w in phrase.split() if len(w) > 1), phrase)
    keys = [k for k in keys_of(head, words.tokens) if k not in words.determiners]
    return any(k in words.verbs.heads or k.endswith(words.verbs.of_nouns) for k in keys)


def _voice(mention: SourceMention, root: Span, main: bool, text: str, words: VoiceWords) -> _Voice:
    phrase = root.of(text)
    named = any(w[:1].isupper() for w in phrase.split()[1:])
    return _Voice(mention, root, main, content_words(phrase, words), initials_of(phrase), named)


def _with_chain(claim: Claim, chain: tuple[SourceMention, ...]) -> Claim:
    return claim if chain == claim.chain else replace(claim, chain=chain)


def _spoken_by(claim: Claim) -> SourceMention | None:
    """The voice the report's sentence is about: the first that is no mere relay of another."""
    relays = [v for v in claim.chain if v.kind is SourceKind.MEDIA and len(v.text.split()) <= _OUTLET_WORDS]
    chain = [v for v in claim.chain if v not in relays] or list(claim.chain)
    return min(chain, key=lambda v: v.span) if chain else None


def _antecedent(
    mention: SourceMention, seen: Sequence[_Voice], text: str, words: VoiceWords, others: _Others
) -> Span | None:  # fmt: skip
    keys = keys_of(mention.text, words.tokens)
    earlier = [v for v in seen if v.mention.span.stop <= mention.span.start]
    if not keys:
        return None
    if len(keys) <= 2 and keys[-1] in words.pronouns:
        voice = _last_fitting(keys[-1], earlier, text, words)
        spoken_of = next(others.spoken_of(mention.span.start), None)
        if voice is not None and (
            spoken_of is None
            or keys[-1] not in words.of_person
            or spoken_of.start <= voice.mention.span.start
            or not _fits(keys[-1], spoken_of, text, words)
        ):
            return voice.root
        return _last_named(keys[-1], mention, others, text, words)
    if any(k in words.same for k in keys[:3]):
        mains = [v for v in earlier if v.main]
        noun = next((k for k in keys if k not in words.same and k not in words.determiners), "")
        alike = [v for v in mains if noun in keys_of(v.root.of(text), words.tokens)[:2]]
        return (alike or mains)[-1].root if mains else None
    own = content_words(mention.text, words)
    if not own or keys[0] in words.indefinite:
        return None
    if (fuller := _fuller(mention, own, earlier, text, words, others)) is not None:
        return fuller
    plain = not any(w[:1].isupper() and not w.partition("-")[2].islower() for w in mention.text.split()[1:])
    short = words.tokens.clitics is None or len(own) == 1  # without capitals, a longer phrase may be a name
    if keys[0] in words.determiners and plain and short and any(k in words.general for k in keys[1:]):
        return _definite(mention, earlier, keys, text, words) or _body_named(mention, keys, others, text, words)
    return None


def _fuller(
    mention: SourceMention, own: frozenset[str], earlier: Sequence[_Voice], text: str, words: VoiceWords, others: _Others
) -> Span | None:  # fmt: skip
    """The earlier mention that has all the words of this one and more: the first such, which is usually the introduction."""
    best: Span | None = None
    head = last_word(mention.text, words)
    definite = keys_of(mention.text, words.tokens)[0] in words.determiners and head in words.general
    for voice in reversed(earlier):
        if (own < voice.words and _same_head(mention, voice, text, words)) or own <= voice.initials:
            return voice.root
        if definite and voice.named and head in voice.words:
            return voice.root
        if own == voice.words and voice.root != mention.span:
            best = voice.root
    if (taken_up := _told_of(mention, own, others, text, words)) is not None:
        return taken_up
    if len(own) <= 2 and any(w[:1].isupper() for w in mention.text.split()):
        fuller = [s for s, content in others.phrases if s.stop <= mention.span.start and own < content]
        fuller = [s for s in fuller if ends_in(s.of(text), mention.text, words)]
        fitting = [s for s in fuller if not is_owned(s.of(text), mention.text, words)]
        if fitting:
            return max(fitting, key=lambda s: (len(content_words(s.of(text), words)), -s.start))
    return best if best is not None and len(best) > len(mention.span) else None


def _told_of(
    mention: SourceMention, own: frozenset[str], others: _Others, text: str, words: VoiceWords
) -> Span | None:  # fmt: skip
    """The phrase told of before that a definite one takes up in fewer words ("the airport authorities of Hong Kong … | the airport authorities").

    Without capitals also the name whose last word stands alone ("Kofi Annan … | Annan").
    """
    keys = keys_of(mention.text, words.tokens)
    definite = keys[0] in words.determiners and (len(own) > 1 or keys[-1] in words.general)
    surname = words.tokens.clitics is not None and len(keys) == 1 and keys[0] not in words.general
    if not definite and not surname:
        return None
    phrases = [(s, c) for s, c in others.phrases if s.stop <= mention.span.start and own < c]
    for span, _ in sorted(phrases, key=lambda p: -p[0].start):
        phrase = keys_of(span.of(text), words.tokens)
        if surname and phrase[-1] == keys[-1] and phrase[0] != keys[0] and not words.people.isdisjoint(phrase):
            return span
        bare = [k for k in phrase if k not in words.determiners]
        wanted = [k for k in keys if k not in words.determiners]
        if definite and bare[: len(wanted)] == wanted:
            return span
    return None


def _same_head(mention: SourceMention, voice: _Voice, text: str, words: VoiceWords) -> bool:
    """Without capitals "the observatory" is no "director of the observatory": the first words have to be the same.

    Or those behind a comma, which say who a person is: "Colonel Ahmad, | the military spokesman".
    """
    if words.tokens.clitics is None or _is_surname(mention, voice, text, words):
        return True
    spelled, phrase = keys_of(mention.text, words.tokens), keys_of(voice.root.of(text), words.tokens)
    behind = [i + 1 for i, key in enumerate(phrase) if key in _COMMAS]
    if any(phrase[i : i + len(spelled)] == spelled for i in behind) and not words.people.isdisjoint(spelled):
        return True
    one, other = (
        next((k for k in keys_of(phrase, words.tokens) if k not in words.determiners), "")
        for phrase in (mention.text, voice.root.of(text))
    )
    return one == other


def _is_surname(mention: SourceMention, voice: _Voice, text: str, words: VoiceWords) -> bool:
    """Is it one word, no common noun, that a person's phrase ends in ("the spokesman …, the brigadier Ahmad | Mismari")?"""
    own = [k for k in keys_of(mention.text, words.tokens) if k not in words.determiners]
    phrase = keys_of(voice.root.of(text), words.tokens)
    named = len(own) == 1 and phrase[-1] == own[0] and own[0] not in words.general
    return named and len(phrase) > _STOP_LENGTH and not words.people.isdisjoint(phrase[:-1])


def _last_fitting(pronoun: str, earlier: Iterable[_Voice], text: str, words: VoiceWords) -> _Voice | None:
    """The voice heard last that the pronoun can mean: one of the report's own sentences before one told by another voice."""
    candidates = list(earlier)
    for voice in [v for v in reversed(candidates) if v.main] + [v for v in reversed(candidates) if not v.main]:
        keys = keys_of(voice.root.of(text), words.tokens)
        own = keys_of(voice.mention.text, words.tokens)  # "la même source" is feminine, whoever she is
        shown = own if own and own[0] in words.determiners and voice.root != voice.mention.span else keys
        if not (len(keys) == 1 and keys[0] in words.pronouns) and _agrees(pronoun, voice, shown, text, words):
            return voice
    return None


def _agrees(pronoun: str, voice: _Voice, keys: Sequence[str], text: str, words: VoiceWords) -> bool:
    """In number, in being a person, and in gender, as far as the words show them."""
    one_or_many = pronoun in words.plural or pronoun in words.of_person or keys[0] in words.plural_determiners
    relative = not any(pronoun in group for group in (words.plural, words.of_person, words.masculine, words.feminine))
    if one_or_many and not relative and (pronoun in words.plural) != _is_plural(voice.root.of(text), keys, words):
        return False
    person = _is_person(voice, keys, words)
    if (pronoun in words.of_person and not person) or (pronoun in words.of_thing and person):
        return False
    return not _wrong_gender(pronoun, keys[0], words)


def _wrong_gender(pronoun: str, determiner: str, words: VoiceWords) -> bool:
    return (pronoun in words.masculine and determiner in words.feminine) or (
        pronoun in words.feminine and determiner in words.masculine
    )


def _last_named(pronoun: str, mention: SourceMention, others: _Others, text: str, words: VoiceWords) -> Span | None:
    """Somebody the text has named just before, although not as a source: "The governor spoke on Monday. He said …"."""
    return next((s for s in others.near(mention.span.start) if _fits(pronoun, s, text, words)), None)


def _fits(pronoun: str, span: Span, text: str, words: VoiceWords) -> bool:
    """Can the pronoun mean this phrase: in being a person, in gender and in number?"""
    phrase = _owned(span.of(text), words)
    keys = keys_of(phrase, words.tokens)
    names = sum(w[:1].isupper() for w in phrase.split())
    person = any(k in words.people for k in keys) or (names >= 2 and names == len(phrase.split()))
    if (pronoun in words.of_person and not person) or (pronoun in words.of_thing and person):
        return False
    return not _wrong_gender(pronoun, keys[0], words) and (pronoun in words.plural) == _is_plural(phrase, keys, words)


def _owned(phrase: str, words: VoiceWords) -> str:
    """What is whose ("the president's | official residence"): that is no president."""
    plain = phrase.replace("’", "'")
    return plain.rpartition(words.owner_ends)[2] if words.owner_ends else plain


def _is_plural(phrase: str, keys: Sequence[str], words: VoiceWords) -> bool:
    if words.plural_determiners & set(keys[:1]):
        return True
    heads = [k for k in keys[:4] if len(k) > 3]
    written = phrase.split()
    # "Doctors Without Borders" is one body, "Residents of Kutum" are many.
    named = written[-1][:1].isupper() and not any(word.islower() for word in written[1:])
    return bool(heads) and not written[0][:1].isdigit() and heads[0].endswith("s") and not named


def _is_person(voice: _Voice, keys: Sequence[str], words: VoiceWords) -> bool:
    kind = voice.mention.kind
    if kind in (SourceKind.PERSON, SourceKind.WITNESS, SourceKind.ANONYMOUS):
        return True
    return any(k in words.people for k in keys)


def _definite(
    mention: SourceMention, earlier: Sequence[_Voice], keys: Sequence[str], text: str, words: VoiceWords
) -> Span | None:  # fmt: skip
    document = any(k in words.documents for k in keys)
    one_person = any(k in words.people for k in keys)
    for voice in reversed(earlier):
        root_keys = keys_of(voice.root.of(text), words.tokens)
        if len(root_keys) == 1 and root_keys[0] in words.pronouns:
            continue
        kinds = {mention.kind, voice.mention.kind}
        bodies = kinds <= _UNKNOWN_BODIES and (words.tokens.clitics is None or len(kinds - {SourceKind.OTHER}) < 2)
        alike = one_person or bodies or voice.mention.kind == mention.kind
        if document or (alike and _is_person(voice, root_keys, words) == one_person):
            return voice.root
    return None


def _could_issue(own: Sequence[str], words: VoiceWords) -> bool:
    """Without capitals: is it a body or somebody, no happening ("several attacks") that only stands before "the statement"?"""
    return any(k in words.people for k in own) or any(not known.isdisjoint(own) for known in words.kinds.values())


def _body_named(
    mention: SourceMention, keys: Sequence[str], others: _Others, text: str, words: VoiceWords
) -> Span | None:  # fmt: skip
    """Who a sentence before was about without speaking: "Hamas released a video. | The group | said …"."""
    document = any(k in words.documents for k in keys)
    one_person = any(k in words.people for k in keys)
    alike = words.kinds.get(mention.kind.value, frozenset())  # "The Israeli army … The military": of one kind
    if mention.kind not in _BODIES and not document and not one_person and not alike:
        return None
    for span in others.spoken_of(mention.span.start):
        phrase = span.of(text)
        own = keys_of(phrase, words.tokens)
        if own[0] in words.pronouns or not (document or any(w[:1].isupper() for w in phrase.split())):
            continue
        if words.tokens.clitics is not None and not _could_issue(own, words):
            continue
        by_name = any(w[:1].isupper() for w in phrase.split()[1:])  # "Three soldiers" are no army
        of_kind = mention.kind in _BODIES or one_person or (by_name and not alike.isdisjoint(own))
        if document or (of_kind and one_person == any(k in words.people for k in own)):
            return span
    return None
