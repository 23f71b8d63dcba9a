"""Every page of the dashboard and of the desk answers, over the whole dataset, on SQLite and on PostgreSQL.

The tests of the pages and of the desk run on SQLite alone: what they ask of a database is tested on both where it is asked
(models, selectors, services, ingest). What is left, queries that are put together in a page or by the admin, is asked here.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from benchmarks.pages import addresses
from tests import factories as make
from tests.admin.desk import account, at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def news(dataset: None) -> None:
    """The dataset has none."""
    make.NewsItemFactory(dyads=["CN-KZ"])
    make.FetchAttemptFactory()
    make.RuleFactory()


def test_every_page_answers() -> None:
    client, asked = at_desk(account("adm", "Administrator")), list(addresses())
    assert len(asked) > 20
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(asked, 200)


def test_what_readers_type_into_the_filters_is_answered(client: Client) -> None:
    filters = [
        "/declarations/?q=silk+road&country=kz&topic=security&sort=date&from=2010&to=2024",
        "/news/?q=100%25+_&dyad=CN-KZ&scope=all",
        "/sources/?q=%27&language=ru",
        "/timeline/?dyad=CN-UZ&level=all&from=2001",
        "/calendar/?from=2026-01-01",
    ]
    assert {address: client.get(address).status_code for address in filters} == dict.fromkeys(filters, 200)


@pytest.mark.parametrize(
    "model", [model for model in admin.site._registry if model._meta.app_label == "relations"], ids=lambda m: m.__name__
)
def test_every_list_and_form_of_the_desk_answers(model: type) -> None:
    desk = at_desk(account("adm", "Administrator"))
    name = f"admin:relations_{model._meta.model_name}"  # type: ignore[attr-defined]
    asked = [reverse(f"{name}_changelist"), reverse(f"{name}_changelist") + "?q=china+1"]
    if desk.get(reverse(f"{name}_add")).status_code != 403:  # what the machine writes has no form
        asked.append(reverse(f"{name}_add"))
    first = model._default_manager.order_by("pk").first()  # type: ignore[attr-defined]
    if first is not None:
        asked += [reverse(f"{name}_change", args=[first.pk]), reverse(f"{name}_history", args=[first.pk])]
    assert {address: desk.get(address).status_code for address in asked} == dict.fromkeys(asked, 200)
