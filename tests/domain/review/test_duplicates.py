"""Documents that a draft may repeat."""

from __future__ import annotations

import pytest

from relations.domain.review import Document, reach, same_documents

PARTIES = ("CN", "KZ")


def same(date: str, other: str, **changes: object) -> bool:
    document = Document(1, **{"kind": "treaty", "date": other, "parties": PARTIES, **changes})  # type: ignore[arg-type]
    return same_documents("treaty", date, ("KZ", "CN"), [document]) == [document]


@pytest.mark.parametrize(
    ("date", "other", "near"),
    [
        ("2022-09-14", "2022-09-14", True),
        ("2022-09-14", "2022-09-17", True),
        ("2022-09-14", "2022-09-18", False),
        ("2022-09-14", "2022-09-11", True),
        ("2022-09-14", "2022-09-10", False),
        ("2022-09-14", "2022-09", True),
        ("2022-10-03", "2022-09", True),
        ("2022-10-04", "2022-09", False),
        ("2022-09", "2022", True),
        ("2023-01-03", "2022", True),
        ("2023-01-04", "2022", False),
        ("2022", "2021", True),  # 31 December and 1 January
        ("2022", "2020", False),
    ],
)
def test_dates_are_near_where_they_may_lie_within_three_days(date: str, other: str, near: bool) -> None:
    assert same(date, other) is near
    assert same(other, date) is near


def test_other_parties_or_another_kind_are_another_document() -> None:
    assert not same("2022-09-14", "2022-09-14", kind="plan")
    assert not same("2022-09-14", "2022-09-14", parties=("CN", "UZ"))
    assert not same("2022-09-14", "2022-09-14", parties=("CN", "KZ", "UZ"))


@pytest.mark.parametrize("date", ["", "soon", "2022-13", "14 September"])
def test_without_a_date_nothing_is_said_to_be_the_same(date: str) -> None:
    assert not same(date, "2022-09-14")
    assert reach(date) is None


def test_the_nearest_comes_first_and_the_exact_before_the_vague() -> None:
    dates = {1: "2022-09-16", 2: "2022-09", 3: "2022-09-14", 4: "2022-09-13"}
    known = [Document(pk, "treaty", date, PARTIES) for pk, date in dates.items()]
    assert [one.pk for one in same_documents("treaty", "2022-09-14", PARTIES, known)] == [3, 2, 4, 1]


@pytest.mark.parametrize("date", ["2022-01-01", "2022-12-31", "2022", "2022-06"])
def test_the_reach_holds_every_date_that_is_near(date: str) -> None:
    first, last = reach(date) or ("", "")
    others = ["2021", "2021-12", "2021-12-29", "2022", "2022-06-02", "2023", "2023-01", "2023-01-03", "2020", "2024"]
    near = [other for other in others if same(date, other)]
    assert near
    assert all(first <= other < last for other in near)
