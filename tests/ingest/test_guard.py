"""Which addresses a fetch may connect to."""

from __future__ import annotations

import ipaddress

import pytest

from relations.ingest.guard import is_public, permitted

PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
    "2002:7f00:1::", "2002:808:808::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip

PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_globally_routable_is_closed(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_only_the_ports_of_the_web_are_open() -> None:
    address = ipaddress.ip_address("8.8.8.8")
    assert permitted(address, 80) and permitted(address, 443)
    assert not any(permitted(address, port) for port in (22, 25, 6379, 8080))


def test_an_allowed_network_is_open_on_any_port_and_no_other() -> None:
    allowed = (ipaddress.ip_network("10.20.0.0/16"), ipaddress.ip_network("fd00::/8"))
    assert permitted(ipaddress.ip_address("10.20.3.4"), 8080, allowed)
    assert permitted(ipaddress.ip_address("fd12::1"), 8080, allowed)
    assert not permitted(ipaddress.ip_address("10.21.3.4"), 80, allowed)
    assert not permitted(ipaddress.ip_address("127.0.0.1"), 80, allowed)
