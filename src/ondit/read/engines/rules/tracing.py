"""What the rules saw at one place of a text, above all where none of them fired: for `ondit explain`."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ondit.languages import Pack
from ondit.model import Document, Evidence, Span
from ondit.read.engines.rules.attribution import Attribution, find_attributions
from ondit.read.engines.rules.units import Clause, Parse, Unit

_KINDS = {
    "n": "noun phrase",
    "y": "noun phrase headed by a reporting noun",
    "p": "pronoun",
    "i": "infinitive",
    "g": "gerund",
    "j": "participle",
    "V": "finite verb",
    "U": "finite verb, passive",
    "R": "reporting verb",
    "B": "reporting verb, passive",
    "I": "reporting verb, infinitive",
    "G": "reporting verb, gerund",
    "J": "reporting verb, participle",
    "S": "preposition of source",
    "T": "time expression",
    "Q": "quotation",
    "C": "conjunction before a content",
    "W": "question word before a content",
    "L": "relative pronoun",
    "s": "subordinator",
    "k": "coordination",
}
_MOST = 8  # words told about for one sentence


def trace_document(document: Document, parsed: Parse, pack: Pack, offset: int) -> list[Evidence]:
    """The sentence, the word's part in it, its reporting words and what became of each of them."""
    sentence = _around(document.sentences, offset)
    if sentence is None:
        return [Evidence("sentence", "text/sentences", (), "between two sentences: there is nothing to read here")]
    language = pack.language
    found = [Evidence("sentence", "text/sentences", (sentence,), f"one of {len(document.sentences)} sentences")]
    clauses = [c for c in parsed.clauses if c.units and sentence.overlaps(parsed.span(c.first, c.last))]
    found += _unit_at(parsed, clauses, offset, language)
    reporting = [(c, u) for c in clauses for u in c.units if _reports(u)]
    if not reporting:
        where = f"languages/{language}/words/reporting.tsv"
        verbs = [parsed.words(u.first, u.last) for c in clauses for u in c.units if u.verb][:_MOST]
        words = f"; its verbs are: {', '.join(verbs)}" if verbs else "; it has no verb"
        reason = f"no reporting word (of {where}) in this sentence{words}"
        return [*found, Evidence("cue", f"{language}/attribution", (), reason)]
    attributions = find_attributions(parsed)
    found += [_fate(parsed, unit, attributions, language) for _, unit in reporting[:_MOST]]
    return found


def _around(sentences: Sequence[Span], offset: int) -> Span | None:
    at = bisect_right(sentences, offset, key=lambda s: s.start) - 1
    return sentences[at] if at >= 0 and offset < sentences[at].stop else None


def _reports(unit: Unit) -> bool:
    return unit.kind in ("S", "y") or bool(unit.verb and unit.verb.reporting)


def _unit_at(parsed: Parse, clauses: Sequence[Clause], offset: int, language: str) -> Iterator[Evidence]:
    """The unit that the offset is in, the one in the narrowest clause when quotations are inside each other."""
    for clause in sorted(clauses, key=lambda c: c.last - c.first):
        for unit in clause.units:
            span = parsed.span(unit.first, unit.last)
            if span.start <= offset < span.stop:
                reason = f"{_KINDS.get(unit.kind, 'word')}; the sentence in units: {_shown(clause.symbols)}"
                yield Evidence("unit", f"{language}/parse:{unit.kind}", (span,), reason)
                return


def _shown(symbols: str) -> str:
    return symbols if len(symbols) <= 60 else symbols[:60] + "…"


def _fate(parsed: Parse, unit: Unit, attributions: Sequence[Attribution], language: str) -> Evidence:
    """What became of a reporting word: the attribution it gave, or that no pattern fitted."""
    span = parsed.span(unit.first, unit.last)
    made = next((a for a in attributions if a.cue.overlaps(span)), None)
    if made is None:
        what = (
            ", ".join(f"{r.lemma} ({r.kind})" for r in unit.verb.reporting) if unit.verb else _KINDS.get(unit.kind, "")
        )
        reason = f"a reporting word, {what}, but no pattern of its class found a voice and a content around it"
        return Evidence("cue", f"{language}/attribution", (span,), reason)
    spans = tuple(s for s in (made.cue, made.source, made.content) if s is not None)
    return Evidence("attribution", made.rule, spans, f"{made.kind}: cue, voice and content as shown")
