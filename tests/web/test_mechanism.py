"""The page of one mechanism."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories import ChairFactory, DeclarationFactory, MechanismFactory, ProvisionFactory, SessionFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day() -> Any:
    with time_machine.travel(dt.date(2026, 3, 24), tick=False):
        yield


def get(client: Client, slug: str = "dialogue", query: str = "") -> str:
    answer = client.get(f"/mechanisms/{slug}/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_unknown_mechanism_is_not_found(client: Client) -> None:
    assert client.get("/mechanisms/nowhere/").status_code == 404


def test_the_answer_and_the_facts_stand_first(client: Client) -> None:
    made = MechanismFactory(
        slug="dialogue", title_en="Strategic Dialogue", title_fr="Dialogue stratégique", established="2024-03-29",
        basis="Agreed in Beijing", co_chairs="Foreign ministers", periodicity_months=12,
    )  # fmt: skip
    SessionFactory(mechanism=made, date="2024-03-29", number=1, place="Beijing")
    SessionFactory(mechanism=made, date="2025-04-25", number=2, place="Almaty", verification="official")
    html = get(client)
    assert "Due in 32 days, by 25 Apr 2026. 2 sessions are documented." in html
    assert '<dd lang="fr">Dialogue stratégique</dd>' in html
    assert "Agreed in Beijing" in html
    assert "Foreign ministers" in html
    assert "<dd>Yearly</dd><dd>as its documents or the parties declare</dd>" in html
    assert (
        "<dd>by 25 April 2026</dd><dd>12 months after the last one at the latest</dd>"
        "<dd>by experience between 25 February 2026 and 25 April 2026; too few sessions tell how sure that is</dd>" in html
    )


def test_sessions_and_the_gaps_between_them_are_told_in_a_table(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    SessionFactory(mechanism=made, date="2015-05-01", outcome="Minutes signed.")
    newer = SessionFactory(
        mechanism=made, date="2019-05-20", place="Astana", note="The day is inferred.", sources=[SourceFactory(title="A report")]
    )
    ChairFactory(session=newer, side="KZ", name="Roman Sklyar", office="First Deputy Prime Minister")
    html = get(client)
    assert "4 years without a documented session, 2015–2019" in html
    assert "No documented session since 20 May 2019, for 7 years" in html
    for words in ("Minutes signed.", "The day is inferred.", "Roman Sklyar", "First Deputy Prime Minister", "A report", "1 source"):
        assert words in html
    assert f'href="/records/session/{newer.pk}/"' in html


def test_a_mechanism_that_never_met_says_what_that_means(client: Client) -> None:
    parent = MechanismFactory(slug="above", title_en="Committee above")
    MechanismFactory(slug="dialogue", parent=parent, established=None, basis=None)
    html = get(client)
    assert "No session is documented" in html
    assert "silence in these sources" in html
    assert '<a href="/mechanisms/above/">Committee above</a>' in html
    assert "date not known" in html


def test_a_provision_stands_under_the_side_that_states_it(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    statement = DeclarationFactory(slug="cn-kz-2022-09-14-statement", title_en="Joint Statement", verification="multiple")
    ProvisionFactory(declaration=statement, position=19, side="KZ", topics=("mechanisms",), text="Kazakhstan values it.", mechanisms=[made])
    html = get(client)
    assert "What declarations say of it" in html
    assert 'href="/declarations/cn-kz-2022-09-14-statement/#p19"' in html
    assert "Kazakhstan values it." in html
    assert 'data-side="KZ"' in html
    assert "Several reports" in html


def test_a_draft_never_shows(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    ProvisionFactory(declaration=DeclarationFactory(state="draft"), text="A secret sentence.", mechanisms=[made])
    html = get(client)
    assert "A secret sentence." not in html
    assert "What declarations say of it" not in html


def test_sources_that_are_copies_are_named_and_not_linked(client: Client) -> None:
    MechanismFactory(
        slug="dialogue",
        verification="official",
        note="The founding day is inferred.",
        sources=[
            SourceFactory(url="https://example.org/copy", publisher="Xinhua (copy)", title="A copy"),
            SourceFactory(url="https://example.org/own"),
        ],
    )
    html = get(client)
    assert 'href="https://example.org/copy"' not in html
    assert 'href="https://example.org/own"' in html
    assert "A copy" in html
    assert "The founding day is inferred." in html


def test_words_from_records_are_never_markup(client: Client) -> None:
    made = MechanismFactory(slug="dialogue", title_en="<script>alert(1)</script>", summary="<b>bold</b>")
    SessionFactory(mechanism=made, outcome="<img src=x onerror=alert(1)>", place="<i>Beijing</i>")
    html = get(client)
    for markup in ("<script>alert(1)", "<b>bold</b>", "<img src=x", "<i>Beijing</i>"):
        assert markup not in html


def test_long_lists_are_cut_and_offer_the_rest(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    for number in range(1, 43):
        SessionFactory(mechanism=made, date=f"{1980 + number}-06-01", number=number)
    html = get(client)
    assert html.count('<span class="no">') == 40
    assert '<a href="?all=1#sessions">All 42 sessions</a>' in html
    assert get(client, query="?all=1").count('<span class="no">') == 42


def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any) -> None:
    made = MechanismFactory(slug="dialogue", sources=[SourceFactory()], parent=MechanismFactory())

    def grow() -> None:
        ChairFactory(session=SessionFactory(mechanism=made, sources=[SourceFactory()]))
        SessionFactory(mechanism=MechanismFactory(parent=made))
        ProvisionFactory(mechanisms=[made])

    grow()
    get(client)
    with django_assert_num_queries(12):
        get(client)
    for _ in range(5):
        grow()
    with django_assert_num_queries(12):
        get(client)


def test_every_shipped_mechanism_has_its_page(client: Client, dataset: None) -> None:
    from relations.models import Mechanism

    slugs = list(Mechanism.objects.values_list("slug", flat=True))
    assert len(slugs) == 88
    for slug in slugs:
        get(client, slug)


def test_the_intervals_are_a_figure_with_a_table_a_file_and_a_citation(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    for date in ("2019-01-01", "2020-01-01", "2021-01-01", "2024-01-01"):
        SessionFactory(mechanism=made, date=date)
    html = get(client)
    # 365, 366 and 1095 days.
    assert "Usually 12 months pass between sessions; the longest interval is 35 months, up to 1 Jan 2024" in html
    table = html.split('id="intervals-table"')[1].split("</table>")[0]
    assert '">1095</td>' in table and '">365</td>' in table
    assert html.count('data-png="intervals-plot"') == html.count('data-svg="intervals-plot"') == 1
    assert "http://testserver/mechanisms/dialogue/" in html.split("To cite this page")[1]
    answer = client.get("/mechanisms/dialogue/intervals.csv")
    found = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert [(row["from"], row["days"], row["tells_the_rhythm"]) for row in found] == [
        ("2019-01-01", "365", "yes"), ("2020-01-01", "366", "yes"), ("2021-01-01", "1095", "yes"),
    ]  # fmt: skip
    # The third could be foretold from the first two: their median, 365.5 days, rounded to 366: 2 January 2022; 729 days late.
    assert (found[2]["forecast_day"], found[2]["days_late"], found[2]["in_window"]) == ("2022-01-02", "729", "")
    assert found[0]["forecast_day"] == ""


def test_too_few_sessions_say_so_beside_the_intervals(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    SessionFactory(mechanism=made, date="2019-01-01")
    assert 'id="intervals"' not in get(client)
    SessionFactory(mechanism=made, date="2020-01-01")
    assert "Too few sessions tell how often it meets; the longest interval is 11 months, up to 1 Jan 2020" in get(client)
    assert client.get("/mechanisms/nowhere/intervals.csv").status_code == 404


def test_what_the_last_session_promised_stands_there(client: Client) -> None:
    made = MechanismFactory(slug="dialogue")
    SessionFactory(mechanism=made, date="2019-01-01", outcome="A plan until 2025.")
    SessionFactory(mechanism=made, date="2018-01-01", outcome="Older.")
    told = get(client).split('id="promised"')[1].split("</section>")[0]
    assert "A plan until 2025." in told and "Older." not in told
    SessionFactory(mechanism=made, date="2020-01-01")
    assert "Its outcome is not recorded." in get(client).split('id="promised"')[1].split("</section>")[0]
