"""Makes a report ready for reading. Nothing is rewritten: everything is offsets."""

from collections.abc import Sequence

from ondit.languages import Pack, load_pack
from ondit.model import Document, Passage, Quotation, Report, Span
from ondit.normalise.passages import find_passages
from ondit.text.quotations import find_quotations
from ondit.text.sentences import find_paragraphs, find_sentences
from ondit.text.tokens import tokenise


def normalise(report: Report, pack: Pack) -> Document:
    """The document of a report that is written in the language of `pack`."""
    text = report.text
    paragraphs = find_paragraphs(text)
    return _document(report, Passage(Span(0, len(text)), pack.language), paragraphs, find_quotations(text, paragraphs))


def normalise_passages(report: Report, pack: Pack) -> tuple[Document, ...]:
    """A document for each passage of a report: most are written in one language, that of `pack`.

    A document holds the words of its passage alone, cut as its own language is; offsets are those of the whole text.
    """
    text = report.text
    paragraphs = find_paragraphs(text)
    passages = find_passages(text, paragraphs, pack)
    if len(passages) == 1:
        return (_document(report, passages[0], paragraphs, find_quotations(text, paragraphs)),)
    documents = []
    for passage in passages:
        inside = tuple(cut for p in paragraphs if (cut := _shared(p, passage.span)) is not None)
        documents.append(_document(report, passage, inside, find_quotations(text, inside)))
    return tuple(documents)


def _document(
    report: Report, passage: Passage, paragraphs: tuple[Span, ...], quotations: Sequence[Quotation]
) -> Document:
    text, pack = report.text, load_pack(passage.language)
    return Document(
        report=report,
        passages=(passage,),
        paragraphs=paragraphs,
        sentences=find_sentences(text, paragraphs, quotations, pack.abbreviations),
        quotations=tuple(quotations),
        tokens=tokenise(text, pack.token_rules, start=passage.span.start, stop=passage.span.stop),
    )


def _shared(one: Span, other: Span) -> Span | None:
    start, stop = max(one.start, other.start), min(one.stop, other.stop)
    return Span(start, stop) if start < stop else None
