"""Documents as their owners handed them in: drafts, no facts; never counted, gone when their owner deletes them.

Name and text lie here only encrypted, under a key of the document's own.
"""

from django.db import models

ID = 64


class Draft(models.Model):
    """One document: whose it is, which unit and days it was held against, and how many numbers bear which verdict.

    `headings` are the places and levels of the headings that a style of a .docx made: [[offset, level], …].
    """

    id = models.CharField(primary_key=True, max_length=ID)
    account = models.CharField(max_length=ID)
    org = models.CharField(max_length=ID, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    checked = models.DateTimeField()
    counts = models.JSONField()
    form = models.CharField(max_length=8)
    name_salt = models.BinaryField()
    name = models.BinaryField()
    text_salt = models.BinaryField()
    text = models.BinaryField()
    headings = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["account", "-checked"], name="documents_latest"),)
