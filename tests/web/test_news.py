"""The page of the news."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from relations.web.news import PER_PAGE
from tests.factories import FeedFactory, NewsItemFactory, OutletFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def get(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/news/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """The page as it is read: no tags, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_items_stand_under_their_day_with_outlet_language_and_relations(client: Client) -> None:
    outlet = OutletFactory(name="Steppe News Agency")
    NewsItemFactory(
        outlet=outlet, title="Rail crossing agreed", summary="Two papers.", sort_time=NOW - dt.timedelta(hours=2), dyads=["CN-KZ", "CN-C5"]
    )
    NewsItemFactory(outlet=outlet, title="Железная дорога", language="ru", sort_time=NOW - DAY, dyads=["CN-UZ"])
    html = get(client)
    assert "10 March 2026 today 10:00 Rail crossing agreed Two papers." in words(html)
    assert "Kazakhstan Six-party format Steppe News Agency English" in words(html)
    assert "9 March 2026 yesterday 12:00 Железная дорога" in words(html)
    assert "2 stories that outlets tell about China and Central Asia, the newest of 10 March 2026 ." in words(html)


def test_a_title_leads_to_the_original_without_giving_the_page_away(client: Client) -> None:
    NewsItemFactory(title="Железная дорога", language="ru", url="https://vestnik.example.uz/n/1", dyads=["CN-UZ"])
    html = get(client)
    link = '<a href="https://vestnik.example.uz/n/1" lang="ru" rel="noopener noreferrer external">Железная дорога</a>'
    assert link in html
    assert " target=" not in html


def test_an_item_without_an_address_says_so(client: Client) -> None:
    NewsItemFactory(title="Bare", url="", dyads=["CN-UZ"])
    html = get(client)
    assert "<h3><span>Bare</span></h3>" in html
    assert "no link to an original" in html


def test_whatever_is_stored_is_shown_as_text(client: Client) -> None:
    nasty = '<script>alert("1")</script><img src=x onerror=alert(1)>'
    NewsItemFactory(title=nasty, summary=nasty, outlet__name=nasty, dyads=["CN-UZ"])
    html = get(client)
    assert nasty not in html
    assert html.count(escape(nasty)) >= 3


def test_a_long_summary_is_cut(client: Client) -> None:
    NewsItemFactory(summary="word " * 200, dyads=["CN-UZ"])
    assert "word…" in get(client)
    assert "word " * 60 not in get(client)


def test_an_impossible_date_and_a_revision_are_told(client: Client) -> None:
    NewsItemFactory(published=dt.datetime(2099, 1, 1, tzinfo=dt.UTC), revision=2, sort_time=NOW, dyads=["CN-UZ"])
    assert "dated by the outlet 1 Jan 2099 changed 2 times" in words(get(client))


# ---- Scope and filters -------------------------------------------------------------------------------------------------------


@pytest.fixture
def some() -> None:
    agency, daily = OutletFactory(slug="agency", name="Agency"), OutletFactory(slug="daily", name="Daily")
    NewsItemFactory(outlet=agency, title="Rail", language="en", sort_time=NOW, dyads=["CN-KZ"])
    NewsItemFactory(outlet=agency, title="Газ", language="ru", sort_time=NOW - DAY, dyads=["CN-TM"])
    NewsItemFactory(outlet=daily, title="Snow", language="en", sort_time=NOW - DAY)


def titles(html: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", html)


@pytest.mark.usefixtures("some")
def test_at_first_only_what_concerns_china_and_central_asia_is_shown_with_a_way_to_all(client: Client) -> None:
    html = get(client)
    assert titles(html) == ["Rail", "Газ"]
    assert "2 stories concerning China and Central Asia All 3 stored stories" in words(html)
    assert 'href="?scope=all"' in html
    html = get(client, "?scope=all")
    assert sorted(titles(html)) == ["Rail", "Snow", "Газ"]
    assert "3 stories, 2 of them concerning China and Central Asia Only the 2 that concern them" in words(html)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?dyad=CN-TM", ["Газ"]),
        ("?dyad=CN-TM&dyad=CN-KZ", ["Rail", "Газ"]),
        ("?language=en", ["Rail"]),
        ("?outlet=agency&language=ru", ["Газ"]),
        ("?q=rai", ["Rail"]),
        ("?q=&dyad=&outlet=&scope=", ["Rail", "Газ"]),
    ],
)
def test_filters_stand_in_the_address(client: Client, query: str, left: list[str]) -> None:
    assert titles(get(client, query)) == left


@pytest.mark.usefixtures("some")
def test_each_choice_has_its_count_and_one_that_leaves_nothing_cannot_be_made(client: Client) -> None:
    html = get(client, "?language=ru")
    assert re.search(r'value="CN-TM">.*?Turkmenistan <span class="n">1</span>', html)
    assert re.search(r'value="CN-KZ" disabled>', html)
    assert '<option value="agency">Agency (1)</option>' in html
    assert re.search(r'value="ru" checked', html)


