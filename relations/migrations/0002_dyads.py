"""The six relationships: they are the frame of the data, not data of the dataset files."""

from django.db import migrations

DYADS = ("CN-KZ", "CN-KG", "CN-TJ", "CN-TM", "CN-UZ", "CN-C5")


def add_dyads(apps, schema_editor):
    dyad = apps.get_model("relations", "Dyad")
    for position, code in enumerate(DYADS):
        dyad.objects.using(schema_editor.connection.alias).update_or_create(
            code=code, defaults={"partner": code.removeprefix("CN-"), "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("relations", "0001_initial")]
    operations = [migrations.RunPython(add_dyads, migrations.RunPython.noop)]
