"""The weights as shipped when the table was made, and the rights of the groups to it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.utils import timezone

# code, impact, lasts, act of governments
SHIPPED = (
    ("status_relations", "0.60", True, True),
    ("status_raised", "0.80", True, True),
    ("status_aim", "0.40", True, True),
    ("treaty", "0.60", True, True),
    ("agreement", "0.10", True, True),
    ("declaration_leaders", "0.30", False, True),
    ("declaration_other", "0.10", False, True),
    ("visit_state", "0.30", False, True),
    ("visit_leader", "0.20", False, True),
    ("visit_aside", "0.10", False, True),
    ("visit_other", "0.05", False, True),
    ("session_leaders", "0.15", False, True),
    ("session_ministers", "0.10", False, True),
    ("session_other", "0.05", False, True),
    ("event_border", "0.30", True, True),
    ("event_easing", "0.20", True, True),
    ("event_works", "0.10", True, False),
    ("event_economy", "0.05", False, False),
    ("event_security", "0.10", False, True),
    ("event_society", "0.05", False, False),
    ("friction_protest", "-0.10", False, False),
    ("friction_crisis", "-0.40", False, True),
    ("friction_security", "-0.20", False, False),
    ("friction_closure", "-0.30", False, True),
    ("friction_sanction", "-0.80", False, True),
    ("friction_other", "-0.10", False, False),
)
VIEWER = {"view_indexweight"}
EDITOR = VIEWER | {"change_indexweight"}


def seed(apps, schema_editor):
    alias = schema_editor.connection.alias
    weights = apps.get_model("relations", "IndexWeight").objects.using(alias)
    history = apps.get_model("relations", "HistoricalIndexWeight").objects.using(alias)
    for code, weight, lasting, official in SHIPPED:
        values = {"weight": weight, "lasting": lasting, "official": official}
        row, made = weights.get_or_create(code=code, defaults=values)
        if made:  # the version that an editor can always come back to
            history.create(id=row.pk, code=code, note="", history_date=timezone.now(), history_type="+", **values)


def give_rights(apps, schema_editor):
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("relations"), apps=apps, using=alias, verbosity=0)
    rights = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="relations")
    for name, codenames in (("Viewer", VIEWER), ("Editor", EDITOR), ("Administrator", EDITOR)):
        group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*rights.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("relations", "0013_index_weights")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