@pytest.mark.usefixtures("some")
def test_what_is_filtered_can_be_taken_away_one_by_one(client: Client) -> None:
    html = get(client, "?dyad=CN-TM&language=ru&q=%D0%93%D0%B0%D0%B7")
    assert re.search(r'class="chip" href="\?dyad=CN-TM&amp;language=ru"[^>]*>“Газ”', html)
    assert 'class="chip" href="?language=ru&amp;q=%D0%93%D0%B0%D0%B7"' in html


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    "query", ["?dyad=CN-XX", "?language=zz", "?outlet=nobody", "?scope=some", "?page=99", "?page=x", "?q=%00", "?dyad=%3Cb%3E"]
)
def test_a_value_that_makes_no_sense_is_ignored_and_said(client: Client, query: str) -> None:
    html = get(client, query)
    assert titles(html) == ["Rail", "Газ"]
    assert ("field-error" in html) == (query != "?q=%00")
    assert "<b>" not in words(html)


@pytest.mark.usefixtures("some")
def test_htmx_gets_the_results_and_the_new_counts_alone(client: Client) -> None:
    answer = client.get("/news/?q=rail&dyad=", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html and 'hx-swap-oob="innerHTML:#filter"' in html
    assert titles(html) == ["Rail"]
    assert answer.headers["HX-Push-Url"] == "/news/?q=rail"
    assert "HX-Request" in answer.headers["Vary"]


def test_pages_have_an_address_and_keep_the_filters(client: Client) -> None:
    outlet = OutletFactory()
    for number in range(PER_PAGE + 1):
        NewsItemFactory(outlet=outlet, title=f"Item {number:02}", sort_time=NOW - number * DAY, dyads=["CN-KZ"])
    first, second = get(client, "?dyad=CN-KZ"), get(client, "?dyad=CN-KZ&page=2")
    assert len(titles(first)) == PER_PAGE
    assert titles(second) == [f"Item {PER_PAGE:02}"]
    assert 'href="?dyad=CN-KZ&amp;page=2"' in first


# ---- Nothing to show -----------------------------------------------------------------------------------------------------------


def test_an_empty_store_says_what_to_do_and_when_the_next_fetch_is_due(client: Client) -> None:
    FeedFactory(next_check=NOW + dt.timedelta(minutes=7))
    assert "No news yet Run “manage.py ingest”, or wait for the next fetch. Next due: 12:07 UTC ." in words(get(client))


def test_a_fetch_that_is_due_or_on_another_day_is_told_so(client: Client) -> None:
    feed = FeedFactory(next_check=NOW - DAY)
    assert "It is due now." in words(get(client))
    feed.next_check = NOW + DAY
    feed.save()
    assert "Next due: 12:00 UTC , 11 March 2026 ." in words(get(client))


def test_an_empty_store_without_feeds_says_so(client: Client) -> None:
    assert "No feed is enabled." in words(get(client))


@pytest.mark.usefixtures("some")
def test_filters_that_leave_nothing_are_another_matter_and_offer_the_way_back(client: Client) -> None:
    html = get(client, "?dyad=CN-TJ")
    assert "No story passes all these filters" in html and "No news yet" not in html
    assert '<a href="/news/">Reset the filters</a>' in html


@pytest.mark.usefixtures("some")
def test_filters_that_only_other_items_pass_say_so(client: Client) -> None:
    html = get(client, "?q=snow")
    assert "1 story passes them that names none of these relations" in html
    assert 'href="?q=snow&amp;scope=all"' in html


def test_items_that_concern_nobody_are_one_click_away(client: Client) -> None:
    NewsItemFactory()
    assert "No stored story concerns China and Central Asia See the 1 stored story" in words(get(client))


# ---- Feeds that fail -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def failing() -> None:
    FeedFactory(next_check=NOW + DAY)
    FeedFactory(next_check=NOW + dt.timedelta(hours=2), failures=1)


@pytest.mark.usefixtures("failing")
def test_a_failed_fetch_is_told_calmly_with_the_next_try(client: Client) -> None:
    text = words(get(client))
    assert "Some feeds could not be fetched The last fetch failed for 1 of 2 feeds; what is stored stays. Next try: 14:00 UTC ." in text


@pytest.mark.usefixtures("failing")
def test_everybody_is_led_to_the_feeds_that_fail(client: Client) -> None:
    assert '<a href="/ingestion/?state=needs_human&amp;state=failing">See which, and why</a>' in get(client)


def test_all_feeds_failing_is_told_as_such(client: Client) -> None:
    FeedFactory(failures=2, next_check=NOW)
    FeedFactory(failures=2, next_check=NOW)
    assert "No feed could be fetched" in get(client)
    assert "They are due to be tried again now." in get(client)


def test_healthy_feeds_are_not_mentioned(client: Client) -> None:
    FeedFactory(next_check=NOW)
    assert "fetch failed" not in get(client)


@pytest.mark.parametrize("rows", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_items(
    rows: int, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    outlet = OutletFactory()
    for number in range(rows):
        NewsItemFactory(outlet=outlet, sort_time=NOW - number * DAY, dyads=["CN-KZ", "CN-UZ"])
    get(client)  # what the frame keeps in a cache
    with django_assert_max_num_queries(15) as queries:
        get(client, "?q=News")
    assert not any(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in queries.captured_queries)


@pytest.mark.parametrize("language", ["fr", "zh-hans", "ru"])
@pytest.mark.usefixtures("some", "failing")
def test_the_page_stands_in_every_language(client: Client, language: str) -> None:
    client.cookies["tianshan_language"] = language
    assert titles(get(client)) == ["Rail", "Газ"]
