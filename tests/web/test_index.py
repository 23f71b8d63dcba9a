"""The page of the relationship index, its figures and its files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from relations.models import IndexWeight
from relations.reference.impact import FOLLOW_UP_MONTHS, IMPACTS, RESAMPLES, SEED
from relations.web import index as view
from relations.web.index_words import number, signed
from tests.factories import DeclarationFactory, EventFactory, SourceFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel("2026-03-24", tick=False):
        yield


def get(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/index/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


@pytest.fixture
def few() -> None:
    """Kazakhstan: diplomatic relations in January 1992, a visit in 2013, a protest in 2016 known to the year."""
    StatusFactory(
        dyad_id="CN-KZ", date="1992-01-03", level="diplomatic_relations", title_en="Diplomatic relations", sources=[SourceFactory()]
    )
    VisitFactory(dyad_id="CN-KZ", date_start="2013-09-07", kind="state", office="President", place="Astana")
    EventFactory(dyad_id="CN-KZ", date="2016", kind="protest", friction=True, title_en="Land protests")


def test_the_page_says_what_it_is_and_what_it_is_not(client: Client, few: None) -> None:
    html = get(client)
    assert "A summary of recorded events, not a measure of warmth" in html
    assert "sensitive to what was recorded" in html
    assert "no forecast" in html


def test_scores_stand_with_their_band_in_words(client: Client, few: None) -> None:
    # 0.6; then 0.3·(9 − 0.6)/9 = 0.28 → 0.88; then −0.1·(9 + 0.88)/9 = −0.1098 → 0.7702
    html = get(client)
    assert "March 2026: 0.8, ordinary" in html
    assert "<b>0.8</b>, ordinary" in html


def test_the_records_behind_a_month_stand_with_their_effect_sources_and_pages(client: Client, few: None) -> None:
    html = get(client, "?month=2013-09")
    assert "September 2013: 0.6, ordinary → 0.9, ordinary" in html
    assert "0.933" in html  # (9 − 0.6)/9
    assert "+0.280" in html
    assert "/records/visit/" in html
    assert "Land protests" not in html
    assert "Example Daily" in get(client, "?month=1992-01")


def test_without_a_month_the_latest_with_a_record_is_shown_and_what_is_vague_says_so(client: Client, few: None) -> None:
    html = get(client)
    assert "December 2016: 0.9, ordinary → 0.8, ordinary" in html
    assert "month not known" in html
    assert "month=2013-09" in html  # the way to the month before


def test_a_month_without_records_says_so(client: Client, few: None) -> None:
    assert "No record counts in this month." in get(client, "?month=2014-01")


def test_a_relationship_without_records_has_a_sentence_and_no_line(client: Client, few: None) -> None:
    html = get(client, "?one=CN-TM")
    assert "No record counts yet" in html
    assert "No record counts for Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan, Six-party format: no line." in html
    assert "one-plot" not in html
    assert "No record counts yet" in get(Client(), "?dyad=CN-TM")


def test_a_database_without_records_says_what_to_do(client: Client) -> None:
    html = get(client)
    assert "Load the dataset" in html
    assert "lines-plot" not in html
    assert json.loads(client.get("/index/lines.json").content)["data"] == []
    assert client.get("/index/one.json").status_code == 200


def test_a_single_record_of_a_year_makes_a_line(client: Client) -> None:
    EventFactory(dyad_id="CN-UZ", date="2026", kind="energy")
    html = get(client, "?one=CN-UZ")
    assert "March 2026: 0.0, ordinary → 0.1, ordinary" in html
    assert len(json.loads(client.get("/index/one.json?one=CN-UZ").content)["data"][2]["x"]) == 1


def test_bad_values_are_said_and_ignored(client: Client, few: None) -> None:
    html = get(client, "?dyad=XX&half_life=0&official=7&from=abcd&to=2030&month=1800-01&one=CN-XX")
    for words in (
        "Not known, ignored: XX",
        "A half-life is a number of months from 1 to 600; ignored.",
        "Not known, ignored: 7",
        "“abcd” is not a year",
        "2030 is after the last year, 2026",
        "There is no month “1800-01” in the index",
    ):
        assert words in html
    for month in ("2030-01", "2022-13", "x" * 90, "0000-01"):
        assert "There is no month" in get(client, f"?month={month}")


def test_options_are_off_unless_the_address_names_them(client: Client, few: None) -> None:
    assert "Options:" not in get(client)
    html = get(client, "?half_life=24&official=1")
    assert "Options: half-life of 2 years without follow-up" in html
    assert "acts of governments only" in html
    assert "Land protests" not in get(client, "?official=1")
    assert "What was not followed up fades, which moves the score by" in get(client, "?half_life=24&month=2020-01")
    assert "half-life of 7 months" in get(client, "?half_life=7")


def test_the_address_restores_the_view_and_is_the_shortest(client: Client) -> None:
    today = view.timezone.localdate()
    for query in ("", "dyad=CN-KG&dyad=CN-UZ&from=2001&half_life=24&official=1&one=CN-UZ&month=2022-09"):
        asked, errors = view.read(view.QueryDict(query), today)
        assert not errors
        assert view.query_of(asked) == query
    every, _errors = view.read(view.QueryDict("from=1992&to=2026&one=CN-KZ"), today)
    assert view.query_of(every) == ""


def test_htmx_gets_the_part_that_it_asks_for(client: Client, few: None) -> None:
    month = get(client, "?month=2013-09", **{"HX-Request": "true", "HX-Target": "index-month"})
    assert "<h1" not in month
    assert "September 2013" in month
    one = client.get("/index/?one=CN-KZ&from=2000", headers={"HX-Request": "true", "HX-Target": "index-one"})
    assert "lines-plot" not in one.content.decode()
    assert one["HX-Push-Url"] == "/index/?from=2000"
    body = get(client, "", **{"HX-Request": "true", "HX-Target": "index"})
    assert "lines-plot" in body
    assert "<html" not in body
    assert "HX-Request" in one["Vary"]


def test_the_page_names_every_weight_and_the_numbers_of_the_rules(client: Client) -> None:
    html = get(client)
    for row in view._weights():
        assert number(IMPACTS[row["code"]].weight, 2) == row["weight"]
        assert f"<td>{row['weight']}" in html
    assert f"{RESAMPLES} resamples" in html
    assert f"Seeded with {SEED}" in html
    assert f"for {FOLLOW_UP_MONTHS} months" in html
    assert "as shipped" not in html


def test_a_weight_that_was_changed_shows_what_is_shipped(client: Client) -> None:
    IndexWeight.objects.filter(code="visit_state").update(weight="0.50")
    assert "as shipped 0.30" in get(client)


def test_the_figures_are_those_of_the_address(client: Client, few: None) -> None:
    lines = json.loads(client.get("/index/lines.json?dyad=CN-KZ&w=1000").content)
    assert [trace["name"] for trace in lines["data"]] == ["Kazakhstan"]
    assert lines["data"][0]["y"] == [0.6, 0.88, 0.77, 0.77]
    one = json.loads(client.get("/index/one.json?from=2010&to=2014&w=320").content)
    assert [month for month, _said in one["data"][3]["customdata"]] == ["2013-09"]
    assert one["layout"]["width"] == 320


def test_the_scores_can_be_taken_along(client: Client, few: None) -> None:
    found = rows(client, "/index/scores.csv?dyad=CN-KZ&from=2013&to=2013")
    assert len(found) == 12
    assert found[7]["month"], found[7]["score"] == ("2013-08", "0.6")
    assert (found[8]["score"], found[8]["added"], found[8]["records"], found[8]["band"]) == ("0.88", "0.28", "1", "ordinary")
    assert rows(client, "/index/scores.csv?dyad=CN-TM") == []


def test_the_records_can_be_taken_along_with_their_effects(client: Client, few: None) -> None:
    EventFactory(dyad_id="CN-KZ", date="2020-01-01", kind="trade", title_en="=1+1")
    found = rows(client, "/index/records.csv?dyad=CN-KZ")
    assert [(row["counts_in"], row["date"], row["kind_code"], row["impact"], row["effect"]) for row in found[:3]] == [
        ("1992-01", "1992-01-03", "status_relations", "0.6", "0.6"),
        ("2013-09", "2013-09-07", "visit_state", "0.3", "0.28"),
        ("2016-12", "2016", "friction_protest", "-0.1", "-0.1098"),
    ]
    assert found[0]["page"].startswith("http://testserver/records/status/")
    assert found[3]["title"] == "'=1+1"


def test_the_weights_can_be_taken_along(client: Client) -> None:
    found = rows(client, "/index/weights.csv")
    assert [row["kind_code"] for row in found] == list(IMPACTS)
    assert (found[0]["impact"], found[0]["impact_as_shipped"], found[0]["lasts"]) == ("0.6", "0.6", "1")


def test_the_country_page_tells_the_score_small(client: Client, few: None) -> None:
    html = client.get("/countries/kz/").content.decode()
    assert ">Relationship index</a>: 0.8, ordinary" in html
    assert "/index/?one=CN-KZ#one-title" in html
    assert "Relationship index</a>: " not in client.get("/countries/tm/").content.decode()


def test_the_list_of_months_is_bounded_with_a_link_to_all(client: Client) -> None:
    for year in range(2000, 2020):
        EventFactory(dyad_id="CN-KZ", date=f"{year}-05-01")
    html = get(client)
    assert html.count('hx-target="#index-month"') < view.FEW + 3
    assert "months=all#one-table" in html
    assert get(client, "?months=all").count('hx-target="#index-month"') >= 20


def test_queries_do_not_grow(client: Client, few: None, django_assert_num_queries: Any) -> None:
    DeclarationFactory(dyad_id="CN-KZ", date="2016-12-01")
    get(client)
    with django_assert_num_queries(6):
        get(client)
    for day in range(10, 20):
        EventFactory(dyad_id="CN-KZ", date=f"2016-12-{day}", sources=[SourceFactory()])
    with django_assert_num_queries(6):
        get(client)
    with django_assert_num_queries(2):
        client.get("/index/lines.json")
    with django_assert_num_queries(3):
        client.get("/index/records.csv")


def test_numbers_have_a_minus_sign_and_none_for_nothing() -> None:
    assert (number(-0.04), number(-0.06), number(7.25, 2)) == ("0.0", "−0.1", "7.25")
    assert (signed(0.35), signed(-0.1), signed(0.001)) == ("+0.35", "−0.10", "0.00")


@pytest.mark.parametrize(("query", "place"), [("?month=2013-09", 2013.708), ("", 2016.958)])
def test_the_month_shown_is_marked_in_the_figure(client: Client, few: None, query: str, place: float) -> None:
    shapes = client.get(f"/index/one.json{query}").json()["layout"]["shapes"]
    assert [shape["x0"] for shape in shapes if shape.get("name") == "chosen"] == [place]  # the middle of September: 2013 + 8.5/12
