"""Names of voices and actors → registry entries, across spellings and languages; a "maybe" is never silently chosen."""

from ondit.resolve.names.mentions import countries_of, resolve_names
from ondit.resolve.names.resolver import NameResolver
from ondit.resolve.names.verdicts import UNLISTED, NameMatch, Verdict

__all__ = ["UNLISTED", "NameMatch", "NameResolver", "Verdict", "countries_of", "resolve_names"]
