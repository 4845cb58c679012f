"""Who "he", "the same source" and "the ministry" are: links a voice to the fullest earlier mention of it, or leaves it open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Claim, SourceKind, SourceMention, Span
from ondit.model.records import record, replace
from ondit.text.folding import fold_name, fold_word
from ondit.text.tokens import TokenRules, tokenise

_OUTLET_WORDS = 2  # "AFP", "l'AFP", "Sky News": a name, not a description
_NEAR = 400  # characters that a pronoun looks back to somebody who has not spoken yet
_COMMAS = frozenset(",،")
_STOP_LENGTH = 3  # shorter words of a name decide nothing
_UNKNOWN_BODIES = frozenset(
    {SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.ARMED_GROUP, SourceKind.SOCIAL_CHANNEL, SourceKind.OTHER}
)
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.ARMED_GROUP, SourceKind.SOCIAL_CHANNEL})


@record
class _Words:
    pronouns: frozenset[str]
    plural: frozenset[str]
    of_person: frozenset[str]
    of_thing: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    plural_determiners: frozenset[str]
    determiners: frozenset[str]
    of: frozenset[str]
    same: frozenset[str]
    indefinite: frozenset[str]
    general: frozenset[str]
    documents: frozenset[str]
    people: frozenset[str]
    kinds: dict[str, frozenset[str]]
    verbs: "_Verbs"
    hiding: frozenset[str]  # rules by which a verb is its own voice
    tokens: TokenRules


@record
class _Verbs:
    """How a verb that hides its subject shows that the subject is feminine or many, and how a voice shows it."""

    endings: tuple[str, ...]
    beginnings: tuple[str, ...]
    of_nouns: tuple[str, ...]
    heads: frozenset[str]
    plural: tuple[str, ...]
    plural_nouns: tuple[str, ...]
    plural_heads: frozenset[str]


@lru_cache(maxsize=16)
def _load(language: str) -> _Words:
    pack = load_pack(language)
    anaphora = pack.table("grammar/attribution")["anaphora"]
    voices = pack.table("words/voices")
    return _Words(
        **{
            name: frozenset(anaphora.get(name, ()))
            for name in (
                "pronouns", "plural", "of_person", "of_thing", "masculine", "feminine", "plural_determiners", "determiners", "same", "indefinite",
            )
        },
        of=frozenset(pack.table("grammar/phrases")["words"]["o"]),
        general=frozenset(voices["general"]),
        documents=frozenset(voices["documents"]),
        people=frozenset(voices["people"]),
        kinds={kind: frozenset(heads) for kind, heads in voices["kinds"].items()},
        verbs=_Verbs(
            tuple(anaphora.get("feminine_verb_endings", ())),
            tuple(anaphora.get("feminine_verb_beginnings", ())),
            tuple(anaphora.get("feminine_endings", ())),
            frozenset(anaphora.get("feminine_heads", ())),
            tuple(anaphora.get("plural_verb_endings", ())),
            tuple(anaphora.get("plural_endings", ())),
            frozenset(anaphora.get("plural_heads", ())),
        ),
        hiding=frozenset(
            f"{language}/attribution:{row['name']}"
            for row in pack.table("grammar/attribution")["pattern"]
            if row.get("subject_inside")
        ),
        tokens=pack.token_rules,
    )  # fmt: skip


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
    words: _Words
    named: tuple[Span, ...]
    subjects: tuple[Span, ...]

    @cached_property
    def phrases(self) -> tuple[tuple[Span, frozenset[str]], ...]:
        """Both with their content words; seldom asked for."""
        return tuple((s, _content_words(s.of(self.text), self.words)) for s in (*self.named, *self.subjects))

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
    words = _load(pack.language)
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
    verb: SourceMention, seen: Sequence[_Voice], text: str, words: _Words, others: _Others
) -> Span | None:  # fmt: skip
    """Whom a verb without a written subject means: the voice heard last that agrees with it, else the voice heard last.

    Where nobody has spoken yet it is who the sentences before were about.
    """
    earlier = [v for v in reversed(seen) if v.mention.span.stop <= verb.span.start]
    earlier = [v for v in earlier if v.main] + [v for v in earlier if not v.main]
    feminine = _verb_is_feminine(verb.text, words)
    plural = max(_keys(verb.text, words.tokens), key=len).endswith(words.verbs.plural or ("\0",))
    if plural:
        return next((v.root for v in earlier if _voice_is_plural(v.root.of(text), words)), None)
    agreeing = (v.root for v in earlier if _voice_is_feminine(v.root.of(text), words) == feminine)
    spoken_of = (s for s in others.spoken_of(verb.span.start) if _voice_is_feminine(s.of(text), words) == feminine)
    return next(agreeing, earlier[0].root if earlier else next(spoken_of, None))


def _voice_is_plural(phrase: str, words: _Words) -> bool:
    heads = [k for k in _keys(phrase, words.tokens) if k not in words.determiners]
    return bool(heads) and (
        heads[0] in words.verbs.plural_heads or heads[0].endswith(words.verbs.plural_nouns or ("\0",))
    )


def _verb_is_feminine(verb: str, words: _Words) -> bool:
    key = max(_keys(verb, words.tokens), key=len)
    return key.endswith(words.verbs.endings) or key.startswith(words.verbs.beginnings)


def _voice_is_feminine(phrase: str, words: _Words) -> bool:
    head = next((w for w in phrase.split() if len(w) > 1), phrase)
    keys = [k for k in _keys(head, words.tokens) if k not in words.determiners]
    return any(k in words.verbs.heads or k.endswith(words.verbs.of_nouns) for k in keys)


def _voice(mention: SourceMention, root: Span, main: bool, text: str, words: _Words) -> _Voice:
    phrase = root.of(text)
    named = any(w[:1].isupper() for w in phrase.split()[1:])
    return _Voice(mention, root, main, _content_words(phrase, words), _initials(phrase), named)


def _with_chain(claim: Claim, chain: tuple[SourceMention, ...]) -> Claim:
    return claim if chain == claim.chain else replace(claim, chain=chain)


def _spoken_by(claim: Claim) -> SourceMention | None:
    """The voice the report's sentence is about: the first that is no mere relay of another."""
    relays = [v for v in claim.chain if v.kind is SourceKind.MEDIA and len(v.text.split()) <= _OUTLET_WORDS]
    chain = [v for v in claim.chain if v not in relays] or list(claim.chain)
    return min(chain, key=lambda v: v.span) if chain else None


