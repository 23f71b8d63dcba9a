"""The language of a feed, and of what it tells."""

from __future__ import annotations

import pytest

from relations.domain.feed_language import feed_language, item_language, language_of_items


@pytest.mark.parametrize(
    ("tag", "sample", "language"),
    [
        ("en-us", "", "en"),
        ("ZH_CN", "", "zh"),
        (" ru ", "", "ru"),
        ("", "Казахстан и Китай подписали соглашение", "ru"),
        ("", "Қазақстан мен Қытай келісімге қол қойды", "kk"),
        ("", "中国同哈萨克斯坦签署联合声明，双方将扩大贸易合作规模", "zh"),
        ("", "Kazakhstan and China", ""),
        ("english", "Kazakhstan and China", ""),
        ("", "", ""),
    ],
)
def test_the_tag_says_it_or_else_the_script(tag: str, sample: str, language: str) -> None:
    assert feed_language(tag, sample) == language


ENGLISH = "Leaders meet in Astana\nThe presidents of China and Kazakhstan met on Tuesday, and the two sides signed a statement."
FRENCH = "Les présidents se rencontrent\nLe président kirghiz et son homologue chinois ont signé une déclaration sur le partenariat."
RUSSIAN = "Президенты встретились\nПрезидент Узбекистана и председатель КНР подписали совместное заявление о партнёрстве."
CHINESE = "两国元首在杜尚别会谈\n国家主席习近平对塔吉克斯坦进行国事访问，两国元首签署并发表联合声明。"
KAZAKH = "Қазақстан мен Қытай келісімге қол қойды\nЕкі ел басшысы Астанада кездесіп, бірлескен мәлімдеме қабылдады."
TEXTS = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN, "zh": CHINESE, "kk": KAZAKH}


@pytest.mark.parametrize("of_feed", ["", "en", "fr", "ru", "zh", "kk", "de"])
@pytest.mark.parametrize("language", TEXTS)
def test_an_item_is_in_the_language_of_its_own_text_whatever_its_feed_says(language: str, of_feed: str) -> None:
    assert item_language(TEXTS[language], of_feed) == language


@pytest.mark.parametrize(
    ("text", "of_feed"),
    [
        ("Kazakhstan–China", "fr"),
        ("", "ru"),
        ("42", "zh"),
        ("Премьера «Көшпенділер» прошла в Москве", "ru"),
        ("Xi in Paris: une visite, la France et la Chine", "en"),
        ("東京", "ja"),
    ],
)
def test_where_a_text_tells_too_little_the_word_of_the_feed_counts(text: str, of_feed: str) -> None:
    assert item_language(text, of_feed) == of_feed


def test_a_short_text_in_another_script_is_not_in_the_language_of_its_feed() -> None:
    assert item_language("两国元首在杜尚别会谈", "en") == "zh"
    assert item_language("Президенты встретились в Астане", "zh") == "ru"


def test_a_feed_that_says_nothing_is_in_the_language_of_most_of_its_items_and_a_mixed_one_in_none() -> None:
    mixed = [*["en"] * 4, *["fr"] * 3, *["zh"] * 2, *["ru"] * 3]
    assert language_of_items("", mixed) == ""
    assert language_of_items("zh-CN", mixed) == "zh"
    assert language_of_items("", ["en", "en", "zh"]) == "en"
    assert language_of_items("", ["", "zh"]) == "zh"
    assert language_of_items("", []) == language_of_items("", [""]) == ""
