"""The index over records of the database: what counts, under which kind, with which weights, at what cost."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.index.score import Options, month_iso
from relations.models import IndexWeight, Visit
from relations.reference.impact import IMPACTS
from relations.reference.parties import DYADS
from relations.selectors import index
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 31)


def line(dyad="CN-KZ", today=TODAY, **options):
    (found,) = index.index_lines([dyad], Options(**options), today)
    return found


def counted(found):
    return {month_iso(month.number): [(one.item.kind, one.impact) for one in month.effects] for month in found.months if month.effects}


def test_every_kind_of_record_counts_under_its_kind():
    make.StatusFactory(dyad_id="CN-KZ", date="2005-07-04", level="strategic_partnership")
    make.DeclarationFactory(dyad_id="CN-KZ", date="2006-01-10", kind="joint_statement", level="head_of_state")
    make.VisitFactory(dyad_id="CN-KZ", date_start="2007-02", kind="state", office="President")
    make.SessionFactory(mechanism=make.MechanismFactory(dyad_id="CN-KZ", kind="committee"), date="2008-03-01")
    make.EventFactory(dyad_id="CN-KZ", date="2009", kind="protest", friction=True)
    assert counted(line()) == {
        "2005-07": [("status_raised", 0.8)],
        "2006-01": [("declaration_leaders", 0.3)],
        "2007-02": [("visit_state", 0.3)],
        "2008-03": [("session_ministers", 0.1)],
        "2009-12": [("friction_protest", -0.1)],
    }


def test_a_record_counts_for_its_own_relationship_alone():
    make.EventFactory(dyad_id="CN-C5", date="2012-06-01", kind="transport", parties=("CN", "KZ", "UZ"))
    assert counted(line("CN-KZ")) == counted(line("CN-UZ")) == {}
    assert counted(line("CN-C5")) == {"2012-06": [("event_works", 0.1)]}


def test_drafts_unsourced_records_and_what_lies_ahead_do_not_count():
    make.DeclarationFactory(dyad_id="CN-KZ", date="2006-01-10", state="draft")
    make.EventFactory(dyad_id="CN-KZ", date="2009-01-01", verification="memory")
    make.EventFactory(dyad_id="CN-KZ", date="2026-04-01")
    found = line()
    assert (counted(found), found.records, found.begins, found.last_moved, found.now.score) == ({}, 0, None, None, 0)


def test_a_weight_that_an_editor_changes_counts_at_once():
    make.EventFactory(dyad_id="CN-KZ", date="2009-12-11", kind="protest", friction=True)
    assert line().now.score == pytest.approx(-0.1)
    IndexWeight.objects.filter(code="friction_protest").update(weight="-0.9")
    assert line().now.score == pytest.approx(-0.9)
    assert index.index_now("CN-KZ", TODAY).score == pytest.approx(-0.9)
    assert [row.code for row in index.weight_lines() if row.changed] == ["friction_protest"]


def test_a_weight_of_nought_leaves_the_score_and_still_shows_the_record():
    make.EventFactory(dyad_id="CN-KZ", date="2009-12-11", kind="protest", friction=True)
    IndexWeight.objects.filter(code="friction_protest").update(weight=0)
    found = line()
    assert (found.now.score, found.records, found.limits(-1)) == (0, 1, (0, 0))


def test_a_table_without_rows_is_the_one_that_is_shipped():
    IndexWeight.objects.all().delete()
    assert index.weights() == IMPACTS


def test_the_weights_are_shipped_as_the_reference_has_them():
    assert not [row.code for row in index.weight_lines() if row.changed]
    assert IndexWeight.objects.count() == IndexWeight.history.count() == len(IMPACTS)


def test_a_changed_record_is_computed_anew():
    event = make.EventFactory(dyad_id="CN-KZ", date="2009-12-11", kind="energy")
    before = line().now.score
    event.date, event.friction = "2010-01-01", True
    event.save()
    assert counted(line()) == {"2010-01": [("friction_closure", -0.3)]}
    assert line().now.score < before


def test_sessions_of_one_mechanism_follow_each_other_up_and_those_of_another_do_not():
    first, second = (make.MechanismFactory(dyad_id="CN-KZ", kind="committee") for _ in range(2))
    make.SessionFactory(mechanism=first, date="2000-01-01")
    make.SessionFactory(mechanism=first, date="2001-12-01")
    followed = line(half_life=12).months
    assert followed[12 * 10].score == followed[12 * 10 + 11].score - followed[12 * 10 + 11].before + followed[12 * 10 + 10].score
    assert followed[8 * 12 + 30].score == pytest.approx(followed[8 * 12 + 24].score)
    make.SessionFactory(mechanism=second, date="1999-01-01")
    assert line(half_life=12).months[8 * 12 + 30].score < line().months[8 * 12 + 30].score


def test_leaders_are_those_whom_the_database_finds():
    offices = [
        "President",
        "Premier and Party Secretary",
        "Vice Premier",
        "Deputy Prime Minister",
        "Minister and President",
        "President’s envoy",
    ]
    for office in offices:
        make.VisitFactory(office=office)
    leaders = set(Visit.objects.by_leaders().values_list("office", flat=True))
    assert (
        {office for office in offices if index._leads(office)}
        == leaders
        == {
            "President",
            "Premier and Party Secretary",
            "Minister and President",
        }
    )


def test_the_lines_take_two_queries_however_many_records(django_assert_num_queries):
    for number in range(3):
        make.EventFactory(dyad_id=DYADS[number], date=f"200{number}")
    index.index_lines(DYADS, Options(), TODAY)
    with django_assert_num_queries(2):
        index.index_lines(DYADS, Options(), TODAY)
    make.EventFactory.create_batch(8, dyad_id="CN-KZ", date="2004")
    with django_assert_num_queries(2):
        assert [found.records for found in index.index_lines(DYADS, Options(), TODAY)] == [9, 1, 1, 0, 0, 0]
    with django_assert_num_queries(2):
        index.index_now("CN-KZ", TODAY)


def test_the_shipped_records_give_every_relationship_a_line(dataset):
    found = index.index_lines(DYADS, Options(), TODAY)
    assert [one.dyad for one in found] == list(DYADS)
    for one in found:
        low, high = one.limits(-1)
        assert -9 <= low < one.now.score < high <= 9
        assert one.records > 80
