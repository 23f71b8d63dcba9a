"""Topics by relationship, the history of one, and who supports whom."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from relations.models import Declaration
from tests.factories import DeclarationFactory, ProvisionFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel("2026-03-24", tick=False):
        yield


def add(declaration: Declaration, number: int, side: str, topics: tuple[str, ...], text: str = "They agree.", **more: Any) -> None:
    ProvisionFactory(declaration=declaration, position=number, side=side, topics=topics, text=text, **more)


@pytest.fixture
def documents() -> list[Declaration]:
    """Three of Kazakhstan, one of Kyrgyzstan, and a draft."""
    kz = [
        DeclarationFactory(slug=f"kz-{date}", date=date, title_en=f"Statement of {date}", sources=[SourceFactory()])
        for date in ("2001", "2022-09-14", "2024-07-03")
    ]
    add(kz[0], 1, "KZ", ("taiwan",), "Kazakhstan supports one China.")
    add(kz[1], 1, "KZ", ("taiwan", "sovereignty"), "Kazakhstan firmly supports one China.")
    add(kz[1], 2, "both", ("trade",), "They trade.")
    add(kz[2], 1, "CN", ("development_path",), "China supports the path of Kazakhstan.")
    kg = DeclarationFactory(slug="kg-2023", date="2023-05", dyad_id="CN-KG", parties=("CN", "KG"))
    add(kg, 1, "both", ("trade",), "They trade.")
    draft = DeclarationFactory(slug="draft", state="draft", date="2025-01-01")
    add(draft, 1, "KZ", ("space",), "Secret words.")
    return [*kz, kg, draft]


def get(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))


# ---- The matrix --------------------------------------------------------------------------------------------------------------


def test_a_cell_says_how_often_and_how_recently_and_opens_its_history(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/")
    assert "5 provisions of 4 documents take up 4 topics." in html
    cell = html.split('href="/positions/taiwan/kz/"')[1].split("</a>")[0]
    assert "<b>2</b>" in cell and "2022" in cell


def test_a_draft_is_no_position(client: Client, documents: list[Declaration]) -> None:
    assert "Outer space" not in get(client, "/positions/")
    assert client.get("/positions/space/kz/").content.decode().count("Secret") == 0


def test_the_side_and_the_years_are_filters(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/?side=partner")
    assert 'href="/positions/taiwan/kz/"' in html and 'href="/positions/trade/kz/"' not in html
    html = get(client, "/positions/?from=2023")
    assert 'href="/positions/taiwan/kz/"' not in html and 'href="/positions/trade/kg/"' in html


@pytest.mark.parametrize(("sort", "first"), [("often", "Trade"), ("recent", "Development path"), ("name", "Development path")])
def test_rows_are_sorted(client: Client, documents: list[Declaration], sort: str, first: str) -> None:
    html = get(client, f"/positions/?sort={sort}")
    found = re.findall(r'<tr><th scope="row">([^<]+)</th>', html)
    expected = {"often": ["Taiwan", "Trade", "Development path", "Sovereignty"]}.get(sort, [first])
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?side=everybody", "Not known, ignored: everybody"),
        ("?from=abc", "is not a year"),
        ("?sort=x", "Not known, ignored: x"),
        ("?from=2024&to=2022", "is before 2024"),
    ],
)
def test_a_value_that_makes_no_sense_is_said_and_ignored(client: Client, documents: list[Declaration], query: str, said: str) -> None:
    html = get(client, f"/positions/{query}")
    assert said in html
    assert 'href="/positions/taiwan/kz/"' in html


def test_filters_that_leave_nothing_say_so(client: Client, documents: list[Declaration]) -> None:
    assert "No provision passes these filters" in get(client, "/positions/?side=china&to=2001")


def test_without_provisions_the_page_says_what_to_do(client: Client) -> None:
    assert "No provisions entered yet" in get(client, "/positions/")
    assert "not known" not in get(client, "/positions/core-interests/")


def test_a_topic_that_fell_silent_is_listed(client: Client) -> None:
    for year in (2001, 2002, 2011, 2012, 2013):
        document = DeclarationFactory(slug=f"d-{year}", date=str(year))
        for number in range(1, 5):
            add(document, number, "both", ("water",) if year < 2010 and number == 1 else ("trade",))
    html = get(client, "/positions/")
    assert "In 1 case a relationship had taken a topic up and no longer does." in html
    gone = html.split('id="gone"')[1]
    assert "/positions/water/kz/" in gone and "/positions/trade/kz/" not in gone
    assert "until" in html.split('href="/positions/water/kz/"')[1].split("</a>")[0]


def test_htmx_gets_the_results_alone(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/?side=partner", HX_Request="true")
    assert "<html" not in html and 'href="/positions/taiwan/kz/"' in html
    assert "HX-Request" in client.get("/positions/")["Vary"]


def test_the_cells_as_a_file(client: Client, documents: list[Declaration]) -> None:
    found = {(row["topic"], row["dyad"]): row for row in rows_of(client, "/positions.csv?side=partner")}
    assert set(found) == {("taiwan", "CN-KZ"), ("sovereignty", "CN-KZ")}
    assert (found["taiwan", "CN-KZ"]["documents"], found["taiwan", "CN-KZ"]["by_side"]) == ("2", "KZ=2")
    assert (found["taiwan", "CN-KZ"]["first"], found["taiwan", "CN-KZ"]["last"]) == ("2001", "2022-09-14")


def test_the_number_of_queries_of_the_matrix_stays_the_same(
    client: Client, documents: list[Declaration], django_assert_num_queries: Any
) -> None:
    get(client, "/positions/")
    with django_assert_num_queries(2):  # provisions, and the date of the frame
        get(client, "/positions/")
    for number in range(2, 12):
        add(documents[0], number, "both", ("water",))
    with django_assert_num_queries(2):
        get(client, "/positions/")


# ---- One history ---------------------------------------------------------------------------------------------------------------


def test_wordings_stand_in_the_order_of_date_with_what_changed(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/taiwan/kz/")
    assert "2 documents take it up, from 2001 to 14 September 2022." in html
    assert html.index("Statement of 2001") < html.index("Statement of 2022-09-14")
    assert re.search(r"<ins><span[^>]*>\[added: </span>firmly<span", html)
    assert 'href="/compare/?d=kz-2001&amp;d=kz-2022-09-14"' in html


def test_each_document_leads_to_its_sources(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/taiwan/kz/")
    assert 'href="#s1"' in html and 'href="#s2"' in html and 'id="s2"' in html


def test_a_topic_that_nobody_takes_up_says_so(client: Client, documents: list[Declaration]) -> None:
    assert "No document of this relationship takes the topic up" in get(client, "/positions/space/kz/")


@pytest.mark.parametrize(
    "address", ["/positions/nothing/kz/", "/positions/taiwan/xx/", "/positions/taiwan/KZ/", "/positions/nothing/kz.csv"]
)
def test_what_is_not_known_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/positions/{address}").status_code == 404


def test_the_history_as_a_file(client: Client, documents: list[Declaration]) -> None:
    found = rows_of(client, "/positions/taiwan/kz.csv")
    assert [(row["date"], row["side"], row["change"]) for row in found] == [("2001", "KZ", "first"), ("2022-09-14", "KZ", "changed")]
    assert found[0]["sources"].startswith("https://example.org/")
    assert found[1]["url"].endswith("/declarations/kz-2022-09-14/")


def test_a_long_history_opens_with_its_newest_documents(client: Client) -> None:
    for number in range(30):
        add(DeclarationFactory(slug=f"d-{number}", date=f"2001-01-{number + 1:02}"), 1, "both", ("trade",), f"They trade {number}.")
    html = get(client, "/positions/trade/kz/")
    assert html.count('<li class="step">') == 25
    assert "All 30 documents" in html
    assert get(client, "/positions/trade/kz/?all=1").count('<li class="step">') == 30


def test_the_number_of_queries_of_a_history_stays_the_same(
    client: Client, documents: list[Declaration], django_assert_num_queries: Any
) -> None:
    get(client, "/positions/taiwan/kz/")
    with django_assert_num_queries(6):  # provisions twice, documents, citations of documents and provisions, the date of the frame
        get(client, "/positions/taiwan/kz/")
    for number in range(5):
        more = DeclarationFactory(slug=f"more-{number}", date="2019", sources=[SourceFactory()])
        add(more, 1, "KZ", ("taiwan",), "Kazakhstan repeats it.", sources=[SourceFactory()])
    with django_assert_num_queries(6):
        get(client, "/positions/taiwan/kz/")


# ---- Who supports whom -----------------------------------------------------------------------------------------------------------


def test_what_each_side_states_alone_stands_under_it_in_its_latest_words(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/core-interests/")
    china = html.split('id="g-CN-KZ-CN"')[1].split('class="side-group')[0]
    kazakhstan = html.split('id="g-CN-KZ-KZ"')[1].split('class="side-group')[0]
    assert "China supports the path of Kazakhstan." in china
    assert "firmly supports one China" in kazakhstan and "Kazakhstan supports one China." not in kazakhstan
    assert "2 documents" in kazakhstan
    assert "Nothing stated alone" in html.split('id="g-CN-KG-KG"')[1].split('class="side-group')[0]


def test_the_statements_as_a_file(client: Client, documents: list[Declaration]) -> None:
    found = [(row["dyad"], row["topic"], row["side"], row["date"]) for row in rows_of(client, "/positions/core-interests.csv")]
    assert ("CN-KZ", "taiwan", "KZ", "2022-09-14") in found
    assert ("CN-KZ", "development_path", "CN", "2024-07-03") in found


def test_text_that_a_spreadsheet_would_compute_is_made_harmless(client: Client) -> None:
    add(DeclarationFactory(), 1, "KZ", ("taiwan",), "=HYPERLINK(1)")
    assert rows_of(client, "/positions/core-interests.csv")[0]["text"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("address", ["/positions/", "/positions.csv", "/positions/taiwan/kz/", "/positions/core-interests/"])
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_the_matrix_can_be_saved_as_a_picture_and_cited(client: Client, documents: list[Declaration]) -> None:
    html = get(client, "/positions/?side=partner")
    assert 'data-png="picture-plot"' in html and 'data-svg="picture-plot"' in html
    figure = json.loads(html.split('id="picture-data"')[1].split(">", 1)[1].split("</script>")[0])
    assert sorted(zip(figure["data"][0]["x"], figure["data"][0]["text"], strict=True)) == [(0, "1"), (0, "2")]
    assert "To cite this page" in html and "http://testserver/positions/?side=partner" in html
