"""Which addresses of articles are shown, and when two are the same."""

from __future__ import annotations

import pytest

from relations.domain.links import LONGEST, article_link, canonical, host_of


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "//",
        "http://",
        "http://[bad",
        "http://example.org:99999/",
        "http://localhost/admin",
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://router.local/",
        "https://user:secret@example.org/",
        "https://example.org/" + "x" * LONGEST,
        "",
        None,
    ],
)
def test_an_address_that_must_not_be_followed_is_dropped(link: str | None) -> None:
    assert article_link(link) == ""


def test_a_relative_address_is_read_from_the_feed() -> None:
    assert article_link("/2026/road", "https://notes.example.org/atom") == "https://notes.example.org/2026/road"
    assert article_link("//cdn.example.org/x", "https://notes.example.org/") == "https://cdn.example.org/x"
    assert article_link("javascript:alert(1)", "https://notes.example.org/") == ""
    assert article_link("road") == ""


def test_tracking_parameters_go_and_others_keep_their_spelling() -> None:
    assert article_link("https://e.org/a?utm_source=x&id=5&fbclid=y") == "https://e.org/a?id=5"
    assert article_link("https://e.org/a?q=%D0%B0+b&x") == "https://e.org/a?q=%D0%B0+b&x"


def test_blanks_and_controls_are_escaped() -> None:
    assert article_link("https://e.org/a b\\c") == "https://e.org/a%20b%5Cc"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.e.org/a", "https://e.org/a"),
        ("https://e.org:443/a#top", "https://E.org/a"),
        ("https://e.org", "https://e.org/"),
        ("https://e.org/a?utm_medium=x&id=1", "https://e.org/a?id=1"),
    ],
)
def test_spellings_of_one_address_are_the_same(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_other_paths_and_parameters_are_other_addresses() -> None:
    assert len({canonical(url) for url in ("https://e.org/a", "https://e.org/A", "https://e.org/a?id=1", "https://e.org:8443/a")}) == 4


def test_the_host_of_nonsense_is_empty() -> None:
    assert host_of("https://www.example.kz/x") == "example.kz"
    assert host_of("http://[bad") == ""
    assert host_of("feed.xml") == ""
