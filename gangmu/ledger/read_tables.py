"""Read tables written anew: the rows of the things that were touched, in two statements however many they are.

A batch folds tens of thousands of rows; Django's own bulk insert costs several times what the engine does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import AutoField, DateField, JSONField, Model

from gangmu.kernel import canon
from gangmu.ledger import engine


class _Shape(NamedTuple):
    """A table, its quoted columns (all but the number that the engine gives), a row's cells in their order, and what
    turns a cell into text where both engines take it so: days and JSON."""

    table: str
    columns: tuple[str, ...]
    cells: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    texts: tuple[tuple[int, Callable[[Any], str]], ...]


def write_anew(model: type[Model], column: str, ids: Collection[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Take the rows of `model` whose `column` is one of `ids` away and put `rows` in their place.

    A row names every field of the model; KeyError where one is missing.
    """
    shape = _shape(model)
    condition, parameter = engine.among(f'"{column}"', ids)
    engine.change(f"DELETE FROM {shape.table} WHERE {condition}", (parameter,))  # noqa: S608 - our own names
    engine.insert(shape.table, shape.columns, [_stored(shape, row) for row in rows])


@lru_cache
def _shape(model: type[Model]) -> _Shape:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    texts = ((place, _text_of(field)) for place, field in enumerate(fields))
    return _Shape(
        model._meta.db_table,
        tuple(f'"{one.column}"' for one in fields),
        itemgetter(*(one.attname for one in fields)),
        tuple((place, text) for place, text in texts if text),
    )


def _text_of(field: object) -> Callable[[Any], str] | None:
    if isinstance(field, DateField):
        return date.isoformat
    return (lambda value: canon.encoded(value).decode()) if isinstance(field, JSONField) else None


def _stored(shape: _Shape, row: Mapping[str, Any]) -> tuple[Any, ...]:
    cells = list(shape.cells(row))
    for place, text in shape.texts:
        if cells[place] is not None:
            cells[place] = text(cells[place])
    return tuple(cells)
