"""A database and keys of a trust test's own, in a folder that goes away with it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def of_its_own() -> Iterator[Path]:
    """Django on a fresh SQLite file with the ledger's tables; nothing is open when the block begins."""
    with tempfile.TemporaryDirectory(prefix="gangmu-trust-") as folder:
        os.environ["GANGMU_VAR"] = folder
        os.environ.pop("GANGMU_KEYS", None)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/trust.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "gangmu.settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        from gangmu.ledger import projections

        projections.install([])  # the ledger alone: its own tables are all there is
        call_command("migrate", "ledger", verbosity=0)
        connections.close_all()
        yield Path(folder)
        connections.close_all()


def sqlite_version() -> str:
    from gangmu.ledger import sqlite_library

    return ".".join(map(str, sqlite_library.VERSION))
