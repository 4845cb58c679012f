"""Who "he", "the same source" and "the ministry" are: links a voice to the fullest earlier mention of it, or leaves it open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ondit.languages import Pack
from ondit.model import Claim, SourceKind, SourceMention, Span
from ondit.text.folding import fold_name, fold_word

_STOP_LENGTH = 3  # shorter words of a name decide nothing


@dataclass(frozen=True, slots=True)
class _Words:
    pronouns: frozenset[str]
    plural: frozenset[str]
    determiners: frozenset[str]
    same: frozenset[str]
    general: frozenset[str]
    documents: frozenset[str]


def resolve_voices(claims: Sequence[Claim], text: str, pack: Pack, named: Sequence[Span] = ()) -> list[Claim]:
    """Fills `refers_to` of pronouns, short names and definite descriptions.

    `named` are further noun phrases of the text that a voice may take up (names that are no source themselves).
    """
    words = _load(pack)
    roots: dict[Span, Span] = {}
    mentions = sorted({v.span: v for c in claims for v in c.chain}.values(), key=lambda v: v.span)
    resolved: dict[Span, SourceMention] = {}
    seen: list[SourceMention] = []
    for mention in mentions:
        target = _antecedent(mention, seen, roots, text, words, named)
        linked = replace(mention, refers_to=target) if target is not None else mention
        resolved[mention.span] = linked
        roots[mention.span] = target or mention.span
        seen.append(mention)
    return [replace(c, chain=tuple(resolved[v.span] for v in c.chain)) for c in claims]


def _load(pack: Pack) -> _Words:
    anaphora = pack.table("grammar/attribution")["anaphora"]
    voices = pack.table("words/voices")
    return _Words(
        pronouns=frozenset(anaphora["pronouns"]),
        plural=frozenset(anaphora["plural"]),
        determiners=frozenset(anaphora["determiners"]),
        same=frozenset(anaphora["same"]),
        general=frozenset(voices["general"]),
        documents=frozenset(voices["documents"]),
    )


def _antecedent(
    mention: SourceMention, seen: Sequence[SourceMention], roots: dict[Span, Span], text: str, words: _Words, named: Sequence[Span]
) -> Span | None:  # fmt: skip
    keys = [fold_word(w) for w in mention.text.replace("’", "'").replace("'", "' ").split()]
    if not keys:
        return None
    earlier = [v for v in seen if v.span.stop <= mention.span.start]
    if len(keys) == 1 and keys[0] in words.pronouns:
        return _last_fitting(keys[0], earlier, roots, text, words)
    if any(k in words.same for k in keys):
        return roots[earlier[-1].span] if earlier else None
    own = _content_words(mention.text, words)
    for other in reversed(earlier):
        root = roots[other.span]
        fuller = _content_words(root.of(text), words)
        if own and own < fuller | _initials(root.of(text)) and not own >= fuller:
            return root
    short = len(own) <= 2
    if short:
        for span in reversed([s for s in named if s.stop <= mention.span.start]):
            fuller = _content_words(span.of(text), words)
            if own and own < fuller and _last_word(mention.text) in fuller:
                return span
    if keys[0] in words.determiners and own and any(k in words.general for k in keys[1:]):
        return _definite(mention, earlier, roots, keys, words)
    return None


def _content_words(text: str, words: _Words) -> frozenset[str]:
    folded = fold_name(text).split()
    return frozenset(w for w in folded if len(w) >= _STOP_LENGTH and w not in words.determiners)


def _initials(text: str) -> frozenset[str]:
    names = [w for w in text.split() if w[:1].isupper()]
    return frozenset({"".join(w[0] for w in names).casefold()}) if len(names) > 1 else frozenset()


def _last_word(text: str) -> str:
    folded = fold_name(text).split()
    return folded[-1] if folded else ""


def _last_fitting(
    pronoun: str, earlier: Iterable[SourceMention], roots: dict[Span, Span], text: str, words: _Words
) -> Span | None:  # fmt: skip
    for other in reversed(list(earlier)):
        root = roots[other.span]
        if pronoun in words.plural and not _is_plural(root.of(text)):
            continue
        return root
    return None


def _is_plural(phrase: str) -> bool:
    return any(len(w) > 3 and w.endswith(("s", "x")) for w in fold_word(phrase).split())


def _definite(
    mention: SourceMention, earlier: Sequence[SourceMention], roots: dict[Span, Span], keys: Sequence[str], words: _Words
) -> Span | None:  # fmt: skip
    document = any(k in words.documents for k in keys)
    for other in reversed(earlier):
        if document or other.kind == mention.kind or SourceKind.PERSON in (other.kind, mention.kind):
            return roots[other.span]
    return None
