"""One reporting word that no pattern of the grammar reads: its nearest subject and the rest of its clause."""

import re
from dataclasses import dataclass

from evaluation.polnear_words import words
from ondit.model import Span
from ondit.read.engines.rules.edges import trim
from ondit.read.engines.rules.units import Clause, Parse, Unit

NP = r"(?:[ny](?:\([^()]{1,9}\))?(?:[oe]{1,2}[nyT](?:\([^()]{1,9}\))?|ko?[ny](?![VUR]))*)"
_SUBJECTS = tuple(
    re.compile(pattern + "[aTz]*$")
    for pattern in (
        r"(?P<s>L)",
        rf"(?<![oetbS])(?P<s>{NP}[,-](?:L[^;:Q]{{1,40}}|[^VURBL;:Q]{{1,40}}(?:L[^;:Q,]{{1,30}})?)[,-])",
        rf"(?<![oetbS])(?P<s>{NP}(?:L[^,;:Q]{{1,24}}|[gjGJ][^,;:QVURB]{{1,14}})?|p)",
    )
)
_AFTER = re.compile(rf"(?P<s>{NP}(?:,[^VURBQ;]{{1,30}}?(?=[,.]|$)|,?L[^,;Q]{{1,24}})?|p)(?![aTz]*[VURB])")
_LEFT = re.compile(r"^[k]?(?P<c>.*[VURBUQjgin].*?)[,aT]*$")
_TELLS = (
    re.compile(r"[aTz]*(?:(?:t|eg?)?[nyp]|e[nyT]+(?:o[ny])*)?[aT,:]*(?P<c>Q)"),
    re.compile(r"(?:[aTzs]|t?[nyp]+(?:o[ny])*|e[nyT]+(?:o[ny])*)*?,?(?P<c>C.+)"),
    re.compile(r"(?:[aTz]|[nyp](?:o[ny])*(?=[aT]*(?:t[iIz]|W)))*(?P<c>(?:W|t[aTz]*[iI]|t[iIzZ]|[iIgGz]).+)"),
    re.compile(r"[aTz]*(?P<c>(?:[nypxjJ#(o]|[eTt]).*)"),
)


