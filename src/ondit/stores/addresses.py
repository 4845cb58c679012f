"""Addresses of ledgers on a server: which are some, and how they are shown without a password."""

import re
from pathlib import Path

_SERVER = re.compile(r"postgres(?:ql)?://")
# Up to the last @: a password may hold anything, also what should have been escaped.
_LOGIN = re.compile(r"^(postgres(?:ql)?://[^:/?#@]*):.*@", re.DOTALL)
_SECRET = re.compile(r"([?&])(?:password|sslpassword)=[^&]*")


def is_server(where: str | Path) -> bool:
    """Is it the address of a database and not a file?"""
    return isinstance(where, str) and _SERVER.match(where) is not None


def shown_name(where: str | Path) -> str:
    """A ledger as messages name it.

    >>> shown_name("postgresql://ana:secret@db.example/reports?schema=mali")
    'postgresql://ana@db.example/reports?schema=mali'
    >>> shown_name("my.ledger")
    'my.ledger'
    """
    if not is_server(where):
        return str(where)
    bare = _SECRET.sub(r"\1", _LOGIN.sub(r"\1@", str(where)))
    return re.sub(r"[?&]+$", "", re.sub(r"([?&])&+", r"\1", bare))
