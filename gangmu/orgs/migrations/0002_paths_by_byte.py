"""Paths are compared byte by byte, whatever the database's language: their ranges rest on "z" < "~"."""

from django.db import migrations

FORWARD = 'ALTER TABLE orgs_unitpath ALTER COLUMN path TYPE varchar(120) COLLATE "C"'
BACKWARD = 'ALTER TABLE orgs_unitpath ALTER COLUMN path TYPE varchar(120) COLLATE "default"'


def on_postgres(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [migrations.RunPython(on_postgres(FORWARD), on_postgres(BACKWARD))]
