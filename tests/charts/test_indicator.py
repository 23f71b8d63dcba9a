"""The chart of an indicator: a line a reporter."""

from __future__ import annotations

from relations.charts.indicator import Mark, indicator_figure, marks
from relations.domain.series import Series, Value, group


def value(year: int, amount: float) -> Value:
    return Value(year, str(year), amount, "exact", "official", 1)


SERIES = group(
    [
        *(("China Customs (GACC)", "", value(year, amount)) for year, amount in ((2016, 13.0), (2022, 31.2), (2023, 41.0))),
        ("China Ministry of Commerce", "", value(2017, 18.0)),
        *(("Kazakhstan statistics", "", value(year, amount)) for year, amount in ((2021, 18.2), (2022, 24.1))),
        ("The Diplomat", "", value(2020, 20.0)),
    ]
)


def labels(series: list[Series]) -> list[list[str]]:
    return [[f"{one.reporter} {v.year}" for v in one.values] for one in series]


def test_reporters_of_one_side_differ_in_shape() -> None:
    assert marks(SERIES) == [Mark("circle", "CN"), Mark("circle-open", "CN"), Mark("circle", "KZ"), Mark("circle", "")]


def test_a_year_that_a_reporter_skipped_leaves_a_gap() -> None:
    customs = indicator_figure(SERIES, labels(SERIES))["data"][0]
    assert customs["x"] == [2016, None, 2022, 2023]
    assert customs["y"] == [13.0, None, 31.2, 41.0]
    assert customs["connectgaps"] is False


def test_a_line_has_the_colour_of_the_side_that_reports_it() -> None:
    colours = [trace["line"]["color"] for trace in indicator_figure(SERIES, labels(SERIES))["data"]]
    assert colours == ["--cn-edge", "--cn-edge", "--kz-edge", "--ink-3"]


def test_the_last_value_of_each_side_is_written_where_it_stands_clear() -> None:
    notes = indicator_figure(SERIES, labels(SERIES))["layout"]["annotations"]
    assert [(note["x"], note["text"]) for note in notes] == [(2023, "41"), (2022, "24.1")]
    crowded = group([*((one.reporter, "", v) for one in SERIES for v in one.values), ("Somebody", "", value(2023, 24.5))])
    assert [note["text"] for note in indicator_figure(crowded, labels(crowded))["layout"]["annotations"]] == ["41"]


def test_fractions_are_written_as_the_language_does() -> None:
    layout = indicator_figure(SERIES, labels(SERIES), decimal=",")["layout"]
    assert [note["text"] for note in layout["annotations"]] == ["41", "24,1"]
    assert layout["separators"][0] == ","


def test_one_value_is_a_chart_too() -> None:
    single = group([("China Customs (GACC)", "", value(2022, 0.0))])
    layout = indicator_figure(single, labels(single))["layout"]
    assert layout["xaxis"]["tickvals"] == [2022]
    assert layout["yaxis"]["range"] == [0, 1]
