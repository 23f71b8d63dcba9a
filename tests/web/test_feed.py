"""One feed, and what editors decide about it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from relations.models import Feed, Rule
from relations.web import feed as view
from tests.admin.desk import account, at_desk, messages
from tests.factories import FeedFactory, FetchAttemptFactory
from tests.web.test_ingestion import words

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def handed_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The feeds that were given to a worker."""
    given: list[int] = []

    def hand_out(pk: int) -> bool:
        given.append(pk)
        return True

    monkeypatch.setattr(view, "hand_out", hand_out)
    return given


@pytest.fixture
def ana() -> User:
    return account("ana", "Editor")


@pytest.fixture
def desk(ana: User) -> Client:
    return at_desk(ana)


def some_feed(**values: Any) -> Feed:
    told = {"last_success": NOW - HOUR, "last_news": NOW - DAY, "next_check": NOW + HOUR}
    made: Feed = FeedFactory(**{"outlet__name": "Kabar", "url": "https://kabar.example/rss", **told, **values})
    return made


def do(client: Client, feed: Feed, action: str, **data: str) -> Any:
    return client.post(f"/ingestion/{feed.pk}/act/", {"do": action, **data})


def told(client: Client, feed: Feed, action: str) -> list[str]:
    """What the page says after an action."""
    return messages(client.post(f"/ingestion/{feed.pk}/act/", {"do": action}, follow=True))


# ---- The page ------------------------------------------------------------------------------------------------------------------------


def test_the_page_tells_state_facts_and_the_last_attempts(client: Client) -> None:
    feed = some_feed(failing_since=NOW - 2 * DAY, last_error="not_found", last_detail="The server answered 404 Not Found.", failures=4)
    FetchAttemptFactory(feed=feed, started=NOW - HOUR, finished=NOW - HOUR + dt.timedelta(seconds=1.5), outcome="failed", error="not_found",
                        detail="The server answered 404 Not Found.", status=404)  # fmt: skip
    FetchAttemptFactory(
        feed=feed, started=NOW - 3 * DAY, finished=NOW - 3 * DAY, new=2, updated=1, unchanged=5, skipped=3, size=20480, status=200
    )
    page = words(client.get(f"/ingestion/{feed.pk}/").content.decode())
    assert "Failing for 2 days Not found at this address: The server answered 404 Not Found." in page
    assert "Failing since 8 Mar 12:00 4 attempts in a row Next try in 60 minutes 13:00 UTC New items in 30 days 2" in page
    assert "11:00 Not found at this address: The server answered 404 Not Found. 1.5 s" in page
    assert "7 Mar 12:00 Taken in: 2 new, 1 changed, 5 known already, 3 skipped, which could not be read 20.0 KB 0.0 s" in page
    assert "not_found" not in page, "a code is no word"
    assert "What to do Look on the site for where the feed lives now, and enter that address; pause the feed where there is none" in page
    assert "All 2 attempts; times are UTC." in page


@pytest.mark.parametrize(("resting", "state"), [({"enabled": False}, "Not enabled"), ({"paused": True}, "Paused")])
def test_a_feed_at_rest_does_not_fail_on_but_tells_how_its_last_try_ended(client: Client, resting: dict[str, bool], state: str) -> None:
    feed = some_feed(failing_since=NOW - 2 * DAY, last_error="not_found", last_detail="The server answered 404.", failures=4, **resting)
    page = words(client.get(f"/ingestion/{feed.pk}/").content.decode())
    assert f"{state} the last try failed: Not found at this address: The server answered 404." in page
    assert "Failing since" not in page and "in a row" not in page
    row = words(client.get("/ingestion/").content.decode().split("<tbody>")[1].split("</tbody>")[0])
    assert f"{state} the last try failed: Not found at this address" in row


def test_what_a_server_said_is_marked_as_english_on_other_pages(client: Client) -> None:
    feed = some_feed(failing_since=NOW - 2 * DAY, last_error="not_found", last_detail="The server answered 404.", evidence="A list.")
    client.cookies["tianshan_language"] = "fr"
    html = client.get(f"/ingestion/{feed.pk}/").content.decode()
    assert '<span lang="en">The server answered 404.</span>' in html
    assert '<span class="muted"><span lang="en">A list.</span></span>' in html


