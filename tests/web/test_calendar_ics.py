"""The file that calendar programs subscribe to, read back with a parser."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from relations.models import Anniversary, Declaration, Event, Mechanism, Session, Status
from relations.web.calendar_key import key_of
from tests.factories import AnniversaryFactory, DeclarationFactory, EventFactory, MechanismFactory, SessionFactory, StatusFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


def read(client: Client, query: str = "") -> icalendar.Calendar:
    answer = client.get(f"/calendar.ics{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    parsed = icalendar.Calendar.from_ical(answer.content)
    assert isinstance(parsed, icalendar.Calendar)
    return parsed


def events(client: Client, query: str = "") -> list[Any]:
    return list(read(client, query).walk("VEVENT"))


def summaries(client: Client, query: str = "") -> list[str]:
    return [str(event["SUMMARY"]) for event in events(client, query)]


def uids(client: Client, query: str = "") -> list[str]:
    return [str(event["UID"]) for event in events(client, query)]


def fill() -> None:
    """One record of every kind that comes into the file."""
    statement = DeclarationFactory(slug="statement", title_en="Joint Statement", date="2011-06-13")
    StatusFactory(level="strategic_partnership", date="2011-06-13", title_en="Strategic partnership", document=statement)
    DeclarationFactory(slug="treaty", title_en="Treaty", kind="treaty", date="2007-09")
    EventFactory(title_en="Pipeline opened", label="Pipeline", date="2006-05-25")
    AnniversaryFactory(title_en="Independence Day", month_day="12-16", origin="1991-12-16")
    dialogue = MechanismFactory(slug="dialogue", title_en="Strategic dialogue", established="2021-03-29", periodicity_months=12)
    SessionFactory(mechanism=dialogue, date="2025-04-25", number=2)


def test_the_file_is_a_calendar_with_a_name_that_asks_to_be_read_daily(client: Client) -> None:
    parsed = read(client)
    assert str(parsed["VERSION"]) == "2.0"
    assert str(parsed["X-WR-CALNAME"]) == str(parsed["NAME"]) == "China and Central Asia"
    assert parsed["REFRESH-INTERVAL"].to_ical() == b"P1D"
    assert parsed["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert "PRODID" in parsed


def test_lines_end_and_fold_as_the_standard_says(client: Client) -> None:
    fill()
    AnniversaryFactory(title_en="Ein sehr langer Titel " * 8, month_day="07-01")
    body = client.get("/calendar.ics").content
    assert body.count(b"\n") == body.count(b"\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


def test_every_event_has_what_the_standard_asks_for(client: Client) -> None:
    fill()
    found = events(client)
    assert found
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES"} <= set(event)
        assert type(event["DTSTART"].dt) is dt.date  # a whole day
        assert event["DTEND"].dt > event["DTSTART"].dt
        assert event["DTSTAMP"].dt == dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
        assert str(event["TRANSP"]) == "TRANSPARENT"
        assert str(event["URL"]).startswith("http://testserver/")


def test_a_jubilee_says_what_it_is_and_of_whom(client: Client) -> None:
    fill()
    (event,) = [event for event in events(client) if event["DTSTART"].dt == dt.date(2026, 6, 13)]
    assert str(event["SUMMARY"]) == "Strategic partnership, 2011: 15 years (China–Kazakhstan)"
    assert event["DTEND"].dt == dt.date(2026, 6, 14)
    assert [str(category) for category in event["CATEGORIES"].cats] == ["Jubilee", "China–Kazakhstan"]
    assert "Also of that time: Joint Statement" in str(event["DESCRIPTION"])
    assert "Verification: One report" in str(event["DESCRIPTION"])
    assert str(event["URL"]) == f"http://testserver/records/status/{Status.objects.get().pk}/"


def test_an_expected_session_stands_on_its_last_day_with_its_window(client: Client) -> None:
    fill()
    (event,) = [event for event in events(client) if "session" in str(event["SUMMARY"])]
    assert str(event["SUMMARY"]) == "Strategic dialogue: session no. 3 due (China–Kazakhstan)"
    assert event["DTSTART"].dt == dt.date(2026, 4, 25)
    assert "Expected between 25 February 2026 and 25 April 2026: yearly." in str(event["DESCRIPTION"])
    assert str(event["URL"]) == "http://testserver/mechanisms/dialogue/"


def test_a_month_without_a_day_fills_the_month_and_says_so(client: Client) -> None:
    DeclarationFactory(title_en="Treaty", kind="treaty", date="2007-09")
    (event,) = events(client)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2027, 9, 1), dt.date(2027, 10, 1))
    assert "Only the month is known: September 2027." in str(event["DESCRIPTION"])


def test_a_leap_day_is_in_every_year(client: Client) -> None:
    AnniversaryFactory(month_day="02-29", origin="2024-02-29")
    assert [event["DTSTART"].dt.isoformat() for event in events(client)] == ["2026-02-28", "2027-02-28", "2028-02-29"]


def test_drafts_and_years_without_a_month_are_not_in_it(client: Client) -> None:
    DeclarationFactory(kind="treaty", date="2006-04-01", state="draft")
    MechanismFactory(established="2016")
    assert events(client) == []


def test_the_file_can_be_that_of_some_relationships(client: Client) -> None:
    AnniversaryFactory(dyad_id="CN-KZ", title_en="Of Kazakhstan", month_day="04-01", origin=None)
    AnniversaryFactory(dyad_id="CN-KG", title_en="Of Kyrgyzstan", month_day="04-02", origin=None)
    assert set(summaries(client, "?dyad=CN-KG")) == {"Of Kyrgyzstan (China–Kyrgyzstan)"}
    assert len(set(summaries(client, "?dyad=CN-KG&dyad=CN-KZ"))) == 2
    assert str(read(client, "?dyad=CN-KG")["X-WR-CALNAME"]) == "China–Kyrgyzstan"
    assert len(set(summaries(client, "?dyad=CN-XX&lang=tlh"))) == 2


def test_the_language_is_that_of_the_address_and_the_uids_stay(client: Client) -> None:
    StatusFactory(level="strategic_partnership", date="2011-06-13", title_en="Strategic partnership", title_fr="Partenariat stratégique")
    assert any("Partenariat stratégique" in text for text in summaries(client, "?lang=fr"))
    assert uids(client, "?lang=fr") == uids(client)


def test_uids_stay_when_the_records_are_loaded_again(client: Client) -> None:
    fill()
    before = uids(client)
    assert len(before) == len(set(before))
    for model in (Status, Session, Mechanism, Declaration, Event, Anniversary):
        model.objects.all().delete()
    assert events(client) == []
    AnniversaryFactory(title_en="Another, so that the rows get other numbers", month_day="07-01", origin=None)
    fill()
    assert set(before) < set(uids(client))


def test_a_session_that_was_held_gives_way_to_the_next(client: Client) -> None:
    fill()
    (before,) = [event["UID"] for event in events(client) if "session" in str(event["SUMMARY"])]
    SessionFactory(mechanism=Mechanism.objects.get(slug="dialogue"), date="2026-03-20", number=3)
    (after,) = [event for event in events(client) if "session" in str(event["SUMMARY"])]
    assert after["UID"] != before
    assert after["DTSTART"].dt == dt.date(2027, 3, 20)


def test_a_program_that_has_the_file_is_told_so(client: Client) -> None:
    fill()
    first = client.get("/calendar.ics")
    again = client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in first["Cache-Control"]
    with time_machine.travel(dt.date(2026, 3, 31), tick=False):
        assert client.get("/calendar.ics")["ETag"] == first["ETag"]
    AnniversaryFactory(month_day="07-01")
    assert client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_behind_a_login_the_file_asks_for_a_key(client: Client, settings: Any) -> None:
    settings.DASHBOARD_PUBLIC = False
    account = User.objects.create_user("ana", password="a long password")
    refused = client.get("/calendar.ics")
    assert (refused.status_code, refused["Content-Type"]) == (403, "text/plain; charset=utf-8")
    key = key_of(account)
    allowed = client.get(f"/calendar.ics?key={key}")
    assert allowed.status_code == 200
    assert "private" in allowed["Cache-Control"]
    client.force_login(account)
    assert client.get("/calendar.ics").status_code == 200


@pytest.mark.parametrize("key", ["", "1", "1.", ".x", "1.wrong", "99999999999999999.x", "x.y", "1.%00", "²."])
def test_what_is_no_key_opens_nothing(client: Client, settings: Any, key: str) -> None:
    settings.DASHBOARD_PUBLIC = False
    User.objects.create_user("ana", password="a long password")
    assert client.get(f"/calendar.ics?key={key}").status_code == 403


def test_a_key_ends_with_the_password_and_with_the_account(client: Client, settings: Any) -> None:
    settings.DASHBOARD_PUBLIC = False
    account, other = User.objects.create_user("ana", password="a long password"), User.objects.create_user("ben", password="another one")
    key = key_of(account)
    assert client.get(f"/calendar.ics?key={key_of(other).replace(str(other.pk), str(account.pk), 1)}").status_code == 403
    account.set_password("a new password")
    account.save()
    assert client.get(f"/calendar.ics?key={key}").status_code == 403
    key = key_of(account)
    account.is_active = False
    account.save()
    assert client.get(f"/calendar.ics?key={key}").status_code == 403


def test_the_key_opens_no_other_page(client: Client, settings: Any) -> None:
    account = User.objects.create_user("ana", password="a long password")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
    settings.DASHBOARD_PUBLIC = False
    fresh = Client()
    assert fresh.get(f"/calendar/?key={key_of(account)}").status_code == 302
    assert fresh.get(f"/calendar.ics?key={key_of(account)}").status_code == 200


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/calendar.ics").status_code == 405


def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any) -> None:
    fill()
    with django_assert_num_queries(9):
        client.get("/calendar.ics")
    for day in range(10, 20):
        AnniversaryFactory(month_day=f"07-{day}")
        SessionFactory(mechanism=MechanismFactory(established=f"2006-07-{day}", periodicity_months=12), date=f"2025-07-{day}")
    with django_assert_num_queries(9):
        client.get("/calendar.ics")


def test_the_shipped_facts_make_a_file_without_duplicates(client: Client, dataset: None) -> None:
    found = events(client)
    assert len(found) > 100
    assert len({event["UID"] for event in found}) == len(found)
    told = [(event["DTSTART"].dt, str(event["SUMMARY"])) for event in found]
    assert len(set(told)) == len(told)
    assert (dt.date(2027, 1, 3), "Establishment of diplomatic relations, 1992: 35 years (China–Kazakhstan)") in told


def test_the_file_is_written_once_for_the_same_records(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from relations.web import calendar_ics

    fill()
    first = client.get("/calendar.ics?dyad=CN-KZ").content
    monkeypatch.setattr(calendar_ics, "calendar_file", lambda *arguments: b"written again")
    assert client.get("/calendar.ics?dyad=CN-KZ").content == first
    AnniversaryFactory(month_day="07-02")
    assert client.get("/calendar.ics?dyad=CN-KZ").content == b"written again"
