"""The charset of bytes that do not tell it."""

from __future__ import annotations

import pytest

from relations.domain.charset import guessed


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("gb18030", "中哈两国元首签署联合声明"),
        ("windows-1251", "Китай и Казахстан подписали заявление"),
        ("koi8-r", "Китай и Казахстан подписали заявление"),
        ("windows-1252", "Déclaration conjointe signée à Astana"),
        ("ascii", "Joint statement"),
    ],
)
def test_a_few_words_tell_it(charset: str, words: str) -> None:
    assert guessed(words.encode(charset)) == charset


def test_a_chinese_text_may_end_within_a_character_and_have_a_flaw() -> None:
    text = ("中哈两国元首签署联合声明" * 20).encode("gb18030")
    assert guessed(text[:-1]) == "gb18030"
    assert guessed(text[:40] + b"\xff" + text[40:]) == "gb18030"
