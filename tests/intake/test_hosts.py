"""Which addresses of the network may be asked."""

import pytest

from ondit.intake.hosts import all_public, is_public

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "8.8.8.8", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001:0:808:808::f5ff:fffe",
        "", "localhost", "example.org", "2130706433", "0x7f.1", "127.1", "8.8.8.8/32", "8.8.8.8 ", "٨.٨.٨.٨",
    ],
)  # fmt: skip
def test_everything_else(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("addresses", "may"),
    [
        ([PUBLIC], True),
        ([PUBLIC, "8.8.8.8"], True),
        ([], False),
        ([PUBLIC, "127.0.0.1"], False),
        (["10.0.0.1", PUBLIC], False),
    ],
)
def test_one_private_address_is_enough_to_refuse(addresses: list[str], may: bool) -> None:
    assert all_public(addresses) is may
