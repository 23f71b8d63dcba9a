"""What a new reading changes among the links that are stored."""

from __future__ import annotations

from typing import Any

from relations.domain.linking.changes import Stored, changes
from relations.domain.linking.found import Found

OLD: list[dict[str, Any]] = [{"start": 0, "end": 5, "rule": "r", "words": "China"}]
NEW: list[dict[str, Any]] = [{"start": 9, "end": 14, "rule": "r", "words": "China"}]


def stored(state: str = "read", code: str = "CN-KZ") -> Stored:
    return Stored(7, "dyad", code, state, OLD)


def test_a_new_link_is_added() -> None:
    found = Found("dyad", "CN-KZ", NEW)
    result = changes([], [found])
    assert (result.added, result.renewed, result.gone) == ([found], [], [])


def test_a_link_that_is_found_again_gets_its_new_place_and_an_unchanged_one_costs_nothing() -> None:
    found = Found("dyad", "CN-KZ", NEW)
    assert changes([stored()], [found]).renewed == [(stored(), found)]
    assert changes([stored()], [Found("dyad", "CN-KZ", OLD)]).renewed == []


def test_a_link_that_is_not_found_any_more_goes() -> None:
    assert changes([stored()], []).gone == [stored()]


def test_a_confirmed_link_stays_though_it_is_not_found() -> None:
    result = changes([stored("confirmed")], [])
    assert (result.added, result.renewed, result.gone) == ([], [], [])


def test_a_rejected_link_is_neither_added_nor_touched_nor_forgotten() -> None:
    for found in ([Found("dyad", "CN-KZ", NEW)], []):
        result = changes([stored("rejected")], found)
        assert (result.added, result.renewed, result.gone) == ([], [], [])


def test_the_same_code_of_another_kind_is_another_link() -> None:
    found = Found("person", "CN-KZ", NEW)
    assert changes([stored("rejected")], [found]).added == [found]


def test_reading_less_than_before_only_adds() -> None:
    other = Found("dyad", "CN-UZ", NEW)
    result = changes([stored(), stored(code="CN-TM")], [Found("dyad", "CN-KZ", NEW), other], adds_only=True)
    assert (result.added, result.renewed, result.gone) == ([other], [], [])
