"""Updates that are compiled once, and those of given columns: they write what Django would write, and only where it would."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Q

from relations.ingest.change import Change, update
from relations.models import Feed
from relations.selectors.statement import Named
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, 0, 0, 5, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
_CHANGE = Change(
    lambda: Feed.objects.filter(Q(next_check__isnull=True) | Q(next_check__lte=Named("now")), pk=Named("feed")),
    {"leased_until": Named("until")},
)


def test_a_compiled_change_is_made_with_the_values_of_each_time() -> None:
    due, later, new = FeedFactory(next_check=NOW), FeedFactory(next_check=NOW + HOUR), FeedFactory(next_check=None)
    made = [_CHANGE.make(feed=feed.pk, now=NOW, until=NOW + n * HOUR) for n, feed in enumerate((due, later, new), 1)]
    assert made == [1, 0, 1]
    told = dict(Feed.objects.values_list("pk", "leased_until"))
    assert told == {due.pk: NOW + HOUR, later.pk: None, new.pk: NOW + 3 * HOUR}


def test_a_change_without_a_value_for_a_name_is_refused() -> None:
    with pytest.raises(KeyError):
        _CHANGE.make(feed=1, now=NOW)


def test_columns_of_every_kind_are_written_as_django_reads_them() -> None:
    feed, other = FeedFactory(url="https://a.example/'%s", next_check=None), FeedFactory(next_check=None)
    columns = {"next_check": NOW, "told_interval": HOUR, "failures": 3, "last_error": "тайм-аут", "moved_day": NOW.date(), "paused": True}
    assert update(Feed, {"id": feed.pk, "url": feed.url, "next_check": None}, columns) == 1
    assert Feed.objects.filter(pk=feed.pk).values(*columns).get() == columns
    assert Feed.objects.get(pk=other.pk).next_check is None
    assert update(Feed, {"id": feed.pk, "next_check": NOW}, {"next_check": None}) == 1
    assert Feed.objects.get(pk=feed.pk).next_check is None


def test_rows_that_differ_in_one_value_stay() -> None:
    feed = FeedFactory(next_check=NOW)
    assert update(Feed, {"id": feed.pk, "next_check": NOW + HOUR}, {"failures": 1}) == 0
    assert update(Feed, {"id": feed.pk, "next_check": None}, {"failures": 1}) == 0
    assert Feed.objects.get(pk=feed.pk).failures == 0
