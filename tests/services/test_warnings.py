"""What the reader warns of, in the language of the interface."""

from __future__ import annotations

import pytest
from django.utils import translation

from relations.domain.extraction import Article, LexiconReader
from relations.domain.extraction.raw import LARGEST, LONGEST, NotAnArticle, text_of
from relations.services.warnings import told

GERMAN = "China und Kasachstan haben am Montag eine Erklärung unterzeichnet, die von der Partnerschaft und dem Handel spricht. " * 3


@pytest.mark.parametrize("data", [b" ", b"12.3", b"\x01\x02a" * 40, b"a\x00\xff" * 40, bytes(range(128, 256)) * 9, b"a" * (LARGEST + 1)])
@pytest.mark.parametrize("language", ["fr", "ru", "zh-hans"])
def test_every_refusal_is_translated(data: bytes, language: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        text_of(data)
    with translation.override("en"):
        assert told(str(refused.value)) == str(refused.value)
    with translation.override(language):
        assert told(str(refused.value)) not in ("", str(refused.value))


@pytest.mark.parametrize("language", ["fr", "ru", "zh-hans"])
def test_every_warning_is_translated(language: str) -> None:
    files = [
        b"word \x02" + b"word " * 400,
        b"<html><body><p>One word.</p><p>Another.</p></body></html>",
        b"word " * LONGEST,
        "Пекин и Астана ".encode("cp1251"),
    ]
    said = [*(text_of(data)[1][0] for data in files), LexiconReader().read(Article.of(GERMAN)).warnings[0]]
    said.append(LexiconReader().read(Article.of("word " * LONGEST)).warnings[-1])
    said.append(LexiconReader().read(Article.of("Стороны подписали заявление о торговле. " * 2 + "双方签署联合声明。" * 4)).warnings[-1])
    said.append(text_of("China \u202eand\u202c Kazakhstan".encode())[1][0])
    assert len({words[:12] for words in said}) == 7
    for words in said:
        with translation.override("en"):
            assert told(words) == words
        with translation.override(language):
            assert told(words) not in ("", words)


def test_numbers_are_written_in_the_way_of_the_language() -> None:
    with translation.override("fr"):
        assert "60\u202f000" in told("only the first 60,000 of 1,234,567 characters were read").replace("\xa0", "\u202f")


def test_what_another_reader_says_stays_as_it_is() -> None:
    with translation.override("fr"):
        assert told("The moon was full.") == "The moon was full."
