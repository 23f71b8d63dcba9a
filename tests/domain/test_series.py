"""Series of an indicator: one reporter each."""

from __future__ import annotations

import pytest

from relations.domain.series import Value, group, mirror_gap, side_of


def value(year: int, amount: float, key: int = 0) -> Value:
    return Value(year, str(year), amount, "exact", "official", key)


@pytest.mark.parametrize(
    ("reporter", "side"),
    [
        ("China Customs (GACC)", "CN"),
        ("Embassy of China in Kazakhstan", "CN"),
        ("Kazakhstan statistics (UN Comtrade)", "KZ"),
        ("Embassy of Kazakhstan in China", "KZ"),
        ("President of Turkmenistan", "TM"),
        ("Uzbekistan statistics (via EIU)", "UZ"),
        ("Eurasian Development Bank", ""),
        ("The Diplomat", ""),
    ],
)
def test_a_reporter_belongs_to_a_side_by_its_name(reporter: str, side: str) -> None:
    assert side_of(reporter) == side


def test_every_reporter_and_scope_is_a_series_of_its_own_chinas_first() -> None:
    series = group(
        [
            ("Kazakhstan statistics", "", value(2021, 18.0)),
            ("China Customs (GACC)", "", value(2022, 31.2)),
            ("Eurasian Development Bank", "", value(2022, 30.1)),
            ("Kazakhstan statistics", "Horgos", value(2021, 1.0)),
            ("China Customs (GACC)", "", value(2021, 25.3)),
        ]
    )
    assert [(one.reporter, one.scope, [v.year for v in one.values]) for one in series] == [
        ("China Customs (GACC)", "", [2021, 2022]),
        ("Kazakhstan statistics", "", [2021]),
        ("Kazakhstan statistics", "Horgos", [2021]),
        ("Eurasian Development Bank", "", [2022]),
    ]


def test_years_that_a_reporter_skipped_are_not_joined() -> None:
    (series,) = group([("China Customs (GACC)", "", value(year, 1.0)) for year in (2010, 2011, 2014, 2015, 2020)])
    assert [[v.year for v in run] for run in series.runs()] == [[2010, 2011], [2014, 2015], [2020]]


def test_the_mirror_gap_compares_the_last_year_that_both_sides_count() -> None:
    series = group(
        [
            ("China Customs (GACC)", "", value(2022, 31.2)),
            ("China Customs (GACC)", "", value(2023, 41.0)),
            ("China Customs (GACC)", "", value(2024, 43.8)),
            ("Kazakhstan statistics", "", value(2022, 24.1)),
            ("Kazakhstan statistics", "", value(2023, 31.5)),
        ]
    )
    gap = mirror_gap(series)
    assert gap is not None
    assert (gap.year, gap.china.value, gap.partner.value) == (2023, 41.0, 31.5)
    assert round(gap.ratio, 3) == 1.302


def test_without_a_common_year_there_is_no_gap() -> None:
    assert mirror_gap(group([("China Customs (GACC)", "", value(2024, 43.8)), ("Kazakhstan statistics", "", value(2023, 31.5))])) is None
    assert mirror_gap(group([("The Diplomat", "", value(2024, 43.8))])) is None