def _antecedent(
    mention: SourceMention, seen: Sequence[_Voice], text: str, words: _Words, others: _Others
) -> Span | None:  # fmt: skip
    keys = _keys(mention.text, words.tokens)
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
        alike = [v for v in mains if noun in _keys(v.root.of(text), words.tokens)[:2]]
        return (alike or mains)[-1].root if mains else None
    own = _content_words(mention.text, words)
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
    mention: SourceMention, own: frozenset[str], earlier: Sequence[_Voice], text: str, words: _Words, others: _Others
) -> Span | None:  # fmt: skip
    """The earlier mention that has all the words of this one and more: the first such, which is usually the introduction."""
    best: Span | None = None
    head = _last_word(mention.text, words)
    definite = _keys(mention.text, words.tokens)[0] in words.determiners and head in words.general
    for voice in reversed(earlier):
        if (own < voice.words and _same_head(mention, voice, text, words)) or own <= voice.initials:
            return voice.root
        if definite and voice.named and head in voice.words:
            return voice.root
        if own == voice.words and voice.root != mention.span:
            best = voice.root
    if len(own) <= 2 and any(w[:1].isupper() for w in mention.text.split()):
        fuller = [s for s, content in others.phrases if s.stop <= mention.span.start and own < content]
        fuller = [s for s in fuller if _ends_in(s.of(text), mention.text, words)]
        fitting = [s for s in fuller if not _owned(s.of(text), mention.text, words)]
        if fitting:
            return max(fitting, key=lambda s: (len(_content_words(s.of(text), words)), -s.start))
    return best if best is not None and len(best) > len(mention.span) else None


