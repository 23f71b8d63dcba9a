"""The queue of the editors' desk and the page of one candidate, in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from relations.domain.review import form_of
from relations.models import Candidate
from relations.selectors import review
from relations.selectors.review import Choice, Filters
from tests.factories import (
    CandidateFactory,
    DeclarationFactory,
    DraftedCandidateFactory,
    InitiativeFactory,
    MechanismFactory,
    ProvisionFactory,
    drafted,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 20, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
Queries = Callable[[int], Any]


def waiting(days: float, dyad: str = "CN-KZ", **values: Any) -> int:
    return int(CandidateFactory(created=NOW - days * DAY, dyad=dyad, **values).pk)


def keys(filters: Filters) -> list[int]:
    return [row.pk for row in review.queue(filters, NOW).rows]


def test_who_has_waited_longest_comes_first_and_the_decided_are_apart() -> None:
    new, old = waiting(0.5), waiting(9, "CN-UZ")
    gone = waiting(3, state="rejected", decided=NOW)
    assert keys(Filters()) == [old, new]
    assert keys(Filters(state="rejected")) == [gone]
    assert review.waiting() == 2


def test_the_filters_tell_how_many_each_leaves() -> None:
    waiting(0.5), waiting(2), waiting(9), waiting(9, "CN-UZ"), waiting(9, ""), waiting(9, state="accepted")
    found = review.queue(Filters(dyads=("CN-KZ",), ages=("week", "older")), NOW)
    assert (found.total, found.all) == (2, 5)
    assert [(one.value, one.count) for one in found.dyads if one.count] == [("CN-KZ", 2), ("CN-UZ", 1), ("none", 1)]
    assert found.dyads[0] == Choice("CN-KZ", 2, True)
    assert [(one.value, one.count) for one in found.ages] == [("day", 1), ("week", 1), ("older", 1)]
    assert [(one.value, one.count) for one in found.states] == [("pending", 5), ("accepted", 1), ("rejected", 0)]
    assert keys(Filters(dyads=("none",))) == [Candidate.objects.get(dyad="", state="pending").pk]


def test_the_queue_costs_the_same_however_long(django_assert_num_queries: Queries) -> None:
    user = User.objects.create_user("ana")
    for count in (1, 4):
        for _ in range(count):
            DraftedCandidateFactory(opened_by=User.objects.first(), opened=NOW)
        with django_assert_num_queries(2):
            found = review.queue(Filters(), NOW)
            lines = review.lines(found.rows[:25], user, NOW)
        assert len(lines) == Candidate.objects.count()
        assert lines[0].provisions == 2
        assert lines[0].open_by == "", "her own"


def test_who_else_has_it_open_is_told() -> None:
    ana, ben = User.objects.create_user("ana"), User.objects.create_user("ben")
    DraftedCandidateFactory(opened_by=ana, opened=NOW - dt.timedelta(minutes=2))
    rows = review.queue(Filters(), NOW).rows
    assert review.lines(rows, ben, NOW)[0].open_by == "ana"
    assert review.lines(rows, ben, NOW + DAY)[0].open_by == ""


def test_neighbours_keep_to_the_filters(django_assert_num_queries: Queries) -> None:
    first, other, second, third = waiting(4), waiting(3, "CN-UZ"), waiting(2), waiting(1)
    created = Candidate.objects.get(pk=second).created
    with django_assert_num_queries(2):
        assert review.neighbours(second, created, Filters(), NOW) == (other, third)
    assert review.neighbours(second, created, Filters(dyads=("CN-KZ",)), NOW) == (first, third)


def test_candidates_of_one_moment_have_an_order_too() -> None:
    pks = [waiting(1) for _ in range(3)]
    assert review.neighbours(pks[1], NOW - DAY, Filters(), NOW) == (pks[0], pks[2])


def test_one_candidate_costs_a_few_queries(django_assert_num_queries: Queries) -> None:
    evidence = {"mechanisms": {"committee": {"record": "cn-kz-committee", "spans": []}}, "initiatives": {"BRI": []}}
    MechanismFactory(slug="cn-kz-committee", title_en="The Committee")
    InitiativeFactory(code="BRI", title_en="Belt and Road")
    InitiativeFactory(code="GDI")
    ProvisionFactory(declaration=DeclarationFactory())
    pk = DraftedCandidateFactory(draft=drafted(mechanisms=["committee", "summit"], evidence=evidence, initiatives=["BRI"])).pk
    with django_assert_num_queries(6):
        candidate = review.find(pk)
        assert candidate is not None
        desk = review.desk(candidate)
    assert [(one.code, one.title, one.read, one.chosen) for one in desk.mechanisms] == [
        ("committee", "The Committee", True, True),
        ("summit", "", False, True),
    ]
    assert [(one.code, one.read, one.chosen) for one in desk.initiatives] == [("BRI", True, True), ("GDI", False, False)]
    assert [one.said for one in desk.same] == [1]  # type: ignore[attr-defined]


def test_what_a_draft_may_name_is_told_in_the_language_of_the_page() -> None:
    InitiativeFactory(code="GDI", title_en="Global Development Initiative", title_fr="Initiative pour le développement mondial")
    InitiativeFactory(code="GSI", title_en="Global Security Initiative", title_fr=None)
    with translation.override("fr"):
        desk = review.desk(DraftedCandidateFactory(draft=drafted(references=["TREATY"])))
    assert desk.references[0].title == "Un document antérieur"
    assert [one.title for one in desk.initiatives] == ["Initiative pour le développement mondial", "Global Security Initiative"]
    assert "Charte des Nations unies" in [one.title for one in desk.references]


def test_the_mechanisms_of_the_relationship_may_be_chosen() -> None:
    MechanismFactory(slug="cn-kz-committee", title_en="The Committee")
    MechanismFactory(slug="c5-summit", title_en="The Summit", dyad_id="CN-C5")
    elsewhere = MechanismFactory(slug="cn-uz-committee", title_en="Another", dyad_id="CN-UZ")
    assert review.desk(DraftedCandidateFactory()).records == [("cn-kz-committee", "The Committee"), ("c5-summit", "The Summit")]
    said = [{"text": "One.", "side": "CN", "topics": ["trade"], "mechanism": elsewhere.slug}]
    assert (elsewhere.slug, "Another") in review.desk(DraftedCandidateFactory(draft=drafted(provisions=said))).records
    assert review.desk(DraftedCandidateFactory(draft={})).records == []


def test_a_document_of_these_facts_is_said_to_be_there_even_in_draft() -> None:
    near = DeclarationFactory(state="draft", date="2022-09")
    exact = DeclarationFactory(date="2022-09-14")
    DeclarationFactory(date="2022-09-18")
    DeclarationFactory(kind="treaty")
    DeclarationFactory(dyad_id="CN-UZ", parties=("CN", "UZ"))
    assert review.duplicates(form_of(drafted())) == [exact, near]
    assert review.duplicates(form_of(drafted(date=None))) == []
    assert review.duplicates(form_of(drafted(kind=None))) == []


def test_the_text_is_marked_where_the_draft_was_read() -> None:
    candidate = DraftedCandidateFactory()
    desk = review.desk(candidate)
    assert "".join(one.text for one in desk.segments) == candidate.text
    assert [(one.text, one.fields) for one in desk.segments if one.fields] == [
        ("joint statement", ("kind",)),
        ("ASTANA", ("place",)),
        ("Chinese", ("parties",)),
    ]
    assert {number for one in desk.segments for number in one.provisions} == {1, 2}


@pytest.mark.parametrize(
    "draft", [{}, [], {"evidence": 3}, {"evidence": {"kind": [{"start": "a"}], "parties": [1], "mechanisms": {"x": 1}}}]
)
def test_a_draft_of_the_wrong_shape_has_a_page_too(draft: Any) -> None:
    desk = review.desk(DraftedCandidateFactory(draft=draft))
    assert [one.fields for one in desk.segments] == [()]
