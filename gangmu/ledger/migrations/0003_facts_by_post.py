"""Facts are found by the post for which they were recorded: a leader's own duties no longer read all beneath."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0002_insert_only"),)

    operations = (
        migrations.AddIndex(
            model_name="factindex",
            index=models.Index(
                condition=models.Q(("post__isnull", False)), fields=["post", "day"], name="ledger_fact_post"
            ),
        ),
    )
