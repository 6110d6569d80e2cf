"""The ledger's own projections: the index of facts, and the closed periods."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from gangmu.kernel.clock import from_stamp, local_day, stamp
from gangmu.kernel.ids import FactId
from gangmu.ledger import engine, envelope, rules
from gangmu.ledger.facts import CLOSED, Draft, Fact, Ref, late_days
from gangmu.ledger.projections import Projection, digest_of

COLUMNS = (
    "id", "kind", "schema", "org", "about", "actor", "post", "claimed_from", "claimed_to", "day", "body", "refs",
    "idem", "slots", "reverses", "leaf", "received", "late_days",
)  # fmt: skip
CLOSING_COLUMNS = ("id", "org", "actor", "kinds", "first_day", "last_day", "received")
SELECT_FACT = (
    f"SELECT {', '.join('f.' + name for name in COLUMNS)}, r.id, e.seq FROM ledger_fact f "  # noqa: S608
    "LEFT JOIN ledger_fact r ON r.reverses = f.id LEFT JOIN ledger_entry e ON e.leaf = f.leaf"
)


Cells = tuple[Any, ...]


def told_cells(
    fact_id: FactId, told: Draft | Fact, body: str, slots: Sequence[str], *, schema: str, actor: str, post: str | None
) -> Cells:
    """The cells of a fact that are known before it arrives; `body` is canonical, as the entry has it."""
    refs = told.refs
    return (
        fact_id,
        told.kind,
        schema,
        told.org,
        told.about,
        actor,
        post,
        stamp(told.claimed_from),
        stamp(told.claimed_to),
        local_day(told.claimed_from).isoformat(),
        body,
        json.dumps([[ref.role, ref.fact] for ref in refs]) if refs else "[]",
        told.idem,
        _listed(tuple(slots)),
        next((ref.fact for ref in refs if ref.role == "reverses"), None) if refs else None,
    )


@lru_cache  # the slots of the kinds: few, and met again in every fact
def _listed(slots: tuple[str, ...]) -> str:
    return json.dumps(slots)


def arrival_cells(leaf: bytes, claimed_to: datetime, received: datetime) -> Cells:
    """The cells of a fact that its arrival gives it."""
    return leaf, stamp(received), late_days(claimed_to, received)


def row(fact: Fact) -> Cells:
    """The cells of a recorded fact."""
    body = envelope.encode(fact.body).decode()
    told = told_cells(fact.id, fact, body, fact.slots, schema=fact.schema, actor=fact.actor, post=fact.post)
    return told + arrival_cells(bytes.fromhex(fact.leaf), fact.claimed_to, fact.received)


def fact_from(row: Sequence[Any]) -> Fact:
    """The Fact in a row of SELECT_FACT."""
    named = dict(zip((*COLUMNS, "reversed_by", "seq"), row, strict=True))
    del named["day"], named["late_days"], named["reverses"]
    for name in ("claimed_from", "claimed_to", "received"):
        named[name] = from_stamp(named[name])
    named["leaf"] = bytes(named["leaf"]).hex()
    named["body"] = json.loads(named["body"])
    named["refs"] = tuple(Ref(role, fact) for role, fact in json.loads(named["refs"]))
    named["slots"] = tuple(json.loads(named["slots"]))
    return Fact(**named)


def kinds_from(text: str) -> tuple[str, ...]:
    """The kinds in a row of ledger_closing."""
    return tuple(json.loads(text))


def inserted(rows: list[Cells]) -> engine.Insert:
    """The insert that puts `rows` (`told_cells` + `arrival_cells`) into the index."""
    return ("ledger_fact", COLUMNS, rows)


def _fold_facts(facts: Sequence[Fact]) -> None:
    engine.insert(*inserted([row(fact) for fact in facts]))


def _fold_closings(facts: Sequence[Fact]) -> None:
    rows = []
    for fact in facts:
        period = rules.closed_period(fact.body) if fact.kind == CLOSED else None
        if period:
            kinds = json.dumps(fact.body.get("kinds", []))
            start, end = period.start.isoformat(), period.end.isoformat()
            rows.append((fact.id, fact.org, fact.actor, kinds, start, end, stamp(fact.received)))
    engine.insert("ledger_closing", CLOSING_COLUMNS, rows)


def _digest(table: str, columns: tuple[str, ...]) -> str:
    order = ", ".join(columns)
    return digest_of(engine.each(f"SELECT {order} FROM {table} ORDER BY id"))  # noqa: S608 - our own names


FACTS = Projection(
    name="ledger.facts",
    kinds=None,
    fold=_fold_facts,
    empty=lambda: engine.clear("ledger_fact"),
    digest=lambda: _digest("ledger_fact", COLUMNS),
)
CLOSINGS = Projection(
    name="ledger.closings",
    kinds=frozenset({CLOSED}),
    fold=_fold_closings,
    empty=lambda: engine.clear("ledger_closing"),
    digest=lambda: _digest("ledger_closing", CLOSING_COLUMNS),
)
OWN = (FACTS, CLOSINGS)  # the intake itself writes what FACTS folds, together with the outbox