@pytest.mark.parametrize("evidence", ["Given to the command ingest.", "Given to the command `ingest`."])
def test_what_the_program_wrote_of_a_feed_is_told_in_the_language_of_the_page(client: Client, evidence: str) -> None:
    feed = some_feed(evidence=evidence)
    assert "Given to the command ingest." in client.get(f"/ingestion/{feed.pk}/").content.decode()
    client.cookies["tianshan_language"] = "fr"
    html = client.get(f"/ingestion/{feed.pk}/").content.decode()
    assert "Donné à la commande ingest." in html and "Given to" not in html


def test_a_file_that_was_taken_in_by_hand_cannot_be_fetched_or_enabled(desk: Client, handed_out: list[int]) -> None:
    feed = some_feed(url="file:///var/feeds/agency.xml", enabled=False, next_check=None)
    for page in (f"/ingestion/{feed.pk}/", "/ingestion/"):
        html = desk.get(page).content.decode()
        assert 'name="do"' not in html and "agency.xml" in html
    assert "A file that was taken in by hand: nothing fetches it." in words(desk.get(f"/ingestion/{feed.pk}/").content.decode())
    before = Feed.objects.values().get()
    for action in ("fetch", "enable"):
        assert told(desk, feed, action) == ["It is a file that was taken in by hand, and has no address to be fetched from."]
    assert Feed.objects.values().get() == before and handed_out == []


@pytest.mark.parametrize(("url", "proposed"), [("file:///var/feeds/agency.xml", False), ("https://agency.example/rss", True)])
def test_only_a_feed_of_the_web_is_called_proposed(desk: Client, url: str, proposed: bool) -> None:
    feed = some_feed(url=url, enabled=False, next_check=None, confidence="unverified")
    assert ("proposed, unverified" in words(desk.get(f"/ingestion/{feed.pk}/").content.decode())) is proposed


def test_a_file_that_was_enabled_all_the_same_can_be_paused(desk: Client, handed_out: list[int]) -> None:
    feed = some_feed(url="file:///var/feeds/agency.xml")
    html = desk.get(f"/ingestion/{feed.pk}/").content.decode()
    assert 'value="pause"' in html and 'value="fetch"' not in html


def test_the_page_leads_to_its_news_and_to_the_feed_itself(client: Client) -> None:
    feed = some_feed(outlet__slug="kabar")
    html = client.get(f"/ingestion/{feed.pk}/").content.decode()
    assert 'href="/news/?outlet=kabar&amp;scope=all"' in html
    assert '<a href="https://kabar.example/rss" rel="noopener noreferrer external">' in html


def test_the_rules_that_its_items_meet_are_named(client: Client) -> None:
    feed = some_feed()
    Rule.objects.create(action="block", words="horoscope")
    own = Rule.objects.create(action="keep", words="China", feed=feed)
    Rule.objects.create(action="block", words="elsewhere", feed=some_feed(url="https://other.example/"))
    Rule.objects.create(action="block", words="sleeping", enabled=False)
    html = client.get(f"/ingestion/{feed.pk}/").content.decode()
    page = words(html)
    assert "horoscope all feeds" in page and "China this feed" in page
    assert "elsewhere" not in page and "sleeping" not in page
    assert "/admin/" not in html.split("What passes")[1].split("</section>")[0]
    assert str(own) in page


def test_a_feed_that_was_never_tried_says_so(client: Client) -> None:
    page = words(client.get(f"/ingestion/{some_feed(last_success=None, last_news=None).pk}/").content.decode())
    assert "Not tried yet" in page and "It has not been tried yet." in page and "No rule keeps or blocks anything" in page


def test_an_unknown_feed_is_not_found(client: Client, desk: Client) -> None:
    assert client.get("/ingestion/99999/").status_code == 404
    assert desk.post("/ingestion/99999/act/", {"do": "fetch"}).status_code == 404


