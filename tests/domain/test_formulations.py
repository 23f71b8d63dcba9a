"""The history of formulations: each document beside the one before it, for each side that speaks."""

from __future__ import annotations

from relations.domain.formulations import Kind, history
from relations.domain.positions import Role, Stated
from relations.domain.wording import Change


def says(date: str, number: int, side: str, text: str, document: str = "") -> Stated:
    return Stated("CN-KZ", document or f"doc-{date}", date, number, side, ("taiwan",), text)


def test_documents_stand_in_the_order_of_date_whatever_the_order_given() -> None:
    (voice,) = history([says("2024-07", 1, "KZ", "one"), says("2001", 1, "KZ", "two"), says("2022-09-14", 1, "KZ", "three")])
    assert [step.date for step in voice.steps] == ["2001", "2022-09-14", "2024-07"]
    assert (voice.first, voice.last, voice.provisions) == ("2001", "2024-07", 3)


def test_the_first_document_has_nothing_to_differ_from() -> None:
    (voice,) = history([says("2001", 1, "KZ", "There is one China.")])
    (wording,) = voice.steps[0].wordings
    assert wording.kind is Kind.FIRST
    assert [piece.change for piece in wording.pieces] == [Change.SAME]
    assert voice.steps[0].before == ""


def test_a_reworded_provision_is_marked_against_its_counterpart() -> None:
    (voice,) = history(
        [says("2001", 1, "KZ", "Kazakhstan opposes independence."), says("2022", 4, "KZ", "Kazakhstan firmly opposes independence.")]
    )
    (wording,) = voice.steps[1].wordings
    assert wording.kind is Kind.CHANGED
    assert wording.before is not None and wording.before.date == "2001"
    assert [piece.text for piece in wording.pieces if piece.change is Change.NEW] == ["firmly "]
    assert voice.steps[1].before == "doc-2001"


def test_the_same_words_again_are_the_same() -> None:
    (voice,) = history([says("2001", 1, "KZ", "There is one China."), says("2022", 1, "KZ", "There is one China.")])
    assert voice.steps[1].wordings[0].kind is Kind.SAME
    assert voice.steps[1].unchanged


def test_a_provision_without_counterpart_is_new_and_one_that_is_left_out_is_dropped() -> None:
    (voice,) = history([says("2001", 1, "KZ", "Gas pipelines and prices."), says("2022", 1, "KZ", "Peaceful reunification.")])
    step = voice.steps[1]
    assert [wording.kind for wording in step.wordings] == [Kind.NEW]
    assert [one.text for one in step.dropped] == ["Gas pipelines and prices."]
    assert not step.unchanged


def test_each_side_has_its_own_history_those_alone_first() -> None:
    voices = history([says("2001", 1, "both", "a"), says("2001", 2, "CN", "b"), says("2001", 3, "KZ", "c"), says("2002", 1, "all", "d")])
    assert [(voice.role, voice.sides) for voice in voices] == [
        (Role.PARTNER, ("KZ",)),
        (Role.CHINA, ("CN",)),
        (Role.TOGETHER, ("both", "all")),
    ]


def test_several_partners_that_speak_alone_are_kept_apart() -> None:
    voices = history([says("2001", 1, "KZ", "a word"), says("2002", 1, "UZ", "a word")])
    assert [voice.sides for voice in voices] == [("KZ",), ("UZ",)]
    assert voices[1].steps[0].wordings[0].kind is Kind.FIRST


def test_two_documents_of_one_day_are_two_steps() -> None:
    (voice,) = history([says("2022", 1, "KZ", "x", "b"), says("2022", 1, "KZ", "x", "a")])
    assert [step.document for step in voice.steps] == ["a", "b"]


def test_no_provision_no_history() -> None:
    assert history([]) == []
