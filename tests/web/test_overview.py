"""The overview: the state of all relationships at a glance, in words computed from the records."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from relations.models import Declaration
from relations.models.choices import PublicationState
from relations.selectors.standing import standings
from relations.web.overview import lede, number_word, timeline_title
from tests.factories import (
    DeclarationFactory,
    EventFactory,
    MechanismFactory,
    NewsItemFactory,
    PersonFactory,
    SessionFactory,
    StatusFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

TODAY = "2026-03-24"
MARCH = dt.date(2026, 3, 24)


@pytest.fixture(autouse=True)
def frozen() -> object:
    with time_machine.travel(f"{TODAY} 12:00:00+00:00", tick=False):
        yield


def page(client: Client, **params: str) -> str:
    response = client.get(reverse("web:overview"), params)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_empty_database_says_what_to_do(client: Client) -> None:
    html = page(client)
    assert html.count('class="card"') == 6
    assert "No status recorded yet" in html
    assert "load_dataset" in html
    assert "Nothing is due in the next 90 days" in html


def test_a_card_tells_status_last_meeting_last_document_and_what_is_next(client: Client) -> None:
    document = DeclarationFactory(dyad_id="CN-KZ", date="2019-09-11", place="Beijing", kind="joint_statement")
    StatusFactory(dyad_id="CN-KZ", date="1992-01-03", level="diplomatic_relations", title_en="Diplomatic relations")
    StatusFactory(
        dyad_id="CN-KZ",
        date="2019-09-11",
        level="permanent_comprehensive_strategic_partnership",
        title_en="Permanent partnership",
        document=document,
    )
    leader = PersonFactory(side="KZ", name_en="A. Leader")
    VisitFactory(
        dyad_id="CN-KZ", visitor=leader, office="President", host="CN", place="Xi’an", date_start="2026-03-20", date_end="2026-03-22"
    )
    html = page(client)
    assert "Permanent partnership" in html
    assert '<time datetime="2019-09-11">11 September 2019</time>, Beijing' in html
    assert "<b>2 days ago</b>: A. Leader in Xi’an" in html
    assert "Joint statement" in html


def test_a_minister_s_visit_is_no_meeting_of_leaders(client: Client) -> None:
    VisitFactory(
        dyad_id="CN-KZ", visitor=PersonFactory(side="KZ"), office="Minister of Foreign Affairs", host="CN", date_start="2026-03-20"
    )
    assert "no meeting of leaders recorded" in page(client)


def test_a_summit_of_all_six_is_a_meeting_of_each_pair_and_one_of_a_wider_circle_is_not() -> None:
    six = MechanismFactory(dyad_id="CN-C5", kind="summit", parties=("CN", "KZ", "KG", "TJ", "TM", "UZ"))
    wider = MechanismFactory(dyad_id="CN-C5", kind="summit", parties=("CN", "KZ", "KG", "TJ", "UZ"))
    SessionFactory(mechanism=six, date="2025-06-17")
    SessionFactory(mechanism=wider, date="2025-09-01")
    stand = standings(MARCH)
    assert {dyad: str(one.last_meeting.date) for dyad, one in stand.items() if one.last_meeting} == dict.fromkeys(stand, "2025-06-17")


def test_the_sentence_under_the_title_counts_the_ladders(dataset: None) -> None:
    stand = standings(MARCH)
    assert lede(stand) == [
        "All five partners now have a comprehensive strategic partnership with China; four of them have added a name to it.",
        "In June 2025 all six signed a treaty.",
    ]
    assert timeline_title(stand) == "All five reached a comprehensive strategic partnership between 2011 and 2023"


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ({}, []),
        (
            {"CN-KZ": "comprehensive_strategic_partnership"},
            ["One partner now has a comprehensive strategic partnership with China."],
        ),
        (
            {"CN-KZ": "comprehensive_strategic_partnership", "CN-KG": "comprehensive_strategic_partnership_new_era"},
            ["Two partners now have a comprehensive strategic partnership with China; one of them has added a name to it."],
        ),
        (
            {"CN-KG": "comprehensive_strategic_partnership_new_era", "CN-UZ": "all_weather_comprehensive_strategic_partnership"},
            ["Two partners now have a comprehensive strategic partnership with China; all of them have added a name to it."],
        ),
    ],
)
def test_the_sentence_holds_for_any_number_of_partners(levels: dict[str, str], sentence: list[str]) -> None:
    for dyad, level in levels.items():
        StatusFactory(dyad_id=dyad, date="2020-01-01", level=level)
    assert lede(standings(MARCH)) == sentence


def test_numbers_are_words_in_running_text() -> None:
    assert (number_word(4), number_word(1, capital=True), number_word(7)) == ("four", "One", "7")


def test_a_draft_never_shows(client: Client) -> None:
    DeclarationFactory(dyad_id="CN-KZ", date="2026-03-01", title_en="Secret draft", state=PublicationState.DRAFT)
    assert "Secret draft" not in page(client)


def test_the_latest_records_come_newest_first_and_none_from_the_future(client: Client) -> None:
    EventFactory(dyad_id="CN-UZ", date="2026-02-01", title_en="Older event")
    EventFactory(dyad_id="CN-TM", date="2026-03-01", title_en="Newer event")
    EventFactory(dyad_id="CN-TM", date="2027-03-01", title_en="Event to come")
    html = page(client)
    latest = html[html.index('id="new"') : html.index('id="next"')]
    assert latest.index("Newer event") < latest.index("Older event")
    assert "Event to come" not in latest


def test_titles_are_escaped(client: Client) -> None:
    EventFactory(dyad_id="CN-TM", date="2026-03-01", title_en="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(client)


def test_the_number_of_queries_does_not_grow_with_the_records(
    client: Client, dataset: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Standings four, mechanisms two, agenda seven, activity one, latest records five, news three, changes three, the frame one.
    NewsItemFactory(dyads=["CN-KZ"])
    with django_assert_num_queries(26):
        client.get(reverse("web:overview"))
    for number in range(30):
        DeclarationFactory(dyad_id="CN-KZ", date="2025-01-01", slug=f"cn-kz-2025-01-01-more-{number}")
        EventFactory(dyad_id="CN-KZ", date="2025-01-02")
        NewsItemFactory(dyads=["CN-KZ", "CN-UZ"])
    with django_assert_num_queries(26):
        client.get(reverse("web:overview"))
    assert Declaration.objects.count() > 200


def test_the_list_of_countries_has_a_card_for_each_relationship(client: Client) -> None:
    html = client.get(reverse("web:countries")).content.decode()
    for code in ("kz", "kg", "tj", "tm", "uz", "c5"):
        assert reverse("web:country", args=[code]) in html


def test_the_list_of_countries_asks_the_same_of_few_and_of_many_records(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def enter(records: int) -> None:
        for _ in range(records):
            SessionFactory(mechanism=MechanismFactory(kind="summit", periodicity_months=12), date="2025-06-17")
            VisitFactory(visitor=PersonFactory(side="KZ"), office="President", host="CN", date_start="2025-06-17")
            DeclarationFactory(date="2016-04-20", kind="treaty")

    enter(1)
    for more in (0, 9):
        enter(more)
        with django_assert_num_queries(15):  # standings four, mechanisms two, agenda seven, activity one, the frame one
            client.get(reverse("web:countries"))
