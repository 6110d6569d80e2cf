"""Reading the ledger. It knows opaque ids only: callers pass organisation ids already cut to their scope."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gangmu.kernel.clock import from_stamp, local_day
from gangmu.kernel.ids import AccountId, FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.ledger import engine, index, receipts, rules, stored, subject_keys, vault
from gangmu.ledger.facts import Closing, Fact, Receipt
from gangmu.ledger.note import b64
from gangmu.ledger.stored import Head
from gangmu.ledger.tiles import node_from_tiles
from gangmu.ledger.tree import inclusion_proof

LONGEST_PAGE = 1000
ORDERS = {  # of a list of facts, by the word that asks for it
    "-received": "f.n DESC",
    "received": "f.n",
    "-day": "f.day DESC, f.n DESC",
    "day": "f.day, f.n",
}
NEWEST_FIRST = "-received"


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts: every condition given must hold; None leaves it open. Days are those of the claimed start."""

    orgs: frozenset[OrgId] | None = None
    kinds: frozenset[str] | None = None
    period: Period | None = None
    about: str | None = None
    actor: AccountId | None = None
    posts: frozenset[str] | None = None
    with_reversed: bool = True


class Opened(NamedTuple):
    """A sealed value in clear, for the page that shows it; never to be stored."""

    fact: FactId
    subject: str
    slot: str
    text: str


class EntryProof(NamedTuple):
    """That an entry stands in the tree under a signed head: all a stranger needs to check it without us."""

    seq: int
    entry: bytes
    path: tuple[bytes, ...]
    head: Head

    @property
    def text(self) -> str:
        """The proof in the C2SP tlog-proof format."""
        path = "".join(b64(step) + "\n" for step in self.path)
        return f"c2sp.org/tlog-proof@v1\nindex {self.seq}\n{path}\n{self.head.note}"


def fact(fact_id: FactId) -> Fact:
    """One fact. Raises NotFound."""
    found = engine.one(f"{index.SELECT_FACT} WHERE f.id = %s", (fact_id,))
    if found is None:
        raise NotFound([rules.no_such_fact()])
    return index.fact_from(found)


def is_on_record(fact_id: FactId) -> bool:
    """Whether the ledger holds this fact."""
    return engine.one("SELECT 1 FROM ledger_fact WHERE id = %s", (fact_id,)) is not None


def fact_at(seq: int) -> Fact:
    """The fact with number `seq` in the tree. Raises NotFound."""
    found = engine.one(f"{index.SELECT_FACT} WHERE e.seq = %s", (seq,))
    if found is None:
        raise NotFound([rules.no_such_fact()])
    return index.fact_from(found)


def facts_by_id(fact_ids: Iterable[FactId]) -> tuple[Fact, ...]:
    """Those of these facts that are on record, in no particular order."""
    condition, parameter = engine.among("f.id", set(fact_ids))
    return _facts(f"{index.SELECT_FACT} WHERE {condition}", [parameter])


def facts(wanted: FactFilter, *, limit: int = 50, offset: int = 0, order: str = NEWEST_FIRST) -> tuple[Fact, ...]:
    """A page of facts, newest arrival first or in another of ORDERS.

    Their places are found from an index alone and only they are read: beneath a large unit lie very many facts.
    """
    where, parameters = _where(wanted)
    reversals = "" if wanted.with_reversed else " LEFT JOIN ledger_fact r ON r.reverses = f.id"
    by = ORDERS[order]
    places = f"SELECT f.n FROM ledger_fact f{reversals}{where} ORDER BY {by} LIMIT %s OFFSET %s"  # noqa: S608
    sql = f"{index.SELECT_FACT} WHERE f.n IN ({places}) ORDER BY {by}"
    return _facts(sql, [*parameters, min(limit, LONGEST_PAGE), offset])


def newest(holds: Callable[[OrgId], bool], limit: int, among: int) -> tuple[Fact, ...] | None:
    """The newest facts whose organisation `holds`, newest arrival first, looked for among the newest `among` alone.

    None where these do not hold so many: then ask `facts`. For a large part of all organisations, whose ids are too
    many to hand over each time.
    """
    rows = engine.rows("SELECT n, org FROM ledger_fact ORDER BY n DESC LIMIT %s", (among,))
    found = [n for n, org in rows if holds(OrgId(org))][:limit]
    if len(found) < limit and len(rows) == among:
        return None
    condition, parameter = engine.among("f.n", found)
    return _facts(f"{index.SELECT_FACT} WHERE {condition} ORDER BY f.n DESC", [parameter])