@dataclass(frozen=True)
class Found:
    """One attribution as read, before its spans are drawn: source (None when nobody is named), cue, pieces of content."""

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    clause: int
    nominal: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Verb:
    """A reporting verb in its clause: `at` its unit, `subject` whose verb it is, `begin` the unit at which that subject begins."""

    parse: Parse
    clause: Clause
    index: int
    at: int
    unit: Unit
    subject: Span | None
    begin: int

    def read(self) -> Found | None:
        """Its attribution, None when it has no source or nothing is attributed."""
        if self.unit.verb is None:
            return None
        if self.unit.kind in "RV" and any(e.lemma in words().table["raising"] for e in self.unit.verb.reporting):
            return self._seeming()
        if asked := self._asked():
            return asked
        if self.unit.kind in "BJ":
            return self._passive()
        return self._after_quotation() or self._inverted() or self._active()

    @property
    def _cue(self) -> Span:
        return self.parse.span(self.unit.first, self.unit.last)

    @property
    def _frames(self) -> frozenset[str]:
        entries = self.unit.verb.reporting if self.unit.verb else ()
        return frozenset[str]().union(*(e.frames for e in entries))

    @property
    def _clausal(self) -> bool:
        return bool(self._frames & set("sqw"))

    @property
    def _before(self) -> str:
        return self.clause.symbols[: self.begin]

    @property
    def _after(self) -> str:
        return self.clause.symbols[self.at + 1 :]

    def _piece(self, first: int, last: int) -> Span:
        """The words of units; a quotation alone without its marks."""
        units = self.clause.units
        quotation = units[first].quotation
        if quotation is not None and last == first + 1:
            return quotation.inner
        return trim(self.parse, self.parse.span(units[first].first, units[last - 1].last))

    def _group(self, match: re.Match[str], name: str) -> Span:
        """The words of a group matched in what comes after the verb."""
        return self._piece(self.at + 1 + match.start(name), self.at + 1 + match.end(name))

    def _to_limit(self, first: int, *, clausal: bool) -> Span:
        return self._piece(first, limit(self.parse, self.clause, first, clausal=clausal))

    def _found(self, source: Span | None, *contents: Span, quoted: bool = False) -> Found:
        return Found(source, self._cue, contents, self.index, quoted=quoted)

    def _seeming(self) -> Found | None:
        """Nobody's view, and the subject belongs to the content: "Clinton seems to have won"."""
        if self.subject is None or self.at + 1 >= len(self.clause.units):
            return None
        rest = self._to_limit(self.at + 1, clausal=True)
        return self._found(None, self.subject, rest) if len(rest) > 1 else None

    def _asked(self) -> Found | None:
        """Who asked is not named: "Asked about the plan, he …"."""
        verb = self.unit.verb
        if self.subject is not None or verb is None or self.unit.kind not in "RJ":
            return None
        if self.parse.tokens.keys[verb.head] not in words().table["asked"]:
            return None
        pattern = r"[aT]*(?:b[ny](?:o[ny])*)?[aT]*(?P<c>(?:W|e|t[iI]).*?)(?=,|[.]?$)"
        match = re.match(pattern, self._after)
        return self._found(None, self._group(match, "c")) if match else None

    def _passive(self) -> Found | None:
        agent = re.match(rf"[aT]*b(?P<s>{NP})", self._after)
        source = self._group(agent, "s") if agent else None
        if self.unit.kind == "J":
            return self._participle(source)
        starts = "(?:t[aT]*[izI]|C|W|e|S|s|[nx])" if self._names() else "(?:t[aT]*[izI]|C|W|e|S|s)"
        rest = re.match(rf"[aT]*(?P<c>{starts}.*)", self._after) if agent is None else None
        contents = [self.subject] if self.subject is not None else []
        if rest:
            contents.append(self._to_limit(self.at + 1 + rest.start("c"), clausal=True))
        return self._found(source, *contents) if contents and (source or rest) else None

    def _participle(self, source: Span | None) -> Found | None:
        asked = re.match(r"[aT]*(?:b[ny])?[aT]*(?P<c>(?:W|e|t[iI]).*)", self._after) if "w" in self._frames else None
        if asked is not None:
            first = self.at + 1 + asked.start("c")
            comma = self.clause.symbols.find(",", first) if self.begin == self.at else -1
            last = limit(self.parse, self.clause, first, clausal=True)
            last = min(comma, last) if comma >= 0 else last
            return self._found(source, self._piece(first, last)) if last > first else None
        before = re.search(rf"(?P<s>{NP}),?[aT]*$", self.clause.symbols[: self.at])
        if source is None and before and re.match(r"[aT]*[en]", self._after) and self._names():
            rest = self._to_limit(self.at + 1, clausal=False)
            return self._found(None, self._piece(*before.span("s")), rest)
        return self._found(source, self._piece(*before.span("s"))) if source and before else None

    def _names(self) -> bool:
        """Does the verb say what something is called or held to be?"""
        entries = self.unit.verb.reporting if self.unit.verb else ()
        return any(entry.lemma in words().table["naming"] for entry in entries)

    def _after_quotation(self) -> Found | None:
        if self._clausal and self._before.endswith("Q"):
            return self._found(self.subject, self._piece(self.begin - 1, self.begin), quoted=True)
        return None

    def _inverted(self) -> Found | None:
        """The voice stands behind its verb: "…, said the army"."""
        before = self.clause.symbols[: self.at]
        if self.unit.kind != "R" or not self._clausal or self.begin != self.at or not re.search(r"[Q,][aT]*$", before):
            return None
        voice, left = _AFTER.match(self._after), _LEFT.match(before)
        if voice is None or left is None:
            return None
        first, last = left.span("c")
        if "Q" in before[-2:]:
            first = before.rindex("Q")
            last = first + 1
        return self._found(self._group(voice, "s"), self._piece(first, last))

    def _active(self) -> Found | None:
        if self.subject is None:
            return None
        if (medial := self._medial()) is not None:
            return medial
        for pattern in _TELLS:
            if match := pattern.match(self._after):
                first = self.at + 1 + match.start("c")
                if self._frames == {"q"} and self.clause.units[first].kind != "Q":
                    return None  # "continued to fight"
                content = self._piece(first, self._end(first))
                if len(content) > 1:
                    return self._found(self.subject, content)
        left = _LEFT.match(self._before)
        if self._clausal and left and self.unit.kind == "R":
            return self._found(self.subject, self._piece(*left.span("c")))
        return None

    def _medial(self) -> Found | None:
        """The content stands on both sides: "In March, he said, two men were killed"."""
        within = re.match(r"[aTz]*,(?=.*[nypVURB])", self._after)
        if "s" not in self._frames or self.unit.kind != "R" or within is None or not self._before.endswith(","):
            return None
        left, comma = _LEFT.match(self._before), self.at + 1 + self._after.index(",") + 1
        start = left.start("c") if left else len(self._before) - len(self._before.lstrip("k"))
        if start >= self.begin - 1:
            return None
        both = self._piece(start, self.begin - 1), self._piece(comma, len(self.clause.units))
        return self._found(self.subject, *both)

    def _end(self, first: int) -> int:
        """The unit at which a content that begins at a unit ends."""
        symbols = self.clause.symbols
        if symbols[first] == "Q":
            return first + 1
        last = limit(self.parse, self.clause, first, clausal=self._clausal or symbols[first] in "Ct")
        if self.unit.kind == "G" and not re.search("[VURB]", symbols[: self.at]):
            # "Appearing on CBS, the senator said …"
            main = re.search(r",(?=[aT]*[nyp][^,]*[VURB])", symbols[first:last])
            last = first + main.start() if main else last
        return last


