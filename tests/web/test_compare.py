"""Declarations side by side, two relationships, two periods; clumsy choices get a plain sentence."""

from __future__ import annotations

import csv
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories import DeclarationFactory, ProvisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel("2026-03-24", tick=False):
        yield


def make(slug: str, date: str, *provisions: tuple[str, str, str], dyad: str = "CN-KZ", **more: Any) -> None:
    """A document with provisions (side, topic, text)."""
    document: Any = DeclarationFactory(slug=slug, date=date, dyad_id=dyad, parties=("CN", dyad[3:]), title_en=f"Statement {slug}", **more)
    for number, (side, topic, text) in enumerate(provisions, start=1):
        ProvisionFactory(declaration=document, position=number, side=side, topics=(topic,), text=text)


@pytest.fixture
def four() -> None:
    """a and b of Kazakhstan share Taiwan, trade is only in a, space only in b; one of Uzbekistan; a draft."""
    make("a", "2005", ("KZ", "taiwan", "Kazakhstan supports one China."), ("both", "trade", "They buy gas."))
    make("b", "2022-09-14", ("KZ", "taiwan", "Kazakhstan firmly supports one China."), ("both", "space", "They launch satellites."))
    make("c", "2024-01-24", ("UZ", "taiwan", "Uzbekistan supports one China."), dyad="CN-UZ")
    make("draft", "2025", ("KZ", "taiwan", "Secret words."), state="draft")
    DeclarationFactory(slug="empty", date="2010")


def get(client: Client, query: str = "") -> str:
    answer = client.get(f"/compare/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


# ---- Declarations -----------------------------------------------------------------------------------------------------------


def test_two_declarations_are_aligned_and_what_is_only_in_one_is_told(client: Client, four: None) -> None:
    html = get(client, "?d=b&d=a")
    assert html.index('href="/declarations/a/"') < html.index('href="/declarations/b/"')
    assert "1 position in more than one of them" in html
    assert "[added: </span>firmly" in html
    assert html.count("Only here") == 2
    assert "Topics only in that of 2005" in html and "Topics only in that of 14 Sep 2022" in html
    assert "Kazakhstan alone" in html


def test_documents_of_two_relationships_answer_to_each_other(client: Client, four: None) -> None:
    html = get(client, "?d=a&d=c")
    assert "Kazakhstan alone, Uzbekistan alone" in html
    assert "1 position in more than one of them" in html


def test_with_nothing_chosen_the_latest_of_each_relationship_stand_ready(client: Client, four: None) -> None:
    html = get(client)
    assert 'href="?d=b&amp;with=before"' in html
    assert "d=c&amp;with=before" not in html, "the only one of its relationship has none before it"
    assert "with=before" not in get(client, "?d=a")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?d=a", "One declaration alone cannot be compared. Choose a second one."),
        ("?d=a&d=a", "The same declaration was named twice; it stands here once."),
        ("?d=a&d=nothing", "Not known here, or without provisions entered, and left out: nothing."),
        ("?d=a&d=empty", "left out: empty."),
        ("?d=a&d=draft", "left out: draft."),
        ("?d=%00&d=%3Cscript%3E", "left out"),
        ("?by=sideways", "Not known, ignored: sideways"),
        ("?by=relationships&dyad=CN-KZ", "One relationship alone cannot be compared. Choose a second one."),
        ("?by=relationships&dyad=CN-KZ&dyad=CN-KZ", "The same relationship was named twice."),
        ("?by=relationships&dyad=CN-KZ&dyad=CN-UZ&dyad=CN-KG", "Two relationships have room; the others are left out."),
        ("?by=relationships&dyad=CN-KZ&dyad=XX", "Not known, ignored: XX"),
        ("?by=relationships&dyad=CN-KZ&dyad=CN-KG", "China–Kyrgyzstan: no document with provisions is entered for these years."),
        ("?by=relationships&dyad=CN-KZ&dyad=CN-UZ&from=2020&to=2010", "2010 is before 2020"),
        ("?by=relationships&dyad=CN-KZ&dyad=CN-UZ&from=next", "is not a year"),
        ("?by=periods&dyad=CN-KZ&from=1992&to=2010&from2=2005&to2=2026", "The periods overlap: documents of 2005–2010 count in both."),
        ("?by=periods&dyad=CN-KZ&from=2000&to=2010&from2=2000&to2=2010", "Both periods are the same"),
        ("?by=periods&dyad=CN-KZ&from=1992&to=2000&from2=2001&to2=2026", "1992–2000: no document with provisions is entered"),
    ],
)  # fmt: skip
def test_a_clumsy_choice_gets_a_plain_sentence(client: Client, four: None, query: str, sentence: str) -> None:
    html = get(client, query)
    assert sentence in html
    assert "Secret" not in html and "<script>" not in html.replace('<script>"', "")


