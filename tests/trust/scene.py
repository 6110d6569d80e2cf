"""A database and keys of a trust test's own, in a folder that goes away with it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.trust.postmaster import Postmaster


class CannotRun(RuntimeError):
    """This machine lacks what the test needs; the message says what. Not a failure, and not a success either."""


@contextmanager
def of_its_own(engine: str = "sqlite") -> Iterator[Path]:
    """Django on a fresh database (`sqlite`, or `pg`) with the ledger's tables; nothing is open when the block begins."""
    with tempfile.TemporaryDirectory(prefix="gangmu-trust-") as name, _database(engine, Path(name)) as address:
        os.environ["GANGMU_VAR"] = name
        os.environ.pop("GANGMU_KEYS", None)
        os.environ["DATABASE_URL"] = address
        os.environ["GANGMU_NO_POOL"] = "1"
        os.environ["DJANGO_SETTINGS_MODULE"] = "gangmu.settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        from gangmu.ledger import projections

        projections.install([])  # the ledger alone: its own tables are all there is
        call_command("migrate", "ledger", verbosity=0)
        connections.close_all()
        yield Path(name)
        connections.close_all()


server: list[Postmaster] = []  # ours, while a test on PostgreSQL runs


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/trust.sqlite3"
        return
    folder.chmod(0o755)  # the server may have to run under another user than root
    postmaster = Postmaster(folder)
    postmaster.start()
    server.append(postmaster)
    try:
        postmaster.await_ready()
        yield postmaster.url
    finally:
        server.remove(postmaster)
        postmaster.stop()


def engine_version() -> dict[str, str]:
    """Which engine this was, for the line that is printed."""
    from django.db import connection

    from gangmu.ledger import sqlite_library

    if connection.vendor == "sqlite":
        return {"sqlite": ".".join(map(str, sqlite_library.VERSION))}
    connection.ensure_connection()
    number = connection.connection.info.server_version
    return {"postgresql": f"{number // 10000}.{number % 10000}"}


def migrated() -> Path:
    """The database with its tables and nothing else, closed."""
    from django.conf import settings

    return Path(settings.VAR) / "trust.sqlite3"


def use(folder: Path) -> None:
    """Let the ledger and its keys be those in `folder`."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = str(folder / "trust.sqlite3")
    settings.KEYS = folder / "keys"
