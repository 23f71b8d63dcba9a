"""Dates and spans in words: what is known is said in each language, and nothing is invented."""

import datetime as dt

import pytest
from django.utils import translation

from relations.domain.partial_date import PartialDate
from relations.templatetags import dates

TODAY = dt.date(2026, 3, 24)


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("en", "since 14 September 2022", "since March 2022", "since 2022"),
        ("fr", "depuis le 14 septembre 2022", "depuis mars 2022", "depuis 2022"),
        ("ru", "с 14 сентября 2022\u00a0года", "с марта 2022\u00a0года", "с 2022\u00a0года"),
        ("zh-hans", "自2022年9月14日起", "自2022年3月起", "自2022年起"),
    ],
)
def test_since_is_said_as_the_language_says_it_of_a_day_a_month_and_a_year(language: str, day: str, month: str, year: str) -> None:
    with translation.override(language):
        assert [dates.since(value) for value in ("2022-09-14", "2022-03", "2022", "")] == [day, month, year, ""]


@pytest.mark.parametrize(
    ("language", "value", "long", "short"),
    [
        ("en", "2022-09-14", "14 September 2022", "14 Sep 2022"),
        ("en", "2022-09", "September 2022", "Sep 2022"),
        ("en", "2022", "2022", "2022"),
        ("fr", "2022-09-14", "14 septembre 2022", "14 sept. 2022"),
        ("fr", "2022-01-01", "1er janvier 2022", "1er janv. 2022"),
        ("zh-hans", "2022-09-14", "2022年9月14日", "2022年9月14日"),
        ("zh-hans", "2022-09", "2022年9月", "2022年9月"),
        ("zh-hans", "2022", "2022年", "2022年"),
        ("ru", "2022-09-14", "14 сентября 2022\u00a0года", "14 сен. 2022"),
        ("ru", "2022-03", "март 2022\u00a0года", "март 2022"),
        ("ru", "2022", "2022", "2022"),
        # A language that the tables do not have reads English.
        ("de", "2022-09-14", "14 September 2022", "14 Sep 2022"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(language: str, value: str, long: str, short: str) -> None:
    with translation.override(language):
        assert dates.long_date(value) == long
        assert dates.short_date(value) == short


@pytest.mark.parametrize(
    "value", [PartialDate(2022, 9, 14), dt.date(2022, 9, 14), dt.datetime(2022, 9, 14, 12, tzinfo=dt.UTC), "2022-09-14"]
)
def test_every_way_of_giving_a_date_reads_the_same(value: dates.DateLike) -> None:
    assert dates.long_date(value) == "14 September 2022"


@pytest.mark.parametrize("value", [None, "", "yesterday", "2022-13", "2022-02-30"])
def test_what_is_no_date_is_empty(value: str | None) -> None:
    assert dates.long_date(value) == ""
    assert dates.day_and_month(value) == ""
    assert dates.relative(value, TODAY) == ""


def test_a_list_under_a_year_leaves_the_year_out() -> None:
    assert dates.day_and_month("2026-03-20") == "20 Mar"
    assert dates.day_and_month("2026-03-20", full=True) == "20 March"
    assert dates.day_and_month("2026-03") == "Mar"
    assert dates.day_and_month("2026") == "2026"
    assert dates.month_name("2026-04") == "April"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-24", "today"),
        ("2026-03-25", "tomorrow"),
        ("2026-03-23", "yesterday"),
        ("2026-04-25", "in 32 days"),
        ("2026-02-08", "44 days ago"),
        ("2025-03-18", "12 months ago"),
        ("2023-10-26", "28 months ago"),
        ("2022-09-14", "3½ years ago"),
        ("2010-04-15", "16 years ago"),
    ],
)
def test_how_long_ago_and_how_soon(day: str, words: str) -> None:
    assert dates.relative(day, TODAY) == words


def test_a_vague_date_is_not_counted_in_days() -> None:
    assert dates.relative("2026-04", TODAY) == ""
    assert dates.days_between("2026", TODAY) is None


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1992-01-03", "2002-12-23", "11 years"),
        ("2002-12-23", "2005-07-04", "2½ years"),
        ("2005-07-04", "2011-06-13", "6 years"),
        ("2019-09-11", "2026-03-24", "6½ years"),
        ("2025-03-24", "2026-03-24", "1 year"),
        ("2024-09-24", "2026-03-24", "1½ years"),
        ("2025-11-01", "2026-03-24", "4 months"),
        ("2026-03-23", "2026-03-24", "1 day"),
        ("1992", "2022", "30 years"),
    ],
)
def test_how_long_a_status_was_held(start: str, end: str, words: str) -> None:
    assert dates.span_between(start, end) == words
