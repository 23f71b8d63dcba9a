"""The editors' desk: who may enter, and what it shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from relations.models import Candidate, ItemReading
from relations.web import review_form
from tests.factories import (
    REPORT,
    DraftedCandidateFactory,
    drafted,
)
from tests.web.review.browser import NOW, account, form, page
from tests.web.test_news import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Queries = Callable[..., Any]


# ---- Who may enter --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/review/", "/review/{pk}/"])
def test_it_is_for_editors_alone(client: Client, candidate: Candidate, path: str) -> None:
    path = path.format(pk=candidate.pk)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={path}")
    client.force_login(account("vera", "Viewer"))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/review/{pk}/", "/review/{pk}/open/"])
def test_nobody_else_decides(client: Client, candidate: Candidate, path: str) -> None:
    path = path.format(pk=candidate.pk)
    assert client.post(path, {"do": "reject", "reason": "x", "version": 0}).status_code == 302
    client.force_login(account("vera", "Viewer"))
    assert client.post(path, {"do": "reject", "reason": "x", "version": 0}).status_code == 403
    candidate.refresh_from_db()
    assert (candidate.state, candidate.opened) == ("pending", None)


def test_the_navigation_has_it_for_editors_with_what_waits(client: Client, candidate: Candidate) -> None:
    assert "/review/" not in client.get("/news/").content.decode()
    client.force_login(account("vera", "Viewer"))
    assert "/review/" not in client.get("/news/").content.decode()
    client.force_login(account("ana", "Editor"))
    html = client.get("/news/").content.decode()
    assert re.search(r'<a href="/review/">Review <small class="muted">1</small></a>', html)
    assert 'href="/review/"' in client.get("/admin/").content.decode()


def test_a_look_writes_nothing(desk: Client, candidate: Candidate) -> None:
    page(desk, candidate)
    candidate.refresh_from_db()
    assert (candidate.opened, candidate.version) == (None, 0)


# ---- The queue ------------------------------------------------------------------------------------------------------------------


def test_the_queue_tells_what_waits(desk: Client, candidate: Candidate) -> None:
    html = words(desk.get("/review/").content.decode())
    assert "1 draft from the news awaits an editor." in html
    assert "2 days China and Kazakhstan issue a joint statement" in html
    assert "Joint statement" in html
    assert "2 provisions" in html
    assert "Agency" in html


def test_a_wait_of_minutes_is_told_in_few_letters(desk: Client) -> None:
    DraftedCandidateFactory(created=NOW - dt.timedelta(minutes=20))
    assert "&lt; 1 h</time>" in desk.get("/review/").content.decode()


@pytest.mark.parametrize(("text", "lines"), [("", 2), ("word " * 40, 4), ("双方" * 40, 3), ("a\nb\nc", 3), ("word " * 4000, 14)])
def test_a_field_is_as_high_as_its_words(text: str, lines: int) -> None:
    assert review_form.lines(text) == lines


def test_an_empty_queue_says_how_drafts_come(desk: Client) -> None:
    html = desk.get("/review/").content.decode()
    assert "Nothing is waiting" in html
    assert 'href="/admin/relations/declaration/draft/"' in html


def test_filters_that_leave_nothing_lead_back(desk: Client, candidate: Candidate) -> None:
    assert "No draft passes these filters" in desk.get("/review/?dyad=CN-UZ").content.decode()
    assert "Nothing was decided yet" in desk.get("/review/?state=rejected").content.decode()


def test_values_that_make_no_sense_are_said(desk: Client, candidate: Candidate) -> None:
    html = words(desk.get("/review/?dyad=XX&age=old&state=lost&page=x").content.decode())
    assert "Not known, ignored: XX" in html
    assert "Not known, ignored: old" in html
    assert "Not known, ignored: lost" in html
    assert "There is no page “x”" in html


def test_the_queue_is_paged_and_costs_the_same(desk: Client, django_assert_num_queries: Queries) -> None:
    DraftedCandidateFactory()
    desk.get("/review/")
    with django_assert_num_queries(8) as few:
        desk.get("/review/")
    for _ in range(29):
        DraftedCandidateFactory()
    with django_assert_num_queries(len(few)):
        html = desk.get("/review/").content.decode()
    assert html.count("<h2><a ") == 25
    assert "1–25 of 30" in html


# ---- A candidate ------------------------------------------------------------------------------------------------------------------


def test_the_article_stands_beside_its_draft(desk: Client, candidate: Candidate) -> None:
    html = page(desk, candidate)
    article = re.search(r'<div class="text"[^>]*>(.*?)</div>', html, re.S)
    assert article
    marks = re.findall(r'<mark class="([\w-]+)" data-side="(\w*)" data-p="(\d)">', article[1])
    assert marks == [("is-cn", "CN", "1"), ("is-cn", "CN", "1"), ("is-cn", "CN", "1"), ("is-together", "KZ", "2")]
    plain = re.sub(r'<a class="at".*?</a>', "", article[1], flags=re.S)
    assert re.sub(r"<[^>]+>", "", plain) == REPORT
    assert 'id="t2" href="#p2"' in html
    assert 'href="#t2"' in html
    assert 'id="p2"' in html
    data = form(html)
    assert data["kind"] == ["joint_statement"]
    assert data["party"] == ["CN", "KZ"]
    assert data["p1-text"] == ["The two sides will build a railway."]
    assert data["p1-side"] == ["both"]
    assert data["p1-topic"] == ["transport", "", ""]


def test_what_an_article_says_is_never_markup(desk: Client) -> None:
    text = "<b>Title</b>\n\n<script>alert(1)</script> & “The two sides will build.”"
    start = text.index("<script>")
    said = {"text": text[start:], "start": start, "end": len(text), "side": "both", "topics": ["trade"]}
    evil = DraftedCandidateFactory(text=text, item__title="<i>Title</i>", draft=drafted(provisions=[said], place='"><img src=x>'))
    html = page(desk, evil)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<i>Title" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “The two" in html


def test_a_page_costs_the_same_however_much_it_says(desk: Client, candidate: Candidate, django_assert_num_queries: Queries) -> None:
    long = DraftedCandidateFactory(draft=drafted(provisions=drafted()["provisions"] * 20))
    page(desk, candidate)
    with django_assert_num_queries(12) as few:
        page(desk, candidate)
    with django_assert_num_queries(len(few)):
        page(desk, long)


def test_where_the_text_is_no_longer_kept_the_page_says_so(desk: Client) -> None:
    html = page(desk, DraftedCandidateFactory(text=""))
    assert "The text is no longer kept" in html
    assert 'href="#t1"' not in html


def test_an_article_that_is_gone_is_told(desk: Client) -> None:
    html = page(desk, _without_item())
    assert "The article is not stored any more" in html


def _without_item() -> Candidate:
    candidate: Candidate = DraftedCandidateFactory()
    candidate.item.delete()
    candidate.refresh_from_db()
    return candidate


def test_a_candidate_that_is_gone_is_a_page_of_its_own(desk: Client) -> None:
    answer = desk.get("/review/4711/")
    assert answer.status_code == 404
    assert "This draft is not there any more" in answer.content.decode()
    assert desk.get(f"/review/{10**30}/").status_code == 404
    assert desk.post("/review/4711/", {"do": "save"}).status_code == 404
    assert desk.post("/review/4711/open/").status_code == 404


def test_next_and_previous_keep_the_filters(desk: Client, candidate: Candidate) -> None:
    later = DraftedCandidateFactory(created=candidate.created + dt.timedelta(hours=1))
    html = page(desk, candidate, "?dyad=CN-KZ&page=3")
    assert f'href="/review/{later.pk}/?dyad=CN-KZ" rel="next" data-key="next"' in html
    assert 'rel="prev"' not in html


def test_the_page_tells_that_it_is_open_and_who_else_is_here(desk: Client, candidate: Candidate) -> None:
    assert 'hx-post="/review/' in page(desk, candidate)
    assert "has this draft open" not in desk.post(f"/review/{candidate.pk}/open/").content.decode()
    other = Client()
    other.force_login(account("ben", "Editor"))
    assert "ana has this draft open" in other.post(f"/review/{candidate.pk}/open/").content.decode()
    assert "ana has this draft open" in page(other, candidate)


@pytest.mark.parametrize("language", ["fr", "zh-hans", "ru"])
def test_it_is_there_in_every_language(desk: Client, candidate: Candidate, language: str) -> None:
    desk.cookies["django_language"] = language
    with translation.override(language):
        page(desk, candidate)
        assert desk.get("/review/").status_code == 200


@pytest.mark.parametrize("whole", [True, False])
def test_the_desk_says_where_only_the_summary_was_read(desk: Client, candidate: Candidate, whole: bool) -> None:
    ItemReading.objects.update_or_create(
        item=candidate.item, defaults={"whole": whole, "reader": "x", "relevant": True, "score": 1.0, "read_at": NOW}
    )
    assert ("Only the summary that the feed tells was read" in page(desk, candidate)) is not whole


def test_of_an_item_that_is_not_read_the_desk_says_nothing(desk: Client, candidate: Candidate) -> None:
    ItemReading.objects.all().delete()
    assert "Only the summary that the feed tells was read" not in page(desk, candidate)
