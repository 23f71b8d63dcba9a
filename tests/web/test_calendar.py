"""The calendar's pages."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import AnniversaryFactory, MechanismFactory, SessionFactory, SourceFactory, StatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel(dt.date(2026, 3, 24), tick=False):
        yield


def get(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/calendar/{query}", headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_present_month_stands_first(client: Client) -> None:
    AnniversaryFactory(month_day="03-21", title_en="Nowruz", origin=None)
    html = get(client)
    assert '<h2 id="month" data-focus>March 2026</h2>' in html
    assert "Nowruz" in html
    assert "March 2026: 1 day." in html


def test_a_month_counts_jubilees_sessions_and_other_days(client: Client) -> None:
    StatusFactory(level="strategic_partnership", date="2011-04-13", title_en="Strategic partnership")
    AnniversaryFactory(month_day="04-01", origin="1992-04-01")
    SessionFactory(mechanism=MechanismFactory(title_en="Strategic dialogue", established=None, periodicity_months=12), date="2025-04-25")
    html = get(client, "?month=2026-04")
    assert "April 2026: 1 jubilee, 1 session by its rhythm, 1 other day." in html
    assert '<p class="years">15<small>years</small></p>' in html
    assert '<p class="plain">34 years</p>' in html
    assert "expected between 25 February 2026 and 25 April 2026" in html


def test_a_leap_day_is_kept_early_and_said(client: Client) -> None:
    AnniversaryFactory(month_day="02-29", origin="2024-02-29", title_en="A leap day")
    html = get(client, "?month=2026-02")
    assert '<time datetime="2026-02-28">28 Feb</time>' in html
    assert "29 February, kept on 28 February in this year" in html
    assert '<time datetime="2028-02-29">29 Feb</time>' in get(client, "?month=2028-02")


def test_links_turn_the_month_and_the_year_and_keep_the_filter(client: Client) -> None:
    AnniversaryFactory(month_day="04-01")
    html = get(client, "?month=2026-04&dyad=CN-KZ")
    for target in ("2026-03", "2026-05", "2025-04", "2027-04", "2026-12"):
        assert re.search(rf'href="\?month={target}&amp;dyad=CN-KZ"', html), target
    assert 'href="?dyad=CN-KZ"' in html  # this month
    assert 'name="month" value="2026-04"' in html  # the filter stays in the month


def test_a_day_without_a_page_of_its_own_names_its_sources(client: Client) -> None:
    AnniversaryFactory(month_day="03-21", sources=[SourceFactory(title="A source of the day")])
    html = get(client)
    assert "1 source" in html
    assert "A source of the day" in html


def test_an_empty_month_leads_to_the_next_that_holds_something(client: Client) -> None:
    AnniversaryFactory(month_day="01-03")
    html = get(client, "?month=2026-04")
    assert "April 2026 holds nothing." in html
    assert "Nothing in April 2026" in html
    assert re.search(r'<a href="\?month=2027-01">January 2027 has one day</a>', html)
    assert "Nothing in April 2026 for Kazakhstan, Kyrgyzstan" in get(client, "?month=2026-04&dyad=CN-KG&dyad=CN-KZ")


def test_a_calendar_without_records_says_what_to_do(client: Client) -> None:
    assert "manage.py load_dataset" in get(client)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?month=2026-13", "“2026-13” is not a month"),
        ("?month=soon", "“soon” is not a month"),
        ("?month=2026-04-01", "is not a month"),
        ("?month=1991-12", "The calendar goes from January 1992 to December 2036"),
        ("?month=2037-01", "The calendar goes from January 1992 to December 2036"),
        ("?month=9999-12", "The calendar goes from"),
        ("?month=%00", "is not a month"),
        ("?dyad=CN-XX", "Not known, ignored: CN-XX"),
    ],
)
def test_values_that_make_no_sense_are_said_and_ignored(client: Client, query: str, words: str) -> None:
    html = get(client, query)
    assert words in html
    assert "March 2026</h2>" in html


@pytest.mark.parametrize("month", ["1992-01", "2036-12"])
def test_the_calendar_can_be_turned_to_its_ends(client: Client, month: str) -> None:
    AnniversaryFactory(month_day="01-03")
    get(client, f"?month={month}")


def test_htmx_gets_the_month_without_the_frame(client: Client) -> None:
    html = get(client, "?month=2026-04", HX_Request="true")
    assert "<html" not in html
    assert "April 2026</h2>" in html
    assert "HX-Request" in client.get("/calendar/")["Vary"]


def test_the_address_to_subscribe_to_follows_language_and_filter(client: Client) -> None:
    html = get(client, "?dyad=CN-KZ&dyad=CN-C5", Accept_Language="fr")
    assert 'value="http://testserver/calendar.ics?lang=fr&amp;dyad=CN-KZ&amp;dyad=CN-C5"' in html
    assert 'href="webcal://testserver/calendar.ics?lang=fr&amp;dyad=CN-KZ&amp;dyad=CN-C5"' in html
    assert "key=" not in html


def test_behind_a_login_the_address_holds_a_key(client: Client, settings: Any) -> None:
    settings.DASHBOARD_PUBLIC = False
    client.force_login(User.objects.create_user("ana"))
    html = get(client)
    assert re.search(r'value="http://testserver/calendar\.ics\?lang=en&amp;key=\d+\.[\w-]+"', html)
    assert "a key of your own" in html


def test_words_from_records_are_never_markup(client: Client) -> None:
    AnniversaryFactory(month_day="03-21", title_en="<script>alert(1)</script>")
    assert "<script>alert(1)" not in get(client)


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/calendar/").status_code == 405


def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any) -> None:
    AnniversaryFactory(month_day="03-21", sources=[SourceFactory()])
    get(client)
    with django_assert_num_queries(13):
        get(client)
    for day in range(10, 20):
        AnniversaryFactory(month_day=f"03-{day}", sources=[SourceFactory()])
        SessionFactory(mechanism=MechanismFactory(established=f"2006-03-{day}", periodicity_months=12), date=f"2025-03-{day}")
    with django_assert_num_queries(13):
        get(client)
