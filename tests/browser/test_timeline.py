"""The timeline under the hand, in Chromium."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, VIOLATIONS, Complaints, OpenPage

DRAWN = ".timeline-plot.is-drawn .main-svg"

FIRST_MARK = """([lane, kind]) => {
  const plot = document.getElementById("timeline-plot"), box = plot.getBoundingClientRect();
  const trace = Charts.figure(plot).data.find((t) => t.customdata && t.meta === lane && t.name === kind);
  return { x: box.x + trace.x[0], y: box.y + trace.y[0], records: trace.customdata[0] };
}"""


def drawn(page: Page, address: str = "/timeline/") -> Page:
    """Open the page and wait for its figure."""
    page.goto(address)
    page.locator(DRAWN).first.wait_for()
    return page


def mark(page: Page, lane: str, kind: str) -> dict[str, Any]:
    """The first mark of a kind in a lane, scrolled to the middle of the window: where it stands there, and its records."""
    found: dict[str, Any] = page.evaluate(FIRST_MARK, [lane, kind])
    page.evaluate("(y) => window.scrollBy({ top: y - innerHeight / 2, behavior: 'instant' })", found["y"])
    return dict(page.evaluate(FIRST_MARK, [lane, kind]))


def click(page: Page, spot: dict[str, Any]) -> None:
    """Click a mark as a hand does: the pointer comes first and the card shows."""
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator(".hover-card")).to_contain_text(spot["records"][0][2])
    page.mouse.click(spot["x"], spot["y"])


def range_of(page: Page) -> tuple[str, str]:
    return page.locator("#from").input_value(), page.locator("#to").input_value()


def test_the_figure_is_drawn_and_nothing_complains(page: Page) -> None:
    drawn(page)
    expect(page.locator("#timeline-plot .wait")).to_be_hidden()
    assert page.locator("#timeline-plot .scatterlayer .points path").count() > 400
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_policy_holds_without_inline_styles(page: Page) -> None:
    policy = page.goto("/timeline/")
    assert policy is not None
    assert "unsafe" not in policy.headers["content-security-policy"]
    page.locator(DRAWN).first.wait_for()
    assert page.locator("style").count() == 0


def test_hovering_tells_date_title_kind_and_verification(page: Page) -> None:
    drawn(page)
    spot = mark(page, "Kazakhstan", "landmark")
    page.mouse.move(spot["x"], spot["y"])
    card = page.locator(".hover-card")
    expect(card).to_be_visible()
    _, date, title, said, _ = spot["records"][0]
    for words in (date, title, said, "Kazakhstan"):
        expect(card).to_contain_text(words)
    expect(card.locator(".verif")).not_to_be_empty()


def test_a_click_opens_the_record_beside_the_figure(page: Page) -> None:
    drawn(page)
    spot = mark(page, "Uzbekistan", "friction")
    click(page, spot)
    drawer = page.locator("#drawer")
    expect(drawer.locator("h2")).to_contain_text(spot["records"][0][2])
    expect(drawer.locator(".sources a").first).to_be_visible()
    expect(page).to_have_url(re.compile(rf"record={spot['records'][0][0]}"))
    left, right = page.locator("#timeline-plot").bounding_box(), drawer.bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"], "the drawer covers the figure"


def test_closing_the_record_takes_it_out_of_the_address(page: Page) -> None:
    drawn(page, "/timeline/?kind=friction")
    spot = mark(page, "Uzbekistan", "friction")
    click(page, spot)
    page.locator(".drawer-close").click()
    expect(page.locator("#drawer")).to_be_empty()
    expect(page).to_have_url(re.compile(r"/timeline/\?kind=friction$"))


def test_a_link_of_the_table_opens_the_same_drawer(page: Page) -> None:
    drawn(page)
    link = page.locator(".turning tbody th a").first
    title = link.inner_text()
    link.click()
    expect(page.locator("#drawer h2")).to_have_text(title)


def test_a_deep_link_restores_the_view(open_page: OpenPage) -> None:
    first = drawn(open_page(None))
    first.locator("#dyad-CN-TM").uncheck()
    expect(first).to_have_url(re.compile("dyad=CN-KZ"))
    first.locator("#from").fill("2010")
    first.locator("#from").press("Tab")  # an event made up here would leave the browser to tell of the change once more
    expect(first).to_have_url(re.compile("from=2010"))
    first.locator(".turning tbody th a").first.click()
    expect(first).to_have_url(re.compile("record="))

    second = drawn(open_page(None), first.url)
    assert range_of(second) == ("2010", first.locator("#to").input_value())
    expect(second.locator("#dyad-CN-TM")).not_to_be_checked()
    expect(second.locator("#dyad-CN-UZ")).to_be_checked()
    expect(second.locator("#drawer h2")).to_have_text(first.locator("#drawer h2").inner_text())
    expect(second.locator("#timeline-title")).to_have_text(first.locator("#timeline-title").inner_text())
    expect(second.locator(".plot-ring.is-open")).to_have_count(1)


def test_back_brings_the_view_before(page: Page) -> None:
    drawn(page)
    page.locator("#kind-visit").uncheck()
    expect(page).to_have_url(re.compile("kind="))
    page.go_back()
    expect(page).to_have_url(re.compile("/timeline/$"))
    expect(page.locator("#kind-visit")).to_be_checked()
    page.locator(DRAWN).first.wait_for()


def test_a_filter_changes_the_figure_in_place(page: Page) -> None:
    drawn(page)
    page.evaluate("document.getElementById('timeline-plot').dataset.seen = 'before'")
    page.locator("#kind-landmark").uncheck()
    page.wait_for_function("() => !Charts.figure(document.getElementById('timeline-plot')).data.some((t) => t.name === 'landmark')")
    assert page.locator("#timeline-plot").get_attribute("data-seen") == "before"
    expect(page.locator("#kind-landmark")).to_be_focused()


def test_dragging_across_the_figure_zooms(page: Page) -> None:
    drawn(page)
    page.locator("#timeline-plot").scroll_into_view_if_needed()
    box = page.locator("#timeline-plot").bounding_box()
    assert box
    y = box["y"] + 60
    page.mouse.move(box["x"] + 450, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 520, y, steps=4)
    expect(page.locator(".plot-brush")).to_be_visible()
    page.mouse.move(box["x"] + 640, y, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=20\d\d&to=20\d\d"))
    first, last = range_of(page)
    assert 2000 < int(first) < int(last) < 2020
    expect(page.locator("#drawer")).to_be_empty()


def test_the_wheel_alone_scrolls_and_with_control_zooms(page: Page) -> None:
    drawn(page)
    page.locator("#timeline-plot").hover(position={"x": 500, "y": 30})
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(400)
    expect(page).to_have_url(re.compile("/timeline/$"))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile("from="))


def test_the_figure_works_by_keyboard(page: Page) -> None:
    drawn(page)
    plot = page.locator("#timeline-plot")
    plot.focus()
    page.keyboard.press("ArrowRight")
    card = page.locator(".hover-card")
    expect(card).to_contain_text("Kazakhstan")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(card).to_contain_text("Kyrgyzstan")
    expect(plot.locator("[aria-live]")).to_contain_text("Kyrgyzstan")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_empty()
    expect(plot).to_be_focused()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("from="))
    page.locator("#timeline-plot").focus()
    page.keyboard.press("0")
    expect(page).to_have_url(re.compile("/timeline/$"))


def test_a_narrow_window_gets_the_narrow_figure_and_a_sheet(narrow_page: Page) -> None:
    drawn(narrow_page)
    assert narrow_page.evaluate("Charts.figure(document.getElementById('timeline-plot')).layout.meta.narrow")
    assert narrow_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    spot = mark(narrow_page, "Kazakhstan", "friction")
    click(narrow_page, spot)
    expect(narrow_page.locator("#drawer h2")).to_contain_text(spot["records"][0][2])
    box = narrow_page.locator("#drawer").bounding_box()
    assert box and box["width"] == NARROW and box["y"] > 200


def test_the_sheet_of_the_filter_sends_all_choices_at_once(narrow_page: Page) -> None:
    drawn(narrow_page)
    narrow_page.get_by_role("button", name="Filter").click()
    narrow_page.locator("#dyad-CN-TM").uncheck()
    narrow_page.locator("#dyad-CN-C5").uncheck()
    expect(narrow_page.locator("#filter")).to_be_visible()
    narrow_page.locator("#filter button").click()
    expect(narrow_page).to_have_url(re.compile("dyad=CN-UZ$"))


def test_the_colours_follow_the_scheme_without_a_request(page: Page) -> None:
    drawn(page)
    colour = "getComputedStyle(document.querySelector('#timeline-plot .bg, #timeline-plot .main-svg')).backgroundColor"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => {colour} !== '{light}'")
    assert asked == []


def test_another_width_brings_another_figure(page: Page) -> None:
    drawn(page)
    page.set_viewport_size({"width": 900, "height": 800})
    page.wait_for_function("() => Charts.figure(document.getElementById('timeline-plot')).layout.width < 900")


def test_the_picture_is_saved_under_a_name_that_says_the_view(page: Page) -> None:
    drawn(page, "/timeline/?dyad=CN-KZ&from=2010")
    with page.expect_download() as download:
        page.get_by_role("button", name="Image (PNG)").click()
    assert re.fullmatch(r"tianshan-timeline-kz-2010-20\d\d\.png", download.value.suggested_filename)
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_without_a_script_the_table_and_the_records_stand(open_page: OpenPage) -> None:
    page = open_page("/timeline/?kind=status", script=False)
    expect(page.locator("#timeline-plot")).to_be_hidden()
    page.locator(".turning tbody th a").first.click()
    expect(page.locator("h1")).not_to_be_empty()
    assert "/records/status/" in page.url


def test_without_a_script_the_filter_is_a_form(open_page: OpenPage) -> None:
    page = open_page("/timeline/", script=False)
    page.locator("#kind-visit").uncheck()
    page.locator("#filter button").click()
    assert "kind=status" in page.url and "kind=visit" not in page.url
    expect(page.locator("#kind-visit")).not_to_be_checked()


def test_where_plotly_cannot_be_loaded_the_table_is_named_and_another_try_is_offered(page: Page, complaints: Complaints) -> None:
    complaints.allow("ERR_FAILED")
    page.route("**/plotly-basic*.js", lambda route: route.abort())
    page.goto("/timeline/")
    expect(page.locator("#timeline-plot .error")).to_contain_text("The table below has the same records")
    page.unroute("**/plotly-basic*.js")
    page.get_by_role("button", name="Try again").click()
    page.locator(DRAWN).first.wait_for()


def test_where_the_figure_is_not_answered_the_page_says_so(page: Page, complaints: Complaints) -> None:
    complaints.allow("500")
    page.route("**/figure.json*", lambda route: route.fulfill(status=500, body="broken"))
    page.goto("/timeline/")
    expect(page.locator("#timeline-plot .error")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (NARROW, "dark")])
def test_axe_finds_nothing(open_page: OpenPage, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(None, width=width, scheme=scheme)
    drawn(page)
    page.locator(".turning tbody th a").first.click()
    expect(page.locator("#drawer h2")).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "best-practice"], **VIOLATIONS})
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("address", ["/", "/countries/kz/"])
def test_on_other_pages_a_mark_tells_what_it_stands_for_and_leads_to_its_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#timeline-plot").scroll_into_view_if_needed()
    page.locator(DRAWN).first.wait_for()
    spot = mark(page, "Kazakhstan", "friction")
    click(page, spot)
    expect(page).to_have_url(re.compile("/records/event/"))
    expect(page.locator("h1")).to_have_text(spot["records"][0][2])
