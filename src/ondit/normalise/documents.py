"""Makes a report ready for reading. Nothing is rewritten: everything is offsets."""

from ondit.languages import Pack
from ondit.model import Document, Passage, Report, Span
from ondit.text.quotations import find_quotations
from ondit.text.sentences import find_paragraphs, find_sentences
from ondit.text.tokens import tokenise


def normalise(report: Report, pack: Pack) -> Document:
    """The document of a report that is written in the language of `pack`."""
    text = report.text
    paragraphs = find_paragraphs(text)
    quotations = find_quotations(text, paragraphs)
    return Document(
        report=report,
        passages=(Passage(Span(0, len(text)), pack.language),),
        paragraphs=paragraphs,
        sentences=find_sentences(text, paragraphs, quotations, pack.abbreviations),
        quotations=quotations,
        tokens=tokenise(text, pack.token_rules),
    )
