"""Which addresses count as one host."""

from __future__ import annotations

import pytest

from relations.domain.hosts import registrable


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/feed", "example.org"),
        ("https://a.b.c.example.org:8443/feed", "example.org"),
        ("http://EXAMPLE.org./feed", "example.org"),
        ("https://news.example.co.uk/", "example.co.uk"),
        ("https://rss.xinhuanet.com.cn/", "xinhuanet.com.cn"),
        ("https://www.akorda.kz/rss", "akorda.kz"),
        ("https://www.gov.kz/rss", "www.gov.kz"),  # gov.kz is a suffix below which each ministry is its own
        ("https://a.github.io/", "a.github.io"),
        ("https://новости.рф/", "xn--b1amnebsh.xn--p1ai"),
        ("https://kk.xn--b1amnebsh.xn--p1ai/", "xn--b1amnebsh.xn--p1ai"),
        ("http://localhost:8000/", "localhost"),
        ("http://10.1.2.3:80/", "10.1.2.3"),
        ("http://[2001:DB8::1]/", "2001:db8::1"),
        ("https://feeds.example.unknown-ending/", "example.unknown-ending"),
        ("https://com/", "com"),
        ("file:///tmp/feed.xml", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_addresses_below_one_registered_name_are_one_host(url: str, host: str) -> None:
    assert registrable(url) == host


def test_a_name_that_cannot_be_encoded_is_a_host_all_the_same() -> None:
    assert registrable("http://" + "ж" * 70 + ".org/").endswith(".org")
