"""Since when an item has been stored that may go."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.retention import cutoff


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ("2026-03-10T12:30", 24, "2024-03-10T12:30"),
        ("2026-03-10", 3, "2025-12-10"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-12-01", 12, "2025-12-01"),
    ],
)
def test_months_are_counted_by_the_calendar(now: str, months: int, before: str) -> None:
    assert cutoff(at(now), months) == at(before)


def test_with_nought_months_everything_is_kept_and_so_it_is_beyond_all_years() -> None:
    assert cutoff(at("2026-03-10"), 0) is None
    assert cutoff(at("2026-03-10"), 12 * 2026) is None
