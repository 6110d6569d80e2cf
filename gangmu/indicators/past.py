"""The ledger as it stood when it held its first N facts: what came after does not count, nor what it took back.

A past is made of facts alone (sealed segments, entries of the log, an export), never of the read tables: the trees
and the closed periods are folded from the same facts. So it is the same on every engine, and offline.
"""

import json
from collections import OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.expressions.bind import kinds as kinds_of
from gangmu.catalog.expressions.bind import record_aggregates
from gangmu.catalog.expressions.nodes import Measure, RecordAggregate, opening_kinds
from gangmu.indicators import mart
from gangmu.indicators.engine import Engine
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.lower import Lowered
from gangmu.indicators.process import Reach, columns_of
from gangmu.indicators.store import REVERSE, Store
from gangmu.kernel.clock import local_day
from gangmu.kernel.ids import AccountId, FactId, OrgId
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger import relations, rules
from gangmu.ledger.facts import CLOSED, Closing
from gangmu.orgs.history import Event
from gangmu.orgs.retold import UNIT_KINDS, Grove, grove
from gangmu.orgs.tree import Tree

ALWAYS_READ = frozenset({REVERSE, CLOSED, *UNIT_KINDS})  # what trees, closings and corrections are told by
KEPT = 4  # pasts kept in memory, the one asked for longest ago goes first
LOCK = RLock()
Named = tuple[bytes, frozenset[str], str, Path]  # root of the first N facts, kinds read, catalog, database


@dataclass(frozen=True, slots=True)
class Past:
    """The first `size` facts, as far as some questions need them, with the trees and closings they tell of.

    `day` is the local day on which the last of them reached the ledger.
    """

    size: int
    day: date
    reach: Reach
    grove: Grove
    closings: tuple[Closing, ...]
    trees: dict[date, Tree] = field(default_factory=dict)

    def tree(self, on: date) -> Tree:
        """The tree of a day as it was known."""
        if on not in self.trees:
            self.trees[on] = self.grove.tree(on, f"of {self.size}")
        return self.trees[on]

    def by(self, definitions: Catalog) -> "Past":
        """The same facts by another catalog, whose kinds of fact must be typed alike: they are not read again."""
        return replace(self, reach=replace(self.reach, catalog=definitions))


def kinds_behind(measure: Measure) -> frozenset[str]:
    """The kinds of fact that a formula reads, those that open the things it asks about too."""
    read = {kind for one in record_aggregates(measure) for kind in kinds_of(one)}
    return frozenset(read.union(*(opening_kinds(kind) for kind in read)))


_pasts: OrderedDict[Named, Past] = OrderedDict()


def past(size: int, kinds: Collection[str], definitions: Catalog | None = None) -> Past:
    """This ledger at its first `size` facts, as far as facts of `kinds` go, by the catalog in use or another.

    Raises Refused for a size never reached. Kept by the root over those facts: it names them and their order,
    whatever ledger holds them.
    """
    reached = ledger.size()
    if not 0 < size <= reached:
        raise Refused([never_reached(size, reached)])
    by, wanted = definitions or catalog(), frozenset(kinds) | ALWAYS_READ
    name = (ledger.root_at(size), wanted, by.digest, mart.folder())
    with LOCK:
        if name not in _pasts:
            _pasts[name] = told(_first(size, wanted), size, by, _sealed(size).digest)
        _pasts.move_to_end(name)
        while len(_pasts) > KEPT:
            _pasts.popitem(last=False)
        return _pasts[name]


def never_reached(size: int, reached: int) -> Problem:
    """The Problem of asking for more facts than have a number."""
    return Problem(
        "indicators.known_size",
        f"台账现在编到{reached}条，没有“前{size}条”；请写1到{reached}之间的整数。",
        f"The ledger numbers {reached} facts, so there are no first {size}: write a whole number from 1 to {reached}.",
        where="as_known",
    )


