"""What /ingestion/ reads: all feeds at once, the past of those that are shown, one feed, the run under way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.feed_health import Day, State
from relations.models import Feed, FetchAttempt
from relations.selectors.ingestion import (
    ATTEMPTS_SHOWN,
    ENDED_SHOWN,
    LEASED_SHOWN,
    FeedFilters,
    desk,
    feed_page,
    known_values,
    live,
    rows,
)
from tests.factories import FeedFactory, FetchAttemptFactory, OutletFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def fine(**values: Any) -> Feed:
    """A feed that is fine, but for the values."""
    made: Feed = FeedFactory(**{"last_success": NOW - HOUR, "last_news": NOW - DAY, "next_check": NOW + HOUR, **values})
    return made


def attempt(feed: Feed, started: dt.datetime, outcome: str = "stored", **values: Any) -> FetchAttempt:
    made: FetchAttempt = FetchAttemptFactory(
        feed=feed, started=started, finished=started + dt.timedelta(seconds=2), outcome=outcome, **values
    )
    return made


def failing(**values: Any) -> Feed:
    return fine(**{"failing_since": NOW - DAY, "last_error": "timeout", "failures": 3, **values})


# ---- The list ------------------------------------------------------------------------------------------------------------------


def test_every_feed_is_listed_worst_first() -> None:
    names = {}
    names[fine().pk] = "fine"
    names[fine(enabled=False).pk] = "off"
    names[failing().pk] = "failing"
    names[failing(needs_human="gone", needs_human_since=NOW - DAY).pk] = "human"
    names[fine(last_news=NOW - 45 * DAY).pk] = "silent"
    names[fine(paused=True).pk] = "paused"
    names[fine(last_success=None, last_news=None).pk] = "waiting"
    lines = desk(FeedFilters(), NOW).lines
    assert [names[line.pk] for line in lines] == ["human", "failing", "silent", "waiting", "fine", "paused", "off"]


def test_what_is_alike_stands_in_the_order_of_outlets() -> None:
    for name in ("Beta", "alpha", "Alpha"):
        fine(outlet=OutletFactory(name=name))
    assert desk(FeedFilters(), NOW).lines[0].outlet == "Alpha"


def test_a_line_tells_why_since_when_and_where_to() -> None:
    feed = failing(needs_human="gone", needs_human_since=NOW - HOUR, last_detail="410", proposed_url="https://new.example/")
    (line,) = desk(FeedFilters(), NOW).lines
    assert (line.url, line.told, line.detail, line.failures, line.proposed_url) == (feed.url, "gone", "410", 3, "https://new.example/")
    assert line.since == NOW - HOUR
    assert line.vitals.failing_since == NOW - DAY


@pytest.mark.parametrize("age", [29 * DAY, 31 * DAY, None])
def test_silent_means_the_same_here_and_in_the_database(age: dt.timedelta | None) -> None:
    fine(last_news=NOW - age if age else None)
    failing(last_news=None)
    fine(enabled=False, last_news=None)
    here = {line.pk for line in desk(FeedFilters(), NOW).lines if line.state is State.SILENT}
    assert here == set(Feed.objects.silent(NOW).values_list("pk", flat=True))


def test_needing_a_human_means_the_same_here_and_in_the_database() -> None:
    failing(needs_human="gone", needs_human_since=NOW)
    fine(proposed_url="https://new.example/", proposed_since=NOW)
    failing()
    fine(paused=True, proposed_url="https://new.example/", proposed_since=NOW)
    here = {line.pk for line in desk(FeedFilters(), NOW).lines if line.state is State.NEEDS_HUMAN}
    assert here == set(Feed.objects.needing_human().values_list("pk", flat=True)) and len(here) == 2


def test_without_the_internet_the_feeds_fail_together_and_need_nobody() -> None:
    for host in "abc":
        FeedFactory(
            url=f"https://{host}.example/rss", last_error="unresolved", failing_since=NOW - 20 * DAY, failures=9,
            needs_human="unresolved", needs_human_since=NOW - DAY, next_check=NOW + DAY,
        )  # fmt: skip
    found = desk(FeedFilters(), NOW)
    assert found.outage is not None and found.outage.since == NOW - 20 * DAY
    assert {(line.state, line.cut_off) for line in found.lines} == {(State.FAILING, True)}
    assert found.summary.failing_and_needing == 0


# ---- Filters -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def some() -> None:
    kabar = OutletFactory(slug="kabar", name="Kabar", country="KG")
    uza = OutletFactory(slug="uza", name="UzA", country="UZ")
    fine(outlet=kabar, language="ru", url="https://k.example/ru")
    failing(outlet=kabar, language="en", url="https://k.example/en")
    fine(outlet=uza, language="ru", url="https://u.example/ru", enabled=False)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (FeedFilters(), {"k/ru", "k/en", "u/ru"}),
        (FeedFilters(states=("failing",)), {"k/en"}),
        (FeedFilters(states=("failing", "off")), {"k/en", "u/ru"}),
        (FeedFilters(outlets=("kabar",)), {"k/ru", "k/en"}),
        (FeedFilters(countries=("UZ",)), {"u/ru"}),
        (FeedFilters(languages=("ru",), enabled=("yes",)), {"k/ru"}),
        (FeedFilters(enabled=("no",)), {"u/ru"}),
        (FeedFilters(enabled=("no",), languages=("en",)), set()),
    ],
)
def test_filters_combine(filters: FeedFilters, left: set[str]) -> None:
    assert {line.url.removeprefix("https://").replace(".example", "") for line in desk(filters, NOW).lines} == left


@pytest.mark.usefixtures("some")
def test_each_choice_counts_what_it_would_leave_with_the_other_filters_as_they_are() -> None:
    choices = desk(FeedFilters(languages=("ru",)), NOW).choices
    counts = {name: {choice.value: choice.count for choice in offered} for name, offered in choices.items()}
    assert counts["outlets"] == {"kabar": 1, "uza": 1}
    assert counts["languages"] == {"ru": 2, "en": 1}
    assert counts["countries"] == {"KG": 1, "UZ": 1}
    assert counts["enabled"] == {"yes": 1, "no": 1}
    assert counts["states"] == {"needs_human": 0, "failing": 0, "silent": 0, "waiting": 0, "fine": 1, "paused": 0, "off": 1}
    assert [choice.value for choice in choices["languages"] if choice.chosen] == ["ru"]
    assert [choice.label for choice in choices["outlets"]] == ["Kabar", "UzA"]


@pytest.mark.usefixtures("some")
def test_the_figures_are_about_all_feeds_whatever_is_filtered() -> None:
    assert desk(FeedFilters(outlets=("uza",)), NOW).summary == desk(FeedFilters(), NOW).summary


@pytest.mark.usefixtures("some")
def test_what_an_address_may_ask_for() -> None:
    known = known_values()
    assert (set(known["outlets"]), set(known["countries"]), set(known["languages"])) == ({"kabar", "uza"}, {"KG", "UZ"}, {"en", "ru"})
    Feed.objects.all().delete()
    assert known_values()["outlets"] == ()


# ---- The past ------------------------------------------------------------------------------------------------------------------


def test_the_days_of_a_feed_and_its_new_items_come_from_its_attempts() -> None:
    feed, other = fine(), fine()
    attempt(feed, NOW - HOUR, new=3)
    attempt(feed, NOW - 2 * HOUR, "not_modified")
    attempt(feed, NOW - DAY, "failed", error="timeout")
    attempt(feed, NOW - DAY - HOUR, new=2)
    attempt(feed, NOW - 2 * DAY, "failed", error="timeout")
    attempt(feed, NOW - 3 * DAY, "asked_to_wait", error="asked_to_wait")
    attempt(other, NOW - 4 * DAY, "failed", error="timeout", new=0)
    by_pk = {row.line.pk: row for row in rows(desk(FeedFilters(), NOW).lines, TODAY)}
    assert by_pk[feed.pk].items == 5
    assert by_pk[feed.pk].days[-5:] == (Day.NONE, Day.GOOD, Day.FAILED, Day.SOME, Day.GOOD)
    assert set(by_pk[feed.pk].days[:-5]) == {Day.NONE}
    assert by_pk[other.pk].days[-5] is Day.FAILED and by_pk[other.pk].items == 0


def test_a_day_begins_at_midnight_utc_and_thirty_days_count() -> None:
    feed = fine()
    attempt(feed, dt.datetime(2026, 2, 9, 0, 0, tzinfo=dt.UTC), new=1)
    attempt(feed, dt.datetime(2026, 2, 8, 23, 59, 59, tzinfo=dt.UTC), "failed", error="timeout", new=1)
    attempt(feed, dt.datetime(2026, 3, 9, 23, 59, 59, 999999, tzinfo=dt.UTC), "failed", error="timeout")
    (row,) = rows(desk(FeedFilters(), NOW).lines, TODAY)
    assert (row.days[0], row.days[-2], row.days[-1], row.items) == (Day.GOOD, Day.FAILED, Day.NONE, 1)


def test_the_list_costs_two_queries_however_many_feeds_and_attempts_there_are(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        feed = fine()
        FetchAttempt.objects.bulk_create(
            FetchAttempt(feed=feed, started=NOW - n * HOUR, finished=NOW - n * HOUR, outcome="stored", new=1) for n in range(1500)
        )
    with django_assert_num_queries(2):
        found = rows(desk(FeedFilters(), NOW).lines, TODAY)
    assert [row.items for row in found] == [29 * 24 + 12 + 1] * 3  # what began since midnight of 9 February
    for _ in range(20):
        fine()
    with django_assert_num_queries(2):
        rows(desk(FeedFilters(), NOW).lines, TODAY)


@pytest.mark.sqlite_only
def test_the_attempts_are_found_by_their_index() -> None:
    feed = fine()
    plan = FetchAttempt.objects.filter(feed__in=[feed.pk], started__gte=NOW - 30 * DAY).explain()
    assert "USING INDEX attempt_by_feed (feed_id=? AND started>?)" in plan


# ---- The run under way ------------------------------------------------------------------------------------------------------------


def test_nothing_runs() -> None:
    fine(next_check=NOW - HOUR)
    found = live(NOW, {})
    assert not found.running
    assert (found.leased_count, found.asked, found.due, found.ended_count) == (0, 0, 0, 0)


def test_a_run_tells_what_is_fetched_what_waits_and_what_has_ended() -> None:
    fine(leased_until=NOW + MINUTE, outlet__name="Kabar")
    fine(next_check=NOW - MINUTE)
    done, broken = fine(), fine()
    attempt(done, NOW - MINUTE, new=4)
    attempt(broken, NOW - MINUTE / 2, "failed", error="timeout")
    attempt(done, NOW - HOUR)
    found = live(NOW, {})
    assert found.running
    assert [outlet for _pk, outlet, _url in found.leased] == ["Kabar"]
    assert (found.leased_count, found.due, found.ended_count, found.ended_failed) == (1, 1, 2, 1)
    assert [(ended.feed, ended.error, ended.new) for ended in found.ended] == [(broken.pk, "timeout", 0), (done.pk, "", 4)]


def test_a_lease_that_has_run_out_is_no_run() -> None:
    fine(leased_until=NOW - MINUTE)
    assert not live(NOW, {}).running


def test_what_an_editor_asked_for_is_waited_for_until_it_was_tried_but_not_for_ever() -> None:
    feed = fine()
    assert live(NOW, {feed.pk: NOW - MINUTE}).asked == 1
    assert not live(NOW, {feed.pk: NOW - 3 * MINUTE}).running
    attempt(feed, NOW - 2 * MINUTE)
    assert live(NOW, {feed.pk: NOW - MINUTE}).running
    attempt(feed, NOW - MINUTE / 2)
    assert not live(NOW, {feed.pk: NOW - MINUTE}).running


def test_while_workers_are_busy_with_others_what_was_asked_for_is_waited_for_longer() -> None:
    feed, tried = fine(), fine()
    attempt(tried, NOW - 9 * MINUTE)
    asked = {feed.pk: NOW - 10 * MINUTE, tried.pk: NOW - 10 * MINUTE}
    assert not live(NOW, asked).running
    attempt(fine(), NOW - MINUTE)
    assert live(NOW, asked).asked == 1
    assert not live(NOW, {feed.pk: NOW - 16 * MINUTE}).running


def test_a_feed_that_was_asked_for_and_is_being_fetched_counts_once() -> None:
    feed = fine(leased_until=NOW + MINUTE)
    found = live(NOW, {feed.pk: NOW})
    assert (found.leased_count, found.asked) == (1, 0)


def test_a_large_run_is_shown_in_part_and_costs_three_queries(django_assert_num_queries: Any) -> None:
    for number in range(20):
        fine(leased_until=NOW + MINUTE)
        attempt(fine(), NOW - MINUTE, new=number)
    with django_assert_num_queries(3):
        found = live(NOW, {})
    assert (len(found.leased), found.leased_count) == (LEASED_SHOWN, 20)
    assert (len(found.ended), found.ended_count) == (ENDED_SHOWN, 20)
    Feed.objects.update(leased_until=None)
    with django_assert_num_queries(2):
        live(NOW, {})


# ---- One feed --------------------------------------------------------------------------------------------------------------------


def test_a_feed_is_shown_with_its_last_attempts_the_newest_first() -> None:
    feed = fine()
    for number in range(ATTEMPTS_SHOWN + 10):
        attempt(feed, NOW - number * HOUR, entries=number)
    attempt(fine(), NOW)
    found = feed_page(feed.pk, NOW, TODAY)
    assert found is not None
    assert [tried.entries for tried in found.attempts] == list(range(ATTEMPTS_SHOWN))
    assert found.attempts_total == ATTEMPTS_SHOWN + 10
    assert found.row.line.pk == feed.pk and found.row.days[-1] is Day.GOOD


def test_a_feed_that_is_not() -> None:
    assert feed_page(1, NOW, TODAY) is None


def test_a_feed_knows_that_it_is_cut_off_with_the_others() -> None:
    feed = failing(url="https://a.example/", last_error="unresolved", last_success=None, last_news=None)
    failing(url="https://b.example/", last_error="unresolved", last_success=None, last_news=None)
    found = feed_page(feed.pk, NOW, TODAY)
    assert found is not None and found.outage is not None and found.row.line.cut_off


def test_a_feed_costs_the_same_however_much_it_has_been_tried(django_assert_num_queries: Any) -> None:
    feed = fine()
    attempt(feed, NOW)
    with django_assert_num_queries(5):
        feed_page(feed.pk, NOW, TODAY)
    for number in range(200):
        attempt(feed, NOW - number * HOUR)
    with django_assert_num_queries(6):
        feed_page(feed.pk, NOW, TODAY)
