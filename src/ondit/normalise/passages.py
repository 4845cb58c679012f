"""Passages of a report in different languages: a post that quotes a statement in another script, a bulletin in two languages.

A passage is a run of whole sentences. A sentence of another script than the report's leaves it as soon as most of its letters do; one of
the same script only as a whole paragraph whose words say clearly that they are of another language. A few foreign words inside a sentence
(a name, a hashtag, a link) stay with it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ondit.languages import Pack, available_languages, load_pack
from ondit.model import Passage, Span
from ondit.normalise.languages import closest_language, detect_language
from ondit.text.quotations import find_quotations
from ondit.text.scripts import count_scripts, scripts_in
from ondit.text.sentences import find_sentences

_MOST = 0.7  # of the letters of a sentence, to be of another script
_WORDS, _LONG = 4, 25  # words of a sentence of another script, of a paragraph in another language of the same script
_CLEAR = 0.8  # confidence from which on a paragraph of the same script is another language's
_NO_WORD = re.compile(r"https?://\S+|[#@]\w+")


def find_passages(text: str, paragraphs: Sequence[Span], pack: Pack) -> tuple[Passage, ...]:
    """The passages of a text in order, covering all of it; one, in the pack's language, for most texts."""
    own = str(pack.settings["script"])
    one_script = scripts_in(text) <= {own}
    if len(paragraphs) == 1 and one_script:
        return (Passage(Span(0, len(text)), pack.language),)
    pieces = [
        (span, language)
        for paragraph in paragraphs
        for span, language in _of_paragraph(text, paragraph, pack, own, one_script=one_script)
    ]
    runs = [(language, [span for span, _ in group]) for language, group in groupby(pieces, key=lambda piece: piece[1])]
    if len(runs) < 2:
        return (Passage(Span(0, len(text)), runs[0][0] if runs else pack.language),)
    starts = [0, *(spans[0].start for _, spans in runs[1:]), len(text)]
    return tuple(
        Passage(Span(start, stop), language)
        for (language, _), start, stop in zip(runs, starts, starts[1:], strict=False)
    )


def _of_paragraph(text: str, paragraph: Span, pack: Pack, own: str, *, one_script: bool) -> Iterator[tuple[Span, str]]:
    words = _NO_WORD.sub(" ", paragraph.of(text))
    if one_script or scripts_in(words) <= {own}:
        yield paragraph, _of_same_script(words, pack, own)
        return
    quotations = find_quotations(text, (paragraph,))
    for sentence in find_sentences(text, (paragraph,), quotations, pack.abbreviations):
        yield sentence, _of_other_script(_NO_WORD.sub(" ", sentence.of(text)), pack, own)


def _of_same_script(words: str, pack: Pack, own: str) -> str:
    if len(words.split()) < _LONG or len(others := _written_in(own)) < 2:
        return pack.language
    guess = closest_language(words, own)
    sure = guess.language in others and guess.confidence >= _CLEAR
    return guess.language if sure else pack.language


def _of_other_script(words: str, pack: Pack, own: str) -> str:
    scripts = count_scripts(words)
    script, letters = max(sorted(scripts.items()), key=lambda item: item[1], default=(own, 0))
    if script == own or letters < _MOST * scripts.total() or len(words.split()) < _WORDS:
        return pack.language
    readable = _written_in(script)
    guess = detect_language(words, among=readable) if readable else None
    return guess.language if guess is not None and guess.language else pack.language


def _written_in(script: str) -> list[str]:
    """The languages of a script that can be read."""
    return [code for code in available_languages() if load_pack(code).settings["script"] == script]
