"""Which relationships a text names, in four languages, and what must not be taken for a name."""

from __future__ import annotations

import pytest

from relations.domain.naming import dyads_of

NAMED = {
    # English
    "China and Kazakhstan sign a transport agreement": ["CN-KZ"],
    "CHINA, KAZAKHSTAN SIGN AGREEMENT": ["CN-KZ"],
    "Kyrgyz president receives Chinese ambassador": ["CN-KG"],
    "Sino-Tajik border post reopens": ["CN-TJ"],
    "Gas: PRC buys more from Turkmenistan": ["CN-TM"],
    "China’s exports to Uzbekistan grow": ["CN-UZ"],
    "China–Kyrgyzstan–Uzbekistan railway: first tunnel": ["CN-KG", "CN-UZ"],
    "China–Central Asia summit opens": ["CN-C5"],
    "Wang Yi of China meets ministers of Central Asia": ["CN-C5"],
    "China to host Kazakhstan, Tajikistan and Uzbekistan": ["CN-KZ", "CN-TJ", "CN-UZ", "CN-C5"],
    "Uzbekistan's O'zbekiston Airways flies to China": ["CN-UZ"],
    # French
    "La Chine et l’Ouzbékistan signent un accord": ["CN-UZ"],
    "Le président kazakh à Pékin": ["CN-KZ"],
    "Commerce sino-kirghize en hausse": ["CN-KG"],
    "La Chine et les cinq pays d’Asie centrale": ["CN-C5"],
    # Russian, in all cases
    "Переговоры Китая с Таджикистаном": ["CN-TJ"],
    "Китайско-казахстанское сотрудничество": ["CN-KZ"],
    "КНР и Туркмения увеличат поставки газа": ["CN-TM"],
    "Саммит «Китай – Центральная Азия»": ["CN-C5"],
    "Министры Кыргызстана и КНР": ["CN-KG"],
    # Chinese
    "中国同哈萨克斯坦签署联合声明": ["CN-KZ"],
    "中哈原油管道输油量创新高": ["CN-KZ"],
    "中吉乌铁路开工": ["CN-KG", "CN-UZ"],
    "中方愿同吉方合作，吉尔吉斯斯坦外长表示": ["CN-KG"],
    "中塔友好：塔吉克斯坦总统访华": ["CN-TJ"],
    "中国—中亚峰会在西安举行": ["CN-C5"],
    "中國與烏茲別克斯坦": ["CN-UZ"],
    # Words of another script beside Chinese characters
    "中国访问Kazakhstan的代表团": ["CN-KZ"],
}

NOT_NAMED = [
    "Kazakhstan and Russia sign a transport agreement",
    "China and Russia hold talks",
    "Georgia and China sign a trade agreement",
    "The state of Georgia courts Chinese investors",
    "Turkmen people in Iraq buy Chinese goods",
    "Chinese diplomats meet Iraqi Turkmens in Kirkuk",
    "Kazakh dealer in bone china",
    "A tea service of white china from Tajikistan",
    "Indochina and Kazakhstan",
    "Kazakhs watch a film by South China Morning Post",
    "Kazakhstan comments on the South China Sea",
    "Kazakhstan wins at chess - China Daily",
    "Ethnic Kazakhs in China's Xinjiang",
    "Ili Kazakh Autonomous Prefecture reports growth, says China",
    "Bust of Ibn Sino unveiled in Uzbekistan",
    "Russia meets Central Asian countries",
    "Иракские туркмены и Китай",
    "Китай-город: новое кафе казахской кухни",
    "Казахстан и Россия подписали соглашение",
    "Chine : accord avec la Géorgie",
    "La porcelaine du Kazakhstan",
    "发展中国家与哈萨克斯坦的粮食贸易",
    "其中哈尔滨增长最快，中国东北",
    "上合组织五国中哈萨克斯坦最大",
    "中乌两国：乌克兰外长谈话",
    "新疆哈萨克族牧民转场，中国新闻网",
    "伊犁哈萨克自治州：中国最西的州",
    "中土大地与中国",
    "格鲁吉亚与中国签署协定",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_relationship_is_named(text: str) -> None:
    assert list(dyads_of(text)) == NAMED[text]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert dyads_of(text) == ()


def test_a_capital_counts_for_one_side_only() -> None:
    assert dyads_of("Chinese minister arrives in Tashkent") == ("CN-UZ",)
    assert dyads_of("Uzbek minister arrives in Beijing") == ("CN-UZ",)
    assert dyads_of("Flights between Beijing and Tashkent resume") == ()


def test_a_capital_is_only_a_place_where_a_partner_is_named() -> None:
    assert dyads_of("Chinese and Kyrgyz ministers meet in Tashkent") == ("CN-KG",)
    assert dyads_of("Министры Китая и Киргизии встретились в Астане") == ("CN-KG",)


def test_abbreviations_need_their_capitals() -> None:
    assert dyads_of("КНР и Узбекистан") == ("CN-UZ",)
    assert dyads_of("кнр и узбекистан") == ()
    assert dyads_of("The PRC and Tajikistan") == ("CN-TJ",)
    assert dyads_of("The prc and Tajikistan") == ()


def test_case_does_not_matter_for_other_names() -> None:
    assert dyads_of("китай и узбекистан") == ("CN-UZ",)
    assert dyads_of("CHINE ET OUZBÉKISTAN") == ("CN-UZ",)


def test_names_end_where_words_end() -> None:
    assert dyads_of("Chinatown hosts Kazakhstan week") == ()
    assert dyads_of("China's Kazakhstan-born chess players") == ("CN-KZ",)


def test_apostrophes_dashes_and_composed_letters_are_alike() -> None:
    assert dyads_of("Commerce sino‑ouzbek") == ("CN-UZ",)
    assert dyads_of("La Chine et le Turkme\u0301nistan") == ("CN-TM",)  # e + combining accent
    assert dyads_of("Кита\u0438\u0306 и Узбекистан") == ("CN-UZ",)  # й in two characters


def test_letters_that_change_their_length_in_small_do_not_shift_the_places() -> None:
    assert dyads_of("İİİİ China and KAZAKHSTAN İ") == ("CN-KZ",)


def test_an_empty_text_names_nothing() -> None:
    assert dyads_of("") == ()
