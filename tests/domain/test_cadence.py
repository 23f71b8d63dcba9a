"""The rhythm of a mechanism, by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.cadence import Basis, Cadence, Session, State, add_months, cadence, deduce, falls_of, intervals_of
from relations.domain.experience import Experience, Fall
from relations.domain.partial_date import PartialDate

TODAY = dt.date(2026, 3, 24)


def sessions(*texts: str) -> list[Session]:
    """`2024-03-29` or `2024-03-29#1`."""
    found = []
    for text in texts:
        date, _hash, number = text.partition("#")
        found.append(Session(PartialDate.parse(date), int(number) if number else None))
    return found


def read(*texts: str, months: int | None = None, status: str = "active", today: dt.date = TODAY) -> Cadence:
    return cadence(sessions(*texts), periodicity_months=months, status=status, today=today)


# ---- The table of the overview, as of 24 March 2026 ----------------------------------------------------------------------


def test_a_yearly_dialogue_is_due_by_the_day_of_its_last_round() -> None:
    dialogue = read("2024-03-29#1", "2025-04-25#2", months=12)
    assert dialogue.state is State.DUE
    assert dialogue.expected is not None
    assert dialogue.expected.latest == dt.date(2026, 4, 25)
    assert dialogue.expected.earliest == dt.date(2026, 2, 25)
    assert dialogue.days_left == 32  # 7 of March, 25 of April
    assert dialogue.next_number == 3


def test_yearly_consultations_are_overdue_since_a_year_after_the_last() -> None:
    consultations = read("2014-07-11", "2021-03-30#17", "2024-04-16", "2024-08-13", months=12)
    assert consultations.state is State.OVERDUE
    assert consultations.expected is not None
    assert consultations.expected.latest == dt.date(2025, 8, 13)
    assert consultations.days_left == -223


def test_a_committee_of_every_two_years_is_due_fifty_days_before_the_end() -> None:
    committee = read("2015-06-15#3", "2017-09-09#4", "2019-08#5", "2022-08-18#6", "2024-05-13#7", months=24)
    assert (committee.state, committee.days_left) == (State.DUE, 50)
    assert committee.expected is not None
    assert committee.expected.earliest == dt.date(2026, 1, 13)


def test_prime_ministers_who_met_in_november_2024_are_on_time_until_november_2026() -> None:
    meetings = read("2019-11-02", "2022-11-29", "2024-11-04", months=24)
    assert meetings.state is State.ON_TIME
    assert meetings.expected is not None
    assert meetings.expected.latest == dt.date(2026, 11, 4)


def test_without_a_rhythm_two_years_of_silence_are_quiet_and_less_is_met() -> None:
    assert read("2022-07-26#15").state is State.QUIET
    assert read("2024-03-24").state is State.MET
    assert read("2024-03-23").state is State.QUIET
    assert read("2025-03-18#12").silence_days == 371


def test_a_month_is_quiet_only_when_all_of_it_is_two_years_ago() -> None:
    assert read("2024-03").state is State.MET  # it may have been on the 31st
    assert read("2024-02").state is State.QUIET


def test_what_never_met_ended_or_sleeps_is_expected_no_more() -> None:
    assert read().state is State.NO_SESSION
    assert read(months=12).state is State.NO_SESSION
    ended, dormant = read("2024-03-24", months=12, status="ended"), read("2016-08#1", months=12, status="dormant")
    assert (ended.state, ended.expected) == (State.ENDED, None)
    assert (dormant.state, dormant.expected) == (State.DORMANT, None)


def test_the_states_ask_for_attention_in_their_order() -> None:
    assert list(State)[:3] == [State.OVERDUE, State.DUE, State.QUIET]
    assert [state for state in State if state.asks_attention] == [State.OVERDUE, State.DUE, State.QUIET]


# ---- Windows ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (dt.date(2026, 2, 23), State.ON_TIME),  # 61 days before the end
        (dt.date(2026, 2, 24), State.DUE),  # 60 days
        (dt.date(2026, 4, 25), State.DUE),
        (dt.date(2026, 4, 26), State.OVERDUE),
    ],
)
def test_due_begins_sixty_days_before_the_end_and_overdue_the_day_after(today: dt.date, state: State) -> None:
    assert read("2025-04-25", months=12, today=today).state is state


def test_the_window_of_a_long_rhythm_opens_before_the_last_sixty_days() -> None:
    assert read("2024-11-04", months=24, today=dt.date(2026, 7, 3)).state is State.ON_TIME
    assert read("2024-11-04", months=24, today=dt.date(2026, 7, 4)).state is State.DUE


def test_a_last_session_known_to_the_month_widens_the_window_by_the_month() -> None:
    expected = read("2025-06", months=12).expected
    assert expected is not None
    assert (expected.earliest, expected.latest) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))


def test_a_last_session_known_to_the_year_widens_it_by_the_year() -> None:
    expected = read("2025", months=12).expected
    assert expected is not None
    assert (expected.earliest, expected.latest) == (dt.date(2025, 11, 1), dt.date(2026, 12, 31))


def test_a_session_that_is_announced_makes_it_on_time() -> None:
    dialogue = read("2024-08-13#1", "2026-05-12#2", months=12)
    assert dialogue.state is State.ON_TIME
    assert dialogue.announced is not None
    assert dialogue.announced.date.iso == "2026-05-12"
    assert dialogue.count == 1
    assert dialogue.last is not None and dialogue.last.number == 1


def test_a_session_of_today_has_been_held() -> None:
    assert read("2026-03-24").count == 1
    assert read("2026-03").count == 1


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), 48, dt.date(2028, 2, 29)),
        (dt.date(2025, 12, 15), 1, dt.date(2026, 1, 15)),
        (dt.date(2026, 1, 15), -1, dt.date(2025, 12, 15)),
    ],
)
def test_months_are_added_by_the_calendar(day: dt.date, months: int, expected: dt.date) -> None:
    assert add_months(day, months) == expected


# ---- Rhythm from the sessions ------------------------------------------------------------------------------------------------


def test_three_regular_sessions_tell_a_rhythm() -> None:
    # 365 and 400 days apart: the median is 382.5 days, 13 months.
    forum = read("2023-02-01", "2024-02-01", "2025-03-07")
    assert forum.rhythm is not None
    assert (forum.rhythm.basis, forum.rhythm.months, forum.rhythm.intervals) == (Basis.DEDUCED, 13, 2)
    assert (forum.rhythm.shortest_days, forum.rhythm.longest_days) == (365, 400)


def test_a_deduced_window_lies_between_the_shortest_and_the_longest_interval() -> None:
    # 705, 889 and 1,031 days: the longest is 1.46 of the shortest, the median 29 months.
    committee = read("2017-02-15#3", "2019-07-24#4", "2021-06-28#5", "2024-04-24#6")
    assert committee.rhythm is not None and committee.expected is not None
    assert committee.rhythm.months == 29
    assert committee.expected.earliest == dt.date(2024, 4, 24) + dt.timedelta(days=705) == dt.date(2026, 3, 30)
    assert committee.expected.latest == dt.date(2024, 4, 24) + dt.timedelta(days=1031) == dt.date(2027, 2, 19)


def test_two_sessions_are_too_few() -> None:
    assert read("2024-03-29", "2025-04-25").rhythm is None


def test_uneven_intervals_tell_how_long_it_usually_takes() -> None:
    # 742 and 477 days: 1.56 of each other; their median is 609.5 days, 20 months.
    committee = read("2021-11-15", "2023-11-27", "2025-03-18")
    assert committee.rhythm is not None
    assert (committee.rhythm.basis, committee.rhythm.days, committee.rhythm.months) == (Basis.UNEVEN, 609.5, 20)


def test_only_the_last_five_intervals_count() -> None:
    yearly = [f"{year}-06-01" for year in range(2020, 2026)]
    six, five = read("2001-06-01", *yearly).rhythm, read("2001-06-01", *yearly[1:]).rhythm
    assert six is not None and (six.basis, six.intervals) == (Basis.DEDUCED, 5)
    assert five is not None and five.basis is Basis.UNEVEN


def test_an_interval_in_which_sessions_are_missing_is_divided_by_them() -> None:
    # 774 days from the middle of July 2012 to no. 3; 2,644 days from no. 3 to no. 5, so 1,322 a session; 737 to no. 6.
    committee = read("2012-07#2", "2014-08-27#3", "2021-11-22#5", "2023-11-29#6")
    assert committee.rhythm is not None
    assert (committee.rhythm.basis, committee.rhythm.intervals) == (Basis.UNEVEN, 3)
    assert (committee.rhythm.shortest_days, committee.rhythm.days, committee.rhythm.longest_days) == (737, 772, 1322)
    assert committee.missing == 2  # no. 1 before the first, no. 4 in between
    assert committee.unseen_before == 1


def test_a_session_known_only_to_the_year_tells_nothing_of_rhythm() -> None:
    assert read("2023", "2024-06-01", "2025-06-01").rhythm is None
    three = read("2022-06-01", "2023-06-01", "2024", "2025-02-01", "2026-02-01").rhythm
    assert three is not None and three.intervals == 2  # the two that 2024 does not touch


def test_a_declared_rhythm_goes_before_what_the_sessions_show() -> None:
    rhythm = read("2023-06-01", "2024-06-01", "2025-06-01", months=24).rhythm
    assert rhythm is not None
    assert (rhythm.months, rhythm.basis) == (24, Basis.DECLARED)


# ---- Forecast ------------------------------------------------------------------------------------------------------------------

FALLS = Experience(Fall(dt.date(2020, 1, number), number / 10) for number in range(5, 14))  # 0.5, 0.6 … 1.3
BANDED = Experience([*(Fall(dt.date(2020, 1, number), number / 10) for number in range(5, 14)), Fall(dt.date(2021, 1, 1), 2.0)])


def foretold(*texts: str, months: int | None = None, today: dt.date = TODAY, experience: Experience = BANDED) -> Cadence:
    return cadence(sessions(*texts), periodicity_months=months, status="active", today=today, experience=experience)


def test_the_window_is_the_rhythm_times_the_band_of_earlier_sessions() -> None:
    # Ten falls, 0.5 to 1.3 and 2.0: the 10 % quantile stands at place 1.1, 0.51; the 90 % quantile at place 9.9, 1.93.
    # The rhythm is 400 days, so the window opens after 204 days and closes after 772.
    forecast = foretold("2023-01-01", "2024-02-05", "2025-03-11").forecast
    assert forecast is not None and forecast.band is not None
    assert (forecast.band.low, forecast.band.high) == (pytest.approx(0.51), pytest.approx(1.93))
    assert forecast.day == dt.date(2025, 3, 11) + dt.timedelta(days=400)
    assert forecast.window.earliest == dt.date(2025, 3, 11) + dt.timedelta(days=204)
    assert forecast.window.latest == dt.date(2025, 3, 11) + dt.timedelta(days=772)


def test_with_too_few_earlier_sessions_the_window_lies_between_the_intervals() -> None:
    forecast = foretold("2023-02-01", "2024-02-01", "2025-03-07", experience=FALLS).forecast
    assert forecast is not None
    assert forecast.band is None
    assert forecast.window.earliest == dt.date(2025, 3, 7) + dt.timedelta(days=365)
    assert forecast.window.latest == dt.date(2025, 3, 7) + dt.timedelta(days=400)


def test_a_declared_rhythm_keeps_its_date_and_has_a_window_by_experience_beside_it() -> None:
    # 12 months are 365.25 days: 186 to 705 of them after the last session.
    dialogue = foretold("2024-03-29#1", "2025-04-25#2", months=12)
    assert dialogue.expected is not None and dialogue.expected.latest == dt.date(2026, 4, 25)
    assert dialogue.forecast is not None
    assert dialogue.forecast.day == dt.date(2026, 4, 25)
    assert dialogue.forecast.window.earliest == dt.date(2025, 4, 25) + dt.timedelta(days=186)
    assert dialogue.forecast.window.latest == dt.date(2025, 4, 25) + dt.timedelta(days=705)


def test_without_a_declared_rhythm_a_session_is_due_from_the_likeliest_day_and_overdue_after_the_window() -> None:
    texts = ("2023-01-01", "2024-02-05", "2025-03-11")  # likeliest on 15 April 2026, the window closes on 22 April 2027
    assert foretold(*texts, today=dt.date(2026, 4, 14)).state is State.ON_TIME
    assert foretold(*texts, today=dt.date(2026, 4, 15)).state is State.DUE
    assert foretold(*texts, today=dt.date(2027, 4, 22)).state is State.DUE
    assert foretold(*texts, today=dt.date(2027, 4, 23)).state is State.OVERDUE


def test_what_is_learned_later_does_not_change_what_was_known() -> None:
    before = foretold("2023-02-01", "2024-02-01", "2025-03-07", today=dt.date(2020, 12, 31)).forecast
    assert before is None  # nothing had been held yet
    early = foretold("2018-02-01", "2019-02-01", "2020-03-07", today=dt.date(2020, 12, 31)).forecast
    assert early is not None and early.band is None  # nine falls were known, the tenth is of 2021


def test_falls_are_intervals_as_shares_of_what_was_expected() -> None:
    # After 365 and 365 days: 730 is twice the median of the two, then 365 once the median of 365, 365, 730.
    falls = list(falls_of(sessions("2021-01-01", "2022-01-01", "2023-01-01", "2024-12-31", "2025-12-31"), None))
    assert falls == [Fall(dt.date(2024, 12, 31), 2.0), Fall(dt.date(2025, 12, 31), 1.0)]


def test_a_declared_rhythm_is_measured_from_the_second_session_on() -> None:
    (fall,) = falls_of(sessions("2022-01-01", "2024-01-01"), 24)
    assert fall == Fall(dt.date(2024, 1, 1), 730 / 730.5)


def test_a_session_before_which_one_is_missing_teaches_nothing() -> None:
    assert list(falls_of(sessions("2020-01-01#1", "2021-01-01#2", "2022-01-01#3", "2024-01-01#5"), None)) == []


# ---- Intervals and gaps --------------------------------------------------------------------------------------------------------


def test_the_longest_interval_and_what_is_missing_in_it() -> None:
    committee = read("2004-07-02#1", "2007-11#4", "2012-12-08#6", "2016-11-28#7", "2017-04-18#8")
    assert committee.longest is not None
    assert (committee.longest.start.number, committee.longest.end.number, committee.longest.missing) == (4, 6, 1)
    assert committee.longest.days == (dt.date(2012, 12, 8) - dt.date(2007, 11, 15)).days == 1850
    assert committee.missing == 3


def test_gaps_are_intervals_of_more_than_two_years_where_no_rhythm_is_known() -> None:
    committee = read("2004-07-02", "2006-07-02", "2008-09-01", "2025-01-10")
    assert [gap.end.date.iso for gap in committee.gaps] == ["2008-09-01", "2025-01-10"]


def test_gaps_of_a_rhythm_are_half_as_long_again() -> None:
    # 18 months are 547 days.
    dialogue = read("2020-01-01", "2021-07-01", "2023-01-02", months=12)
    assert [gap.days for gap in dialogue.gaps] == [550]


def test_two_sessions_of_one_day_are_no_interval() -> None:
    assert intervals_of(sessions("2025-03-17#1", "2025-03-17#2")) == ()


def test_numbers_that_run_backwards_count_as_one_step() -> None:
    (interval,) = intervals_of(sessions("2020-01-01#9", "2021-01-01#3"))
    assert (interval.steps, interval.missing) == (1, 0)


_sessions = st.lists(
    st.builds(
        Session,
        st.dates(dt.date(1992, 1, 1), dt.date(2030, 1, 1)).map(PartialDate.of),
        st.one_of(st.none(), st.integers(1, 40)),
    ),
    max_size=12,
)


@given(_sessions, st.one_of(st.none(), st.integers(1, 60)), st.sampled_from(["active", "dormant", "ended"]))
def test_the_parts_of_a_reading_agree_with_each_other(held: list[Session], months: int | None, status: str) -> None:
    found = cadence(held, periodicity_months=months, status=status, today=TODAY)
    assert all(session.date.first <= TODAY for session in found.sessions)
    assert (found.last is None) == (found.count == 0) == (found.silence_days is None)
    if found.expected:
        assert found.expected.earliest <= found.expected.latest
        assert found.rhythm is not None and found.last is not None
        assert found.expected.latest >= found.last.date.last
    if found.state is State.OVERDUE:
        assert found.days_left is not None and found.days_left < 0
    if found.state is State.DUE:
        assert found.days_left is not None and found.days_left >= 0
    assert found == cadence(reversed(held), periodicity_months=months, status=status, today=TODAY)
    assert deduce(found.intervals) is None or len(found.intervals) >= 2
