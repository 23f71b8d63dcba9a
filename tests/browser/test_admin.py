"""An editor at work in a browser, under the Content-Security-Policy: nothing may complain."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import log_in

TITLE = "Joint Statement on Water and Glaciers"


@pytest.fixture
def page(open_page, editable_site):
    """The desk of an editor, 1280 pixels wide."""
    opened = open_page(None, site=editable_site)
    log_in(opened, editable_site.add_account("ana", "Editor"))
    return opened


def choose(page: Page, field: str, words: str, offered: str = "") -> None:
    """Type into a search box of the form and take what it offers first (or what begins with `offered`)."""
    page.locator(f"#{field} + .select2").click()
    search = page.locator(".select2-container--open .select2-search__field").last
    search.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=re.compile(re.escape(offered or words), re.IGNORECASE)).first.click()


def type_provision(page: Page, number: int, side: str, topics: list[str], text: str) -> None:
    page.select_option(f"#id_provisions-{number}-side", side)
    for topic in topics:
        choose(page, f"id_provisions-{number}-topics", topic)
    page.fill(f"#id_provisions-{number}-text", text)


def test_an_editor_enters_a_declaration_with_three_provisions_publishes_it_and_sees_it_on_the_dashboard(page, editable_site):
    page.goto("/admin/relations/declaration/add/")
    page.select_option("#id_dyad", "CN-KZ")
    ticked = page.locator("input[name=parties]:checked")
    assert [box.get_attribute("value") for box in ticked.all()] == ["CN", "KZ"]
    page.fill("#id_date", "2026-11-20")
    page.fill("#id_title_en", TITLE)
    page.select_option("#id_verification", "single")

    sides = page.locator("#id_provisions-0-side option:not([disabled])")
    assert [option.get_attribute("value") for option in sides.all()] == ["", "both", "CN", "KZ"]

    choose(page, "id_signatories-0-person", "Xi Jinp", "Xi Jinping")
    page.fill("#id_signatories-1-name", "Kassym-Jomart Tokayev")
    page.fill("#id_signatories-1-office", "President")
    type_provision(page, 0, "both", ["Water", "Environment"], "The two sides will measure the glaciers together.")
    type_provision(page, 1, "KZ", ["Taiwan"], "Kazakhstan reaffirms the one-China principle.")
    type_provision(page, 2, "CN", ["Water"], "China supports fair use of the rivers.")

    with page.expect_popup() as opened:
        page.click("#add_id_citations-0-source")
    popup = opened.value
    popup.fill("#id_url", "https://example.org/glaciers")
    popup.fill("#id_publisher", "Example Daily")
    popup.click("input[name=_save]")
    expect(page.locator("#id_citations-0-source + .select2")).to_contain_text("Example Daily")

    page.locator("input[name=_publish]").first.click()
    expect(page.locator(".messagelist .success").first).to_contain_text("Published")
    page.get_by_role("link", name="See the page").click()

    page.wait_for_url("**/declarations/cn-kz-2026-11-20-joint-statement-water-glaciers/")
    expect(page.locator("h1")).to_contain_text(TITLE)
    for text in ("measure the glaciers together", "reaffirms the one-China principle", "fair use of the rivers", "Example Daily"):
        expect(page.locator("main")).to_contain_text(text)
    row = "Declaration.objects.get(slug='cn-kz-2026-11-20-joint-statement-water-glaciers')"
    assert editable_site.told(f"[{row}.state, [[p.position, p.side, p.topics] for p in {row}.provisions.all()]]") == [
        "published",
        [[1, "both", ["water", "environment"]], [2, "KZ", ["taiwan"]], [3, "CN", ["water"]]],
    ]
    assert editable_site.told(f"[[s.name, s.office] for s in {row}.signatories.all()]") == [
        ["Xi Jinping", "President"],
        ["Kassym-Jomart Tokayev", "President"],
    ]


def test_a_fourth_topic_is_not_taken_and_says_why(page):
    page.goto("/admin/relations/declaration/add/?dyad=CN-KZ")
    for topic in ("Water", "Trade", "Media"):
        choose(page, "id_provisions-0-topics", topic)

    page.locator("#id_provisions-0-topics + .select2").click()

    expect(page.locator(".select2-results__message")).to_have_text("A provision has three topics at most.")


def test_a_row_that_is_added_by_hand_has_its_sides_and_topics_too(page):
    page.goto("/admin/relations/declaration/add/?dyad=CN-C5")
    page.get_by_role("button", name="Add another Provision").or_(page.get_by_text("Add another Provision")).first.click()

    sides = page.locator("#id_provisions-3-side option:not([disabled])")
    assert [option.get_attribute("value") for option in sides.all()] == ["", "all", "C5", "CN", "KZ", "KG", "TJ", "TM", "UZ"]
    type_provision(page, 3, "C5", ["Transport"], "The five will build.")


def test_leaving_with_something_typed_asks_first(page):
    page.goto("/admin/relations/event/add/")
    page.fill("#id_title_en", "Not saved yet")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.goto("/admin/")

    assert asked == ["beforeunload"]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_pages_of_the_desk_complain_of_nothing_and_fit_the_screen(open_page, editable_site, width, scheme):
    desk = open_page(None, site=editable_site, width=width, scheme=scheme)
    log_in(desk, editable_site.add_account("ana", "Editor"))
    row = "Declaration.objects.get(slug='cn-kz-2022-09-14-joint-statement-30th-anniversary').pk"
    pk = editable_site.told(row)

    for path in (
        "",
        "relations/declaration/",
        "relations/declaration/add/?dyad=CN-KZ",
        f"relations/declaration/{pk}/change/",
        f"relations/declaration/{pk}/history/",
        "relations/visit/add/",
        "relations/source/",
    ):
        answer = desk.goto(f"/admin/{path}")
        assert answer.status == 200
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_record_is_entered_without_script(open_page, editable_site):
    desk = open_page(None, site=editable_site, script=False)
    log_in(desk, editable_site.add_account("ana", "Editor"))
    desk.goto("/admin/relations/declaration/add/?dyad=CN-KZ")
    desk.fill("#id_date", "2026-11-21")
    desk.fill("#id_title_en", "Plan without script")
    desk.select_option("#id_provisions-0-side", "both")
    desk.select_option("#id_provisions-0-topics", ["water", "trade"])
    desk.fill("#id_provisions-0-text", "They agree.")
    desk.locator("input[name=_draft]").first.click()

    expect(desk.locator(".messagelist .success").first).to_contain_text("Plan without script")


def test_an_empty_form_begins_in_its_first_field(page):
    for path, field in (("visit", "id_dyad"), ("source", "id_url")):
        page.goto(f"/admin/relations/{path}/add/")
        expect(page.locator(f"#{field}")).to_be_focused()
