"""Which addresses of the network may be asked: those of the public internet, and no others.

What stands in a list, or what a page redirects to, must not reach the machine itself, its neighbours, or the metadata service of a data centre. The
ranges are those of the IANA registries of special-purpose addresses (https://www.iana.org/assignments/iana-ipv4-special-registry,
…/iana-ipv6-special-registry), with what carries an IPv4 address inside of an IPv6 one unpacked first.
"""

import ipaddress
from collections.abc import Iterator, Sequence
from typing import TypeAlias

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
# Named one by one: what Python calls global differs between its versions.
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 "
        "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8"
    ).split()
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def all_public(addresses: Sequence[str]) -> bool:
    """Whether a name may be asked: it has addresses and every one of them is public.

    One that is not is enough to refuse: the answer to the next question could be that one.
    """
    return bool(addresses) and all(is_public(address) for address in addresses)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; nothing else is, nor anything that is no address."""
    try:
        return all(_is_open(inner) for inner in _unpacked(ipaddress.ip_address(address)))
    except ValueError:
        return False


def _is_open(address: _Address) -> bool:
    return address.is_global and not any(
        address in network for network in _CLOSED if network.version == address.version
    )


def _unpacked(address: _Address) -> Iterator[_Address]:
    """The address that is really asked: the IPv4 address that an IPv6 one carries (mapped, 6to4, Teredo, NAT64), else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    inner = [v4 for v4 in carried if v4 is not None]
    yield from inner or [address]
