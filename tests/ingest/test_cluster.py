"""Stories of stored items: what a fetch brings joins what is there, in a few queries, and editors have the last word."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from relations.domain import stories as domain
from relations.domain.feed_entry import Entry, RawEntry, normalise
from relations.ingest import cluster
from relations.ingest.store import store
from relations.models import Feed, Fingerprint, FingerprintBand, NewsItem, Story
from relations.services import stories
from tests.domain.told import NOON, SIGNING
from tests.factories import CandidateFactory, FeedFactory, PersonFactory

pytestmark = pytest.mark.django_db
LEAD = (
    "The railway from Kashgar through the Torugart pass to Andijan will carry twelve million tonnes of goods a year once the last of its"
    " tunnels is finished, the ministry of transport said on Tuesday."
)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def names_anew() -> Iterable[None]:
    """The names of people are kept for minutes, and other tests have other people."""
    cluster._gazetteer_of.cache_clear()
    yield
    cluster._gazetteer_of.cache_clear()


def entry(title: str, summary: str = LEAD, when: dt.datetime = NOON) -> Entry:
    ((made,), _skipped) = normalise([RawEntry(f"{title} {summary} {when}", "", title, summary, "", when.isoformat())], "")
    return made


def fetched(*entries: Entry, feed: Feed | None = None, language: str = "en", now: dt.datetime = NOON + HOUR) -> None:
    """Store what a feed of an outlet of its own told."""
    feed = feed or FeedFactory()
    with transaction.atomic():
        store(feed.outlet_id, feed.pk, language, entries, now)


def story_of(title: str) -> int | None:
    return NewsItem.objects.get(title=title).story_id


def groups() -> list[set[str]]:
    found: dict[int | None, set[str]] = {}
    for story, title in NewsItem.objects.values_list("story_id", "title"):
        found.setdefault(story, set()).add(title)
    return sorted(found.values(), key=sorted)


def test_every_item_has_a_story_named_after_it() -> None:
    fetched(entry("One", "Nothing else"), entry("Two", "in common"))
    assert groups() == [{"One"}, {"Two"}]
    assert set(Story.objects.values_list("headline", "language", "first_seen", "edited")) == {
        ("One", "en", NOON + HOUR, False),
        ("Two", "en", NOON + HOUR, False),
    }


def test_items_of_one_fetch_and_of_later_ones_join_the_same_story() -> None:
    feed = FeedFactory()
    fetched(entry("Tunnel"), feed=feed)
    fetched(entry("Last tunnel", when=NOON + 3 * HOUR), now=NOON + 4 * HOUR)
    fetched(entry("The last tunnel", when=NOON - 3 * HOUR), now=NOON + 5 * HOUR)  # told first, comes last
    assert groups() == [{"Last tunnel", "The last tunnel", "Tunnel"}]
    assert Story.objects.count() == 1


def test_one_event_in_four_languages_is_one_story_by_the_people_of_the_records() -> None:
    PersonFactory(
        side="CN", slug="xi", name_en="Xi Jinping", name_zh_hans="习近平", name_ru="Си Цзиньпин", name_fr="Xi Jinping", aliases={}
    )
    PersonFactory(
        side="KZ",
        slug="tokayev",
        name_en="Kassym-Jomart Tokayev",
        name_fr="Kassym-Jomart Tokaïev",
        name_ru="Касым-Жомарт Токаев",
        name_zh_hans=None,
        aliases={"en": ["Tokayev"], "ru": ["Токаев"], "zh": ["托卡耶夫"]},
    )
    for language in ("en", "ru", "zh", "fr"):
        fetched(entry(*SIGNING[language]), language=language)
    assert len(groups()) == 1


def test_without_the_people_the_facts_do_not_suffice() -> None:
    for language in ("en", "ru"):
        fetched(entry(*SIGNING[language]), language=language)
    assert len(groups()) == 2


def bridged() -> tuple[Entry, Entry, Entry]:
    """Two entries that have little in common, and one that is much like both."""
    words = [*LEAD.split(), *["after", "engineers", "of", "both", "countries", "had", "inspected", "the", "works"]]
    return entry("Left", " ".join(words[:30])), entry("Middle", " ".join(words)), entry("Right", " ".join(words[10:]))


def test_stories_that_turn_out_to_be_one_are_merged_and_the_address_of_the_younger_leads_on() -> None:
    left, middle, right = bridged()
    fetched(left)
    fetched(right)
    older, younger = story_of("Left"), story_of("Right")
    assert older != younger
    candidate = CandidateFactory(story_id=younger)
    fetched(middle)
    assert groups() == [{"Left", "Middle", "Right"}]
    candidate.refresh_from_db()
    assert candidate.story_id == older
    assert list(Story.objects.filter(merged_into=older).values_list("pk", flat=True)) == [younger]


def test_what_an_editor_split_off_stays_apart_whatever_comes() -> None:
    fetched(entry("Tunnel"))
    fetched(entry("Last tunnel"))
    made = stories.split(NewsItem.objects.get(title="Last tunnel").pk)
    for number in range(3):
        fetched(entry(f"Tunnel no. {number}"), now=NOON + number * HOUR)
    assert story_of("Last tunnel") == made.pk != story_of("Tunnel")
    assert not Story.objects.filter(merged_into__isnull=False).exists()


def test_what_an_editor_joined_stays_together_and_takes_in_what_comes() -> None:
    fetched(entry("Tunnel"))
    fetched(entry("Snow", "Another lead about another matter, as long as it has to be to be compared with other leads at all"))
    kept = stories.join(story_of("Tunnel") or 0, story_of("Snow") or 0)
    fetched(entry("Last tunnel"))
    assert groups() == [{"Last tunnel", "Snow", "Tunnel"}]
    assert story_of("Last tunnel") == kept.pk


def test_a_revised_item_keeps_its_story() -> None:
    feed = FeedFactory()
    told = RawEntry("guid-1", "", "Tunnel", LEAD, "", NOON.isoformat())
    for raw in (told, RawEntry("guid-1", "", "Tunnel is open", "Something else altogether", "", NOON.isoformat())):
        fetched(*normalise([raw], "")[0], feed=feed)
    assert (Story.objects.count(), NewsItem.objects.get().title) == (1, "Tunnel is open")


def many(count: int) -> list[Entry]:
    """So many events, each in a lead of its own."""
    return [entry(f"Event number {n}", " ".join(f"word{n}x{m}" for m in range(36))) for n in range(count)]


@pytest.mark.parametrize("count", [3, 40])
def test_the_number_of_queries_is_the_same_for_any_number_of_items(count: int) -> None:
    fetched(*many(count))
    feed, again = FeedFactory(), many(count)
    cluster.gazetteer()  # the names of people are read once in a while
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        store(feed.outlet_id, feed.pk, "en", again, NOON)
    told = [query["sql"].rpartition(" times: ")[2].split(" ", 1)[0].replace("COPY", "INSERT") for query in queries]
    # The lock of the outlet, what is known and buried, the numbers of new items, the rules, two looks into the index; the
    # items, their fingerprints and the index. PostgreSQL has a lock of its own for placing, and is
    # sent many rows as a copy; SQLite takes rows in two sizes.
    looks, writes = (8, 3) if connection.vendor == "postgresql" else (7, 6)
    assert told == ["SAVEPOINT", *["SELECT"] * looks, *["INSERT"] * writes, "RELEASE"]
    assert len(groups()) == count


@pytest.mark.skipif(connection.vendor == "sqlite", reason="it has no statistics to be misled by")
def test_a_look_into_the_index_does_not_read_all_of_it() -> None:
    FingerprintBand.objects.bulk_create(FingerprintBand(value=n, item_id=n, day=1) for n in range(20_000))
    with CaptureQueriesContext(connection) as queries:
        found = cluster._filed({*range(0, 20_000, 20), 77_777})
    assert found == [(n, n) for n in range(0, 20_000, 20)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE relations_fingerprintband")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan, plan


def test_a_phrase_that_everybody_prints_does_not_fill_the_index() -> None:
    for number in range(domain.MOST_A_BAND + 5):
        fetched(entry("Tunnel", when=NOON + number * HOUR))
    assert FingerprintBand.objects.count() == domain.BANDS * domain.MOST_A_BAND
    assert Fingerprint.objects.count() == domain.MOST_A_BAND
    assert Story.objects.count() == 1


def test_what_nobody_may_join_any_more_is_taken_out_of_the_index() -> None:
    fetched(entry("Tunnel"), now=NOON)
    fetched(entry("Snow", "Another lead about another matter, as long as it has to be to be compared at all"), now=NOON + 10 * 24 * HOUR)
    assert cluster.prune(NOON + domain.KEPT) == 0
    assert cluster.prune(NOON + domain.KEPT + 24 * HOUR) == 1
    assert set(Fingerprint.objects.values_list("item__title", flat=True)) == {"Snow"}
    assert FingerprintBand.objects.count() == domain.BANDS
    assert NewsItem.objects.count() == 2


def test_an_item_that_was_deleted_stands_in_nobodys_way() -> None:
    fetched(entry("Tunnel"))
    NewsItem.objects.all().delete()
    fetched(entry("Last tunnel"))
    assert groups() == [{"Last tunnel"}]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writes at a time there in any case")
def test_two_workers_that_store_the_same_event_at_once_make_one_story() -> None:
    feeds = FeedFactory.create_batch(4)
    together = threading.Barrier(len(feeds))

    def work(feed: Feed) -> None:
        try:
            together.wait(10)
            fetched(entry("Tunnel"), feed=feed)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(feeds)) as pool:
        list(pool.map(work, feeds))
    assert (NewsItem.objects.count(), Story.objects.count()) == (4, 1)