def according(parse: Parse, clause: Clause, index: int, at: int) -> Found | None:
    """A preposition of source that no pattern reads: "According to X, …", "…, according to X"."""
    symbols, units = clause.symbols, clause.units
    match = re.match(rf"(?P<s>{NP})", symbols[at + 1 :])
    if match is None:
        return None
    end = at + 1 + match.end()
    source = trim(parse, parse.span(units[at + 1].first, units[end - 1].last))
    if re.fullmatch("[kaT]*", symbols[:at]):
        comma = symbols.find(",", end)
        first, last = comma + 1, len(symbols)
        if comma < 0:
            return None
    else:
        first, last = 0, at
    content = trim(parse, parse.span(units[first].first, units[last - 1].last)) if first < last else None
    return Found(source, parse.span(units[at].first, units[at].last), (content,), index) if content else None


def limit(parse: Parse, clause: Clause, first: int, *, clausal: bool) -> int:
    """The unit at which a content that begins at a unit ends (exclusive)."""
    symbols = clause.symbols
    verb_inside = False
    for at in range(first + 1, len(symbols)):
        kind, rest = symbols[at], symbols[at + 1 :]
        if kind == ";" or (kind == "." and not rest):
            return at
        if kind in "k," and re.match(r"k?[aT]*R" if clausal and verb_inside else r"k?[aT]*[VRUB]", rest):
            return at
        key = parse.tokens.keys[clause.units[at].first]
        if key in words().table["leaves"] and re.match(r"[aT]*[nyp].*[VURB]", rest):
            return at
        if not clausal and _leaves_phrase(kind, key, rest):
            return at
        verb_inside = verb_inside or kind in "VURB"
    return len(symbols)


def _leaves_phrase(kind: str, key: str, rest: str) -> bool:
    """Does a content without a verb of its own end here?"""
    if kind == "," and re.match(r"[aT]*[gG]|k?[aT]*[nyp][^,]*[VRUB]|[aT]*[sL]?e[gG]", rest):
        return True
    return kind in "sWez" and key in words().table["circumstances"]


def next_subject(parse: Parse, clause: Clause, at: int) -> Span | None:
    """The subject of the main clause after a participle that opens the sentence."""
    for later in range(at + 1, len(clause.units)):
        if clause.symbols[later] in "VURB":
            found = subject_of(parse, clause, later)
            return found[0] if found else None
    return None


def counts(unit: Unit) -> bool:
    """Not who is reached by an outlet; an infinitive only when its verb says something."""
    assert unit.verb is not None
    kinds = {entry.kind for entry in unit.verb.reporting}
    if any(entry.lemma in words().table["excluded"] for entry in unit.verb.reporting):
        return False
    return bool(kinds - {"relay"}) and (unit.kind != "I" or bool(kinds & words().table["infinitive_kinds"]))


def subject_of(parse: Parse, clause: Clause, at: int) -> tuple[Span, int] | None:
    """The subject right before a verb, and the unit at which it begins."""
    before = clause.symbols[:at]
    for pattern in _SUBJECTS:
        if match := pattern.search(before):
            first, last = match.span("s")
            span = parse.span(clause.units[first].first, clause.units[last - 1].last)
            key = parse.tokens.keys[clause.units[first].first]
            if key in words().table["nobody"]:
                return None
            if (
                first
                and clause.symbols[first - 1] == "p"
                and parse.tokens.keys[clause.units[first - 1].first] in words().table["owners"]
            ):
                first -= 1
                span = parse.span(clause.units[first].first, clause.units[first].last).cover(span)
            return span, first
    return None
