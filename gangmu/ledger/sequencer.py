"""The sequencer: takes acknowledged facts from the outbox, numbers them into the tree, signs the new head.

Rows are taken with DELETE … RETURNING, never by "id greater than the last one seen", which would pass over a
transaction that commits late. The root is computed by two paths before anything is signed, and the state moves by
compare-and-swap, so a sequencer that was paused and wakes again cannot fork the log.
"""

import logging
import threading
from collections.abc import Callable
from typing import NamedTuple

from django.db import DatabaseError, close_old_connections, connection, transaction

from gangmu.kernel.clock import stamp
from gangmu.ledger import engine, keys, rules, stored
from gangmu.ledger.lease import lease
from gangmu.ledger.note import Checkpoint
from gangmu.ledger.stored import State
from gangmu.ledger.tiles import WIDTH
from gangmu.ledger.tree import Frontier, leaf_hash, perfect_root

PAUSE = 0.2  # seconds between looks into an empty outbox
BATCH = 256
LARGE_BATCH = 8192  # when the outbox is long: fewer commits, fewer heads
CHECKPOINT_AFTER = LARGE_BATCH  # facts numbered between checkpoints of SQLite's write-ahead log

log = logging.getLogger(__name__)


class Broken(RuntimeError):
    """The stored tree contradicts itself. Nothing was signed; a person must look (gangmu verify log)."""


class LostLease(RuntimeError):
    """Another sequencer moved the tree first. Nothing was written."""


class _Row(NamedTuple):
    received: str
    id: str
    leaf: bytes
    entry: bytes


def run_once(limit: int | None = None) -> int:
    """Number one batch and sign its head; how many facts it held. 0 too when another sequencer is at work.

    Raises Broken, LostLease; Unusable where the key folder is not this log's.
    """
    with transaction.atomic(), lease() as ours:
        moved = _number(limit) if ours else None
    if moved is None:
        return 0
    count, size, root = moved
    publish(size, root)
    return count


def run_until_empty() -> int:
    """Number everything that waits; how many facts that were."""
    total = 0
    while taken := run_once():
        total += taken
    return total


def run_forever(stop: threading.Event, also: Callable[[], object] = lambda: None) -> None:
    """The worker's loop: number what arrives, and do `also`, until `stop` is set; then number what is left.

    A lost lease or a database that is away or busy is tried again; a broken tree ends the loop, loudly.
    """
    since_checkpoint = 0
    while not stop.is_set():
        try:
            taken = run_once()
            also()
            since_checkpoint += taken
            if since_checkpoint >= CHECKPOINT_AFTER:
                checkpoint_wal()
                since_checkpoint = 0
            if taken == 0:
                stop.wait(PAUSE)
        except (LostLease, DatabaseError, OSError) as error:
            log.warning("The sequencer waits a moment: %s", error)
            close_old_connections()
            stop.wait(PAUSE)
    run_until_empty()
    checkpoint_wal()
    connection.close()


def publish(size: int, root: bytes) -> None:
    """Sign the head of `size` entries and keep it. Ed25519 is deterministic: signing it twice gives one note.

    No head is dated before the one it extends, whatever the clock says; a clock that went back is told.
    """
    note = keys.log_signer().note(Checkpoint(keys.log_origin(), size, root).text)
    with transaction.atomic():  # in its turn: outside the gate a busy writer could keep it waiting too long
        newest, created = stored.head(), stamp(engine.now())
        if newest is not None and created < newest.created:
            log.warning("%s", rules.clock_anomaly(created, newest.created).message_en)
            created = newest.created
        engine.insert(
            "ledger_head", ("size", "root", "note", "created"), [(size, root, note, created)], "ON CONFLICT DO NOTHING"
        )


