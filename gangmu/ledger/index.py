"""The ledger's own projections: the index of facts, and the closed periods."""

import json
from collections.abc import Sequence
from typing import Any

from gangmu.kernel.clock import from_stamp, stamp
from gangmu.ledger import engine, envelope, rules
from gangmu.ledger.facts import CLOSED, Fact, Ref
from gangmu.ledger.projections import Projection, digest_of

COLUMNS = (
    "id", "leaf", "kind", "schema", "org", "about", "actor", "post", "claimed_from", "claimed_to", "day", "received",
    "late_days", "body", "refs", "idem", "slots", "reverses",
)  # fmt: skip
CLOSING_COLUMNS = ("id", "org", "actor", "kinds", "first_day", "last_day", "received")
SELECT_FACT = (
    f"SELECT {', '.join('f.' + name for name in COLUMNS)}, r.id, e.seq FROM ledger_fact f "  # noqa: S608
    "LEFT JOIN ledger_fact r ON r.reverses = f.id LEFT JOIN ledger_entry e ON e.leaf = f.leaf"
)


def _row(fact: Fact) -> tuple[Any, ...]:
    day = fact.day
    return (
        fact.id,
        bytes.fromhex(fact.leaf),
        fact.kind,
        fact.schema,
        fact.org,
        fact.about,
        fact.actor,
        fact.post,
        stamp(fact.claimed_from),
        stamp(fact.claimed_to),
        day.isoformat(),
        stamp(fact.received),
        fact.late_days,
        envelope.encode(fact.body).decode(),  # as the entry has it
        json.dumps([[ref.role, ref.fact] for ref in fact.refs]) if fact.refs else "[]",
        fact.idem,
        json.dumps(fact.slots) if fact.slots else "[]",
        fact.ref("reverses") if fact.refs else None,
    )


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


def rows_of(facts: Sequence[Fact]) -> engine.Insert:
    """What the index holds of `facts`, as it is inserted."""
    return ("ledger_fact", COLUMNS, [_row(fact) for fact in facts])


def _fold_facts(facts: Sequence[Fact]) -> None:
    engine.insert(*rows_of(facts))


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