def told(facts: pa.Table, size: int, definitions: Catalog, manifest: str = "") -> Past:
    """The past that `facts` tell (columns of INCOMING): those of the first `size` that matter, and the very last.

    Facts numbered below 0 (see mart.lay) count in every past: they were there before the ledger.
    """
    counted = facts.select(INCOMING.names).cast(INCOMING)
    late = {key: kind.late_after_days for key, kind in definitions.facts.items()}
    engine = Engine(Store(columns_of(definitions.facts), late), compiled=_compiled(definitions.digest))
    engine.store.size = min(0, pc.min(counted["seq"]).as_py())
    engine.store.add(counted)
    last = counted.filter(pc.equal(counted["seq"], size - 1))["received"][0].as_py()
    standing = list(_standing(counted))
    events = (_event(row) for row in standing if row["kind"] in UNIT_KINDS)
    closings = (_closing(row) for row in standing if row["kind"] == CLOSED)
    return Past(
        size, local_day(_moment(last)), Reach(engine, definitions, Path(), manifest), grove(events),
        tuple(sorted(closings, key=lambda one: (one.received, one.id))),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _compiled(_digest: str) -> dict[tuple[RecordAggregate, str], Lowered]:
    """Compiled queries, for every past under one catalog: to compile is dear, and none depends on the facts."""
    return {}


def _standing(facts: pa.Table) -> Iterator[dict[str, Any]]:
    """The facts about units and closed periods that were not taken back."""
    gone = pc.unique(facts["reverses"].drop_null())
    telling = pc.is_in(facts["kind"], value_set=pa.array([CLOSED, *UNIT_KINDS]))
    kept = pc.and_(telling, pc.invert(pc.is_in(facts["id"], value_set=gone)))
    yield from facts.filter(kept).to_pylist()


def _event(row: dict[str, Any]) -> Event:
    return Event(FactId(row["id"]), row["kind"], str(row["about"]), row["org"], row["day"], _moment(row["received"]),
                 json.loads(row["body"]))  # fmt: skip


def _closing(row: dict[str, Any]) -> Closing:
    """Who closed it is left out: no figure asks."""
    body = json.loads(row["body"])
    period = rules.closed_period(body)
    if period is None:
        raise ValueError(f"fact {row['id']} closes no period")  # never recorded: the ledger refuses it
    return Closing(FactId(row["id"]), OrgId(row["org"]), AccountId(""), tuple(body.get("kinds", ())), period.start,
                   period.end, _moment(row["received"]), None)  # fmt: skip


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _first(size: int, kinds: frozenset[str]) -> pa.Table:
    """Of the first `size` facts those of `kinds`, and the last one, from sealed segments and the log itself."""
    sealed = _begun(size)
    pieces = [of_kinds(mart.table(mart.folder(), one), kinds, size) for one in sealed.segments]
    beyond = relations.fact_rows(sealed.end, size) if sealed.end < size else relations.NONE
    return pa.concat_tables([*pieces, of_kinds(beyond, kinds, size)])


def _sealed(size: int) -> mart.Manifest:
    """The segments that hold none but the first `size` facts."""
    return mart.Manifest(tuple(one for one in _begun(size).segments if one.b <= size))


def _begun(size: int) -> mart.Manifest:
    """The segments that hold some of the first `size` facts; none of a mart that another ledger left behind."""
    place = mart.folder()
    found = mart.Manifest(tuple(one for one in mart.read(place).segments if one.a < size))
    if found.end <= 0:
        return found
    newest = FactId(mart.table(place, found.segments[-1])["id"][-1].as_py())
    return found if ledger.is_on_record(newest) and ledger.fact(newest).seq == found.end - 1 else mart.Manifest()


def of_kinds(facts: pa.Table, kinds: frozenset[str], size: int) -> pa.Table:
    """Of the first `size` facts those of some kinds, and the last, whatever it is."""
    wanted = facts.select(INCOMING.names).cast(INCOMING)
    named = pc.is_in(wanted["kind"], value_set=pa.array(sorted(kinds)))
    last = size - 1
    return wanted.filter(pc.or_(pc.and_(named, pc.less_equal(wanted["seq"], last)), pc.equal(wanted["seq"], last)))
