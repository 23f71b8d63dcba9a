"""The draft as an editor's form has it: read from the reader's JSON, written back, judged, divided."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from relations.domain.review import Draft, Flaw, Statement, changed, dyad_of, flaws, form_of, parted, proposed_title, written

READ: dict[str, Any] = {
    "kind": "joint_statement",
    "date": "2022-09-14",
    "place": None,
    "parties": ["KZ", "CN"],
    "occasion": {"kind": "anniversary", "years": 30},
    "mechanisms": ["committee"],
    "initiatives": ["BRI"],
    "references": [],
    "provisions": [
        {"text": "One.", "start": 10, "end": 14, "side": "CN", "topics": ["trade"], "rule": "act", "evidence": [{"start": 10, "end": 12}]},
        {"text": "Two.", "start": 15, "end": 19, "side": "all", "stated_by": "C5", "topics": ["energy", "water"], "rule": "side"},
    ],
    "evidence": {"kind": [{"start": 0, "end": 5, "rule": "document issued"}]},
}


def test_the_form_has_what_was_read_and_the_five_as_a_side() -> None:
    draft = form_of(READ)
    assert (draft.kind, draft.date, draft.place, draft.parties) == ("joint_statement", "2022-09-14", "", ("CN", "KZ"))
    assert draft.occasion == "30th anniversary of diplomatic relations"
    assert draft.level == "head_of_state"
    assert [(one.text, one.side, one.topics, one.start) for one in draft.provisions] == [
        ("One.", "CN", ("trade",), 10),
        ("Two.", "C5", ("energy", "water"), 15),
    ]


@pytest.mark.parametrize("wrong", [{}, {"provisions": None}, {"provisions": ["x", 3]}, {"parties": "CN", "occasion": 3, "date": 5}])
def test_a_json_of_the_wrong_shape_is_an_empty_form(wrong: dict[str, Any]) -> None:
    draft = form_of(wrong)
    assert (draft.kind, draft.date, draft.parties, draft.provisions, draft.occasion) == ("", "", (), (), "")


def test_what_an_editor_writes_keeps_the_rules_and_the_evidence() -> None:
    draft = form_of(READ)
    one, two = draft.provisions
    edited = replace(draft, kind="treaty", occasion="Visit", provisions=(replace(one, side="KZ", text="Won."), replace(two, dropped=True)))
    after = written(READ, edited)
    assert after["evidence"] == READ["evidence"]
    assert after["provisions"][0] == {**READ["provisions"][0], "text": "Won.", "side": "KZ"}
    assert after["provisions"][1]["dropped"] is True
    assert after["provisions"][1]["stated_by"] == "C5"
    assert form_of(after) == edited
    assert written(after, edited) == after, "writing twice changes nothing"


def test_a_provision_of_an_editor_has_no_place_in_the_text() -> None:
    draft = replace(form_of(READ), provisions=(Statement("Mine.", "CN", ("trade",)),))
    assert written(READ, draft)["provisions"] == [{"text": "Mine.", "side": "CN", "topics": ["trade"]}]


def test_a_row_is_found_again_where_another_editor_has_taken_one_away() -> None:
    draft = form_of(READ)
    fewer = {**READ, "provisions": READ["provisions"][1:]}
    assert written(fewer, replace(draft, provisions=draft.provisions[1:]))["provisions"][0]["rule"] == "side"


def test_what_differs_is_told_by_field() -> None:
    draft = form_of(READ)
    assert changed(draft, draft) == ()
    assert changed(draft, replace(draft, date="2022", kind="plan", provisions=())) == ("kind", "date", "provisions")


@pytest.mark.parametrize(
    ("parties", "dyad"),
    [
        (("CN", "KZ"), "CN-KZ"),
        (("CN", "KZ", "UZ"), "CN-C5"),
        (("CN", "KZ", "AF"), "CN-C5"),
        (("KZ", "UZ"), ""),
        (("CN", "PK"), ""),
        ((), ""),
    ],
)
def test_the_relationship_follows_the_parties(parties: tuple[str, ...], dyad: str) -> None:
    assert dyad_of(parties) == dyad


def test_the_title_that_is_proposed_names_kind_and_parties() -> None:
    assert proposed_title(form_of(READ)) == "Joint statement of China and Kazakhstan"
    six = Draft(kind="treaty", parties=("CN", "KZ", "KG", "TJ", "TM", "UZ"))
    assert proposed_title(six) == "Treaty of China and the Central Asian states"
    assert proposed_title(Draft(kind="plan", parties=("CN", "TJ"))) == "Plan of China and Tajikistan"
    assert proposed_title(Draft(kind="treaty")) == ""


def test_a_whole_draft_has_no_flaw() -> None:
    draft = form_of({**READ, "provisions": READ["provisions"][:1]})
    assert flaws(draft) == {}


def test_what_is_missing_is_told_by_field() -> None:
    provisions = (
        Statement("", "", ()),
        Statement("Two.", "UZ", ("trade", "trade")),
        Statement("Three.", "CN", ("trade", "water", "energy", "health")),
        Statement("", "", (), dropped=True),
    )
    assert flaws(Draft(date="14.9.2022", parties=("CN", "KZ"), title="x" * 501, provisions=provisions)) == {
        "kind": Flaw.NO_KIND,
        "date": Flaw.NOT_A_DATE,
        "title": Flaw.TOO_LONG,
        "provisions-0-text": Flaw.NO_TEXT,
        "provisions-0-side": Flaw.NO_SIDE,
        "provisions-0-topics": Flaw.NO_TOPIC,
        "provisions-1-side": Flaw.OTHER_SIDE,
        "provisions-1-topics": Flaw.TWICE,
        "provisions-2-topics": Flaw.MANY_TOPICS,
    }
    assert flaws(Draft(kind="treaty")) == {"date": Flaw.NO_DATE, "parties": Flaw.NO_CHINA}
    assert flaws(Draft(kind="treaty", date="2022-02-30", parties=("CN", "PK"))) == {"date": Flaw.NOT_A_DATE, "parties": Flaw.NO_PARTIES}


@pytest.mark.parametrize(
    ("date", "flawed"),
    [
        ("2026-01-06", False),
        ("2026-01-07", False),
        ("2026-01-08", True),
        ("2026-01", False),
        ("2026-02", True),
        ("2026", False),
        ("2099", True),
    ],
)
def test_a_date_to_come_is_wrong_but_for_what_is_tomorrow_in_the_east(date: str, flawed: bool) -> None:
    draft = Draft(kind="treaty", date=date, parties=("CN", "KZ"))
    assert flaws(draft, dt.date(2026, 1, 6)) == ({"date": Flaw.FUTURE} if flawed else {})
    assert flaws(draft) == {}


def test_a_draft_is_divided_by_its_provisions() -> None:
    draft = Draft(
        kind="joint_declaration",
        title="Of both",
        date="2025-06-17",
        parties=("CN", "KZ"),
        provisions=(Statement("A.", "both", ("trade",)), Statement("B.", "both", ("water",)), Statement("C.", "KZ", ("health",))),
    )
    first, second = parted(draft, [1, 2], "treaty", ["UZ", "KZ", "CN"])
    assert [one.text for one in first.provisions] == ["A."]
    assert (first.kind, first.parties, first.title) == ("joint_declaration", ("CN", "KZ"), "Of both")
    assert [(one.text, one.side) for one in second.provisions] == [("B.", "all"), ("C.", "KZ")]
    assert (second.kind, second.parties, second.date, second.title) == ("treaty", ("CN", "KZ", "UZ"), "2025-06-17", "")
    assert parted(draft, [], "", [])[1].parties == ("CN", "KZ")
