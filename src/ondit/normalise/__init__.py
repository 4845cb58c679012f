"""Report → Document: language, paragraphs, quotations, sentences, tokens."""

from ondit.normalise.documents import normalise, normalise_passages

__all__ = ["normalise", "normalise_passages"]
