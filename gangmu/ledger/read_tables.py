"""Read tables written anew: the rows of the things that were touched, in two statements however many they are.

A batch folds tens of thousands of rows; Django's own bulk insert costs several times what the engine does.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db.models import AutoField, Model

from gangmu.kernel import canon
from gangmu.ledger import engine


def write_anew(model: type[Model], column: str, ids: Collection[str], rows: Iterable[Model]) -> None:
    """Take the rows of `model` whose `column` is one of `ids` away and put `rows` in their place."""
    table, fields, columns = _shape(model)
    condition, parameter = engine.among(f'"{column}"', ids)
    engine.change(f"DELETE FROM {table} WHERE {condition}", (parameter,))  # noqa: S608 - our own names
    values = attrgetter(*fields)
    engine.insert(table, columns, [tuple(map(_stored, values(row))) for row in rows])


@lru_cache
def _shape(model: type[Model]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The table, the attributes of a row and their columns, quoted: all but the number that the engine gives."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    return model._meta.db_table, tuple(one.attname for one in fields), tuple(f'"{one.column}"' for one in fields)


def _stored(value: Any) -> Any:
    """A value as both engines take it: days and JSON as text."""
    if isinstance(value, date):
        return value.isoformat()
    return canon.encoded(value).decode() if isinstance(value, dict | list) else value
