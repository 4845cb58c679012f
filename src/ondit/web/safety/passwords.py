"""Passwords as scrypt hashes (RFC 7914), with the parameters in the hash so that they can grow."""

import hashlib
import hmac
import os
import threading
from base64 import b64decode, b64encode
from binascii import Error as Base64Error

_N, _R, _P = (
    2**15,
    8,
    1,
)  # 32 MB and about a tenth of a second: OWASP's Password Storage Cheat Sheet, second row for scrypt, p lowered for small machines
_SALT, _LENGTH = 16, 32
_MOST_MEMORY = 128 * 1024 * 1024
_AT_ONCE = threading.BoundedSemaphore(2)  # hashes at one time: many who try at once must not take all memory
SHORTEST = 10
"""Characters of the shortest password."""


def hash_password(password: str) -> str:
    """`scrypt$N$r$p$salt$hash`."""
    salt = os.urandom(_SALT)
    return "$".join(("scrypt", str(_N), str(_R), str(_P), _text(salt), _text(_derive(password, salt, _N, _R, _P))))


def is_right(password: str, kept: str) -> bool:
    """Is it the password of a hash? Takes as long for a wrong one; False for what is no hash."""
    try:
        name, n, r, p, salt, wanted = kept.split("$")
        derived = _derive(password, b64decode(salt, validate=True), int(n), int(r), int(p))
        return name == "scrypt" and hmac.compare_digest(derived, b64decode(wanted, validate=True))
    except (ValueError, Base64Error, MemoryError):
        return False


def _derive(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _AT_ONCE:
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"), salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=_LENGTH
        )


def _text(data: bytes) -> str:
    return b64encode(data).decode()
