"""Entries: what is kept, and what identifies one."""

from __future__ import annotations

import datetime as dt
import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.feed_entry import RawEntry, moment, normalise, sort_time, tells_the_same

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def keys(*raw: RawEntry) -> list[str]:
    return [entry.key for entry in normalise(raw, "https://e.org/")[0]]


def test_texts_are_plain_and_links_clean() -> None:
    raw = RawEntry("g", "/a?utm_source=x", "<b>A</b> &amp; B", "<p>One</p><script>x</script>", "<i>N.</i>", "2026-03-01T10:00:00+05:00")
    (entry,), skipped = normalise([raw], "https://e.org/feed")
    assert (entry.title, entry.url, entry.summary, entry.author) == ("A & B", "https://e.org/a", "One", "N.")
    assert entry.published == dt.datetime(2026, 3, 1, 5, tzinfo=dt.UTC)
    assert skipped == 0


def test_an_entry_without_any_text_or_address_is_left_out_and_counted() -> None:
    entries, skipped = normalise([RawEntry(guid="g"), RawEntry(title="<script>x</script>")], "")
    assert entries == []
    assert skipped == 2


def test_an_entry_without_a_title_takes_the_beginning_of_its_summary_or_its_address() -> None:
    (first, second), _ = normalise([RawEntry(summary="Only a text."), RawEntry(link="https://e.org/x")], "")
    assert (first.title, first.summary) == ("Only a text.", "")
    assert second.title == "https://e.org/x"


def test_the_guid_identifies_an_entry_whatever_else_changes() -> None:
    assert keys(RawEntry("g", "https://e.org/1", "A")) == keys(RawEntry("g", "https://e.org/2", "B"))


def test_without_a_guid_the_link_without_tracking_identifies_it() -> None:
    assert keys(RawEntry("", "https://e.org/1?utm_source=a", "A")) == keys(RawEntry("", "http://www.e.org/1", "B"))


def test_with_neither_title_and_content_identify_it() -> None:
    assert keys(RawEntry(title="A", summary="x")) == keys(RawEntry(title="A", summary="x"))
    assert keys(RawEntry(title="A", summary="x")) != keys(RawEntry(title="A", summary="y"))


def test_a_guid_used_for_several_links_identifies_together_with_the_link() -> None:
    first, second = keys(RawEntry("0", "https://e.org/1", "A"), RawEntry("0", "https://e.org/2", "B"))
    assert first != second


def test_an_entry_told_twice_counts_once() -> None:
    entries, skipped = normalise([RawEntry("g", "https://e.org/1", "A"), RawEntry("g", "https://e.org/1", "A again")], "")
    assert [entry.title for entry in entries] == ["A"]
    assert skipped == 1


def test_a_guid_and_a_link_of_the_same_words_are_different_identities() -> None:
    assert keys(RawEntry("https://e.org/1", "", "A")) != keys(RawEntry("", "https://e.org/1", "A"))


def test_dates_are_kept_as_told_and_aware() -> None:
    assert moment("2099-01-01T00:00:00+00:00") == dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    assert moment("2026-03-01T10:00:00") == dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
    assert moment("0001-01-01T00:00:00+14:00") is None
    assert moment("Tuesday") is None
    assert moment("") is None


def test_an_impossible_time_does_not_decide_the_order() -> None:
    told = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    assert sort_time(told, NOW) == told
    assert sort_time(dt.datetime(2099, 1, 1, tzinfo=dt.UTC), NOW) == NOW
    assert sort_time(dt.datetime(1970, 1, 1, tzinfo=dt.UTC), NOW) == NOW
    assert sort_time(None, NOW) == NOW


@given(st.lists(st.builds(RawEntry, *(st.text(max_size=40) for _ in range(6))), max_size=20))
def test_whatever_a_feed_tells_no_key_occurs_twice_and_nothing_is_lost_unsaid(raw: list[RawEntry]) -> None:
    entries, skipped = normalise(raw, "https://e.org/")
    assert len({entry.key for entry in entries}) == len(entries)
    assert len(entries) + skipped == len(raw)
    assert all(entry.title and len(entry.key) == 64 for entry in entries)


