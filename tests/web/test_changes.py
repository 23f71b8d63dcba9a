"""The page of what changed, the box on the overview, and the cookie that keeps the day of the last visit."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from relations.models import Event, Visit
from tests.factories import (
    AnniversaryFactory,
    DeclarationFactory,
    EventFactory,
    MechanismFactory,
    ProvisionFactory,
    SessionFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def on(day: str) -> Any:
    return time_machine.travel(f"{day} 12:00:00+00:00", tick=False)


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with on("2026-03-24"):
        yield


def get(client: Client, query: str = "") -> str:
    answer = client.get(f"/changes/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def edited() -> Visit:
    """A visit of early March that was edited on the 15th, and an event that was entered on the 12th."""
    with on("2026-03-01"):
        visit: Visit = VisitFactory(
            place="Astana", kind="state", context="A long context that says what the visit was about, in more than sixty letters."
        )
    with on("2026-03-12"):
        EventFactory(title_en="Pipeline opened", dyad_id="CN-UZ", parties=("CN", "UZ"))
    with on("2026-03-15"):
        visit.place, visit.kind = "Almaty", "official"
        visit.context = visit.context.replace("more than sixty", "many")
        visit.save()
    return visit


def test_new_and_edited_records_stand_with_what_differs_in_words(client: Client, edited: Visit) -> None:
    html = get(client, "?since=2026-03-10")
    assert "Changes since 10 March 2026: 1 new record, 1 edited record." in html
    assert html.index("<b>Edited</b>") < html.index("<b>New</b>")  # the last first
    assert "Pipeline opened" in html and f'href="/records/visit/{edited.pk}/"' in html
    told = html.split('class="differences"')[1].split("</dl>")[0]
    assert "<dt>Place</dt>" in told and "<dt>Kind</dt>" in told
    assert "State visit" in told and "Official visit" in told
    assert "Astana" in told and "Almaty" in told
    assert "A long context that says what the visit was about, in <del>" in told  # word by word


def test_the_reader_s_cookie_tells_since_when(client: Client, edited: Visit) -> None:
    with on("2026-03-13"):
        assert "the last 30 days" in get(client)
        assert client.cookies["visits"].value == "2026-03-13"
        assert client.cookies["visits"]["httponly"] and client.cookies["visits"]["samesite"] == "Lax"
    html = get(client)
    assert "Changes since 13 March 2026, the day of your last visit: 1 edited record." in html
    assert client.cookies["visits"].value == "2026-03-13.2026-03-24"
    assert "the day of your last visit: 1 edited record" in get(client)  # and again on the same day


def test_the_overview_counts_as_a_visit_and_says_what_changed(client: Client, edited: Visit) -> None:
    with on("2026-03-13"):
        client.get("/")
    html = " ".join(client.get("/").content.decode().split())
    box = html.split('id="changed"')[1].split("</aside>")[0]
    assert "What changed since 13 March 2026, the day of your last visit" in box
    assert "1 new or edited record." in box and 'href="/changes/"' in box


def test_reading_writes_nothing(client: Client, edited: Visit, django_assert_num_queries: Any) -> None:
    before = (Event.history.count(), Visit.history.count())
    get(client, "?since=2026-03-10")
    assert (Event.history.count(), Visit.history.count()) == before
    assert client.post("/changes/").status_code == 405


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?since=yesterday", "“yesterday” is not a day (YYYY-MM-DD); it is ignored."),
        ("?since=2026-02-30", "“2026-02-30” is not a day"),
        ("?since=2027-01-01", "2027-01-01 lies ahead; this is today."),
        ("?since=1991-01-01", "1991-01-01 is too long ago; this is as far back as the page goes."),
        ("?dyad=CN-XX", "Not known, ignored: CN-XX"),
        ("?page=7&since=2026-03-10", "There is no page 7; this is the last."),
    ],
)
def test_a_value_that_makes_no_sense_is_said_beside_its_field(client: Client, edited: Visit, query: str, said: str) -> None:
    assert said in get(client, query)


def test_a_day_that_was_clamped_is_the_day_of_the_field(client: Client) -> None:
    assert 'name="since" value="2024-03-24" min="2024-03-24" max="2026-03-24" aria-invalid="true"' in get(client, "?since=1991-01-01")


def test_relationships_are_a_filter(client: Client, edited: Visit) -> None:
    html = get(client, "?since=2026-03-10&dyad=CN-UZ")
    assert "Pipeline opened" in html and "Almaty" not in html


def test_the_first_load_is_one_line(client: Client) -> None:
    for number in range(41):
        EventFactory(title_en=f"Event {number}")
    Event.history.update(history_change_reason="dataset")
    html = get(client)
    assert "The dataset was loaded on 24 March 2026: 41 records." in html
    assert "Nothing else changed since 22 February 2026, the last 30 days." in html
    assert "Event 7" not in html


def test_many_changes_stand_on_pages(client: Client) -> None:
    for number in range(30):
        EventFactory(title_en=f"Event {number}")
    html = get(client)
    assert html.count("<b>New</b>") == 25 and "1–25 of 30" in html
    assert get(client, "?page=2").count("<b>New</b>") == 5


def test_many_fields_are_cut_and_counted(client: Client) -> None:
    with on("2026-01-01"):
        document = DeclarationFactory()
        rows = [ProvisionFactory(declaration=document, position=number, text=f"Old {number}.") for number in range(1, 10)]
    for row in rows:
        row.text = "New."
        row.save()
    html = get(client)
    assert html.count("<dt>Provision") == 6 and "and 3 further fields" in html


def test_what_became_due_and_what_came_near_stand_under_their_heads(client: Client) -> None:
    with on("2025-01-01"):
        SessionFactory(mechanism=MechanismFactory(title_en="China–Kazakhstan Water Committee", periodicity_months=12), date="2025-03-15")
        AnniversaryFactory(month_day="06-20", title_en="Day of the river", origin=None)
    html = get(client, "?since=2026-03-10")
    assert "1 session that became due, 1 anniversary now within 90 days." in html
    assert "Water Committee" in html.split('id="due"')[1] and "Overdue" in html.split('id="due"')[1]
    assert "Day of the river" in html.split('id="near"')[1]


def test_where_nothing_changed_the_page_says_so_and_what_to_do(client: Client) -> None:
    html = get(client, "?since=2026-03-24")
    assert "Nothing changed since 24 March 2026." in html
    assert "Choose an earlier day or other relationships." in html
    assert "Nothing changed." in client.get("/").content.decode()


def test_a_draft_never_shows(client: Client) -> None:
    ProvisionFactory(declaration=DeclarationFactory(state="draft", title_en="Secret draft"), text="Secret words.")
    html = get(client)
    assert "Secret" not in html and "Nothing changed" in html


def test_a_text_is_escaped(client: Client) -> None:
    with on("2026-01-01"):
        event = EventFactory(summary="Old.")
    event.summary = "<script>alert(1)</script>"
    event.save()
    html = get(client)
    assert "<script>alert(1)" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("language", ["fr", "ru", "zh-hans"])
def test_the_page_speaks_every_language(client: Client, edited: Visit, language: str) -> None:
    client.cookies["django_language"] = language
    assert client.get("/changes/?since=2026-03-10", headers={"Accept-Language": language}).status_code == 200


def test_the_number_of_queries_stays_the_same(client: Client, edited: Visit, django_assert_num_queries: Any) -> None:
    get(client, "?since=2026-03-10")
    with django_assert_num_queries(16):  # changes five, mechanisms two, agenda seven, stories one, the frame one
        get(client, "?since=2026-03-10")
    for _ in range(5):
        VisitFactory()
        EventFactory()
    with django_assert_num_queries(16):
        get(client, "?since=2026-03-10")


def entries(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    answer = client.get(f"/changes.atom{query}")
    assert answer["Content-Type"].startswith("application/atom+xml")
    names = {"a": "http://www.w3.org/2005/Atom"}
    rows = ElementTree.fromstring(answer.content).findall("a:entry", names)
    return [tuple(str(row.findtext(f"a:{name}", "", names)) for name in ("title", "updated", "summary")) for row in rows]  # type: ignore[misc]


def test_the_changes_are_a_feed(client: Client, edited: Visit) -> None:
    ProvisionFactory(declaration=DeclarationFactory(state="draft", title_en="Secret draft"))
    found = entries(client, "?since=2026-03-10")
    assert [title.partition(":")[0] for title, _updated, _summary in found] == ["Edited", "New"]
    assert found[1] == ("New: Pipeline opened", "2026-03-12T00:00:00+00:00", "China–Uzbekistan")
    assert found[0][1] == "2026-03-15T00:00:00+00:00"
    assert all(word in found[0][2] for word in ("China–Kazakhstan", "Kind", "Place", "Context"))
    assert [title for title, _updated, _summary in entries(client, "?dyad=CN-UZ&dyad=x")] == ["New: Pipeline opened"]
    assert entries(client, "?since=2026-03-20") == entries(client, "?since=2030-01-01") == []
    assert '<a href="/changes.atom" type="application/atom+xml">' in get(client)


def test_a_load_is_one_entry_of_the_feed(client: Client) -> None:
    for number in range(41):
        EventFactory(title_en=f"Event {number}")
    Event.history.update(history_change_reason="dataset")
    assert [title for title, _updated, _summary in entries(client)] == ["The dataset was loaded on 24 March 2026: 41 records."]
