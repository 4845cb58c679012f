"""Sessions in signed cookies, and the tokens that a write must bring (CSRF).

A session is `name`, a random number and the moment it ends, signed (HMAC-SHA-256) with a key that lives as long as the program: a
restart ends all sessions. A token is the signature of the session's number, masked anew for every page, so that what compression
tells of a page tells nothing of it (BREACH).
"""

import hashlib
import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

COOKIE = "ondit"
_LASTS = 12 * 3600  # seconds
_MASK = 16


@dataclass(frozen=True, slots=True)
class Session:
    """One visit of one user."""

    name: str
    number: str
    ends: int


@dataclass(slots=True)
class Sessions:
    """Makes and reads sessions."""

    now: Callable[[], float] = time.time
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _ended: dict[str, int] = field(default_factory=dict)

    def begin(self, name: str) -> Session:
        """A new session."""
        return Session(name, secrets.token_urlsafe(18), int(self.now()) + _LASTS)

    def cookie(self, session: Session) -> str:
        """The value of its cookie."""
        body = urlsafe_b64encode(json.dumps([session.name, session.number, session.ends]).encode()).decode()
        return f"{body}.{self._sign('session', body)}"

    def read(self, cookie: str) -> Session | None:
        """The session of a cookie; None when it is not ours, over, or ended by its user."""
        body, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("session", body).encode()):
            return None
        name, number, ends = json.loads(urlsafe_b64decode(body))
        return None if ends < self.now() or number in self._ended else Session(name, number, ends)

    def end(self, session: Session) -> None:
        """The session is over, whoever still has the cookie."""
        now = self.now()
        self._ended = {number: ends for number, ends in self._ended.items() if ends > now}
        self._ended[session.number] = session.ends

    def token(self, session: Session) -> str:
        """A token for the forms of a page."""
        mask = secrets.token_bytes(_MASK)
        return urlsafe_b64encode(mask + _xor(self._token(session), mask)).decode()

    def is_token(self, token: str, session: Session) -> bool:
        """Does the token belong to the session?"""
        try:
            data = urlsafe_b64decode(token.encode())
        except ValueError:
            return False
        return hmac.compare_digest(_xor(data[_MASK:], data[:_MASK]), self._token(session))

    def _token(self, session: Session) -> bytes:
        return hmac.digest(self._key, f"token {session.number}".encode(), hashlib.sha256)

    def _sign(self, purpose: str, body: str) -> str:
        return hmac.new(self._key, f"{purpose} {body}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _xor(data: bytes, mask: bytes) -> bytes:
    return bytes(byte ^ mask[i % _MASK] for i, byte in enumerate(data)) if len(mask) == _MASK else b""
