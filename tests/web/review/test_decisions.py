"""What each button of the editors' desk does, and what the second of two editors is told."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from relations.domain.review import form_of
from relations.models import Candidate, Declaration
from relations.services import candidates, editing
from tests.factories import (
    REPORT,
    DeclarationFactory,
    DraftedCandidateFactory,
    InitiativeFactory,
    MechanismFactory,
    ProvisionFactory,
    drafted,
)
from tests.web.review.browser import NOW, account, form, page, send
from tests.web.test_news import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


def test_what_is_decided_is_read_and_not_edited(desk: Client) -> None:
    InitiativeFactory(code="BRI", title_en="Belt and Road")
    candidate = DraftedCandidateFactory(draft=drafted(initiatives=["BRI"]))
    send(desk, candidate, "save", **{"p0-drop": "1", "date": "soon"})
    assert desk.get("/review/").status_code == 200
    candidates.reject(candidate.pk, 1, "Twice", account("ben", "Editor"), NOW)
    assert desk.get("/review/?state=rejected").status_code == 200
    html = page(desk, candidate)
    draft = html[html.index('id="draft"') :]
    for word in ('name="kind"', "<textarea", "<select", "Split", 'value="save"', 'value="accept"', "One more provision"):
        assert word not in draft
    told = words(draft)
    assert "ben, 2026-01-07 09:00 UTC: Twice" in told
    assert "Kind Joint statement Level Heads of state Date soon Place Astana Parties China, Kazakhstan" in told
    assert "Initiatives Belt and Road" in told
    assert "Development path left out The Chinese side supports the path of Kazakhstan." in told
    assert 'href="#t2"' in draft
    assert 'href="#p2"' in html


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


def test_a_mechanism_that_was_not_read_is_chosen_at_its_provision(desk: Client, candidate: Candidate) -> None:
    assert "-mechanism" not in page(desk, candidate), "there is none to choose from"
    MechanismFactory(slug="cn-kz-committee", title_en="The Committee")
    html = page(desk, candidate)
    assert html.count('<option value="cn-kz-committee">The Committee</option>') == 3, "at each provision, and at one more"
    assert "One that the machine has not read is chosen at the provision that names it." in html
    send(desk, candidate, "save", **{"p1-mechanism": "cn-kz-committee"})
    candidate.refresh_from_db()
    assert [one.mechanism for one in form_of(candidate.draft).provisions] == ["", "cn-kz-committee"]
    assert page(desk, candidate).count('<option value="cn-kz-committee" selected>') == 1
    send(desk, candidate, "save", **{"p1-mechanism": ""})
    candidate.refresh_from_db()
    assert "mechanism" not in candidate.draft["provisions"][1]


@pytest.mark.parametrize(("read", "summary"), [([], "Choose"), (["BRI"], "Others")])
def test_where_nothing_was_read_the_page_says_so(desk: Client, read: list[str], summary: str) -> None:
    InitiativeFactory(code="BRI")
    InitiativeFactory(code="GDI")
    html = page(desk, DraftedCandidateFactory(draft=drafted(initiatives=read)))
    told = re.search(r"<legend>Initiatives</legend>(.*?)</fieldset>", html, re.S)
    assert told
    assert f"<summary>{summary}</summary>" in told[1]
    assert ("None was read." in told[1]) is not bool(read)


def test_a_draft_is_divided(desk: Client, candidate: Candidate) -> None:
    answer = send(desk, candidate, "split", **{"p1-part": "1", "second-kind": "agreement"})
    assert answer.headers["Location"] == f"/review/{candidate.pk}/"
    second = Candidate.objects.exclude(pk=candidate.pk).get()
    assert [(one.text, form_of(second.draft).kind) for one in form_of(second.draft).provisions] == [
        ("The two sides will build a railway.", "agreement")
    ]
    assert f'<a href="/review/{second.pk}/">The second one</a>' in page(desk, candidate)
    assert "The original" in page(desk, second)


def test_the_ticks_of_a_division_stand_below_it(desk: Client, candidate: Candidate) -> None:
    html = page(desk, candidate)
    assert html.index('data-key="split"') < html.index('name="p0-part"')
    assert "Tick “To the second draft” below" in html
    html = page(desk, DraftedCandidateFactory(draft=drafted(provisions=[])))
    assert "There is no provision to divide: give the second draft another kind or other parties." in html
    assert "Tick “To the second draft”" not in html


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
    answer = desk.post(f"/review/{candidate.pk}/", {**data, "do": "accept", "place": "Almaty"})
    assert answer.status_code == 409
    told = words(answer.content.decode())
    assert "Somebody else has decided: nothing of yours was stored" in told
    assert "ben rejected it" in told
    assert "You had typed: Place Almaty" in told
    assert "Place Astana" in told, "what was decided stands below"
    assert not Declaration.objects.exists()
