"""The page of the feeds, and the run that it shows."""

from __future__ import annotations

import datetime as dt
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape
from pytest_django.fixtures import Settings

from relations.ingest.many import run_feeds
from relations.models import Feed
from relations.web.ingestion import ENDED, PER_PAGE
from tests.admin.desk import account, at_desk
from tests.factories import FeedFactory, FetchAttemptFactory, OutletFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def fine(**values: Any) -> Feed:
    made: Feed = FeedFactory(**{"last_success": NOW - HOUR, "last_news": NOW - DAY, "next_check": NOW + 3 * MINUTE, **values})
    return made


def failing(**values: Any) -> Feed:
    return fine(**{"failing_since": NOW - 3 * DAY, "last_error": "timeout", "failures": 3, **values})


def get(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/ingestion/{query}", headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """The page as it is read: no tags, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.replace("<wbr>", "")).split())


def row(html: str, feed: Feed) -> str:
    """The row of a feed."""
    return html.split(f'<tr id="feed-{feed.pk}">')[1].split("</tr>")[0]


def test_the_answer_stands_first(client: Client) -> None:
    for _ in range(3):
        fine()
    failing(needs_human="gone", needs_human_since=NOW)
    failing()
    html = get(client)
    told = "3 of 5 enabled feeds are fine; 2 fail, 1 of them needs a human. Next fetch in 3 minutes."
    assert told in words(html)
    assert html.index(told) < html.index('id="filter"') < html.index("<table")


def test_what_is_filtered_is_cleared_by_one_link(client: Client) -> None:
    fine(language="ru")
    assert "Clear all" not in get(client)
    assert get(client, "?language=ru").count("Clear all") == 1


def test_a_row_tells_last_success_new_items_state_and_next_try(client: Client) -> None:
    feed = failing(
        outlet__name="Kabar", outlet__country="KG", url="https://www.kabar.example/rss", language="ru", next_check=NOW + 2 * HOUR
    )
    FetchAttemptFactory(feed=feed, started=NOW - HOUR, finished=NOW - HOUR, new=7)
    told = words(row(get(client), feed))
    assert told == "Kabar kabar.example/rss Kyrgyzstan Russian 60 minutes ago 11:00 7 Failing for 3 days No answer in time in 2 hours"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "Fine"),
        ({"last_news": NOW - 40 * DAY}, "Silent but healthy nothing new for 40 days"),
        ({"last_news": None}, "Silent but healthy nothing told so far"),
        ({"last_success": None, "last_news": None, "next_check": None}, "Not tried yet"),
        ({"paused": True}, "Paused"),
        ({"enabled": False}, "Not enabled"),
        ({"enabled": False, "confidence": "unverified"}, "Not enabled proposed, unverified"),
        ({"proposed_url": "https://new.example/", "proposed_since": NOW}, "Needs a human says that it has moved for good"),
        (
            {"failing_since": NOW - 2 * DAY, "last_error": "gone", "needs_human": "gone", "needs_human_since": NOW},
            "Needs a human Gone for good failing for 2 days",
        ),
    ],
)
def test_every_state_has_its_words(client: Client, values: dict[str, Any], state: str) -> None:
    feed = fine(**values)
    html = row(get(client), feed)
    assert words(re.findall(r'<td class="state [^"]*">(.*?)</td>', html, re.S)[0]) == state


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"next_check": NOW - MINUTE}, "due now"),
        ({"next_check": None}, "due now"),
        ({"next_check": NOW + DAY, "leased_until": NOW + MINUTE}, "being fetched now"),
        ({"next_check": NOW + 5 * HOUR}, "in 5 hours"),
        ({"paused": True}, "–"),
    ],
)
def test_the_next_try_is_told_where_there_is_one(client: Client, values: dict[str, Any], told: str) -> None:
    feed = fine(**values)
    assert words(row(get(client), feed)).endswith(told)


def test_the_strip_is_told_in_words_and_drawn_without_style(client: Client) -> None:
    feed = fine()
    FetchAttemptFactory(feed=feed, started=NOW - HOUR, finished=NOW - HOUR)
    html = row(get(client), feed)
    assert 'aria-label="30 days to 10 March 2026: on 1 day every attempt went well, on 29 days there was none"' in html
    assert " style=" not in html


def test_whatever_is_stored_is_shown_as_text(client: Client) -> None:
    nasty = '<script>alert("1")</script>'
    failing(
        outlet__name=nasty, url=f"https://a.example/{nasty}", proposed_url=f"https://b.example/{nasty}", last_error=nasty, last_detail=nasty
    )
    html = get(client)
    assert nasty not in html and escape(nasty) in html


def test_a_file_of_this_machine_is_shown_by_its_name_alone(client: Client) -> None:
    feed = fine(url="file:///srv/private/list.xml")
    for path in ("/ingestion/", f"/ingestion/{feed.pk}/"):
        html = client.get(path).content.decode()
        assert "list.xml" in html and "private" not in html


# ---- What concerns all feeds -----------------------------------------------------------------------------------------------------


