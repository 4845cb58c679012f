"""What stands before the first sentence of a line and is told by nobody: marks, labels, hashtags, hours of a ticker, datelines."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.model import Document
from ondit.read.engines.rules.credits import find_credits
from ondit.read.engines.rules.units import Parse, token_range
from ondit.text.signs import before_signs, is_sign
from ondit.text.tokens import tokenise

_MARKS = frozenset("-–—|~>*_:=+/\\")
_ENDS = frozenset({":", "-", "–", "—", "|", "!", ".", "..", "...", "…", "/", "//", "،", ","})
_BRACKETS = {"[": "]", "(": ")", "{": "}", "【": "】"}
_BRACKETED = 5  # tokens inside square brackets or before a bar at most: "[MALI – SAHEL]"
_LABEL = 3  # tokens
_NUMBER = 2  # digits in the number of a list's item
_PIECES = 8  # labels, tags and the like in a row


def sentence_ranges(document: Document, pack: Pack) -> list[tuple[int, int, int]]:
    """First token of each sentence, the first behind the head of its line, and the one after its last."""
    text, tokens = document.report.text, document.tokens
    labels = _labels(pack.language)
    elsewhere, formal = _untold(pack.language)
    credit_at = {at: credit.first for credit in find_credits(document, pack) for at in range(credit.first, credit.last)}
    ranges = []
    for sentence in document.sentences:
        first, last = token_range(tokens, sentence)
        if last > first:
            last = credit_at.get(last - 1, last)  # whom the line has it from is no part of its sentence
        heads = heads_line(text[max(0, sentence.start - LINE) : sentence.start])
        body = _Head(document, labels).behind(first, last) if heads else first
        untold = heads and (
            _leads_elsewhere(tokens.keys, body, last, elsewhere)
            or (last - body <= _FORMAL and _opens_with(tokens.keys, body, formal))
        )
        ranges.append((first, last if untold else body, last))
    return ranges


@lru_cache(maxsize=16)
def _labels(language: str) -> frozenset[str]:
    return frozenset(load_pack(language).table("grammar/attribution")["content"].get("labels", ()))


_FORMAL = 9  # tokens


@lru_cache(maxsize=16)
def _untold(language: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The words that open a line which leads elsewhere ("Read also: …", "Follow us on …"), and a short one that is mere form ("Done at …")."""
    pack = load_pack(language)
    content = pack.table("grammar/attribution")["content"]
    return tuple(
        tuple(tuple(tokenise(words, pack.token_rules).keys) for words in content.get(name, ()))
        for name in ("elsewhere", "formal")
    )


def _leads_elsewhere(keys: Sequence[str], at: int, last: int, openings: Sequence[tuple[str, ...]]) -> bool:
    """Is it such a line: short, or with a mark behind its opening? A sentence may begin with the same words."""
    behind = max((at + len(words) for words in openings if tuple(keys[at : at + len(words)]) == words), default=at)
    marked = not _LED.isdisjoint(keys[max(at, behind - 1) : behind + _NAMED])
    return behind > at and (marked or last - at <= _LEADING)


_LED = frozenset(":|–—-")
_NAMED, _LEADING = 4, 12  # tokens of an outlet before the mark ("Read also on RFI: …"), of a line without one


def _opens_with(keys: Sequence[str], at: int, openings: Sequence[tuple[str, ...]]) -> bool:
    return any(tuple(keys[at : at + len(words)]) == words for words in openings)


def heads_line(before: str) -> bool:
    """Does nothing but signs, dashes and the like stand in a line, as far as it goes here?"""
    stop = before_signs(before, 0, len(before))
    while stop and before[stop - 1] in _MARKS and _BREAKS.isdisjoint(before[stop:]):
        stop = before_signs(before, 0, stop - 1)
    return stop == 0 or not _BREAKS.isdisjoint(before[stop:])


_BREAKS = frozenset("\r\n\u2028\u2029")
LINE = 40
"""Characters looked back at to see whether a line begins."""


