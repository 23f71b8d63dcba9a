"""When a reading becomes a candidate, completes one, or withdraws one."""

from __future__ import annotations

import dataclasses

import pytest

from relations.domain.linking.drafting import Action, Draft, Drafted, action, weight

DRAFT = Draft(item=1, text="x" * 100, document=True, whole=False)
OF_OTHER = Drafted(pk=9, item=2, state="pending", touched=False, text="x" * 50, whole=False)
OWN = Drafted(pk=9, item=1, state="pending", touched=False, text="x" * 500, whole=False)


def without_document(draft: Draft = DRAFT) -> Draft:
    return dataclasses.replace(draft, document=False)


def test_a_document_that_nobody_has_reported_yet_makes_a_candidate() -> None:
    assert action(DRAFT, []) == (Action.CREATE, None)
    assert action(without_document(), []) == (Action.NOTHING, None)


def test_a_longer_report_of_the_same_story_completes_its_candidate_and_a_shorter_one_does_not() -> None:
    assert action(DRAFT, [OF_OTHER]) == (Action.COMPLETE, OF_OTHER)
    longer = dataclasses.replace(OF_OTHER, text="x" * 100)
    assert action(DRAFT, [longer]) == (Action.NOTHING, None)
    assert action(without_document(), [OF_OTHER]) == (Action.NOTHING, None)


@pytest.mark.parametrize("change", [{"touched": True}, {"state": "accepted"}, {"state": "rejected"}])
def test_what_an_editor_has_opened_or_decided_stays(change: dict[str, object]) -> None:
    for one in (OF_OTHER, OWN):
        assert action(DRAFT, [dataclasses.replace(one, **change)]) == (Action.NOTHING, None)  # type: ignore[arg-type]
        assert action(without_document(), [dataclasses.replace(one, **change)]) == (Action.NOTHING, None)  # type: ignore[arg-type]


def test_of_two_candidates_of_a_story_the_longer_is_completed_unless_an_editor_is_at_one() -> None:
    other = dataclasses.replace(OF_OTHER, pk=8, item=3, text="x" * 60)
    assert action(DRAFT, [OF_OTHER, other]) == (Action.COMPLETE, other)
    assert action(DRAFT, [dataclasses.replace(OF_OTHER, touched=True), other]) == (Action.NOTHING, None)


def test_the_candidate_of_the_item_itself_is_renewed_though_the_text_is_shorter_now() -> None:
    assert action(DRAFT, [OWN]) == (Action.COMPLETE, OWN)


def test_it_is_withdrawn_where_nothing_is_left_of_the_document() -> None:
    assert action(without_document(), [OWN]) == (Action.WITHDRAW, OWN)


def test_a_summary_changes_nothing_of_what_was_read_in_the_whole_article() -> None:
    whole = dataclasses.replace(OWN, whole=True)
    assert action(DRAFT, [whole]) == (Action.NOTHING, None)
    assert action(without_document(), [whole]) == (Action.NOTHING, None)
    assert action(dataclasses.replace(DRAFT, whole=True), [whole]) == (Action.COMPLETE, whole)


def test_a_chinese_character_weighs_three_letters() -> None:
    assert (weight("中国"), weight("ab 中"), weight("abc")) == (6, 6, 3)
