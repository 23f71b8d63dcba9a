"""Old items become tombstones, but for those on which a record stands."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from relations import tasks
from relations.domain.feed_entry import RawEntry, normalise
from relations.ingest import bulk, retention
from relations.ingest.retention import Retired, retire, shorten_texts, sweep_stories
from relations.ingest.store import Counts, store
from relations.models import ArticleText, Feed, Fingerprint, FingerprintBand, NewsItem, Story, Tombstone
from tests.factories import (
    ArticleTextFactory,
    CandidateFactory,
    DeclarationFactory,
    FeedFactory,
    NewsItemFactory,
    OutletFactory,
    SourceFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
OLD = dt.datetime(2024, 3, 10, 11, 59, tzinfo=dt.UTC)


def take(feed: Feed, *titles: str, now: dt.datetime = NOW) -> Counts:
    entries, _skipped = normalise([RawEntry(title, f"https://example.org/{n}", title, "", "", "") for n, title in enumerate(titles)], "")
    with transaction.atomic():
        return store(feed.outlet_id, feed.pk, feed.language, entries, now)


def titles() -> set[str]:
    return set(NewsItem.objects.values_list("title", flat=True))


def test_what_is_older_than_the_months_of_the_setting_goes_and_the_rest_stays(settings: Settings) -> None:
    NewsItemFactory(title="Old", first_seen=OLD)
    NewsItemFactory(title="Young", first_seen=OLD + dt.timedelta(minutes=2), sort_time=OLD)
    assert retire(NOW) == Retired(looked_at=1, retired=1, last=NewsItem.objects.earliest("pk").pk - 1)
    assert titles() == {"Young"}
    settings.INGEST_KEEP_MONTHS = 0
    assert retire(NOW + dt.timedelta(days=9999)) == Retired()


def test_a_feed_that_lists_its_whole_past_brings_nothing_back() -> None:
    feed = FeedFactory()
    assert take(feed, "China and Kazakhstan", "Rail", now=OLD) == Counts(new=2)
    retire(NOW)
    assert not NewsItem.objects.exists()
    assert take(feed, "China and Kazakhstan", "Rail", "Road") == Counts(new=1, unchanged=2)
    assert titles() == {"Road"}


def test_a_tombstone_stands_in_the_way_of_its_own_outlet_alone() -> None:
    take(FeedFactory(), "Rail", now=OLD)
    retire(NOW)
    assert take(FeedFactory(), "Rail") == Counts(new=1)


@pytest.mark.parametrize(("state", "stays"), [("accepted", True), ("pending", True), ("rejected", False)])
def test_items_of_a_story_that_became_a_record_or_awaits_an_editor_stay(state: str, stays: bool) -> None:
    candidate = CandidateFactory(state=state, declaration=DeclarationFactory() if state == "accepted" else None)
    NewsItemFactory.create_batch(2, story=candidate.story, first_seen=OLD)
    done = retire(NOW)
    assert (done.retired, done.kept) == ((0, 2) if stays else (2, 0))
    # What an editor has said no to is remembered in any case.
    candidate.refresh_from_db()


@pytest.mark.parametrize("url", ["https://mfa.example/1?utm_source=x", "http://www.mfa.example/1", "https://mfa.example/1#top"])
def test_an_item_whose_address_is_that_of_a_source_stays(url: str) -> None:
    SourceFactory(url="https://mfa.example/1")
    NewsItemFactory(title="Cited", url=url, first_seen=OLD)
    NewsItemFactory(title="Beside", url="https://mfa.example/2", first_seen=OLD)
    NewsItemFactory(title="Without an address", url="", first_seen=OLD)
    assert (retire(NOW).retired, titles()) == (2, {"Cited"})


def test_what_an_editor_has_linked_stays_and_what_the_machine_has_goes() -> None:
    NewsItemFactory(title="China and Kazakhstan", dyads=["CN-KZ"], first_seen=OLD)
    NewsItemFactory(title="China and Uzbekistan", dyads=["CN-UZ", "CN-TJ"], first_seen=OLD)
    NewsItemFactory(title="The visit", dyads=["CN-KG"], first_seen=OLD)
    retire(NOW)
    assert titles() == {"China and Uzbekistan", "The visit"}


def test_what_hangs_on_an_item_goes_with_it_and_what_stays_is_untouched() -> None:
    feed = FeedFactory()
    take(feed, "China and Kazakhstan sign a paper on rails, roads and customs in Astana today", now=OLD)
    gone = NewsItem.objects.get()
    ArticleText.objects.create(item=gone, state="read", tried=OLD)
    take(feed, "Another story of China and Kazakhstan")
    assert Fingerprint.objects.filter(item=gone).exists()
    done = retire(NOW)
    assert (done.retired, done.stories) == (1, 1)
    assert Tombstone.objects.get().key == gone.key
    assert not ArticleText.objects.exists()
    assert NewsItem.dyads.through.objects.count() == 1
    assert Story.objects.count() == 1


def test_stories_go_with_their_last_item_and_the_addresses_that_led_to_them_too() -> None:
    partly, wholly = StoryFactory(), StoryFactory()
    StoryFactory(merged_into=wholly)
    leads_on = StoryFactory(merged_into=partly)
    NewsItemFactory(story=wholly, first_seen=OLD)
    NewsItemFactory(story=partly, first_seen=OLD)
    NewsItemFactory(story=partly, first_seen=NOW)
    assert retire(NOW).stories == 1
    assert set(Story.objects.all()) == {partly, leads_on}
    assert not Story.history.filter(history_type="-").exists()  # what goes goes


def test_stories_that_nothing_tells_are_swept_but_for_those_with_a_candidate() -> None:
    outlet = OutletFactory()
    told, untold = StoryFactory(), StoryFactory()
    NewsItemFactory(story=told)
    NewsItemFactory(story=untold, outlet=outlet)
    decided = CandidateFactory(state="rejected").story
    outlet.delete()
    assert sweep_stories() == 1
    assert set(Story.objects.all()) == {told, decided}
    assert sweep_stories() == 0


def test_done_twice_it_does_nothing_more() -> None:
    SourceFactory(url="https://mfa.example/1")
    item = NewsItemFactory(url="https://mfa.example/1", first_seen=OLD)
    NewsItemFactory(first_seen=OLD)
    assert retire(NOW).retired == 1
    assert retire(NOW) == Retired(looked_at=1, kept=1, last=item.pk)
    assert Tombstone.objects.count() == 1


def test_a_tombstone_that_stands_already_is_no_obstacle() -> None:
    item = NewsItemFactory(first_seen=OLD)
    bulk.insert(Tombstone, ("outlet", "key"), [(item.outlet_id, item.key)])
    assert retire(NOW).retired == 1
    assert Tombstone.objects.count() == 1


def test_it_goes_on_behind_the_last_one_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    outlet = OutletFactory()
    items = NewsItemFactory.create_batch(5, outlet=outlet, first_seen=OLD)
    NewsItemFactory.create_batch(3, outlet=outlet, first_seen=NOW)
    first = retire(NOW, most=2)
    assert (first.retired, first.last, first.finished) == (2, items[1].pk, False)
    rest = retire(NOW, after=first.last)
    assert (rest.looked_at, rest.retired, rest.last, rest.finished) == (3, 3, items[4].pk, True)


def test_the_queries_of_a_batch_do_not_grow(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    def count(number: int) -> int:
        outlet = OutletFactory()
        for n in range(number):
            NewsItemFactory(title=f"China and Kazakhstan {n}", dyads=["CN-KZ"], outlet=outlet, story=StoryFactory(), first_seen=OLD)
        with django_assert_max_num_queries(24) as queries:
            assert retire(NOW).retired == number
        return sum(not query["sql"].startswith("INSERT INTO") for query in queries)

    assert count(2) == count(9)


def test_texts_are_cut_where_an_outlet_is_not_official_any_more() -> None:
    for mode in ("whole", "excerpt", "off"):
        ArticleTextFactory(item__outlet=OutletFactory(full_text=mode, slug=mode), text="Rail " * 1000, whole=True, length=4999)
    assert shorten_texts() == 2
    lengths = {text.item.outlet.slug: (text.whole, len(text.text) <= 600) for text in ArticleText.objects.all()}
    assert lengths == {"whole": (True, False), "excerpt": (False, True), "off": (False, True)}
    assert set(ArticleText.objects.values_list("length", flat=True)) == {4999}
    assert shorten_texts() == 0


def test_the_command_tells_what_would_go_and_then_lets_it_go() -> None:
    NewsItemFactory(story=StoryFactory(), first_seen=OLD)
    NewsItemFactory(story=CandidateFactory().story, first_seen=OLD)
    StoryFactory()
    day = f"{timezone.now().replace(day=1):%Y}"
    out = io.StringIO()
    call_command("retire_items", "--dry-run", stdout=out)
    assert ": 1 would go, 1 are kept. Nothing was changed." in out.getvalue() and str(int(day) - 2) in out.getvalue()
    assert (NewsItem.objects.count(), Tombstone.objects.count(), Story.objects.count()) == (2, 0, 3)
    out = io.StringIO()
    call_command("retire_items", stdout=out)
    assert ": 1 went, 1 are kept. Stories that went with them: 2." in out.getvalue()
    assert (NewsItem.objects.count(), Tombstone.objects.count(), Story.objects.count()) == (1, 1, 1)


def test_the_command_says_that_everything_is_kept(settings: Settings) -> None:
    settings.INGEST_KEEP_MONTHS = 0
    out = io.StringIO()
    call_command("retire_items", stdout=out)
    assert out.getvalue() == "Every item is kept: INGEST_KEEP_MONTHS is 0.\n"


def test_every_night_the_index_is_pruned_and_old_items_go_job_by_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    monkeypatch.setattr(tasks, "_RETIRED_AT_ONCE", 1)
    take(FeedFactory(), "China and Kazakhstan sign a paper on rails, roads and customs in Astana today", now=OLD)
    take(FeedFactory(), "Rail", "Road", now=OLD)
    later: list[tuple[int, ...]] = []
    monkeypatch.setattr(tasks.retire_old_items, "apply_async", lambda arguments=(): later.append(arguments))
    tasks.tidy_up_news()
    assert not Fingerprint.objects.exists() and not FingerprintBand.objects.exists()
    rounds = 0
    while later:
        tasks.retire_old_items(*later.pop())
        rounds += 1
    assert (NewsItem.objects.count(), Story.objects.count(), Tombstone.objects.count()) == (0, 0, 3)
    assert rounds >= 3
