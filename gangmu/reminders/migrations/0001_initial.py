from django.db import migrations, models

FEED = migrations.CreateModel(
    name="CalendarFeed",
    fields=[
        ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
        ("account", models.CharField(max_length=64)),
        ("org", models.CharField(blank=True, max_length=64)),
    ],
    options={"db_table": "api_calendarfeed"},
)


class Migration(migrations.Migration):
    """Calendars come over from the API with their table: an address that was handed out keeps working."""

    dependencies = [
        ("api", "0002_calendarfeed"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[FEED]),
        migrations.AddField("CalendarFeed", "made_on", models.DateField(null=True)),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("account", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("carrier", models.CharField(max_length=16)),
                ("language", models.CharField(max_length=8)),
                ("quiet_until", models.DateField(null=True)),
                ("key", models.CharField(max_length=64)),
                ("salt", models.BinaryField()),
                ("place", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("state", models.CharField(max_length=8)),
                ("count", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "day"), name="reminders_once_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[("day", models.DateField(primary_key=True, serialize=False))],
        ),
    ]