def every_fact(wanted: FactFilter, order: str = NEWEST_FIRST) -> Iterator[Fact]:
    """All of them, in one of ORDERS, as they stood at the first; read while they are used, never all in memory."""
    where, parameters = _where(wanted)
    yield from map(index.fact_from, engine.each(f"{index.SELECT_FACT}{where} ORDER BY {ORDERS[order]}", parameters))


def count(wanted: FactFilter) -> int:
    """How many facts `wanted` asks for."""
    where, parameters = _where(wanted)
    found = engine.one(
        f"SELECT count(*) FROM ledger_fact f LEFT JOIN ledger_fact r ON r.reverses = f.id{where}",  # noqa: S608
        parameters,
    )
    return int(found[0]) if found else 0


def history(abouts: Collection[str], kinds: Collection[str] | None = None) -> tuple[Fact, ...]:
    """Every fact about these things, as it happened (claimed start, then arrival); reversed ones say so.

    The ground for a fold: reversals themselves are left out, since `reversed_by` tells them.
    """
    condition, parameter = engine.among("f.about", set(abouts))
    sql, parameters = f"{index.SELECT_FACT} WHERE {condition} AND f.reverses IS NULL", [parameter]
    if kinds is not None:
        condition, parameter = engine.among("f.kind", set(kinds))
        sql, parameters = f"{sql} AND {condition}", [*parameters, parameter]
    return _facts(f"{sql} ORDER BY f.claimed_from, f.received, f.id", parameters)


def counts_about(abouts: Collection[str]) -> dict[str, int]:
    """How many facts the ledger holds about each of these things, reversals included; read from the index alone."""
    condition, parameter = engine.among("about", abouts)
    sql = f"SELECT about, count(*) FROM ledger_fact WHERE {condition} GROUP BY about"  # noqa: S608 - our own words
    return dict(engine.rows(sql, (parameter,)))


def _facts(sql: str, parameters: Sequence[Any]) -> tuple[Fact, ...]:
    return tuple(index.fact_from(row) for row in engine.rows(sql, parameters))


def _where(wanted: FactFilter) -> tuple[str, list[Any]]:
    conditions: list[tuple[str, Any]] = []
    if wanted.orgs is not None:
        conditions.append(engine.among("f.org", wanted.orgs))
    if wanted.kinds is not None:
        conditions.append(engine.among("f.kind", wanted.kinds))
    if wanted.period is not None:
        conditions.append(("f.day >= %s", wanted.period.start.isoformat()))
        conditions.append(("f.day <= %s", wanted.period.end.isoformat()))
    if wanted.about is not None:
        conditions.append(("f.about = %s", wanted.about))
    if wanted.actor is not None:
        conditions.append(("f.actor = %s", wanted.actor))
    if wanted.posts is not None:
        conditions.append(engine.among("f.post", wanted.posts))
    clauses = [condition for condition, _ in conditions] + ([] if wanted.with_reversed else ["r.id IS NULL"])
    return (f" WHERE {' AND '.join(clauses)}" if clauses else ""), [parameter for _, parameter in conditions]


def recorded_under(actor: AccountId, idem: str) -> FactId | None:
    """The fact this actor recorded under the request key `idem`, or None."""
    found = engine.one("SELECT entry_id FROM ledger_idem WHERE actor = %s AND idem = %s", (actor, idem))
    return FactId(found[0]) if found else None


def ids_recorded_under(actor: AccountId, idems: Collection[str]) -> dict[str, FactId]:
    """The facts that this actor recorded under these request keys, by key; nothing for a key that was never used."""
    if not idems:
        return {}
    condition, parameter = engine.among("idem", set(idems))
    sql = f"SELECT idem, entry_id FROM ledger_idem WHERE actor = %s AND {condition}"  # noqa: S608 - our own words
    return {row[0]: FactId(row[1]) for row in engine.rows(sql, (actor, parameter))}


