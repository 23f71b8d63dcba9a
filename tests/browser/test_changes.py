"""What changed, in Chromium: from the box on the overview to the page, a day that is chosen, an edit by an editor."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from relations.models import Visit
from tests.fixtures.browsers import NARROW, WIDE, OpenPage
from tests.fixtures.sites import Site

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def test_the_overview_leads_to_what_changed_and_the_load_is_one_line(page: Page) -> None:
    page.goto("/")
    expect(page.locator("aside.changed")).to_contain_text("The dataset was loaded on")
    page.get_by_role("link", name="See what changed").click()
    expect(page).to_have_url(re.compile("/changes/$"))
    expect(page.locator(".loaded")).to_have_count(1)
    expect(page.locator(".changes > li")).to_have_count(0)


def test_the_visit_is_kept_in_a_cookie_that_no_script_reads(page: Page) -> None:
    page.goto("/changes/")
    (kept,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "visits"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept["value"])
    assert kept["httpOnly"] and kept["sameSite"] == "Lax"
    assert "visits=" not in page.evaluate("document.cookie")


def test_a_day_that_is_chosen_stands_in_the_address(page: Page) -> None:
    page.goto("/changes/?since=1991-01-01")
    expect(page.locator("#e-since")).to_contain_text("too long ago")
    page.locator("#f-CN-KZ").check()
    page.locator("#f-show").click()
    expect(page).to_have_url(re.compile(r"since=\d{4}-\d\d-\d\d&dyad=CN-KZ"))
    expect(page.locator("#e-since")).to_have_count(0)
    expect(page.locator("#due")).to_be_visible()


def test_an_edit_stands_there_with_what_was_and_what_is(open_page: OpenPage, editable_site: Site) -> None:
    with editable_site.database():
        visit = Visit.objects.order_by("pk").first()
        visit.place = "Nanjing"
        visit.save()
    page = open_page("/changes/", site=editable_site)
    line = page.locator(".changes > li")
    expect(line).to_have_count(1)
    expect(line.locator("dt")).to_have_text("Place")
    expect(line.locator("ins")).to_contain_text("Nanjing")
    line.locator("h3 a").click()
    expect(page).to_have_url(re.compile("/records/visit/"))


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_everybody_can_read_it(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page("/changes/?since=1991-01-01", width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
