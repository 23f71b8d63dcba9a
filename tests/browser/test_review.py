"""The editors' desk in Chromium: from a feed to the page of a country, by hand, by keyboard, and by two editors at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email.utils import format_datetime
from html import escape

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Page, expect

from tests.browser.test_ingestion import add_feed, logged_in
from tests.factories import DraftedCandidateFactory, drafted
from tests.fixtures.browsers import NARROW, VIOLATIONS, Complaints, OpenPage, arrives
from tests.fixtures.processes import ROOT
from tests.fixtures.sites import Account, Site
from tests.ingest.feed_server import FeedServer, start

ARTICLE = ROOT / "tests" / "articles" / "development" / "d03-fr.txt"


def rss(title: str, body: str) -> str:
    """A feed with one entry that holds a whole article."""
    day = format_datetime(dt.datetime(2022, 1, 6, 12, tzinfo=dt.UTC))
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n"))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Le Courrier</title><link>https://courrier.example/</link><description>-</description><language>fr</language>"
        f"<item><title>{escape(title)}</title><link>https://courrier.example/1</link><guid>1</guid><pubDate>{day}</pubDate>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item></channel></rss>"
    )


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """A server of feeds on the loopback interface."""
    server, stop = start()
    yield server
    stop()


@pytest.fixture
def site(editable_site: Site) -> Site:
    """A dashboard that may fetch from this machine."""
    return editable_site


@pytest.fixture
def ana(site: Site) -> Account:
    return site.add_account("ana", "Editor")


@pytest.fixture
def waiting(site: Site) -> int:
    """Three candidates that wait; the key of the first."""
    with site.database():
        first = DraftedCandidateFactory(item__outlet__slug="desk-agency", item__url="https://agency.example/1")
        for number in (2, 3):
            DraftedCandidateFactory(
                created=first.created + dt.timedelta(hours=number),
                item__outlet__slug=f"desk-agency-{number}",
                item__title=f"Report {number}",
                item__key=f"desk-{number}",
                draft=drafted(date=f"1991-0{number}-01"),
            )
        return int(first.pk)


def sees_nothing_wrong(page: Page) -> None:
    found = Axe().run(page, options=VIOLATIONS)
    assert not found.response["violations"], found.generate_report()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"


def test_from_a_feed_to_the_page_of_the_country(site: Site, feeds: FeedServer, ana: Account, open_page: OpenPage) -> None:
    title, _blank, body = ARTICLE.read_text(encoding="utf-8").partition("\n\n")
    address = feeds.serve("/courrier", rss(title, body))
    add_feed(site, address, name="Le Courrier")
    site.manage("ingest", address)
    site.manage("read_news")
    page = logged_in(open_page, site, ana, "/review/")

    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("#i-kind")).to_have_value("joint_declaration")
    expect(page.locator("#i-date")).to_have_value("2022-01-04")
    expect(page.locator("input[name=party]:checked")).to_have_count(2)
    assert page.locator(".article mark").count() >= 8
    sees_nothing_wrong(page)

    page.locator("#i-title").fill("Declaration that came from the news")
    page.locator("#p1 input[name$=-drop]").check()
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator(".messages")).to_contain_text("Accepted: a declaration in draft with")
    assert site.told("Declaration.objects.get(title_en__startswith='Declaration that').state") == "draft"
    page.goto("/countries/tj/")
    expect(page.locator("main")).not_to_contain_text("Declaration that came from the news")

    page.goto("/review/?state=accepted")
    page.locator(".queue a[href^='/admin/']").click()
    page.get_by_role("button", name="Publish").first.click()
    expect(page.locator(".messagelist")).to_contain_text("Published: it now shows on the dashboard.")
    page.goto("/countries/tj/")
    page.get_by_role("link", name="Declaration that came from the news").first.click()
    expect(page.locator("main")).to_contain_text("Les deux États veulent remettre en état la route")
    expect(page.locator("main")).to_contain_text("Le Courrier")


def test_the_desk_is_worked_by_keyboard(site: Site, ana: Account, waiting: int, open_page: OpenPage) -> None:
    page = logged_in(open_page, site, ana, f"/review/{waiting}/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    arrives(page, "Report 2")
    page.keyboard.press("k")
    arrives(page, "China and Kazakhstan issue a joint statement")

    page.locator("#i-place").focus()
    page.keyboard.type("ajrns?k")
    expect(page.locator("#i-place")).to_have_value("ajrns?kAstana")
    page.locator("main").focus()

    page.keyboard.press("s")
    expect(page.locator("#i-second-kind")).to_be_focused()
    expect(page.locator("#p1 .to-second")).to_be_visible()
    expect(page.locator("#p1 .to-second")).to_be_in_viewport()
    page.locator("#i-place").fill("Astana")
    page.locator("main").focus()
    page.keyboard.press("n")
    arrives(page, "Report 2")
    page.keyboard.press("r")
    expect(page.locator("#i-reason")).to_be_focused()
    page.keyboard.type("no document")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".messages")).to_contain_text("Rejected; the reason is kept.")
    arrives(page, "Report 3")
    page.keyboard.press("a")
    expect(page.locator(".messages")).to_contain_text("Accepted: a declaration in draft with 2 provisions.")
    assert site.told("[c.state for c in Candidate.objects.order_by('created')]") == ["pending", "rejected", "accepted"]


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_the_reason_rejects(site: Site, ana: Account, waiting: int, open_page: OpenPage, script: bool) -> None:
    page = logged_in(open_page, site, ana, f"/review/{waiting}/", script=script)
    page.locator("summary", has_text="Reject").click()
    page.locator("#i-reason").fill("only a rumour")
    page.locator("#i-reason").press("Enter")
    expect(page.locator(".messages")).to_contain_text("Rejected; the reason is kept.")
    assert site.told(f"Candidate.objects.get(pk={waiting}).reason") == "only a rumour"


def test_a_rejection_that_is_refused_keeps_what_was_typed(
    site: Site, ana: Account, waiting: int, open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.allow("status of 422")
    page = logged_in(open_page, site, ana, f"/review/{waiting}/")
    page.locator("#i-title").fill("My title")
    page.keyboard.press("Tab")
    page.locator("summary", has_text="Reject").click()
    page.locator("#i-reason").press("Enter")
    expect(page.locator(".error")).to_contain_text("Say why")
    expect(page.locator("#i-title")).to_have_value("My title")


def test_what_is_typed_is_not_lost_unasked(site: Site, ana: Account, waiting: int, open_page: OpenPage, complaints: Complaints) -> None:
    complaints.allow("status of 422")
    page = logged_in(open_page, site, ana, f"/review/{waiting}/")
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stays)
    page.locator("#i-title").fill("My title")
    page.locator("main").focus()
    page.keyboard.press("j")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.locator("#i-title")).to_have_value("My title")

    page.locator("#i-date").fill("soon")
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator("#e-date")).to_contain_text("This is not a date")
    assert len(asked) == 1, "sending is no leaving"
    page.get_by_role("link", name="Next").click()
    page.wait_for_timeout(500)
    assert len(asked) == 2, "what was refused is not stored either"

    page.locator("#i-date").fill("2022-09-14")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".messages")).to_contain_text("The draft is kept.")
    page.locator("#p1 input[name$=-drop]").check()
    page.locator("#p1 input[name$=-drop]").uncheck()
    page.locator("main").focus()
    page.keyboard.press("j")
    arrives(page, "Report 2")
    assert len(asked) == 2, "nothing was typed that is not stored"


def test_a_provision_and_its_words_light_each_other_up(site: Site, ana: Account, waiting: int, open_page: OpenPage) -> None:
    page = logged_in(open_page, site, ana, f"/review/{waiting}/")
    page.locator("mark[data-p='2']").hover()
    expect(page.locator("#p2")).to_have_class("is-lit")
    page.locator("#p1-text").focus()
    page.locator("h1").hover()
    expect(page.locator("mark[data-p='2']")).to_have_class("is-together is-lit")
    expect(page.locator("#p1")).not_to_have_class("is-lit")
    page.locator("#t1").click()
    assert page.url.endswith("#p1")
    lines = page.evaluate("[...document.querySelectorAll('.text mark')].map((mark) => getComputedStyle(mark).textDecorationStyle)")
    assert set(lines) == {"solid", "double"}, "the sides differ by shape as well as by colour"


def test_two_editors_on_one_candidate(site: Site, ana: Account, waiting: int, open_page: OpenPage) -> None:
    ben = site.add_account("ben", "Editor")
    first = logged_in(open_page, site, ana, f"/review/{waiting}/")
    first.wait_for_load_state("networkidle")
    second = logged_in(open_page, site, ben, f"/review/{waiting}/")
    expect(second.locator("#presence")).to_contain_text("ana has this draft open")
    first.reload()
    expect(first.locator("#presence")).to_contain_text("ben has this draft open")
    first.locator("#i-place").fill("Almaty")
    first.get_by_role("button", name="Save").first.click()
    expect(first.locator(".messages")).to_contain_text("The draft is kept.")
    second.locator("#i-occasion").fill("My words")
    # A conflict is answered as such: the browser notes it.
    second.get_by_role("button", name="Save").first.click()
    expect(second.locator("#stale")).to_contain_text("ana saved the draft: Place")
    expect(second.locator("#i-occasion")).to_have_value("My words")
    assert site.told(f"Candidate.objects.get(pk={waiting}).draft['place']") == "Almaty"


@pytest.fixture(autouse=True)
def conflicts(complaints) -> None:  # type: ignore[no-untyped-def]
    complaints.allow("status of 409")


def test_it_works_without_a_script(site: Site, ana: Account, waiting: int, open_page: OpenPage) -> None:
    page = logged_in(open_page, site, ana, f"/review/{waiting}/", script=False)
    page.locator("#p2 input[name$=-part]").check()
    page.locator(".split summary").click()
    page.locator("#i-second-kind").select_option("treaty")
    page.get_by_role("button", name="Split").click()
    expect(page.locator(".messages")).to_contain_text("Two drafts now; this is the first.")
    page.get_by_role("link", name="The second one").click()
    expect(page.locator("#i-kind")).to_have_value("treaty")
    page.locator("summary", has_text="Reject").click()
    page.locator("#i-reason").fill("only one")
    page.locator("button[value=reject]").click()
    expect(page.locator(".messages")).to_contain_text("Rejected")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_one_below_the_other_and_a_jump(site: Site, ana: Account, waiting: int, open_page: OpenPage, scheme: str) -> None:
    page = logged_in(open_page, site, ana, f"/review/{waiting}/", width=NARROW, scheme=scheme)
    fits(page)
    article, draft = page.locator("#article").bounding_box(), page.locator("#draft").bounding_box()
    assert article
    assert draft
    assert draft["y"] >= article["y"] + article["height"]
    page.locator("#p1 select[name=p0-topic]").first.select_option("science_tech")
    cut = """[...document.querySelectorAll('.says-what textarea')].filter((field) => field.scrollHeight > field.clientHeight + 1).length"""
    assert page.evaluate(cut) == 0, "the end of a provision is hidden"
    # A copy of the select that may be as wide as it likes is no wider than what is there.
    narrower = """[...document.querySelectorAll('.says-what [name$=-topic]')].filter((field) => {
        const copy = field.cloneNode(true); copy.value = field.value; copy.className = ''; copy.style.flex = 'none';
        field.parentElement.append(copy); const wanted = copy.getBoundingClientRect().width; copy.remove();
        return wanted > field.getBoundingClientRect().width + 1; }).length"""
    assert page.evaluate(narrower) == 0, "a topic is cut"
    page.get_by_role("link", name="To the draft").click()
    expect(page.locator("#draft-title")).to_be_in_viewport()
    page.get_by_role("link", name="To the article").click()
    expect(page.locator("#article-title")).to_be_in_viewport()
    sees_nothing_wrong(page)
    page.goto("/review/")
    fits(page)
    sees_nothing_wrong(page)


def test_a_declaration_is_drafted_from_a_pasted_text(site: Site, ana: Account, open_page: OpenPage) -> None:
    page = logged_in(open_page, site, ana, "/admin/relations/declaration/add/")
    page.get_by_role("link", name="Draft from text").click()
    page.locator("#id_text").fill(ARTICLE.read_text(encoding="utf-8"))
    page.locator("#id_published").fill("2022-01-06")
    before = site.told("Declaration.objects.count()")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".messagelist")).to_contain_text("Nothing is saved until you save.")
    expect(page.locator("#id_date")).to_have_value("2022-01-04")
    assert site.told("Declaration.objects.count()") == before
    page.get_by_role("button", name="Save as draft").first.click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert site.told("Declaration.objects.filter(state='draft', dyad='CN-TJ').latest('pk').provisions.count()") >= 8
