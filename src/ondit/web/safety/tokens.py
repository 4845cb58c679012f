"""The token of a desk without user accounts."""

import hmac
import secrets


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


def is_same(given: str, wanted: str) -> bool:
    """Are they the same? Takes as long whatever is given; never for an empty one."""
    return bool(wanted) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))
