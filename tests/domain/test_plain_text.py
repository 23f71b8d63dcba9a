"""Anybody's HTML as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.plain_text import fold, paragraphs, plain, shorten


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("a<br>b", "a b"),
        ("<b>bo</b>ld", "bold"),
        ("<script>alert(1)</script>Hello<style>p{}</style>", "Hello"),
        ("<img src=x onerror=alert(1)>Text", "Text"),
        ("Tom &amp; Jerry &lt; 3", "Tom & Jerry < 3"),
        ("5 < 6", "5 < 6"),
        ("&lt;p&gt;escaped twice&lt;/p&gt;", "escaped twice"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;after", "after"),
        ("  many \n\t spaces\u00a0here ", "many spaces here"),
        ("nul\0 and \u202eturned\u202c and\u200bjoined", "nul and turned andjoined"),
        ("<!-- comment -->x", "x"),
        ("", ""),
        (None, ""),
    ],
)
def test_only_the_text_is_left(markup: str | None, text: str) -> None:
    assert plain(markup, 500) == text


def test_a_long_text_is_cut_between_words() -> None:
    assert shorten("alpha beta gamma delta", 18) == "alpha beta gamma…"
    assert shorten("alpha", 5) == "alpha"
    assert shorten("中国与中亚国家关系", 5) == "中国与中…"


def test_half_characters_and_controls_never_reach_the_database() -> None:
    assert fold("a\ud800b\x07c\ufeffd") == "abcd"


@given(st.text(max_size=300))
def test_whatever_comes_the_result_is_short_one_line_and_storable(markup: str) -> None:
    text = plain(markup, 80)
    assert len(text) <= 80
    assert "\n" not in text and "\0" not in text
    text.encode("utf-8")


@given(st.text(alphabet="<>/abscriptonload=\"' &;lgt", max_size=120))
def test_no_script_tag_survives(markup: str) -> None:
    assert "<script>" not in plain(f"<script>{markup}</script>", 500).replace(markup, "")


def test_an_article_is_its_paragraphs_one_a_line() -> None:
    markup = "<h2>Head</h2>\n<p>First\n  line &amp; more.</p><script>x</script><div>Second<br>third.</div><ul><li>One</li></ul>"
    assert paragraphs(markup) == "Head\nFirst line & more.\nSecond\nthird.\nOne"
    assert paragraphs("&lt;p&gt;Escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;") == "Escaped\ntwice"
    assert paragraphs("Plain lines\n\nof a  text") == "Plain lines\nof a text"
