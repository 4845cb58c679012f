"""Report → Document: language, paragraphs, quotations, sentences, tokens."""

from ondit.normalise.documents import normalise

__all__ = ["normalise"]
