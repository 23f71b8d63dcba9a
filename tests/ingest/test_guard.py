"""Which addresses a fetch may connect to."""

from __future__ import annotations

import ipaddress

import pytest

from relations.ingest.guard import is_public, never_permitted, permitted

PRIVATE = [
    # this host, private networks, carriers, loopback, link-local and the metadata services of clouds
    "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.168.1.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1",
    # multicast and broadcast
    "224.0.0.1", "239.255.255.250", "233.252.0.1", "255.255.255.255", "ff02::1", "ff0e::1",
    # documentation, benchmarks, the future
    "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.255", "240.0.0.1", "2001:db8::1", "3fff::1", "2001:2::1",
    # protocols, relays, sinks, discards, routing, what is not assigned
    "192.0.0.8", "192.0.0.9", "192.0.0.170", "192.88.99.1", "192.31.196.1", "192.52.193.1", "192.175.48.6", "2620:4f:8000::6", "2001:10::1",
    "2001:20::1", "2001:1::1", "100::1", "5f00::1", "4000::1", "1000::1",
    # mapped, translated, compatible
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1", "::ffff:0:127.0.0.1", "::ffff:0:8.8.8.8", "::127.0.0.1", "::8.8.8.8",
    # NAT64, the well-known prefix and one's own
    "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "64:ff9b:1::808:808",
    # 6to4 and Teredo, to private addresses and to public ones
    "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:0:808:808::f5ff:fffe",
    # ISATAP within a public network
    "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1",
]  # fmt: skip

PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "93.184.216.34",
    "2606:4700::1111",
    "2a00:1450:4001:80b::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "2606:4700::5efe:8.8.8.8",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_globally_routable_is_closed(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_only_the_ports_of_the_web_are_open() -> None:
    address = ipaddress.ip_address("8.8.8.8")
    assert permitted(address, 80) and permitted(address, 443)
    assert not any(permitted(address, port) for port in (0, 22, 25, 79, 81, 442, 444, 6379, 8080, 65535))


def test_an_allowed_network_is_open_on_any_port_and_no_other() -> None:
    allowed = (ipaddress.ip_network("10.20.0.0/16"), ipaddress.ip_network("fd00::/8"))
    assert permitted(ipaddress.ip_address("10.20.3.4"), 8080, allowed)
    assert permitted(ipaddress.ip_address("fd12::1"), 8080, allowed)
    assert not permitted(ipaddress.ip_address("10.21.3.4"), 80, allowed)
    assert not permitted(ipaddress.ip_address("127.0.0.1"), 80, allowed)


def test_an_allowed_network_does_not_open_what_lies_inside_another_kind_of_address() -> None:
    allowed = (ipaddress.ip_network("127.0.0.0/8"),)
    assert permitted(ipaddress.ip_address("127.0.0.1"), 8080, allowed)
    assert not permitted(ipaddress.ip_address("64:ff9b::7f00:1"), 80, allowed)
    assert not permitted(ipaddress.ip_address("::ffff:127.0.0.1"), 80, allowed)


@pytest.mark.parametrize("address", ["::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_the_port_counts_for_what_lies_inside_as_well(address: str) -> None:
    assert permitted(ipaddress.ip_address(address), 443)
    assert not permitted(ipaddress.ip_address(address), 8080)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x", "http://10.0.0.8/feed", "https://[::1]/feed", "http://169.254.169.254/latest", "http://2130706433/feed",
        "http://127.1/feed", "http://localhost/feed", "http://LOCALHOST/feed", "http://intranet/feed", "http://news.internal/feed",
        "http://8.8.8.8:8080/feed", "https://e.org:8443/feed",
    ],
)  # fmt: skip
def test_of_some_addresses_it_is_told_before_they_are_asked_for_that_they_are_closed(url: str) -> None:
    assert never_permitted(url)


@pytest.mark.parametrize(
    "url", ["https://e.org/feed", "http://e.org:80/feed", "https://e.org:443/feed", "http://8.8.8.8/feed", "https://пример.рф/лента"]
)
def test_of_the_others_it_is_told_when_they_are_fetched(url: str) -> None:
    assert not never_permitted(url)


def test_networks_that_are_open_and_names_that_may_lead_there_are_not_closed() -> None:
    allowed = [ipaddress.ip_network("10.0.0.0/8")]
    assert not never_permitted("http://10.0.0.8:8080/feed", allowed)
    assert not never_permitted("http://news.internal:8080/feed", allowed)
    assert never_permitted("http://192.168.0.1/feed", allowed)
