"""The order of words in the four languages."""

import pytest

from relations.domain.collation import sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["“Belt and Road”", "borders", "Culture"]),
        ("fr", ["Eau", "Économie", "Éducation", "Énergie", "Espace", "Frontières"]),
        ("ru", ["Ёлка", "Енот", "Искусство", "Йод", "Культура"]),
        ("zh-hans", ["安全", "边界", "能源", "水资源", "中亚"]),  # anquan, bianjie, nengyuan, shuiziyuan, zhongya
        ("zh-hans", ["CNPC", "安全"]),
    ],
)
def test_words_stand_where_a_reader_looks_for_them(language: str, words: list[str]) -> None:
    mixed = words[::-1]
    assert sorted(mixed, key=lambda word: sort_key(word, language)) == words


def test_a_text_that_no_code_table_has_is_sorted_all_the_same() -> None:
    assert sorted(["安全\ud800", "安全"], key=lambda word: sort_key(word, "zh-hans")) == ["安全", "安全\ud800"]