def test_without_the_internet_the_page_says_so_once_and_calmly(client: Client) -> None:
    feeds = [
        FeedFactory(
            url=f"https://{host}.example/rss", last_error="unresolved", failing_since=NOW - 2 * HOUR, failures=2, next_check=NOW + HOUR
        )
        for host in "abc"
    ]
    html = get(client)
    assert html.count("No host name can be resolved") == 1
    assert "None of the 3 enabled feeds can be reached: no host name can be resolved. Next fetch in 60 minutes." in words(html)
    assert "without its name server, for 2 hours." in words(html)
    assert "Cannot resolve the host name failing for 2 hours" in words(row(html, feeds[0]))
    assert "attend" not in html
    assert client.get(f"/ingestion/{feeds[0].pk}/").status_code == 200


def test_feeds_that_nobody_fetches_are_told_with_what_to_do(client: Client) -> None:
    fine(next_check=NOW - 3 * HOUR)
    told = words(get(client))
    assert "Nobody fetches the feeds Feeds have been due for 3 hours and no worker has come for them." in told
    Feed.objects.update(next_check=NOW - MINUTE)
    assert "Nobody fetches" not in get(client)


def test_an_installation_without_feeds_says_what_to_do(client: Client) -> None:
    told = words(get(client))
    assert "There is no feed yet." in told and "load_dataset" in told


# ---- Filters ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def some() -> dict[str, Feed]:
    kabar = OutletFactory(slug="kabar", name="Kabar", country="KG")
    return {
        "fine": fine(outlet=kabar, language="ru"),
        "failing": failing(outlet=kabar, language="en"),
        "off": fine(outlet__slug="uza", outlet__name="UzA", outlet__country="UZ", language="ru", enabled=False),
    }


def shown(html: str, feeds: dict[str, Feed]) -> set[str]:
    return {name for name, feed in feeds.items() if f'id="feed-{feed.pk}"' in html}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", {"fine", "failing", "off"}),
        ("?state=failing", {"failing"}),
        ("?state=failing&state=off", {"failing", "off"}),
        ("?outlet=kabar&language=ru", {"fine"}),
        ("?country=UZ", {"off"}),
        ("?enabled=yes", {"fine", "failing"}),
        ("?enabled=&outlet=&country=&language=", {"fine", "failing", "off"}),
    ],
)
def test_filters_stand_in_the_address(client: Client, some: dict[str, Feed], query: str, left: set[str]) -> None:
    assert shown(get(client, query), some) == left


def test_choices_have_counts_and_one_that_leaves_nothing_cannot_be_made(client: Client, some: dict[str, Feed]) -> None:
    html = get(client, "?enabled=yes")
    assert re.search(r'value="failing">Failing <span class="n">1</span>', html)
    assert re.search(r'value="paused" disabled>Paused <span class="n">0</span>', html)
    assert '<option value="kabar">Kabar (2)</option>' in html
    assert '<option value="UZ" disabled>Uzbekistan (0)</option>' in html
    assert 'class="chip" href="?"' in html


@pytest.mark.parametrize("query", ["?state=odd", "?outlet=nobody", "?country=XX", "?language=zz", "?enabled=maybe", "?page=99", "?page=x"])
def test_a_value_that_makes_no_sense_is_ignored_and_said(client: Client, some: dict[str, Feed], query: str) -> None:
    html = get(client, query)
    assert shown(html, some) == set(some)
    assert "field-error" in html