def test_the_page_costs_the_same_for_one_attempt_and_for_many(client: Client, django_assert_num_queries: Any) -> None:
    feed = some_feed()
    client.get(f"/ingestion/{feed.pk}/")
    with django_assert_num_queries(8):
        client.get(f"/ingestion/{feed.pk}/")
    for number in range(60):
        FetchAttemptFactory(feed=feed, started=NOW - number * HOUR, finished=NOW - number * HOUR)
    with django_assert_num_queries(9):
        client.get(f"/ingestion/{feed.pk}/")


# ---- Who may act -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["fetch", "pause", "resume", "enable", "accept", "reject"])
def test_strangers_and_viewers_change_nothing(client: Client, handed_out: list[int], action: str) -> None:
    feed = some_feed(proposed_url="https://new.example/", proposed_since=NOW, paused=action == "resume", enabled=action != "enable")
    before = Feed.objects.filter(pk=feed.pk).values().get()
    answer = do(client, feed, action)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next=/ingestion/{feed.pk}/")
    assert do(at_desk(account("vera", "Viewer")), feed, action).status_code == 403
    assert Feed.objects.filter(pk=feed.pk).values().get() == before
    assert handed_out == []


def test_a_form_without_its_token_is_refused(ana: User, handed_out: list[int]) -> None:
    feed = some_feed()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    assert do(strict, feed, "pause").status_code == 403
    html = strict.get(f"/ingestion/{feed.pk}/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert token
    assert do(strict, feed, "pause", csrfmiddlewaretoken=token[1]).status_code == 302
    feed.refresh_from_db()
    assert feed.paused


def test_looking_never_acts(desk: Client) -> None:
    assert desk.get(f"/ingestion/{some_feed().pk}/act/?do=pause").status_code == 405


def test_an_unknown_action_is_not_found(desk: Client) -> None:
    assert do(desk, some_feed(), "explode").status_code == 404
    assert do(desk, some_feed(url="https://other.example/"), "").status_code == 404


# ---- What the actions do -----------------------------------------------------------------------------------------------------------------


def test_fetch_now_makes_it_due_hands_it_to_a_worker_and_the_page_waits_for_it(desk: Client, handed_out: list[int]) -> None:
    feed = some_feed(next_check=NOW + DAY)
    assert told(desk, feed, "fetch") == ["Asked for: Kabar, kabar.example/rss. A worker fetches it next."]
    feed.refresh_from_db()
    assert feed.next_check == NOW and handed_out == [feed.pk]
    html = desk.get("/ingestion/").content.decode()
    assert "every 2s" in html and "1 feed waits for a worker." in words(html)
    assert "every 2s" not in Client().get("/ingestion/").content.decode(), "others do not wait for it"
    FetchAttemptFactory(feed=feed, started=NOW, finished=NOW)
    assert "every 2s" not in desk.get("/ingestion/live/").content.decode()


def test_fetch_now_without_a_queue_says_when(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "hand_out", lambda pk: False)
    assert told(desk, some_feed(), "fetch") == ["Asked for: Kabar, kabar.example/rss. It is due now, and fetched within the next minute."]


@pytest.mark.parametrize("values", [{"paused": True}, {"enabled": False}])
def test_fetch_now_of_a_resting_feed_without_a_queue_promises_nothing(
    desk: Client, monkeypatch: pytest.MonkeyPatch, values: dict[str, bool]
) -> None:
    monkeypatch.setattr(view, "hand_out", lambda pk: False)
    assert told(desk, some_feed(**values), "fetch") == [
        "Asked for: Kabar, kabar.example/rss. No worker could be told, and by itself it is not fetched while it is paused or not enabled."
    ]


def test_the_wait_for_a_worker_ends(desk: Client, handed_out: list[int]) -> None:
    do(desk, some_feed(), "fetch")
    with time_machine.travel(NOW + dt.timedelta(minutes=3), tick=False):
        assert "every 2s" not in desk.get("/ingestion/live/").content.decode()


def test_pause_and_resume_and_each_once_more(desk: Client, ana: User, handed_out: list[int]) -> None:
    feed = some_feed()
    assert told(desk, feed, "pause") == ["Paused: Kabar, kabar.example/rss."]
    feed.refresh_from_db()
    assert feed.paused and feed.enabled
    assert feed.history.first().history_user == ana
    entries = feed.history.count()
    assert told(desk, feed, "pause") == ["It was paused already: Kabar, kabar.example/rss."]
    assert feed.history.count() == entries
    assert handed_out == []
    assert told(desk, feed, "resume") == ["Resumed: Kabar, kabar.example/rss. A worker fetches it next."]
    feed.refresh_from_db()
    assert not feed.paused and feed.next_check == NOW and handed_out == [feed.pk]
    assert told(desk, feed, "resume") == ["It was not paused: Kabar, kabar.example/rss."]
    assert handed_out == [feed.pk]


def test_enable_and_once_more(desk: Client, ana: User, handed_out: list[int]) -> None:
    feed = some_feed(enabled=False, next_check=None)
    assert told(desk, feed, "enable") == ["Enabled: Kabar, kabar.example/rss. A worker fetches it next."]
    feed.refresh_from_db()
    assert feed.enabled and feed.next_check == NOW and handed_out == [feed.pk]
    assert feed.history.first().history_user == ana
    assert told(desk, feed, "enable") == ["It was enabled already: Kabar, kabar.example/rss."]
    assert handed_out == [feed.pk]


def test_a_new_address_is_accepted_once(desk: Client, handed_out: list[int]) -> None:
    feed = some_feed(proposed_url="https://new.example/rss", proposed_since=NOW, etag='"old"')
    assert told(desk, feed, "accept") == ["The feed of Kabar has moved to new.example/rss. A worker fetches it next."]
    feed.refresh_from_db()
    assert (feed.url, feed.proposed_url, feed.etag, handed_out) == ("https://new.example/rss", "", "", [feed.pk])
    assert told(desk, feed, "accept") == ["No new address is proposed for this feed any more."]
    feed.refresh_from_db()
    assert feed.url == "https://new.example/rss"


def test_a_new_address_that_is_another_feeds_is_refused_in_words(desk: Client, handed_out: list[int]) -> None:
    FeedFactory(url="https://new.example/rss", outlet__name="UzA")
    feed = some_feed(proposed_url="https://new.example/rss", proposed_since=NOW)
    assert told(desk, feed, "accept") == ["The proposed address is a feed already, of UzA: pause this one instead."]
    feed.refresh_from_db()
    assert feed.url == "https://kabar.example/rss" and handed_out == []


def test_a_new_address_is_rejected_once(desk: Client, handed_out: list[int]) -> None:
    feed = some_feed(proposed_url="https://new.example/rss", proposed_since=NOW)
    assert told(desk, feed, "reject") == ["The feed of Kabar stays at kabar.example/rss; the other address is not proposed again."]
    feed.refresh_from_db()
    assert (feed.url, feed.proposed_url, feed.rejected_url) == ("https://kabar.example/rss", "", "https://new.example/rss")
    assert told(desk, feed, "reject") == ["No new address is proposed for this feed any more."]
    assert handed_out == []


@pytest.mark.parametrize(
    ("target", "back"),
    [
        ("/ingestion/?state=failing&page=2", "/ingestion/?state=failing&page=2#feed-{pk}"),
        ("/ingestion/#feed-3", "/ingestion/#feed-{pk}"),
        ("", "/ingestion/{pk}/"),
        ("/ingestion/{pk}/", "/ingestion/{pk}/"),
        ("https://evil.example/", "/ingestion/{pk}/"),
        ("//evil.example/", "/ingestion/{pk}/"),
        ("javascript:alert(1)", "/ingestion/{pk}/"),
    ],
)
def test_an_action_leads_back_to_where_its_button_stood_and_nowhere_else(desk: Client, target: str, back: str) -> None:
    feed = some_feed()
    assert do(desk, feed, "pause", next=target.format(pk=feed.pk))["Location"] == back.format(pk=feed.pk)
