"""Rows in bulk: ids that nobody else is given, moments, rows that are known already."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from relations.ingest import bulk
from relations.models import NewsItem, Story
from relations.selectors.statement import Named, Statement, columns
from tests.factories import NewsItemFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, 0, 0, 5, tzinfo=dt.UTC)
_LINK = NewsItem.dyads.through


def insert(*stories: tuple[int, str]) -> None:
    columns = ("id", "headline", "language", "first_seen", "edited")
    bulk.insert(Story, columns, [(pk, headline, "en", NOW, False) for pk, headline in stories])


def test_ids_are_given_once_and_django_goes_on_after_them() -> None:
    with transaction.atomic():
        first = list(bulk.numbers(Story, 3))
        insert(*((pk, "x") for pk in first))
        second = list(bulk.numbers(Story, 2))
        insert(*((pk, "y") for pk in second))
        made = Story.objects.create(headline="z", first_seen=NOW)
    assert len({*first, *second, made.pk}) == 6
    assert sorted(Story.objects.filter(pk__in=first).values_list("headline", flat=True)) == ["x", "x", "x"]


def test_what_is_inserted_reads_like_what_django_writes() -> None:
    (pk,) = bulk.numbers(Story, 1)
    insert((pk, "Ташкент 'и' 北京 %s ?"))
    written = Story.objects.create(headline="x", first_seen=NOW)
    stored = Story.objects.get(pk=pk)
    assert (stored.headline, stored.first_seen, stored.edited, stored.merged_into_id) == ("Ташкент 'и' 北京 %s ?", NOW, False, None)
    assert set(Story.objects.filter(first_seen=NOW)) == {stored, written}


@pytest.mark.parametrize("count", [1, 31, 32, 33, 64, 100])
def test_any_number_of_rows_is_inserted_once_each_in_their_order(count: int) -> None:
    made = bulk.numbers(Story, count)
    insert(*((pk, str(pk)) for pk in made))
    assert list(Story.objects.order_by("pk").values_list("headline", flat=True)) == [str(pk) for pk in made]


@pytest.mark.sqlite_only
def test_few_and_many_rows_cost_the_same_statements_and_no_new_ones() -> None:
    def statements(count: int) -> set[str]:
        with CaptureQueriesContext(connection) as queries:
            insert(*((pk, "x") for pk in bulk.numbers(Story, count)))
        return {query["sql"].partition(" times: ")[2] or query["sql"] for query in queries if "INSERT" in query["sql"]}

    few, many = statements(7), statements(400)
    # SQLite keeps each statement compiled with its values: one for every number of rows would be kept for every number.
    assert few == many
    assert len(many) <= 2


def test_a_row_that_is_known_is_passed_over_where_that_is_asked_for() -> None:
    item = NewsItemFactory()
    bulk.insert(_LINK, ("newsitem", "dyad"), [(item.pk, "CN-KZ")])
    bulk.insert(_LINK, ("newsitem", "dyad"), [(item.pk, "CN-KZ"), (item.pk, "CN-UZ")], once=True)
    assert {dyad.code for dyad in item.dyads.all()} == {"CN-KZ", "CN-UZ"}
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(_LINK, ("newsitem", "dyad"), [(item.pk, "CN-KZ")])


def test_no_rows_are_no_work() -> None:
    bulk.insert(Story, ("id",), [])


@pytest.mark.parametrize("count", [0, 1, 3000])
def test_a_statement_takes_a_list_of_any_length_as_one_value(count: int) -> None:
    made = bulk.numbers(Story, 5)
    insert(*((pk, f"'{pk}'") for pk in made))
    by_id = Statement(lambda: columns(Story.objects.filter(pk__in=bulk.named_list("ids")), "pk"))
    by_words = Statement(lambda: columns(Story.objects.filter(headline__in=bulk.named_list("words", "text")), "pk"))
    ids = [*made, *range(10_000_000, 10_003_000)][:count]
    with CaptureQueriesContext(connection) as queries:
        found = by_id.rows(ids=bulk.whole(ids))
        said = by_words.rows(words=bulk.whole([f"'{pk}'" for pk in ids]))
    assert {pk for (pk,) in found} == {pk for (pk,) in said} == set(ids) & set(made)
    assert len(queries) == 2


def test_a_list_is_spread_only_where_it_is_not_given_whole() -> None:
    made = bulk.numbers(Story, 3)
    insert(*((pk, "x") for pk in made))
    both = Statement(lambda: columns(Story.objects.filter(pk__in=bulk.named_list("ids"), headline__in=Named("words")), "pk"))
    assert len(both.rows(ids=bulk.whole(made), words=["x", "y"])) == 3
    assert both.rows(ids=bulk.whole(made), words=[]) == []
