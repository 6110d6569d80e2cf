"""The oracle in plain Python and the engine on DuckDB agree on every formula, world, place and period."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Outcome, Window
from gangmu.catalog.expressions.evaluate import Row, Unit, evaluate, world
from gangmu.catalog.expressions.nodes import Measure, Name
from gangmu.catalog.expressions.parse import parse
from gangmu.catalog.expressions.write import write
from gangmu.indicators.engine import Engine, Place, outcome, wanted
from gangmu.indicators.forest import Standing
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.store import Store
from gangmu.kernel.periods import Period

COLUMNS = {
    "deed.done": {"n": "number", "w": "text", "b": "flag"},
    "case.opened": {"n": "number", "w": "text"},
    "case.closed": {"n": "number", "w": "text"},
    "wealth.stated": {"n": "number"},
}
LATE_AFTER = {"deed.done": 7}
START = date(2025, 1, 1)
UNITS = [
    Unit("top", "a", "county", "rural", "1"),
    Unit("left", "ab", "town", "rural", "2"),
    Unit("right", "ac", "town", "urban", "2"),
    Unit("l1", "abx", "village", "rural", "3"),
    Unit("l2", "aby", "village", "urban", "3"),
    Unit("ended", "acz", "village", "rural", "3", alive=False),
    Unit("elsewhere", "b", "county", "rural", "1"),
]
HOMES = ["l1", "l1", "l2", "left", "ended", "top", "elsewhere", "nowhere"]
PLACES = ["a", "ab", "abx", "ac", "b"]

numbers = st.sampled_from([0, 1, 2, 5, Decimal("2.5"), Decimal("-1.25"), Decimal("100000.000001")])
words = st.sampled_from(["", "x", "y", "2", "2.5", "乡村", 'a"b', "1e3", " 2"])
tags = st.lists(st.sampled_from(["p", "q"]), max_size=2, unique=True)


@st.composite
def rows(draw, number: int) -> Row:
    kind = draw(st.sampled_from(sorted(COLUMNS)))
    fields = {"number": numbers, "text": words, "flag": st.booleans()}
    body = {name: draw(fields[column]) for name, column in COLUMNS[kind].items() if draw(st.booleans())}
    late_days = draw(st.integers(0, 14))
    return Row(
        id=f"{number:04d}",
        kind=kind,
        org=draw(st.sampled_from(HOMES)),
        day=START + timedelta(days=draw(st.sampled_from([0, 31, 32, 90, 91, 365, 366]))),
        body=body | ({"tags": found} if (found := draw(tags)) else {}),
        about=draw(st.sampled_from(["t1", "t1", "t2", "l1", None])),
        received=draw(st.integers(0, 3)),
        late=late_days > LATE_AFTER.get(kind, 0),
    ), late_days


@st.composite
def worlds(draw):
    drawn = [draw(rows(number)) for number in range(draw(st.integers(1, 20)))]
    reversed_ones = draw(st.sets(st.sampled_from([row.id for row, _ in drawn]), max_size=2))
    return drawn, reversed_ones


literals = st.sampled_from([Decimal(0), Decimal(2), Decimal("2.5"), "x", "2", "乡村", 'a"b', ""])
comparisons = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def conditions(names: list[Name], *, tagged: list[str]):
    name = st.sampled_from(names)
    plain = st.one_of(
        st.builds(nodes.Compare, name, comparisons, literals),
        st.builds(nodes.Within, name, st.lists(literals, min_size=1, max_size=2).map(tuple)),
        st.builds(nodes.Holds, name),
        *([st.builds(nodes.Tagged, st.sampled_from(["p", "q"]), st.sampled_from(tagged))] if tagged else []),
    )
    several = st.lists(plain, min_size=2, max_size=2).map(tuple)
    found = st.one_of(
        st.just(nodes.ALWAYS),
        st.just(nodes.ALWAYS),
        plain,
        plain.map(nodes.Not),
        several.map(nodes.Every),
        several.map(nodes.Either),
    )
    return st.deferred(lambda: found)  # keeps the strategies' descriptions short


UNIT_NAMES = [Name("unit", field) for field in nodes.UNIT_FIELDS]


def names_of(kind: str, *, opened: bool = False) -> list[Name]:
    own = [Name("fact", field) for field in (*COLUMNS[kind], "unknown")]
    of_opening = [Name("opened", field) for field in ("n", "w", "unknown")] if opened else []
    return [*own, *of_opening, *UNIT_NAMES, Name("envelope", "late")]


deed = conditions(names_of("deed.done"), tagged=["fact"])
closing = conditions(names_of("case.closed", opened=True), tagged=["fact", "opened"])
opening = conditions(names_of("case.opened"), tagged=["fact"])
unit_condition = conditions(UNIT_NAMES, tagged=[])

records = st.one_of(
    st.builds(nodes.Count, st.just("deed.done"), deed),
    st.builds(nodes.Count, st.just("case.closed"), closing),
    st.builds(nodes.Sum, st.just("deed.done"), st.sampled_from(["n", "w", "unknown"]), deed),
    st.builds(nodes.Sum, st.just("case.closed"), st.just("n"), closing),
    st.builds(nodes.Distinct, st.just("deed.done"), st.sampled_from(["about", "org", "day", "w"]), deed),
    st.builds(nodes.Distinct, st.just("case.closed"), st.just("about"), closing),
    st.builds(nodes.Stock, st.just("case.opened"), st.sampled_from([None, "case.closed"]), opening),
    st.builds(nodes.Latest, st.just("wealth.stated"), st.just("n"), st.just(nodes.ALWAYS), st.sampled_from([None, 60])),
    st.builds(nodes.Latest, st.just("deed.done"), st.sampled_from(["n", "w"]), deed, st.none()),
)
limits = st.sampled_from([Decimal(0), Decimal(1), Decimal("2.5")])
aggregates = st.one_of(
    records,
    records,
    st.builds(nodes.Units, unit_condition),
    st.builds(nodes.UnitsWhere, unit_condition, records, comparisons, limits),
)
measures = st.recursive(
    st.one_of(aggregates, aggregates, st.builds(nodes.Number, limits)),
    lambda inner: st.one_of(
        st.builds(nodes.Ratio, inner, inner),
        st.builds(nodes.Per, inner, inner),
        st.builds(nodes.Change, inner, st.sampled_from(list(nodes.Base))),
        st.builds(nodes.AllTime, inner),
        st.builds(nodes.Total, inner, st.sampled_from(["+", "-"]), inner),
    ),
    max_leaves=3,
)
days = st.sampled_from([0, 31, 60, 89, 90, 91, 149, 150, 151, 364, 365, 400]).map(lambda n: START + timedelta(days=n))
periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))


def incoming(drawn, reversed_ones) -> pa.Table:
    facts = [
        {
            "seq": n if n % 3 else None,
            "id": row.id,
            "kind": row.kind,
            "org": row.org,
            "about": row.about,
            "day": row.day,
            "received": row.received,
            "late_days": late_days,
            "body": json.dumps(dict(row.body), default=str),  # the ledger holds decimals as text
            "reverses": None,
        }
        for n, (row, late_days) in enumerate(drawn)
    ]
    backs = [
        {
            "seq": None,
            "id": f"back-{one}",
            "kind": "reverse",
            "org": "top",
            "about": None,
            "day": START,
            "received": 9,
            "late_days": 0,
            "body": "{}",
            "reverses": one,
        }
        for one in sorted(reversed_ones)
    ]
    return pa.Table.from_pylist(facts + backs, schema=INCOMING)


@settings(max_examples=60, deadline=None)
@given(
    worlds(), st.lists(measures, min_size=1, max_size=5), st.lists(periods, min_size=2, max_size=4), st.integers(0, 20)
)
def test_the_engine_reads_what_the_oracle_reads(drawn, some: list[Measure], spans: list[Period], cut: int) -> None:
    facts, reversed_ones = drawn
    counting = world([row for row, _ in facts if row.id not in reversed_ones], UNITS)
    table = incoming(facts, reversed_ones)
    engine = Engine(Store(COLUMNS, LATE_AFTER))
    tree = engine.plant("day", [Standing(*standing(unit)) for unit in UNITS])

    def read(measure: Measure, path: str, period: Period) -> Outcome:
        asked = wanted(measure, Window(period), len(path))
        return outcome(measure, Window(period), path, len(path), engine.ask(asked, Place(tree, path, path + "~")))

    engine.store.add(table.slice(0, cut))
    for measure in some:  # what was posted before the other facts arrived must be brought up to date
        read(measure, "a", spans[0])
    engine.store.add(table)
    for measure, path, period in product(some, PLACES, spans):
        assert read(measure, path, period) == evaluate(measure, counting, path, period), (write(measure), path, period)


@given(measures)
def test_a_measure_written_down_is_read_back_as_itself(measure: Measure) -> None:
    assert parse(write(measure)) == measure


def standing(unit: Unit) -> tuple[str, str, str, str, str, bool]:
    return (unit.org, unit.path, unit.kind, unit.domain, unit.level, unit.alive)
