"""What changed, from the histories: never a draft, a load as one line, what was changed back as nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from relations.domain.changes import Basis, Difference, Fate, Load, Since
from relations.models import Event, Provision, Visit
from relations.reference.parties import DYADS
from relations.selectors.cadences import read_cadences
from relations.selectors.changes import Change, ChangesPage, became_due, changes_page
from tests.factories import (
    AnniversaryFactory,
    DeclarationFactory,
    EventFactory,
    MechanismFactory,
    NewsItemFactory,
    ProvisionFactory,
    SessionFactory,
    SourceFactory,
    StatusFactory,
    StoryFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)
SINCE = dt.date(2026, 3, 10)
MARCH = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def on(day: str) -> Any:
    return time_machine.travel(f"{day} 12:00:00+00:00", tick=False)


def page(since: dt.date = SINCE, *dyads: str) -> ChangesPage:
    return changes_page(Since(since, Basis.ASKED), dyads, TODAY)


def changed(since: dt.date = SINCE, *dyads: str) -> dict[str, Change]:
    return {f"{change.record.kind} {change.record.title}": change for change in page(since, *dyads).changes}


def by_load(rows: list[Any]) -> None:
    """Mark the beginning of each history as that of a load."""
    for row in rows:
        row.history.filter(history_type="+").update(history_change_reason="dataset")


def test_what_was_made_since_is_new_and_what_was_made_before_is_not_told() -> None:
    with on("2026-03-09"):
        EventFactory(title_en="Old")
    with on("2026-03-10"):
        EventFactory(title_en="Recent")
    found = changed()
    assert list(found) == ["event Recent"]
    assert (found["event Recent"].fate, found["event Recent"].day) == (Fate.NEW, SINCE)
    assert found["event Recent"].differences == ()


def test_an_edit_says_field_by_field_what_differs_from_that_day() -> None:
    with on("2026-03-01"):
        event = EventFactory(title_en="Pipeline", date="2026", verification="single", summary="")
    with on("2026-03-12"):
        event.date = "2026-01"
        event.save()
    with on("2026-03-14"):
        event.date, event.verification = "2026-01-15", "official"
        event.save()
    one = changed()["event Pipeline"]
    assert (one.fate, one.day) == (Fate.EDITED, dt.date(2026, 3, 14))
    assert set(one.differences) == {Difference("date", "2026", "2026-01-15"), Difference("verification", "single", "official")}


def test_what_was_changed_back_or_saved_unchanged_is_no_change() -> None:
    with on("2026-03-01"):
        event, other = EventFactory(summary="As it was."), EventFactory()
    with on("2026-03-12"):
        event.summary = "Otherwise."
        event.save()
        event.summary = "As it was."
        event.save()
        other.save()
    assert changed() == {}


def test_a_draft_never_shows_and_is_new_once_it_is_published() -> None:
    with on("2026-03-01"):
        document = DeclarationFactory(state="draft", title_en="Statement")
        ProvisionFactory(declaration=document, text="Secret.")
    with on("2026-03-12"):
        document.title_en = "Joint statement"
        document.save()
    assert changed() == {}
    with on("2026-03-13"):
        document.state = "published"
        document.save()
    one = changed()["declaration Joint statement"]
    assert (one.fate, one.differences, one.provisions) == (Fate.NEW, (), 1)
    with on("2026-03-14"):
        document.state = "draft"
        document.save()
    assert changed() == {}


def test_provisions_are_told_with_their_document_by_number() -> None:
    with on("2026-03-01"):
        document = DeclarationFactory(title_en="Statement")
        kept = ProvisionFactory(declaration=document, position=1, text="They trade.", side="both")
        gone = ProvisionFactory(declaration=document, position=2, text="They build.")
    with on("2026-03-12"):
        kept.text, kept.side = "They trade more.", "CN"
        kept.save()
        gone.delete()
        ProvisionFactory(declaration=document, position=3, text="They meet.")
    one = changed()["declaration Statement"]
    assert one.fate is Fate.EDITED
    assert one.differences == (
        Difference("side", "both", "CN", 1),
        Difference("text", "They trade.", "They trade more.", 1),
        Difference("text", "They build.", "", 2),
        Difference("text", None, "They meet.", 3),
    )


def test_a_source_that_was_added_is_told() -> None:
    with on("2026-03-01"):
        visit = VisitFactory()
    with on("2026-03-12"):
        visit.citations.create(source=SourceFactory(), position=1)
    (one,) = page().changes
    assert (one.record.kind, one.fate, one.parts) == ("visit", Fate.EDITED, ("sources",))


def test_a_record_that_is_gone_is_not_told() -> None:
    with on("2026-03-12"):
        EventFactory()
        Event.objects.get().delete()
    assert changed() == {}


def test_the_first_load_is_one_line_and_an_edit_of_what_it_brought_is_an_edit() -> None:
    with on("2026-03-12"):
        rows = [EventFactory(title_en=f"Event {number}") for number in range(41)]
        by_load(rows)
    with on("2026-03-15"):
        rows[0].date = "2025-06"
        rows[0].save()
    found = page()
    assert found.loads == (Load(dt.date(2026, 3, 12), 41),)
    (one,) = found.changes
    assert (one.record.title, one.fate) == ("Event 0", Fate.EDITED)
    assert [difference.field for difference in one.differences] == ["date"]


def test_a_small_load_is_told_record_by_record() -> None:
    with on("2026-03-12"):
        by_load([EventFactory(title_en="One"), VisitFactory()])
    found = page()
    assert found.loads == ()
    assert {change.record.kind: change.fate for change in found.changes} == {"event": Fate.NEW, "visit": Fate.NEW}


def test_what_was_edited_before_its_history_began_is_an_edit() -> None:
    event = EventFactory(title_en="Bare")
    event.history.all().delete()
    with on("2026-03-12"):
        event.label = "only for charts"
        event.save()
    with on("2026-03-13"):
        event.summary = "Told."
        event.save()
    one = changed()["event Bare"]
    assert (one.fate, one.differences) == (Fate.EDITED, (Difference("summary", "", "Told."),))


def test_relationships_are_a_filter() -> None:
    with on("2026-03-12"):
        EventFactory(title_en="Kazakh", dyad_id="CN-KZ")
        SessionFactory(mechanism=MechanismFactory(title_en="Uzbek committee", dyad_id="CN-UZ", parties=("CN", "UZ")))
    assert set(changed(SINCE, "CN-KZ")) == {"event Kazakh"}
    assert {change.record.kind for change in page(SINCE, "CN-UZ").changes} == {"session", "mechanism"}
    assert page(SINCE, "CN-TM").is_empty


def test_a_session_became_overdue_between_the_two_days() -> None:
    # Yearly: the last sixth of the rhythm is due from 15 January 2026 on, overdue after 15 March 2026.
    made = MechanismFactory(slug="committee", periodicity_months=12)
    SessionFactory(mechanism=made, date="2025-03-15")
    other = MechanismFactory(slug="other", periodicity_months=12)
    SessionFactory(mechanism=other, date="2023-01-01")  # overdue long since
    assert [row.slug for row in page().due] == ["committee"]
    assert [row.slug for row in page(dt.date(2026, 3, 20)).due] == []
    assert became_due(read_cadences(dt.date(2026, 3, 14)), dt.date(2026, 3, 10)) == []


def test_an_anniversary_entered_the_window_of_ninety_days() -> None:
    # Within 90 days of 24 March is up to 22 June; of 10 March up to 8 June.
    for day in ("06-08", "06-09", "06-22", "06-23"):
        AnniversaryFactory(month_day=day, title_en=day, origin=None)
    assert [entry.title for entry in page().entered] == ["06-09", "06-22"]
    assert page(TODAY).entered == ()


def test_a_story_is_new_where_its_first_report_is() -> None:
    with on("2026-03-01"):
        story = StoryFactory()
        NewsItemFactory(title="Old", dyads=["CN-KZ"], story=story, sort_time=MARCH)
    with on("2026-03-12"):
        NewsItemFactory(title="Follows", dyads=["CN-KZ"], story=story, sort_time=LATER)
        NewsItemFactory(title="New", dyads=["CN-KZ"], sort_time=LATER)
        NewsItemFactory(title="Of nobody", sort_time=LATER)
        NewsItemFactory(title="Hidden", dyads=["CN-KZ"], hidden=True, sort_time=LATER)
    found = page()
    assert ([line.title for line in found.stories], found.stories_total) == (["New"], 1)


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    def enter(count: int) -> None:
        with on("2026-03-12"):
            for number in range(count):
                StatusFactory(dyad_id=DYADS[Visit.objects.count() % 6], level="strategic_partnership", date="2010")
                document = DeclarationFactory()
                ProvisionFactory(declaration=document, sources=[SourceFactory()])
                VisitFactory(sources=[SourceFactory()])
                EventFactory()
                SessionFactory(mechanism=MechanismFactory(periodicity_months=12), date="2024-01-01")
                AnniversaryFactory(month_day="06-09", title_en=f"Day {Visit.objects.count()} {number}")
                NewsItemFactory(dyads=["CN-KZ"], sort_time=LATER)

    enter(1)
    page()
    with django_assert_num_queries(23):
        assert len(page().changes) == 7
    enter(5)
    with django_assert_num_queries(23):
        assert len(page().changes) == 42


def test_a_provision_says_nothing_where_its_document_is_new() -> None:
    with on("2026-03-12"):
        ProvisionFactory(declaration=DeclarationFactory(title_en="Fresh"))
    assert changed()["declaration Fresh"].provisions == Provision.objects.count() == 1
