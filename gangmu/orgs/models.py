"""Read tables of the organisation graph: rebuildable from the ledger, no behaviour.

Days are half-open (valid_from <= day < valid_to; 9999-12-31 means "until further notice"). Ids are opaque
strings, never foreign keys, so that a table can be emptied and refilled in any order.
"""

from django.db import models

ID = 64


class Epoch(models.Model):
    """A random word that changes whenever the tables named change; caches are keyed by it."""

    name = models.CharField(primary_key=True, max_length=16)
    token = models.CharField(max_length=ID)


class Dated(models.Model):
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        abstract = True


class Unit(models.Model):
    org = models.CharField(primary_key=True, max_length=ID)
    segment = models.CharField(max_length=5, unique=True)
    kind = models.CharField(max_length=32)
    domain = models.CharField(max_length=32)
    code = models.CharField(max_length=64, unique=True)
    founded_on = models.DateField()
    ended_on = models.DateField()
    ending = models.CharField(max_length=16, blank=True)


class UnitName(Dated):
    org = models.CharField(max_length=ID, db_index=True)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=100, blank=True)
    aliases = models.TextField(blank=True)
    initials = models.CharField(max_length=200, blank=True)


class ParentLink(Dated):
    org = models.CharField(max_length=ID, db_index=True)
    parent = models.CharField(max_length=ID, blank=True, db_index=True)


class UnitPath(Dated):
    org = models.CharField(max_length=ID, db_index=True)
    path = models.CharField(max_length=120, db_index=True)  # compared byte by byte on every engine: see the migration


class Relation(Dated):
    id = models.CharField(primary_key=True, max_length=ID)
    kind = models.CharField(max_length=32)
    leading = models.CharField(max_length=ID, db_index=True)
    other = models.CharField(max_length=ID, db_index=True)
    ending = models.CharField(max_length=32, blank=True)


class Post(Dated):
    id = models.CharField(primary_key=True, max_length=ID)
    org = models.CharField(max_length=ID, db_index=True)
    post = models.CharField(max_length=32)
    title = models.CharField(max_length=100, blank=True)
    term_years = models.IntegerField(null=True)


class Holding(Dated):
    id = models.CharField(primary_key=True, max_length=ID)
    post = models.CharField(max_length=ID, db_index=True)
    org = models.CharField(max_length=ID, db_index=True)
    person = models.CharField(max_length=ID, db_index=True)
    term_ends_on = models.DateField(null=True)
    origin = models.CharField(max_length=32)
    ending = models.CharField(max_length=32, blank=True)


class Membership(Dated):
    id = models.CharField(primary_key=True, max_length=ID)
    org = models.CharField(max_length=ID, db_index=True)
    person = models.CharField(max_length=ID, db_index=True)
    how = models.CharField(max_length=32)
    category = models.CharField(max_length=32)
    age_band = models.CharField(max_length=16)
    ending = models.CharField(max_length=32, blank=True)


class Stage(Dated):
    """One stage of one membership, the stages before admission included."""

    membership = models.CharField(max_length=ID, db_index=True)
    org = models.CharField(max_length=ID, db_index=True)
    person = models.CharField(max_length=ID, db_index=True)
    stage = models.CharField(max_length=32)


class Enrolment(Dated):
    """Somebody on a roster; `until` is the last day that was agreed, and ends nothing by itself."""

    id = models.CharField(primary_key=True, max_length=ID)
    org = models.CharField(max_length=ID, db_index=True)
    roster = models.CharField(max_length=32, db_index=True)
    person = models.CharField(max_length=ID, db_index=True)
    basis = models.CharField(max_length=100, blank=True)
    until = models.DateField(null=True)
    ending = models.CharField(max_length=32, blank=True)


class AccessGrant(Dated):
    id = models.CharField(primary_key=True, max_length=ID)
    account = models.CharField(max_length=ID, db_index=True)
    role = models.CharField(max_length=32)
    org = models.CharField(max_length=ID, db_index=True)
