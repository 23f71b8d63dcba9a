"""The frame of every page, in Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage, log_in_by_form
from tests.fixtures.sites import Site


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_stands_without_complaint(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page("/", width=width, scheme=scheme)
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_an_editor_logs_into_the_admin(open_page: OpenPage, editable_site: Site) -> None:
    account = editable_site.add_account("ana", superuser=True)
    page: Page = open_page(None, site=editable_site)
    log_in_by_form(page, account)
    expect(page.locator("#user-tools")).to_contain_text("ana")
