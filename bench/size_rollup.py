"""Forty measures of twelve months for every unit of every level: in one pass, against the scan and against GROUP BY.

The pass is that of `gangmu rollup` (gangmu.indicators.levels). DuckDB groups level by level by the front of the path,
a row a measure: the quickest form that needs no columns but the record's own (a column a measure takes five times as
long). What it takes with a column a level, made before of whole numbers, stands beside it.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.size import max_rss_mb, median_ms
from bench.timing import RUNS

MEASURES, MONTHS, WIDTH = 40, 12, 5
CODES = MEASURES // 2  # of every code the number of facts and the sum of their amounts
FACTS = """
SELECT t.rank, month(f.day) - 1 AS month, hash(f.kind, f.body->>'$.tags[0]') % {codes} AS code,
       coalesce(TRY_CAST(coalesce(f.body->>'$.present', f.body->>'$.amount', f.body->>'$.households') AS BIGINT), 0)
       AS amount, t.path
FROM (SELECT * REPLACE (CAST(body AS JSON) AS body) FROM read_parquet({files})) f JOIN tree t USING (org)
WHERE year(f.day) = 2025
"""


def main(seed: int) -> None:
    import django

    django.setup()
    from gangmu.indicators import mart
    from gangmu.indicators.commands import everything
    from gangmu.indicators.levels import Measured, levels_of, rolled_up
    from gangmu.orgs.queries import tree

    nodes = tree(everything().day).nodes
    paths = [node.path for node in nodes]
    levels = levels_of(paths, WIDTH)
    wide(seed, len(paths), lambda rank, month, columns: rolled_up(
        rank, month, [Measured(None, one) for one in columns], levels, len(paths), MONTHS))  # fmt: skip

    connection = duckdb.connect(config={"threads": 2})
    org = pa.table({"org": [str(node.org) for node in nodes], "path": paths, "rank": np.arange(len(paths))})
    connection.register("tree", org)
    files = [str(mart.folder() / one.file) for one in mart.read(mart.folder()).segments]
    connection.execute("CREATE TABLE fact AS " + FACTS.format(codes=CODES, files=files))
    told = connection.sql("SELECT rank, month, code, amount FROM fact").fetchnumpy()
    facts(connection, {name: np.asarray(column) for name, column in told.items()}, levels, len(paths), rolled_up)


def wide(seed, units, roll_up):  # type: ignore[no-untyped-def]
    """Rows of forty columns, one a unit and month, in a file as segments are: read and summed, read and rolled up."""
    dice = np.random.default_rng(seed)
    keys = dice.permutation(units * MONTHS)
    columns = {f"m{number}": dice.integers(0, 90, len(keys)) for number in range(MEASURES)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "wide.parquet"
        pq.write_table(pa.table({"rank": keys % units, "month": keys // units, **columns}), file, compression="zstd")

        def read():  # type: ignore[no-untyped-def]
            found = pq.read_table(file)
            return {name: found[name].combine_chunks().to_numpy() for name in found.column_names}

        def scan() -> list[int]:
            return [int(column.sum()) for column in read().values()]

        def roll() -> object:
            found = read()
            return roll_up(found["rank"], found["month"], [found[name] for name in columns])

        times: dict[str, list[float]] = {"scan": [], "roll": []}
        for _ in range(RUNS):
            sums, rolled = timed(times["scan"], scan), timed(times["roll"], roll)
        if [int(one[0].sum()) for one in rolled] != sums[2:]:
            raise SystemExit("the roll-up of wide rows does not sum to the scan")
    ratio = median_ms(times["roll"]) / median_ms(times["scan"])
    say("size.rollup.wide", rows=len(keys), scan_ms=median_ms(times["scan"]), rollup_ms=median_ms(times["roll"]),
        times_the_scan=round(ratio, 2), target=6, met=ratio <= 6)  # fmt: skip


def facts(connection, told, levels, units, roll_up):  # type: ignore[no-untyped-def]
    """Rows of real facts: one pass over them, against a GROUP BY for every level."""
    from gangmu.indicators.levels import Measured

    def fused() -> object:
        order = np.argsort(told["code"].astype(np.uint8), kind="stable")
        edges = np.append(0, np.cumsum(np.bincount(told["code"], minlength=CODES)))
        some = [order[edges[code] : edges[code + 1]] for code in range(CODES)]
        measures = [Measured(one, value) for one in some for value in (None, told["amount"])]
        return roll_up(told["rank"], told["month"], measures, levels, units, MONTHS)

    def grouped() -> list[pa.Table]:
        sql = ("SELECT left(path, {0}) AS place, month, code, count(*), sum(amount) FROM fact "
               "WHERE length(path) >= {0} GROUP BY ALL")  # fmt: skip
        return [connection.sql(sql.format(WIDTH * (one + 1))).to_arrow_table() for one in range(len(levels))]

    def by_number() -> list[pa.Table]:
        sql = "SELECT l{0} AS place, month, code, count(*), sum(amount) FROM dealt WHERE l{0} >= 0 GROUP BY ALL"
        return [connection.sql(sql.format(one)).to_arrow_table() for one in range(len(levels))]

    deal(connection, levels, units)
    times: dict[str, list[float]] = {"fused": [], "grouped": [], "by_number": []}
    for _ in range(RUNS):
        ours, theirs = timed(times["fused"], fused), timed(times["grouped"], grouped)
        timed(times["by_number"], by_number)
    for number, table in enumerate(theirs):
        compare(number, table, ours)
    ratio = median_ms(times["grouped"]) / median_ms(times["fused"])
    say("size.rollup.facts", rows=len(told["rank"]), rollup_ms=median_ms(times["fused"]),
        group_by_ms=median_ms(times["grouped"]), times_faster=round(ratio, 2), target=4, met=ratio >= 4,
        group_by_made_columns_ms=median_ms(times["by_number"]))  # fmt: skip


def deal(connection, levels, units) -> None:  # type: ignore[no-untyped-def]
    """The facts once more, with the number of the unit above on every level (−1: none)."""
    columns = {}
    for number, level in enumerate(levels):
        above = np.full(units, -1, np.int32)
        for low, high in zip(level.lows, level.highs, strict=True):
            above[low:high] = low
        columns[f"l{number}"] = above
    connection.register("above", pa.table({"rank": np.arange(units), **columns}))
    listed = ", ".join(columns)
    connection.execute(f"CREATE TABLE dealt AS SELECT month, code, amount, {listed} FROM fact JOIN above USING (rank)")


def compare(number, table, ours) -> None:  # type: ignore[no-untyped-def]
    """Both must give every unit of the level the same number and the same sum, in every month and of every measure."""
    place = pc.rank(table["place"], tiebreaker="dense").to_numpy() - 1
    month, code, count, amount = (table[column].to_numpy().astype(np.int64) for column in range(1, 5))
    alive = np.unique(np.concatenate([np.flatnonzero(one[number].any(axis=0)) for one in ours[::2]]))
    for at, found in enumerate(ours):
        mine = np.zeros((MONTHS, len(alive)), np.int64)
        some = code == at // 2
        mine[month[some], place[some]] = (amount if at % 2 else count)[some]
        if not np.array_equal(mine, found[number][:, alive]):
            raise SystemExit(f"measure {at} of level {number + 1} rolled up is not what GROUP BY gives")


def timed(times, work):  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    found = work()
    times.append(time.perf_counter() - started)
    return found


def say(name: str, **figures: object) -> None:
    sizes = {"measures": MEASURES, "months": MONTHS}
    print(json.dumps({"bench": name, **sizes, **figures, "max_rss_mb": max_rss_mb()}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
