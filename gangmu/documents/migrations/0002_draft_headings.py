from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="headings",
            field=models.JSONField(default=list),
        ),
    ]
