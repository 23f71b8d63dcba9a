"""A new database is made in one step; one that exists goes on by the migrations that the step stands for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

ONE_STEP = "0001_squashed_0014_index_weights_seeded"


def forget(*names: str) -> None:
    """Let the database know nothing of these migrations."""
    assert MigrationRecorder(connection).migration_qs.filter(app="relations", name__in=names).delete()[0] == len(names)


def replaced() -> list[str]:
    """The migrations that the step stands for, in order."""
    return [name for _app, name in MigrationLoader(None).replacements["relations", ONE_STEP].replaces]


def later() -> list[str]:
    """The migrations that follow upon the step, in order."""
    loader = MigrationLoader(None)
    names = sorted(name for app, name in loader.graph.nodes if app == "relations" and name != ONE_STEP)
    return [name for name in names if name not in replaced()]


def pending() -> list[str]:
    """What `migrate` would do."""
    executor = MigrationExecutor(connection)
    return [migration.name for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def test_one_step_leads_to_the_same_models() -> None:
    one, many = (MigrationLoader(None, replace_migrations=whether) for whether in (True, False))
    assert ("relations", ONE_STEP) in one.graph.nodes
    assert ("relations", replaced()[0]) not in one.graph.nodes
    states = [loader.project_state(("relations", name)) for loader, name in ((one, ONE_STEP), (many, replaced()[-1]))]
    assert states[0] == states[1]


@pytest.mark.django_db
def test_a_new_database_has_nothing_left_to_do() -> None:
    assert pending() == []


@pytest.mark.django_db
def test_a_database_that_went_all_the_way_by_many_steps_is_done() -> None:
    forget(ONE_STEP)
    assert pending() == []


@pytest.mark.django_db
def test_a_database_that_went_a_part_of_the_way_goes_on_from_there() -> None:
    names = replaced()
    forget(ONE_STEP, *names[8:], *later())
    assert pending() == [*names[8:], *later()]
