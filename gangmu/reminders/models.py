"""What people chose, and what was told: no facts, never counted. Addresses lie here sealed or as digests alone."""

from django.db import models

ID = 64


class CalendarFeed(models.Model):
    """The address of a calendar as the SHA-256 of its secret, never itself; withdrawn by deleting the row.

    Of the unit `org`, or, where that is empty, of the account's own person and units.
    """

    digest = models.CharField(primary_key=True, max_length=ID)
    account = models.CharField(max_length=ID)
    org = models.CharField(max_length=ID, blank=True)
    made_on = models.DateField(null=True)

    class Meta:
        db_table = "api_calendarfeed"


class Choice(models.Model):
    """By which carrier an account wants to be told, and until when not. `place`: where to, sealed under `key`."""

    account = models.CharField(primary_key=True, max_length=ID)
    carrier = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    quiet_until = models.DateField(null=True)
    key = models.CharField(max_length=ID)
    salt = models.BinaryField()
    place = models.BinaryField()


class Told(models.Model):
    """One digest of one day, written before it is sent: nobody is told twice. `state`: sending, sent or failed."""

    account = models.CharField(max_length=ID)
    day = models.DateField()
    state = models.CharField(max_length=8)
    count = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "day"], name="reminders_once_a_day"),)


class Round(models.Model):
    """A day whose digests were all gone through."""

    day = models.DateField(primary_key=True)
