"""The monthly reports of relationships: sums of what was counted, never a count."""

from __future__ import annotations

from typing import Any

import pytest

from relations.selectors.news_volume import MonthLine, news_volumes
from tests.factories import NewsItemFactory, NewsVolumeFactory

pytestmark = pytest.mark.django_db


def test_languages_are_summed_by_month_and_relationship() -> None:
    NewsVolumeFactory(month="2026-01", dyad="CN-KZ", language="en", items=3)
    NewsVolumeFactory(month="2026-01", dyad="CN-KZ", language="ru", items=4)
    NewsVolumeFactory(month="2026-02", dyad="CN-KZ", language="en", items=5)
    NewsVolumeFactory(month="2026-02", dyad="CN-UZ", language="en", items=2)
    found = news_volumes(("CN-KZ", "CN-UZ"), 2026, 2026)
    assert [(volume.month.iso, volume.items) for volume in found.by_dyad["CN-KZ"]] == [("2026-01", 7), ("2026-02", 5)]
    assert found.months == (MonthLine("2026-02", (5, 2)), MonthLine("2026-01", (7, 0)))
    assert found.most == 7


def test_other_relationships_and_years_are_left_out() -> None:
    NewsVolumeFactory(month="2025-12", dyad="CN-KZ", items=3)
    NewsVolumeFactory(month="2026-01", dyad="CN-UZ", items=4)
    assert news_volumes(("CN-KZ",), 2026, 2026).by_dyad == {"CN-KZ": ()}
    assert news_volumes(("CN-KZ",), 2025, 2026).most == 3


def test_items_themselves_are_never_counted() -> None:
    NewsItemFactory(dyads=["CN-KZ"])
    assert news_volumes(("CN-KZ",), 2000, 2030).months == ()


@pytest.mark.parametrize("months", [0, 24])
def test_one_query_however_many_months(months: int, django_assert_num_queries: Any) -> None:
    for number in range(months):
        NewsVolumeFactory(month=f"{2024 + number // 12}-{number % 12 + 1:02}", items=1)
    with django_assert_num_queries(1):
        assert len(news_volumes(("CN-KZ",), 2024, 2025).months) == months
