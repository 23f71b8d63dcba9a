"""The page of one record, and the same beside the timeline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from relations.web.record import split_key
from tests.factories import DeclarationFactory, EventFactory, SessionFactory, SourceFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true", "HX-Target": "drawer"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-03-24 12:00", tick=False):
        yield


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("kind", ["status", "declaration", "session", "visit", "event", "person"])
def test_an_unknown_record_is_not_found(client: Client, kind: str) -> None:
    assert client.get(f"/records/{kind}/999999/").status_code == 404


def test_a_number_beyond_all_records_is_not_found(client: Client) -> None:
    assert client.get(f"/records/event/{10**30}/").status_code == 404


def test_a_draft_is_not_found(client: Client) -> None:
    assert client.get(f"/records/declaration/{DeclarationFactory(state='draft').pk}/").status_code == 404


def test_a_record_shows_what_is_known_and_its_verification(client: Client) -> None:
    event = EventFactory(
        date="2010-05", title_en="Pipeline", summary="Gas flows.", note="The day is disputed.", verification="multiple", kind="energy"
    )
    html = page(client, f"/records/event/{event.pk}/")
    for words in (
        "Pipeline",
        "May 2010",
        "The day is not known.",
        "Energy",
        "China–Kazakhstan",
        "Gas flows.",
        "The day is disputed.",
        "Several reports",
    ):
        assert words in html


def test_every_source_is_named_and_a_copy_is_not_linked(client: Client) -> None:
    link = SourceFactory(url="https://example.org/a", title="Original", publisher="Agency")
    copy = SourceFactory(url="https://example.org/b", title="Copied", publisher="Agency (copy)")
    html = page(client, f"/records/event/{EventFactory(sources=[link, copy]).pk}/")
    assert 'href="https://example.org/a"' in html and "Copied" in html
    assert "https://example.org/b" not in html


def test_a_record_without_a_source_says_so(client: Client) -> None:
    assert "No source yet" in page(client, f"/records/visit/{VisitFactory(verification='memory').pk}/")


def test_a_declaration_leads_to_its_own_page(client: Client) -> None:
    declaration = DeclarationFactory(slug="cn-kz-2022-09-14-statement")
    assert 'href="/declarations/cn-kz-2022-09-14-statement/"' in page(client, f"/records/declaration/{declaration.pk}/")


def test_a_status_leads_to_the_document_that_set_it_and_a_session_to_its_mechanism(client: Client) -> None:
    status = StatusFactory(document=DeclarationFactory(slug="cn-kz-1992-01-03-communique"))
    assert 'href="/declarations/cn-kz-1992-01-03-communique/"' in page(client, f"/records/status/{status.pk}/")
    session = SessionFactory(mechanism__slug="cn-kz-committee")
    assert 'href="/mechanisms/cn-kz-committee/"' in page(client, f"/records/session/{session.pk}/")


def test_a_record_leads_to_its_place_on_the_timeline(client: Client) -> None:
    event = EventFactory(date="2010-05")
    assert f"/timeline/?level=all&amp;from=2008&amp;to=2012&amp;record=event-{event.pk}" in page(client, f"/records/event/{event.pk}/")


def test_the_place_on_the_timeline_of_a_recent_record_is_no_bad_address(client: Client) -> None:
    event = EventFactory(date="2026-01-05")
    html = page(client, f"/records/event/{event.pk}/")
    assert f"/timeline/?level=all&amp;from=2024&amp;record=event-{event.pk}" in html


def test_neighbours_in_time_are_links(client: Client) -> None:
    before, event, after = (EventFactory(date=str(year)) for year in (2010, 2011, 2012))
    html = page(client, f"/records/event/{event.pk}/")
    assert f'href="/records/event/{before.pk}/" rel="prev"' in html
    assert f'href="/records/event/{after.pk}/" rel="next"' in html


def test_the_drawer_gets_the_record_alone_and_its_links_stay_in_the_drawer(client: Client) -> None:
    event, _ = EventFactory(date="2010", title_en="Pipeline"), EventFactory(date="2011")
    response = client.get(f"/records/event/{event.pk}/", headers=FRAGMENT)
    html = response.content.decode()
    assert "<html" not in html and "Pipeline" in html
    assert 'hx-target="#drawer"' in html
    assert f'href="/records/event/{event.pk}/"' in html  # its own page
    assert "HX-Target" in response["Vary"]


@pytest.mark.parametrize(
    ("key", "named"),
    [("visit-12", ("visit", 12)), ("visit-", None), ("visit", None), ("x-1", None), ("visit-1x", None), ("", None), ("visit-²", None)],
)
def test_the_key_of_a_record(key: str, named: tuple[str, int] | None) -> None:
    assert split_key(key) == named


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    event = EventFactory(date="2010", sources=[SourceFactory()])
    client.get(f"/records/event/{event.pk}/")
    for year in (2011, 2012):
        EventFactory(date=str(year), sources=[SourceFactory(), SourceFactory()])
        with django_assert_num_queries(11):
            client.get(f"/records/event/{event.pk}/")
