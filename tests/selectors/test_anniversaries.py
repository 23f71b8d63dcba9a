"""Origins and what lay around their jubilees, over records of the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.selectors import anniversaries
from relations.selectors.anniversaries import MECHANISM, RELATIONS, STATUS, TREATY
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)


def page(*dyads: str, kinds: tuple[str, ...] = ()) -> anniversaries.AnniversariesPage:
    return anniversaries.anniversaries_page(TODAY, dyads, kinds)


def test_every_kind_of_origin_comes_round_oldest_first() -> None:
    make.StatusFactory(date="1992-01-03", level="diplomatic_relations")
    make.StatusFactory(date="2005-07-04", level="strategic_partnership")
    make.DeclarationFactory(date="2002-12-23", kind="treaty")
    make.DeclarationFactory(date="2002-12-24", kind="treaty", state="draft")
    make.DeclarationFactory(date="2003-01-01", kind="agreement")
    make.MechanismFactory(established="2004-05")
    make.MechanismFactory(established=None)
    found = page().origins
    assert [(one.begun.kind, one.begun.date.iso) for one in found] == [
        (RELATIONS, "1992-01-03"), (TREATY, "2002-12-23"), (MECHANISM, "2004-05"), (STATUS, "2005-07-04"),
    ]  # fmt: skip
    assert [one.begun.kind for one in page(kinds=(TREATY, STATUS)).origins] == [TREATY, STATUS]
    assert page("CN-UZ").origins == ()


def test_a_jubilee_stands_with_what_lay_around_the_earlier_ones() -> None:
    make.StatusFactory(date="2001-07-16", level="strategic_partnership")
    document = make.DeclarationFactory(date="2021-08-30", title_en="Statement")
    make.DeclarationFactory(date="2021-08-31")  # the 46th day
    make.DeclarationFactory(date="2021-07-16", state="draft")
    make.DeclarationFactory(date="2021-07-16", dyad_id="CN-UZ")
    visit = make.VisitFactory(date_start="2016-06-01")
    session = make.SessionFactory(mechanism=make.MechanismFactory(established=None, title_en="Committee"), date="2016-07", number=4)
    (one,) = page("CN-KZ").origins
    assert one.jubilee is not None and (one.jubilee.date.iso, one.jubilee.years) == ("2026-07-16", 25)
    assert [(passed.occurrence.years, [(row.kind, row.key) for row in passed.happenings]) for passed in one.passed] == [
        (20, [("declaration", document.pk)]),
        (15, [("visit", visit.pk), ("session", session.pk)]),
        (10, []),
        (5, []),
    ]
    assert (one.marked, one.by_kind) == (2, {"declaration": 1, "visit": 1, "session": 1})
    told = anniversaries.brought(row for passed in one.passed for row in passed.happenings)
    assert told["declaration", document.pk].title == "Statement"
    assert (told["session", session.pk].title, told["session", session.pk].number) == ("Committee", 4)


def test_the_next_two_years_are_ahead_in_the_order_of_their_dates() -> None:
    for date in ("2003-04-01", "2001-07-16", "2004-01-01"):
        make.DeclarationFactory(date=date, kind="treaty")
    make.MechanismFactory(established="2001")
    # 2028-04-01 lies past 24 months, 2029 further.
    assert [one.jubilee.date.iso for one in page().coming if one.jubilee] == ["2026-07-16", "2026"]
    assert [one.passed for one in page(kinds=(MECHANISM,)).origins] == [()]


def test_a_year_alone_is_no_line_of_a_calendar_file() -> None:
    make.MechanismFactory(established="2001", slug="a")
    make.MechanismFactory(established="2001-07", slug="b")
    entries = {one.begun.key: one.entry() for one in page().origins}
    assert entries["mechanism:a"] is None
    entry = entries["mechanism:b"]
    assert entry is not None and (entry.key, entry.date.iso, entry.years) == ("mechanism:b:2026", "2026-07", 25)


def test_nothing_gives_an_empty_page() -> None:
    found = page()
    assert (found.origins, found.coming, found.evidence.share) == ((), [], None)
    assert anniversaries.one_origin(STATUS, 1, TODAY) is None


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    page()
    for year in (2001, 2006):
        with django_assert_num_queries(6):  # statuses, treaties, mechanisms; documents, visits, sessions
            page()
        for month in range(1, 10):
            make.DeclarationFactory(date=f"{year}-0{month}-03", kind="treaty")
            make.VisitFactory(date_start=f"{year + 5}-0{month}-04")
            make.SessionFactory(mechanism=make.MechanismFactory(established=f"{year}-0{month}"), date=f"{year + 5}-0{month}-05")
    passed = [row for one in page().origins for jubilee in one.passed for row in jubilee.happenings]
    with django_assert_num_queries(3):
        assert len(anniversaries.brought(passed)) == len({(row.kind, row.key) for row in passed})
