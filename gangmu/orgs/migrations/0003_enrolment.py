"""Rosters as a read table: who is on which, since when, by which document. Filled by `gangmu rebuild`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_paths_by_byte")]
    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("org", models.CharField(db_index=True, max_length=64)),
                ("roster", models.CharField(db_index=True, max_length=32)),
                ("person", models.CharField(db_index=True, max_length=64)),
                ("basis", models.CharField(blank=True, max_length=100)),
                ("until", models.DateField(null=True)),
                ("ending", models.CharField(blank=True, max_length=32)),
            ],
            options={"abstract": False},
        ),
    ]
