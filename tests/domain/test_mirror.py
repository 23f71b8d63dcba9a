"""What two sides say of the same thing, by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain import mirror
from relations.domain.series import Value, group

CUSTOMS, STATISTICS, MINISTRY = "China Customs (GACC)", "Kyrgyzstan statistics", "China Ministry of Commerce"


def value(period: str, amount: float, key: int = 0, qualifier: str = "exact", verification: str = "official") -> Value:
    return Value(int(period[:4]), period, amount, qualifier, verification, key)


def told(*rows: tuple[str, str, float]) -> list[mirror.Discrepancy]:
    return mirror.discrepancies("CN-KG", group([(reporter, "", value(period, amount)) for reporter, period, amount in rows]))


def test_a_year_that_both_sides_count_is_a_discrepancy_and_its_values_stay_apart() -> None:
    (found,) = told((CUSTOMS, "2022", 15.0), (STATISTICS, "2022", 4.0), (CUSTOMS, "2023", 19.8))
    assert (found.year, found.china.value.value, found.partner.value.value) == (2022, 15.0, 4.0)
    assert (found.low, found.high, found.ratio, found.china_is_larger) == (4.0, 15.0, 3.75, True)
    assert (found.china.reporter, found.partner.reporter, found.side) == (CUSTOMS, STATISTICS, "KG")


def test_the_reporter_with_the_longest_series_speaks_for_its_side() -> None:
    (found, _later) = told((MINISTRY, "2022", 9.0), (CUSTOMS, "2022", 15.0), (CUSTOMS, "2023", 19.8), (STATISTICS, "2022", 4.0),
                           (STATISTICS, "2023", 5.4))  # fmt: skip
    assert found.china.reporter == CUSTOMS


def test_bounds_and_noughts_are_not_compared() -> None:
    bound = group([(CUSTOMS, "", value("2022", 15.0, qualifier="more_than")), (STATISTICS, "", value("2022", 4.0))])
    assert mirror.discrepancies("CN-KG", bound) == []
    assert told((CUSTOMS, "2022", 0.0), (STATISTICS, "2022", 4.0)) == []


def test_months_are_compared_with_the_same_months_and_scopes_with_the_same_scope() -> None:
    assert told((CUSTOMS, "2022-01/2022-06", 7.0), (STATISTICS, "2022-01/2022-05", 1.5)) == []
    scoped = group([(CUSTOMS, "Horgos", value("2022", 15.0)), (STATISTICS, "", value("2022", 4.0))])
    assert mirror.discrepancies("CN-KG", scoped) == []


def test_a_third_country_is_no_mirror() -> None:
    series = group([(CUSTOMS, "", value("2022", 15.0)), ("Kazakhstan statistics", "", value("2022", 4.0))])
    assert mirror.discrepancies("CN-KG", series) == []
    assert [one.side for one in mirror.discrepancies("CN-C5", series)] == ["KZ"]


def test_the_largest_is_the_largest_quotient_and_the_later_of_equals() -> None:
    found = told((CUSTOMS, "2020", 2.0), (STATISTICS, "2020", 1.0), (CUSTOMS, "2021", 4.0), (STATISTICS, "2021", 8.0),
                 (CUSTOMS, "2022", 30.0), (STATISTICS, "2022", 20.0))  # fmt: skip
    most = mirror.largest(found)
    assert most is not None
    assert (most.year, most.ratio, most.china_is_larger) == (2021, 2.0, False)
    assert mirror.largest([]) is None


def test_a_band_covers_years_in_a_row_alone() -> None:
    found = told(*((who, str(year), 1.0) for who in (CUSTOMS, STATISTICS) for year in (2018, 2019, 2021)))
    assert [[one.year for one in run] for run in mirror.runs(found)] == [[2018, 2019], [2021]]
    assert mirror.runs(told((CUSTOMS, "2022-06", 7.0), (STATISTICS, "2022-06", 1.5))) == []


def test_a_share_needs_the_total_of_the_same_reporter_and_period() -> None:
    parts = group([(CUSTOMS, "", value("2022", 31.2, 1)), (CUSTOMS, "", value("2023", 41.0, 2)), (STATISTICS, "", value("2022", 4.0, 3))])
    totals = group([(CUSTOMS, "", value("2022", 62.4, 9, "approx", "single"))])
    (share,), of = mirror.shares(parts, totals)
    assert [(one.period, one.value, one.qualifier, one.verification) for one in share.values] == [("2022", 50.0, "approx", "single")]
    assert of == {1: 9}
    assert mirror.shares(parts, group([(CUSTOMS, "", value("2022", 0.0, 9))])) == ([], {})


@pytest.mark.parametrize(
    ("period", "at"), [("2022", 2022.0), ("2022-06-30", 2021.993), ("2022-01/2022-06", 2021.993), ("2022-12", 2022.497)]
)
def test_a_year_stands_at_its_middle_and_months_at_their_last_day(period: str, at: float) -> None:
    assert mirror.place(value(period, 1.0)) == at  # 30 June is day 180 of 0 … 364: 2021.5 + 180/365


def test_the_first_of_january_stands_between_two_years() -> None:
    assert mirror.place_of(dt.date(2022, 1, 1)) == 2021.5
