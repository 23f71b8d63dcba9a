"""Files, and addresses that no feed has yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from relations.ingest.newcomer import take_in
from relations.models import Feed, FetchAttempt, NewsItem, Outlet
from tests.factories import FeedFactory, OutletFactory, RuleFactory
from tests.ingest.feed_server import FEEDS, FeedServer

pytestmark = pytest.mark.django_db
STEPPE = str(FEEDS / "agency_en.rss.xml")


def test_a_file_becomes_a_feed_that_is_not_polled_of_an_outlet_named_after_it() -> None:
    result = take_in(STEPPE)
    assert (result.outcome, result.outlet, result.new) == ("stored", "Steppe News Agency", 3)
    outlet = Outlet.objects.get()
    assert (outlet.slug, outlet.country, outlet.kind, outlet.homepage) == (
        "steppe-example-kz",
        "INT",
        "independent",
        "https://steppe.example.kz/",
    )
    feed = Feed.objects.get()
    assert (feed.enabled, feed.next_check, feed.language, feed.format) == (False, None, "en", "rss")
    assert NewsItem.objects.filter(dyads="CN-KZ").count() == 1
    assert FetchAttempt.objects.get().new == 3


def test_of_a_file_is_told_when_it_was_taken_in_and_what_went_wrong_before_is_forgotten() -> None:
    take_in(STEPPE)
    feed = Feed.objects.get()
    assert feed.last_success == FetchAttempt.objects.get().finished and feed.last_news is not None
    Feed.objects.update(failures=2, failing_since=feed.last_success, last_error="bad_address", needs_human="bad_address", last_success=None)
    take_in(STEPPE)
    feed.refresh_from_db()
    assert feed.last_success is not None
    assert (feed.failures, feed.failing_since, feed.last_error, feed.needs_human) == (0, None, "", "")


def test_a_second_run_adds_nothing() -> None:
    take_in(STEPPE)
    result = take_in(STEPPE)
    assert (result.new, result.updated, result.unchanged) == (0, 0, 3)
    assert (Outlet.objects.count(), Feed.objects.count(), NewsItem.objects.count()) == (1, 1, 3)


def test_a_copy_of_a_file_elsewhere_adds_no_item(tmp_path: Path) -> None:
    take_in(STEPPE)
    copy = tmp_path / "copy.xml"
    copy.write_bytes(Path(STEPPE).read_bytes())
    assert take_in(str(copy)).unchanged == 3
    assert (Outlet.objects.count(), NewsItem.objects.count()) == (1, 3)


def test_a_file_of_a_known_feed_is_read_as_that_feed() -> None:
    feed = FeedFactory(url="https://steppe.example.kz/rss", outlet__name="Known", language="ru")
    result = take_in(STEPPE)
    assert (result.feed, result.outlet) == (feed.pk, "Known")
    assert {item.language for item in NewsItem.objects.all()} == {"en"}  # as their texts tell
    feed.refresh_from_db()
    assert feed.enabled and feed.next_check is None and feed.last_success is None  # its own times are untouched


def test_each_item_of_a_mixed_feed_is_in_the_language_of_its_own_text(tmp_path: Path) -> None:
    told = {
        "en": ("Leaders meet", "The presidents of China and Kazakhstan met on Tuesday and the two sides signed a statement."),
        "fr": ("Les présidents", "Le président kirghiz et son homologue chinois ont signé une déclaration sur le partenariat."),
        "ru": ("Встреча в Пекине", "Президент Узбекистана и председатель КНР подписали совместное заявление о партнёрстве."),
        "zh": ("两国元首会谈", "国家主席习近平对塔吉克斯坦进行国事访问，两国元首签署并发表联合声明，双方同意扩大合作。"),
    }
    items = "".join(
        f"<item><guid>{code}</guid><title>{title}</title><description>{text}</description></item>" for code, (title, text) in told.items()
    )
    RuleFactory(action="keep", words="", languages=("ru",))
    file = tmp_path / "mixed.xml"
    file.write_text(f"<rss version='2.0'><channel><title>Mixed</title><link>https://mixed.example.org/</link>{items}</channel></rss>")
    take_in(str(file))
    assert Feed.objects.get().language == ""
    assert {item.title: item.language for item in NewsItem.objects.all()} == {title: code for code, (title, _text) in told.items()}
    assert [item.language for item in NewsItem.objects.shown()] == ["ru"]


def test_an_outlet_of_the_same_host_gets_the_feed() -> None:
    outlet = OutletFactory(homepage="http://www.steppe.example.kz/en/")
    take_in(STEPPE)
    assert Feed.objects.get().outlet == outlet


def test_a_slug_that_is_taken_gets_a_number() -> None:
    OutletFactory(slug="steppe-example-kz", homepage="https://other.example.org/")
    take_in(STEPPE)
    assert Outlet.objects.get(homepage="https://steppe.example.kz/").slug == "steppe-example-kz-2"


@pytest.mark.parametrize("name", ["broken_cut_off.rss.xml", "broken_unescaped.rss.xml"])
def test_of_a_damaged_file_the_readable_entries_go_in(name: str) -> None:
    result = take_in(str(FEEDS / name))
    assert (result.outcome, result.new) == ("stored", 1)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (str(FEEDS / "empty.xml"), "empty"),
        (str(FEEDS / "not_a_feed.html"), "not_a_feed"),
        (str(FEEDS / "billion_laughs.xml"), "entities"),
        (str(FEEDS / "missing.xml"), "unreadable_file"),
        (str(FEEDS), "unreadable_file"),
        ("ftp://example.org/feed", "bad_address"),
        ("http://10.0.0.1/feed", "refused_address"),
    ],
)
def test_what_cannot_be_read_is_reported_and_creates_nothing(source: str, error: str) -> None:
    result = take_in(source)
    assert (result.failed, result.error, result.feed) == (True, error, None)
    assert not Outlet.objects.exists() and not Feed.objects.exists() and not NewsItem.objects.exists()


def test_a_file_that_breaks_later_loses_nothing_and_leaves_a_row(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(Path(STEPPE).read_bytes())
    take_in(str(file))
    file.write_text("<html><body>moved</body></html>")
    assert take_in(str(file)).error == "not_a_feed"
    assert NewsItem.objects.count() == 3
    assert FetchAttempt.objects.filter(outcome="failed", error="not_a_feed").count() == 1


def test_a_file_larger_than_a_feed_may_be_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    file.write_bytes(b"<rss>" + b" " * (5 * 1024 * 1024) + b"</rss>")
    assert take_in(str(file)).error == "too_large"


def test_an_address_becomes_a_feed_too(feeds: FeedServer) -> None:
    url = feeds.file("/new", "agency_zh_gb18030.rss.xml")
    result = take_in(url)
    assert (result.outcome, result.new) == ("stored", 2)
    feed = Feed.objects.get()
    assert (feed.url, feed.enabled, feed.language, feed.outlet.name) == (url, False, "zh", "丝路新闻")
    assert feed.last_success is not None


def test_the_address_of_a_known_feed_is_fetched_whether_due_or_not(feeds: FeedServer) -> None:
    feed = FeedFactory(url=feeds.file("/a", "agency_en.rss.xml"), enabled=False)
    assert take_in(feed.url).feed == feed.pk
    assert Outlet.objects.count() == 1


def test_what_nobody_foresaw_is_a_result_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("relations.ingest.newcomer.aside.read", broken)
    assert take_in(STEPPE).error == "unexpected"
    assert not Outlet.objects.exists()
