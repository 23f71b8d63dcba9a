"""Feeds proposed from a list: added once, never enabled, nothing touched that was there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from relations.domain.opml import Outline, Refusal, read
from relations.models import Feed, Outlet
from relations.services import opml
from relations.services.opml import export, propose
from tests.factories import FeedFactory, OutletFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def outline(address: str = "https://kabar.example/rss", title: str = "Kabar", **values: str) -> Outline:
    return Outline(title=title, address=address, **values)


def test_a_new_feed_is_proposed_disabled_unverified_and_with_the_name_of_the_file() -> None:
    told = propose([outline(language="ru-RU", folder="Agencies")], "list.opml")
    feed = Feed.objects.get()
    assert [line.address for line in told.added] == ["https://kabar.example/rss"]
    assert (feed.enabled, feed.confidence, feed.language, feed.next_check) == (False, "unverified", "ru", None)
    assert feed.note == "Proposed by the list list.opml, as “Kabar”, under “Agencies”."
    assert "list.opml" in feed.evidence


def test_the_outlet_is_made_where_nobody_knows_it_and_says_that_it_is_a_guess() -> None:
    told = propose([outline(site="https://www.kabar.example/ru", language="ru")], "list.opml")
    outlet = Outlet.objects.get()
    assert told.outlets == 1
    assert (outlet.name, outlet.slug, outlet.country, outlet.homepage) == ("Kabar", "kabar-example", "INT", "https://www.kabar.example/ru")
    assert outlet.languages == ("ru",)
    assert "list.opml" in outlet.note and "guesses" in outlet.note


@pytest.mark.parametrize(
    "values",
    [
        {"title": "kabar agency"},  # by its name
        {"title": "Politics", "site": "https://kabar.example/politics"},  # by the host of its page
        {"title": "Politics"},  # by the host of the feed
        {"title": "Politics", "outlet": "Kabar Agency", "address": "https://cdn.example/kabar.xml"},  # by the outline above
    ],
)
def test_a_known_outlet_gets_the_feed(values: dict[str, str]) -> None:
    known = OutletFactory(name="Kabar Agency", homepage="https://www.kabar.example/")
    propose([outline(**values)], "list.opml")
    assert Feed.objects.get().outlet == known
    assert Outlet.objects.count() == 1


def test_an_outlet_is_known_by_the_host_of_its_other_feeds_as_well() -> None:
    feed = FeedFactory(url="https://feeds.example/kabar/1", outlet__homepage="")
    propose([outline("https://feeds.example/kabar/2", "Anything")], "list.opml")
    assert Feed.objects.exclude(pk=feed.pk).get().outlet == feed.outlet


def test_two_feeds_of_a_new_outlet_make_one_outlet_and_stand_in_their_order() -> None:
    propose([outline("https://kabar.example/1", "Kabar"), outline("https://kabar.example/2", "Kabar: politics")], "list.opml")
    assert Outlet.objects.count() == 1
    assert list(Feed.objects.order_by("position").values_list("url", "position")) == [
        ("https://kabar.example/1", 0),
        ("https://kabar.example/2", 1),
    ]


def test_new_outlets_of_one_slug_are_told_apart() -> None:
    OutletFactory(slug="kabar-example", name="Another", homepage="")
    propose([outline()], "list.opml")
    assert set(Outlet.objects.values_list("slug", flat=True)) == {"kabar-example", "kabar-example-2"}


@pytest.mark.parametrize(
    "address",
    [
        "https://kabar.example/rss",
        "http://kabar.example/rss",
        "https://www.kabar.example/rss",
        "https://kabar.example:443/rss",
        "https://kabar.example/rss?utm_source=list",
        "https://kabar.example/rss#top",
    ],
)
def test_an_address_that_is_known_in_another_spelling_adds_nothing(address: str) -> None:
    feed = FeedFactory(url="https://kabar.example/rss", note="Mine.", enabled=True)
    told = propose([outline(address)], "list.opml")
    assert (len(told.added), [line.address for line in told.known]) == (0, [address])
    feed.refresh_from_db()
    assert (feed.note, feed.enabled, Feed.objects.count()) == ("Mine.", True, 1)


def test_an_address_that_stands_twice_is_added_once() -> None:
    told = propose([outline(), outline("http://www.kabar.example/rss")], "list.opml")
    assert (len(told.added), len(told.known), Feed.objects.count()) == (1, 1, 1)


def test_outlines_that_name_no_feed_are_told_with_their_reason() -> None:
    told = propose([outline("", refusal=Refusal.NO_ADDRESS), outline("ftp://x", refusal=Refusal.NOT_WEB)], "list.opml")  # type: ignore[arg-type]
    assert [line.refusal for line in told.refused] == [Refusal.NO_ADDRESS, Refusal.NOT_WEB]
    assert not Feed.objects.exists() and not Outlet.objects.exists()


def test_nothing_is_deleted_and_a_second_import_adds_nothing() -> None:
    other = FeedFactory()
    propose([outline()], "list.opml")
    told = propose([outline()], "list.opml")
    assert (len(told.added), len(told.known)) == (0, 1)
    assert Feed.objects.filter(pk=other.pk, enabled=True).exists() and Feed.objects.count() == 2


def test_who_imported_a_list_stands_in_the_history() -> None:
    ana = User.objects.create_user("ana")
    propose([outline()], "list.opml", ana)
    assert Feed.history.get().history_user == ana
    assert Outlet.history.get().history_user == ana


def test_all_or_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise IntegrityError("no")

    monkeypatch.setattr(opml, "bulk_create_with_history", broken)
    with pytest.raises(IntegrityError):
        propose([outline()], "list.opml")
    assert not Outlet.objects.exists()


def test_a_large_list_costs_queries_for_its_outlets_not_for_its_feeds(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    feeds = [outline(f"https://kabar.example/{number}", f"Feed {number}") for number in range(500)]
    with django_assert_max_num_queries(40):
        propose(feeds, "list.opml")
    assert Feed.objects.count() == 500


# ---- Export ----------------------------------------------------------------------------------------------------------------


def test_an_export_tells_every_feed_under_its_outlet() -> None:
    outlet = OutletFactory(name="Kabar", homepage="https://kabar.example/")
    FeedFactory(outlet=outlet, url="https://kabar.example/ru", language="ru", position=1)
    FeedFactory(outlet=outlet, url="https://kabar.example/en", language="en", position=0, enabled=False)
    found = read(export(NOW))
    assert [(o.address, o.language, o.outlet, o.site) for o in found] == [
        ("https://kabar.example/en", "en", "Kabar", "https://kabar.example/"),
        ("https://kabar.example/ru", "ru", "Kabar", "https://kabar.example/"),
    ]
    assert "<dateCreated>Tue, 10 Mar 2026 12:00:00 +0000</dateCreated>" in export(NOW)


def test_a_file_of_this_machine_is_nobody_elses_feed() -> None:
    FeedFactory(url="file:///srv/feeds/a.xml")
    assert read(export(NOW)) == []


def test_an_export_costs_one_query_and_works_without_feeds(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(5):
        FeedFactory()
    with django_assert_num_queries(1):
        export(NOW)
    Feed.objects.all().delete()
    assert read(export(NOW)) == []


@pytest.mark.usefixtures("dataset")
def test_the_import_of_ones_own_export_adds_nothing() -> None:
    feeds, outlets = Feed.objects.count(), Outlet.objects.count()
    told = propose(read(export(NOW)), "own.opml")
    assert (len(told.added), len(told.refused), len(told.known)) == (0, 0, feeds)
    assert (Feed.objects.count(), Outlet.objects.count()) == (feeds, outlets)


@pytest.mark.usefixtures("dataset")
def test_an_export_fills_an_empty_installation() -> None:
    before = {(feed.url, feed.outlet.name, feed.language) for feed in Feed.objects.select_related("outlet")}
    text = export(NOW)
    Outlet.objects.all().delete()
    told = propose(read(text), "theirs.opml")
    assert len(told.added) == len(before)
    assert {(feed.url, feed.outlet.name, feed.language) for feed in Feed.objects.select_related("outlet")} == before
