"""The triggers of a database that is migrated with its records in it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from relations.models import Provision, triggers
from tests.factories import ProvisionFactory


def made() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_tables_that_a_trigger_names_are_rebuilt_under_their_records() -> None:
    provision = ProvisionFactory()
    try:
        call_command("migrate", "relations", "0005", verbosity=0)
        call_command("migrate", "relations", verbosity=0)
    finally:
        triggers.install(using=connection.alias)

    assert made() >= {name for name, *_rest in triggers.TRIGGERS}
    assert Provision.objects.get().text == provision.text