class _Head:
    """The head of a line, piece by piece."""

    def __init__(self, document: Document, labels: frozenset[str]) -> None:
        self.text = document.report.text
        self.tokens = document.tokens
        self.keys = document.tokens.keys
        self.labels = labels

    def behind(self, first: int, last: int) -> int:
        """The first token of what is told; `first` where nothing stands before it, or nothing behind."""
        at = first
        for _ in range(_PIECES):
            before, at = at, self._behind_piece(at, last)
            if at == before:
                break
        return at if at < last else first

    def _behind_piece(self, at: int, last: int) -> int:
        behind = self._behind_marks(at, last)
        if behind < last:
            pieces = (
                self._behind_label,
                self._behind_tag,
                self._behind_brackets,
                self._behind_number,
                self._behind_bar,
            )
            for piece in pieces:
                if (found := piece(behind, last)) > behind:
                    return found
        return behind

    def _behind_marks(self, at: int, last: int) -> int:
        """Dashes with a space behind, bars, arrows, emoji."""
        while at < last and self._is_mark(at, last):
            at += 1
        return at

    def _is_mark(self, at: int, last: int) -> bool:
        key = self.keys[at]
        if is_sign(key[0]):
            return True
        glued = at + 1 < last and self.tokens.starts[at + 1] == self.tokens.stops[at] and self.keys[at + 1].isdigit()
        return key[0] in _MARKS and not glued  # "-5 degrees", "+33" stay

    def _ends(self, at: int, last: int) -> bool:
        return at < last and (self.keys[at] in _ENDS or is_sign(self.keys[at][0]))

    def _behind_label(self, at: int, last: int) -> int:
        """As in "BREAKING: …", "#Urgent …", "[UPDATE] …"."""
        bracket = _BRACKETS.get(self.keys[at])
        begin = at + (bracket is not None)
        hashed = begin < last and self._hashed(begin)
        for length in range(_LABEL, 0, -1):
            stop = begin + length
            if stop >= last or not self._is_label(begin, stop):
                continue
            if bracket is not None:
                return stop + 1 if self.keys[stop] == bracket else at
            return stop if hashed or self._ends(stop, last) else at
        return at

    def _is_label(self, begin: int, stop: int) -> bool:
        words = self.keys[begin:stop]
        return " ".join(words) in self.labels or "".join(words) in self.labels

    def _behind_tag(self, at: int, last: int) -> int:
        """As in "#Mali | …", "#Mali #Gao : …": a hashtag that a mark, an emoji or another hashtag sets off from the sentence."""
        if not self._hashed(at):
            return at
        stop = at + 1
        while stop < last and (
            self.tokens.starts[stop] == self.tokens.stops[stop - 1] and self.keys[stop][0].isalnum()
        ):
            stop += 1
        return stop if stop < last and (self._ends(stop, last) or self._hashed(stop)) else at

    def _hashed(self, at: int) -> bool:
        """Is it a hashtag's word?"""
        start = self.tokens.starts[at]
        return self.text[max(0, start - 1) : start] == "#"

    def _behind_brackets(self, at: int, last: int) -> int:
        """As in "[MALI] …", "[14:30] …"."""
        if self.keys[at] not in ("[", "【"):
            return at
        closing = self.keys[at : min(last, at + _BRACKETED + 2)]
        return at + closing.index(_BRACKETS[self.keys[at]]) + 1 if _BRACKETS[self.keys[at]] in closing else at

    def _behind_bar(self, at: int, last: int) -> int:
        """As in "Sahel | …", "Follow-up | …"."""
        head = self.keys[at : min(last, at + _BRACKETED)]
        return at + head.index("|") + 1 if "|" in head else at

    def _post(self, start: int, end: int) -> re.Match[str] | None:
        """The number of a post in a thread, "3/7 …", where one "1/7" heads a line, too: "12/03 …" may be a day."""
        match = _POST.match(self.text, start, end)
        first = None if match is None else re.search(rf"^\W*1/{match.group(1)}[ \t\u00a0]", self.text, re.MULTILINE)
        return match if first is not None else None

    def _behind_number(self, at: int, last: int) -> int:
        """As in "1) …", "(2) …", "3. …", and the hour of a ticker: "14:30 – …", "14h30 | …"."""
        start = self.tokens.starts[at]
        end = min(start + LINE, self.tokens.stops[last - 1])
        match = NUMBERED.match(self.text, start, end) or self._post(start, end)
        if match is None:
            return at
        stop = at
        while stop < last and self.tokens.starts[stop] < match.end():
            stop += 1
        return stop


_POST = re.compile(r"\d{1,2}/(\d{0,2})[ \t\u00a0]")
_ZONE = r"(?: ?(?:GMT|UTC|EST|EDT|CET|CEST|EET|BST|hrs|h|Z))"
NUMBERED = re.compile(
    r"\(?\d{1,2}\)[ \t\u00a0]|\d{1,2}(?:\.|[.)]?[-–_/])[ \t\u00a0]|\d{1,2}[ \t\u00a0][-–][ \t\u00a0]"
    rf"|\(?\d{{1,2}} ?[:hH٫.] ?\d{{2}}\)?{_ZONE}?[ \t\u00a0]*[-–—|:•][ \t\u00a0]"
    rf"|(?:[01]\d|2[0-3])[0-5]\d{_ZONE}[ \t\u00a0]*[-–—|:•]?[ \t\u00a0]"  # "1042 GMT: …"
    rf"|(?:0\d|1[0-8]|2[1-3])[0-5]\d[ \t\u00a0]*[-–—|:•][ \t\u00a0]"  # "1042 - …", no year
    rf"|\d{{1,2}}[:.]\d{{2}}{_ZONE}?[ \t\u00a0](?=[A-Z@#“\"‘«]|[^\x00-\u024f])"  # "10:42 The army …", the hour of a live blog
    r"|\(\d{1,2}[:h]\d{2}\)[ \t\u00a0]"
)