def _same_head(mention: SourceMention, voice: _Voice, text: str, words: _Words) -> bool:
    """Without capitals "the observatory" is no "director of the observatory": the first words have to be the same.

    Or those behind a comma, which say who a person is: "Colonel Ahmad, | the military spokesman".
    """
    if words.tokens.clitics is None or _is_surname(mention, voice, text, words):
        return True
    spelled, phrase = _keys(mention.text, words.tokens), _keys(voice.root.of(text), words.tokens)
    behind = [i + 1 for i, key in enumerate(phrase) if key in _COMMAS]
    if any(phrase[i : i + len(spelled)] == spelled for i in behind) and not words.people.isdisjoint(spelled):
        return True
    one, other = (
        next((k for k in _keys(phrase, words.tokens) if k not in words.determiners), "")
        for phrase in (mention.text, voice.root.of(text))
    )
    return one == other


def _is_surname(mention: SourceMention, voice: _Voice, text: str, words: _Words) -> bool:
    """Is it one word, no common noun, that a person's phrase ends in ("the spokesman …, the brigadier Ahmad | Mismari")?"""
    own = [k for k in _keys(mention.text, words.tokens) if k not in words.determiners]
    phrase = _keys(voice.root.of(text), words.tokens)
    named = len(own) == 1 and phrase[-1] == own[0] and own[0] not in words.general
    return named and len(phrase) > _STOP_LENGTH and not words.people.isdisjoint(phrase[:-1])


@lru_cache(maxsize=4096)
def _keys(text: str, rules: TokenRules) -> tuple[str, ...]:
    if rules.clitics is not None:
        return tuple(tokenise(text, rules).keys)
    return tuple(fold_word(w) for w in text.replace("’", "'").replace("'", "' ").split())


def _ends_in(phrase: str, mention: str, words: _Words) -> bool:
    """Is the mention what the phrase is, not what it is about ("a Taliban | attack" is no name of the Taliban)?"""
    if words.tokens.clitics is not None:
        return True
    whole = phrase.partition(",")[0].partition("(")[0].strip()
    last = _last_word(whole, words)
    return not last or whole.split()[-1][:1].isupper() or last in _folded(mention, words.tokens)


def _owned(phrase: str, mention: str, words: _Words) -> bool:
    """Does the mention's name stand in the phrase only as what another thing is of ("the airport of | Baghdad")?"""
    pieces = _keys(phrase, words.tokens)
    last = _keys(mention, words.tokens)[-1]
    return last in pieces[1:] and pieces[pieces.index(last) - 1] in words.of


@lru_cache(maxsize=4096)
def _folded(text: str, rules: TokenRules) -> tuple[str, ...]:
    if rules.clitics is not None:  # without what is written together with the words
        return tuple(key for key in tokenise(text, rules).keys if len(key) >= _STOP_LENGTH)
    return tuple(w for w in fold_name(text.replace("'", " ").replace("’", " ")).split() if len(w) >= _STOP_LENGTH)


def _last_word(text: str, words: _Words) -> str:
    folded = _folded(text, words.tokens)
    return folded[-1] if folded else ""


def _content_words(text: str, words: _Words) -> frozenset[str]:
    return frozenset(_folded(text, words.tokens)) - words.determiners


@lru_cache(maxsize=4096)
def _initials(text: str) -> frozenset[str]:
    names = [w.strip("()") for w in text.split() if w.strip("()")[:1].isupper()]
    within = {w.casefold() for w in names if w.isupper() and len(w) > 1}
    return frozenset({"".join(w[0] for w in names).casefold()} | within) if len(names) > 1 else frozenset()


def _last_fitting(pronoun: str, earlier: Iterable[_Voice], text: str, words: _Words) -> _Voice | None:
    """The voice heard last that the pronoun can mean: one of the report's own sentences before one told by another voice."""
    candidates = list(earlier)
    for voice in [v for v in reversed(candidates) if v.main] + [v for v in reversed(candidates) if not v.main]:
        keys = _keys(voice.root.of(text), words.tokens)
        own = _keys(voice.mention.text, words.tokens)  # "la même source" is feminine, whoever she is
        shown = own if own and own[0] in words.determiners and voice.root != voice.mention.span else keys
        if not (len(keys) == 1 and keys[0] in words.pronouns) and _agrees(pronoun, voice, shown, text, words):
            return voice
    return None


