"""The editors' rules over what is stored."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from relations import tasks
from relations.domain.feed_entry import RawEntry, normalise
from relations.ingest import rules
from relations.ingest.store import Counts, store
from relations.models import Feed, NewsItem
from tests.factories import FeedFactory, NewsItemFactory, OutletFactory, RuleFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def take(feed: Feed, *titles: str, guid: str = "") -> Counts:
    entries, _skipped = normalise([RawEntry(guid or title, "", title, "", "", "") for title in titles], "")
    with transaction.atomic():
        return store(feed.outlet_id, feed.pk, feed.language, entries, NOW)


def hidden() -> dict[str, bool]:
    return dict(NewsItem.objects.values_list("title", "hidden"))


def test_what_a_rule_blocks_is_stored_hidden_and_counted() -> None:
    feed, rule = FeedFactory(), RuleFactory(words="horse racing")
    assert take(feed, "Horse racing", "Rail") == Counts(new=2, blocked=1)
    assert hidden() == {"Horse racing": True, "Rail": False}
    assert NewsItem.objects.get(hidden=True).hidden_by == rule
    assert take(feed, "Horse racing", "Rail") == Counts(unchanged=2)


def test_where_something_is_kept_the_rest_is_blocked() -> None:
    RuleFactory(action="keep", words="", entities=("CN-KZ",))
    take(FeedFactory(), "China and Kazakhstan", "Rail")
    assert hidden() == {"China and Kazakhstan": False, "Rail": True}


def test_entities_are_what_a_text_names_in_any_language() -> None:
    RuleFactory(words="", entities=("i:BRI",))
    take(FeedFactory(), "The Belt and Road", "共建“一带一路”", "A belt")
    assert hidden() == {"The Belt and Road": True, "共建“一带一路”": True, "A belt": False}


def test_rules_that_are_off_or_of_another_feed_do_not_count() -> None:
    RuleFactory(words="rail", enabled=False)
    RuleFactory(words="rail", feed=FeedFactory())
    take(FeedFactory(), "Rail")
    assert hidden() == {"Rail": False}


def test_an_item_that_changes_is_judged_anew() -> None:
    feed = FeedFactory()
    RuleFactory(words="horse")
    for title, blocked in (("Rail", False), ("A horse", True), ("Road", False)):
        take(feed, title, guid="g")
        assert hidden() == {title: blocked}


def test_the_rules_of_today_are_applied_to_what_is_stored() -> None:
    NewsItemFactory.create_batch(3, title="Horse", outlet=OutletFactory())
    kept = NewsItemFactory(title="Rail", hidden=True)
    rule = RuleFactory(words="horse")
    assert rules.apply() == rules.Applied(4, 3, 1, kept.pk, finished=True)
    assert NewsItem.objects.filter(hidden=True, hidden_by=rule.pk).count() == 3
    assert rules.apply() == rules.Applied(4, 0, 0, kept.pk, finished=True)


def test_it_is_gone_on_with_where_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_AT_ONCE", 2)
    items = NewsItemFactory.create_batch(5, title="Horse", outlet=OutletFactory())
    RuleFactory(words="horse")
    first = rules.apply(most=2)
    assert (first.looked_at, first.last, first.finished) == (2, items[1].pk, False)
    rest = rules.apply(after=first.last)
    assert (rest.looked_at, rest.hidden, rest.finished) == (3, 3, True)


def test_a_job_goes_on_with_another_one(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    monkeypatch.setattr(rules, "_AT_ONCE", 1)
    monkeypatch.setattr(tasks, "_RULED_AT_ONCE", 1)
    NewsItemFactory.create_batch(3, title="Horse", outlet=OutletFactory())
    RuleFactory(words="horse")
    later: list[tuple[object, int]] = []
    monkeypatch.setattr(tasks.apply_rules, "apply_async", later.append)
    tasks.apply_rules()
    while later:
        tasks.apply_rules(*later.pop())
    assert NewsItem.objects.filter(hidden=True).count() == 3


def test_a_rule_that_goes_leaves_its_items_hidden_until_the_rules_are_applied() -> None:
    NewsItemFactory(title="Horse")
    rule = RuleFactory(words="horse")
    rules.apply()
    rule.delete()
    assert hidden() == {"Horse": True}
    rules.apply()
    assert hidden() == {"Horse": False}


def test_the_command_applies_them_and_tells_what_came_of_it() -> None:
    feed = FeedFactory()
    NewsItemFactory(title="Horse", feed=feed, outlet=feed.outlet)
    NewsItemFactory(title="Horse")
    RuleFactory(words="horse")
    out = io.StringIO()
    call_command("apply_rules", "--feed", str(feed.pk), stdout=out)
    call_command("apply_rules", stdout=out)
    assert out.getvalue().splitlines() == [
        "1 items looked at, 1 hidden, 0 shown again.",
        "2 items looked at, 1 hidden, 0 shown again.",
    ]
    with pytest.raises(CommandError, match="no feed with the number 404"):
        call_command("apply_rules", "--feed", "404")


def test_what_the_rules_hide_or_show_anew_is_read_once_more() -> None:
    hidden, shown, same = (NewsItemFactory(title=title, unread=False) for title in ("Rain", "Rail", "Road"))
    NewsItem.objects.filter(pk=shown.pk).update(hidden=True)
    RuleFactory(words="rain")
    rules.apply()
    assert set(NewsItem.objects.filter(unread=True)) == {hidden, shown}
    assert same.title == "Road"
