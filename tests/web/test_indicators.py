"""Indicators as small multiples: what the page says, what the address restores, the file, one indicator's own page."""

from __future__ import annotations

import csv
import html
import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories import IndicatorFactory, ObservationFactory, SourceFactory

pytestmark = pytest.mark.django_db

CUSTOMS = "China Customs (GACC)"


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel("2026-03-24", tick=False):
        yield


@pytest.fixture
def trade() -> Any:
    indicator = IndicatorFactory(code="trade_turnover_usd_bn", title_en="Trade", definition="Exports plus imports.", position=1)
    for dyad, reporter, year, value, qualifier in (
        ("CN-KG", CUSTOMS, 2024, 22.7, "exact"),
        ("CN-KG", "Kyrgyzstan statistics", 2024, 5.5, "approx"),
        ("CN-C5", CUSTOMS, 2024, 94.8, "exact"),
        ("CN-KZ", CUSTOMS, 2023, 41.0, "exact"),
    ):
        ObservationFactory(
            indicator=indicator, dyad_id=dyad, reporter=reporter, year=year, value=value, qualifier=qualifier, verification="official",
            sources=[SourceFactory(publisher=f"Press of {dyad}")],
        )  # fmt: skip
    gas = IndicatorFactory(code="gas", title_en="Gas delivered", unit="bcm", position=2)
    ObservationFactory(indicator=gas, dyad_id="CN-TM", reporter="CNPC", year=2020, value=29.0)
    return indicator


def get(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_largest_discrepancy_is_said_in_words_with_both_numbers(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/")
    assert "The figures of both sides differ most for China–Kyrgyzstan in 2024: by a factor of 4.1" in found
    assert "China Customs (GACC) counts 22.7, Kyrgyzstan statistics about 5.5 (USD billion)." in found
    assert "14.1" not in found  # the mean of the two


def test_without_two_sides_nothing_is_held_against_each_other(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/?indicator=gas")
    assert "No period is counted by both sides" in found
    assert "Shares are not offered here" in found and 'id="f-view"' not in found


def test_a_share_is_offered_where_the_total_has_the_same_reporter(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/?view=share")
    assert '<option value="share" selected>' in found
    assert "23.945" in found  # 22.7 of 94.8
    assert "Figures per head are not offered" in found


def test_the_address_restores_the_view(client: Client, trade: Any) -> None:
    query = "indicator=trade_turnover_usd_bn&dyad=CN-KG&from=2024&to=2024&scale=log&over=statuses"
    found = get(client, f"/indicators/?{query}")
    assert f'href="/indicators/?{query}"' in found
    assert f'data-figure-url="/indicators.json?{query}"' in found
    assert '<option value="log" selected>' in found
    assert "41.0" not in found


def test_what_makes_no_sense_is_said_beside_its_field(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/?indicator=x&dyad=CN-XX&from=soon&to=1900&scale=q&view=w&over=y")
    for name in ("indicator", "dyad", "from", "to", "scale", "view", "over"):
        assert f'id="e-{name}"' in found, name
    assert "By a factor" not in found and "by a factor of 4.1" in found


def test_no_value_at_all_says_what_to_do(client: Client) -> None:
    assert "No indicator has a value yet" in get(client, "/indicators/")
    assert client.get("/indicators.json").json()["data"] == []
    assert client.get("/indicators.csv").status_code == 200


def test_filters_that_leave_nothing_say_so(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/?indicator=gas&dyad=CN-KZ")
    assert "No value passes the filters" in found and "“Gas delivered” has no value in these years" in found


def test_one_value_is_a_page_too(client: Client, trade: Any) -> None:
    assert "Gas delivered: 1 value, 1 reporter." in get(client, "/indicators/?indicator=gas&dyad=CN-TM")


def test_the_figure_has_a_panel_for_each_relationship_with_values(client: Client, trade: Any) -> None:
    built = json.loads(client.get("/indicators.json?w=1000").content)
    assert [note["text"] for note in built["layout"]["annotations"]] == ["China–Kazakhstan", "China–Kyrgyzstan", "China–Central Asia"]
    assert "2024: 22.7 USD billion<br>China Customs (GACC)<br>Official" in json.dumps(built, ensure_ascii=False)


def test_the_file_has_every_value_of_the_view_with_its_sources(client: Client, trade: Any) -> None:
    rows = list(csv.DictReader(client.get("/indicators.csv?dyad=CN-KG").content.decode("utf-8-sig").splitlines()))
    assert [(row["dyad"], row["period"], row["value"], row["reporter"]) for row in rows] == [
        ("CN-KG", "2024", "22.7", CUSTOMS),
        ("CN-KG", "2024", "5.5", "Kyrgyzstan statistics"),
    ]
    assert rows[0]["sources"].startswith("https://example.org/page/")


def test_the_view_says_how_to_cite_it(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/?dyad=CN-KG")
    assert "Tianshan, Indicators (Trade, China–Kyrgyzstan), each value by the reporter named there, as of 24 March 2026:" in found
    assert "http://testserver/indicators/?indicator=trade_turnover_usd_bn&dyad=CN-KG" in found


def test_the_page_of_an_indicator_has_discrepancies_and_the_sources_of_every_value(client: Client, trade: Any) -> None:
    found = get(client, "/indicators/trade_turnover_usd_bn/")
    assert "Exports plus imports." in found and "× 4.1" in found
    assert found.count("Press of CN-KG") == 2 and found.count("Official") >= 4
    assert client.get("/indicators/nothing/").status_code == 404


def test_a_long_table_is_cut_and_all_of_it_is_a_link_away(client: Client, trade: Any) -> None:
    for year in range(1940, 1990):
        ObservationFactory(indicator=trade, dyad_id="CN-TJ", year=year)
    found = get(client, "/indicators/")
    assert found.count("<tr><td>") == 40 and "All 54" in found
    assert get(client, "/indicators/?rows=all").count("<tr><td>") == 54


def test_the_pages_take_as_many_queries_however_many_values(client: Client, trade: Any, django_assert_num_queries: Any) -> None:
    get(client, "/indicators/")
    for start in (1930, 1960):
        with django_assert_num_queries(4):  # choices, values, sources, facts up to
            client.get("/indicators/")
        with django_assert_num_queries(4):
            client.get("/indicators/trade_turnover_usd_bn/")
        for year in range(start, start + 30):
            ObservationFactory(indicator=trade, dyad_id="CN-UZ", year=year)
