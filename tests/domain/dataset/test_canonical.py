from __future__ import annotations

from relations.domain.dataset.canonical import KEY_LENGTH, fingerprint, key_of, line_of, plain_number, text_of


def test_files_are_text_with_one_space_of_indent_and_a_newline_at_the_end() -> None:
    assert (
        text_of({"title": "中哈", "parties": ["CN"], "note": None})
        == '{\n "title": "中哈",\n "parties": [\n  "CN"\n ],\n "note": null\n}\n'
    )


def test_the_order_of_keys_does_not_change_a_fingerprint_that_of_lists_does() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint({"a": 1, "b": [1, 2]}) != fingerprint({"a": 1, "b": [2, 1]})
    assert fingerprint({"a": None}) != fingerprint({"a": ""})
    assert len(fingerprint({})) == 64


def test_keys_join_the_parts_that_are_known() -> None:
    assert key_of("cn-kz-committee", "2006", None) == "cn-kz-committee | 2006 | "
    assert key_of("cn-kz-committee", "2006", 2) == "cn-kz-committee | 2006 | 2"


def test_long_keys_fit_and_stay_apart() -> None:
    keys = {key_of("a" * 600 + end) for end in "xyz"} | {key_of("a" * KEY_LENGTH)}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {KEY_LENGTH}


def test_whole_numbers_are_written_whole() -> None:
    assert [repr(plain_number(value)) for value in (25.0, 25, 31.2, -3.0, 0.0)] == ["25", "25", "31.2", "-3", "0"]


def test_a_title_is_told_in_english_else_in_the_first_language_that_it_has() -> None:
    assert line_of({"en": "Statement", "zh": "声明"}) == "Statement"
    assert line_of({"en": None, "zh": None, "fr": "Déclaration", "ru": "Заявление"}) == "Déclaration"
    assert line_of("A line") == "A line"
    assert line_of({"en": None}) == line_of(None) == ""
