"""What a tagger sees of an article of PolNeAR: words, our parse, and what the rules read there, token by token."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from evaluation.bench import Row
from evaluation.polnear_joining import CONTENT, CUE, OUTSIDE, SOURCE, Token
from evaluation.polnear_spans import drawn
from evaluation.polnear_words import widen
from ondit.languages import load_pack
from ondit.model import Document, Report, Tokens
from ondit.normalise import normalise
from ondit.normalise.windows import windows
from ondit.read.engines.rules.engine import parse_document
from ondit.read.engines.rules.units import Parse, token_range

_LANGUAGE = "en"
_SPEECH = 8  # tokens of a quotation that is more than a few words in a phrase
_NEAR = (-3, -2, -1, 1, 2, 3)
_CLOSE = (-2, -1, 0, 1, 2)
_APART = (1, 2, 3, 7, 15)  # distances in tokens that are told apart
Features = list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """The unit of the parse that a token stands in, with those around it."""

    kind: str = "-"
    at: str = ""  # first, middle or last token of its unit
    reports: str = ""  # classes of its reporting verb
    head: bool = False
    before: str = ""
    after: str = ""


_NOWHERE = _Place()


@dataclass(frozen=True, slots=True)
class Article:
    """An article (or a window of a long one) as columns with one entry a token."""

    tokens: Sequence[Token]
    keys: Sequence[str]
    words: Sequence[str]
    lemmas: Sequence[str]
    tags: str
    places: Sequence[_Place]
    rules: Sequence[str]  # role that the rules give it, the first of a span marked
    speech: Sequence[int]  # 0 outside quotation marks, 1 in speech, 2 in a few quoted words

    def paragraphs(self) -> Iterator[range]:
        """The tokens of each paragraph."""
        first = 0
        for at in range(1, len(self.tokens) + 1):
            if at == len(self.tokens) or self.tokens[at].paragraph != self.tokens[first].paragraph:
                yield range(first, at)
                first = at


@lru_cache(maxsize=100_000)
def _lemma(key: str) -> str:
    return str(simplemma.lemmatize(key, lang=_LANGUAGE))


def read_article(text: str) -> list[Article]:
    """An article in its windows, none of them empty."""
    pack = load_pack(_LANGUAGE)
    document = normalise(Report(id="", text=text, language=_LANGUAGE), pack)
    read = [_article(window, parse_document(window, pack)) for window in windows(document)]
    return [article for article in read if article.tokens]


def _article(document: Document, parse: Parse) -> Article:
    tokens = parse.tokens
    speech = [0] * len(tokens)
    for quotation in document.quotations:
        first, last = overlapped(tokens, quotation.outer.start, quotation.outer.stop)
        speech[first:last] = [1 if last - first >= _SPEECH else 2] * (last - first)
    return Article(
        tokens=_tokens(document, parse, speech),
        keys=tokens.keys,
        words=[parse.text[a:b] for a, b in zip(tokens.starts, tokens.stops, strict=True)],
        lemmas=[_lemma(key) for key in tokens.keys],
        tags=parse.tags,
        places=_places(parse),
        rules=_rules(parse),
        speech=speech,
    )


def overlapped(tokens: Tokens, start: int, stop: int) -> tuple[int, int]:
    """First token with a character in `start` … `stop`, and the one after the last."""
    return bisect_left(tokens.stops, start + 1), bisect_left(tokens.starts, stop)


def _tokens(document: Document, parse: Parse, speech: Sequence[int]) -> list[Token]:
    tokens, text = parse.tokens, parse.text
    sentences = [-1] * len(tokens)
    for number, sentence in enumerate(document.sentences):
        first, last = token_range(tokens, sentence)
        sentences[first:last] = [number] * (last - first)
    out: list[Token] = []
    paragraph, end = 0, 0
    for at, (start, stop) in enumerate(zip(tokens.starts, tokens.stops, strict=True)):
        paragraph += "\n" in text[end:start]
        end = stop
        out.append(Token(start, stop, sentences[at], paragraph, quoted=speech[at] == 1))
    return out


def _places(parse: Parse) -> list[_Place]:
    out = [_NOWHERE] * len(parse.tokens)
    for clause in widen(parse).clauses:
        for number, unit in enumerate(clause.units):
            kinds = sorted({e.kind for e in unit.verb.reporting}) if unit.verb else ()
            before, after = clause.symbols[max(0, number - 3) : number], clause.symbols[number + 1 : number + 4]
            for at in range(unit.first, min(unit.last, len(out))):
                where = "f" if at == unit.first else "l" if at == unit.last - 1 else "m"
                head = unit.verb is not None and at == unit.verb.head
                out[at] = _Place(unit.kind, where, "+".join(kinds), head, before, after)
    return out


def _rules(parse: Parse) -> list[str]:
    out = [OUTSIDE] * len(parse.tokens)
    for attribution in drawn(parse):
        for role, spans in ((CONTENT, attribution.content), (SOURCE, attribution.source), (CUE, attribution.cue)):
            for span in spans:
                first, last = overlapped(parse.tokens, span.start, span.stop)
                out[first:last] = [role] * (last - first)
                out[first : min(first + 1, last)] = [role + "!"] * (first < last)
    return out


def answers(article: Article, attributions: Sequence[Row]) -> list[str]:
    """The role of each token; a cue inside a content or source stays a cue."""
    starts, stops = [t.start for t in article.tokens], [t.stop for t in article.tokens]
    out = [OUTSIDE] * len(starts)
    for role in (CONTENT, SOURCE, CUE):
        for start, stop in (span for a in attributions for span in a[role]):
            first, last = bisect_left(stops, start + 1), bisect_left(starts, stop)
            out[first:last] = [role] * (last - first)
    return out


def features(article: Article, paragraph: range, clusters: Mapping[str, str]) -> list[Features]:
    """What is seen of each token of a paragraph."""
    facts = _sentence_facts(article, paragraph)
    verbs = _nearest(article, paragraph, [place.head for place in article.places])
    cues = _nearest(article, paragraph, [role.startswith(CUE) for role in article.rules])
    return [
        [
            *_own(article, at),
            *_beside(article, at, paragraph),
            *facts[article.tokens[at].sentence],
            *_edges(article, at, paragraph),
            *_around("v", article, at, verbs[at - paragraph.start]),
            *_around("c", article, at, cues[at - paragraph.start]),
            *_classes(article, at, paragraph, clusters),
        ]
        for at in paragraph
    ]


def _own(article: Article, at: int) -> Features:
    key, lemma, tag, place = article.keys[at], article.lemmas[at], article.tags[at], article.places[at]
    rule, word, kind, said = article.rules[at], article.words[at], place.kind, article.speech[at]
    return [
        "b", f"w={key}", f"l={lemma}", f"t={tag}", f"s3={key[-3:]}", f"s2={key[-2:]}", f"p3={key[:3]}",
        f"c={word[0].isupper():d}", f"cc={word.isupper():d}", f"r={rule}", f"q={said}", f"h={place.head:d}",
        f"u={kind}{place.at}", f"up={kind}{place.before}", f"un={kind}{place.after}",
        f"uu={kind}{place.before[-1:]}_{place.after[:1]}", f"rep={place.reports}{kind}",
        f"lt={lemma}{tag}", f"lu={lemma}{kind}", f"lup={lemma}{place.before[-1:]}", f"lun={lemma}{place.after[:1]}",
        f"rq={rule}{said}", f"lr={lemma}{rule}", f"lq={lemma}{said}",
    ]  # fmt: skip


def _beside(article: Article, at: int, paragraph: range) -> Features:
    keys, lemmas, tags, rules = article.keys, article.lemmas, article.tags, article.rules
    out = []
    for step in _NEAR:
        there = at + step
        if there not in paragraph:
            out.append(f"w{step}=#")
            continue
        out += [f"w{step}={keys[there]}", f"t{step}={tags[there]}", f"r{step}={rules[there]}"]
        if step in _CLOSE:
            place = article.places[there]
            out += [f"l{step}={lemmas[there]}", f"u{step}={place.kind}", f"rep{step}={place.reports}"]
    for step in (-2, -1, 0, 1):
        if at + step in paragraph and at + step + 1 in paragraph:
            out.append(f"tt{step}={tags[at + step]}{tags[at + step + 1]}")
            if step in (-1, 0):
                out.append(f"ll{step}={lemmas[at + step]}_{lemmas[at + step + 1]}")
    if at - 1 in paragraph and at + 1 in paragraph:
        out.append(f"ttt={tags[at - 1 : at + 2]}")
    return out


def _sentence_facts(article: Article, paragraph: range) -> dict[int, Features]:
    """By sentence: has it a cue that the rules read, and is all of it speech?"""
    cues, all_speech = set(), {article.tokens[at].sentence: True for at in paragraph}
    for at in paragraph:
        sentence = article.tokens[at].sentence
        if article.rules[at].startswith(CUE):
            cues.add(sentence)
        if article.speech[at] != 1 and article.words[at][0].isalnum():
            all_speech[sentence] = False
    return {s: [f"hc={s in cues:d}", f"aq={speech:d}{s in cues:d}"] for s, speech in all_speech.items()}


def _edges(article: Article, at: int, paragraph: range) -> Features:
    """How near the beginning and end of its sentence; whether it opens the paragraph."""
    tokens, here = article.tokens, article.tokens[at].sentence
    left = next((n for n in range(5) if at - n - 1 not in paragraph or tokens[at - n - 1].sentence != here), 5)
    right = next((n for n in range(3) if at + n + 1 not in paragraph or tokens[at + n + 1].sentence != here), 3)
    return [f"pos={left}", f"end={right}", *(["opens"] if at == paragraph.start else [])]


def _nearest(article: Article, paragraph: range, marked: Sequence[bool]) -> list[tuple[int | None, int | None]]:
    """For each token the nearest marked one before and after it in its sentence."""

    def sweep(order: Sequence[int]) -> dict[int, int | None]:
        last: int | None = None
        found: dict[int, int | None] = {}
        for at in order:
            same = last is not None and article.tokens[last].sentence == article.tokens[at].sentence
            found[at] = last if same else None
            last = at if marked[at] else last
        return found

    before, after = sweep(paragraph), sweep(paragraph[::-1])
    return [(before[at], after[at]) for at in paragraph]


def _around(name: str, article: Article, at: int, nearest: tuple[int | None, int | None]) -> Features:
    """The nearest verb, or cue, on either side, with what the token itself is."""
    kind, rule = article.places[at].kind, article.rules[at]
    out = [f"{name}?={nearest[0] is not None:d}{nearest[1] is not None:d}{kind}{rule}"]
    for side, there in zip("<>", nearest, strict=True):
        if there is None:
            out.append(f"{name}{side}=#{kind}")
            continue
        place, apart = article.places[there], bisect_left(_APART, abs(there - at))
        out += [
            f"{name}{side}={article.lemmas[there]}{kind}",
            f"{name}{side}r={place.reports}{place.kind}{kind}",
            f"{name}{side}d={apart}{place.reports}{rule}",
        ]
    return out


def _classes(article: Article, at: int, paragraph: range, clusters: Mapping[str, str]) -> Features:
    """Words of a kind, by the company they keep."""
    out = [
        f"k{step}={cluster}"
        for step in _CLOSE
        if at + step in paragraph and (cluster := clusters.get(article.lemmas[at + step]))
    ]
    if own := clusters.get(article.lemmas[at]):
        place = article.places[at]
        out += [f"kt={own}{article.tags[at]}", f"ku={own}{place.kind}{place.after[:1]}"]
    return out
