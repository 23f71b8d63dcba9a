"""The list of declarations as a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import DeclarationFactory, InitiativeFactory, ProvisionFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def get(client: Client, address: str = "/declarations/", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def two() -> None:
    """A statement of Kazakhstan with Taiwan and a treaty of Uzbekistan."""
    bri = InitiativeFactory(code="BRI", title_en="Belt and Road Initiative")
    kz = DeclarationFactory(
        slug="kz", title_en="Joint Statement of the People's Republic of China and the Republic of Kazakhstan", place="Xi'an",
        occasion="State visit of President Tokayev", verification="official", initiatives=[bri], date="2023-05-17",
    )  # fmt: skip
    ProvisionFactory(declaration=kz, position=1, side="both", topics=("trade",))
    ProvisionFactory(declaration=kz, position=2, side="KZ", topics=("taiwan",), text="Kazakhstan's view of Taiwan.")
    DeclarationFactory(slug="uz", dyad_id="CN-UZ", parties=("CN", "UZ"), kind="treaty", date="2005-05", title_en="Treaty on partnership")


@pytest.mark.usefixtures("two")
def test_a_row_tells_documents_apart_without_the_names_of_the_parties(client: Client) -> None:
    page = get(client)
    assert '<a href="/declarations/kz/" lang="en">Joint Statement</a>' in page
    for words in ("China–Kazakhstan", "Heads of state", "Xi’an", "State visit of President Tokayev", "17 May 2023", "May 2005", "Official"):
        assert words in page
    assert 'aria-label="both sides"' in page and 'aria-label="Kazakhstan alone"' in page
    assert "none entered" in page


@pytest.mark.usefixtures("two")
def test_the_page_says_what_there_is_in_all(client: Client) -> None:
    page = get(client)
    assert "2 documents that the governments adopted together since 2005." in page
    assert "2 provisions, each under the side that states it." in page
    assert "2 of 2 documents, 2 provisions" in page


@pytest.mark.usefixtures("two")
def test_filters_show_their_counts_and_become_chips(client: Client) -> None:
    page = get(client, "/declarations/?country=kz&topic=taiwan")
    assert "1 of 2 documents, 1 provision found" in page
    assert re.search(r'value="kz" checked>.*?Kazakhstan <span class="n">1</span>', page, re.S)
    assert re.search(r'value="uz" disabled>.*?Uzbekistan <span class="n">0</span>', page, re.S)
    assert '<option value="taiwan" selected>Taiwan (1)</option>' in page
    assert 'href="?topic=taiwan"' in page and 'href="?country=kz"' in page  # each chip takes itself away
    assert '<a class="no" href="/declarations/kz/#p2">No. 2</a>' in page


@pytest.mark.usefixtures("two")
def test_bad_values_are_said_beside_their_filter_and_ignored(client: Client) -> None:
    page = get(client, "/declarations/?country=moon&from=soon&to=1800&topic=cheese&sort=colour&page=99")
    assert "2 of 2 documents" in page
    for words in (
        "Not known, ignored: moon",
        "“soon” is not a year",
        "1800 is before the first year, 2005",
        "ignored: cheese",
        "ignored: colour",
    ):
        assert words in page
    assert 'value="soon"' in page and 'aria-invalid="true" aria-describedby="e-from"' in page
    assert "There is no page 99; this is the last." in page


@pytest.mark.usefixtures("two")
def test_what_is_searched_for_is_never_markup(client: Client) -> None:
    page = get(client, "/declarations/?q=%3Cscript%3Ealert(1)%3C/script%3E&country=%22%3E%3Cimg%20src=x%3E")
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.usefixtures("two")
def test_an_empty_list_says_what_to_do(client: Client) -> None:
    page = get(client, "/declarations/?topic=taiwan&country=uz")
    assert "No document passes all these filters" in page
    assert "without “Uzbekistan” there is 1 document; without “Taiwan” there is 1 document" in page
    assert '<a href="/declarations/">Show all documents</a>' in page


def test_without_any_document_the_page_says_how_to_get_some(client: Client) -> None:
    assert "No declarations yet" in get(client)


def test_a_draft_never_shows(client: Client) -> None:
    DeclarationFactory(title_en="Secret draft", state="draft")
    assert "Secret draft" not in get(client)
    assert "Secret draft" not in get(client, "/declarations/?q=secret")


@pytest.mark.usefixtures("two")
def test_htmx_gets_results_and_new_counts_and_the_address_without_empty_fields(client: Client) -> None:
    response = client.get("/declarations/?q=&country=kz&kind=&from=&sort=-date", headers=HTMX)
    page = response.content.decode()
    assert "<html" not in page
    assert page.count('id="count"') == 1
    assert '<div hx-swap-oob="innerHTML:#filter">' in page
    assert response["HX-Push-Url"] == "/declarations/?country=kz"
    assert "HX-Request" in response["Vary"]


@pytest.mark.usefixtures("two")
def test_the_same_address_is_not_put_into_the_history_twice(client: Client) -> None:
    current = HTMX | {"HX-Current-URL": "http://testserver/declarations/?country=kz"}
    assert client.get("/declarations/?country=kz&q=", headers=current)["HX-Push-Url"] == "false"
    assert client.get("/declarations/?country=uz", headers=current)["HX-Push-Url"] == "/declarations/?country=uz"


@pytest.mark.usefixtures("two")
def test_a_field_that_may_be_being_filled_in_is_left_alone(client: Client) -> None:
    current = HTMX | {"HX-Trigger": "filter", "HX-Current-URL": "http://testserver/declarations/?to=2010"}
    page = get(client, "/declarations/?q=treaty", **current)
    assert 'id="f-from" hx-preserve="true"' in page
    assert 'id="f-q" hx-preserve' not in page  # it has been sent
    assert 'id="f-to" hx-preserve' not in page  # it has been emptied
    assert "hx-preserve" not in get(client, "/declarations/?q=treaty", **(current | {"HX-Trigger": "a-chip"}))


@pytest.mark.usefixtures("two")
def test_the_fragment_is_part_of_the_page(client: Client) -> None:
    fragment = get(client, "/declarations/?country=kz", **HTMX).split("<div hx-swap-oob")[0].strip()
    assert fragment in get(client, "/declarations/?country=kz")


@pytest.mark.usefixtures("two")
def test_links_and_sorting_keep_the_filters(client: Client) -> None:
    page = get(client, "/declarations/?country=kz&kind=joint_statement")
    assert 'href="?country=kz&amp;kind=joint_statement&amp;sort=date"' in page
    assert 'href="/declarations.csv?country=kz&amp;kind=joint_statement"' in page


def test_pages_of_twenty_five(client: Client) -> None:
    for number in range(27):
        DeclarationFactory(title_en=f"Statement no. {number:02}", date=f"2001-01-{number + 1:02d}")
    first, second = get(client), get(client, "/declarations/?page=2")
    assert first.count('<th scope="row">') == 25 and second.count('<th scope="row">') == 2
    assert "1–25 of 27" in first and "26–27 of 27" in second
    assert "Statement no. 26" in first and "Statement no. 00" in second
    assert "There is no page “x”; this is the first." in get(client, "/declarations/?page=x")


def test_the_filter_by_an_invoked_document_is_a_chip_with_its_title(client: Client) -> None:
    from tests.factories import ReferenceFactory

    ReferenceFactory(declaration=DeclarationFactory(title_en="Citing"), document="UNGA_2758")
    DeclarationFactory(title_en="Silent")
    page = get(client, "/declarations/?cites=UNGA_2758")
    assert "Cites: UN General Assembly resolution 2758" in page
    assert "Citing" in page and "Silent" not in page
    assert '<input type="hidden" name="cites" value="UNGA_2758">' in page


def test_head_is_answered_and_post_is_not(client: Client) -> None:
    assert client.head("/declarations/").status_code == 200
    assert client.post("/declarations/").status_code == 405


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("address", ["/declarations/", "/declarations/?q=statement&country=kz", "/declarations/?sort=title&page=2"])
def test_the_number_of_queries_does_not_grow(client: Client, address: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        client.get(address)
    for _ in range(8):
        ProvisionFactory(declaration=DeclarationFactory(initiatives=[InitiativeFactory()]), position=1)
    with django_assert_num_queries(6):
        client.get(address)


def test_choices_and_titles_stand_in_the_order_of_the_language(client: Client) -> None:
    """É stands among E, not behind Z."""
    for slug, title in (("a", "Zone franche"), ("b", "Échanges"), ("c", "Accord")):
        record = DeclarationFactory(slug=slug, title_en=slug, title_fr=title)
        for position, topic in enumerate(("education", "energy", "space", "borders"), 1):
            ProvisionFactory(declaration=record, position=position, topics=(topic,))
    client.cookies["tianshan_language"] = "fr"
    html = get(client, "/declarations/?sort=title")
    topics = re.search(r'<select id="f-topic".*?</select>', html, re.S)
    assert topics
    labels = [label for value, label in re.findall(r'<option value="(\w+)"[^>]*>([^(<]+) \(', topics[0])]
    shown = ["Frontières", "Éducation", "Énergie", "Espace"]
    assert [label for label in labels if label in shown] == ["Éducation", "Énergie", "Espace", "Frontières"]
    places = [html.index(title) for title in ("Accord", "Échanges", "Zone franche")]
    assert places == sorted(places)
