"""The triggers of a database that is migrated with its records in it."""

from __future__ import annotations

import pytest
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection

from relations.models import Declaration, Mechanism, Provision, triggers
from tests.factories import ProvisionFactory

REBUILT = (Provision, Declaration, Mechanism)
"""The models whose tables the triggers name."""


def made() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_tables_that_a_trigger_names_are_rebuilt_under_their_records() -> None:
    """As `migrate` does it for every change of a column, between the signals that it sends."""
    provision = ProvisionFactory()
    try:
        emit_pre_migrate_signal(0, False, connection.alias)
        with connection.schema_editor() as editor:
            for model in REBUILT:
                editor._remake_table(model)  # type: ignore[attr-defined]
        emit_post_migrate_signal(0, False, connection.alias)
        assert made() >= {name for name, *_rest in triggers.TRIGGERS}
    finally:
        triggers.install(using=connection.alias)

    assert {model._meta.db_table for model in REBUILT} == {table for _name, table, *_rest in triggers.TRIGGERS}
    assert Provision.objects.get().text == provision.text
