"""Whatever is handed in: a clear message or a partial reading with a warning, never a crash."""

# ruff: noqa: E501  (articles are what they are)

from __future__ import annotations

import random

import pytest

from relations.domain.extraction import Article, LexiconReader, NotAnArticle, prepared, text_of
from relations.domain.extraction.raw import LONGEST


@pytest.mark.parametrize("data", [b"", b" \n\t ", "…—!".encode()])
def test_nothing_to_read_is_said(data: bytes) -> None:
    with pytest.raises(NotAnArticle, match=r"empty|no words"):
        text_of(data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50, random.Random(1).randbytes(5000)])
def test_a_binary_file_is_no_article(data: bytes) -> None:
    with pytest.raises(NotAnArticle, match="not text"):
        text_of(data)


def test_a_few_nul_bytes_are_left_out_with_a_warning() -> None:
    text, warnings = text_of(b"China and Kazakhstan\x00 signed a joint statement in Astana yesterday, and both sides will trade more.")
    assert "\x00" not in text
    assert warnings == ("control characters were left out",)


def test_html_is_read_as_its_text() -> None:
    page = "<html><head><title>Site</title><script>evil()</script></head><body><h1>China &amp; Kazakhstan</h1><p>One.</p><p>Two.</p></body></html>"
    text, warnings = prepared(page)
    assert text == "China & Kazakhstan\n\nOne.\n\nTwo."
    assert "HTML" in warnings[0]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("gb18030", "中国和哈萨克斯坦发表联合声明，双方的关系"),
        ("gb18030", "中哈两国元首签署联合声明"),
        ("cp1251", "Китай и Казахстан подписали заявление"),
        ("koi8-r", "Китай и Казахстан подписали заявление"),
        ("cp1252", "« Déclaration conjointe de la Chine et du Kirghizstan », a-t-il été signé"),
        ("utf-16", "Chine"),
    ],
)
def test_other_encodings_are_told_by_their_letters(encoding: str, words: str) -> None:
    assert text_of((words * 5).encode(encoding))[0] == words * 5


def test_an_encoding_is_told_by_the_first_letters_that_tell_it() -> None:
    text = "China and Kazakhstan signed. " * 400 + "Déclaration conjointe signée à Astana"
    assert text_of(text.encode("cp1252"))[0] == text


def test_far_too_long_a_text_is_read_in_part() -> None:
    text, warnings = text_of(b"China and Kazakhstan will trade. " * 160_000)  # five megabytes
    assert len(text) == LONGEST
    assert "only the first 60,000" in warnings[0]


STRANGE = {
    "one endless line": "China and Kazakhstan signed a joint statement and both sides will trade " * 4000,
    "no blanks": "中国哈萨克斯坦联合声明" * 6000,
    "right-to-left marks": "\u200fChina and Kazakhstan\u200f\n\n\u202bChina and \u2067Kazakhstan\u2069 signed a joint statement on Tuesday. \u200fBoth sides will trade more.",
    "mixed languages": "China 中国 Китай Chine\n\n双方 will стороны les deux parties. Казахстан signed 联合声明 avec la Chine.",
    "only quotes": '"' * 5000 + "China Kazakhstan",
    "only points": "China. " + "." * 20_000,
    "nothing": "",
    "half a character": "China and Kazakhstan \ud800 signed.",
    "combining": "e\u0301" * 20_000,
}


@pytest.mark.parametrize("name", STRANGE)
def test_no_text_breaks_the_reader(name: str) -> None:
    text = STRANGE[name]
    reading = LexiconReader().read(Article.of(text))
    for one in reading.provisions:
        assert text[one.start : one.end] == one.text
    LexiconReader().link(Article.of(text))


def test_the_reader_itself_stops_after_the_length_of_any_article() -> None:
    reading = LexiconReader().read(Article("China and Kazakhstan", "Both sides will trade. " * 10_000))
    assert "were read" in reading.warnings[-1]
