"""An acceptance undone, as long as nothing has become of the declaration that it made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

import pytest
from django.contrib.auth.models import User

from relations.domain.review import form_of
from relations.models import Candidate, Declaration, NewsLink, Provision, ReadingCount, Source
from relations.services import acceptance, editing, taking_back
from relations.services.candidates import NotPossible, Stale
from tests.factories import (
    REPORT,
    DeclarationFactory,
    DraftedCandidateFactory,
    InitiativeFactory,
    SourceFactory,
    VisitFactory,
    drafted,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 6, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana")


def accepted(user: User, candidate: Candidate | None = None, into: int | None = None) -> Candidate:
    made: Any = candidate or DraftedCandidateFactory(draft=drafted(references=["UN_CHARTER"], initiatives=["BRI"]))
    acceptance.accept(made.pk, made.version, form_of(made.draft), user, NOW, into)
    made.refresh_from_db()
    return cast(Candidate, made)


def test_the_declaration_goes_with_all_that_came_with_it_and_the_candidate_waits_again(ana: User) -> None:
    InitiativeFactory(code="BRI")
    candidate = accepted(ana)
    assert taking_back.may_take_back(candidate)
    waiting = taking_back.take_back(candidate.pk, 1, ana)
    for model in (Declaration, Provision, Source, NewsLink):
        assert not model.objects.exists(), model
    assert (waiting.state, waiting.declaration, waiting.decided, waiting.decided_by) == ("pending", None, None, None)
    assert (waiting.text, waiting.version, ReadingCount.objects.get().accepted) == (REPORT, 2, 0)
    assert waiting.history.latest().history_change_reason == "reopened"
    assert form_of(waiting.draft) == form_of(drafted(references=["UN_CHARTER"], initiatives=["BRI"]))
    assert Declaration.history.latest().history_user == ana  # type: ignore[attr-defined]
    assert taking_back.may_take_back(accepted(ana, waiting)), "as often as the editor thinks better of it"


def _reworded(declaration: Declaration) -> None:
    provision = declaration.provisions.first()
    assert provision
    provision.text = "Other words."
    provision.save()


def _completed(declaration: Declaration) -> None:
    accepted(User.objects.get(), DraftedCandidateFactory(), into=declaration.pk)


def _published_and_withdrawn(declaration: Declaration) -> None:
    editing.publish([declaration])
    editing.withdraw([declaration])


def _source() -> Any:
    return SourceFactory()


CHANGES: dict[str, Callable[[Declaration], Any]] = {
    "published": lambda one: editing.publish([one]),
    "published and withdrawn": _published_and_withdrawn,
    "reworded": _reworded,
    "a provision less": lambda one: one.provisions.all().last().delete(),
    "a provision more": lambda one: one.provisions.create(position=9, side="CN", topics=("trade",), text="More."),
    "a signatory": lambda one: one.signatories.create(side="CN", name="Xi Jinping", office="President"),
    "another source": lambda one: one.citations.create(source=_source(), position=4),
    "a source of a provision": lambda one: one.provisions.first().citations.create(source=_source(), position=0),
    "a visit that led to it": lambda one: VisitFactory(declaration=one),
    "invoked by another": lambda one: DeclarationFactory().references.create(target=one),
    "completed from another article": _completed,
    "deleted": lambda one: one.delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_declaration_of_which_something_has_become_stays(ana: User, change: Callable[[Declaration], Any]) -> None:
    candidate = accepted(ana)
    change(Declaration.objects.get())
    left = Declaration.objects.count()
    candidate.refresh_from_db()
    assert not taking_back.may_take_back(candidate)
    with pytest.raises(NotPossible):
        taking_back.take_back(candidate.pk, candidate.version, ana)
    candidate.refresh_from_db()
    assert (candidate.state, Declaration.objects.count()) == ("accepted", left)


def test_what_only_completed_a_declaration_is_not_taken_back(ana: User) -> None:
    there = DeclarationFactory(state="draft")
    candidate = accepted(ana, into=there.pk)
    with pytest.raises(NotPossible):
        taking_back.take_back(candidate.pk, 1, ana)
    assert Declaration.objects.get() == there


def test_a_source_that_was_there_or_is_cited_elsewhere_stays(ana: User) -> None:
    known = SourceFactory(url="https://agency.example/1")
    candidate = accepted(ana, DraftedCandidateFactory(item__url=known.url))
    taking_back.take_back(candidate.pk, 1, ana)
    assert Source.objects.get() == known
    second = accepted(ana, DraftedCandidateFactory(item__url="https://agency.example/2"))
    other = Source.objects.exclude(pk=known.pk).get()
    DeclarationFactory(sources=[other])
    taking_back.take_back(second.pk, 1, ana)
    assert Source.objects.filter(pk=other.pk).exists()


def test_the_second_of_two_editors_is_told(ana: User) -> None:
    candidate = accepted(ana)
    taking_back.take_back(candidate.pk, 1, ana)
    with pytest.raises(Stale):
        taking_back.take_back(candidate.pk, 1, ana)


def test_what_waits_or_was_rejected_is_no_acceptance(ana: User) -> None:
    waiting = DraftedCandidateFactory()
    assert not taking_back.may_take_back(waiting)
    with pytest.raises(NotPossible):
        taking_back.take_back(waiting.pk, 0, ana)
