"""Checking the log where it lives: every entry, tile, head and the state, then the tables that lean on the log.

The first part hashes the stored bytes once, in a stream (≥ 200,000 entries a second); the second reads the entries'
JSON to hold the request keys and the vault against them.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.db import DatabaseError, connection

from gangmu.kernel.problems import Problem
from gangmu.ledger import engine, envelope, keys, rules, stored, subject_keys, vault
from gangmu.ledger.note import NotTrusted, open_checkpoint
from gangmu.ledger.receipts import Promise
from gangmu.ledger.stored import Columns, Head
from gangmu.ledger.tiles import WIDTH, Tile
from gangmu.ledger.tree import Frontier, leaf_hash, leaf_hashes, perfect_root
from gangmu.ledger.verify import Verified

AT_ONCE = 2000
UNREADABLE = (DatabaseError, ValueError, KeyError, TypeError, OverflowError)  # what a damaged file makes of reading


def verify_log(*, contents: bool = True) -> Verified:
    """Check the whole log; with `contents` also the request keys, the vault and the database file itself.

    A damaged database that cannot be read is a Problem, not an error.
    """
    if connection.vendor == "postgresql":
        connection.ensure_connection()  # a server that cannot be reached says nothing about the log
    try:
        walked = _walk_tree()
    except UNREADABLE as error:
        return Verified(0, None, (rules.database_damaged(str(error)),))
    return replace(walked, problems=(*walked.problems, *verify_contents())) if contents else walked


def verify_contents() -> tuple[Problem, ...]:
    """What leans on the log, once it has been walked: the outbox, the request keys, the vault, SQLite's own file.

    Reads the JSON of every entry and opens every sealed value, which takes ten times as long as the walk.
    """
    try:
        return tuple(_contents())
    except UNREADABLE as error:
        return (rules.database_damaged(str(error)),)


def _walk_tree() -> Verified:
    walk, newest = _Walk(), stored.head()
    for rows in stored.entries_by_tile():
        if not walk.take(rows):
            break
    walk.finish()
    checkpoint = None
    if newest is not None and not walk.problems:
        checkpoint = open_checkpoint(newest.note, keys.log_verifier())
    return Verified(walk.tree.size, checkpoint, tuple(walk.problems))


class _Walk:
    """One pass over the entries: grows the tree, and holds every stored tile and head against it."""

    def __init__(self) -> None:
        self.tree, self.problems = Frontier(), list[Problem]()
        self.heads = stored.heads()
        self.head = next(self.heads, None)
        self.tiles = 0
        self.roots: list[list[bytes]] = [[]]

    def take(self, rows: Columns) -> bool:
        """Append up to 256 entries that begin on a tile's edge; False when a number is missing."""
        leaves = leaf_hashes(rows.entries)
        first, count = self.tree.size, len(leaves)
        if rows.numbers[0] != first or rows.numbers[-1] != first + count - 1:
            self.problems.append(rules.entry_missing(first))
            return False
        if tuple(leaves) != rows.leaves:
            columns = zip(rows.numbers, rows.leaves, leaves, strict=True)
            changed = next(seq for seq, leaf, right in columns if leaf != right)
            self.problems.append(rules.entry_changed(changed))
        while self.head is not None and self.head.size <= first + count:
            self._hold_head(self.head, leaves[: self.head.size - first])
            self.head = next(self.heads, None)
        self._grow(leaves)
        return True

    def _hold_head(self, head: Head, leaves: list[bytes]) -> None:
        """The head must be signed, and be the root of the entries before it: so each extends the one before."""
        tree = Frontier(self.tree.size, self.tree.pack())
        tree.extend(leaves)
        try:
            checkpoint = open_checkpoint(head.note, keys.log_verifier())
        except NotTrusted as error:
            self.problems.append(rules.head_untrusted(f"{head.size}：{error.chinese}", f"{head.size}: {error}"))
            return
        if (checkpoint.size, checkpoint.root) != (head.size, head.root) or tree.root() != head.root:
            self.problems.append(rules.root_differs(head.size))

    def _grow(self, leaves: list[bytes]) -> None:
        if len(leaves) < WIDTH:
            self.tree.extend(leaves)
            return
        number = self.tree.size // WIDTH
        self.tree.append_subtree(self._hold_tile(0, number, leaves), 8)
        level = 0
        while len(self.roots[level]) == WIDTH:
            full, self.roots[level] = self.roots[level], []
            level, number = level + 1, number // WIDTH
            self._hold_tile(level, number, full)

    def _hold_tile(self, level: int, n: int, hashes: list[bytes]) -> bytes:
        """Compare a full tile with what is stored; its root, which is noted for the level above."""
        root = perfect_root(hashes)
        found = engine.straight("SELECT root, hashes FROM ledger_tile WHERE level = %s AND n = %s", (level, n))
        if not found or (engine.octets(found[0][0]), engine.octets(found[0][1])) != (root, b"".join(hashes)):
            path = Tile(level, n, WIDTH).path
            self.problems.append(rules.file_broken(path, "stored tile") if found else rules.file_missing(path))
        if level + 1 == len(self.roots):
            self.roots.append([])
        self.roots[level].append(root)
        self.tiles += 1
        return root

    def finish(self) -> None:
        """What only the end shows: heads beyond the entries, a state or tiles that do not belong to them."""
        state = stored.state()
        if self.head is not None:
            self.problems.append(rules.entry_missing(self.tree.size))
        if (state.size, state.frontier) != (self.tree.size, self.tree.pack()):
            self.problems.append(rules.state_differs(self.tree.size))
        tiles = engine.one("SELECT count(*) FROM ledger_tile")
        if tiles and tiles[0] != self.tiles:
            self.problems.append(rules.state_differs(self.tree.size))
        newest = stored.head()
        if self.tree.size and newest is None:
            self.problems.append(rules.root_differs(self.tree.size))


