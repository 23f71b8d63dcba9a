"""Every stored item gets a story of its own, and the groups get their rights to what came with stories and rules."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.core.management.color import no_style
from django.db import migrations
from django.db.models import Max

VIEWER = {f"view_{model}" for model in ("articletext", "rule", "tombstone")}
EDITOR = VIEWER | {"add_rule", "change_rule", "change_story"}
ADMINISTRATOR = EDITOR | {"delete_rule"}


def give_stories(apps, schema_editor):
    connection = schema_editor.connection
    item, story = apps.get_model("relations", "NewsItem"), apps.get_model("relations", "Story")
    if not item.objects.using(connection.alias).filter(story=None).exists():
        return
    # The number of the story is that of its item beyond the last story there is: two statements, however many items.
    last = story.objects.using(connection.alias).aggregate(last=Max("pk"))["last"] or 0
    items, stories = connection.ops.quote_name(item._meta.db_table), connection.ops.quote_name(story._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {stories} (id, headline, language, first_seen, edited)"
            f" SELECT id + %s, title, language, first_seen, %s FROM {items} WHERE story_id IS NULL",
            [last, False],
        )
        cursor.execute(f"UPDATE {items} SET story_id = id + %s WHERE story_id IS NULL", [last])
        for statement in connection.ops.sequence_reset_sql(no_style(), [story]):
            cursor.execute(statement)


def give_rights(apps, schema_editor):
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("relations"), apps=apps, using=alias, verbosity=0)
    rights = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="relations")
    for name, codenames in (("Viewer", VIEWER), ("Editor", EDITOR), ("Administrator", ADMINISTRATOR)):
        group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*rights.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("relations", "0008_stories")]
    operations = [
        migrations.RunPython(give_stories, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
