"""Whole articles of feeds until they are read, and the rights to what the machine has read."""

import django.db.models.deletion
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

VIEWER = {"view_itemreading", "view_newslink"}
EDITOR = VIEWER | {"change_newslink"}


def give_rights(apps, schema_editor):
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("relations"), apps=apps, using=alias, verbosity=0)
    rights = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="relations")
    for name, codenames in (("Viewer", VIEWER), ("Editor", EDITOR), ("Administrator", EDITOR)):
        group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*rights.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("relations", "0011_readings_and_links")]
    operations = [
        migrations.CreateModel(
            name="FeedText",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feed_text",
                        serialize=False,
                        to="relations.newsitem",
                        verbose_name="item",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
            ],
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