def test_htmx_gets_the_results_the_sentence_and_the_new_counts(client: Client, some: dict[str, Feed]) -> None:
    answer = client.get("/ingestion/?state=failing&outlet=", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html and 'hx-swap-oob="innerHTML:#filter"' in html and 'id="summary" hx-swap-oob="true"' in html
    assert answer["HX-Push-Url"] == "/ingestion/?state=failing"
    assert "HX-Request" in answer["Vary"] and "no-store" in answer["Cache-Control"]


def test_nothing_left_offers_the_way_back(client: Client, some: dict[str, Feed]) -> None:
    assert "No feed passes all these filters Show all feeds" in words(get(client, "?state=failing&enabled=no"))


def test_a_long_list_has_pages(client: Client) -> None:
    for _ in range(PER_PAGE + 1):
        fine()
    html = get(client)
    assert html.count('<tr id="feed-') == PER_PAGE
    assert get(client, "?page=2").count('<tr id="feed-') == 1


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    fine()
    get(client)
    with django_assert_num_queries(5):
        get(client)
    for _ in range(30):
        FetchAttemptFactory(feed=failing())
    with django_assert_num_queries(5):
        get(client)
    with django_assert_num_queries(6):
        get(client, "?state=failing")


# ---- The run under way ---------------------------------------------------------------------------------------------------------------


def test_a_run_asks_for_itself_every_two_seconds_and_has_a_link_for_those_without_script(client: Client) -> None:
    fine(leased_until=NOW + MINUTE, outlet__name="Kabar")
    html = get(client)
    assert 'hx-get="/ingestion/live/" hx-trigger="every 2s"' in html
    assert "1 feed is being fetched: Kabar ." in words(html)
    assert re.search(r'<a [^>]*href="">Refresh</a>', html)


def test_nothing_is_asked_for_where_nothing_runs(client: Client) -> None:
    fine(next_check=NOW - MINUTE)
    html = get(client)
    assert "every 2s" not in html
    assert "Refresh" not in html


def test_the_polling_stops_by_itself_and_tells_the_page_once(client: Client) -> None:
    feed = fine(leased_until=NOW + MINUTE)
    running = client.get("/ingestion/live/")
    assert "every 2s" in running.content.decode() and "HX-Trigger-After-Settle" not in running
    Feed.objects.update(leased_until=None)
    FetchAttemptFactory(feed=feed, started=NOW - MINUTE, finished=NOW, new=2)
    over = client.get("/ingestion/live/")
    html = over.content.decode()
    assert "every 2s" not in html and "hx-get" not in html
    assert ENDED in over["HX-Trigger-After-Settle"]
    assert "The fetch is over" in html and "Taken in, 2 new items" in words(html)


def test_the_list_fetches_itself_anew_when_a_run_is_over_with_its_filters(client: Client) -> None:
    fine(language="ru")
    html = get(client, "?language=ru")
    assert f'hx-get="/ingestion/?language=ru" hx-trigger="{ENDED} from:body" hx-target="#results"' in html


def test_the_fragment_costs_two_queries_where_nothing_runs(client: Client, django_assert_num_queries: Any) -> None:
    fine()
    with django_assert_num_queries(2):
        client.get("/ingestion/live/")


def test_nobody_posts_to_the_pages(client: Client) -> None:
    assert client.post("/ingestion/").status_code == 405
    assert client.post("/ingestion/live/").status_code == 405


# ---- Who sees what ---------------------------------------------------------------------------------------------------------------------


def test_everybody_reads_a_public_dashboard_and_only_editors_are_offered_actions(client: Client) -> None:
    feed = fine()
    for reader in (client, at_desk(User.objects.create_user("reader")), at_desk(account("vera", "Viewer"))):
        html = get(reader)
        assert "Fetch now" not in html and 'method="post" action="/ingestion' not in html and "/ingestion/import/" not in html
    html = get(at_desk(account("ana", "Editor")))
    for button in ("Fetch now", "Pause"):
        assert button in words(row(html, feed))
    assert "/ingestion/import/" in html


def test_buttons_say_which_feed_they_are_about(client: Client) -> None:
    feed = fine(outlet__name="Kabar", url="https://kabar.example/rss")
    html = row(get(at_desk(account("ana", "Editor"))), feed)
    assert 'Fetch now<span class="visually-hidden"> Kabar, kabar.example/rss</span>' in html


@pytest.mark.parametrize(
    ("values", "buttons"),
    [
        ({}, ["fetch", "pause"]),
        ({"paused": True}, ["fetch", "resume"]),
        ({"enabled": False}, ["fetch", "enable"]),
        ({"proposed_url": "https://new.example/", "proposed_since": NOW}, ["accept", "reject", "fetch", "pause"]),
    ],
)
def test_an_editor_is_offered_what_the_state_allows(values: dict[str, Any], buttons: list[str]) -> None:
    feed = fine(**values)
    assert re.findall(r'name="do" value="(\w+)"', row(get(at_desk(account("ana", "Editor"))), feed)) == buttons


def test_the_page_speaks_every_language(client: Client) -> None:
    failing()
    fine(leased_until=NOW + MINUTE)
    for language in ("fr", "ru", "zh-hans"):
        client.cookies["tianshan_language"] = language
        assert get(client)


@pytest.mark.usefixtures("dataset")
def test_the_feeds_of_the_dataset_without_the_internet(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """All of them are tried, none resolves: each says so, the page says it once, and the rest of the site goes on."""

    def no_network(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    settings.INGEST_HOST_GAP = 0.0
    enabled = Feed.objects.update(enabled=True)
    run_feeds(list(Feed.objects.enabled().values_list("pk", flat=True)), only_due=False, on_result=lambda result: None)
    assert enabled > 100 and Feed.objects.filter(last_error="unresolved", needs_human="").count() == enabled
    html = get(client)
    assert f"None of the {enabled} enabled feeds can be reached: no host name can be resolved." in words(html)
    assert html.count("No host name can be resolved") == 1
    pages = [words(get(client, f"?page={number}")) for number in range(1, enabled // PER_PAGE + 2)]
    assert sum(page.count("Cannot resolve the host name failing for 1 minute") for page in pages) == enabled
    assert "Needs a human <span" in html and "attend" not in html
    one = Feed.objects.enabled()[0]
    assert "Cannot resolve the host name" in words(client.get(f"/ingestion/{one.pk}/").content.decode())
    for path in ("/", "/news/", "/sources/", "/countries/kz/", "/ingestion/feeds.opml"):
        assert client.get(path).status_code == 200, path
