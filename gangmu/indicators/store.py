"""The facts in reach of a question: an embedded DuckDB in memory, one for a process, that only ever grows.

Facts come in as Arrow tables, from sealed segments and from the ledger's tail, in any order and each any number of
times; every fact is kept once. A reversal takes its fact out of every figure, whichever of the two came first.
"""

import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock, local
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.postings import KEPT
from gangmu.indicators.schema import STORED, Columns, ColumnType, table_name
from gangmu.indicators.values import Laid, Told
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import FactId, OrgId

REVERSE = "reverse"
MEMORY = "1GB"  # of the facts of a process; what is beyond waits in a folder for temporary files
PRESSED = 65_536  # from so many new facts on they are pressed together
AHEAD = 1024  # so many facts to come are thought of already

TABLES = """
CREATE TABLE fact (no BIGINT, seq BIGINT, id VARCHAR, kind VARCHAR, org VARCHAR, unit INTEGER, about VARCHAR,
                   day DATE, received BIGINT, late_days INTEGER, body VARCHAR, reverses VARCHAR);
CREATE TABLE unit (unit INTEGER, org VARCHAR);
CREATE TABLE reversal (no BIGINT, moment BIGINT);
CREATE TABLE awaited (id VARCHAR, moment BIGINT);
CREATE TABLE tree (tree INTEGER, unit INTEGER, path VARCHAR, kind VARCHAR, domain VARCHAR, level VARCHAR,
                   alive BOOLEAN);
"""
NEW_UNITS = """
INSERT INTO unit SELECT (SELECT count(*) FROM unit) + row_number() OVER (), org
FROM (SELECT DISTINCT org FROM incoming ANTI JOIN unit USING (org))
"""
KEEP = """
INSERT INTO fact
SELECT $last + row_number() OVER (), i.seq, i.id, i.kind, i.org, u.unit, i.about, i.day, i.received, i.late_days,
       i.body, i.reverses
FROM incoming i JOIN unit u USING (org)
"""
TOLD = """
SELECT no, seq, id, kind, org, about, day, received, body FROM fact WHERE no IN (SELECT unnest($numbers))
"""  # nothing else is asked of the rows: else the index is not used, and all facts are looked at
REVERSALS = "SELECT count(*) FROM fact WHERE no > $settled AND reverses IS NOT NULL"
TAKEN_BACK = """
SELECT f.no, r.received, f.kind FROM fact r JOIN fact f ON f.id = r.reverses
WHERE r.no > $settled AND r.reverses IS NOT NULL
"""
TAKEN_BEFORE = """
SELECT f.no, a.moment, f.kind FROM awaited a JOIN fact f USING (id) WHERE f.no > $settled
"""
AWAITED = """
INSERT INTO awaited SELECT r.reverses, r.received FROM fact r
WHERE r.no > $settled AND r.reverses IS NOT NULL AND r.reverses NOT IN (SELECT id FROM fact)
"""
EXTRACT: dict[ColumnType, str] = {
    "number": "TRY_CAST(CASE WHEN regexp_full_match(body->>'$.{0}', '-?[0-9]+([.][0-9]+)?')"
    " THEN body->>'$.{0}' END AS DECIMAL(38,6))",
    "text": "body->>'$.{0}'",
    "flag": "CASE CAST(body->'$.{0}' AS VARCHAR) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END",
}


