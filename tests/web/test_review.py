"""The editors' desk: who may enter, what it shows, and what each button does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import translation

from relations.domain.review import form_of
from relations.models import Candidate, Declaration, ItemReading
from relations.services import candidates, editing
from tests.factories import REPORT, DeclarationFactory, DraftedCandidateFactory, InitiativeFactory, ProvisionFactory, drafted
from tests.web.test_news import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = dt.datetime(2026, 1, 7, 9, 0, tzinfo=dt.UTC)
Queries = Callable[..., Any]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def account(name: str, group: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def desk(client: Client) -> Client:
    """The browser of Ana, an editor."""
    client.force_login(account("ana", "Editor"))
    return client


@pytest.fixture
def candidate() -> Candidate:
    made: Candidate = DraftedCandidateFactory(item__outlet__name="Agency")
    return made


def form(html: str) -> dict[str, Any]:
    """What a browser sends of the page's form, untouched."""
    body = html[html.index('id="form"') :]
    data: dict[str, Any] = {}
    for field in re.findall(r"<input [^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        if name and ('type="checkbox"' not in field or " checked" in field):
            data.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]*)".*?>(.*?)</select>', body, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        data.setdefault(name, []).append(chosen[0] if chosen else "")
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', body, re.S):
        data[name] = [text]
    return data


