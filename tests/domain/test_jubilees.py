"""What lay around earlier jubilees, by hand."""

from __future__ import annotations

import datetime as dt

from relations.domain.jubilees import Chronicle, Happening, Span, around, evidence, marked_by, passed, weeks
from relations.domain.partial_date import PartialDate
from relations.domain.recurrence import Origin

TODAY = dt.date(2026, 3, 24)


def chronicle(*dates: str) -> Chronicle:
    return Chronicle(Happening(PartialDate.parse(date), "visit", number) for number, date in enumerate(dates))


def test_forty_five_days_either_way_lie_around_an_anniversary() -> None:
    assert around(PartialDate.parse("2022-01-03")) == Span(dt.date(2021, 11, 19), dt.date(2022, 2, 17))
    assert around(PartialDate.parse("2022-02")) == Span(dt.date(2021, 12, 18), dt.date(2022, 4, 14))
    assert around(PartialDate.parse("2022")) is None


def test_the_jubilees_that_are_over_stand_with_what_lay_around_them() -> None:
    found = passed(Origin(2011, 6, 13), chronicle("2016-06-22", "2016-04-29", "2016-04-28", "2021-08", "2016"), TODAY)
    # 2016: from 29 April to 28 July. 2021: to 28 July; the middle of August lies outside. 2026 is not over.
    assert [(one.occurrence.years, [str(row.date) for row in one.happenings]) for one in found] == [
        (10, []),
        (5, ["2016-04-29", "2016-06-22"]),
    ]


def test_a_jubilee_that_lasts_or_lies_before_the_records_is_no_evidence() -> None:
    assert passed(Origin(2021, 2, 15), chronicle(), TODAY) == []  # its days end on 1 April
    assert [one.occurrence.years for one in passed(Origin(1982, 1, 3), chronicle(), dt.date(1997, 6, 1))] == [15]
    assert passed(Origin(2001), chronicle("2006-05-05"), TODAY) == []


def test_chance_is_the_share_of_days_near_a_record() -> None:
    # From 15 February 1992 to 7 February 2026 are 12,412 days; 91 of them lie around 1 June 2000.
    assert chronicle("2000-06-01").chance(TODAY) == 91 / 12412
    # The 31st: 30 days more.
    assert chronicle("2000-06-01", "2000-07-01").chance(TODAY) == 121 / 12412
    assert chronicle().chance(TODAY) == 0
    assert chronicle("2000-06-01").chance(dt.date(1992, 1, 5)) is None


def test_evidence_adds_up_jubilees_and_weighs_chance_by_them() -> None:
    kz = passed(Origin(2011, 6, 13), chronicle("2016-06-22"), TODAY)
    uz = passed(Origin(2012, 6, 6), chronicle(), TODAY)
    found = evidence([("CN-KZ", kz), ("CN-UZ", uz)], {"CN-KZ": 0.3, "CN-UZ": 0.6})
    assert (found.jubilees, found.marked) == (4, 1)  # 2016 and 2021, 2017 and 2022
    assert found.share == 0.25
    assert found.chance is not None and abs(found.chance - 0.45) < 1e-9
    assert evidence([], {}).share is None


def told(*rows: tuple[str, str]) -> Chronicle:
    return Chronicle(Happening(PartialDate.parse(date), kind, number) for number, (date, kind) in enumerate(rows))


def test_each_kind_counts_the_jubilees_that_had_one() -> None:
    found = passed(Origin(2011, 6, 13), told(("2016-06-22", "visit"), ("2016-06-23", "visit"), ("2021-06-01", "declaration")), TODAY)
    assert marked_by(found) == {"declaration": 1, "visit": 1, "session": 0}
    assert marked_by([]) == {"declaration": 0, "visit": 0, "session": 0}


def test_weeks_are_counted_from_the_day_of_the_jubilee() -> None:
    chronicle = told(
        ("2016-06-10", "visit"), ("2016-06-16", "session"), ("2016-06-17", "session"), ("2016-07-28", "visit"), ("2016-06", "visit")
    )
    found = {(week.first, week.last): week for week in weeks([("CN-KZ", passed(Origin(2011, 6, 13), chronicle, TODAY))])}
    # 10 June is three days before, 16 June three after, 17 June four; 28 July is the 45th day. June 2016 has no day.
    assert len(found) == 13
    assert found[-3, 3].counts == {"declaration": 0, "visit": 1, "session": 1}
    assert found[4, 10].counts == {"declaration": 0, "visit": 0, "session": 1}
    assert found[39, 45].counts == {"declaration": 0, "visit": 1, "session": 0}
    assert sum(week.total for week in found.values()) == 4


def test_a_record_counts_once_for_the_jubilees_of_one_day() -> None:
    jubilees = passed(Origin(2011, 6, 13), told(("2016-06-10", "visit")), TODAY)
    assert sum(week.total for week in weeks([("CN-KZ", jubilees), ("CN-KZ", jubilees)])) == 1
    assert sum(week.total for week in weeks([("CN-KZ", jubilees), ("CN-UZ", jubilees)])) == 2
