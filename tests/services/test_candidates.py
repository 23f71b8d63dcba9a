"""Candidates as editors work on them: opened, corrected, rejected, taken up again, divided; nobody overwrites another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from relations.domain.review import KEPT_FOR, form_of
from relations.models import Candidate
from relations.services import candidates
from relations.services.candidates import Change, Gone, NotPossible, Presence, Stale
from tests.factories import REPORT, CandidateFactory, DraftedCandidateFactory, NewsItemFactory, drafted

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 6, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
Queries = Callable[[int], Any]


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana")


@pytest.fixture
def ben() -> User:
    return User.objects.create_user("ben")


# ---- Open -------------------------------------------------------------------------------------------------------------------


def test_the_second_editor_is_told_who_has_it_open(ana: User, ben: User) -> None:
    pk = CandidateFactory().pk
    assert candidates.mark_open(pk, ana, NOW) is None
    assert candidates.mark_open(pk, ben, NOW + MINUTE) == Presence("ana", NOW)
    assert candidates.mark_open(pk, ana, NOW + 2 * MINUTE) == Presence("ben", NOW + MINUTE), "and the first, who came second"
    assert candidates.mark_open(pk, ben, NOW + 6 * MINUTE) == Presence("ana", NOW + 2 * MINUTE), "her own mark is renewed"


def test_a_look_at_the_page_tells_of_the_second_too(ana: User, ben: User, django_assert_num_queries: Queries) -> None:
    pk = CandidateFactory().pk
    candidates.mark_open(pk, ana, NOW)
    with django_assert_num_queries(3):
        candidates.mark_open(pk, ben, NOW)
    candidate = Candidate.objects.get(pk=pk)
    assert candidates.presence(candidate, ana, NOW + MINUTE) == Presence("ben", NOW)
    assert candidates.presence(candidate, ben, NOW + MINUTE) == Presence("ana", NOW)
    assert candidates.presence(candidate, ana, NOW + 6 * MINUTE) is None


def test_who_stays_alone_has_it_alone(ana: User, ben: User) -> None:
    pk = CandidateFactory().pk
    candidates.mark_open(pk, ana, NOW)
    candidates.mark_open(pk, ben, NOW)
    assert candidates.mark_open(pk, ben, NOW + 6 * MINUTE) is None
    assert candidates.mark_open(pk, ben, NOW + 7 * MINUTE) is None, "not even himself"


def test_nobody_has_open_what_is_decided(ana: User, ben: User) -> None:
    pk = DraftedCandidateFactory().pk
    candidates.mark_open(pk, ana, NOW)
    candidates.mark_open(pk, ben, NOW)
    gone = candidates.reject(pk, 0, "no", ana, NOW)
    assert (gone.opened_by, gone.opened, gone.joined_by, gone.joined) == (None, None, None, None)


def test_who_has_left_no_longer_has_it_open(ana: User, ben: User) -> None:
    pk = CandidateFactory().pk
    candidates.mark_open(pk, ana, NOW)
    assert candidates.mark_open(pk, ben, NOW + 6 * MINUTE) is None
    assert Candidate.objects.get(pk=pk).opened_by == ben


def test_opening_is_no_change(ana: User) -> None:
    candidate = CandidateFactory()
    candidates.mark_open(candidate.pk, ana, NOW)
    candidate.refresh_from_db()
    assert candidate.version == 0
    assert candidate.history.count() == 1


def test_what_is_gone_cannot_be_opened(ana: User) -> None:
    with pytest.raises(Gone):
        candidates.mark_open(4711, ana, NOW)


# ---- Save -------------------------------------------------------------------------------------------------------------------


def test_a_saved_draft_is_kept_with_its_evidence_and_a_new_version(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    draft = replace(form_of(candidate.draft), kind="treaty", parties=("CN", "UZ"))
    saved = candidates.save(candidate.pk, 0, draft, ana, NOW)
    assert saved.version == 1
    assert saved.dyad == "CN-UZ"
    assert form_of(saved.draft) == draft
    assert saved.draft["evidence"] == candidate.draft["evidence"]
    assert saved.text == REPORT
    assert saved.history.latest().history_change_reason == "saved: kind, parties"
    assert saved.history.latest().history_user == ana


def test_saving_what_did_not_change_stores_nothing(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    assert candidates.save(candidate.pk, 0, form_of(candidate.draft), ana, NOW).version == 0
    assert candidate.history.count() == 1


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(ana: User, ben: User) -> None:
    candidate = DraftedCandidateFactory()
    seen = form_of(candidate.draft)
    candidates.save(candidate.pk, 0, replace(seen, kind="treaty"), ana, NOW)
    with pytest.raises(Stale) as told:
        candidates.save(candidate.pk, 0, replace(seen, kind="plan", date="2022"), ben, NOW)
    assert [(one.who, one.what, one.fields) for one in told.value.changes] == [("ana", "saved", ("kind",))]
    assert isinstance(told.value.changes[0], Change)
    assert told.value.candidate.version == 1
    candidate.refresh_from_db()
    assert form_of(candidate.draft) == replace(seen, kind="treaty")
    assert candidates.save(candidate.pk, 1, replace(seen, kind="plan"), ben, NOW).version == 2, "now he has seen it"


def test_who_comes_between_reading_and_writing_is_seen_too(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    held = candidates.seen(candidate.pk, 0)
    Candidate.objects.filter(pk=candidate.pk).update(version=1)
    with pytest.raises(Stale):
        candidates.step(held, ana, "saved", reason="x")
    candidate.refresh_from_db()
    assert candidate.reason == ""


# ---- Reject and reopen ------------------------------------------------------------------------------------------------------


def test_a_rejection_keeps_its_reason_and_for_a_while_its_text(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    gone = candidates.reject(candidate.pk, 0, "  not a  document ", ana, NOW)
    assert (gone.state, gone.reason, gone.text, gone.decided_by, gone.decided) == ("rejected", "not a document", REPORT, ana, NOW)
    assert gone.version == 1
    assert gone.draft == candidate.draft


def test_the_text_is_forgotten_a_month_after_the_decision(ana: User, django_assert_num_queries: Queries) -> None:
    official = DraftedCandidateFactory(item__outlet__full_text="whole")
    others = DraftedCandidateFactory()
    first, second = candidates.split(others.pk, 0, form_of(others.draft), [1], ana, kind="treaty")
    _official, divided = candidates.split(official.pk, 0, form_of(official.draft), [1], ana, kind="treaty")
    for one in (first, second, divided, candidates.seen(official.pk, 1)):
        candidates.reject(one.pk, one.version, "no", ana, NOW)
    waiting = DraftedCandidateFactory()

    def kept() -> set[int]:
        return set(Candidate.objects.exclude(text="").values_list("pk", flat=True))

    assert candidates.forget_texts(NOW + KEPT_FOR) == 0
    assert kept() == {official.pk, divided.pk, first.pk, second.pk, waiting.pk}
    assert candidates.forget_texts(NOW + KEPT_FOR + MINUTE) == 2
    assert kept() == {official.pk, divided.pk, waiting.pk}, "of official outlets it stays, and of what still waits"
    with django_assert_num_queries(2):
        assert candidates.forget_texts(NOW + KEPT_FOR + MINUTE) == 0
    first.refresh_from_db()
    assert first.version == 2, "no editor's page is out of date by that"


def test_a_rejection_that_is_undone_in_time_has_its_text_whatever_became_of_the_item(ana: User) -> None:
    candidate = DraftedCandidateFactory(item__summary="Something else altogether.")
    candidates.reject(candidate.pk, 0, "no", ana, NOW)
    assert candidates.reopen(candidate.pk, 1, ana).text == REPORT


@pytest.mark.parametrize("why", ["", "   ", "x" * 301])
def test_a_rejection_needs_a_reason_that_can_be_kept(ana: User, why: str) -> None:
    candidate = DraftedCandidateFactory()
    with pytest.raises(NotPossible):
        candidates.reject(candidate.pk, 0, why, ana, NOW)
    candidate.refresh_from_db()
    assert candidate.state == "pending"


def test_what_is_decided_cannot_be_decided_again(ana: User, ben: User) -> None:
    candidate = DraftedCandidateFactory()
    candidates.reject(candidate.pk, 0, "no", ana, NOW)
    with pytest.raises(Stale) as told:
        candidates.reject(candidate.pk, 1, "never", ben, NOW)
    assert told.value.candidate.reason == "no"


def test_a_rejection_is_undone_and_the_text_comes_back(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    candidates.reject(candidate.pk, 0, "no", ana, NOW)
    candidates.forget_texts(NOW + KEPT_FOR + MINUTE)
    again = candidates.reopen(candidate.pk, 1, ana)
    assert (again.state, again.reason, again.decided, again.text, again.version) == ("pending", "", None, REPORT, 2)


def test_the_text_stays_forgotten_where_the_item_tells_another_one(ana: User) -> None:
    candidate = DraftedCandidateFactory(item__summary="Something else altogether.")
    candidates.reject(candidate.pk, 0, "no", ana, NOW)
    candidates.forget_texts(NOW + KEPT_FOR + MINUTE)
    assert candidates.reopen(candidate.pk, 1, ana).text == ""


def test_only_a_rejection_is_undone(ana: User) -> None:
    with pytest.raises(NotPossible):
        candidates.reopen(DraftedCandidateFactory().pk, 0, ana)


# ---- Split ------------------------------------------------------------------------------------------------------------------


def test_an_article_that_reports_two_documents_becomes_two_candidates(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    first, second = candidates.split(candidate.pk, 0, form_of(candidate.draft), [1], ana, kind="treaty")
    assert [one.text for one in form_of(first.draft).provisions] == ["The Chinese side supports the path of Kazakhstan."]
    assert [one.text for one in form_of(second.draft).provisions] == ["The two sides will build a railway."]
    assert (form_of(first.draft).kind, form_of(second.draft).kind) == ("joint_statement", "treaty")
    assert (first.version, second.version) == (1, 0)
    assert (second.story_id, second.item, second.article, second.text) == (candidate.story_id, None, candidate.item, REPORT)
    assert second.draft["provisions"][0]["rule"] == "r"
    assert second.history.get().history_user == ana


def test_parties_alone_may_be_divided(ana: User) -> None:
    candidate = DraftedCandidateFactory(draft=drafted(parties=["CN", "KZ", "UZ"]))
    _first, second = candidates.split(candidate.pk, 0, form_of(candidate.draft), [], ana, parties=["CN", "UZ"])
    assert second.dyad == "CN-UZ"
    assert form_of(second.draft).provisions == ()


def test_two_that_are_the_same_are_no_division(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    with pytest.raises(NotPossible):
        candidates.split(candidate.pk, 0, form_of(candidate.draft), [], ana)
    assert Candidate.objects.count() == 1


def test_a_division_of_what_another_has_changed_makes_nothing(ana: User) -> None:
    candidate = DraftedCandidateFactory(version=3)
    with pytest.raises(Stale):
        candidates.split(candidate.pk, 2, form_of(candidate.draft), [1], ana)
    assert Candidate.objects.count() == 1


def test_an_article_that_is_retired_is_none() -> None:
    candidate = CandidateFactory(draft={"article": NewsItemFactory().pk + 1})
    assert candidate.article is None
