"""A new database goes the way of the first fourteen migrations in one step.

Their changes of the models are followed without the models being made anew after each, which is what nearly all of a first
`migrate` went into; then every table is made as it is in the end. What they write into the tables they write here too. A database
that has gone a part of the way goes on by the fourteen.
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations.base import Operation

NAMES = (
    "0001_initial",
    "0002_dyads",
    "0003_dataset_entry_position",
    "0004_groups",
    "0005_offices_may_be_long",
    "0006_records_are_verified_by_known_words",
    "0007_feeds_run_unattended",
    "0008_stories",
    "0009_stories_of_stored_items",
    "0010_feed_digest",
    "0011_readings_and_links",
    "0012_read_items_and_rights",
    "0013_index_weights",
    "0014_index_weights_seeded",
)
STEPS = [operation for name in NAMES for operation in import_module(f"relations.migrations.{name}").Migration.operations]
WRITING = [operation for operation in STEPS if isinstance(operation, migrations.RunPython)]


class Tables(Operation):
    """All tables, in the state that a row of changes to the models leads to."""

    def __init__(self, changes):
        self.changes = changes

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # the models of the state: made once all is changed, and then up to date
        state.is_delayed = False
        for change in self.changes:
            change.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in to_state.apps.get_app_config(app_label).get_models():
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(list(from_state.apps.get_app_config(app_label).get_models())):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self):
        return "Make all tables"


class Migration(migrations.Migration):
    initial = True
    replaces = [("relations", name) for name in NAMES]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [Tables([operation for operation in STEPS if operation not in WRITING]), *WRITING]