def _contents() -> Iterator[Problem]:
    """The outbox, the request keys, the vault, and on SQLite the file."""
    yield from _outbox()
    yield from _lean_on_log()
    if connection.vendor == "sqlite":
        for (answer,) in engine.rows("PRAGMA integrity_check"):
            if answer != "ok":
                yield rules.database_damaged(answer)


def _outbox() -> Iterator[Problem]:
    """What waits must be what its leaf says, and its row must repeat its own id and moment."""
    for fact_id, received, leaf, entry in engine.each("SELECT id, received, leaf, bytes FROM ledger_intake"):
        stands = engine.octets(entry)
        found = envelope.decode(stands)
        if leaf_hash(stands) != engine.octets(leaf) or (found["id"], found["received"]) != (fact_id, received):
            yield rules.outbox_changed(fact_id)


def _lean_on_log() -> Iterator[Problem]:
    """Hold the request keys and the sealed values against the envelopes, some thousands at once."""
    every = ((envelope.decode(entry)) for entry in _every_entry())
    facts = sealed = 0
    while found := list(islice(every, AT_ONCE)):
        facts += len(found)
        yield from _request_keys(found)
        wanted = _commitments(found)
        sealed += len(wanted)
        yield from _vault(wanted)
    for table, expected in (("ledger_idem", facts), ("ledger_vault", sealed)):
        count = engine.one(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        if count and count[0] != expected:
            yield rules.rows_differ(f"{table}: {count[0]} rows, {expected} in the log")


def _every_entry() -> Iterator[bytes]:
    for _, _, entry in stored.entries():
        yield entry
    for _, entry in stored.waiting():
        yield entry


def _request_keys(found: list[envelope.Envelope]) -> Iterator[Problem]:
    condition, parameter = engine.among("idem", [item["idem"] for item in found])
    rows = engine.rows(f"SELECT actor, idem, entry_id FROM ledger_idem WHERE {condition}", (parameter,))  # noqa: S608
    known = set(rows)
    for item in found:
        if (item["actor"], item["idem"], item["id"]) not in known:
            yield rules.rows_differ(f"the request key of fact {item['id']}")


Place = tuple[str, str, str]


def _commitments(found: list[envelope.Envelope]) -> dict[Place, str]:
    """(subject, slot, fact) → commitment, of every sealed slot in these envelopes."""
    return {
        (slot.get("subject") or item["about"], slot["slot"], item["id"]): slot["c"]
        for item in found
        for slot in item["priv"]
    }


def _vault(wanted: dict[Place, str]) -> Iterator[Problem]:
    """Each sealed value must open, and be what was committed."""
    if not wanted:
        return
    subject_key = subject_keys.existing_keys({subject for subject, _, _ in wanted})
    condition, parameter = engine.among("version", {fact for _, _, fact in wanted})
    sql = f"SELECT subject, slot, version, salt, ct FROM ledger_vault WHERE {condition}"  # noqa: S608 - our own words
    held = {
        (subject, slot, fact): vault.SealedValue(subject, slot, fact, engine.octets(salt), engine.octets(ct))
        for subject, slot, fact, salt, ct in engine.rows(sql, (parameter,))
    }
    for (subject, slot, fact), commitment in wanted.items():
        value = held.get((subject, slot, fact))
        if value is None or subject not in subject_key or not _opens_to(value, subject_key[subject], commitment):
            yield rules.sealed_differs(slot, fact)


def _opens_to(value: vault.SealedValue, key: bytes, commitment: str) -> bool:
    try:
        return vault.commitment(value.salt, vault.unseal(key, value)) == commitment
    except vault.CannotOpen:
        return False


def kept(promise: Promise) -> Problem | None:
    """A Problem when the log does not hold what a receipt promises: the leaf, numbered or waiting for it."""
    held = engine.one("SELECT 1 FROM ledger_entry WHERE leaf = %s", (promise.leaf,)) or engine.one(
        "SELECT 1 FROM ledger_intake WHERE leaf = %s", (promise.leaf,)
    )
    return None if held and promise.origin == keys.log_origin() else rules.receipt_not_kept(promise.id)
