"""Feeds at the desk: what an editor decides comes first, what the machine knows is read, and each action has its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from relations.admin import feeds as view
from relations.admin.feeds import ATTEMPTS_SHOWN, FeedStateFilter
from relations.domain.failures import Failure
from relations.models import Feed, Outlet
from tests.admin.desk import account, at_desk, messages, typed, url
from tests.factories import FeedFactory, FetchAttemptFactory, OutletFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def handed_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The feeds that were given to a worker."""
    given: list[int] = []

    def hand_out(pk: int) -> bool:
        given.append(pk)
        return True

    monkeypatch.setattr(view, "hand_out", hand_out)
    return given


def fine(**values: Any) -> Feed:
    made: Feed = FeedFactory(**{"last_success": NOW - HOUR, "last_news": NOW - DAY, "next_check": NOW + HOUR, **values})
    return made


def act(desk: Client, action: str, *feeds: Feed) -> list[str]:
    """Do an action of the list; what the page says then."""
    data = {"action": action, "_selected_action": [feed.pk for feed in feeds]}
    return messages(desk.post(url("feed", "changelist"), data, follow=True))


# ---- The list ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Fine"),
        ({"last_success": None}, "Not tried yet"),
        ({"enabled": False}, "Not enabled"),
        ({"paused": True}, "Paused"),
        ({"leased_until": NOW + HOUR}, "Being fetched now"),
        ({"proposed_url": "https://new.example/", "proposed_since": NOW}, "Proposes a new address"),
        ({"failing_since": NOW, "last_error": "timeout"}, "Failing: No answer in time"),
        ({"failing_since": NOW, "last_error": "gone", "needs_human": "gone"}, "Needs a human: Gone for good"),
    ],
)
def test_the_list_tells_the_state_in_words(desk: Client, values: dict[str, Any], words: str) -> None:
    fine(**values)
    assert f">{words}</td>" in desk.get(url("feed", "changelist")).content.decode()


@pytest.mark.parametrize(
    ("state", "values"),
    [
        ("needs_human", {"failing_since": NOW, "needs_human": "gone", "needs_human_since": NOW, "last_error": "gone"}),
        ("moved", {"proposed_url": "https://new.example/", "proposed_since": NOW}),
        ("failing", {"failing_since": NOW, "last_error": "timeout"}),
        ("silent", {"last_news": NOW - 40 * DAY}),
        ("running", {"leased_until": NOW + HOUR}),
        ("paused", {"paused": True}),
        ("proposed", {"enabled": False, "confidence": "unverified"}),
    ],
)
def test_feeds_are_found_by_their_state(desk: Client, state: str, values: dict[str, Any]) -> None:
    feed = fine(**values)
    fine()
    fine(enabled=False)
    found = desk.get(url("feed", "changelist"), {"state": state}).context["cl"].result_list
    assert [row.pk for row in found] == [feed.pk]


def test_every_state_can_be_asked_for_and_nonsense_asks_for_nothing(desk: Client) -> None:
    fine()
    page = desk.get(url("feed", "changelist")).content.decode()
    for name in FeedStateFilter.QUESTIONS:
        assert f"?state={name}" in page
    assert desk.get(url("feed", "changelist"), {"state": "odd"}).context["cl"].result_count == 1


def test_the_list_leads_to_the_page_of_the_feeds_and_to_the_import(desk: Client) -> None:
    page = desk.get(url("feed", "changelist")).content.decode()
    assert 'href="/ingestion/"' in page and 'href="/ingestion/import/"' in page


# ---- The form --------------------------------------------------------------------------------------------------------------------


def test_the_form_begins_with_what_an_editor_decides(desk: Client) -> None:
    page = desk.get(url("feed", "change", fine().pk))
    fieldsets = page.context["adminform"].fieldsets
    assert [str(title) for title, _options in fieldsets] == [
        "None",
        "How it is doing",
        "Where it says that it has moved",
        "What is known of it",
    ]
    assert "View on site" in page.content.decode()


