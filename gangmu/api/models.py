"""The API's only table: which tokens stand for which account."""

from django.db import models


class Token(models.Model):
    """A token as its SHA-256, never itself; it ends on a day and can be withdrawn by deleting the row."""

    digest = models.CharField(primary_key=True, max_length=64)
    account = models.CharField(max_length=64)
    expires_on = models.DateField()
