"""Report → Document: plain surface, language, paragraphs, quotations, sentences, tokens."""

from ondit.normalise.documents import normalise, normalise_passages
from ondit.normalise.surfaces import smoothed

__all__ = ["normalise", "normalise_passages", "smoothed"]