def test_one_declaration_offers_the_one_before_and_the_one_after(client: Client, four: None) -> None:
    html = get(client, "?d=b")
    assert 'href="?d=b&amp;d=a"' in html
    assert "With the one before" in html and "With the one after" not in html


def test_more_than_four_leave_the_rest_out(client: Client) -> None:
    for number in range(5):
        make(f"d-{number}", f"200{number}", ("both", "trade", "They trade."))
    html = get(client, "?" + "&".join(f"d=d-{number}" for number in range(5)))
    assert "There is room for 4 declarations; the others are left out." in html
    assert 'href="/declarations/d-4/"' not in html


def test_documents_without_anything_in_common_say_so(client: Client) -> None:
    make("a", "2001", ("both", "trade", "They trade."))
    make("b", "2002", ("both", "space", "They fly."))
    assert "No provision of one has a counterpart in another" in get(client, "?d=a&d=b")


def test_a_declaration_leads_to_the_one_before_it(client: Client, four: None) -> None:
    answer = client.get("/compare/?d=b&with=before")
    assert (answer.status_code, answer["Location"]) == (302, "/compare/?d=a&d=b")
    assert client.get("/compare/?d=a&with=before")["Location"] == "/compare/?d=a"
    assert client.get("/compare/?d=nothing&with=before")["Location"] == "/compare/?d=nothing"
    page = client.get("/declarations/b/").content.decode()
    assert 'href="/compare/?d=b&amp;with=before"' in page


def test_a_broad_declaration_is_set_beside_the_broad_one_before_it(client: Client) -> None:
    many = [("both", "trade", f"Point {number}.") for number in range(4)]
    make("first", "2001", *many)
    make("small", "2002", ("both", "water", "They share it."))
    make("second", "2003", *many)
    assert client.get("/compare/?d=second&with=before")["Location"] == "/compare/?d=first&d=second"


def test_without_a_choice_there_is_one_to_make(client: Client, four: None) -> None:
    html = get(client)
    assert '<optgroup label="China–Kazakhstan">' in html
    assert 'value="a"' in html and 'value="draft"' not in html and 'value="empty"' not in html


def test_without_records_the_page_stands(client: Client) -> None:
    for query in ("", "?by=relationships&dyad=CN-KZ&dyad=CN-UZ", "?by=periods&dyad=CN-KZ"):
        get(client, query)


# ---- Relationships, periods ----------------------------------------------------------------------------------------------------


def test_two_relationships_over_the_same_years(client: Client, four: None) -> None:
    html = get(client, "?by=relationships&dyad=CN-KZ&dyad=CN-UZ&from=2010&to=2026")
    assert "1 of 1 (100 %)" in html
    only = html.split('id="only"')[1]
    assert "Outer space" in only and "Trade" not in only


def test_one_relationship_in_two_periods(client: Client, four: None) -> None:
    html = get(client, "?by=periods&dyad=CN-KZ&from=1992&to=2010&from2=2011&to2=2026")
    only = html.split('id="only"')[1]
    assert only.index("1992–2010") < only.index("Trade") < only.index("2011–2026") < only.index("Outer space")


# ---- Files and cost --------------------------------------------------------------------------------------------------------------


def rows_of(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/compare.csv{query}")
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))


def test_the_comparison_as_a_file(client: Client, four: None) -> None:
    found = [(row["line"], row["declaration"], row["topic"], row["only_here"]) for row in rows_of(client, "?d=a&d=b")]
    assert found == [("1", "a", "taiwan", ""), ("1", "b", "taiwan", ""), ("2", "a", "trade", "yes"), ("3", "b", "space", "yes")]


def test_the_topics_as_a_file(client: Client, four: None) -> None:
    found = {(row["topic"], row["set"]): row for row in rows_of(client, "?by=periods&dyad=CN-KZ&from=1992&to=2010&from2=2011&to2=2026")}
    assert found["trade", "1992–2010"]["share_percent"] == "100.0"
    assert found["trade", "2011–2026"]["documents"] == "0"
    assert rows_of(client, "") == []


def test_the_number_of_queries_stays_the_same(client: Client, four: None, django_assert_num_queries: Any) -> None:
    get(client, "?d=a&d=b")
    with django_assert_num_queries(3):  # the choices, the provisions, the date of the frame
        get(client, "?d=a&d=b")
    make("e", "2021", *[("both", "trade", f"Point {number}.") for number in range(9)])
    with django_assert_num_queries(3):
        get(client, "?d=a&d=b&d=e&d=c")


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/compare/").status_code == 405
    assert client.post("/compare.csv").status_code == 405
