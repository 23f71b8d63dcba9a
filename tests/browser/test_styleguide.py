"""Every component, looked at by axe and measured, in both colour schemes and both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def findings(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/styleguide/", "/login/"])
def test_axe_finds_nothing(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    assert findings(page) == []


@pytest.mark.parametrize("width", [360, 390, 820, 1100, 1280])
def test_nothing_runs_out_of_the_page(open_page: OpenPage, width: int) -> None:
    page = open_page("/styleguide/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("path", ["/styleguide/", "/login/"])
def test_what_a_thumb_has_to_hit_is_high_enough(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=NARROW)
    low = page.evaluate(
        """() => [...document.querySelectorAll(
            "button, select, input:not([type=hidden]):not([type=checkbox]), .nav a, .chip, .pages a, .opts label")]
          .filter((e) => e.getClientRects().length && e.closest("nav, main") && !e.closest(".navspec") && !e.matches(".linklike"))
          .filter((e) => e.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert low == []


def test_the_table_of_a_chart_stands_open_without_a_script_and_waits_with_one(open_page: OpenPage) -> None:
    expect(open_page("/styleguide/", script=False).locator("#example-table table")).to_be_visible()
    page = open_page("/styleguide/")
    expect(page.locator("#example-table table")).to_be_hidden()
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator("#example-table table")).to_be_visible()


def test_more_opens_the_other_sections_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/styleguide/", width=NARROW, script=False)
    expect(page.get_by_role("link", name="Calendar", exact=True)).to_be_hidden()
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("link", name="Calendar", exact=True)).to_be_visible()


def test_the_keyboard_reaches_the_content_first(open_page: OpenPage) -> None:
    page = open_page("/styleguide/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
