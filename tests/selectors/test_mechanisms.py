"""The health of mechanisms and their tree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.cadence import State
from relations.selectors.mechanisms import MechanismFilters, health, mechanisms_page, tree
from tests.factories import MechanismFactory, SessionFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)


def mechanism(slug: str, *dates: str, **values: Any) -> Any:
    made = MechanismFactory(slug=slug, **values)
    for date in dates:
        SessionFactory(mechanism=made, date=date)
    return made


def test_overdue_and_due_go_first_then_the_longest_silence() -> None:
    mechanism("met", "2025-10-28")
    mechanism("silent")
    mechanism("quiet", "2023-11-29")
    mechanism("quieter", "2019-11-03")
    mechanism("due-later", "2024-05-13", periodicity_months=24)
    mechanism("due-soon", "2025-04-25", periodicity_months=12)
    mechanism("overdue", "2024-08-13", periodicity_months=12)
    mechanism("on-time", "2025-11-21", periodicity_months=24)
    mechanism("ended", "2001-01-01", status="ended")
    assert [row.slug for row in health(TODAY)] == [
        "overdue", "due-soon", "due-later", "quieter", "quiet", "met", "on-time", "silent", "ended",
    ]  # fmt: skip
    assert [row.slug for row in health(TODAY, limit=2)] == ["overdue", "due-soon"]


def test_what_to_watch_leaves_out_children_unless_they_are_due() -> None:
    parent = mechanism("committee", "2025-03-18")
    mechanism("quiet-part", "2010-04-15", parent=parent)
    mechanism("due-part", "2025-04-25", parent=parent, periodicity_months=12)
    assert [row.slug for row in health(TODAY, watch=True)] == ["due-part", "committee"]


def test_a_row_holds_what_the_table_shows() -> None:
    made = mechanism("dialogue", "2024-03-29", title_en="China–Kazakhstan Strategic Dialogue", periodicity_months=12)
    SessionFactory(mechanism=made, date="2025-04-25", number=2, place="Almaty")
    SessionFactory(mechanism=made, date="2027-01-01")
    (row,) = health(TODAY)
    assert (row.title, row.full_title, row.url) == ("Strategic Dialogue", "China–Kazakhstan Strategic Dialogue", "/mechanisms/dialogue/")
    assert [date.iso for date in row.sessions] == ["2024-03-29", "2025-04-25"]
    assert row.last is not None
    assert (row.last.date.iso, row.last.number, row.last.place) == ("2025-04-25", 2, "Almaty")
    assert row.state is State.ON_TIME  # the next one is announced
    assert row.due is not None and row.due.iso == "2027-01-01"


def test_what_is_expected_is_drawn_on_its_last_day() -> None:
    mechanism("dialogue", "2025-04-25", periodicity_months=12)
    (row,) = health(TODAY)
    assert row.due is not None and row.due.iso == "2026-04-25"


def test_other_relationships_are_left_out() -> None:
    mechanism("kz", "2025-01-01")
    mechanism("kg", "2025-01-01", dyad_id="CN-KG", parties=("CN", "KG"))
    assert [row.slug for row in health(TODAY, "CN-KG")] == ["kg"]


def test_the_tree_has_each_child_under_its_parent() -> None:
    first = mechanism("first", position=1)
    mechanism("second", position=3)
    part = mechanism("part", position=4, parent=first)
    mechanism("part-of-part", position=5, parent=part)
    branch = tree(TODAY, "CN-KZ")
    assert [(row.slug, row.depth, row.child) for row in branch.rows] == [
        ("first", 0, False),
        ("part", 1, True),
        ("part-of-part", 2, True),
        ("second", 0, False),
    ]
    assert (branch.total, branch.children, branch.silent_children) == (4, 2, 2)


def test_a_short_tree_keeps_what_has_met_and_tells_how_many_are_left() -> None:
    parent = mechanism("committee", "2025-03-18", position=2)
    mechanism("silent", position=1)
    mechanism("part", "2010-04-15", position=3, parent=parent)
    mechanism("silent-part", position=4, parent=parent)
    branch = tree(TODAY, "CN-KZ", limit=2)
    assert [row.slug for row in branch.rows] == ["committee", "part"]
    assert (branch.total, branch.more) == (4, 2)


def test_filters_combine_and_each_count_holds_the_other_filter() -> None:
    mechanism("kz-quiet", "2020-01-01")
    mechanism("kz-met", "2025-06-01")
    mechanism("kg-quiet", "2020-01-01", dyad_id="CN-KG", parties=("CN", "KG"))
    page = mechanisms_page(TODAY, MechanismFilters(("CN-KZ",), (State.QUIET,)))
    assert [[row.slug for row in branch.rows] for branch in page.branches] == [["kz-quiet"]]
    assert (page.total, page.shown) == (3, 1)
    assert page.by_dyad == {"CN-KZ": 1, "CN-KG": 1}
    assert page.by_state == {State.QUIET: 1, State.MET: 1}


def test_a_child_whose_parent_is_filtered_away_stands_by_itself() -> None:
    parent = mechanism("committee", "2025-03-18")
    mechanism("part", "2010-04-15", parent=parent)
    (branch,) = mechanisms_page(TODAY, MechanismFilters(states=(State.QUIET,))).branches
    assert [(row.slug, row.child) for row in branch.rows] == [("part", False)]


def test_two_queries_whatever_the_number(django_assert_num_queries: Any) -> None:
    for number in range(12):
        mechanism(f"m-{number}", "2024-01-01", "2025-01-01")
    for read in (lambda: health(TODAY), lambda: mechanisms_page(TODAY), lambda: tree(TODAY, "CN-KZ")):
        with django_assert_num_queries(2):
            read()


def test_the_shipped_facts_agree_with_the_table_of_the_overview(dataset: None) -> None:
    rows = {row.slug: row for row in health(TODAY)}
    assert len(rows) == 88
    expected = {
        "cn-uz-foreign-ministry-consultations": State.OVERDUE,
        "cn-kz-fm-strategic-dialogue": State.DUE,
        "cn-uz-intergovernmental-cooperation-committee": State.DUE,
        "cn-kg-trade-economic-commission": State.QUIET,
        "cn-tj-prime-ministers-meetings": State.ON_TIME,
        "cn-tm-cooperation-committee": State.DUE,
        "c5-summit": State.ON_TIME,
        "cn-kz-prime-ministers": State.ON_TIME,
        "cn-kz-cooperation-committee": State.ON_TIME,
        "cn-kz-subcommittee-finance": State.NO_SESSION,
        "cn-kz-economic-scitech-committee-1992": State.ENDED,
    }
    assert {slug: rows[slug].state for slug in expected} == expected
    branch = tree(TODAY, "CN-KZ")
    assert (branch.total, branch.children, branch.silent_children) == (19, 10, 7)
