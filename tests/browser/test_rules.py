"""Rules with words as long as somebody may have stored: every page that shows them keeps its width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from relations.models import Rule
from tests.browser.test_ingestion import add_feed
from tests.factories import NewsItemFactory
from tests.fixtures.browsers import NARROW, WIDE, OpenPage, log_in
from tests.fixtures.sites import Site

LONG = "x" * 3000
_TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_long_word_of_a_rule_breaks_no_page(editable_site: Site, open_page: OpenPage, width: int) -> None:
    pk = add_feed(editable_site, "https://steppe.example/feed")
    with editable_site.database():
        rule = Rule.objects.create(action="block", words=LONG, feed_id=pk)
        Rule.objects.create(action="block", words="horse racing")
        NewsItemFactory(feed=rule.feed, outlet=rule.feed.outlet, title="z" * 300)
    page = open_page(None, site=editable_site, width=width)
    log_in(page, editable_site.add_account("ana", "Editor"))
    addresses = (
        f"/ingestion/{pk}/", "/admin/relations/rule/", f"/admin/relations/rule/{rule.pk}/change/",
        f"/admin/relations/rule/{rule.pk}/history/",
    )  # fmt: skip
    for address in addresses:
        page.goto(address)
        assert page.evaluate(_TOO_WIDE) <= 0, f"{address} scrolls sideways"
    page.goto("/admin/relations/rule/")
    if width == WIDE:
        expect(page.locator("#result_list .field-hides_now").last).to_be_in_viewport(ratio=1)

    page.goto(f"/admin/relations/rule/{rule.pk}/change/")
    page.fill("#id_words", "y" * 200)
    with page.expect_popup() as opened:
        page.click("input[name=_test]")
    expect(opened.value.locator("#content-main")).to_contain_text("yyy")
    assert opened.value.evaluate(_TOO_WIDE) <= 0, "the page of the test scrolls sideways"
