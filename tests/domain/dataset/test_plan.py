"""The decision on each record, from three fingerprints."""

from __future__ import annotations

import pytest

from relations.domain.dataset.plan import Action, Entry, State, decide, merge_order


def decision(files: str, row: str | None, loaded: str | None, *, overwrite: bool = False) -> Action:
    """The decision on one record: its fingerprint in the files, in the database, and as it was loaded."""
    state = State(
        files={"a": files},
        rows={} if row is None else {1: row},
        row_of_key={} if row is None else {"a": 1},
        entries={} if loaded is None else {"a": Entry(1, loaded)},
    )
    return decide(state, overwrite=overwrite).steps[0].action


@pytest.mark.parametrize(
    ("files", "row", "loaded", "action", "overwritten"),
    [
        ("new", None, None, Action.ADD, Action.ADD),
        ("same", "same", "same", Action.UNCHANGED, Action.UNCHANGED),
        ("same", "same", None, Action.UNCHANGED, Action.UNCHANGED),
        ("same", "same", "older", Action.UNCHANGED, Action.UNCHANGED),
        ("new", "old", "old", Action.CHANGE, Action.CHANGE),
        ("old", "edited", "old", Action.KEEP, Action.CHANGE),
        ("new", "edited", "old", Action.KEEP, Action.CHANGE),
        ("new", "by hand", None, Action.KEEP, Action.CHANGE),
        ("old", None, "old", Action.LEAVE_OUT, Action.ADD),
        ("new", None, "old", Action.LEAVE_OUT, Action.ADD),
    ],
)
def test_three_fingerprints_decide(files: str, row: str | None, loaded: str | None, action: Action, overwritten: Action) -> None:
    assert decision(files, row, loaded) is action
    assert decision(files, row, loaded, overwrite=True) is overwritten


def test_a_record_is_the_row_as_which_it_was_loaded_whatever_that_one_is_called_now() -> None:
    state = State({"a": "x"}, {1: "renamed", 2: "other"}, {"b": 1, "a": 2}, {"a": Entry(1, "x")})
    (step,) = decide(state).steps
    assert (step.action, step.row) == (Action.KEEP, 1)


def test_a_row_is_one_record_only() -> None:
    state = State({"a": "x", "b": "y"}, {1: "renamed to b"}, {"b": 1}, {"a": Entry(1, "x")})
    assert [(step.key, step.action, step.row) for step in decide(state).steps] == [("a", Action.KEEP, 1), ("b", Action.LEAVE_OUT, None)]


def test_a_renamed_record_that_the_files_rename_too_goes_by_its_new_key() -> None:
    plan = decide(State({"b": "renamed"}, {1: "renamed"}, {"b": 1}, {"a": Entry(1, "x")}))
    assert [(step.action, step.row) for step in plan.steps] == [(Action.UNCHANGED, 1)]
    assert (plan.gone, plan.forget) == ({}, ["a"])


def test_a_record_known_by_another_unique_name_is_the_same() -> None:
    plan = decide(State({"b": "new"}, {1: "old"}, {"a": 1}, {"a": Entry(1, "old")}, other_names={"b": 1}))
    assert [(step.action, step.row) for step in plan.steps] == [(Action.CHANGE, 1)]
    assert plan.forget == ["a"]


def test_what_is_no_longer_in_the_files_is_gone_or_forgotten() -> None:
    plan = decide(State({}, {1: "x"}, {"a": 1}, {"a": Entry(1, "x"), "b": Entry(2, "y")}))
    assert (plan.gone, plan.forget) == ({"a": 1}, ["b"])


@pytest.mark.parametrize(
    ("wanted", "present", "merged"),
    [
        ("abc", "abc", "abc"),
        ("abc", "", "abc"),
        ("", "xy", "xy"),
        ("cab", "abc", "cab"),
        ("abc", "axbc", "axbc"),
        ("cba", "axbc", "cbax"),
        ("ab", "xab", "xab"),
        ("ab", "axyb", "axyb"),
        ("abc", "aby", "abyc"),
    ],
)
def test_what_the_files_do_not_hold_stays_behind_its_neighbour(wanted: str, present: str, merged: str) -> None:
    assert "".join(merge_order(wanted, present)) == merged
