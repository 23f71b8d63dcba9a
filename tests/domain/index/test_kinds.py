"""Which line of the table of impacts a record belongs to."""

from __future__ import annotations

import pytest

from relations.domain.index import kinds


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        ("recognition", "status_relations"),
        ("diplomatic_relations", "status_relations"),
        ("strategic_partnership", "status_raised"),
        ("community_shared_future", "status_aim"),
    ],
)
def test_a_status_counts_by_its_place_on_the_ladder(level: str, kind: str) -> None:
    assert kinds.of_status(level) == kind


@pytest.mark.parametrize(
    ("kind", "level", "found"),
    [
        ("treaty", "head_of_state", "treaty"),
        ("treaty", "minister", "treaty"),
        ("memorandum", "head_of_state", "agreement"),
        ("joint_statement", "head_of_state", "declaration_leaders"),
        ("joint_communique", "head_of_government", "declaration_leaders"),
        ("joint_communique", "minister", "declaration_other"),
    ],
)
def test_what_a_document_is_comes_before_who_signed_it(kind: str, level: str, found: str) -> None:
    assert kinds.of_document(kind, level) == found


def test_a_state_visit_is_one_of_a_leader() -> None:
    assert kinds.of_visit("state", leader=True) == "visit_state"
    assert kinds.of_visit("working", leader=True) == "visit_leader"
    assert kinds.of_visit("for_multilateral_event", leader=True) == "visit_aside"
    assert kinds.of_visit("state", leader=False) == "visit_other"


def test_a_session_counts_by_who_meets() -> None:
    assert [kinds.of_session(kind) for kind in ("summit", "committee", "forum")] == [
        "session_leaders",
        "session_ministers",
        "session_other",
    ]


def test_an_editors_mark_and_not_the_kind_makes_a_friction() -> None:
    assert kinds.of_event("security", friction=False) == "event_security"
    assert kinds.of_event("security", friction=True) == "friction_security"
    assert kinds.of_event("protest", friction=False) == "event_society"
    assert kinds.of_event("energy", friction=True) == "friction_closure"
    assert kinds.of_event("culture", friction=True) == "friction_other"
