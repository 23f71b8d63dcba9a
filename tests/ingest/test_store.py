"""Entries → rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction

from relations.domain.feed_entry import RawEntry, normalise
from relations.ingest.store import Counts, store
from relations.models import Feed, FeedText, NewsItem
from tests.factories import FeedFactory, NewsLinkFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def feed() -> Feed:
    made: Feed = FeedFactory()
    return made


def take(feed: Feed, *raw: RawEntry, now: dt.datetime = NOW) -> Counts:
    entries, _ = normalise(raw, "https://e.org/")
    with transaction.atomic():
        return store(feed.outlet_id, feed.pk, feed.language, entries, now)


def item(title: str = "China and Kazakhstan", guid: str = "g", published: str = "2026-03-01T10:00:00+00:00", **raw: str) -> RawEntry:
    return RawEntry(guid=guid, link=raw.get("link", "https://e.org/1"), title=title, summary=raw.get("summary", ""), published=published)


def dyads() -> list[str]:
    return sorted(NewsItem.objects.values_list("dyads", flat=True))


def test_an_entry_becomes_an_item(feed: Feed) -> None:
    assert take(feed, item()) == Counts(new=1)
    stored = NewsItem.objects.get()
    assert (stored.title, stored.url, stored.language) == ("China and Kazakhstan", "https://e.org/1", "en")
    assert (stored.outlet_id, stored.feed_id) == (feed.outlet_id, feed.pk)
    assert stored.first_seen == NOW
    assert stored.sort_time == stored.published == dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
    assert [dyad.code for dyad in stored.dyads.all()] == ["CN-KZ"]


def test_a_second_run_adds_nothing(feed: Feed) -> None:
    take(feed, item())
    assert take(feed, item(), now=LATER) == Counts(unchanged=1)
    assert NewsItem.objects.get().first_seen == NOW


def test_an_unchanged_feed_costs_no_write(feed: Feed, django_assert_num_queries: Callable[..., Any]) -> None:
    take(feed, *(item(guid=str(n)) for n in range(100)))
    entries, _ = normalise([item(guid=str(n)) for n in range(100)], "")
    with transaction.atomic(), django_assert_num_queries(2) as queries:  # the lock of the outlet, the known keys
        store(feed.outlet_id, feed.pk, "en", entries, LATER)
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_storing_costs_the_same_number_of_queries_for_any_number_of_entries(
    feed: Feed, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(16):
        take(feed, *(item(guid=str(n)) for n in range(200)))


def test_an_impossible_date_is_kept_but_does_not_decide_the_order(feed: Feed) -> None:
    take(feed, item(published="2099-01-01T00:00:00+00:00"))
    stored = NewsItem.objects.get()
    assert stored.published is not None and stored.published.year == 2099
    assert stored.sort_time == NOW


def test_a_changed_entry_revises_its_item(feed: Feed) -> None:
    take(feed, item())
    assert take(feed, item(title="China and Uzbekistan", summary="Corrected."), now=LATER) == Counts(updated=1)
    stored = NewsItem.objects.get()
    assert (stored.title, stored.summary, stored.revision, stored.first_seen) == ("China and Uzbekistan", "Corrected.", 1, NOW)
    assert dyads() == ["CN-UZ"]


def test_a_revision_leaves_what_an_editor_has_linked(feed: Feed) -> None:
    take(feed, item())
    stored = NewsItem.objects.get()
    stored.dyads.set(["CN-TJ"])  # instead of CN-KZ
    take(feed, item(summary="One word more."), now=LATER)
    assert dyads() == ["CN-TJ"]


def test_two_feeds_of_an_outlet_store_an_entry_once_and_do_not_overwrite_each_other(feed: Feed) -> None:
    other: Feed = FeedFactory(outlet=feed.outlet)
    take(feed, item(summary="Long."))
    assert take(other, item(summary="Short."), now=LATER) == Counts(unchanged=1)
    assert take(feed, item(summary="Long."), now=LATER) == Counts(unchanged=1)
    assert NewsItem.objects.get().summary == "Long."


def test_two_outlets_may_tell_the_same(feed: Feed) -> None:
    other: Feed = FeedFactory()
    take(feed, item())
    assert take(other, item()) == Counts(new=1)


def test_an_item_that_names_no_relationship_is_stored_without_one(feed: Feed) -> None:
    take(feed, item(title="Snow closes the pass"))
    assert dyads() == [None]


def test_where_an_item_was_published_is_no_evidence(feed: Feed) -> None:
    feed.outlet.country = "CN"
    feed.outlet.save()
    take(feed, item(title="Kazakhstan opens a museum"))
    assert dyads() == [None]


def test_nothing_is_stored_outside_a_transaction(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    entries, _ = normalise([item()], "")
    with pytest.raises(RuntimeError, match="transaction"):
        store(feed.outlet_id, feed.pk, "en", entries, NOW)


def test_an_empty_fetch_is_no_work(feed: Feed, django_assert_num_queries: Callable[..., Any]) -> None:
    entries: Sequence[Any] = ()
    with transaction.atomic(), django_assert_num_queries(0):
        assert store(feed.outlet_id, feed.pk, "en", entries, NOW) == Counts()


# ---- For the machine that reads ----------------------------------------------------------------------------------------------

LONG = "<p>China and Kazakhstan agreed.</p>" * 60


def whole() -> list[str]:
    return list(FeedText.objects.values_list("text", flat=True))


def test_a_new_item_awaits_reading_and_a_revised_one_again(feed: Feed) -> None:
    take(feed, item())
    assert NewsItem.objects.filter(unread=True).update(unread=False) == 1
    take(feed, item(), now=LATER)
    assert not NewsItem.objects.get().unread
    take(feed, item(summary="One word more."), now=LATER)
    assert NewsItem.objects.get().unread


def test_an_article_that_the_feed_carries_whole_waits_for_its_reader(feed: Feed) -> None:
    take(feed, dataclasses.replace(item(), content=LONG))
    assert whole() == [LONG]
    take(feed, dataclasses.replace(item(summary="Changed."), content=LONG + "<p>More.</p>"), now=LATER)
    assert whole() == [LONG + "<p>More.</p>"]
    take(feed, item(summary="Changed to a summary."), now=LATER)
    assert whole() == []


def test_an_item_whose_article_alone_was_corrected_is_revised_and_read_again(feed: Feed) -> None:
    take(feed, dataclasses.replace(item(), content=LONG))
    NewsItem.objects.update(unread=False)
    assert take(feed, dataclasses.replace(item(), content=LONG), now=LATER) == Counts(unchanged=1)
    corrected = LONG.replace("agreed", "did not agree")
    assert take(feed, dataclasses.replace(item(), content=corrected), now=LATER) == Counts(updated=1)
    stored = NewsItem.objects.get()
    assert (stored.revision, stored.unread, whole()) == (1, True, [corrected])
    assert take(feed, dataclasses.replace(item(), content=corrected), now=LATER) == Counts(unchanged=1)


def test_an_item_that_is_told_in_another_language_now_is_in_that_language(feed: Feed) -> None:
    take(feed, item())
    take(feed, item(title="Китай и Казахстан подписали соглашение"), now=LATER)
    assert NewsItem.objects.get().language == "ru"


def test_items_that_were_stored_before_articles_were_compared_are_not_all_revised(feed: Feed) -> None:
    told = dataclasses.replace(item(summary="s"), content=LONG)
    take(feed, told)
    before = hashlib.sha256(b"content\0China and Kazakhstan\0s\0https://e.org/1\0").hexdigest()
    NewsItem.objects.update(digest=before, unread=False)
    assert take(feed, told, now=LATER) == Counts(unchanged=1)
    assert NewsItem.objects.filter(digest=before, unread=False).exists()
    take(feed, dataclasses.replace(told, title="China, Kazakhstan and Uzbekistan"), now=LATER)
    assert take(feed, dataclasses.replace(told, title="China, Kazakhstan and Uzbekistan", content=LONG + "More."), now=LATER).updated == 1


def test_no_article_is_kept_of_an_item_that_names_no_relationship_or_tells_no_more_than_a_summary(feed: Feed) -> None:
    take(feed, dataclasses.replace(item(title="Rain"), content="<p>Rain again.</p>" * 90))
    take(feed, dataclasses.replace(item(guid="h", link="https://e.org/2", summary="Short."), content="<p>Short.</p>"))
    assert whole() == []


def test_a_half_character_in_an_article_does_not_cost_the_feed(feed: Feed) -> None:
    take(feed, dataclasses.replace(item(), content=LONG + "\x00\ud800"))
    assert whole() == [LONG]


def test_a_dyad_that_an_editor_has_rejected_does_not_come_back_at_a_revision(feed: Feed) -> None:
    take(feed, item(title="Talks"))
    NewsLinkFactory(item=NewsItem.objects.get(), code="CN-KZ", state="rejected")
    take(feed, item(title="Talks of China, Kazakhstan and Uzbekistan"), now=LATER)
    assert dyads() == ["CN-UZ"]


def test_a_dyad_that_an_editor_has_confirmed_outlasts_a_revision(feed: Feed) -> None:
    take(feed, item())
    NewsLinkFactory(item=NewsItem.objects.get(), code="CN-KZ", state="confirmed")
    take(feed, item(title="Talks"), now=LATER)
    assert dyads() == ["CN-KZ"]
