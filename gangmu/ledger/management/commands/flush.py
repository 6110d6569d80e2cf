"""`flush` empties tables, which a ledger never allows: refused, but for the database of a test run."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from gangmu.ledger.insert_only import lower_guards, raise_guards


class Command(flush.Command):
    help = "Empty a test database. Refused everywhere else: what was recorded stays."

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if not is_test_database(connection.settings_dict):
            raise CommandError("The ledger is insert-only, so this database cannot be flushed. Use a new one instead.")
        lower_guards(connection)
        try:
            super().handle(**options)
        finally:
            raise_guards(connection)


def is_test_database(settings: dict[str, Any]) -> bool:
    """Whether these are the settings of a database made by a test run."""
    name = str(settings["NAME"])
    return "mode=memory" in name or name == settings["TEST"]["NAME"] or name.rpartition("/")[2].startswith("test_")
