"""How the tables of the ledger lie on SQLite."""

import pytest
from django.db import connection

from gangmu.ledger import engine

pytestmark = pytest.mark.django_db


def made_by(table: str) -> str:
    return str(engine.rows("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", (table,))[0][0])


def test_rows_found_by_several_columns_lie_in_the_order_of_these() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a table of PostgreSQL has no such choice")  # allowed: the choice is that of SQLite alone
    assert all(made_by(table).endswith("WITHOUT ROWID") for table in ("ledger_idem", "ledger_vault", "ledger_tile"))


def test_rows_that_are_numbered_lie_in_the_order_of_their_numbers() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a table of PostgreSQL has no such choice")  # allowed: the choice is that of SQLite alone
    assert not any("WITHOUT ROWID" in made_by(table) for table in ("ledger_entry", "ledger_intake", "ledger_fact"))