@dataclass(slots=True)
class Store:
    """All facts known so far, by kind with typed columns, and the trees in use.

    `columns` types the body fields of each kind, `late_after` says from how many days on a record of a kind is late.
    `newest` is the last fact number of each kind. Among the first `settled` facts it is known which were taken back:
    `taken_back` of them, `backs` of each kind. `newest_id` is the id of the fact taken in last that is in the ledger
    (those numbered below 0 never were, see mart.lay).
    """

    columns: Columns
    late_after: Mapping[str, int] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    newest: dict[str, int] = field(default_factory=dict)
    typed: dict[str, int] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    last: int = 0
    size: int = 0
    settled: int = 0
    awaiting: bool = False
    taken_back: int = 0
    backs: dict[str, int] = field(default_factory=dict)
    newest_id: str | None = None
    gone: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    indexed: bool = False
    gone_of: int = 0  # as `moments` found them when so many facts were taken back
    connection: duckdb.DuckDBPyConnection = field(init=False)
    of_thread: local = field(default_factory=local)

    def __post_init__(self) -> None:
        spill = (
            Path(tempfile.gettempdir()) / f"gangmu-facts-{secrets.token_hex(8)}"
        )  # made when wanted, removed at the end
        config: dict[str, Any] = {"threads": "2", "memory_limit": MEMORY, "temp_directory": str(spill)}
        self.connection = duckdb.connect(":memory:", config=config)
        self.connection.execute("ATTACH ':memory:' AS facts (COMPRESS)")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("USE facts")
        self.connection.execute(TABLES)
        self.connection.execute("LOAD json")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same tables, for the questions of one thread, one after the other."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self.of_thread, "cursor", None)
        if cursor is None:
            self.of_thread.cursor = cursor = self.connection.cursor()
            cursor.execute("USE facts")
        return cursor

    def rows(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.cursor().execute(sql, parameters).fetchall()

    def table(self, sql: str, parameters: Mapping[str, Any]) -> pa.Table:
        """All rows of a query, as columns."""
        return self.cursor().sql(sql, params=dict(parameters)).to_arrow_table()

    def moments(self) -> NDArray[np.int64]:
        """By the number of each fact (and beyond), the moment it was taken back at; KEPT for those that never were."""
        with self.lock:
            self.settle()
            if len(self.gone) <= self.last or self.gone_of != self.taken_back:
                if len(self.gone) <= self.last:
                    self.gone = np.full(self.last + self.last // 8 + AHEAD, KEPT, np.int64)
                for no, moment in self.rows("SELECT no, moment FROM reversal"):
                    self.gone[no] = min(moment, self.gone[no])
                self.gone_of = self.taken_back
            return self.gone

    def index(self) -> None:
        """Make facts quick to find by number: once, and not before most are in, since it makes them slower to add."""
        with self.lock:
            if not self.indexed:
                self.connection.execute("CREATE INDEX fact_no ON fact(no)")
                self.indexed = True

    def told(self, numbers: Sequence[int]) -> dict[int, Told]:
        """These facts, by number."""
        self.index()
        return {no: _told(*columns) for no, *columns in self.rows(TOLD, {"numbers": list(numbers)})}

    def press(self) -> None:
        """Let what has come in take a fourth of the room. Put off while another question is being answered."""
        with self.lock, suppress(duckdb.TransactionException):
            self.connection.execute("CHECKPOINT facts")

    def add(self, facts: pa.Table) -> int:
        """Take in facts not seen before; the number of them. Raises pa.ArrowInvalid for another schema."""
        with self.lock:
            fresh = self._fresh(facts.select(INCOMING.names).cast(INCOMING))
            if fresh.num_rows:
                self._keep(fresh)
            if fresh.num_rows >= PRESSED:
                self.press()
            return int(fresh.num_rows)

    def _fresh(self, facts: pa.Table) -> pa.Table:
        """The facts that are not here yet: beyond the numbered ones, and not taken in before they had a number."""
        numbered = pc.is_valid(facts["seq"])
        beyond = pc.or_(pc.invert(numbered), pc.greater_equal(pc.fill_null(facts["seq"], self.size - 1), self.size))
        known = pc.is_in(facts["id"], value_set=pa.array(sorted(self.waiting), pa.string()))
        unnumbered = facts.filter(pc.invert(numbered))["id"].to_pylist()
        now_numbered = facts.filter(pc.and_(numbered, known))["id"].to_pylist()
        top = pc.max(facts["seq"]).as_py()
        self.size = self.size if top is None else max(self.size, top + 1)
        self.waiting = (self.waiting | set(unnumbered)) - set(now_numbered)
        return facts.filter(pc.and_(beyond, pc.invert(known)))

    def _keep(self, fresh: pa.Table) -> None:
        connection = self.connection
        connection.register("incoming", fresh)
        connection.execute(NEW_UNITS)
        connection.execute(KEEP, {"last": self.last})
        connection.unregister("incoming")
        newest = connection.execute(
            "SELECT kind, max(no) FROM fact WHERE no > $last GROUP BY kind", {"last": self.last}
        )
        self.newest.update({kind: no for kind, no in newest.fetchall()})
        self.last += fresh.num_rows
        in_ledger = fresh.filter(pc.greater_equal(pc.fill_null(fresh["seq"], 0), 0))
        if in_ledger.num_rows:
            self.newest_id = in_ledger["id"][-1].as_py()

    def settle(self) -> None:
        """Find what the reversals among the newest facts take back, and which of these were taken back before."""
        with self.lock:
            if self.settled == self.last:
                return
            since, connection = {"settled": self.settled}, self.connection
            back = connection.execute(TAKEN_BEFORE, since).fetchall() if self.awaiting else []
            ((count,),) = connection.execute(REVERSALS, since).fetchall()
            if count:
                found = connection.execute(TAKEN_BACK, since).fetchall()
                if len(found) < count:
                    connection.execute(AWAITED, since)
                    self.awaiting = True
                back += found
            self._take_back(back)
            self.settled = self.last

    def _take_back(self, back: Sequence[tuple[int, int, str]]) -> None:
        """Note the facts taken back: number, moment, kind."""
        if back:
            numbers, moments, kinds = zip(*back, strict=True)
            taken = pa.table({"no": pa.array(numbers, pa.int64()), "moment": pa.array(moments, pa.int64())})
            self.connection.register("taken", taken)
            self.connection.execute("INSERT INTO reversal SELECT no, moment FROM taken")
            self.connection.unregister("taken")
            for kind in kinds:
                self.backs[kind] = self.backs.get(kind, 0) + 1
            self.taken_back += len(back)

    def ready(self, kind: str) -> None:
        """Bring the typed relation of a kind up to its newest fact."""
        with self.lock:
            done, newest = self.typed.get(kind), self.newest.get(kind, 0)
            if done is None:
                self.connection.execute(f"CREATE TABLE {table_name(kind)} ({self._typed_columns(kind)})")
            if done is None or done < newest:
                self.connection.execute(self._extract(kind), {"kind": kind, "done": done or 0})
                self.typed[kind] = newest
                if newest - (done or 0) >= PRESSED:
                    self.press()

    def _typed_columns(self, kind: str) -> str:
        envelope = "no BIGINT, id VARCHAR, unit INTEGER, org VARCHAR, about VARCHAR, day DATE, received BIGINT"
        fields = (f"f_{name} {STORED[column]}" for name, column in self.columns.get(kind, {}).items())
        return ", ".join([envelope, "late BOOLEAN", "tags VARCHAR[]", *fields])

    def _extract(self, kind: str) -> str:
        fields = (EXTRACT[column].format(name) for name, column in self.columns.get(kind, {}).items())
        late = f"late_days > {self.late_after.get(kind, 0)} AND (body->>'$.late_reason') IS DISTINCT FROM '{OLD_BOOKS}'"
        columns = ["no, id, unit, org, about, day, received", late]
        columns += ["body->>'$.tags[*]'", *fields]
        return (
            f"INSERT INTO {table_name(kind)} SELECT {', '.join(columns)} "  # noqa: S608 - names come from the catalog
            "FROM (SELECT * REPLACE (CAST(body AS JSON) AS body) FROM fact WHERE kind = $kind AND no > $done) "
            "ORDER BY no"
        )


def _told(
    seq: int | None, fact: str, kind: str, org: str, about: str | None, day: date, received: int, body: str
) -> Told:  # fmt: skip
    if seq is None or seq >= 0:
        return Told(FactId(fact), kind, OrgId(org), about)
    laid = Laid(FactId(fact), seq, kind, OrgId(org), local_moment(day), datetime.fromtimestamp(received / 1000, UTC),
                json.loads(body))  # fmt: skip
    return Told(FactId(fact), kind, OrgId(org), about, laid)
