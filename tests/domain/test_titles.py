"""Titles without the formal names of the parties."""

import pytest

from relations.domain.titles import short_title


@pytest.mark.parametrize(
    ("language", "title", "short"),
    [
        ("en", "Joint Statement of the People's Republic of China and the Republic of Kazakhstan", "Joint Statement"),
        ("en", "Joint Statement of the PRC and Turkmenistan (2023)", "Joint Statement (2023)"),
        ("en", "Joint Communiqué of the Governments of the PRC and the Kyrgyz Republic", "Joint Communiqué of the Governments"),
        (
            "en",
            "Joint Communiqué between the Government of the PRC and the Government of the Republic of Uzbekistan",
            "Joint Communiqué of the Governments",
        ),
        (
            "en",
            "Joint Declaration of the PRC and the Kyrgyz Republic on Establishing a Strategic Partnership",
            "Joint Declaration on Establishing a Strategic Partnership",
        ),
        ("zh-hans", "中华人民共和国和哈萨克斯坦共和国建交30周年联合声明", "建交30周年联合声明"),
        ("zh", "中华人民共和国政府和哈萨克斯坦共和国政府联合公报", "政府联合公报"),
        ("ru", "Совместное заявление КНР и Республики Казахстан", "Совместное заявление"),
        ("ru", "Договор о дружбе и сотрудничестве между КНР и Туркменистаном", "Договор о дружбе и сотрудничестве"),
        ("fr", "Déclaration conjointe de la RPC et de la République kirghize", "Déclaration conjointe"),
        ("fr", "Déclaration conjointe Chine–Kazakhstan", "Déclaration conjointe"),
    ],
)
def test_the_names_of_the_two_parties_go(language: str, title: str, short: str) -> None:
    assert short_title(title, language) == short


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Xi'an Declaration of the China-Central Asia Summit"),
        ("en", "Agreement between China, Kyrgyzstan and Kazakhstan on the tripoint of their borders"),
        ("ru", "Договор о дружбе между Республикой Казахстан, Китайской Народной Республикой, Туркменистаном и Республикой Узбекистан"),
        ("de", "Gemeinsame Erklärung der Volksrepublik China und der Republik Kasachstan"),
        ("en", ""),
    ],
)
def test_a_title_that_names_no_pair_stays_whole(language: str, title: str) -> None:
    assert short_title(title, language) == title
