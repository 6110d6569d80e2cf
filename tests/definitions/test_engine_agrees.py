"""The published examples come out of the working engine exactly as they come out of the plain-Python one."""

import json
from dataclasses import replace

import pyarrow as pa
import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.examples import staged
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.combine import Window
from gangmu.catalog.expressions.evaluate import Row, Unit, evaluate, world
from gangmu.indicators.engine import Engine, Place, outcome, wanted
from gangmu.indicators.forest import Standing
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.process import columns_of
from gangmu.indicators.store import Store
from gangmu.kernel.periods import Period

EXAMPLES = [(key, example) for key, one in catalog().indicators.items() for example in one.examples]
Staged = tuple[list[Row], list[Unit], str]


def apart(number: int) -> Staged:
    """The example's facts and tree with ids and paths of their own, so that all examples fit into one store."""
    key, example = EXAMPLES[number]
    rows, units, path = staged(catalog().indicators[key], example)
    mine = f"{number}-"
    own_rows = [
        replace(row, id=mine + row.id, org=mine + row.org, about=mine + row.about if row.about else None)
        for row in rows
    ]
    own_units = [replace(unit, org=mine + unit.org, path=f"{number:05d}{unit.path}") for unit in units.values()]
    return own_rows, own_units, f"{number:05d}{path}"


@pytest.fixture(scope="module")
def working() -> tuple[Engine, int]:
    """One engine that holds every example's facts, and the number of the tree in which their trees stand side by side."""
    known = catalog()
    late_after = {key: kind.late_after_days for key, kind in known.facts.items()}
    engine = Engine(Store(columns_of(known.facts), late_after))
    everything = [apart(number) for number in range(len(EXAMPLES))]
    units = [unit for _, some, _ in everything for unit in some]
    tree = engine.plant("day", [Standing(one.org, one.path, one.kind, one.domain, one.level, True) for one in units])
    facts = [incoming(row, late_after[row.kind]) for rows, _, _ in everything for row in rows]
    engine.store.add(pa.Table.from_pylist(facts, schema=INCOMING))
    return engine, tree


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[f"{key}-{example.name}" for key, example in EXAMPLES])
def test_an_example_comes_out_of_the_engine_as_of_the_oracle(working: tuple[Engine, int], number: int) -> None:
    engine, tree = working
    key, example = EXAMPLES[number]
    rows, units, path = apart(number)
    measure = bind(catalog().measure(key, example.start), example.selection)
    period = Period(example.start, example.end)
    asked = wanted(measure, Window(period), len(path))
    worked = outcome(measure, Window(period), path, len(path), engine.ask(asked, Place(tree, path, path + "~")))
    assert worked == evaluate(measure, world(rows, units), path, period)


def incoming(row: Row, late_after: int) -> dict[str, object]:
    return {
        "seq": None,
        "id": row.id,
        "kind": row.kind,
        "org": row.org,
        "about": row.about,
        "day": row.day,
        "received": row.received,
        "late_days": late_after + 1 if row.late else 0,
        "body": json.dumps(dict(row.body), ensure_ascii=False),
        "reverses": None,
    }