def recorded_keys(actor: AccountId, idems: Collection[str]) -> frozenset[str]:
    """Those of the request keys under which this actor has recorded something."""
    return frozenset(ids_recorded_under(actor, idems))


def closings(orgs: Collection[OrgId] | None = None) -> tuple[Closing, ...]:
    """The closed periods, of these organisations or of all, oldest first; a closing taken back says so."""
    columns = ", ".join(f"c.{name}" for name in index.CLOSING_COLUMNS)
    sql = f"SELECT {columns}, r.id FROM ledger_closing c LEFT JOIN ledger_fact r ON r.reverses = c.id"  # noqa: S608
    condition, parameters = "", []
    if orgs is not None:
        clause, parameter = engine.among("c.org", orgs)
        condition, parameters = f" WHERE {clause}", [parameter]
    found = engine.rows(f"{sql}{condition} ORDER BY c.received, c.id", parameters)
    return tuple(_closing(row) for row in found)


def _closing(row: tuple[Any, ...]) -> Closing:
    fact_id, org, actor, kinds, first, last, received, reversed_by = row
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Closing(fact_id, org, actor, index.kinds_from(kinds), *days, from_stamp(received), reversed_by)


def head() -> Head | None:
    """The newest signed head of the log, or None before the first."""
    return stored.head()


def size() -> int:
    """How many facts have their number in the tree."""
    return stored.state().size


def root_at(size: int) -> bytes:
    """The root of the first `size` facts, computed from what is stored. Raises NotFound for a size never reached."""
    if not 0 < size <= stored.state().size:
        raise NotFound([rules.no_such_fact()])
    return stored.root_by_tiles(size)


def began() -> date:
    """The local day on which this ledger took its first fact in; today while it is empty."""
    found = engine.one("SELECT received FROM ledger_fact ORDER BY n LIMIT 1")
    return local_day(from_stamp(found[0]) if found else engine.now())


def waiting() -> int:
    """How many acknowledged facts wait for their number."""
    found = engine.one("SELECT count(*) FROM ledger_intake")
    return int(found[0]) if found else 0


def entry(fact_id: FactId) -> bytes:
    """The canonical bytes of a fact as they are hashed. Raises NotFound."""
    found = engine.one(
        "SELECT e.bytes FROM ledger_fact f JOIN ledger_entry e ON e.leaf = f.leaf WHERE f.id = %s", (fact_id,)
    ) or engine.one("SELECT bytes FROM ledger_intake WHERE id = %s", (fact_id,))
    if found is None:
        raise NotFound([rules.no_such_fact()])
    return engine.octets(found[0])


def proof(fact_id: FactId) -> EntryProof | None:
    """The proof of a fact under the newest head; None while it waits for its number. Raises NotFound."""
    found, newest = fact(fact_id), stored.head()
    if newest is None or found.seq is None or found.seq >= newest.size:
        return None
    path = inclusion_proof(found.seq, newest.size, node_from_tiles(newest.size, stored.tile))
    return EntryProof(found.seq, entry(fact_id), tuple(path), newest)


def receipt(fact_id: FactId) -> Receipt:
    """The receipt of a fact, the same as was given when it was recorded. Raises NotFound."""
    found = fact(fact_id)
    return receipts.issue(found.id, bytes.fromhex(found.leaf), found.received, repeated=True)


def open_slots(fact_ids: Collection[FactId], slots: Collection[str]) -> tuple[Opened, ...]:
    """The sealed values of these facts in these slots, in clear. What cannot be opened (no key) is left out.

    Raises vault.CannotOpen when a value was tampered with. Whether the asker may see it is the caller's to decide.
    """
    versions, version = engine.among("version", set(fact_ids))
    names, name = engine.among("slot", set(slots))
    found = [
        vault.SealedValue(subject, slot, fact_id, engine.octets(salt), engine.octets(ct))
        for subject, slot, fact_id, salt, ct in engine.rows(
            f"SELECT subject, slot, version, salt, ct FROM ledger_vault WHERE {versions} AND {names} "  # noqa: S608
            "ORDER BY version, subject, slot",
            (version, name),
        )
    ]
    keys = subject_keys.existing_keys({value.subject for value in found}) if found else {}
    return tuple(
        Opened(FactId(value.version), value.subject, value.slot, vault.unseal(keys[value.subject], value))
        for value in found
        if value.subject in keys
    )