def _agrees(pronoun: str, voice: _Voice, keys: Sequence[str], text: str, words: _Words) -> bool:
    """In number, in being a person, and in gender, as far as the words show them."""
    one_or_many = pronoun in words.plural or pronoun in words.of_person or keys[0] in words.plural_determiners
    relative = not any(pronoun in group for group in (words.plural, words.of_person, words.masculine, words.feminine))
    if one_or_many and not relative and (pronoun in words.plural) != _is_plural(voice.root.of(text), keys, words):
        return False
    person = _is_person(voice, keys, words)
    if (pronoun in words.of_person and not person) or (pronoun in words.of_thing and person):
        return False
    return not _wrong_gender(pronoun, keys[0], words)


def _wrong_gender(pronoun: str, determiner: str, words: _Words) -> bool:
    return (pronoun in words.masculine and determiner in words.feminine) or (
        pronoun in words.feminine and determiner in words.masculine
    )


def _last_named(pronoun: str, mention: SourceMention, others: _Others, text: str, words: _Words) -> Span | None:
    """Somebody the text has named just before, although not as a source: "The governor spoke on Monday. He said …"."""
    return next((s for s in others.near(mention.span.start) if _fits(pronoun, s, text, words)), None)


def _fits(pronoun: str, span: Span, text: str, words: _Words) -> bool:
    """Can the pronoun mean this phrase: in being a person, in gender and in number?"""
    phrase = span.of(text)
    keys = _keys(phrase, words.tokens)
    names = sum(w[:1].isupper() for w in phrase.split())
    person = any(k in words.people for k in keys) or (names >= 2 and names == len(phrase.split()))
    if (pronoun in words.of_person and not person) or (pronoun in words.of_thing and person):
        return False
    return not _wrong_gender(pronoun, keys[0], words) and (pronoun in words.plural) == _is_plural(phrase, keys, words)


def _is_plural(phrase: str, keys: Sequence[str], words: _Words) -> bool:
    if words.plural_determiners & set(keys[:1]):
        return True
    heads = [k for k in keys[:4] if len(k) > 3]
    written = phrase.split()
    # "Doctors Without Borders" is one body, "Residents of Kutum" are many.
    named = written[-1][:1].isupper() and not any(word.islower() for word in written[1:])
    return bool(heads) and not written[0][:1].isdigit() and heads[0].endswith("s") and not named


def _is_person(voice: _Voice, keys: Sequence[str], words: _Words) -> bool:
    kind = voice.mention.kind
    if kind in (SourceKind.PERSON, SourceKind.WITNESS, SourceKind.ANONYMOUS):
        return True
    return any(k in words.people for k in keys)


def _definite(
    mention: SourceMention, earlier: Sequence[_Voice], keys: Sequence[str], text: str, words: _Words
) -> Span | None:  # fmt: skip
    document = any(k in words.documents for k in keys)
    one_person = any(k in words.people for k in keys)
    for voice in reversed(earlier):
        root_keys = _keys(voice.root.of(text), words.tokens)
        if len(root_keys) == 1 and root_keys[0] in words.pronouns:
            continue
        kinds = {mention.kind, voice.mention.kind}
        bodies = kinds <= _UNKNOWN_BODIES and (words.tokens.clitics is None or len(kinds - {SourceKind.OTHER}) < 2)
        alike = one_person or bodies or voice.mention.kind == mention.kind
        if document or (alike and _is_person(voice, root_keys, words) == one_person):
            return voice.root
    return None


def _body_named(
    mention: SourceMention, keys: Sequence[str], others: _Others, text: str, words: _Words
) -> Span | None:  # fmt: skip
    """Who a sentence before was about without speaking: "Hamas released a video. | The group | said …"."""
    document = any(k in words.documents for k in keys)
    one_person = any(k in words.people for k in keys)
    alike = words.kinds.get(mention.kind.value, frozenset())  # "The Israeli army … The military": of one kind
    if mention.kind not in _BODIES and not document and not one_person and not alike:
        return None
    for span in others.spoken_of(mention.span.start):
        phrase = span.of(text)
        own = _keys(phrase, words.tokens)
        if own[0] in words.pronouns or not (document or any(w[:1].isupper() for w in phrase.split())):
            continue
        by_name = any(w[:1].isupper() for w in phrase.split()[1:])  # "Three soldiers" are no army
        of_kind = mention.kind in _BODIES or one_person or (by_name and not alike.isdisjoint(own))
        if document or (of_kind and one_person == any(k in words.people for k in own)):
            return span
    return None