_DATELINE = 14  # tokens before the dash of a dateline
_DASHES = frozenset("-–—")
_STATE = re.compile(
    r"(?:^|(?<=\n))[A-Z][A-Z .'-]+, [A-Z][a-z]{1,5}\. ?$"
)  # "GLASGOW, Ky. | (AP) –": what looks like a sentence before
_IN_DATELINES = frozenset(",/()")


def after_dateline(parse: Parse, begin: int, first: int, last: int) -> int:
    """The first token behind "Bamako, 24 August (AFP) – …" at the head of a line: where and when it was written is told by nobody.

    `begin` is the first token of the sentence, `first` the one behind its labels, the tokens up to `last` are its own.
    """
    keys, tags, text = parse.tokens.keys, parse.tags, parse.text
    starts, stops = parse.tokens.starts, parse.tokens.stops
    opens = may_begin(text[starts[first]]) or text[starts[first]] == "("
    if not opens or (
        begin == first and not heads_line(_STATE.sub("", text[max(0, starts[first] - LINE) : starts[first]]))
    ):
        return first
    if (behind := _behind_quoted_outlet(parse, first, last)) > first:
        return behind
    if (behind := _behind_place(parse, first, last)) > first:
        return behind
    stretch = range(first + 1, min(last - 3, first + _DATELINE))
    dash = next((at for at in stretch if keys[at] in _DASHES and _is_a_dash(text, stops[at])), None)
    if dash is None:
        return first
    twice = keys[dash + 1] in _DASHES
    times = parse.times_in(parse.span(first, dash))
    dated = {at for time in times for at in range(*token_range(parse.tokens, time.span))}
    named = all(
        at in dated
        or keys[at] in _IN_DATELINES
        or (may_begin(text[starts[at]]) and (tags[at] not in "VX" or text[starts[at]].isupper()))
        or tags[at] in "#D"
        for at in range(first, dash)
    )
    cased = text[starts[first]].isupper()
    bracketed = ")" in keys[first:dash] if cased else keys[dash - 1] == ")"
    shown = bool(dated) or bracketed or text[starts[first] : stops[first]].isupper()
    return dash + 1 + twice if named and shown else first


_PLACE = re.compile(r"D?P{1,3}(?=\.)")
_VOICED = 10  # tokens in which a voice ends with a colon of its own


def _behind_place(parse: Parse, first: int, last: int) -> int:
    """The first token behind "Mali – …", and behind "Mali: …" where a voice with its own colon follows: "Mali: a witness: “…”"."""
    match = _PLACE.match(parse.tags, first, last)
    if match is None or match.end() + _SHORTEST > last:
        return first
    mark, text = match.end(), parse.text
    keys, start, stop = parse.tokens.keys, parse.tokens.starts[mark], parse.tokens.stops[mark]
    if keys[mark] in _DASHES:
        if not (text[start - 1].isspace() and text[stop : stop + 1].isspace()):
            return first
        inner = _PLACE.match(parse.tags, mark + 1, last)  # "Burkina Faso – Djibo: …"
        return inner.end() + 1 if inner is not None and keys[inner.end()] == ":" else mark + 1
    voiced = keys[mark] == ":" and ":" in keys[mark + 2 : min(mark + _VOICED, last - 1)]
    return mark + 1 if voiced else first


_SHORTEST = 4  # tokens of a sentence behind a place


def _behind_quoted_outlet(parse: Parse, first: int, last: int) -> int:
    """The first token behind "Sanaa - «the Gulf»: …", "Gaza «the Gulf», agencies: …"; `first` where there is none."""
    match = _OUTLET_LINE.match(parse.text, parse.tokens.starts[first])
    if match is None:
        return first
    quote, behind = parse.token_at(match.start("quote")), parse.token_at(match.end())
    agencies = parse.pack.table("grammar/attribution")["content"].get("agencies", ())
    if match.group("colon") and match.group("beside") not in agencies:
        return first  # "Lavrov: «no», adding …"
    placed = all(tag in "PD." for tag in parse.tags[first:quote]) and "P" in parse.tags[first:quote]
    return behind if placed and behind < last else first


_OUTLET_LINE = re.compile(
    r"\w+(?: \w+)? ?(?:[-–]|(?P<colon>:))? ?(?P<quote>[«“\"])\w+(?: \w+)?[»”\"](?:[,،] ?(?P<beside>\w+))? ?(?(colon):?|:) ?"
)


def _is_a_dash(text: str, stop: int) -> bool:
    """Does a space stand behind, or a second hyphen ("BEIJING --At least …")?"""
    return text[stop : stop + 1].isspace() or text[stop - 1 : stop + 1] == "--"


def may_begin(letter: str) -> bool:
    """May a name or a sentence begin with it: a capital, or a letter of a script that has none?"""
    return letter.isupper() or (letter.isalpha() and not letter.islower())
