"""Sources and method as a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import DeclarationFactory, EventFactory, ProvisionFactory, ReadingCountFactory, SourceFactory, VisitFactory

pytestmark = pytest.mark.django_db


def get(client: Client, address: str = "/sources/", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def cells(page: str, head: str) -> list[int]:
    """The numbers of the row that begins with these words."""
    row = re.search(rf'<th scope="row">\s*{re.escape(head)}</th>(.*?)</tr>', page, re.S)
    assert row, head
    return [int(number) for number in re.findall(r">(\d+)</td>", row[1])]


def test_an_empty_database_has_a_page(client: Client) -> None:
    page = get(client)
    assert cells(page, "Records") == [0] * 7
    assert "Every record has a source." in page


def test_counts_by_kind_and_relationship(client: Client) -> None:
    EventFactory.create_batch(2, verification="official")
    VisitFactory(dyad_id="CN-UZ", host="UZ")
    ProvisionFactory(declaration=DeclarationFactory(), position=1)
    ProvisionFactory(declaration=DeclarationFactory(state="draft"), position=1)
    page = get(client)
    assert cells(page, "Events") == [2, 0, 0, 0, 0, 0, 2]
    assert cells(page, "Visits") == [0, 0, 0, 0, 1, 0, 1]
    assert cells(page, "Declarations") == [1, 0, 0, 0, 0, 0, 1]
    assert cells(page, "Provisions of declarations") == [1, 0, 0, 0, 0, 0, 1]
    assert cells(page, "Records") == [3, 0, 0, 0, 1, 0, 4]


@pytest.mark.usefixtures("dataset")
def test_the_counts_of_the_dataset(client: Client) -> None:
    page = get(client)
    assert cells(page, "Statuses") == [7, 8, 7, 5, 8, 3, 38]
    assert cells(page, "Declarations") == [47, 26, 26, 21, 30, 38, 188]
    assert cells(page, "Mechanisms") == [19, 8, 10, 10, 15, 26, 88]
    assert cells(page, "Sessions of mechanisms") == [32, 38, 35, 13, 57, 39, 214]
    assert cells(page, "Visits") == [58, 30, 34, 28, 40, 0, 190]
    assert cells(page, "Events") == [75, 48, 58, 45, 54, 34, 314]
    assert cells(page, "Anniversaries") == [5, 2, 5, 4, 3, 1, 20]
    assert cells(page, "Provisions of declarations") == [139, 89, 107, 63, 107, 153, 658]
    assert cells(page, "Records") == [243, 160, 175, 126, 207, 141, 1052]
    assert "1052 records and 658 provisions stand on 1377 sources." in page
    assert "19 have no source yet" in page
    assert page.count("<dd>98</dd>") == 1 and page.count("<dd>458</dd>") == 1 and page.count("<dd>97</dd>") == 1
    without = page.split('id="without"')[1]
    assert without.count('<span class="side"') == 19


def test_a_source_is_listed_with_the_records_that_stand_on_it(client: Client) -> None:
    source = SourceFactory(title="A page", publisher="Daily")
    it = DeclarationFactory(slug="it", title_en="Treaty", sources=[source])
    ProvisionFactory(declaration=it, position=3, sources=[source])
    page = get(client)
    assert "Cited by 2 records: " in page
    assert '<a href="/declarations/it/">Treaty</a>' in page and '<a href="/declarations/it/#p3">Treaty</a>' in page


def test_a_source_with_many_records_names_some_and_links_to_all(client: Client) -> None:
    source = SourceFactory()
    EventFactory.create_batch(6, sources=[source])
    page = get(client)
    assert page.count("/records/event/") == 3
    assert f'<a href="/sources/?source={source.pk}#all">all 6</a>' in page
    assert get(client, f"/sources/?source={source.pk}").count("/records/event/") == 6


def test_a_copy_is_named_and_not_linked(client: Client) -> None:
    SourceFactory(publisher="Daily (copy)", url="https://copy.example.org/")
    page = get(client)
    assert "Daily (copy, not linked)" in page
    assert 'href="https://copy.example.org/"' not in page


def test_search_finds_in_publishers_and_titles(client: Client) -> None:
    SourceFactory(title="Заявление", publisher="Kazinform")
    SourceFactory(title="Other")
    page = get(client, "/sources/?q=ЗАЯВЛЕНИЕ+kazinform")
    assert "1 of 2 sources" in page
    assert "No source has all these words" in get(client, "/sources/?q=nowhere")


def test_bad_values_are_said_and_ignored(client: Client) -> None:
    SourceFactory()
    page = get(client, "/sources/?source=abc&language=xx&publisher=Nobody&page=7")
    assert "1 of 1 sources" in page
    for words in ("Not known, ignored: abc", "Not known, ignored: xx", "Not known, ignored: Nobody", "There is no page 7"):
        assert words in page


def test_what_is_searched_for_is_never_markup(client: Client) -> None:
    SourceFactory()
    page = get(client, "/sources/?q=%3Cscript%3Ealert(1)%3C/script%3E&publisher=%3Cimg%20src=x%3E")
    assert "<script>alert" not in page and "<img src=x" not in page


def test_htmx_gets_the_list_alone(client: Client) -> None:
    SourceFactory(title="A page")
    response = client.get("/sources/?q=page&language=", headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page and "What is covered" not in page and "A page" in page
    assert response["HX-Push-Url"] == "/sources/?q=page"
    assert "HX-Request" in response["Vary"]


def test_the_anchors_that_other_pages_lead_to(client: Client) -> None:
    page = get(client)
    for anchor in ("covered", "levels", "method", "data", "publishers", "all", "without"):
        assert page.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in page


def test_every_link_to_data_is_answered(client: Client) -> None:
    page = get(client)
    links = re.findall(r'<li><a href="(/[^"#?]+)"', page.split('id="data"')[1].split('id="publishers"')[0])
    assert len(links) >= 3
    for link in links:
        assert client.get(link).status_code == 200, link


def test_head_is_answered_and_post_is_not(client: Client) -> None:
    assert client.head("/sources/").status_code == 200
    assert client.post("/sources/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    EventFactory(sources=[SourceFactory()])
    EventFactory(verification="memory")
    with django_assert_num_queries(9):
        client.get("/sources/")
    for _ in range(30):
        EventFactory(sources=[SourceFactory(), SourceFactory()])
    with django_assert_num_queries(9):
        client.get("/sources/")


# ---- What the machine read ------------------------------------------------------------------------------------------------------


def numbers(page: str, of: str) -> list[list[int]]:
    """The rows of the table of what was read that tell of a language."""
    table = page.split('id="read"')[1].split("</section>")[0]
    rows = re.findall(rf'<td class="language">{of}</td>(.*?)</tr>', table, re.S)
    return [[int(number) for number in re.findall(r">(\d+)</td>", row)] for row in rows]


def test_what_was_read_is_told_by_month_and_language_with_sums(client: Client) -> None:
    ReadingCountFactory(month="2026-02", language="ru", read=20, relevant=6, linked=8, drafted=3, accepted=1)
    ReadingCountFactory(month="2026-02", language="fr", read=3, relevant=1)
    ReadingCountFactory(month="2026-01", language="ru", read=5)
    page = get(client)
    assert numbers(page, "Russian") == [[25, 6, 8, 3, 1], [20, 6, 8, 3, 1], [5, 0, 0, 0, 0]]
    assert numbers(page, "French") == [[3, 1, 0, 0, 0]] * 2
    assert numbers(page, "All languages") == [[28, 7, 8, 3, 1], [23, 7, 8, 3, 1]]
    assert 'width="25.0%"' in page  # 7 relevant of 28 read
    assert "need not be relevant: there may be more of them." in page, "8 linked of 7 relevant"


def test_older_months_are_one_click_away(client: Client) -> None:
    for number in range(14):
        ReadingCountFactory(month=f"{2024 + number // 12}-{number % 12 + 1:02}", language="en", read=number)
    page = get(client)
    assert 'href="?months=all#read">All 14 months' in page and len(numbers(page, "English")) == 1 + 12
    page = get(client, "/sources/?months=all")
    assert "All 14 months" not in page and len(numbers(page, "English")) == 1 + 14


def test_what_was_read_is_offered_as_data_with_all_months(client: Client) -> None:
    ReadingCountFactory(month="2024-01", language="ru", read=5)
    ReadingCountFactory(month="2026-02", language="fr", read=3, relevant=1)
    assert 'href="/sources/news-read.csv" download' in get(client)
    answer = client.get("/sources/news-read.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="tianshan-news-read.csv"'
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "month,language,read,relevant,linked,drafted,accepted",
        "2026-02,fr,3,1,0,0,0",
        "2024-01,ru,5,0,0,0,0",
    ]
    assert client.post("/sources/news-read.csv").status_code == 405


def test_before_anything_is_read_the_page_says_what_to_do(client: Client) -> None:
    page = get(client)
    assert "Nothing has been read yet" in page and "manage.py read_news" in page
