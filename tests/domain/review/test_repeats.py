"""Provisions that say again what stands there already."""

from __future__ import annotations

import time

import pytest

from relations.domain.review import Repeat, Stated, Statement, plain, repeats

TAIWAN = "Kazakhstan reaffirmed its adherence to the one-China principle."
AGAIN = "Kazakhstan reiterated its firm commitment to the one-China principle."


def said(text: str, side: str = "KZ", *topics: str, dropped: bool = False) -> Statement:
    return Statement(text, side, topics or ("taiwan",), dropped)


def test_the_same_words_of_a_stored_document_are_told() -> None:
    there = Stated(7, "KZ", ("taiwan",), TAIWAN)
    assert repeats([said("“Kazakhstan  reaffirmed its adherence to the ONE-China principle”")], [there]) == {
        0: Repeat(True, None, 7, TAIWAN)
    }


def test_other_words_for_the_same_are_near() -> None:
    assert repeats([said(AGAIN)], [Stated(7, "KZ", ("taiwan", "trade"), TAIWAN)]) == {0: Repeat(False, None, 7, TAIWAN)}


@pytest.mark.parametrize(
    "other", [Stated(7, "CN", ("taiwan",), TAIWAN), Stated(7, "KZ", ("trade",), TAIWAN), Stated(7, "KZ", ("taiwan",), "Nothing of it.")]
)
def test_another_side_another_topic_or_other_words_are_not(other: Stated) -> None:
    assert repeats([said(AGAIN)], [other]) == {}


def test_within_a_draft_each_is_compared_with_those_before_it() -> None:
    draft = [said(TAIWAN), said("Trade will double."), said(TAIWAN), said(AGAIN), said(TAIWAN)]
    assert repeats(draft, []) == {2: Repeat(True, 1), 3: Repeat(False, 1, None, TAIWAN), 4: Repeat(True, 1)}


def test_what_is_dropped_or_empty_neither_repeats_nor_is_repeated() -> None:
    assert repeats([said(TAIWAN, dropped=True), said(TAIWAN), said(""), said("")], []) == {}


def test_the_likest_counts() -> None:
    closer = f"{AGAIN[:-1]} and to peace."
    known = [Stated(7, "KZ", ("taiwan",), TAIWAN), Stated(8, "KZ", ("taiwan",), closer)]
    assert repeats([said(AGAIN)], known) == {0: Repeat(False, None, 8, closer)}


def test_of_very_many_only_the_same_words_are_looked_for_and_it_takes_no_time() -> None:
    known = [Stated(7, "KZ", ("taiwan",), f"{TAIWAN} {number}") for number in range(2000)]
    begun = time.perf_counter()
    assert repeats([said(AGAIN)] * 399 + [said(f"{TAIWAN} 3")], known)[399] == Repeat(True, None, 7, f"{TAIWAN} 3")
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(("one", "other"), [("«Да».", "да"), ("双方同意。", "双方同意"), ("A\n b", "a B;")])
def test_marks_and_capitals_do_not_matter(one: str, other: str) -> None:
    assert plain(one) == plain(other)
