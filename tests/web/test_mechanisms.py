"""The list of mechanisms."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from relations.models import Mechanism
from tests.factories import MechanismFactory, SessionFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def four() -> list[Mechanism]:
    """One overdue and one met with Kazakhstan, one quiet with Kyrgyzstan, and one that never met under it."""
    overdue = MechanismFactory(slug="overdue", title_en="Consultations", periodicity_months=12)
    met = MechanismFactory(slug="met", title_en="China–Kazakhstan Cooperation Committee")
    quiet = MechanismFactory(slug="quiet", title_en="Kyrgyz commission", dyad_id="CN-KG", parties=("CN", "KG"))
    silent = MechanismFactory(slug="silent", title_en="Working group", dyad_id="CN-KG", parties=("CN", "KG"), parent=quiet)
    for made, date in ((overdue, "2024-08-13"), (met, "2025-03-18"), (quiet, "2022-07-26")):
        SessionFactory(mechanism=made, date=date)
    return [overdue, met, quiet, silent]


def links(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/mechanisms/([^/]+)/">', html)


def get(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/mechanisms/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_answer_stands_first(client: Client, four: list[Mechanism]) -> None:
    html = get(client)
    assert "4 standing channels between the governments: 1 session is overdue, " in html
    assert "1 has been quiet for over two years, 1 has no documented session." in html


def test_every_mechanism_stands_under_its_relationship_and_its_parent(client: Client, four: list[Mechanism]) -> None:
    html = get(client)
    assert links(html) == ["overdue", "met", "quiet", "silent"]
    assert html.index('id="of-CN-KZ"') < html.index('id="of-CN-KG"')
    assert re.search(r'<tr class="child">\s*<th scope="row"><a href="/mechanisms/silent/">', html)


def test_the_state_is_told_in_words_and_in_bold_where_it_asks_for_attention(client: Client, four: list[Mechanism]) -> None:
    html = get(client)
    assert "<b>Overdue</b>since 13 Aug 2025" in html
    assert "Met 12 months ago" in html
    assert "<b>Met" not in html


def test_filters_combine_and_the_address_holds_them(client: Client, four: list[Mechanism]) -> None:
    html = get(client, "?dyad=CN-KG&state=quiet")
    assert links(html) == ["quiet"]
    assert "1 of 4 mechanisms" in html
    assert 'id="f-dyad-CN-KG" name="dyad" value="CN-KG" checked' in html


def test_a_choice_that_would_leave_nothing_cannot_be_made(client: Client, four: list[Mechanism]) -> None:
    html = get(client, "?dyad=CN-KZ")
    assert re.search(r'value="quiet" disabled', html)
    assert re.search(r'value="overdue">', html)


@pytest.mark.parametrize("query", ["?dyad=XX", "?state=asleep", "?dyad=CN-KZ&dyad=%00", "?state=<script>"])
def test_a_value_that_makes_no_sense_is_said_and_ignored(client: Client, four: list[Mechanism], query: str) -> None:
    html = get(client, query)
    assert "Not known, ignored:" in html
    assert "<script>alert" not in html
    assert len(links(html)) >= 2


def test_filters_that_leave_nothing_say_so_and_offer_the_way_out(client: Client, four: list[Mechanism]) -> None:
    html = get(client, "?dyad=CN-TM&state=due")
    assert "No mechanism passes both filters" in html
    assert 'href="/mechanisms/"' in html


def test_without_records_the_page_says_what_to_do(client: Client) -> None:
    html = get(client)
    assert "No mechanisms yet" in html
    assert "manage.py load_dataset" in html


def test_htmx_gets_the_list_and_the_new_counts_without_the_frame(client: Client, four: list[Mechanism]) -> None:
    html = get(client, "?dyad=CN-KG", HX_Request="true")
    assert "<html" not in html
    assert links(html) == ["quiet", "silent"]
    assert 'hx-swap-oob="innerHTML:#filter"' in html


def test_the_whole_page_and_the_part_are_kept_apart_by_caches(client: Client, four: list[Mechanism]) -> None:
    assert "HX-Request" in client.get("/mechanisms/")["Vary"]


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/mechanisms/").status_code == 405


def test_the_number_of_queries_stays_the_same(client: Client, four: list[Mechanism], django_assert_num_queries: Any) -> None:
    get(client)
    with django_assert_num_queries(3):  # mechanisms, sessions, and the date of the frame
        get(client)
    for _ in range(9):
        SessionFactory(mechanism=MechanismFactory())
    with django_assert_num_queries(3):
        get(client)
