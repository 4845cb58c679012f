"""Takes names and exact places out of what is exported: out of every text and every field, before any format is written.

>>> from ondit.present.redact import Profile, Redaction
>>> Redaction(frozenset({Profile.PERSONS}), key=b"sixteen bytes at least").what
frozenset({<Profile.PERSONS: 'persons'>})
"""

from ondit.present.redact.dossiers import redact
from ondit.present.redact.profiles import Profile, Redaction, WrongRedaction, parse_profiles

__all__ = ["Profile", "Redaction", "WrongRedaction", "parse_profiles", "redact"]
