"""Small worlds in one line each, read by both evaluators: what a specification test says holds for oracle and engine."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pyarrow as pa

from gangmu.catalog.expressions.combine import Outcome, Window
from gangmu.catalog.expressions.evaluate import Row, Unit, evaluate, world
from gangmu.catalog.expressions.parse import parse
from gangmu.indicators.engine import Engine, Place, outcome, wanted
from gangmu.indicators.forest import Standing
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.store import Store
from gangmu.kernel.periods import Period

COLUMNS = {
    "deed.done": {"n": "number", "w": "text", "b": "flag"},
    "case.opened": {"w": "text"},
    "case.moved": {},
    "case.closed": {"n": "number"},
    "wealth.stated": {"n": "number"},
}
UNITS = (
    Unit("county", "c", "county", "rural", "1"),
    Unit("town", "ct", "town", "rural", "2"),
    Unit("v1", "ctx", "village", "rural", "3"),
    Unit("v2", "cty", "village", "urban", "3"),
    Unit("v3", "ctz", "village", "rural", "3"),
    Unit("gone", "ctg", "village", "rural", "3", alive=False),
)
YEAR = Period.of_year(2025)
_filled: dict[str, tuple[Engine, int]] = {}


def fact(kind: str, day: str, org: str = "v1", about: str | None = None, *, late: bool = False, **body: object) -> Row:
    """One fact; its id and moment are given when it enters a world."""
    return Row("", kind, org, date.fromisoformat(day), body, about, 0, late)


def read(
    formula: str, facts: Sequence[Row], *, place: str = "c", period: Period = YEAR, reversed_ones: Sequence[int] = ()
) -> Outcome:
    """What both evaluators make of the formula (they must agree); facts arrived in the order given."""
    numbered = [
        Row(f"{n:03d}", row.kind, row.org, row.day, row.body, row.about, n, row.late) for n, row in enumerate(facts)
    ]
    counting = [row for n, row in enumerate(numbered) if n not in reversed_ones]
    expected = evaluate(parse(formula), world(counting, UNITS), place, period)
    assert by_engine(formula, numbered, place, period, reversed_ones) == expected
    return expected


def value(formula: str, facts: Sequence[Row], **named: object) -> Decimal | None:
    """The value alone."""
    return read(formula, facts, **named).value


def by_engine(formula: str, rows: Sequence[Row], place: str, period: Period, reversed_ones: Sequence[int]) -> Outcome:
    engine, tree = filled(rows, reversed_ones)
    asked = wanted(parse(formula), Window(period), len(place))
    readings = engine.ask(asked, Place(tree, place, place + "~"))
    return outcome(parse(formula), Window(period), place, len(place), readings)


def filled(rows: Sequence[Row], reversed_ones: Sequence[int]) -> tuple[Engine, int]:
    """An engine that holds these facts, and its tree; the same one for every question about the same facts."""
    told = repr((rows, reversed_ones))
    if told not in _filled:
        _filled.clear()
        engine = Engine(Store(COLUMNS))
        engine.store.add(incoming(rows, reversed_ones))
        standing = [Standing(u.org, u.path, u.kind, u.domain, u.level, u.alive) for u in UNITS]
        _filled[told] = engine, engine.plant("day", standing)
    return _filled[told]


def incoming(rows: Sequence[Row], reversed_ones: Sequence[int] = (), first: int = 0) -> pa.Table:
    """The rows, numbered from `first`, and the reversals of some of them, as the ledger would hand them over."""
    facts = [
        {"seq": n, "id": row.id, "kind": row.kind, "org": row.org, "about": row.about, "day": row.day,
         "received": row.received, "late_days": int(row.late), "body": json.dumps(dict(row.body)), "reverses": None}
        for n, row in enumerate(rows, first)
    ]  # fmt: skip
    backs = [
        {"seq": first + len(rows) + n, "id": f"back{one}", "kind": "reverse", "org": "v1", "about": None,
         "day": date(2025, 1, 1), "received": 999, "late_days": 0, "body": "{}", "reverses": rows[one].id}
        for n, one in enumerate(reversed_ones)
    ]  # fmt: skip
    return pa.Table.from_pylist(facts + backs, schema=INCOMING)
