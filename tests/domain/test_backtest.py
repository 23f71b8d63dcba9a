"""The back-test of the forecast, by hand and on the shipped dataset."""

from __future__ import annotations

import datetime as dt

import pytest

from benchmarks.quality import cadence as table
from relations.domain.backtest import Past, experience_of, score, trials, trials_of
from relations.domain.cadence import Basis, Session
from relations.domain.experience import Experience
from relations.domain.partial_date import PartialDate


def past(*dates: str, months: int | None = None) -> Past:
    return Past("m", tuple(Session(PartialDate.parse(date)) for date in dates), months)


YEARLY = past("2021-01-01", "2022-01-01", "2023-01-01", "2024-01-31", "2024-12-31")


def test_each_session_is_foretold_from_those_before_it_alone() -> None:
    # 365 and 365 days: foretold for 1 January 2024, came 30 days later. Then 365, 365, 395: foretold for 30 January 2025, came
    # 30 days early. Repeating the last interval was off by 30, then by 395 - 335 = 60 days.
    first, second = trials([YEARLY])
    assert (first.forecast.day, first.error, first.repeated_error) == (dt.date(2024, 1, 1), 30, 30)
    assert (second.forecast.day, second.error, second.repeated_error) == (dt.date(2025, 1, 30), -30, 60)
    assert first.basis is Basis.DEDUCED


def test_a_declared_rhythm_is_tried_from_the_second_session_on_and_compared_from_the_third() -> None:
    first, second = trials([past("2020-01-01", "2021-01-01", "2022-03-01", months=12)])
    assert (first.error, first.repeated_error) == (0, None)
    assert (second.error, second.repeated_error) == (59, 424 - 366)
    assert {trial.basis for trial in (first, second)} == {Basis.DECLARED}


def test_the_score_of_two_trials() -> None:
    found = score(trials([YEARLY]))
    assert (found.trials, found.mean_error, found.median_error) == (2, 30, 30)
    assert (found.compared, found.compared_error, found.repeated_error) == (2, 30, 45)
    assert found.is_better
    assert (found.windows, found.held_share) == (0, None)  # nothing had been learned yet


def test_a_window_counts_once_it_has_been_learned() -> None:
    # Ten yearly mechanisms teach that sessions come to the day; the eleventh meets a month late.
    ten = [past("2010-01-01", "2011-01-01", months=12) for _ in range(10)]
    late = past("2015-01-01", "2016-01-01", "2017-03-01", months=12)
    found = trials_of(late, experience_of([*ten, late]))
    assert [trial.held for trial in found] == [True, False]
    assert score(found).held_share == 0.5


def test_a_session_known_to_the_month_is_held_where_it_can_lie_in_the_window() -> None:
    ten = [past("2010-01-01", "2011-01-01", months=12) for _ in range(10)]
    (trial,) = trials_of(past("2015-01-20", "2016-01", months=12), experience_of(ten))
    assert trial.held is True


def test_what_cannot_be_foretold_is_not_tried() -> None:
    assert trials([past()]) == []
    assert trials([past("2020-01-01", "2021-01-01")]) == []
    assert trials([past("2020-01-01", "2021-01-01", "2022-01-01", "2023")]) == []
    missing = Past("m", tuple(Session(PartialDate.parse(f"20{20 + n}-01-01"), n) for n in (1, 2, 3, 5)))
    assert trials_of(missing, Experience()) == []


def test_the_score_of_nothing_says_nothing() -> None:
    found = score([])
    assert (found.trials, found.mean_error, found.held_share, found.is_better) == (0, None, None, False)


# ---- The shipped dataset -----------------------------------------------------------------------------------------------------


def test_the_forecast_beats_repeating_the_last_interval_on_the_shipped_dataset() -> None:
    found = score(trials(table.shipped()))
    assert found.compared > 50
    assert found.compared_error is not None and found.repeated_error is not None
    assert found.compared_error < 0.85 * found.repeated_error


def test_the_window_holds_about_eight_of_ten_sessions_of_the_shipped_dataset() -> None:
    found = score(trials(table.shipped()))
    assert found.windows > 50
    assert found.held_share == pytest.approx(0.8, abs=0.1)


def test_the_table_prints_a_row_for_each_rhythm_and_says_whether_it_is_good_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert table.show_table() is True
    printed = capsys.readouterr().out
    assert all(
        word in printed for word in ("declared rhythm", "even intervals", "uneven intervals", "last interval repeated", "80 % windows")
    )


def test_a_forecast_that_is_worse_is_not_good_enough() -> None:
    worse = score(trials([past("2020-01-01", "2021-01-01", "2023-01-01", "2025-01-01")]))
    assert (worse.compared_error, worse.repeated_error) == (183, 1)  # 731 days, not 548 and not 730
    assert not table.is_good_enough(worse)
