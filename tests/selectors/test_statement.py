"""Queries compiled once: what varies is named, and answers are never kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from relations.models import Declaration, Event, EventCitation, Session
from relations.selectors.statement import Named, Statement, columns, in_language
from tests.factories import DeclarationFactory, EventFactory, MechanismFactory, SessionFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_a_value_is_given_by_name_each_time_it_is_asked() -> None:
    early, late = EventFactory(date="1995-02-08"), EventFactory(date="2011-06-13")
    until = Statement(lambda: columns(Event.objects.filter(date__lte=Named("day")), "pk", "date"))

    assert until.rows(day="2000") == [(early.pk, "1995-02-08")]
    assert until.rows(day="2020") == [(early.pk, "1995-02-08"), (late.pk, "2011-06-13")]


def test_what_was_entered_since_shows_at_once() -> None:
    everything = Statement(lambda: columns(Event.objects.order_by("date"), "date"))
    assert everything.rows() == []

    EventFactory(date="1995-02-08")
    assert everything.rows() == [("1995-02-08",)]


def test_a_list_of_values_may_have_any_length() -> None:
    first, second, third = EventFactory(date="2001"), EventFactory(date="2002"), EventFactory(date="2003")
    chosen = Statement(lambda: columns(Event.objects.filter(pk__in=Named("keys")).exclude(date=Named("but")), "pk"))

    assert chosen.rows(keys=[first.pk, second.pk, third.pk], but="2002") == [(first.pk,), (third.pk,)]
    assert chosen.rows(keys=(third.pk,), but="2001") == [(third.pk,)]
    assert chosen.rows(keys=[], but="2001") == []


def test_several_relationships_are_a_list_too() -> None:
    for dyad in ("CN-KZ", "CN-UZ", "CN-TM"):
        DeclarationFactory(dyad_id=dyad, date="2013-09-09")
    of = Statement(lambda: columns(Declaration.objects.published().for_dyads(Named("dyads")).order_by("dyad_id"), "dyad_id"))

    assert of.rows(dyads=["CN-UZ", "CN-KZ"]) == [("CN-KZ",), ("CN-UZ",)]


@pytest.mark.parametrize("given", [{}, {"dya": "CN-KZ"}, {"dyad": "CN-KZ", "day": "2000"}])
def test_a_name_that_is_missing_or_unknown_is_an_error(given: dict[str, Any]) -> None:
    of = Statement(lambda: columns(Event.objects.filter(dyad=Named("dyad")), "pk"))

    with pytest.raises(TypeError, match=r"takes \['dyad'\]"):
        of.rows(**given)


def test_words_come_in_the_language_of_the_page_or_in_english() -> None:
    EventFactory(date="2001", title_en="Pipeline", title_fr="Gazoduc", title_ru="")
    EventFactory(date="2002", title_en="Railway", title_fr=None)
    MechanismFactory(title_en="Dialogue", title_fr="Dialogue stratégique")
    titles = Statement(lambda: columns(Event.objects.order_by("date"), in_language("title")))

    assert titles.rows() == [("Pipeline",), ("Railway",)]
    with translation.override("fr"):
        assert titles.rows() == [("Gazoduc",), ("Railway",)]
    with translation.override("ru"):
        assert titles.rows() == [("Pipeline",), ("Railway",)]


def test_columns_keep_their_order_and_become_what_the_model_gives() -> None:
    EventFactory(date="2001", friction=True, parties=("CN", "KZ"), title_en="Protest")
    rows = Statement(lambda: columns(Event.objects.all(), "parties", in_language("title"), "friction", "date"))

    assert rows.rows() == [(("CN", "KZ"), "Protest", True, "2001")]


def test_parts_of_a_union_have_their_values_each_in_its_place() -> None:
    event = EventFactory(date="2001")
    session = SessionFactory(date="2005")
    SessionFactory(date="2011")
    both = Statement(
        lambda: [
            columns(Event.objects.filter(date__gte=Named("first"), date__lte=Named("last")).order_by(), "pk", "date"),
            columns(Session.objects.filter(date__gte=Named("first"), date__lte=Named("last")).order_by(), "pk", "date"),
        ]
    )

    assert sorted(both.rows(first="2000", last="2010")) == sorted([(event.pk, "2001"), (session.pk, "2005")])


def test_it_is_one_query_in_any_language(django_assert_num_queries: Any) -> None:
    event = EventFactory(date="2001")
    event.citations.create(source=SourceFactory(publisher="Xinhua, 100 % sure"), position=0)
    cited = Statement(lambda: columns(EventCitation.objects.filter(event__in=Named("events")), "event_id", "source__publisher"))

    with django_assert_num_queries(2):
        assert cited.rows(events=[event.pk]) == [(event.pk, "Xinhua, 100 % sure")]
        with translation.override("fr"):
            assert cited.rows(events=[event.pk, 0]) == [(event.pk, "Xinhua, 100 % sure")]
