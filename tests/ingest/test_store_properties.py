"""Whatever feeds tell, in whatever order: each entry is stored once, counted once, and costs nothing while it stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.domain.feed_entry import Entry, RawEntry, normalise
from relations.ingest.store import Counts, store
from relations.models import Feed, NewsItem
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)

# Few different ones, so that they meet; and everything that a parser may let through.
ANY = st.text(max_size=30) | st.sampled_from(
    ["\0", "a\0b", "\ud800", "😀" * 200, "<b>x</b>", "&#0;", "'; DROP TABLE x; --", "%s", "\\", "ı" * 999]
)
GUIDS = st.sampled_from(["", "1", "2", "3", " 1 "]) | ANY
LINKS = st.sampled_from(["", "https://e.org/1", "https://e.org/2", "http://www.e.org/1?utm_source=x#y", "/3", "javascript:alert(1)"]) | ANY
TITLES = st.sampled_from(["", "China and Kazakhstan", "China and Uzbekistan", "Snow"]) | ANY
DATES = st.sampled_from(["", "2026-03-01T10:00:00+00:00", "2099-01-01", "0001-01-01", "9999-12-31T23:59:59-14:00", "Someday"]) | ANY
RAW = st.builds(RawEntry, GUIDS, LINKS, TITLES, TITLES, ANY, DATES)
FETCH = st.lists(RAW, max_size=8)
FETCHES = st.lists(FETCH, min_size=1, max_size=4)
PATIENT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def fresh_feed() -> Iterator[Feed]:
    """A feed of an outlet that has told nothing so far; what it tells is gone afterwards."""
    with transaction.atomic():
        made: Feed = FeedFactory()
        yield made
        transaction.set_rollback(True)


def take(feed: Feed, raw: list[RawEntry], hours: int) -> tuple[list[Entry], Counts]:
    entries, _skipped = normalise(raw, "https://e.org/")
    with transaction.atomic():
        return entries, store(feed.outlet_id, feed.pk, feed.language, entries, NOW + dt.timedelta(hours=hours))


@PATIENT
@given(FETCHES)
def test_every_entry_is_stored_once_and_counted_once(fetches: list[list[RawEntry]]) -> None:
    with fresh_feed() as feed:
        new = updated = 0
        for hours, raw in enumerate(fetches):
            entries, counts = take(feed, raw, hours)
            assert counts.new + counts.updated + counts.unchanged == len(entries)
            new, updated = new + counts.new, updated + counts.updated
            stored = NewsItem.objects.filter(outlet=feed.outlet_id)
            known = set(stored.values_list("key", flat=True))
            assert all(not known.isdisjoint((entry.key, *entry.other_keys)) for entry in entries)  # nothing is lost
            assert stored.count() == new == len(known)  # nothing is doubled
            assert (stored.aggregate(n=Sum("revision"))["n"] or 0) == updated
            assert not stored.filter(story=None).exists()
            assert not stored.filter(sort_time__gt=NOW + dt.timedelta(hours=hours)).exists()  # no date leads beyond today


@PATIENT
@given(FETCHES)
def test_the_same_once_more_costs_no_write(fetches: list[list[RawEntry]]) -> None:
    with fresh_feed() as feed:
        for hours, raw in enumerate(fetches):
            take(feed, raw, hours)
        before = list(NewsItem.objects.filter(outlet=feed.outlet_id).order_by("pk").values_list())
        with CaptureQueriesContext(connection) as queries:
            entries, counts = take(feed, fetches[-1], 99)
        assert counts == Counts(unchanged=len(entries))
        assert [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))] == []
        assert list(NewsItem.objects.filter(outlet=feed.outlet_id).order_by("pk").values_list()) == before


@PATIENT
@given(FETCH, st.randoms(use_true_random=False))
def test_the_order_in_which_a_feed_tells_makes_no_other_items(raw: list[RawEntry], dice) -> None:  # type: ignore[no-untyped-def]
    """As far as each identity is told once: of equals the first stays."""
    unlike = list({entry.guid.strip() or (entry.link, entry.title): entry for entry in raw}.values())
    shuffled = list(unlike)
    dice.shuffle(shuffled)
    with fresh_feed() as one, fresh_feed() as other:
        take(one, unlike, 0)
        take(other, shuffled, 0)
        keys = NewsItem.objects.order_by("key").values_list("key", flat=True)
        assert list(keys.filter(outlet=one.outlet_id)) == list(keys.filter(outlet=other.outlet_id))
