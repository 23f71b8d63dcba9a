"""The page of one relationship."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from relations.selectors.standing import standings
from relations.services import story_links
from relations.web.country import lede
from tests.factories import (
    DeclarationFactory,
    EventFactory,
    IndicatorFactory,
    NewsItemFactory,
    NewsLinkFactory,
    ObservationFactory,
    PersonFactory,
    ProvisionFactory,
    SourceFactory,
    StatusFactory,
    StoryFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 24)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel("2026-03-24 12:00:00+00:00", tick=False):
        yield


def page(client: Client, code: str = "kz", **params: str) -> str:
    response = client.get(reverse("web:country", args=[code]), params)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("code", ["xx", "cn", "KZ", "CN-KZ", "kzz"])
def test_an_unknown_code_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/countries/{code}/").status_code == 404


@pytest.mark.parametrize("code", ["kz", "kg", "tj", "tm", "uz", "c5"])
def test_an_empty_relationship_has_a_page_that_says_what_to_do(client: Client, code: str) -> None:
    html = page(client, code)
    for words in (
        "No status recorded yet",
        "No documents yet",
        "No visits recorded",
        "No friction recorded",
        "No indicator has a value here",
    ):
        assert words in html


def test_the_answer_comes_first(dataset: None) -> None:
    assert lede(standings(MARCH, ["CN-KZ"])["CN-KZ"]) == [
        "Permanent comprehensive strategic partnership since 11 September 2019.",
        "Declared aim since 14 September 2022: Goal of a China–Kazakhstan community with a shared future.",
    ]


def test_the_key_facts_are_computed_from_the_records(client: Client, dataset: None) -> None:
    html = page(client)
    facts = html[html.index('<dl class="facts') : html.index("</dl>", html.index('<dl class="facts'))]
    assert "3 January 1992" in facts and "34 years; 35 on 3 January 2027" in facts
    assert "3 July 2024" in facts and "Joint statement" in facts
    assert "3 September 2025" in facts and "Kassym-Jomart Tokayev in Tianjin, Beijing" in facts


def test_the_ladder_is_a_figure_and_a_table_of_the_same_steps(client: Client) -> None:
    document = DeclarationFactory(dyad_id="CN-KZ", date="2005-07-04", place="Astana")
    StatusFactory(dyad_id="CN-KZ", date="1992-01-03", level="diplomatic_relations", title_en="Diplomatic relations")
    StatusFactory(dyad_id="CN-KZ", date="2005-07-04", level="strategic_partnership", title_en="Strategic partnership", document=document)
    html = page(client)
    assert 'data-figure="ladder-data"' in html and '"id="ladder-data"'[1:] in html
    table = html[html.index('class="table rungs"') : html.index("</table>", html.index('class="table rungs"'))]
    assert table.index("Strategic partnership") < table.index("Diplomatic relations")
    assert "13½ years" in table and "so far" in table and document.slug in table


def test_who_says_what_is_counted_by_topic_and_side(client: Client) -> None:
    document = DeclarationFactory(dyad_id="CN-KZ", parties=("CN", "KZ"))
    ProvisionFactory(declaration=document, position=1, side="both", topics=("water", "environment"))
    ProvisionFactory(declaration=document, position=2, side="CN", topics=("water",))
    ProvisionFactory(declaration=document, position=3, side="KZ", topics=("taiwan",))
    html = page(client)
    topics = html[html.index('id="top"') : html.index('id="ind"')]
    assert "3 provisions" in topics
    assert topics.index(">Water<") < topics.index(">Environment<")
    assert 'aria-label="China alone"' in topics and 'aria-label="Kazakhstan alone"' in topics


def test_lists_are_short_until_all_is_asked_for(client: Client) -> None:
    leader = PersonFactory(side="KZ")
    for year in range(2000, 2012):
        VisitFactory(dyad_id="CN-KZ", visitor=leader, host="CN", date_start=f"{year}-05-01", context=f"Visit of {year}")
    html = page(client)
    assert "Visit of 2011" in html and "Visit of 2000" not in html and "?visits=all#visits" in html
    assert "Visit of 2000" in page(client, visits="all")
    assert "12 to China, 0 from China." in html


def test_frictions_and_landmarks_stand_apart(client: Client) -> None:
    EventFactory(dyad_id="CN-KZ", friction=True, title_en="A quarrel", date="2020-01-01")
    EventFactory(dyad_id="CN-KZ", friction=False, title_en="A railway", date="2021-01-01")
    html = page(client)
    frictions = html[html.index('<h2 id="frictions"') : html.index('<h2 id="landmarks"')]
    assert "A quarrel" in frictions and "A railway" not in frictions


def trade(reporter: str, year: int, value: float, **more: object) -> None:
    ObservationFactory(dyad_id="CN-KZ", reporter=reporter, year=year, period=str(year), value=value, **more)


def test_each_reporter_is_a_line_of_its_own_and_the_title_says_who_counts_more(client: Client) -> None:
    indicator = IndicatorFactory(code="trade_turnover_usd_bn", title_en="Trade", unit="USD billion")
    trade("China Customs (GACC)", 2022, 31.2, indicator=indicator)
    trade("Kazakhstan statistics", 2022, 24.1, indicator=indicator, qualifier="approx")
    html = page(client)
    assert "China counts more trade than Kazakhstan does" in html
    assert "about 24.1 (2022)" in html and "31.2 (2022)" in html


def test_a_tenth_apart_is_about_the_same(client: Client) -> None:
    indicator = IndicatorFactory(code="trade_turnover_usd_bn", title_en="Trade")
    trade("China Customs (GACC)", 2022, 10.9, indicator=indicator)
    trade("Kazakhstan statistics", 2022, 10.0, indicator=indicator)
    assert "China and Kazakhstan count about the same trade" in page(client)


def test_another_indicator_can_be_asked_for_and_an_unknown_one_is_said_and_ignored(client: Client) -> None:
    trade("China Customs (GACC)", 2022, 31.2, indicator=IndicatorFactory(code="trade_turnover_usd_bn", title_en="Trade", position=1))
    trade("CNPC", 2022, 5.0, indicator=IndicatorFactory(code="gas", title_en="Gas delivered", position=2))
    assert '<option value="gas" selected>' in page(client, indicator="gas")
    html = page(client, indicator="<nonsense>")
    assert "This indicator has no values here; it is ignored." in html
    assert '<option value="trade_turnover_usd_bn" selected>' in html


def test_the_file_of_an_indicator_has_every_value_with_reporter_and_sources(client: Client) -> None:
    source = SourceFactory(url="https://customs.example/2022")
    trade("China Customs (GACC)", 2022, 31.2, indicator=IndicatorFactory(code="trade_turnover_usd_bn"), sources=[source])
    response = client.get(reverse("web:indicator_csv", args=["kz", "trade_turnover_usd_bn"]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["period"], row["value"], row["reporter"], row["sources"]) for row in rows] == [
        ("2022", "31.2", "China Customs (GACC)", "https://customs.example/2022")
    ]
    assert client.get("/countries/kz/indicators/nothing.csv").status_code == 404


def test_a_copy_is_named_and_not_linked(client: Client) -> None:
    source = SourceFactory(url="https://copy.example/x", publisher="Somebody (copy)")
    trade("China Customs (GACC)", 2022, 31.2, indicator=IndicatorFactory(code="trade_turnover_usd_bn"), sources=[source])
    html = page(client)
    assert "Somebody (copy)" in html and "https://copy.example/x" not in html


def test_publishers_are_counted_over_all_kinds_of_records(client: Client) -> None:
    one, two = SourceFactory(publisher="Kazinform"), SourceFactory(publisher="Kazinform")
    EventFactory(dyad_id="CN-KZ", sources=[one])
    DeclarationFactory(dyad_id="CN-KZ", sources=[one, two])
    EventFactory(dyad_id="CN-UZ", sources=[SourceFactory(publisher="Elsewhere")])
    html = page(client)
    assert 'Kazinform <span class="muted">2</span>' in html and "Elsewhere" not in html


def test_a_draft_never_shows(client: Client) -> None:
    draft = DeclarationFactory(dyad_id="CN-KZ", title_en="Secret draft", state="draft", date="2026-01-01")
    ProvisionFactory(declaration=draft, side="both", topics=("space",))
    StatusFactory(dyad_id="CN-KZ", date="2026-01-01", level="strategic_partnership", document=draft)
    html = page(client)
    assert "Secret draft" not in html and draft.slug not in html and "Outer space" not in html


def test_the_number_of_queries_does_not_grow_with_the_records(
    client: Client, dataset: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Standing four, mechanisms two, agenda seven, topics one, latest records five, news three, indicators four, documents three,
    # visits two, events four, publishers one, the frame one.
    NewsItemFactory(dyads=["CN-KZ"])
    with django_assert_num_queries(39):
        page(client)
    for number in range(20):
        DeclarationFactory(dyad_id="CN-KZ", slug=f"cn-kz-2025-01-01-more-{number}", date="2025-01-01", sources=[SourceFactory()])
        EventFactory(dyad_id="CN-KZ", date="2025-01-02", sources=[SourceFactory()])
        VisitFactory(dyad_id="CN-KZ", visitor=PersonFactory(side="KZ"), host="CN", date_start="2025-01-03", sources=[SourceFactory()])
        NewsItemFactory(dyads=["CN-KZ"])
    with django_assert_num_queries(39):
        page(client)


def test_news_that_concern_the_relationship_stand_on_its_page(client: Client) -> None:
    item = NewsItemFactory(title="Rail talks in Almaty", url="https://news.example/rail")
    item.dyads.add("CN-KZ")
    other = NewsItemFactory(title="Talks elsewhere")
    other.dyads.add("CN-UZ")
    html = page(client)
    assert "Rail talks in Almaty" in html and "https://news.example/rail" in html and "Talks elsewhere" not in html


def test_apostrophes_are_printed_ones(client: Client) -> None:
    EventFactory(dyad_id="CN-KZ", date="2026-03-01", title_en="The ambassador's interview", summary="He quoted the People's Daily.")
    VisitFactory(
        dyad_id="CN-KZ", visitor=PersonFactory(side="KZ"), office="People's envoy", host="CN", place="Xi'an", date_start="2026-03-02"
    )
    DeclarationFactory(dyad_id="CN-KZ", date="2026-03-03", title_en="Women's rights", place="Xi'an", occasion="A minister's visit")
    main = page(client).partition("<main")[2].partition("</main>")[0]
    assert re.findall(r".{40}&#x27;.{20}", main) == []
    assert main.count("’s") >= 6 and main.count("Xi’an") >= 3


def test_the_list_of_countries_has_headings_of_the_second_level(client: Client) -> None:
    html = client.get("/countries/").content.decode()
    assert html.count("<h2>") == 6 and "<h3>" not in html
    assert client.get("/").content.decode().count('<li class="card"') == 6


def test_linked_news_stand_once_a_story_and_a_rejected_link_takes_its_news_away(client: Client) -> None:
    story = StoryFactory()
    links = [NewsLinkFactory(item=NewsItemFactory(title=f"Told {n}", story=story, dyads=["CN-KZ"])) for n in (1, 2)]
    html = page(client)
    assert html.count('<ol class="news">') and "Told 1" in html and ">Told 2</a>" not in html.split('id="news"')[1]
    story_links.decide(story.pk, links[0].pk, "rejected", None)
    assert "Told" not in page(client).split('id="news"')[1]
