"""The intervals of a mechanism as marks, with the window of the next session."""

from __future__ import annotations

import datetime as dt

from relations.charts.mechanism import interval_figure
from relations.domain.cadence import Cadence, Session, cadence
from relations.domain.partial_date import PartialDate
from tests.charts.test_position import checked

TODAY = dt.date(2026, 3, 24)
WORDS = ("window", "expected", "now <b>")


def found(*dates: str, months: int | None = None, numbers: tuple[int | None, ...] = ()) -> Cadence:
    sessions = [Session(PartialDate.parse(date), number) for date, number in zip(dates, numbers or [None] * len(dates), strict=True)]
    return cadence(sessions, periodicity_months=months, status="active", today=TODAY)


def test_an_interval_stands_at_its_end_as_high_as_its_months() -> None:
    figure = checked(interval_figure(found("2020-01-01", "2021-01-01", "2022-01-01"), TODAY, "KZ", ["a", "b"], WORDS))
    marks = figure["data"][0]
    # 366 and 365 days of 30.4375 each: 12.02 and 11.99 months.
    assert (marks["x"], marks["y"], marks["customdata"]) == (["2021-01-01", "2022-01-01"], [12, 12], ["a", "b"])
    assert marks["marker"]["color"] == ["--kz-fill", "--kz-fill"]


def test_the_window_is_a_band_from_the_last_session_on() -> None:
    figure = checked(interval_figure(found("2020-01-01", "2020-12-26", "2022-01-01"), TODAY, "KZ", ["", ""], WORDS))
    band, line = figure["layout"]["shapes"]
    # Intervals of 360 and 371 days, no experience: between these, likeliest their median, 365.5 (366) days.
    assert (band["x0"], band["y0"], band["y1"]) == ("2022-01-01", 11.8, 12.2)
    assert line["y0"] == 12
    label, silence = figure["data"][1:]
    assert label["text"] == ["expected, window"]
    # 1 January 2022 to 24 March 2026 are 1543 days: 50.7 months.
    assert (silence["x"], silence["y"], silence["customdata"]) == (["2026-03-24"], [50.7], ["now &lt;b>"])
    assert figure["layout"]["yaxis"]["range"][1] > 50.7


def test_what_does_not_tell_the_rhythm_is_hollow() -> None:
    rows = found("2018", "2019-05-01", "2021-05-01", numbers=(1, 2, 4))
    marks = interval_figure(rows, TODAY, "KZ", ["", ""], WORDS)["data"][0]
    assert marks["marker"]["color"] == ["--paper", "--paper"]


def test_two_sessions_are_one_mark_without_a_window_and_none_are_no_mark() -> None:
    figure = checked(interval_figure(found("2024-01-01", "2025-01-01"), TODAY, "KZ", [""], WORDS))
    assert (len(figure["data"]), figure["layout"]["shapes"]) == (2, [])
    assert checked(interval_figure(found(), TODAY, "KZ", [], WORDS))["data"][0]["x"] == []


def test_a_declared_rhythm_has_its_window_from_the_first_session_on() -> None:
    figure = checked(interval_figure(found("2025-04-01", months=12), TODAY, "KZ", [], WORDS))
    band, line = figure["layout"]["shapes"]
    assert (band["y0"], band["y1"], line["y0"]) == (10.1, 12, 12)  # the last sixth of twelve months
