"""Of a text in several languages one is read, and the warning names the others."""

from __future__ import annotations

import pytest

from relations.domain.extraction import Article, LexiconReader

TEXTS = {
    "en": "China and Kazakhstan signed a joint statement in Astana. The two sides will expand trade and the cooperation of their customs. "
    "The Chinese side supports the independence of Kazakhstan.",
    "fr": "La Chine et le Kazakhstan ont signé une déclaration conjointe à Astana. Les deux parties développeront le commerce et la "
    "coopération des douanes. La partie chinoise soutient l’indépendance du Kazakhstan.",
    "ru": "Китай и Казахстан подписали в Астане совместное заявление. Стороны будут расширять торговлю и сотрудничество таможен. "
    "Китайская сторона поддерживает независимость Казахстана.",
    "zh": "中国和哈萨克斯坦在阿斯塔纳签署联合声明。双方将扩大贸易，加强海关合作。中方支持哈萨克斯坦的独立。",
}
KAZAKH = "Қазақстан мен Қытай бірлескен мәлімдемеге қол қойды. Тараптар сауданы және өңірлік ынтымақтастықты кеңейтуге уағдаласты."


def warnings(text: str) -> tuple[str, ...]:
    return LexiconReader().read(Article.of(text)).warnings


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_in_one_language_is_read_without_a_word(language: str) -> None:
    assert warnings(TEXTS[language] * 2) == ()


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("other", TEXTS)
def test_a_second_language_is_named(language: str, other: str) -> None:
    if language != other:
        said = warnings(f"{TEXTS[language]}\n\n{TEXTS[language]}\n\n{TEXTS[other]}")
        assert said == (f"parts of the text are in other languages ({other}); what they say was not read",)


def test_several_are_named_the_most_first() -> None:
    said = warnings("\n\n".join([TEXTS["en"], TEXTS["en"], TEXTS["ru"], TEXTS["ru"], TEXTS["zh"]]))
    assert said == ("parts of the text are in other languages (ru, zh); what they say was not read",)


def test_a_neighbouring_language_of_the_same_script_is_named() -> None:
    assert warnings(f"{TEXTS['ru'] * 4}\n\n{KAZAKH * 2}") == ("parts of the text are in other languages (kk); what they say was not read",)


@pytest.mark.parametrize(
    "text",
    [
        TEXTS["ru"] + " Об этом сообщила компания China Railway Construction Corporation Limited.",
        TEXTS["zh"] + "（China–Kyrgyzstan–Uzbekistan Railway Company）" + TEXTS["zh"],
        TEXTS["en"] + " The agreement, called “l’accord sur le transit”, follows the declaration of 2023. " + TEXTS["en"],
        TEXTS["fr"] + " Le quotidien The Times of Central Asia en rend compte. " + TEXTS["fr"],
    ],
)
def test_names_and_a_few_foreign_words_are_no_language(text: str) -> None:
    assert warnings(text) == ()