def test_the_last_attempts_stand_below_to_be_read(desk: Client) -> None:
    feed = fine()
    for number in range(ATTEMPTS_SHOWN + 5):
        FetchAttemptFactory(
            feed=feed, started=NOW - number * HOUR, finished=NOW - number * HOUR, outcome="failed", error="gone", new=number
        )
    FetchAttemptFactory(feed=fine(), started=NOW, finished=NOW, new=777)
    page = desk.get(url("feed", "change", feed.pk))
    (inline,) = page.context["inline_admin_formsets"]
    assert len(inline.formset.forms) == ATTEMPTS_SHOWN
    assert not inline.has_add_permission and not inline.has_change_permission and not inline.has_delete_permission
    html = page.content.decode()
    assert "Gone for good" in html and "777" not in html


def test_the_form_costs_the_same_however_often_the_feed_was_tried(desk: Client, django_assert_max_num_queries: Any) -> None:
    feed = fine()
    FetchAttemptFactory(feed=feed, started=NOW, finished=NOW)
    page = url("feed", "change", feed.pk)
    desk.get(page)
    with django_assert_max_num_queries(40) as few:
        desk.get(page)
    for number in range(60):
        FetchAttemptFactory(feed=feed, started=NOW - number * HOUR, finished=NOW)
    with django_assert_max_num_queries(40) as many:
        desk.get(page)
    assert len(many) == len(few)


def test_a_proposed_address_leads_to_the_place_where_it_is_decided(desk: Client) -> None:
    feed = fine(proposed_url="https://new.example/<b>", proposed_since=NOW)
    html = desk.get(url("feed", "change", feed.pk)).content.decode()
    assert "https://new.example/&lt;b&gt;" in html
    assert f'<a href="/ingestion/{feed.pk}/">Accept or reject it</a>' in html


def test_a_new_feed_is_entered_with_an_empty_past(desk: Client) -> None:
    outlet = OutletFactory()
    data = typed(desk.get(url("feed", "add"))) | {"outlet": outlet.pk, "url": "https://new.example/rss", "language": "ru"}
    assert desk.post(url("feed", "add"), data).status_code == 302
    assert Feed.objects.get().url == "https://new.example/rss"


def test_an_attempt_that_comes_while_the_form_is_open_is_no_conflict(desk: Client) -> None:
    feed = fine(note="")
    page = url("feed", "change", feed.pk)
    data = typed(desk.get(page)) | {"note": "Moved in spring."}
    FetchAttemptFactory(feed=feed, started=NOW, finished=NOW)
    Feed.objects.filter(pk=feed.pk).update(last_success=NOW, next_check=NOW + DAY)
    assert desk.post(page, data).status_code == 302
    feed.refresh_from_db()
    assert (feed.note, feed.next_check) == ("Moved in spring.", NOW + DAY)


