from django.db import migrations


class Migration(migrations.Migration):
    """Calendars belong to reminders; their table stays as it is."""

    dependencies = [
        ("api", "0002_calendarfeed"),
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("CalendarFeed")]),
    ]
