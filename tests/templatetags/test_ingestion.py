"""Words and shapes for feeds."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from relations.domain.failures import Failure
from relations.domain.feed_health import Day, Outage, State, Summary
from relations.models import FetchAttempt
from relations.models.choices import FetchOutcome
from relations.templatetags import ingestion, names

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def test_every_state_and_outcome_has_its_word() -> None:
    assert set(ingestion.STATES) == set(State)
    assert set(ingestion.OUTCOMES) == set(FetchOutcome.values)
    assert ingestion.state_word(State.SILENT) == "Silent but healthy"
    assert ingestion.outcome_word("not_modified") == "Nothing changed"


def test_every_kind_of_failure_has_its_words() -> None:
    for kind in Failure:
        assert ingestion.failure_words(kind.value) not in ("", kind.value), kind
        assert ingestion.failure_advice(kind.value).endswith("."), kind
    assert ingestion.failure_words("") == ingestion.failure_advice("") == ""


def test_what_came_of_an_attempt_is_a_sentence() -> None:
    def said(**values: Any) -> str:
        return str(ingestion.attempt_words(FetchAttempt(**{"outcome": "stored", **values})))

    assert (
        said(new=3, updated=1, unchanged=20, skipped=2)
        == "Taken in: 3 new, 1 changed, 20 known already, 2 skipped, which could not be read"
    )
    assert said(unchanged=20) == "Taken in: 20 known already"
    assert said() == "Taken in: none"
    assert said(outcome="not_modified") == "Nothing changed"
    assert said(outcome="asked_to_wait", error="asked_to_wait", detail="For an hour.") == "The server asks to wait: For an hour."
    assert said(outcome="failed", error="tls", detail="<b>") == "No secure connection: &lt;b&gt;"


def test_a_long_address_keeps_its_beginning_and_its_end() -> None:
    assert ingestion.row_address("https://www.kabar.example/rss?a&<b>") == "kabar.example/<wbr>rss?a&amp;&lt;b&gt;"
    long = ingestion.row_address("https://news.google.com/rss/search?q=site:mofcom.gov.cn+when:7d&hl=zh-CN&gl=CN&ceid=CN:zh-Hans")
    assert html.unescape(long) == "news.google.com/<wbr>rss/<wbr>searc…&ceid=CN:zh-Hans"


def test_what_the_program_says_of_an_unforeseen_error_is_not_for_readers() -> None:
    assert ingestion.failure_words("unexpected", "KeyError: 'secret'") == "An error that nobody foresaw"
    assert ingestion.failure_words("tls", "certificate has expired") == "No secure connection: certificate has expired"


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (0 * MINUTE, "now"),
        (MINUTE / 3, "now"),
        (MINUTE, "in 1 minute"),
        (3 * MINUTE, "in 3 minutes"),
        (89 * MINUTE, "in 89 minutes"),
        (2 * HOUR, "in 2 hours"),
        (35 * HOUR, "in 35 hours"),
        (3 * DAY, "in 3 days"),
        (-12 * MINUTE, "12 minutes ago"),
        (-2 * DAY, "2 days ago"),
        (-400 * DAY, "13 months ago"),
    ],
)
def test_a_moment_is_told_by_its_distance(distance: dt.timedelta, words: str) -> None:
    assert ingestion.distance(NOW + distance, NOW) == words


def test_nothing_is_told_of_no_moment() -> None:
    assert ingestion.distance(None, NOW) == ingestion.moment(None, NOW) == ingestion.lasting_since(None, NOW) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(NOW - HOUR, "11:00"), (NOW - DAY, "9 Mar 12:00"), (NOW + 20 * DAY, "30 Mar 12:00"), (NOW - 100 * DAY, "30 Nov 2025")],
)
def test_a_moment_names_the_day_only_where_it_is_not_today(value: dt.datetime, words: str) -> None:
    html = ingestion.moment(value, NOW)
    assert re.sub("<[^>]+>", "", html) == words
    assert f'datetime="{value.isoformat()}"' in html


def test_spans_follow_the_language() -> None:
    with translation.override("zh-hans"):
        assert ingestion.moment(NOW - DAY, NOW).endswith(">3月9日 12:00</time>")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.kabar.kg/rss.xml", "kabar.kg/rss.xml"),
        ("http://a.example/", "a.example/"),
        ("file:///srv/private/feeds/list.xml", "list.xml"),
        ("odd", "odd"),
    ],
)
def test_an_address_is_shown_as_one_reads_it_and_gives_no_folder_away(url: str, words: str) -> None:
    assert ingestion.short_address(url) == words


@pytest.mark.parametrize(("language", "words"), [("en", "Czechia"), ("fr", "Tchéquie"), ("ru", "Чехия"), ("zh-hans", "捷克"), ("xx", "CZ")])
def test_countries_of_outlets_have_names_in_every_language(language: str, words: str) -> None:
    with translation.override(language):
        assert names.country_name("CZ") == words


def test_the_six_keep_the_words_of_the_house() -> None:
    assert [names.country_name(code) for code in ("KG", "CN", "INT", "", "ZZZ")] == ["Kyrgyzstan", "China", "International", "", "ZZZ"]


# ---- The sentence ----------------------------------------------------------------------------------------------------------


def sentence(outage: Outage | None = None, **figures: Any) -> str:
    return ingestion.summary_sentence(Summary(**{"total": 40, "enabled": 35, **figures}), outage, NOW)


def test_the_sentence_says_how_many_are_fine_fail_and_need_somebody() -> None:
    told = sentence(fine=31, failing=4, failing_and_needing=2, next_check=NOW + 3 * MINUTE)
    assert told == "31 of 35 enabled feeds are fine; 4 fail, 2 of them need a human. Next fetch in 3 minutes."


def test_the_sentence_leaves_out_what_is_not() -> None:
    assert sentence(fine=35, next_check=NOW + HOUR) == "35 of 35 enabled feeds are fine. Next fetch in 60 minutes."
    told = sentence(enabled=1, fine=0, failing=1, failing_and_needing=1, next_check=NOW + HOUR)
    assert told == "0 of 1 enabled feed is fine; 1 fails, 1 of them needs a human. Next fetch in 60 minutes."


def test_the_sentence_tells_moves_newcomers_and_pauses() -> None:
    told = sentence(fine=30, moved=1, waiting=2, paused=3, next_check=NOW)
    expected = (
        "30 of 35 enabled feeds are fine; 1 proposes a new address; 2 have not been tried yet; 3 are paused. The next fetch is due now."
    )
    assert told == expected


def test_the_sentence_tells_a_run() -> None:
    assert sentence(fine=35, leased=2, next_check=NOW).endswith("2 are being fetched now.")


def test_the_sentence_where_there_is_nothing_to_fetch() -> None:
    assert sentence(total=0, enabled=0) == "There is no feed yet."
    assert sentence(total=2, enabled=0) == "2 feeds are known, none of them is enabled."
    assert sentence(enabled=2, waiting=2) == "0 of 2 enabled feeds are fine; 2 have not been tried yet. The first fetch is due now."


def test_an_outage_is_one_calm_sentence() -> None:
    told = sentence(Outage(NOW - HOUR), failing=35, failing_and_needing=30, next_check=NOW + HOUR)
    assert told == "None of the 35 enabled feeds can be reached: no host name can be resolved. Next fetch in 60 minutes."


# ---- The strip ---------------------------------------------------------------------------------------------------------------


def drawn(*days: Day) -> str:
    return Template("{% load ingestion %}{% feed_strip days today %}").render(Context({"days": days, "today": NOW.date()}))


def test_each_kind_of_day_has_a_shape_of_its_own_and_none_has_none() -> None:
    html = drawn(*[Day.GOOD] * 10, Day.NONE, Day.SOME, *[Day.FAILED] * 3, *[Day.NONE] * 15)
    assert re.findall(r'<rect class="(\w+)"[^>]*height="([\d.]+)"', html) == [("good", "4"), ("some", "11.5"), *[("failed", "14")] * 3]
    assert "style" not in html


def test_bars_stand_at_their_days() -> None:
    bars = ingestion.bars([Day.NONE] * 15 + [Day.FAILED] * 2 + [Day.GOOD] * 13)
    assert [(bar.x, bar.width) for bar in bars] == [(50.3, 2.73), (53.63, 2.73), (56.97, 42.73)]


def test_the_strip_is_told_in_words() -> None:
    html = drawn(*[Day.GOOD] * 20, *[Day.SOME] * 3, *[Day.FAILED] * 5, *[Day.NONE] * 2)
    label = re.search(r'role="img" aria-label="([^"]+)"', html)
    assert label
    assert label[1] == (
        "30 days to 10 March 2026: on 20 days every attempt went well, "
        "on 3 days some failed, on 5 days all failed, on 2 days there was none"
    )


def test_geometry_keeps_its_point_in_every_language() -> None:
    with translation.override("ru"):
        assert 'x="0.3%"' in drawn(*[Day.FAILED] * 30)


@pytest.mark.parametrize(("language", "words"), [("en", "1.3 s"), ("fr", "1,3\xa0s"), ("ru", "1,3\xa0с"), ("zh-hans", "1.3秒")])
def test_seconds_are_written_in_the_way_of_the_language(language: str, words: str) -> None:
    begun = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
    with translation.override(language):
        assert ingestion.took(begun, begun + dt.timedelta(seconds=1.3)) == words
