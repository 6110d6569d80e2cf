"""The shortest way into the ledger: one fact by itself, as most facts come, for which nothing need be read first.

What was asked before (by whom, of which unit, by which rules) rested on tables above the ledger. Whether these still
stand as they stood then is a condition of the one statement that takes the request key; where they do not, nothing is
written and the caller asks everything anew, in a transaction. So it is with a key that is taken already.

PostgreSQL writes the whole fact by one statement, which is one journey and one commit, and hashes it itself; SQLite by
a few inside one transaction.
"""

from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from gangmu.kernel.clock import LOCAL, from_stamp, local_day
from gangmu.kernel.scope import Actor
from gangmu.ledger import engine, index, intake, projections
from gangmu.ledger.facts import CLOSED, REVERSE, Draft, Standing
from gangmu.ledger.intake import AFTER_CLOSING, Arrived, Ready, Taken

ALWAYS: Standing = ("1 = 1", ())  # nothing was asked before
STAMP = "received::timestamptz AT TIME ZONE"


def fits(draft: Draft) -> bool:
    """Whether a fact can go this way: it refers to none, closes and reverses nothing, and no read table folds it."""
    return not draft.refs and draft.kind not in (REVERSE, CLOSED) and not projections.folded(draft.kind)


def take_in(one: Ready, standing: Standing, *, by: Actor) -> Taken | None:
    """Write a fact that `fits`, made ready by `intake.prepare`; None, and nothing written, where it cannot be.

    It cannot where `standing` no longer holds or the request key has been used. In a transaction of the caller's it is
    a part of that, else it is durable when this returns.
    """
    database = connections[DEFAULT_DB_ALIAS]
    arrival = engine.arrival_sql(AFTER_CLOSING)
    if database.vendor == "postgresql":
        return _by_one_statement(one, arrival, standing, by)
    with database.in_one_go():  # type: ignore[attr-defined]
        return _by_several(one, arrival, standing, by)


def _by_several(one: Ready, arrival: str, standing: Standing, by: Actor) -> Taken | None:
    condition, parameters = standing
    found = engine.straight(_claim_sql(condition, arrival), (by.account, one.draft.idem, one.id, *parameters))
    if not found:
        return None
    received = str(found[0][0])
    arrived = Arrived.at(one, received)
    intake.write([arrived], received)
    return Taken(one.id, arrived.leaf, arrived.received, repeated=False)


def _by_one_statement(one: Ready, arrival: str, standing: Standing, by: Actor) -> Taken | None:
    condition, parameters = standing
    sql = _whole_sql(condition, arrival, len(one.sealed))
    sealed = [value for row in one.sealed for value in intake.vault_row(row)]
    halves, last_day = one.halves, local_day(one.draft.claimed_to)
    values: tuple[Any, ...] = (
        by.account, one.draft.idem, one.id, *parameters, halves.before, halves.after, *sealed, *one.cells, last_day,
    )  # fmt: skip
    found = engine.straight(sql, values)
    return Taken(one.id, engine.octets(found[0][1]), from_stamp(found[0][0]), repeated=False) if found else None


@lru_cache
def _claim_sql(condition: str, now: str) -> str:
    return (
        f"INSERT INTO ledger_idem (actor, idem, entry_id) SELECT %s, %s, %s WHERE {condition} "
        f"ON CONFLICT DO NOTHING RETURNING {now}"
    )


@lru_cache
def _whole_sql(condition: str, now: str, slots: int) -> str:
    """The claim, the bytes with the moment of the claim in them, their leaf, and the rows as `intake.write` has them.

    Nothing is claimed: nothing follows from it, and no row comes back.
    """
    told = ", ".join(["%s"] * (len(index.COLUMNS) - 3))
    late = f"GREATEST(0, ({STAMP} '{LOCAL.key}')::date - %s::date)"
    sealed = ", ".join(["(%s, %s, %s, %s::bytea, %s::bytea)"] * slots)
    vault = (
        "sealed AS (INSERT INTO ledger_vault (subject, slot, version, salt, ct) "  # noqa: S608 - our own words
        f"SELECT row.* FROM whole, (VALUES {sealed}) AS row), "
    )
    return (
        f"WITH claim AS ({_claim_sql(condition, now)} AS received), "  # noqa: S608 - our own words
        "told AS (SELECT received, %s::bytea || convert_to(received, 'UTF8') || %s::bytea AS bytes FROM claim), "
        "whole AS (SELECT received, bytes, sha256('\\x00'::bytea || bytes) AS leaf FROM told), "
        f"{vault if slots else ''}"
        f"indexed AS (INSERT INTO ledger_fact ({', '.join(index.COLUMNS)}) "
        f"SELECT {told}, leaf, received, {late} FROM whole RETURNING id) "
        "INSERT INTO ledger_intake (id, leaf, bytes, received) "
        "SELECT indexed.id, leaf, bytes, received FROM whole, indexed RETURNING received, leaf"
    )
