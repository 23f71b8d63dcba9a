"""Anniversaries as pages and files."""

from __future__ import annotations

import csv
import html
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client

from tests.factories import DeclarationFactory, MechanismFactory, SessionFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel("2026-03-24", tick=False):
        yield


@pytest.fixture
def partnership() -> Any:
    """A status whose 25 years come in July, with a document at its 20 years and a session at its 15."""
    status = StatusFactory(date="2001-07-16", level="strategic_partnership", title_en="Strategic partnership", verification="official")
    DeclarationFactory(date="2021-07-20", title_en="Statement of twenty years", slug="twenty", place="Astana")
    SessionFactory(mechanism=MechanismFactory(established=None, title_en="Committee of friends"), date="2016-07-01", number=4)
    return status


def get(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_jubilee_ahead_says_what_the_earlier_ones_brought_with_links(client: Client, partnership: Any) -> None:
    found = get(client, "/anniversaries/")
    assert "1 origin comes round. 1 has a jubilee in the next 24 months." in found
    assert "Of 4 jubilees that are over, 2 had a document, visit or session within 45 days (50 %)." in found
    assert "4 earlier jubilees: 1 with a document, 1 with a session." in found
    assert 'href="/declarations/twenty/"' in found and "Statement of twenty years" in found
    assert "Committee of friends" in found and "no. 4" in found
    assert "16 July 2026" in found and "in 3 months" in found


def test_the_weeks_are_a_figure_and_a_table(client: Client, partnership: Any) -> None:
    found = get(client, "/anniversaries/")
    assert 'id="weeks-plot"' in found
    # 20 July is four days after the day of the 20 years, 1 July fifteen before that of the 15.
    assert '<th scope="row">4 to 10 days after</th><td>1</td><td>0</td><td>0</td>' in found
    assert '<th scope="row">11 to 17 days before</th><td>0</td><td>0</td><td>1</td>' in found


def test_relationships_and_kinds_are_filters(client: Client, partnership: Any) -> None:
    assert "Strategic partnership" in get(client, "/anniversaries/?dyad=CN-KZ&kind=status")
    found = get(client, "/anniversaries/?kind=treaty")
    assert "Nothing that comes round passes the filters" in found and "Statement of twenty" not in found
    found = get(client, "/anniversaries/?dyad=CN-XX&kind=war")
    assert 'id="e-dyad"' in found and 'id="e-kind"' in found and "1 origin comes round." in found


def test_an_origin_has_a_page_of_its_own(client: Client, partnership: Any) -> None:
    found = get(client, f"/anniversaries/status/{partnership.pk}/")
    assert "20 years, 16 July 2021" in found and "10 years, 16 July 2011: nothing recorded" in found
    for address in (f"/anniversaries/treaty/{partnership.pk}/", "/anniversaries/war/1/", "/anniversaries/status/999/"):
        assert client.get(address).status_code == 404


def test_a_year_alone_is_told_and_no_day_is_invented(client: Client) -> None:
    mechanism = MechanismFactory(established="2001", title_en="Old forum of ideas")
    found = get(client, f"/anniversaries/mechanism/{mechanism.pk}/")
    assert "Only the year of its beginning is known" in found
    assert "No jubilee is over yet whose month is known" in get(client, "/anniversaries/")


def test_without_records_the_page_says_what_to_do(client: Client) -> None:
    found = get(client, "/anniversaries/")
    assert "Nothing that comes round is recorded" in found and "load_dataset" in found


def test_the_file_for_spreadsheets_has_every_origin(client: Client, partnership: Any) -> None:
    (row,) = csv.DictReader(client.get("/anniversaries.csv").content.decode("utf-8-sig").splitlines())
    assert (row["origin"], row["next_jubilee"], row["jubilee_years"], row["earlier_jubilees"], row["marked"]) == (
        "Strategic partnership", "2026-07-16", "25", "4", "2",
    )  # fmt: skip


def test_the_calendar_file_has_the_jubilees_ahead(client: Client, partnership: Any) -> None:
    StatusFactory(date="2004-01-01", level="friendly_cooperation")  # a jubilee in 2029
    answer = client.get("/anniversaries.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Strategic partnership, 2001: 25 years (China–Kazakhstan)"
    assert event.decoded("DTSTART").isoformat() == "2026-07-16"


def test_the_calendar_file_is_closed_where_the_pages_are(client: Client, settings: Any) -> None:
    settings.DASHBOARD_PUBLIC = False
    assert client.get("/anniversaries.ics").status_code == 403


def test_the_page_is_linked_from_calendar_country_and_overview(client: Client, partnership: Any) -> None:
    assert 'href="/anniversaries/"' in get(client, "/calendar/") and 'href="/anniversaries/"' in get(client, "/")
    assert 'href="/anniversaries/?dyad=CN-KZ"' in get(client, "/countries/kz/")


def test_a_long_list_is_cut_and_all_of_it_is_a_link_away(client: Client) -> None:
    for month in range(1, 10):
        for day in (1, 2):
            DeclarationFactory(date=f"2002-0{month}-0{day}", kind="treaty", title_en=f"Treaty {month} {day}")
    assert get(client, "/anniversaries/").count('<p class="years">') == 12
    assert "All 18" in get(client, "/anniversaries/") and get(client, "/anniversaries/?all=1").count('<p class="years">') == 18


def test_the_page_takes_as_many_queries_however_many_records(client: Client, partnership: Any, django_assert_num_queries: Any) -> None:
    VisitFactory(date_start="2021-07-20")
    get(client, "/anniversaries/")
    for year in (1996, 1997):
        with django_assert_num_queries(10):  # origins 3, dates 3, records around 3, facts up to
            client.get("/anniversaries/")
        for month in range(1, 10):
            DeclarationFactory(date=f"{year}-0{month}-01", kind="treaty")
            VisitFactory(date_start=f"{year + 5}-0{month}-01")
