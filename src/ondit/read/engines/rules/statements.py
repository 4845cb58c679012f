"""Statements: a line at the head says who issued what stands below it: "Statement by the General Staff:"."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import SourceKind, SourceMention, Span
from ondit.model.records import record, replace
from ondit.read.engines.rules.claims import Draft
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.numerals import phrase_end
from ondit.read.engines.rules.units import Parse, token_range
from ondit.read.engines.rules.voices import kind_of
from ondit.text.tokens import tokenise

_OPENS = 6  # tokens of a heading in which its noun stands: "the text of the statement"
_BETWEEN = 5  # tokens between the noun and "by": "joint press statement No. 4"
_LONGEST = 24  # tokens of a heading
_HEADLINES = 4  # sentences at the head of a report, of which one may be a heading without a colon
_ENDS = frozenset({",", "،", ":", "(", "-", "–", "—", "|", ".", "/"})


@record
class Statement:
    """A heading, as it stands in the text, its noun, and who issued the statement; nobody where it only says that it is one."""

    heading: Span
    noun: Span
    voice: SourceMention | None


@record
class _Words:
    nouns: tuple[tuple[str, ...], ...]
    by: tuple[tuple[str, ...], ...]
    ends: frozenset[str]
    articles: tuple[str, ...]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    pack = load_pack(language)
    table = pack.table("grammar/attribution").get("statement", {})
    clitics = pack.token_rules.clitics
    return _Words(
        nouns=_phrases(pack, table.get("nouns", ())),
        by=_phrases(pack, table.get("by", ())),
        ends=_ENDS.union(table.get("ends", ())),
        articles=() if clitics is None else (clitics.article,),
    )


def _phrases(pack: Pack, written: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as the keys of their tokens, the longest first."""
    return tuple(sorted((tuple(tokenise(phrase, pack.token_rules).keys) for phrase in written), key=len, reverse=True))


def find_statements(parse: Parse) -> list[Statement]:
    """The headings of a report in text order."""
    words = _words(parse.pack.language)
    firsts = frozenset(noun[0] for noun in words.nouns)
    if not words.nouns or not parse.where(firsts):
        return []
    ranges = (token_range(parse.tokens, sentence) for sentence in parse.document.sentences)
    found = (_statement(parse, words, *tokens, number < _HEADLINES) for number, tokens in enumerate(ranges))
    return [statement for statement in found if statement is not None]


def _statement(parse: Parse, words: _Words, first: int, end: int, at_the_head: bool) -> Statement | None:
    keys = parse.tokens.keys
    longest = min(end, first + _LONGEST)
    colon = next((at for at in range(first, longest) if keys[at] == ":"), 0)
    last = colon + 1 if colon else end
    if not 0 < last - first <= _LONGEST or not (colon or (at_the_head and _is_a_line(parse, last))):
        return None
    for at in range(first, min(first + _OPENS, last)):
        behind = max((phrase_end(keys, at, noun, words.articles) for noun in words.nouns), default=0)
        if not at < behind <= last:
            continue
        voice = next(_issuers(parse, words, behind, last), None)
        told = parse.tags[first:at] + parse.tags[behind : last if voice is None else parse.token_at(voice.span.stop)]
        if "V" in told or "X" in told or (voice is None and colon):
            return None
        return Statement(parse.span(first, last), parse.span(at, behind), voice)
    return None


def _is_a_line(parse: Parse, last: int) -> bool:
    """Does nothing stand behind token `last` (exclusive) in its line?"""
    stop = parse.tokens.stops[last - 1]
    return parse.text[stop : stop + _ROOM].lstrip(" \t\u00a0*_")[:1] in ("\n", "\r", "")


_ROOM = 8  # characters behind a heading in which its line ends


def _issuers(parse: Parse, words: _Words, behind: int, last: int) -> Iterator[SourceMention]:
    """Who issued it, behind "by", or right behind the noun ("statement-of the army")."""
    keys = parse.tokens.keys
    starts = [
        end
        for at in range(behind, min(behind + _BETWEEN, last))
        if (end := max((phrase_end(keys, at, by, words.articles) for by in words.by), default=0))
    ]
    for first in [*starts[:1], *([behind] if words.articles else [])]:
        stop = next((at for at in range(first, last) if keys[at] in words.ends), last)
        stop -= stop > first and keys[stop - 1] in words.articles
        if first >= stop:
            continue
        span = trim(parse, parse.span(first, stop))
        kind = kind_of(parse, span)
        if len(span) > 1 and kind is not SourceKind.OTHER:
            rule = f"{parse.pack.language}/attribution:statement"
            yield SourceMention(span=span, text=span.of(parse.text), kind=kind, rule=rule)


def through_statements(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in which what nobody else says below a heading is told by who issued the statement; a heading itself tells nothing."""
    statements = find_statements(parse)
    if not statements:
        return list(drafts)
    out: list[Draft] = []
    for draft in drafts:
        at = bisect_right(statements, draft.content.start, key=_begin) - 1
        if draft.chain or at < 0:
            out.append(draft)
        elif draft.content.stop > statements[at].heading.stop:
            out.append(_issued(parse, draft, statements[at]))
    return out


def _issued(parse: Parse, draft: Draft, statement: Statement) -> Draft:
    """A draft below or behind a heading, told by whoever that names."""
    stop, voice = statement.heading.stop, statement.voice
    content = draft.content if draft.content.start >= stop else trim(parse, Span(stop, draft.content.stop))
    if voice is None:
        return replace(draft, content=content)
    return replace(draft, content=content, chain=(voice,), cue=statement.noun, rule=voice.rule)


def _begin(statement: Statement) -> int:
    return statement.heading.start
