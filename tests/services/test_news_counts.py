"""Monthly counts, by hand: of the news by relationship, and of what its reading came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from relations.models import NewsItem, NewsVolume, ReadingCount
from relations.services.news_counts import month_of, recount
from tests.factories import CandidateFactory, ItemReadingFactory, NewsItemFactory, NewsLinkFactory, NewsVolumeFactory, ReadingCountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_day_in_february")]

JANUARY = dt.datetime(2026, 1, 31, 23, 59, tzinfo=dt.UTC)
FEBRUARY = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)


@pytest.fixture
def a_day_in_february() -> Any:
    with time_machine.travel(dt.datetime(2026, 2, 10, tzinfo=dt.UTC), tick=False):
        yield


def volumes() -> set[tuple[Any, ...]]:
    return set(NewsVolume.objects.values_list("month", "dyad", "language", "items"))


def counts() -> set[tuple[Any, ...]]:
    return set(ReadingCount.objects.values_list("month", "language", "read", "relevant", "linked", "drafted", "accepted"))


def test_items_count_in_the_month_of_their_time_in_utc() -> None:
    ahead = dt.timezone(dt.timedelta(hours=5))
    assert month_of(dt.datetime(2026, 2, 1, 4, 59, tzinfo=ahead)) == "2026-01"
    NewsItemFactory(sort_time=JANUARY, dyads=["CN-KZ"])
    NewsItemFactory(sort_time=FEBRUARY, dyads=["CN-KZ"])
    recount()
    assert volumes() == {("2026-01", "CN-KZ", "en", 1), ("2026-02", "CN-KZ", "en", 1)}


def test_an_item_counts_for_each_relationship_and_a_hidden_one_for_none() -> None:
    NewsItemFactory(sort_time=JANUARY, dyads=["CN-KZ", "CN-UZ"])
    NewsItemFactory(sort_time=JANUARY, dyads=["CN-KZ"], language="ru")
    NewsItemFactory(sort_time=JANUARY, dyads=["CN-KZ"], hidden=True)
    NewsItemFactory(sort_time=JANUARY)
    recount({"2026-01"})
    assert volumes() == {("2026-01", "CN-KZ", "en", 1), ("2026-01", "CN-UZ", "en", 1), ("2026-01", "CN-KZ", "ru", 1)}


def test_what_came_of_the_reading_of_a_month() -> None:
    def read(**values: Any) -> NewsItem:
        item: NewsItem = ItemReadingFactory(item__sort_time=JANUARY, **values).item
        return item

    read(relevant=False)
    linked = read()
    NewsLinkFactory(item=linked, code="CN-KZ")
    NewsLinkFactory(item=linked, code="CN-UZ")
    NewsLinkFactory(item=read(), state="rejected")
    CandidateFactory(item=linked, state="accepted")
    CandidateFactory(item=read(), state="rejected")
    NewsItemFactory(sort_time=JANUARY)  # not read
    recount({"2026-01"})
    # Four read, of which three relevant; one with a link that stands; two drafted, one accepted.
    assert counts() == {("2026-01", "en", 4, 3, 1, 2, 1)}


def test_an_item_of_a_feed_without_a_language_counts_for_that_in_which_it_was_read() -> None:
    ItemReadingFactory(item__sort_time=JANUARY, item__language="", language="zh", item__dyads=["CN-KG"])
    recount()
    assert counts() == {("2026-01", "zh", 1, 1, 0, 0, 0)}
    assert volumes() == {("2026-01", "CN-KG", "zh", 1)}


def test_counted_again_nothing_is_written_that_has_not_changed(django_assert_num_queries: Callable[..., Any]) -> None:
    items = [NewsItemFactory(sort_time=JANUARY, dyads=["CN-KZ"]) for _ in range(2)]
    recount({"2026-01"})
    before = NewsVolume.objects.get()
    with django_assert_num_queries(7):  # a savepoint and its end, volumes and counts as they are and as they are stored
        recount({"2026-01"})
    items[0].dyads.clear()
    recount({"2026-01"})
    after = NewsVolume.objects.get()
    assert (before.items, after.items, before.pk) == (2, 1, after.pk)
    items[1].dyads.clear()
    recount({"2026-01"})
    assert volumes() == set()


def test_without_months_all_are_counted_those_too_that_hold_nothing_any_more() -> None:
    NewsVolumeFactory(month="2025-07", items=3)
    ReadingCountFactory(month="2025-08")
    NewsItemFactory(sort_time=dt.datetime(2025, 6, 3, tzinfo=dt.UTC), dyads=["CN-KZ"])
    recount()
    assert volumes() == {("2025-06", "CN-KZ", "en", 1)}
    assert counts() == set()


def test_what_was_retired_still_counts(settings: Any) -> None:
    settings.INGEST_KEEP_MONTHS = 3  # what was first seen before the 10th of November goes
    NewsVolumeFactory(month="2025-11", items=7)
    NewsVolumeFactory(month="2025-12", items=7)
    for month in (11, 12):
        NewsItemFactory(sort_time=dt.datetime(2025, month, 20, tzinfo=dt.UTC), dyads=["CN-KZ"])
    recount()
    assert volumes() == {("2025-11", "CN-KZ", "en", 7), ("2025-12", "CN-KZ", "en", 1)}
