"""The frame that every page stands in. The styleguide is used as the page, since it shows no records."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import resolve

from relations.web.context import Frame
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
PAGE = "/styleguide/"


def html(client: Client, path: str = PAGE, **headers: str) -> str:
    return client.get(path, headers=headers or None).content.decode()


def test_every_page_says_its_language_title_and_description(client: Client) -> None:
    page = html(client)
    assert '<html lang="en">' in page
    assert "<title>Styleguide – Tianshan</title>" in page
    assert re.search(r'<meta name="description" content="[^"]{40,}">', page)


def test_the_first_link_leads_past_the_navigation(client: Client) -> None:
    page = html(client)
    assert page.index('class="skip" href="#main"') < page.index("<nav")
    assert '<main id="main"' in page


def test_the_sections_stand_in_their_order_and_the_rest_behind_more(client: Client) -> None:
    nav = html(client).split('<nav class="nav"')[1].split("</nav>")[0]
    assert re.findall(r">(\w+)</a>", nav) == [
        "Overview",
        "Countries",
        "Declarations",
        "Mechanisms",
        "Timeline",
        "Index",
        "Positions",
        "Compare",
        "Indicators",
        "Calendar",
        "Visits",
        "Changes",
        "News",
        "Feeds",
        "Sources",
    ]
    assert 'popovertarget="nav-rest"' in nav


def here(path: str) -> Frame:
    """The frame of the page at an address, without building the page."""
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return Frame(request)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", [("/", "page")]),
        ("/news/", [("/news/", "page")]),
        ("/countries/kz/", [("/countries/", "true")]),
        ("/declarations/a-slug/", [("/declarations/", "true")]),
        ("/ingestion/", [("/ingestion/", "page")]),
        ("/ingestion/7/", [("/ingestion/", "true")]),
        ("/ingestion/import/", [("/ingestion/", "true")]),
        ("/records/session/1/", [("/mechanisms/", "true")]),
        ("/records/event/1/", [("/timeline/", "true")]),
        ("/styleguide/", []),
    ],
)
def test_the_current_page_is_marked_and_a_page_within_a_section_marks_the_section(path: str, marked: list[tuple[str, str]]) -> None:
    frame = here(path)
    assert [(item.url, item.current) for item in [*frame.main, *frame.rest] if item.current] == marked


def test_more_is_marked_where_it_hides_the_current_section() -> None:
    assert here("/calendar/").rest_is_here
    assert not here("/countries/").rest_is_here


def test_the_page_marks_its_section_for_every_reader(client: Client) -> None:
    assert 'aria-current="page"' not in html(client).split('<nav class="nav"')[1].split("</nav>")[0]
    login = html(client, "/login/")
    assert "nav-more is-here" not in login


@time_machine.travel("2026-03-24")
def test_the_rail_says_up_to_when_the_facts_go(client: Client) -> None:
    EventFactory(date="2026-03-20", verification="official")
    assert 'Facts up to <time datetime="2026-03-20">20 March 2026</time>' in html(client)


def test_the_frame_costs_one_query_for_a_stranger_and_two_more_for_an_account(client: Client, django_assert_num_queries) -> None:
    html(client)
    with django_assert_num_queries(1):
        html(client)
    client.force_login(User.objects.create_user("ana"))
    with django_assert_num_queries(3):
        html(client)


@pytest.mark.parametrize(("code", "html_code"), [("fr", "fr"), ("zh-hans", "zh-Hans"), ("ru", "ru")])
def test_a_language_is_chosen_by_a_form_and_kept(client: Client, code: str, html_code: str) -> None:
    answer = client.post("/language/", {"language": code, "next": "/styleguide/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/styleguide/?a=1")
    page = html(client)
    assert f'<html lang="{html_code}">' in page
    assert re.search(rf'value="{code}" lang="{html_code}" aria-label="[^"]+" aria-pressed="true"', page)
    assert page.count('aria-pressed="true"') == 1


def test_the_language_form_comes_back_to_this_very_page(client: Client) -> None:
    assert '<input type="hidden" name="next" value="/styleguide/?a=1&amp;b=2">' in html(client, "/styleguide/?a=1&b=2")


def test_a_get_never_changes_the_language(client: Client) -> None:
    client.get("/language/?language=fr")
    assert '<html lang="en">' in html(client)


def test_a_stranger_is_offered_the_login_and_staff_the_admin(client: Client) -> None:
    assert 'href="/login/?next=%2Fstyleguide%2F"' in html(client)
    client.force_login(User.objects.create_user("reader"))
    assert "Log out" in html(client)
    assert 'href="/admin/"' not in html(client)
    client.force_login(User.objects.create_user("ana", is_staff=True))
    assert 'href="/admin/"' in html(client)


@pytest.mark.parametrize("path", ["/styleguide/", "/login/", "/no-such-page/"])
def test_no_page_has_an_inline_style_or_script_or_another_host(client: Client, path: str) -> None:
    page = html(client, path)
    assert not re.search(r"\sstyle\s*=", page)
    assert "<style" not in page
    assert not re.search(r"\son[a-z]+\s*=", page)
    for script in re.findall(r"<script[^>]*>", page):
        assert 'src="/static/' in script or 'type="application/json"' in script
    for address in re.findall(r'(?:<link[^>]*href|src)="([^"]+)"', page):
        assert address.startswith("/static/"), address


def test_htmx_keeps_to_the_content_policy(client: Client) -> None:
    page = html(client)
    assert '"includeIndicatorStyles":false' in page
    assert '"allowEval":false' in page
    assert "htmx-2.min.js" in page


def test_the_styleguide_shows_every_component(client: Client) -> None:
    page = html(client)
    parts = "facts card ladder agenda news health score provisions tracks docs sources filter chips pages empty error chart drawer"
    for part in parts.split():
        assert re.search(rf'class="[^"]*\b{part}\b', page), part