@given(st.lists(st.builds(RawEntry, *(st.text(max_size=20) for _ in range(6))), max_size=10))
def test_the_same_feed_gives_the_same_keys(raw: list[RawEntry]) -> None:
    assert normalise(raw, "https://e.org/") == normalise(raw, "https://e.org/")


def test_a_text_that_says_more_than_the_summary_is_handed_on_whole_however_short_it_is() -> None:
    long = "a" * 1001
    told = "新华社杜尚别7月5日电，两国元首签署并发表联合声明。"
    article = f"<p>{told}</p><p>塔方重申恪守一个中国原则，支持中方提出的全球发展倡议。</p>"
    for raw, whole in (
        (RawEntry(guid="g", title="T", summary="s", content=long), long),
        (RawEntry(guid="g", title="T", summary=long, content="b" * 1000), long),
        (RawEntry(guid="g", title="T", summary="s", content="b" * 1000), "b" * 1000),
        (RawEntry(guid="g", title="T", summary=told, content=article), article),
        (RawEntry(guid="g", title=told, summary=told, content=article), article),
    ):
        assert normalise([raw], "")[0][0].whole == whole


@pytest.mark.parametrize(
    "raw",
    [
        RawEntry(guid="g", title="T", summary="The leaders met.", content=f'<p class="{"x" * 1200}">The leaders met.</p>'),
        RawEntry(guid="g", title="T", summary=f'<div style="{"y" * 1200}"><p>The</p><p>leaders</p> met.</div>'),
        RawEntry(guid="g", title="T", summary="“China”", content="&lt;p&gt;&#8220;China&#8221;&lt;/p&gt;"),
        RawEntry(guid="g", title="The leaders met.", summary="The leaders met.", content="The leaders met."),
        RawEntry(guid="g", title="T", summary="The leaders", content="<p>The leaders met and [&#8230;]</p>"),
    ],
    ids=["markup", "no-content", "spelling", "title", "broken-off"],
)
def test_markup_makes_no_article_and_what_breaks_off_is_none(raw: RawEntry) -> None:
    assert normalise([raw], "")[0][0].whole == ""


def digest(content: str = "", **told: str) -> str:
    raw = RawEntry(**{"guid": "g", "title": "T", "summary": "s", "content": content, **told})
    return normalise([raw], "")[0][0].digest


def test_an_article_that_was_corrected_has_changed_and_one_with_other_markup_has_not() -> None:
    first = "<p>The leaders met on Monday.</p>"
    assert not tells_the_same(digest(first), digest("<p>The leaders met on Tuesday.</p>"))
    assert not tells_the_same(digest(first * 200), digest(first * 200 + "<p>Corrected.</p>"))
    assert not tells_the_same(digest(), digest(first))
    assert tells_the_same(digest(first), digest(first.replace("<p>", '<p class="seen-17">')))


def test_an_entry_whose_article_is_carried_no_more_has_not_changed() -> None:
    assert tells_the_same(digest("<p>The leaders met on Monday.</p>"), digest())
    assert not tells_the_same(digest("<p>The leaders met on Monday.</p>"), digest(title="U"))


@pytest.mark.parametrize("content", ["", "<p>The leaders met on Monday.</p>"])
def test_what_was_stored_before_articles_were_compared_has_not_changed(content: str) -> None:
    stored = hashlib.sha256(b"content\0T\0s\0\0").hexdigest()
    assert tells_the_same(stored, digest(content))
    assert not tells_the_same(stored, digest(content, title="U"))


def test_an_entry_without_guid_and_link_keeps_its_key_when_its_article_is_corrected() -> None:
    one, other = (RawEntry(title="T", summary="s", content=text) for text in ("<p>On Monday.</p>", "<p>On Tuesday.</p>"))
    content = hashlib.sha256(b"content\0T\0s\0\0").hexdigest()
    assert keys(one) == keys(other) == [hashlib.sha256(f"text\0T\0{content}".encode()).hexdigest()]


def test_no_markup_keeps_the_reading_for_long() -> None:
    begun = time.process_time()
    normalise([RawEntry(guid="g", title="T", summary="s", content="<" * 200_000)], "")
    assert time.process_time() - begun < 1
