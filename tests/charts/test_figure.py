"""What all figures share."""

from __future__ import annotations

import math

import pytest

from relations.charts import theme
from relations.charts.figure import figure, layout, plain, series, short, to_json


def test_a_series_has_the_colour_of_the_side_that_reports_it() -> None:
    assert series([2021], [1], "KZ", "Kazakhstan")["line"]["color"] == "--kz-edge"
    assert series([2021], [1], "CN", "China")["line"]["color"] == "--cn-edge"


def test_a_skipped_year_is_a_gap() -> None:
    built = series([2020, 2021, 2022], [1, None, 3], "KZ", "Kazakhstan")
    assert built["y"] == [1, None, 3]
    assert built["connectgaps"] is False


def test_steps_keep_a_value_until_the_next() -> None:
    assert series([1], [1], "KZ", "", steps=True)["line"]["shape"] == "hv"


def test_a_layout_takes_what_a_chart_adds() -> None:
    built = layout(240, hovermode="x")
    assert (built["height"], built["hovermode"], built["showlegend"]) == (240, "x", False)


def test_json_is_compact_and_keeps_letters() -> None:
    assert to_json(figure([], {"title": "天山"})) == '{"data":[],"layout":{"title":"天山"}}'


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError):
        to_json(figure([{"y": [math.nan]}], {}))


@pytest.mark.parametrize(("number", "shown"), [(1.0, 1), (1.04, 1), (1.25, 1.2), (-0.04, 0), (103.96, 104)])
def test_a_number_has_one_decimal_at_most(number: float, shown: float) -> None:
    assert short(number) == shown
    assert str(short(number)) == str(shown)


def test_text_cannot_become_markup() -> None:
    assert plain("A < B & <b>") == "A &lt; B &amp; &lt;b>"


def test_tokens_of_a_side_and_of_a_dyad_are_the_same() -> None:
    assert theme.edge("CN-KZ") == theme.edge("KZ") == "--kz-edge"
    assert theme.fill("CN-C5") == "--c5-fill"


def test_a_token_may_be_faded_differently_in_the_dark() -> None:
    assert theme.faded("--kz-fill", 0.085, 0.155) == "--kz-fill/.085/.155"
    assert theme.faded("--ink", 0.5) == "--ink/.5"
    assert theme.is_token("--kz-fill/.085") and not theme.is_token("x-thin")
