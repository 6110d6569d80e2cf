"""Refuse UPDATE, DELETE and TRUNCATE on what was written, on both engines."""

from django.db import migrations

from gangmu.ledger.insert_only import lower_guards, raise_guards


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: raise_guards(editor.connection),
            lambda apps, editor: lower_guards(editor.connection),
        )
    ]
