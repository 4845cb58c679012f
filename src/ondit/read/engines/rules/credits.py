"""Credits: whom a line or post says at its end that it has what it tells from: "(source: Radio Okapi)", "Sources: X, Y", "via @X"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Document, SourceKind, SourceMention, Span
from ondit.model.records import record
from ondit.read.engines.rules.triggers import load_triggers
from ondit.read.engines.rules.units import Parse
from ondit.read.engines.rules.voices import kind_of
from ondit.registry import outlet_names
from ondit.text.folding import fold_word
from ondit.text.signs import before_signs, is_sign
from ondit.text.tokens import tokenise

_LONGEST = 12  # tokens of the voices
_BRACKETS = {"(": ")", "[": "]"}
_LEADS = frozenset("([-–—|.!?…,;/") | {"..", "..."}
_SET_OFF = frozenset("([-–—|")
_MARKS = frozenset(":/–-")
_JOINED = frozenset(",;/+&،؛")
_NEVER = frozenset(':?!«»"“”')


@record
class Credit:
    """A credit: its tokens `first` … `last` (exclusive), the word that shows it, and the token ranges of its voices."""

    first: int
    last: int
    cue: tuple[int, int]
    voices: tuple[tuple[int, int], ...]


def find_credits(document: Document, pack: Pack) -> list[Credit]:
    """The credits of a document in text order."""
    keys = document.tokens.keys
    words, relaying, joins = _words(pack.language)
    article = pack.token_rules.clitics.article if pack.token_rules.clitics is not None else ""
    stems = {word.removeprefix(article) for word in words} | {lead[0] for lead in relaying} | _BRACKETS.keys()
    marked = [at for at, key in enumerate(keys) if key in stems]
    if not marked:
        return []
    finder = _Finder(document, words, relaying, joins, article, pack)
    return list(finder.credits(marked))


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[frozenset[str], tuple[tuple[str, ...], ...], frozenset[str]]:
    pack = load_pack(language)
    credit = pack.table("grammar/attribution").get("credit", {})
    relaying = tuple(tuple(tokenise(lead, pack.token_rules).keys) for lead in credit.get("relaying", ()))
    return frozenset(credit.get("words", ())), relaying, frozenset(credit.get("joins", ()))


class _Finder:
    def __init__(
        self,
        document: Document,
        words: frozenset[str],
        relaying: tuple[tuple[str, ...], ...],
        joins: frozenset[str],
        article: str,
        pack: Pack,
    ) -> None:
        self.text = document.report.text
        self.tokens = document.tokens
        self.keys = document.tokens.keys
        self.words, self.relaying, self.joins, self.article = words, relaying, joins, article
        self.pack = pack
        self.lines = [p.start for p in document.paragraphs]
        self.line_stops = [p.stop for p in document.paragraphs]

    def credits(self, marked: Sequence[int]) -> Iterator[Credit]:
        free = 0
        for at in marked:
            if at < free:
                continue
            found = self._outlet_in_brackets(at) if self.keys[at] in _BRACKETS else self._worded(at)
            if found is not None:
                free = found.last
                yield found

    def _tells(self, keys: Sequence[str]) -> bool:
        """Does something happen in it ("Source: a leak killed them")?"""
        entries = load_triggers(self.pack).entries
        known = [entries[key] for key in keys if key in entries]
        return any(all(e.part == "v" for e in found) and any(not e.rest for e in found) for found in known)

    def _line(self, at: int) -> tuple[int, int]:
        """The tokens of the line in which a token stands."""
        index = bisect_left(self.lines, self.tokens.starts[at] + 1) - 1
        starts = self.tokens.starts
        return bisect_left(starts, self.lines[index]), bisect_left(starts, self.line_stops[index])

    def _worded(self, at: int) -> Credit | None:
        """As in "Source: X", "(sources: X, Y)", "via @X"."""
        begin, end = self._line(at)
        behind = at + 1
        if at > begin and self.keys[at - 1] == self.article and self.tokens.stops[at - 1] == self.tokens.starts[at]:
            at -= 1
        before = self.keys[at - 1] if at > begin else ""
        bracket = _BRACKETS.get(before)
        first = at - (bracket is not None)
        led = next((lead for lead in self.relaying if tuple(self.keys[at : at + len(lead)]) == lead), ())
        if led:
            behind = at + len(led)
            handle = self.keys[behind : behind + 1] == ["@"]
            set_off = handle or before in _SET_OFF  # "the convoy left, via Gao" says no credit
            return self._credit(first, (at, behind), behind, end, bracket) if set_off else None
        worded = "".join(self.keys[at:behind]) in self.words and behind < end and self.keys[behind] in _MARKS
        set_off = not before or before in _LEADS or is_sign(before[0])
        return self._credit(first, (at, behind), behind + 1, end, bracket) if worded and set_off else None

    def _outlet_in_brackets(self, at: int) -> Credit | None:
        """As in "… in Gao. (AFP)": an outlet that the registry knows, in brackets behind the stop of the line."""
        begin, end = self._line(at)
        stops = at > begin and self.keys[at - 1] in (".", "!", "?", "…", '"', "»", "”")
        found = self._credit(at, (at, at + 1), at + 1, end, _BRACKETS[self.keys[at]]) if stops else None
        return found if found is not None and all(self._is_outlet(*voice) for voice in found.voices) else None

    def _is_outlet(self, first: int, last: int) -> bool:
        names, abbreviations = outlet_names()
        written = self.text[self.tokens.starts[first] : self.tokens.stops[last - 1]]
        return written in abbreviations or fold_word(written) in names

    def _credit(self, begin: int, cue: tuple[int, int], first: int, end: int, bracket: str | None) -> Credit | None:
        """The credit whose voices begin at a token and close the line, or the bracket that closes it."""
        last = end
        while last > first and self.keys[last - 1] in (".", "…"):
            last -= 1
        if bracket is not None:
            if last <= first or self.keys[last - 1] != bracket:
                return None
            last -= 1
        if not 0 < last - first <= _LONGEST or not _NEVER.isdisjoint(self.keys[first:last]):
            return None
        voices = () if self._tells(self.keys[first:last]) else tuple(self._voices(first, last))
        return Credit(begin, end, cue, voices) if voices else None

    def _voices(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        begin = first
        for at in range(first, last + 1):
            if at == last or self.keys[at] in _JOINED or self.keys[at] in self.joins:
                if at > begin and self._is_name(begin, at):
                    yield begin, at
                begin = at + 1

    def _is_name(self, first: int, last: int) -> bool:
        """Is it somebody, and no address and no day ("Radio Okapi, 2 March")?"""
        keys = self.keys[first:last]
        if keys[0].startswith(_ADDRESSES) or (keys[0][0].isdigit() and len(keys) > 1):
            return False
        return any(key[0].isalpha() for key in keys)


_ADDRESSES = ("http", "www.")


def credited(parse: Parse, credit: Credit) -> tuple[Span, tuple[SourceMention, ...]]:
    """What a credit covers – the sentence or line before it, or the block of lines that it closes – and its voices."""
    rule = f"{parse.pack.language}/attribution:credit"
    voices = []
    for first, last in credit.voices:
        span = parse.span(first, last)
        handle = parse.tokens.keys[first] == "@"
        kind = SourceKind.SOCIAL_CHANNEL if handle else kind_of(parse, span)
        voices.append(SourceMention(span=span, text=span.of(parse.text), kind=kind, rule=rule))
    return Span(_scope(parse, credit), parse.tokens.starts[credit.first]), tuple(voices)


def _scope(parse: Parse, credit: Credit) -> int:
    """Where what a credit covers begins."""
    document, start = parse.document, parse.tokens.starts[credit.first]
    line = document.paragraphs[bisect_left(document.paragraphs, start + 1, key=_begin) - 1].start
    before = bisect_left(document.sentences, start, key=_begin) - 1
    sentence = document.sentences[before].start if before >= 0 else 0
    if line < start:
        return max(line, sentence)
    behind = before_signs(parse.text, 0, start)
    return max(parse.text.rfind(blank, 0, behind) for blank in ("\n\n", "\n\r\n")) + 1


def _begin(span: Span) -> int:
    return span.start
