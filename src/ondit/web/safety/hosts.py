"""Which host names a request may be for: a page of somebody else whose name is made to point here (DNS rebinding) has another one."""

import ipaddress
from urllib.parse import urlsplit

_LOCAL = ("localhost", "ip6-localhost")


def is_loopback(host: str) -> bool:
    """Does only this machine reach it?"""
    if host in _LOCAL:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_allowed(header: str, names: frozenset[str]) -> bool:
    """May a `Host` header be served? An address may, for only names can be made to point elsewhere; of names only those that are known."""
    host = host_of(header)
    if not host:
        return False
    if host in _LOCAL or host in names:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def host_of(header: str) -> str:
    """The host of a `Host` header, in lower case, without port and brackets; "" when it is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_origin(origin: str, header: str) -> bool:
    """Is an `Origin` header that of the host that is asked?"""
    try:
        return urlsplit(origin).netloc.lower() == header.lower()
    except ValueError:
        return False