def test_an_outlet_is_saved_without_touching_what_the_jobs_write_to_its_feeds(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = fine(note="")
    page = url("outlet", "change", feed.outlet_id)
    data = typed(desk.get(page)) | {"feeds-0-language": "ky"}
    written: list[Any] = []
    save = Feed.save
    monkeypatch.setattr(Feed, "save", lambda self, **kwargs: (written.append(kwargs.get("update_fields")), save(self, **kwargs))[0])
    assert desk.post(page, data).status_code == 302
    assert written == [["language"]]
    assert Feed.objects.get().language == "ky"
    assert Feed.objects.get().history.first().history_user.username == "ana"


def test_how_much_of_an_article_is_read_is_the_outlets_choice(desk: Client) -> None:
    outlet = OutletFactory()
    page = url("outlet", "change", outlet.pk)
    assert desk.post(page, typed(desk.get(page)) | {"full_text": "excerpt"}).status_code == 302
    assert Outlet.objects.get().full_text == "excerpt"


# ---- Actions ---------------------------------------------------------------------------------------------------------------------


def test_actions_of_the_list_do_what_the_buttons_of_the_page_do(desk: Client, ana: User, handed_out: list[int]) -> None:
    feed, other = fine(), fine(paused=True)
    assert act(desk, "pause", feed, other) == ["Done for 1 feed."]
    assert Feed.objects.filter(paused=True).count() == 2 and handed_out == []
    assert act(desk, "resume", feed, other) == ["Done for 2 feeds."]
    assert Feed.objects.filter(paused=False, next_check=NOW).count() == 2 and handed_out == [feed.pk, other.pk]
    assert feed.history.first().history_user == ana
    assert act(desk, "fetch_now", feed) == ["Done for 1 feed."]
    assert handed_out == [feed.pk, other.pk, feed.pk]


def test_the_page_of_the_feeds_waits_for_those_that_were_asked_for_together(desk: Client, handed_out: list[int]) -> None:
    feeds, other = [fine() for _ in range(10)], fine()
    act(desk, "pause", other)
    assert "every 2s" not in desk.get("/ingestion/").content.decode()
    act(desk, "fetch_now", *feeds)
    html = desk.get("/ingestion/").content.decode()
    assert "every 2s" in html and "10 feeds wait for a worker." in html
    for feed in feeds:
        FetchAttemptFactory(feed=feed, started=NOW, finished=NOW)
    assert "every 2s" not in desk.get("/ingestion/live/").content.decode()


def test_feeds_are_enabled_and_disabled_each_with_an_entry_in_its_history(desk: Client, ana: User, handed_out: list[int]) -> None:
    feeds = [fine(enabled=False), fine(enabled=False), fine()]
    assert act(desk, "enable", *feeds) == ["Done for 2 feeds."]
    assert handed_out == [feeds[0].pk, feeds[1].pk]
    assert feeds[0].history.first().history_user == ana
    assert act(desk, "disable", feeds[0]) == ["Done for 1 feed."]
    assert not Feed.objects.get(pk=feeds[0].pk).enabled


def test_a_file_among_the_selected_feeds_is_passed_over_and_named(desk: Client, handed_out: list[int]) -> None:
    feed, file = fine(), fine(url="file:///var/feeds/agency.xml", outlet__name="UzA")
    said = act(desk, "fetch_now", feed, file)
    assert "UzA: It is a file that was taken in by hand, and has no address to be fetched from." in said and "Done for 1 feed." in said
    assert handed_out == [feed.pk]


def test_new_addresses_are_accepted_and_rejected_together(desk: Client, handed_out: list[int]) -> None:
    first, second, third = (fine(proposed_url=f"https://new.example/{n}", proposed_since=NOW) for n in range(3))
    nothing = fine()
    taken = fine(url="https://new.example/1", outlet__name="UzA")
    said = act(desk, "accept_new_address", first, second, nothing)
    assert any("is a feed already, of UzA" in words for words in said) and "Done for 1 feed." in said
    assert Feed.objects.get(pk=first.pk).url == "https://new.example/0" and handed_out == [first.pk]
    assert act(desk, "reject_new_address", third, taken) == ["Done for 1 feed."]
    assert Feed.objects.get(pk=third.pk).rejected_url == "https://new.example/2"


@pytest.mark.parametrize("action", ["fetch_now", "enable", "pause", "accept_new_address"])
def test_who_may_not_change_feeds_is_offered_no_action(action: str, handed_out: list[int]) -> None:
    feed = fine(enabled=False, proposed_url="https://new.example/", proposed_since=NOW)
    before = Feed.objects.values().get()
    client = at_desk(account("vera", "Viewer"))
    client.post(url("feed", "changelist"), {"action": action, "_selected_action": [feed.pk]})
    assert Feed.objects.values().get() == before and handed_out == []


def test_the_list_of_attempts_says_why_in_words(desk: Client) -> None:
    for kind in (Failure.TLS, Failure.GONE):
        FetchAttemptFactory(feed=fine(), started=NOW, finished=NOW, outcome="failed", error=kind.value, detail="certificate has expired")
    html = desk.get(url("fetchattempt", "changelist")).content.decode()
    assert "No secure connection: certificate has expired" in html and "Gone for good" in html