def page(desk: Client, candidate: Candidate, query: str = "", status: int = 200) -> str:
    answer = desk.get(f"/review/{candidate.pk}/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def send(desk: Client, candidate: Candidate, do: str, **changes: Any) -> Any:
    query = changes.pop("query", "")
    return desk.post(f"/review/{candidate.pk}/{query}", {**form(page(desk, candidate)), "do": do, **changes})


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
    with django_assert_num_queries(11) as few:
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


# ---- Decisions --------------------------------------------------------------------------------------------------------------------


def test_what_is_saved_stays_on_the_desk(desk: Client, candidate: Candidate) -> None:
    InitiativeFactory(code="BRI")
    answer = send(
        desk, candidate, "save",
        kind="treaty", date="2022-09", party=["CN", "UZ"], initiative=["BRI", "<b>"],
        **{"p0-drop": "1", "p1-topic": ["water", "", "energy"], "p2-text": "More."},
    )  # fmt: skip
    assert answer.headers["Location"] == f"/review/{candidate.pk}/"
    candidate.refresh_from_db()
    draft = form_of(candidate.draft)
    assert (draft.kind, draft.date, draft.parties, draft.initiatives, candidate.dyad) == (
        "treaty", "2022-09", ("CN", "UZ"), ("BRI",), "CN-UZ",
    )  # fmt: skip
    assert [(one.text, one.dropped, one.topics, one.start is None) for one in draft.provisions] == [
        ("The Chinese side supports the path of Kazakhstan.", True, ("development_path",), False),
        ("The two sides will build a railway.", False, ("water", "energy"), False),
        ("More.", False, (), True),
    ]
    assert candidate.draft["provisions"][0]["rule"] == "r"


def test_saving_an_untouched_form_changes_nothing(desk: Client, candidate: Candidate) -> None:
    before = candidate.draft
    send(desk, candidate, "save")
    candidate.refresh_from_db()
    assert (candidate.version, candidate.draft) == (0, before)


def test_accepting_makes_a_draft_and_goes_on_to_the_next(desk: Client, candidate: Candidate) -> None:
    later = DraftedCandidateFactory(created=candidate.created + dt.timedelta(hours=1))
    answer = send(desk, candidate, "accept", query="?dyad=CN-KZ")
    assert answer.headers["Location"] == f"/review/{later.pk}/?dyad=CN-KZ"
    made = Declaration.objects.get()
    assert made.state == "draft"
    html = desk.get(answer.headers["Location"]).content.decode()
    assert f'Accepted: a declaration in draft with 2 provisions. <a href="/admin/relations/declaration/{made.pk}/change/">' in html


def test_after_the_last_the_queue_follows(desk: Client, candidate: Candidate) -> None:
    assert send(desk, candidate, "accept").headers["Location"] == "/review/"


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "accept", date="soon", place="Almaty", **{"p1-side": "UZ"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "2 things keep this from becoming a declaration" in html
    assert "This is not a date: write 2022-09-14, 2022-09 or 2022." in html
    assert "This side is not among the parties." in html
    assert form(html)["place"] == ["Almaty"]
    candidate.refresh_from_db()
    assert candidate.version == 0


def test_a_date_to_come_is_refused(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "accept", date="2099-01-01")
    assert answer.status_code == 422
    assert "This date has not come yet." in answer.content.decode()
    assert not Declaration.objects.exists()


def test_a_declaration_without_a_provision_is_warned_of(desk: Client, candidate: Candidate) -> None:
    warning = "Accepted now, the declaration would say nothing"
    assert warning not in page(desk, candidate)
    empty = DraftedCandidateFactory(draft=drafted(provisions=[]))
    assert warning in page(desk, empty)
    answer = send(desk, empty, "accept")
    html = desk.get(answer.headers["Location"]).content.decode()
    assert re.search(r'<li class="is-warning" role="status">Accepted: a declaration in draft, but without any provision\.', html)


def test_a_possible_duplicate_can_be_completed_instead(desk: Client, candidate: Candidate) -> None:
    there = DeclarationFactory(title_en="The statement of Astana", date="2022-09-15")
    html = page(desk, candidate)
    assert "Possibly this document, which is there already" in html
    assert "The statement of Astana" in html
    assert "It is published: what you add shows at once." in html
    send(desk, candidate, f"complete-{there.pk}")
    assert Declaration.objects.get() == there
    assert there.provisions.count() == 2


def test_what_repeats_is_marked_at_the_desk(desk: Client) -> None:
    text = "Kazakhstan reiterated its firm commitment to the one-China principle."
    said = [
        {"text": text, "side": "KZ", "topics": ["taiwan"]},
        {"text": text, "side": "KZ", "topics": ["taiwan"]},
        {"text": "Trade will double.", "side": "both", "topics": ["trade"]},
    ]
    there = DeclarationFactory(title_en="The statement of Astana", date="2022-09-15")
    candidate = DraftedCandidateFactory(draft=drafted(provisions=said))
    assert 'The same words as <a href="#p1">provision 1</a>: they are added once.' in page(desk, candidate)
    like = "Kazakhstan reaffirmed its adherence to the one-China principle."
    ProvisionFactory(declaration=there, side="KZ", topics=("taiwan",), text=like)
    ProvisionFactory(declaration=there, side="both", topics=("trade",), text="Trade will double")
    html = words(page(desk, candidate))
    assert f"In “The statement of Astana” already, in like words: {like}" in html
    assert html.count("In “The statement of Astana” already, in the same words: it is not added there again.") == 1


def test_completing_what_is_gone_is_refused_in_words(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "complete-4711")
    assert answer.status_code == 422
    assert "is not there any more" in answer.content.decode()


def test_a_rejection_asks_for_its_reason(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "reject", reason=" ")
    assert answer.status_code == 422
    assert "Say why: the reason is kept." in answer.content.decode()
    assert send(desk, candidate, "reject", reason="No document").headers["Location"] == "/review/"
    html = page(desk, candidate)
    assert "Rejected" in html
    assert "No document" in html
    assert "Take it up again" in html
    assert "The text is no longer kept" not in html
    assert '<fieldset class="all" disabled>' in html


def test_a_month_after_the_decision_the_text_is_gone(desk: Client, candidate: Candidate) -> None:
    send(desk, candidate, "reject", reason="No document")
    candidates.forget_texts(NOW + dt.timedelta(days=31))
    html = page(desk, candidate)
    assert "The text is no longer kept" in html
    assert "It is forgotten 30 days after a draft is decided" in html


def test_a_rejection_without_the_draft_shows_the_stored_one_again(desk: Client, candidate: Candidate) -> None:
    answer = desk.post(f"/review/{candidate.pk}/", {"do": "reject", "version": 0, "reason": ""})
    assert answer.status_code == 422
    assert form(answer.content.decode())["place"] == ["Astana"]


def test_a_rejection_is_undone(desk: Client, candidate: Candidate) -> None:
    send(desk, candidate, "reject", reason="No document")
    answer = desk.post(f"/review/{candidate.pk}/", {"do": "reopen", "version": 1})
    assert answer.headers["Location"] == f"/review/{candidate.pk}/"
    candidate.refresh_from_db()
    assert (candidate.state, candidate.text) == ("pending", REPORT)


def test_an_acceptance_is_taken_back_until_the_declaration_is_more_than_it_made(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "accept")
    assert f'<a href="/review/{candidate.pk}/">Look at it again</a>' in desk.get(answer.headers["Location"]).content.decode()
    html = page(desk, candidate)
    assert 'value="undo">Take it back</button>' in html
    answer = desk.post(f"/review/{candidate.pk}/", {"do": "undo", "version": 1})
    assert answer.headers["Location"] == f"/review/{candidate.pk}/"
    assert "Taken back: the declaration in draft is gone" in page(desk, candidate)
    assert not Declaration.objects.exists()
    send(desk, candidate, "accept")
    editing.publish(Declaration.objects.all())
    html = page(desk, candidate)
    assert "Take it back" not in html
    assert "the acceptance cannot be taken back here" in html
    answer = desk.post(f"/review/{candidate.pk}/", {"do": "undo", "version": 3})
    assert answer.status_code == 422
    assert Declaration.objects.exists()


def test_a_draft_is_divided(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "split", **{"p1-part": "1", "second-kind": "agreement"})
    assert answer.headers["Location"] == f"/review/{candidate.pk}/"
    second = Candidate.objects.exclude(pk=candidate.pk).get()
    assert [(one.text, form_of(second.draft).kind) for one in form_of(second.draft).provisions] == [
        ("The two sides will build a railway.", "agreement")
    ]
    assert f'<a href="/review/{second.pk}/">The second one</a>' in page(desk, candidate)
    assert "The original" in page(desk, second)


def test_a_division_into_the_same_is_refused_in_words(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "split")
    assert answer.status_code == 422
    assert "Tick the provisions that belong to the second document" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_without_a_version_nothing_is_written(desk: Client, candidate: Candidate, version: str) -> None:
    assert desk.post(f"/review/{candidate.pk}/", {"do": "save", "version": version}).status_code == 409
    candidate.refresh_from_db()
    assert candidate.version == 0


def test_an_unknown_button_is_404(desk: Client, candidate: Candidate) -> None:
    assert desk.post(f"/review/{candidate.pk}/", {"do": "publish", "version": 0}).status_code == 404


# ---- Two editors ------------------------------------------------------------------------------------------------------------------


def test_the_second_is_told_who_changed_what_and_keeps_what_he_typed(desk: Client, candidate: Candidate) -> None:
    data = form(page(desk, candidate))
    ben = account("ben", "Editor")
    sent = {**data, "kind": "treaty", "date": "2022"}
    other = Client()
    other.force_login(ben)
    assert other.post(f"/review/{candidate.pk}/", {**sent, "do": "save"}).status_code == 302
    answer = desk.post(f"/review/{candidate.pk}/", {**data, "do": "save", "place": "Almaty"})
    assert answer.status_code == 409
    html = answer.content.decode()
    told = words(html)
    assert "ben saved the draft: Kind, Date" in told
    assert "Stored is now: Kind Treaty Date 2022 Place Astana" in told
    assert form(html)["place"] == ["Almaty"]
    assert form(html)["version"] == ["1"]
    candidate.refresh_from_db()
    assert form_of(candidate.draft).kind == "treaty"
    assert desk.post(f"/review/{candidate.pk}/", {**form(html), "do": "save"}).status_code == 302, "having seen it, she may go on"


def test_what_another_has_decided_stays_decided(desk: Client, candidate: Candidate) -> None:
    data = form(page(desk, candidate))
    candidates.reject(candidate.pk, 0, "Twice", account("ben", "Editor"), NOW)
    answer = desk.post(f"/review/{candidate.pk}/", {**data, "do": "accept"})
    assert answer.status_code == 409
    told = words(answer.content.decode())
    assert "Somebody else has decided: nothing of yours was stored" in told
    assert "ben rejected it" in told
    assert not Declaration.objects.exists()


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
