"""The three groups, each with just its rights. A later model brings its rights in a migration of its own."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORDS = ("anniversary", "declaration", "event", "indicator", "initiative", "mechanism", "observation", "person", "session", "source", "status", "visit")
ROWS = (
    "anniversarycitation",
    "chair",
    "declarationcitation",
    "declarationtext",
    "eventcitation",
    "initiativecitation",
    "mechanismcitation",
    "observationcitation",
    "personcitation",
    "provision",
    "provisioncitation",
    "reference",
    "sessioncitation",
    "signatory",
    "statuscitation",
    "term",
    "visitcitation",
)
"""What stands within a record: an editor takes it away as freely as it is added."""
NEWS = ("feed", "outlet")
STORED = ("candidate", "newsitem")
"""Stored by the machine, decided on by an editor."""
READ = ("dyad", "fetchattempt", "story")
ALL = (*RECORDS, *ROWS, *NEWS, *STORED, *READ)


def codenames(actions, models):
    return {f"{action}_{model}" for action in actions for model in models}


VIEWER = codenames(("view",), ALL)
# A declaration is deleted only while it is a draft: the admin holds that.
EDITOR = (
    VIEWER
    | codenames(("add", "change"), (*RECORDS, *ROWS, *NEWS))
    | codenames(("change",), STORED)
    | codenames(("delete",), ROWS)
    | {"delete_declaration"}
)
ADMINISTRATOR = EDITOR | codenames(("delete",), (*RECORDS, *ROWS, *NEWS, *STORED))
ACCOUNTS = codenames(("add", "change", "delete", "view"), ("user", "group"))


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    # Permissions are made after all migrations, which is too late for the first one that gives them away.
    for label in ("auth", "relations"):
        config = installed.get_app_config(label)
        create_permissions(config, apps=apps, using=alias, verbosity=0)
    rights = apps.get_model("auth", "Permission").objects.using(alias)
    content = rights.filter(content_type__app_label="relations")
    accounts = rights.filter(content_type__app_label="auth")
    groups = {
        "Viewer": content.filter(codename__in=VIEWER),
        "Editor": content.filter(codename__in=EDITOR),
        "Administrator": content.filter(codename__in=ADMINISTRATOR) | accounts.filter(codename__in=ACCOUNTS),
    }
    for name, permissions in groups.items():
        group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.set(permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0003_dataset_entry_position"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
