"""The figures of the diplomatic calendar: a square a month, bars both ways."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.charts.visits import SIZES, balance_figure, full_months, heat_figure, step
from relations.domain.calendar_heat import Dated, Heat, YearBalance, heat
from relations.domain.partial_date import PartialDate
from tests.charts.test_position import checked

MONTHS = [dt.date(2000, number, 1).strftime("%b") for number in range(1, 13)]


@pytest.fixture
def found() -> Heat:
    dates = ["2024-07-01", *["2025-05"] * 4, "2025"]
    return heat([Dated(PartialDate.parse(date), "visit") for date in dates], 2024, 2026)


@pytest.mark.parametrize(("total", "expected"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (8, 4), (100, 4)])
def test_a_square_grows_in_five_steps(total: int, expected: int) -> None:
    assert step(total) == expected


def test_a_square_stands_for_every_month_that_holds_something(found: Heat) -> None:
    figure = checked(heat_figure(found, MONTHS, ["a", "b"], side="KZ"))
    (trace,) = figure["data"]
    assert (trace["x"], trace["y"], trace["customdata"]) == ([7, 5], [2024, 2025], ["a", "b"])
    assert trace["marker"]["size"] == [SIZES[0][1], SIZES[2][1]]
    assert trace["marker"]["color"] == ["--kz-edge/.35", "--kz-edge/.65"]
    assert figure["layout"]["yaxis"]["range"] == [2023.3, 2026.7]  # the newest year above
    assert len(full_months(found)) == 2


def test_nothing_is_a_figure_without_squares() -> None:
    figure = checked(heat_figure(heat([], 2024, 2024), MONTHS, []))
    assert figure["data"][0]["x"] == []
    assert heat_figure(Heat(()), MONTHS, [])["data"][0]["x"] == []


def test_visits_to_china_stand_above_and_from_china_below_without_a_sign() -> None:
    years = [YearBalance(2024, 3, 1), YearBalance(2025, 0, 6)]
    figure = checked(balance_figure(years, ("to", "from"), ["x", "y"], side="KZ"))
    up, down = figure["data"]
    assert (up["x"], up["y"], down["y"]) == ([2024, 2025], [3, 0], [-1, -6])
    axis = figure["layout"]["yaxis"]
    assert (axis["tickvals"], axis["ticktext"]) == ([-6, -4, -2, 0, 2, 4, 6], ["6", "4", "2", "0", "2", "4", "6"])
    assert (up["marker"]["line"]["color"], down["marker"]["line"]["color"]) == ("--kz-edge", "--cn-edge")


def test_the_ticks_of_many_visits_stay_few() -> None:
    figure = balance_figure([YearBalance(2024, 900, 12)], ("to", "from"), ["x"])
    assert figure["layout"]["yaxis"]["tickvals"][-1] == 900 or len(figure["layout"]["yaxis"]["tickvals"]) < 25
