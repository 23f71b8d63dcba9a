"""What came of reading the news, by month and language."""

from __future__ import annotations

from typing import Any

import pytest

from relations.selectors.reading_counts import MONTHS_SHOWN, Counts, reading_counts
from tests.factories import ItemReadingFactory, ReadingCountFactory

pytestmark = pytest.mark.django_db


def test_months_stand_newest_first_with_their_languages_and_sums() -> None:
    ReadingCountFactory(month="2026-01", language="en", read=10, relevant=4, linked=5, drafted=2, accepted=1)
    ReadingCountFactory(month="2026-02", language="fr", read=3, relevant=1)
    ReadingCountFactory(month="2026-02", language="ru", read=20, relevant=6, linked=8, drafted=3)
    ReadingCountFactory(month="2026-02", language="", read=1)
    found = reading_counts()
    assert [month.month for month in found.months] == ["2026-02", "2026-01"]
    assert [language for language, _counts in found.months[0].languages] == ["ru", "fr", ""]
    assert found.months[0].total == Counts(24, 7, 8, 3, 0)
    assert found.languages[0] == ("ru", Counts(20, 6, 8, 3, 0))
    assert found.total == Counts(34, 11, 13, 5, 1)
    assert found.shares == {"read": 100.0, "relevant": 32.35, "linked": 38.24, "drafted": 14.71, "accepted": 2.94}


def test_nothing_read_is_nothing() -> None:
    ItemReadingFactory()  # not counted yet: only kept counts are told
    found = reading_counts()
    assert (found.months, found.total, set(found.shares.values())) == ((), Counts(), {0.0})


def test_the_newest_year_is_shown_unless_all_is_asked_for_and_the_sum_is_of_all() -> None:
    for number in range(MONTHS_SHOWN + 3):
        ReadingCountFactory(month=f"{2024 + number // 12}-{number % 12 + 1:02}", read=2)
    found = reading_counts()
    assert (len(found.months), found.months_total, found.total.read) == (MONTHS_SHOWN, MONTHS_SHOWN + 3, 30)
    assert len(reading_counts(everything=True).months) == MONTHS_SHOWN + 3


@pytest.mark.parametrize("months", [0, 30])
def test_one_query_however_many_months(months: int, django_assert_num_queries: Any) -> None:
    for number in range(months):
        ReadingCountFactory(month=f"{2024 + number // 12}-{number % 12 + 1:02}")
    with django_assert_num_queries(1):
        reading_counts(everything=True)
