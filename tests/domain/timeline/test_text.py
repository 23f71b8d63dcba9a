"""Widths of texts before a browser has drawn them."""

from __future__ import annotations

import pytest

from relations.domain.timeline.text import width, wrap

MEASURED = {
    # The wider of Roboto and Liberation Sans (the metrics of Arial) at 13 px, measured in Chromium.
    "Diplomatic relations 1992": 145.3,
    "Comprehensive": 92.0,
    "Всеобъемлющее": 105.8,
    "Ouzbékistan": 70.1,
}


@pytest.mark.parametrize(("text", "measured"), MEASURED.items())
def test_the_guess_is_never_narrower_than_the_letters_and_not_much_wider(text: str, measured: float) -> None:
    assert measured <= width(text) <= measured * 1.15


def test_a_chinese_character_is_as_wide_as_the_type_is_high() -> None:
    assert 4 * 13 <= width("全面战略") <= 4 * 13 * 1.1


def test_bold_is_wider_and_width_grows_with_the_size() -> None:
    assert width("Permanent", bold=True) > width("Permanent")
    assert width("Permanent", 26) == pytest.approx(2 * width("Permanent", 13))


def test_nothing_has_no_width() -> None:
    assert width("") == 0


def test_a_text_breaks_at_spaces_and_after_hyphens() -> None:
    assert wrap("Permanent good-neighbourliness", 120, bold=True) == ["Permanent good-", "neighbourliness"]
    assert wrap("Six-party format", 80, 16, bold=True) == ["Six-party", "format"]


def test_chinese_breaks_between_characters() -> None:
    assert wrap("永久全面战略伙伴", 60) == ["永久全面", "战略伙伴"]


def test_a_word_longer_than_the_line_stays_whole() -> None:
    assert wrap("Turkmenistan", 20) == ["Turkmenistan"]
