"""One indicator of several relationships over records of the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.selectors import panels
from relations.selectors.panels import MEETINGS, STATUSES, PanelFilters
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 31)
CUSTOMS = "China Customs (GACC)"


@pytest.fixture
def trade() -> Any:
    """Trade of Kazakhstan by two reporters, of Kyrgyzstan by one, of the five by customs."""
    indicator = make.IndicatorFactory(code="trade_turnover_usd_bn", title_en="Trade")
    rows = [("CN-KZ", CUSTOMS, 2022, 31.2), ("CN-KZ", CUSTOMS, 2023, 41.0), ("CN-KZ", "Kazakhstan statistics", 2022, 24.0),
            ("CN-KG", CUSTOMS, 2022, 15.6), ("CN-C5", CUSTOMS, 2022, 62.4)]  # fmt: skip
    for dyad, reporter, year, value in rows:
        make.ObservationFactory(
            indicator=indicator, dyad_id=dyad, reporter=reporter, year=year, value=value, sources=[make.SourceFactory()]
        )
    return indicator


def page(**filters: Any) -> panels.PanelsPage:
    choice = panels.chosen("", panels.choices())
    assert choice is not None
    return panels.panels_page(choice, PanelFilters(**filters), TODAY)


def test_each_relationship_is_a_panel_and_one_without_a_value_is_told(trade: Any) -> None:
    found = page()
    assert [panel.dyad for panel in found.panels] == ["CN-KZ", "CN-KG", "CN-C5"]
    assert found.empty == ("CN-TJ", "CN-TM", "CN-UZ")
    assert found.largest is not None
    assert (found.largest.dyad, found.largest.year, found.largest.ratio) == ("CN-KZ", 2022, 1.3)


def test_the_years_and_the_relationships_are_filters(trade: Any) -> None:
    found = page(dyads=("CN-KZ",), first=2023)
    assert [(line.series.reporter, line.value.value) for line in found.lines] == [(CUSTOMS, 41.0)]
    assert page(dyads=("CN-KZ",), last=1999).panels == ()


def test_a_share_stands_on_the_sources_of_both_its_numbers(trade: Any) -> None:
    found = page(share=True)
    assert found.shares
    assert [(line.dyad, line.value.value) for line in found.lines] == [("CN-KZ", 50.0), ("CN-KG", 25.0)]
    assert [len(found.sources(found.lines)[line.value.key]) for line in found.lines] == [2, 2]


def test_without_a_total_there_is_no_share_and_values_are_shown() -> None:
    make.ObservationFactory(indicator=make.IndicatorFactory(code="gas"))
    found = page(share=True)
    assert (found.shares, [line.value.value for line in found.lines]) == (False, [31.2])


def test_statuses_and_meetings_of_the_years_are_laid_over(trade: Any) -> None:
    make.StatusFactory(dyad_id="CN-KZ", date="1992-01-03")
    make.StatusFactory(dyad_id="CN-KZ", date="2022-09", level="strategic_partnership", title_en="Partnership")
    make.VisitFactory(dyad_id="CN-KZ", date_start="2022-09-14", office="President")
    (panel,) = page(dyads=("CN-KZ",), first=2020, overlay=(STATUSES, MEETINGS)).panels
    assert [(one.date.iso, one.kind) for one in panel.laid] == [("2022-09", "status"), ("2022-09-14", "visit")]
    assert page(dyads=("CN-KZ",)).panels[0].laid == ()


def test_the_number_of_queries_does_not_grow_with_the_values(trade: Any, django_assert_num_queries: Any) -> None:
    everything = {"overlay": (STATUSES, MEETINGS)}
    page(**everything).sources(page().lines)
    for start in (1960, 1990):
        with django_assert_num_queries(6):  # choices, values, statuses, two for meetings, sources
            found = page(**everything)
            found.sources(found.lines)
        for year in range(start, start + 20):
            make.ObservationFactory(indicator=trade, dyad_id="CN-UZ", year=year, sources=[make.SourceFactory()])


def test_without_any_value_there_is_nothing_to_choose() -> None:
    make.IndicatorFactory()
    assert (panels.choices(), panels.chosen("x", panels.choices())) == ([], None)
