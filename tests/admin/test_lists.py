"""Every list and every form of the desk opens, for every model, at a cost that does not grow with the rows."""

from __future__ import annotations

import pytest
from django.contrib import admin

from tests import factories as make
from tests.admin.desk import account, at_desk, url

pytestmark = pytest.mark.django_db

FACTORIES = {
    "anniversary": make.AnniversaryFactory,
    "articletext": make.ArticleTextFactory,
    "candidate": make.CandidateFactory,
    "declaration": make.DeclarationFactory,
    "event": make.EventFactory,
    "feed": make.FeedFactory,
    "fetchattempt": make.FetchAttemptFactory,
    "indexweight": make.IndexWeightFactory,
    "indicator": make.IndicatorFactory,
    "initiative": make.InitiativeFactory,
    "itemreading": make.ItemReadingFactory,
    "mechanism": make.MechanismFactory,
    "newsitem": make.NewsItemFactory,
    "newslink": make.NewsLinkFactory,
    "observation": make.ObservationFactory,
    "outlet": make.OutletFactory,
    "person": make.PersonFactory,
    "provision": make.ProvisionFactory,
    "rule": make.RuleFactory,
    "session": make.SessionFactory,
    "source": make.SourceFactory,
    "status": make.StatusFactory,
    "story": make.StoryFactory,
    "visit": make.VisitFactory,
}
APART = {
    "status": [{"dyad_id": code} for code in ("CN-KZ", "CN-KG", "CN-TJ", "CN-UZ")],
    "anniversary": [{"month_day": day} for day in ("01-01", "02-02", "03-03", "04-04")],
    "event": [{"title_en": title} for title in "ABCD"],
    "visit": [{"date_start": day} for day in ("2020", "2021", "2022", "2023")],
    "session": [{"date": day} for day in ("2020", "2021", "2022", "2023")],
    "observation": [{"period": year, "year": int(year)} for year in ("2020", "2021", "2022", "2023")],
}
"""What keeps four records of a kind apart, where the factory does not."""

STORED = {"articletext", "candidate", "fetchattempt", "indexweight", "itemreading", "newsitem", "newslink", "story"}
"""What the machine writes, and the list of weights, which is fixed."""


def records(name, count):
    return [FACTORIES[name](**APART.get(name, [{}] * 4)[number]) for number in range(count)]


@pytest.fixture
def queries(django_assert_max_num_queries):
    """How many queries a page takes, once caches of the process are warm."""

    def count(client, page):
        client.get(page)
        with django_assert_max_num_queries(40) as captured:
            response = client.get(page)
        assert response.status_code == 200
        return len(captured)

    return count


def test_the_factories_here_are_those_of_the_models_at_the_desk():
    assert set(FACTORIES) == {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "relations"}


@pytest.mark.parametrize("name", FACTORIES)
def test_a_list_costs_the_same_for_few_and_for_many_rows(desk, queries, name):
    records(name, 1)
    few = queries(desk, url(name, "changelist"))
    for number, values in enumerate(APART.get(name, [{}] * 4)[1:]):
        FACTORIES[name](**values)
        assert number < 3

    assert queries(desk, url(name, "changelist")) == few
    assert few <= 14


@pytest.mark.parametrize("name", FACTORIES)
def test_every_list_can_be_searched(desk, name):
    (record,) = records(name, 1)

    response = desk.get(url(name, "changelist"), {"q": "zzz nothing"})

    assert response.context["cl"].result_count == 0
    assert type(record).objects.exists()


@pytest.mark.parametrize("name", FACTORIES)
def test_every_record_opens(desk, queries, name):
    (record,) = records(name, 1)

    assert queries(desk, url(name, "change", record.pk)) <= 24


@pytest.mark.parametrize("name", sorted(set(FACTORIES) - STORED - {"provision"}))
def test_every_kind_of_record_can_be_added(desk, name):
    assert desk.get(url(name, "add")).status_code == 200
    assert desk.post(url(name, "add"), {}).status_code == 200  # an empty form is refused in words, never an error


@pytest.mark.parametrize("name", sorted(STORED))
def test_what_the_machine_stored_is_neither_added_nor_deleted(name):
    administrator = at_desk(account("adm", "Administrator"))
    (record,) = records(name, 1)

    assert administrator.get(url(name, "add")).status_code == 403
    assert administrator.post(url(name, "delete", record.pk), {"post": "yes"}).status_code == 403


def test_a_provision_is_added_within_its_declaration_only(desk):
    assert desk.get(url("provision", "add")).status_code == 403


def test_the_form_of_a_declaration_costs_the_same_for_one_provision_and_for_twenty_two(desk, django_assert_num_queries):
    def declaration(rows):
        sources = make.SourceFactory.create_batch(rows)
        record = make.DeclarationFactory(sources=sources, initiatives=make.InitiativeFactory.create_batch(2))
        person = make.PersonFactory()
        for number in range(1, rows + 1):
            make.ProvisionFactory(declaration=record, position=number, mechanisms=make.MechanismFactory.create_batch(2))
            make.SignatoryFactory(declaration=record, person=person)
            make.ReferenceFactory(declaration=record, document="", target=make.DeclarationFactory())
            make.DeclarationTextFactory(declaration=record, language=f"{number:02d}", source=sources[0])
        return record

    few, many = declaration(1), declaration(22)
    desk.get(url("declaration", "change", few.pk))
    for record in (few, many):
        with django_assert_num_queries(15):
            desk.get(url("declaration", "change", record.pk))


def test_an_empty_form_of_a_declaration(desk, django_assert_num_queries):
    desk.get(url("declaration", "add"))
    with django_assert_num_queries(6):
        desk.get(url("declaration", "add"))


def test_autocomplete_finds_people_by_any_of_their_names(desk):
    make.PersonFactory(name_en="Li Peng", name_zh_hans="李鹏")
    make.PersonFactory(name_en="Somebody else")

    answer = desk.get(
        "/admin/autocomplete/", {"term": "李鹏", "app_label": "relations", "model_name": "signatory", "field_name": "person"}
    ).json()

    assert [result["text"] for result in answer["results"]] == ["Li Peng"]
