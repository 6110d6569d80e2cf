"""Sheets as they were handed in, until they are recorded or given up: no facts, never counted.

What stands in them lies here only encrypted, under a key of each sheet's own, and never holds an identity number.
"""

from django.db import models

ID = 64


class Handed(models.Model):
    """One sheet handed in: whose it is, what its rows are to become (`sheet`), how far it has come.

    `state`: read, checking, checked, recording, done. `taken`: since when somebody works on it. `shown`: how many
    right rows its owner confirmed. `cells` are the tables, `told` is everything said of them; both sealed.
    """

    id = models.CharField(primary_key=True, max_length=ID)
    account = models.CharField(max_length=ID)
    sheet = models.CharField(max_length=ID)
    state = models.CharField(max_length=12)
    created = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    rows = models.IntegerField(default=0)
    right = models.IntegerField(default=0)
    wrong = models.IntegerField(default=0)
    already = models.IntegerField(default=0)
    content = models.CharField(max_length=ID, blank=True)
    cells_salt = models.BinaryField()
    cells = models.BinaryField()
    told_salt = models.BinaryField()
    told = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["account", "-created"], name="imports_latest"),)


class Remembered(models.Model):
    """Which column was taken for which field, the last time this account handed in a sheet with these headings."""

    account = models.CharField(max_length=ID)
    sheet = models.CharField(max_length=ID)
    shape = models.CharField(max_length=ID)
    columns = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "sheet", "shape"], name="imports_one_shape"),)
