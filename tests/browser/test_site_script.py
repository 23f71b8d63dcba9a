"""What site.js does around a request of htmx. The answers are given by the test, on the page of components."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.fixtures.browsers import Complaints, OpenPage


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page with one link whose answer replaces a part of it."""
    page = open_page("/styleguide/")
    page.evaluate(
        """() => {
          const part = document.createElement("section");
          part.id = "part";
          part.innerHTML = '<h2>Before</h2><a id="ask" href="/other/" hx-get="/part/" hx-target="#part">Ask</a>'
            + '<form hx-get="/part/" hx-target="#part" hx-push-url="true"><input name="kind" value="a"><input name="kind" value="b">'
            + '<button id="send">Send</button></form>';
          document.querySelector("main").prepend(part);
          window.htmx.process(part);
        }"""
    )
    return page


def test_after_a_swap_the_focus_goes_to_the_new_part(page: Page) -> None:
    page.route("**/part/", lambda route: route.fulfill(body="<h2 data-focus>After</h2>", content_type="text/html"))
    page.locator("#ask").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="After")).to_be_focused()


def test_the_focus_stays_where_the_answer_has_the_same_control(page: Page) -> None:
    body = '<h2>After</h2><a id="ask" href="/other/">Ask again</a>'
    page.route("**/part/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.locator("#ask").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ask again")).to_be_focused()


def test_a_failure_is_said_keeps_the_page_and_can_be_tried_again(page: Page, complaints: Complaints) -> None:
    complaints.allow("500")
    complaints.allow("Response Status Error Code")
    page.route("**/part/", lambda route: route.fulfill(status=500, body="no"))
    page.locator("#ask").click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("The server could not do that")
    expect(page.get_by_role("heading", name="Before", exact=True)).to_be_visible()
    page.unroute("**/part/")
    page.route("**/part/", lambda route: route.fulfill(body="<h2>After</h2>", content_type="text/html"))
    notice.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="After")).to_be_visible()
    expect(notice).to_be_hidden()


def test_trying_again_sends_the_same_choices(page: Page, complaints: Complaints) -> None:
    complaints.allow("500")
    complaints.allow("Response Status Error Code")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.split("/part/")[1])
        route.fulfill(status=500 if len(asked) == 1 else 200, body="<h2>After</h2>", content_type="text/html")

    page.route("**/part/**", answer)
    page.locator("#send").click()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="After")).to_be_visible()
    assert asked == ["?kind=a&kind=b", "?kind=a&kind=b"]
    assert page.url.endswith("/part/?kind=a&kind=b")


def test_a_server_that_does_not_answer_is_told_apart(page: Page, complaints: Complaints) -> None:
    complaints.allow("ERR_FAILED")
    complaints.allow("htmx:")
    page.route("**/part/", lambda route: route.abort())
    page.locator("#ask").click()
    expect(page.locator("#notice")).to_contain_text("The server did not answer")
    page.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.locator("#notice")).to_be_hidden()


def test_the_page_shows_that_it_waits(page: Page) -> None:
    page.route("**/part/", lambda route: None)
    page.locator("#ask").click()
    expect(page.locator("html")).to_have_class("is-loading")
    expect(page.locator("#part")).to_have_attribute("aria-busy", "true")


def test_a_login_that_has_run_out_leads_to_the_login(page: Page) -> None:
    page.route("**/part/", lambda route: route.fulfill(status=302, headers={"location": "/login/?next=/part/"}))
    page.locator("#ask").click()
    page.wait_for_url("**/login/**")


def test_escape_and_the_cross_close_the_drawer(page: Page) -> None:
    drawer = page.locator(".drawer")
    page.evaluate("document.addEventListener('drawer:closed', () => { document.body.dataset.closed = 'yes'; })")
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_be_hidden()
    expect(page.locator("body")).to_have_attribute("data-closed", "yes")


# ---- What a reader does before the scripts have come ---------------------------------------------------------------------


def hold_scripts(page: Page) -> Callable[[], None]:
    """From now on no script comes; until the function is called that is given back."""
    held: list[Route] = []
    released = False
    page.route("**/*.js", lambda route: route.continue_() if released else held.append(route))

    def let_go() -> None:
        nonlocal released
        released = True
        for route in held:
            route.continue_()

    return let_go


@pytest.mark.parametrize(
    ("path", "choice", "then"),
    [
        ("/visits/", "#f-CN-UZ", r"\?.*dyad=CN-UZ"),  # a form that sends itself
        ("/declarations/", "#f-country-kz", r"\?country=kz$"),  # one whose answer htmx puts into the page
    ],
)
def test_a_choice_is_not_lost(open_page: OpenPage, path: str, choice: str, then: str) -> None:
    page = open_page(None)
    let_go = hold_scripts(page)
    page.goto(path, wait_until="commit")
    page.locator(choice).check()
    let_go()
    expect(page).to_have_url(re.compile(then))
    expect(page.locator(choice)).to_be_checked()


def test_what_the_reader_left_alone_sends_nothing(open_page: OpenPage) -> None:
    page = open_page(None)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.resource_type in {"document", "xhr"} else None)
    for path in ("/visits/", "/declarations/", "/indicators/", "/index/", "/timeline/", "/calendar/", "/news/", "/positions/"):
        sent.clear()
        page.goto(path, wait_until="networkidle")
        assert [url for url in sent if "live" not in url] == [page.url]
        assert page.url.endswith(path)


def test_going_back_twice_shows_what_the_address_says(open_page: OpenPage) -> None:
    page = open_page("/declarations/")
    page.locator("#f-country-kz").check()
    expect(page).to_have_url(re.compile(r"\?country=kz$"))
    page.get_by_label("Stated by").select_option("china")
    expect(page).to_have_url(re.compile("side=china"))
    let_go = hold_scripts(page)
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(r"\?country=kz$"))
    expect(page.get_by_label("Stated by")).to_have_value("")
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile("/declarations/$"))
    let_go()
    expect(page.locator("#count")).to_contain_text("188 of 188")
    expect(page.locator("#f-country-kz")).not_to_be_checked()


def test_what_htmx_puts_into_the_page_is_bound_at_once(page: Page) -> None:
    body = '<h2>After</h2><a id="then" href="/other/" hx-get="/next/" hx-target="#part">Then</a>'
    page.route("**/part/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("**/next/", lambda route: route.fulfill(body="<h2>Last</h2>", content_type="text/html"))
    page.evaluate(
        """() => {
          const part = document.getElementById("part");
          new MutationObserver(() => document.getElementById("then")?.click()).observe(part, { childList: true });
        }"""
    )
    page.locator("#ask").click()
    expect(page.get_by_role("heading", name="Last")).to_be_visible()
    assert page.url.endswith("/styleguide/")