def checkpoint_wal() -> None:
    """Move SQLite's write-ahead log into the database file, as far as readers allow. Nothing on PostgreSQL."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        engine.rows("PRAGMA wal_checkpoint(PASSIVE)")


def _number(limit: int | None) -> tuple[int, int, bytes] | None:
    """Take, append, write, check by the second path, swap: (how many, new size, root). None when nothing waits."""
    before, newest = stored.state(), stored.head()
    if newest is not None:
        keys.refuse_another_key(newest.note)
    rows = _take(limit)
    if not rows:
        unsigned = before.size and (newest is None or newest.size < before.size)
        return (0, before.size, _checked_root(before.size, before.tree())) if unsigned else None
    tree = before.tree()
    tree.extend([row.leaf for row in rows])
    entries = [(before.size + number, row.leaf, row.entry) for number, row in enumerate(rows)]
    engine.insert("ledger_entry", ("seq", "leaf", "bytes"), entries)
    _write_tiles(before.size, [row.leaf for row in rows])
    root = _checked_root(tree.size, tree)
    _swap(before, tree)
    return len(rows), tree.size, root


def _take(limit: int | None) -> list[_Row]:
    """The next rows of the outbox, out of it, each with its leaf recomputed. Raises Broken when one does not fit."""
    if limit is None:
        found = engine.one("SELECT count(*) FROM (SELECT 1 FROM ledger_intake LIMIT %s) waiting", (BATCH + 1,))
        limit = LARGE_BATCH if found and found[0] > BATCH else BATCH
    found_rows = engine.rows(
        # one range, so that an engine without statistics (a load in one transaction) cannot choose a nested loop;
        # a row that commits late with a lower number is simply among the first of a later batch
        "DELETE FROM ledger_intake WHERE n <= (SELECT max(n) FROM (SELECT n FROM ledger_intake ORDER BY n LIMIT %s) f) "
        "RETURNING received, id, leaf, bytes",
        (limit,),
    )
    rows = sorted(
        _Row(received, id_, engine.octets(leaf), engine.octets(entry)) for received, id_, leaf, entry in found_rows
    )
    for row in rows:
        if leaf_hash(row.entry) != row.leaf:
            raise Broken(f"the bytes of fact {row.id} in the outbox are not those of its leaf")
    return rows


def _write_tiles(size: int, leaves: list[bytes]) -> None:
    """Store every tile that `leaves`, appended at `size`, complete; a level grows by the roots of the one below."""
    level, new = 0, leaves
    while len(new) + size % WIDTH >= WIDTH:
        edge = stored.open_edge(level, size)
        hashes, first = edge + new, size // WIDTH
        full = [hashes[at : at + WIDTH] for at in range(0, len(hashes) - len(hashes) % WIDTH, WIDTH)]
        new = [perfect_root(tile) for tile in full]
        rows = [
            (level, first + number, root, b"".join(tile))
            for number, (tile, root) in enumerate(zip(full, new, strict=True))
        ]
        engine.insert("ledger_tile", ("level", "n", "root", "hashes"), rows)
        level, size = level + 1, size // WIDTH


def _checked_root(size: int, tree: Frontier) -> bytes:
    """The root, once frontier and stored tiles agree on it. Raises Broken when they do not."""
    root = tree.root()
    if root != stored.root_by_tiles(size):
        raise Broken(f"the stored tiles of {size} entries do not give the root of the frontier: nothing was signed")
    return root


def _swap(before: State, tree: Frontier) -> None:
    """Move the state from `before` to `tree`. Raises LostLease when it is no longer where it was read."""
    if before.epoch == 0:
        engine.insert("ledger_state", ("id", "size", "epoch", "frontier"), [(1, 0, 0, b"")], "ON CONFLICT DO NOTHING")
    moved = engine.change(
        "UPDATE ledger_state SET size = %s, epoch = %s, frontier = %s WHERE id = 1 AND size = %s AND epoch = %s",
        (tree.size, before.epoch + 1, tree.pack(), before.size, before.epoch),
    )
    if moved != 1:
        raise LostLease("another sequencer moved the tree first")
