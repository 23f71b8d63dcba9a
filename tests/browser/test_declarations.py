"""Declarations and sources, in Chromium: filter, open, go back; nothing overflows, axe finds nothing."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from relations.models import ReadingCount
from tests.fixtures.browsers import NARROW, WIDE, Complaints, OpenPage
from tests.fixtures.sites import Site

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
SHOWCASE = "/declarations/cn-kz-2022-09-14-joint-statement-30th-anniversary/"
PAGES = (
    "/declarations/",
    "/declarations/?q=taiwan&side=partner&from=1800",
    "/declarations/?topic=space&to=1995",
    SHOWCASE,
    f"{SHOWCASE}?order=text",
    "/declarations/c5-2023-05-19-xian-declaration/",
    "/declarations/cn-kz-1995-09-11-further-development-friendly-relations/",
    "/sources/",
)


def findings(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [360, 820, 1100])
def test_nothing_overflows_between_the_widths(open_page: OpenPage, width: int) -> None:
    page = open_page("/declarations/?q=taiwan", width=width)
    for path in (None, SHOWCASE, "/sources/"):
        if path:
            page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_filter_open_one_and_come_back(page: Page) -> None:
    page.goto("/declarations/")
    page.get_by_role("checkbox", name=re.compile("Kazakhstan")).check()
    expect(page).to_have_url(re.compile(r"/declarations/\?country=kz$"))
    expect(page.locator("#count")).to_contain_text("82 of 188 documents")
    expect(page.get_by_role("checkbox", name=re.compile("Kazakhstan"))).to_be_focused()
    page.get_by_label("Topic").select_option("taiwan")
    expect(page.locator("#count")).to_contain_text("5 of 188 documents, 9 provisions found")
    expect(page.get_by_label("Stated by").locator("option[value=together]")).to_be_disabled()
    page.get_by_label("From year").fill("2022")
    page.get_by_label("From year").press("Enter")
    expect(page).to_have_url(re.compile("from=2022"))
    page.get_by_label("To year").fill("2022")
    page.get_by_label("To year").press("Enter")
    expect(page.locator("#count")).to_contain_text("1 of 188 documents")
    address = page.url
    page.get_by_role("link", name="Joint Statement on the 30th Anniversary").click()
    expect(page.locator("h1")).to_contain_text("30th Anniversary")
    expect(page.get_by_text("Kazakhstan alone adds three, all on Taiwan")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.locator("#count")).to_contain_text("1 of 188 documents")
    expect(page.get_by_label("To year")).to_have_value("2022")


def test_a_chip_takes_itself_away_and_a_page_number_leads_on(page: Page) -> None:
    page.goto("/declarations/?country=kz&kind=agreement")
    page.get_by_role("link", name=re.compile("^Agreement ?, remove")).click()
    expect(page).to_have_url(re.compile(r"\?country=kz$"))
    expect(page.get_by_role("checkbox", name=re.compile("^Agreement"))).not_to_be_checked()
    page.get_by_role("navigation", name=re.compile("Pages")).get_by_role("link", name="2", exact=True).click()
    expect(page).to_have_url(re.compile(r"country=kz&page=2$"))
    expect(page.get_by_text("26–50 of 82")).to_be_visible()


def test_back_undoes_one_filter_after_the_other(page: Page) -> None:
    page.goto("/declarations/")
    page.get_by_label("From year").fill("2023")
    page.get_by_label("From year").press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2023$"))
    page.get_by_label("Stated by").select_option("china")
    expect(page).to_have_url(re.compile(r"\?side=china&from=2023$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?from=2023$"))
    expect(page.get_by_label("Stated by")).to_have_value("")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/declarations/$"))
    expect(page.locator("#count")).to_contain_text("188 of 188")


def test_a_choice_made_before_an_answer_has_come_is_not_lost(page: Page, complaints: Complaints) -> None:
    complaints.allow("sendAbort")  # the first request gives way to the second
    complaints.allow("afterRequest")
    page.goto("/declarations/")
    page.evaluate("document.getElementById('f-country-kz').click(); document.getElementById('f-kind-treaty').click()")
    expect(page).to_have_url(re.compile(r"\?country=kz&kind=treaty$"))
    expect(page.locator("#count")).to_contain_text("3 of 188")
    expect(page.locator("#f-kind-treaty")).to_be_checked()
    expect(page.locator("#f-country-kz")).to_be_checked()


def test_what_is_being_typed_survives_the_answer_to_another_filter(page: Page) -> None:
    page.goto("/declarations/")
    page.evaluate(
        """() => {
          document.getElementById("f-country-kz").click();
          document.getElementById("f-to").value = "20";
          document.getElementById("f-to").focus();
        }"""
    )
    expect(page.locator("#count")).to_contain_text("82 of 188")
    expect(page.get_by_label("To year")).to_have_value("20")
    expect(page.get_by_label("To year")).to_be_focused()


def test_words_are_searched_when_enter_is_pressed(page: Page) -> None:
    page.goto("/declarations/")
    page.get_by_label("Words").fill("vaccination")
    page.get_by_label("Words").press("Enter")
    expect(page.locator("#count")).to_contain_text("provision")
    expect(page.locator(".hits").first).to_contain_text("vaccination")


def test_on_a_phone_the_filter_opens_as_a_sheet_and_stays_open(narrow_page: Page) -> None:
    narrow_page.goto("/declarations/")
    expect(narrow_page.locator("#filter")).to_be_hidden()
    narrow_page.get_by_role("button", name="Filter", exact=True).click()
    narrow_page.get_by_role("checkbox", name=re.compile("Turkmenistan")).check()
    expect(narrow_page.locator("#f-show")).to_have_text("Show 50 documents")
    expect(narrow_page.locator("#filter")).to_be_visible()
    narrow_page.get_by_role("button", name="Close", exact=True).first.click()
    expect(narrow_page.locator("#filter")).to_be_hidden()
    expect(narrow_page.locator("#count")).to_contain_text("50 of 188 documents")
    narrow_page.locator(".declarations tbody tr").first.get_by_role("link").first.click()
    expect(narrow_page.locator("h1")).to_be_visible()
    narrow_page.go_back()
    expect(narrow_page).to_have_url(re.compile(r"\?country=tm$"))


def test_without_a_script_the_button_filters(open_page: OpenPage) -> None:
    page = open_page("/declarations/", script=False)
    page.get_by_role("checkbox", name=re.compile("Uzbekistan")).check()
    page.get_by_role("button", name=re.compile("^Show")).click()
    expect(page.locator("#count")).to_contain_text("66 of 188 documents")
    expect(page.get_by_role("checkbox", name=re.compile("Uzbekistan"))).to_be_checked()


def test_the_tracks_lead_to_the_provisions_and_the_order_can_be_changed(page: Page) -> None:
    page.goto(SHOWCASE)
    page.locator('.score a[href="#p11"]').first.click()
    expect(page).to_have_url(re.compile("#p11$"))
    expect(page.locator("#p11")).to_be_in_viewport()
    page.get_by_role("link", name="In the order of the text").click()
    numbers = page.locator(".in-order > li > .no").all_inner_texts()
    assert numbers == [str(number) for number in range(1, 23)]


def test_the_search_of_sources_changes_the_list_alone(page: Page) -> None:
    page.goto("/sources/")
    page.get_by_label("Words").fill("kazinform")
    page.get_by_label("Words").press("Enter")
    expect(page.locator("#list")).to_contain_text(re.compile(r"\d+ of 1377 sources"))
    expect(page).to_have_url(re.compile(r"/sources/\?q=kazinform"))
    expect(page.locator("#list .sources > li").first).to_contain_text(re.compile("kazinform", re.I))


@pytest.mark.parametrize("path", ["/declarations/", SHOWCASE, "/sources/"])
def test_what_a_thumb_has_to_hit_is_high_enough(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=NARROW)
    for opener in page.get_by_role("button", name="Filter", exact=True).all():
        opener.click()
    low = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input:not([type=hidden], [type=checkbox]), .chip, .pages a, .opts label")]
          .filter((e) => e.closest("main") && e.getClientRects().length && e.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert low == []


def test_the_table_of_what_was_read_hints_that_it_scrolls_and_its_bars_stand_beside_their_words(
    editable_site: Site, open_page: OpenPage
) -> None:
    with editable_site.database():
        ReadingCount.objects.create(month="2026-11", language="en", read=12, relevant=11, linked=12, drafted=3)
    page = open_page("/sources/", site=editable_site, width=NARROW)
    plot = page.locator(".plot:has(> .by-month)")
    assert plot.evaluate("plot => plot.scrollWidth > plot.clientWidth"), "there is nothing to scroll"
    assert "scroll" in plot.evaluate("plot => getComputedStyle(plot).backgroundAttachment")
    for row in page.locator(".funnel tbody tr").all()[:3]:
        word, bar = row.locator("td").first.bounding_box(), row.locator("rect").bounding_box()
        assert word and bar
        assert abs(word["y"] + word["height"] / 2 - bar["y"] - bar["height"] / 2) < 2, row.inner_text()
