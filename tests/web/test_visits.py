"""The page of visits and sessions: answers in words, filters, the records of a month, the files."""

from __future__ import annotations

import csv
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from relations.domain.partial_date import PartialDate
from relations.web.visits import month_heads
from tests.factories import MechanismFactory, PersonFactory, SessionFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel("2026-03-24", tick=False):
        yield


@pytest.fixture
def few() -> None:
    """Two visits to China and one from it with a session, all of Kazakhstan; one of an Uzbek minister."""
    leader = PersonFactory(side="KZ", name_en="A. Leader")
    VisitFactory(
        dyad_id="CN-KZ", visitor=leader, office="President", host="CN", place="Beijing", date_start="2023-05-17", date_end="2023-05-18"
    )
    VisitFactory(dyad_id="CN-KZ", visitor=leader, office="President", host="CN", place="Beijing", date_start="2025-09-03")
    VisitFactory(
        dyad_id="CN-KZ", visitor=PersonFactory(side="CN", name_en="C. President"), office="President", host="KZ", date_start="2024-07-02"
    )
    SessionFactory(mechanism=MechanismFactory(title_en="Water Committee", kind="committee"), date="2024-07-20", number=3)
    VisitFactory(
        dyad_id="CN-UZ", visitor=PersonFactory(side="UZ", name_en="U. Minister"), office="Minister of Trade", host="CN", date_start="2022"
    )


def get(client: Client, query: str = "") -> str:
    answer = client.get(f"/visits/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))


def test_the_answer_stands_first(client: Client, few: None) -> None:
    html = get(client)
    assert "4 visits, 1 session are recorded since 1992." in html
    assert "The longest present time without a meeting of leaders is that of China–Kazakhstan" in html
    assert "The fullest month is July 2024, with 2 records" in html
    assert "More visits went to China than from it: 3 and 1" in html


def test_the_table_links_each_month_and_year_to_its_records(client: Client, few: None) -> None:
    html = get(client)
    assert '<a href="?when=2024-07#listed">2</a>' in html
    assert '<a href="?when=2022#listed">2022</a>' in html
    told = get(client, "?when=2024-07").split('id="listed"')[1].split("</section>")[0]
    assert "C. President" in told and "Water Committee" in told and "A. Leader" not in told
    assert "U. Minister" in get(client, "?when=2022").split('id="listed"')[1].split("</section>")[0]


def test_who_visits_whom_with_the_last_of_each_and_the_balance(client: Client, few: None) -> None:
    table = get(client, "?dyad=CN-KZ").split('id="whom"')[1].split("</section>")[0]
    assert "<td>+1</td>" in table
    assert "3 Sep 2025" in table and "2 Jul 2024" in table


def test_filters_stand_in_the_address_of_the_files_and_months(client: Client, few: None) -> None:
    html = get(client, "?dyad=CN-KZ&level=leaders")
    assert "/visits/months.csv?dyad=CN-KZ&amp;level=leaders" in html
    assert "?dyad=CN-KZ&amp;level=leaders&amp;when=2024-07#listed" in html
    assert "3 visits, 0 sessions" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?dyad=CN-XX", "Not known, ignored: CN-XX"),
        ("?level=kings", "Not known, ignored: kings"),
        ("?when=2024-13", "“2024-13” is neither a year nor a month; it is ignored."),
        ("?when=soon", "“soon” is neither a year nor a month"),
    ],
)
def test_a_value_that_makes_no_sense_is_said_and_ignored(client: Client, few: None, query: str, said: str) -> None:
    html = get(client, query)
    assert said in html and "4 visits, 1 session" in html


def test_a_day_is_its_month(client: Client, few: None) -> None:
    assert "Records of July 2024" in get(client, "?when=2024-07-20")


def test_a_time_of_which_nothing_is_recorded_says_so(client: Client, few: None) -> None:
    assert "Nothing is recorded in this time." in get(client, "?when=2010")


def test_without_records_the_page_says_what_to_do(client: Client, few: None) -> None:
    assert "No visit or session passes the filters" in get(client, "?dyad=CN-TM")
    assert "no meeting" not in get(client, "?dyad=CN-TM")


def test_a_long_month_is_cut_and_says_how_many_there_are(client: Client) -> None:
    for day in range(1, 29):
        for number in range(3):
            VisitFactory(date_start=f"2024-07-{day:02d}", office=f"Minister {number}")
    html = get(client, "?when=2024-07")
    assert "All 84" in html and html.split('id="listed"')[1].split("</section>")[0].count("/records/visit/") == 60
    assert get(client, "?when=2024-07&all=1").split('id="listed"')[1].split("</section>")[0].count("/records/visit/") == 84


def test_every_table_is_a_file(client: Client, few: None) -> None:
    months = {row["month"]: row for row in rows(client, "/visits/months.csv")}
    assert (months["2024-07"]["visits"], months["2024-07"]["sessions"], months["1992-01"]["visits"]) == ("1", "1", "0")
    years = {row["year"]: row for row in rows(client, "/visits/years.csv?dyad=CN-KZ")}
    assert (years["2023"]["visits_to_china"], years["2024"]["visits_from_china"], years["2022"]["visits_to_china"]) == ("1", "1", "0")
    ways = {(row["visitor"], row["host"]): row for row in rows(client, "/visits/balance.csv")}
    assert (ways["KZ", "CN"]["visits"], ways["KZ", "CN"]["last_visit"], ways["CN", "KZ"]["by_leaders"]) == ("2", "2025-09-03", "1")
    assert ways["UZ", "CN"]["last_by_leader"] == ""
    silences = [row for row in rows(client, "/visits/silences.csv") if row["relationship"] == "CN-KZ"]
    # 3 September 2025 → 2 July 2024 and 18 May 2023 → 2 July 2024: 428 and 411 days; since then 202.
    assert [row["days"] for row in silences] == ["428", "411", "202"]
    assert client.get("/visits/nothing.csv").status_code == 404


def test_the_figures_can_be_saved_and_cited(client: Client, few: None) -> None:
    html = get(client, "?dyad=CN-KZ")
    assert html.count("data-png=") == html.count("data-svg=") == 2
    assert "To cite this page" in html and "http://testserver/visits/?dyad=CN-KZ" in html


def test_it_stands_in_the_navigation(client: Client) -> None:
    assert '<a href="/visits/" aria-current="page">Visits</a>' in get(client)


@pytest.mark.parametrize("address", ["/visits/", "/visits/months.csv"])
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_the_number_of_queries_stays_the_same(client: Client, few: None, django_assert_num_queries: Any) -> None:
    get(client)
    with django_assert_num_queries(6):
        get(client)
    for _ in range(5):
        VisitFactory(date_start="2024-02-01")
        SessionFactory(date="2024-02-01")
    with django_assert_num_queries(6):
        get(client)


@pytest.mark.parametrize(
    ("language", "heads"), [("en", "Jan Feb Mar"), ("fr", "janv févr mars"), ("ru", "янв февр март"), ("zh-hans", "1月 2月 3月")]
)
def test_the_heads_of_the_months_tell_them_apart_in_few_letters(language: str, heads: str) -> None:
    with translation.override(language):
        found = month_heads([PartialDate(2000, number) for number in range(1, 13)])
    assert len(set(found)) == 12
    assert all(len(head) <= 4 for head in found)
    assert [head[:2] for head in found[:3]] == [head[:2] for head in heads.split()]
