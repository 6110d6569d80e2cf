from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("account", models.CharField(max_length=64)),
                ("org", models.CharField(blank=True, max_length=64)),
            ],
        ),
    ]
