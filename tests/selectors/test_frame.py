"""Up to when the facts go."""

import datetime as dt

import pytest

from relations.selectors.frame import facts_until
from tests.factories import DeclarationFactory, EventFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 24)


def test_without_records_there_is_no_date() -> None:
    assert facts_until(TODAY) is None


def test_the_latest_verified_record_of_any_kind_counts(django_assert_num_queries) -> None:
    StatusFactory(date="2019-09-11", verification="official")
    VisitFactory(date_start="2026-03-18", verification="multiple")
    EventFactory(date="2026-03", verification="single")
    with django_assert_num_queries(1):
        assert facts_until(TODAY) == "2026-03-18"


def test_memory_drafts_and_the_future_do_not_count() -> None:
    StatusFactory(date="2019-09-11", verification="official")
    EventFactory(date="2025-01-01", verification="memory")
    EventFactory(date="2026-08-31", verification="official")
    DeclarationFactory(date="2026-01-01", state="draft", verification="official")
    assert facts_until(TODAY) == "2019-09-11"
