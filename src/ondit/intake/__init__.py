"""Bytes → Report: one file a format, chosen by looking at the bytes. Bad input becomes a `Problem`, never an exception."""

from ondit.intake.formats import Format, Origin, Taken
from ondit.intake.sniffing import take_in, take_in_text

__all__ = ["Format", "Origin", "Taken", "take_in", "take_in_text"]
