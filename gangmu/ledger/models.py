"""The ledger's tables (TRUST, appendix B). Written by hand-written SQL in this floor only; never imported outside it.

Triggers refuse UPDATE and DELETE on all of them but the outbox, the one-row state and the two rebuildable tables
(migration 0002). Stamps are text, `2025-03-08T01:02:03.000Z`, which sorts as time does and reads the same on
both engines.
"""

from django.db import models


class Intake(models.Model):
    """The outbox: acknowledged facts that have no number yet. `n` is the order of arrival; the sequencer empties it."""

    n = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=32)
    leaf = models.BinaryField()
    bytes = models.BinaryField()
    received = models.CharField(max_length=24)

    class Meta:
        db_table = "ledger_intake"


class Idem(models.Model):
    """Each actor's request keys, for ever: a request sent again is answered, not recorded again."""

    pk = models.CompositePrimaryKey("actor", "idem")
    actor = models.CharField(max_length=64)
    idem = models.CharField(max_length=128)
    entry_id = models.CharField(max_length=32)

    class Meta:
        db_table = "ledger_idem"


class Entry(models.Model):
    """The log itself: entry `seq` and its leaf hash."""

    seq = models.BigAutoField(primary_key=True)
    leaf = models.BinaryField(unique=True)
    bytes = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"


class Tile(models.Model):
    """A full tile of 256 hashes, with the root over them (which is a hash of the level above)."""

    pk = models.CompositePrimaryKey("level", "n")
    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    root = models.BinaryField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "ledger_tile"


class Head(models.Model):
    """A signed checkpoint. `created` is when we signed it, for people to read; the note does not carry it."""

    size = models.BigAutoField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    created = models.CharField(max_length=24)

    class Meta:
        db_table = "ledger_head"


class State(models.Model):
    """Where the tree stands: one row, moved by compare-and-swap on (size, epoch)."""

    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    epoch = models.BigIntegerField()
    frontier = models.BinaryField()

    class Meta:
        db_table = "ledger_state"


class Vault(models.Model):
    """Sealed values. `version` is the id of the fact that sealed it."""

    pk = models.CompositePrimaryKey("subject", "slot", "version")
    subject = models.CharField(max_length=64)
    slot = models.CharField(max_length=32)
    version = models.CharField(max_length=32)
    salt = models.BinaryField()
    ct = models.BinaryField()

    class Meta:
        db_table = "ledger_vault"
        indexes = (models.Index(fields=["version"], name="ledger_vault_version"),)


class FactIndex(models.Model):
    """One row a fact, to find it by: rebuilt from the log whenever wanted. `n` is the order of arrival.

    A reversal names what it `reverses`, at most one for each fact; whether a fact is reversed is a join away, so the
    rows are the same whichever of the two arrives first.
    """

    n = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=32, unique=True)
    leaf = models.BinaryField()
    kind = models.CharField(max_length=128)
    schema = models.CharField(max_length=64)
    org = models.CharField(max_length=64)
    about = models.CharField(max_length=64, null=True)
    actor = models.CharField(max_length=64)
    post = models.CharField(max_length=64, null=True)
    claimed_from = models.CharField(max_length=24)
    claimed_to = models.CharField(max_length=24)
    day = models.CharField(max_length=10)
    received = models.CharField(max_length=24)
    late_days = models.IntegerField()
    body = models.TextField()
    refs = models.TextField()
    idem = models.CharField(max_length=128)
    slots = models.TextField()
    reverses = models.CharField(max_length=32, null=True)

    class Meta:
        db_table = "ledger_fact"
        indexes = (
            models.Index(fields=["org", "day"], name="ledger_fact_org_day"),
            models.Index(fields=["actor", "n"], name="ledger_fact_actor"),
            models.Index(fields=["about"], name="ledger_fact_about", condition=models.Q(about__isnull=False)),
            models.Index(fields=["post", "day"], name="ledger_fact_post", condition=models.Q(post__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["reverses"], name="ledger_fact_reversed_once", condition=models.Q(reverses__isnull=False)
            ),
        )


class ClosingRow(models.Model):
    """Closed periods, from the facts that closed them."""

    id = models.CharField(max_length=32, primary_key=True)
    org = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    kinds = models.TextField()
    first_day = models.CharField(max_length=10)
    last_day = models.CharField(max_length=10)
    received = models.CharField(max_length=24)

    class Meta:
        db_table = "ledger_closing"
        indexes = (models.Index(fields=["org"], name="ledger_closing_org"),)
