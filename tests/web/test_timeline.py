"""The timeline page, its figure and its CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relations.web.timeline import MAX_WIDTH, MIN_WIDTH, read_width, zoomed
from tests.factories import DeclarationFactory, EventFactory, NewsVolumeFactory, SourceFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true", "HX-Target": "timeline"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-03-24 12:00", tick=False):
        yield


def page(client: Client, address: str = "/timeline/", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def figure(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"/timeline/figure.json{query}")
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def keys(built: dict[str, Any]) -> set[str]:
    return {record[0] for trace in built["data"] for mark in trace.get("customdata", []) for record in mark}


def rows(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


# ---- The page ---------------------------------------------------------------------------------------------------------------


def test_an_empty_database_says_what_to_do(client: Client) -> None:
    html = page(client)
    assert "Nothing of this kind in these years" in html
    assert "timeline-plot" not in html


def test_the_table_has_the_rows_of_the_figure(client: Client) -> None:
    for year in range(2001, 2006):
        EventFactory(date=str(year), kind="energy")
    VisitFactory()
    drawn = keys(figure(client))
    assert len(drawn) == 6
    assert all(f'data-record-row="{key}"' in page(client) for key in drawn)


def test_the_figure_and_the_csv_follow_the_filters_of_the_page(client: Client) -> None:
    kept = EventFactory(date="2015", kind="energy", dyad_id="CN-UZ")
    EventFactory(date="2015", kind="energy", dyad_id="CN-KZ")
    EventFactory(date="2005", kind="energy", dyad_id="CN-UZ")
    query = "?dyad=CN-UZ&kind=landmark&from=2010&to=2020"
    assert f'data-figure-url="/timeline/figure.json{query.replace("&", "&amp;")}"' in page(client, f"/timeline/{query}")
    assert keys(figure(client, query)) == {f"event-{kept.pk}"}
    assert [row["date"] for row in rows(client.get(f"/timeline/records.csv{query}"))] == ["2015"]


def test_the_title_says_what_the_records_say(client: Client) -> None:
    for number, dyad in enumerate(["CN-KZ", "CN-KG", "CN-TJ", "CN-TM", "CN-UZ"]):
        StatusFactory(
            dyad_id=dyad,
            date=f"20{11 + 3 * number}-06-01",
            level="comprehensive_strategic_partnership",
            title_en="Comprehensive strategic partnership",
        )
    assert "All five reached a comprehensive strategic partnership between 2011 and 2023" in page(client)
    assert "2 of 5 had reached a comprehensive strategic partnership by the end of 2016" in page(client, "/timeline/?to=2016")
    assert "No comprehensive strategic partnership yet by the end of 2011" in page(client, "/timeline/?to=2011&dyad=CN-KG&dyad=CN-TJ")
    assert "Kazakhstan: Comprehensive strategic partnership since 2011" in page(client, "/timeline/?dyad=CN-KZ")


def test_counts_stand_beside_the_choices(client: Client) -> None:
    EventFactory(kind="energy", friction=True)
    html = page(client)
    assert 'value="CN-KZ" checked' in html
    assert 'Frictions <span class="n">1</span>' in html
    assert 'Visits <span class="n">0</span>' in html


def test_bad_values_are_said_beside_the_filter_and_ignored(client: Client) -> None:
    EventFactory(date="2010", kind="energy")
    html = page(client, "/timeline/?dyad=CN-XX&kind=rumour&level=deep&from=soon&to=2050&page=99&sort=up&record=x&w=z")
    assert "Not known, ignored: CN-XX" in html
    assert "Not known, ignored: rumour" in html
    assert "Not known, ignored: deep" in html
    assert "“soon” is not a year" in html
    assert "2050 is after the last year, 2026" in html
    assert "There is no page 99" in html
    assert "timeline-plot" in html


def test_years_the_wrong_way_round_are_said_and_ignored(client: Client) -> None:
    EventFactory(date="2010", kind="energy")
    html = page(client, "/timeline/?from=2015&to=2005")
    assert "2005 is before 2015" in html
    assert "timeline-plot" in html


def test_sorting_by_date_turns_the_rows_round(client: Client) -> None:
    EventFactory(date="2010", kind="energy", title_en="Older")
    EventFactory(date="2011", kind="energy", title_en="Newer")
    newest, oldest = page(client), page(client, "/timeline/?sort=date")
    assert newest.index("Newer") < newest.index("Older") and 'aria-sort="descending"' in newest
    assert oldest.index("Older") < oldest.index("Newer") and 'aria-sort="ascending"' in oldest


def test_the_table_is_bounded_and_says_its_total(client: Client) -> None:
    for number in range(31):
        EventFactory(date=f"2010-01-{number + 1:02d}", kind="energy")
    first, second = page(client), page(client, "/timeline/?page=2")
    assert first.count("data-record-row") == 30 and "1–30 of 31" in first
    assert second.count("data-record-row") == 1


def test_unsourced_records_show_and_say_so(client: Client) -> None:
    EventFactory(kind="energy", verification="memory")
    html = page(client)
    assert "No source yet" in html
    assert "1 has no source yet and says so" in html


def test_what_the_level_leaves_out_is_said(client: Client) -> None:
    EventFactory(kind="energy")
    EventFactory(kind="culture")
    assert "1 more record at all levels" in page(client)
    assert 'All levels <span class="n">2</span>' in page(client)


def test_every_choice_made_is_as_none_in_the_address(client: Client) -> None:
    EventFactory(date="2010", kind="energy")
    all_kinds = "&".join(f"kind={kind}" for kind in ("status", "document", "visit", "session", "landmark", "friction"))
    html = page(client, f"/timeline/?{all_kinds}&from=2010&to=2026&level=leaders")
    assert 'data-figure-url="/timeline/figure.json?"' in html


def test_the_number_of_queries_is_bounded_and_does_not_grow(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/timeline/")
    for year in range(2000, 2010):
        EventFactory(date=str(year), kind="energy", sources=[SourceFactory()])
        VisitFactory(date_start=f"{year}-05-01")
        with django_assert_num_queries(8):  # seven of the selector, one of the frame
            client.get("/timeline/")


# ---- The layer of the news ----------------------------------------------------------------------------------------------------


def bars(built: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in built["data"] if trace["type"] == "bar"]


def test_the_news_are_off_until_the_address_asks_for_them(client: Client) -> None:
    EventFactory(date="2025-05-01", kind="energy")
    NewsVolumeFactory(month="2025-05", items=12)
    html = page(client)
    assert 'name="news" value="monthly">' in html and "Reports in the news by month" not in html
    assert bars(figure(client)) == []
    html = page(client, "/timeline/?news=monthly")
    assert 'name="news" value="monthly" checked>' in html
    assert 'data-figure-url="/timeline/figure.json?news=monthly"' in html
    assert "12 at most" in html


def test_each_lane_has_its_columns_which_say_their_numbers(client: Client) -> None:
    EventFactory(date="2025-05-01", kind="energy")
    NewsVolumeFactory(month="2025-05", dyad="CN-KZ", items=12)
    NewsVolumeFactory(month="2025-06", dyad="CN-KZ", items=1)
    NewsVolumeFactory(month="2025-06", dyad="CN-UZ", items=3)
    found = bars(figure(client, "?news=monthly"))
    assert [trace["hovertext"] for trace in found] == [["May 2025: 12 reports", "Jun 2025: 1 report"], ["Jun 2025: 3 reports"]]
    assert [trace["hovertext"] for trace in bars(figure(client, "?news=monthly&dyad=CN-UZ"))] == [["Jun 2025: 3 reports"]]


def test_the_table_has_the_newest_months_and_all_of_them_on_demand(client: Client) -> None:
    EventFactory(date="2024-01-01", kind="energy")
    for number in range(14):
        NewsVolumeFactory(month=f"{2024 + number // 12}-{number % 12 + 1:02}", items=number + 1)
    html = page(client, "/timeline/?news=monthly").split('id="timeline-news"')[1]
    assert html.count("<tr>") == 1 + 12 and "All 14 months" in html and 'href="?news=all"' in html
    html = page(client, "/timeline/?news=all").split('id="timeline-news"')[1]
    assert html.count("<tr>") == 1 + 14 and "All 14 months" not in html


def test_years_without_news_say_what_to_do(client: Client) -> None:
    EventFactory(date="2010-05-01", kind="energy")
    assert "No news of these years is stored" in page(client, "/timeline/?news=monthly")


def test_a_value_that_there_is_not_is_said_and_ignored(client: Client) -> None:
    html = page(client, "/timeline/?news=daily")
    assert "Not known, ignored: daily" in html and "Reports in the news by month" not in html


def test_the_layer_costs_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    EventFactory(kind="energy")
    client.get("/timeline/")
    for month in range(1, 4):
        NewsVolumeFactory(month=f"2025-{month:02}", items=month)
        with django_assert_num_queries(9):
            client.get("/timeline/?news=monthly")


# ---- htmx ---------------------------------------------------------------------------------------------------------------------


def test_a_fragment_is_the_part_that_filters_change(client: Client) -> None:
    EventFactory(kind="energy")
    response = client.get("/timeline/?from=2000", headers=FRAGMENT)
    html = response.content.decode()
    assert html.lstrip().startswith('<h2 class="chart-title"')
    assert html.strip() in page(client, "/timeline/?from=2000")
    assert "HX-Request" in response["Vary"] and "HX-Target" in response["Vary"]


def test_the_address_that_htmx_shows_is_the_shortest_one_and_keeps_the_open_record(client: Client) -> None:
    event = EventFactory(date="2010", kind="energy")
    every = "&".join(f"dyad={code}" for code in ("CN-KZ", "CN-KG", "CN-TJ", "CN-TM", "CN-UZ", "CN-C5"))
    response = client.get(f"/timeline/?{every}&from=2015&to=2026&record=event-{event.pk}", headers=FRAGMENT)
    assert response["HX-Push-Url"] == f"/timeline/?from=2015&record=event-{event.pk}"
    assert client.get("/timeline/?record=nothing", headers=FRAGMENT)["HX-Push-Url"] == "/timeline/"


def test_going_back_gives_a_whole_page(client: Client) -> None:
    html = page(client, "/timeline/", **FRAGMENT, **{"HX-History-Restore-Request": "true"})
    assert html.startswith("<!doctype html>")


def test_a_deep_link_opens_its_record_beside_the_figure(client: Client) -> None:
    event = EventFactory(kind="energy", title_en="Pipeline opened", summary="Gas flows.")
    html = page(client, f"/timeline/?record=event-{event.pk}")
    drawer = html[html.index('id="drawer"') :]
    assert "Gas flows." in drawer and f'data-key="event-{event.pk}"' in drawer


@pytest.mark.parametrize("record", ["event-999999", "event-x", "person-1", "event-", "-1", "event-99999999999999999999"])
def test_a_deep_link_to_no_record_opens_nothing(client: Client, record: str) -> None:
    EventFactory(kind="energy")
    assert "drawer-head" not in page(client, f"/timeline/?record={record}")


def test_a_deep_link_to_a_draft_opens_nothing(client: Client) -> None:
    draft = DeclarationFactory(state="draft", title_en="Secret")
    html = page(client, f"/timeline/?record=declaration-{draft.pk}")
    assert "Secret" not in html


# ---- Figure ----------------------------------------------------------------------------------------------------------------------


def test_the_figure_has_the_width_that_is_asked_for_in_steps_and_within_bounds(client: Client) -> None:
    assert figure(client, "?w=1037")["layout"]["width"] == 1032
    assert read_width("5") == MIN_WIDTH and read_width("99999") == MAX_WIDTH
    assert read_width("wide") == read_width(None) == read_width("-3") == 1024


def test_a_narrow_figure_is_asked_for_by_its_width(client: Client) -> None:
    VisitFactory()
    assert figure(client, "?w=358")["layout"]["meta"]["narrow"] is True
    assert keys(figure(client, "?w=358")) == set()


def test_hovering_says_date_title_kind_and_verification(client: Client) -> None:
    event = EventFactory(date="2010-05", kind="energy", title_en="Pipeline", verification="multiple")
    built = figure(client)
    (record,) = [record for trace in built["data"] for mark in trace.get("customdata", []) for record in mark]
    assert record == [f"event-{event.pk}", "May 2010, day not known", "Pipeline", "Energy", "multiple"]
    assert built["layout"]["meta"]["verification"]["multiple"] == "Several reports"


def test_a_visit_of_several_days_shows_both(client: Client) -> None:
    VisitFactory(date_start="2022-09-14", date_end="2022-09-16")
    (record,) = [record for trace in figure(client)["data"] for mark in trace.get("customdata", []) for record in mark]
    assert record[1] == "14 Sep 2022\u00a0– 16 Sep 2022"


@pytest.mark.parametrize("language", ["fr", "zh-hans", "ru"])
def test_page_and_figure_speak_every_language(client: Client, language: str) -> None:
    StatusFactory(title_fr="Relations diplomatiques", title_ru="Дипломатические отношения", title_zh_hans="建立外交关系")
    EventFactory(kind="energy", label="Gas pipeline")
    client.cookies.load({"tianshan_language": language})
    assert client.get("/timeline/").status_code == 200
    assert figure(client)["data"]


# ---- CSV -----------------------------------------------------------------------------------------------------------------------------


def test_the_csv_has_every_row_with_its_sources(client: Client) -> None:
    sources = [SourceFactory(url="https://example.org/1"), SourceFactory(url="https://example.org/2")]
    event = EventFactory(date="2010-05", kind="energy", title_en="Трубопровод 天", verification="multiple", sources=sources)
    response = client.get("/timeline/records.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="tianshan-timeline.csv"'
    (row,) = rows(response)
    assert row == {
        "date": "2010-05",
        "until": "",
        "layer": "landmark",
        "kind": "Energy",
        "relationship": "CN-KZ",
        "title": "Трубопровод 天",
        "detail": "",
        "place": "",
        "verification": "multiple",
        "sources": "https://example.org/1 https://example.org/2",
        "page": f"http://testserver/records/event/{event.pk}/",
    }


def test_the_csv_is_not_cut_at_a_page(client: Client) -> None:
    for number in range(31):
        EventFactory(date=f"2010-01-{number + 1:02d}", kind="energy")
    assert len(rows(client.get("/timeline/records.csv"))) == 31


def test_the_name_of_the_file_says_what_is_in_it(client: Client) -> None:
    EventFactory(date="2005", kind="energy", dyad_id="CN-UZ")
    response = client.get("/timeline/records.csv?dyad=CN-UZ&dyad=CN-KZ&kind=landmark&level=all&from=2010&to=2020")
    assert response["Content-Disposition"] == 'attachment; filename="tianshan-timeline-kz-uz-landmark-all-2010-2020.csv"'


def test_a_cell_is_never_a_formula(client: Client) -> None:
    EventFactory(kind="energy", title_en="=HYPERLINK(1)")
    assert rows(client.get("/timeline/records.csv"))[0]["title"] == "'=HYPERLINK(1)"


def test_the_queries_of_figure_and_csv_are_bounded(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for year in range(2000, 2004):
        EventFactory(date=str(year), kind="energy", sources=[SourceFactory()])
    with django_assert_num_queries(7):
        figure(client)
    with django_assert_num_queries(8):
        client.get("/timeline/records.csv")


# ---- Zoom -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "how", "expected"),
    [
        ((1990, 2026), "in", (2009, 2026)),  # what shows the present keeps it
        ((2000, 2009), "in", (2002, 2006)),
        ((2002, 2006), "out", (2000, 2009)),
        ((2010, 2026), "out", (1993, 2026)),
        ((1990, 2026), "out", (1990, 2026)),
        ((2000, 2009), "earlier", (1995, 2004)),
        ((1991, 2000), "earlier", (1990, 1999)),
        ((2018, 2026), "later", (2018, 2026)),
        ((2000, 2009), "later", (2005, 2014)),
        ((2013, 2013), "in", (2013, 2013)),
        ((2013, 2014), "all", (1990, 2026)),
    ],
)
def test_zooming_stays_within_the_records(years: tuple[int, int], how: str, expected: tuple[int, int]) -> None:
    assert zoomed(years, (1990, 2026), how) == expected


def test_a_link_leads_to_each_zoom_that_changes_something(client: Client) -> None:
    EventFactory(date="1990", kind="energy")
    html = page(client, "/timeline/?from=2010&to=2019&dyad=CN-KZ")
    assert 'href="?dyad=CN-KZ&amp;from=2012&amp;to=2016"' in html
    assert 'href="?dyad=CN-KZ&amp;from=2017"' in html  # the last ten years
    assert 'id="zoom-out"' in html and 'id="zoom-out"' not in page(client)


def test_only_get_is_answered(client: Client) -> None:
    for address in ("/timeline/", "/timeline/figure.json", "/timeline/records.csv"):
        assert client.post(address).status_code == 405
