"""Anniversaries in Chromium: filters, the figure, from a jubilee ahead to what the earlier ones brought."""

import re

from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, OpenPage


def test_a_filter_acts_at_once_and_a_jubilee_leads_to_its_records(page: Page) -> None:
    page.goto("/anniversaries/")
    before = page.locator(".jubilees > li").count()
    assert before
    page.locator("#f-treaty").check()
    expect(page).to_have_url(re.compile(r"kind=treaty"))
    expect(page.locator("#f-treaty")).to_be_checked()
    page.locator(".jubilees h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/anniversaries/treaty/\d+/"))
    page.locator(".brought a").first.click()
    expect(page).to_have_url(re.compile(r"/(declarations|records)/"))


def test_the_weeks_are_drawn_and_saved(page: Page) -> None:
    page.goto("/anniversaries/")
    page.locator("#weeks").scroll_into_view_if_needed()
    expect(page.locator("#weeks-plot.is-drawn")).to_be_visible()
    expect(page.locator("#weeks-plot .barlayer .trace")).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("button", name="Image (PNG)").click()
    assert download.value.suggested_filename == "weeks.png"


def test_a_phone_keeps_the_filter_in_a_sheet(open_page: OpenPage) -> None:
    page = open_page("/anniversaries/", width=NARROW)
    expect(page.locator("#filter")).to_be_hidden()
    page.locator('[popovertarget="filter"]').click()
    page.locator("#f-CN-UZ").check()
    page.locator("#f-status").check()
    page.locator("#f-show").click()
    expect(page).to_have_url(re.compile(r"dyad=CN-UZ&kind=status"))


def test_without_a_script_the_list_and_the_table_are_there(open_page: OpenPage) -> None:
    page = open_page("/anniversaries/?dyad=CN-KZ", script=False)
    expect(page.locator(".jubilees > li").first).to_be_visible()
    expect(page.locator("#weeks-table tbody tr")).to_have_count(13)
