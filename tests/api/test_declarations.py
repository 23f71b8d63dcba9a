"""Declarations for programs: the same rows as the pages."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from tests.factories import DeclarationFactory, InitiativeFactory, ProvisionFactory, ReferenceFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> None:
    kz = DeclarationFactory(
        slug="kz", title_en="Statement", initiatives=[InitiativeFactory(code="BRI")], sources=[SourceFactory(publisher="Daily")]
    )
    ProvisionFactory(declaration=kz, position=1, side="both", topics=("trade", "water"), text="They trade.")
    ProvisionFactory(declaration=kz, position=2, side="CN", topics=("water",), verification="memory")
    ReferenceFactory(declaration=kz, document="UNGA_2758")
    DeclarationFactory(slug="uz", dyad_id="CN-UZ", parties=("CN", "UZ"), date="2005", title_en="=Treaty", place=None)
    DeclarationFactory(slug="draft", state="draft")


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/declarations.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("two")
def test_the_csv_has_a_row_for_each_published_document(client: Client) -> None:
    found = rows(client)
    assert [row["url"] for row in found] == ["http://testserver/declarations/kz/", "http://testserver/declarations/uz/"]
    assert found[0] == {
        "date": "2022-09-14",
        "title": "Statement",
        "dyad": "CN-KZ",
        "parties": "CN KZ",
        "kind": "joint_statement",
        "level": "head_of_state",
        "place": "Astana",
        "occasion": "",
        "provisions": "2",
        "by_side": "both=1 CN=1",
        "topics": "trade water",
        "initiatives": "BRI",
        "cites": "UNGA_2758",
        "verification": "single",
        "url": "http://testserver/declarations/kz/",
    }


@pytest.mark.usefixtures("two")
def test_the_filters_of_the_page_hold(client: Client) -> None:
    assert [row["dyad"] for row in rows(client, "?country=uz")] == ["CN-UZ"]
    assert [row["dyad"] for row in rows(client, "?sort=date")] == ["CN-UZ", "CN-KZ"]
    answer = client.get("/declarations.json?country=uz&kind=poem").json()
    assert answer["total"] == 1
    assert answer["declarations"][0]["title"] == "=Treaty"
    assert answer["ignored"] == {"kind": "Not known, ignored: poem"}


@pytest.mark.usefixtures("two")
def test_a_title_is_no_formula_for_a_spreadsheet(client: Client) -> None:
    assert rows(client, "?country=uz")[0]["title"] == "'=Treaty"


@pytest.mark.usefixtures("two")
def test_one_document_with_its_provisions_and_sources(client: Client) -> None:
    answer = client.get("/declarations/kz.json").json()
    assert [(p["number"], p["side"], p["topics"], p["verification"]) for p in answer["provisions"]] == [
        (1, "both", ["trade", "water"], None),
        (2, "CN", ["water"], "memory"),
    ]
    assert answer["invokes"] == [{"title": "UN General Assembly resolution 2758", "document": "UNGA_2758"}]
    assert [(s["number"], s["publisher"]) for s in answer["sources"]] == [(1, "Daily")]
    assert answer["titles"] == {"en": "Statement"}


@pytest.mark.usefixtures("two")
def test_what_there_is_not_is_not_found(client: Client) -> None:
    assert client.get("/declarations/none.json").status_code == 404
    assert client.get("/declarations/draft.json").status_code == 404
    assert client.post("/declarations.json").status_code == 405


@pytest.mark.usefixtures("two")
def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    for address in ("/declarations.csv", "/declarations.json"):
        with django_assert_num_queries(5):
            client.get(address)
    DeclarationFactory.create_batch(5)
    with django_assert_num_queries(5):
        client.get("/declarations.csv")
