"""The tree as it lies in the database: tiles, entries, heads, state. Reading only; sequencer.py writes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gangmu.ledger import engine, tiles
from gangmu.ledger.tiles import WIDTH, Tile
from gangmu.ledger.tree import Frontier


class State(NamedTuple):
    """Where the tree stands. `epoch` moves with every change, so that a paused sequencer cannot fork it."""

    size: int
    epoch: int
    frontier: bytes

    def tree(self) -> Frontier:
        return Frontier(self.size, self.frontier)


class Head(NamedTuple):
    """A signed checkpoint: the note is what is published; `created`, when it was signed, is not part of it."""

    size: int
    root: bytes
    note: str
    created: str


class Columns(NamedTuple):
    """Numbered entries as they lie in the database, column by column.

    In a damaged database a cell may be no bytes at all: such a leaf equals none, and hashing such an entry is a
    TypeError. So nobody need look at each of them before.
    """

    numbers: Sequence[int]
    leaves: Sequence[bytes]
    entries: Sequence[bytes]


def state() -> State:
    """The state row; an empty tree where nothing was ever numbered."""
    found = engine.one("SELECT size, epoch, frontier FROM ledger_state WHERE id = 1")
    return State(found[0], found[1], engine.octets(found[2])) if found else State(0, 0, b"")


def head() -> Head | None:
    """The newest signed head, or None before the first."""
    found = engine.one("SELECT size, root, note, created FROM ledger_head ORDER BY size DESC LIMIT 1")
    return Head(found[0], engine.octets(found[1]), found[2], found[3]) if found else None


def heads() -> Iterator[Head]:
    """Every signed head, smallest first."""
    for size, root, note, created in engine.each("SELECT size, root, note, created FROM ledger_head ORDER BY size"):
        yield Head(size, engine.octets(root), note, created)


def tile(wanted: Tile) -> bytes:
    """A tile: full ones as stored, partial ones from what they stand over (entries, or the tiles one level down)."""
    if wanted.width == WIDTH:
        found = engine.one("SELECT hashes FROM ledger_tile WHERE level = %s AND n = %s", (wanted.level, wanted.n))
        return engine.octets(found[0]) if found else b""
    first = wanted.n * WIDTH
    return b"".join(_hashes(wanted.level, first, first + wanted.width))


def _hashes(level: int, low: int, high: int) -> list[bytes]:
    """The hashes [low, high) of a level."""
    if level == 0:
        found = engine.rows("SELECT leaf FROM ledger_entry WHERE seq >= %s AND seq < %s ORDER BY seq", (low, high))
    else:
        found = engine.rows(
            "SELECT root FROM ledger_tile WHERE level = %s AND n >= %s AND n < %s ORDER BY n", (level - 1, low, high)
        )
    return [engine.octets(row[0]) for row in found]


def open_edge(level: int, count: int) -> list[bytes]:
    """The hashes after the last full tile of a level that holds `count` of them."""
    return _hashes(level, count - count % WIDTH, count)


def root_by_tiles(size: int) -> bytes:
    """The root of the first `size` entries from what is stored, without the frontier."""
    return tiles.root_from_tiles(size, tile)


def bundle(n: int, width: int) -> bytes:
    """An entry bundle: the entries 256 × n …, `width` of them."""
    first = n * WIDTH
    found = engine.rows(
        "SELECT bytes FROM ledger_entry WHERE seq >= %s AND seq < %s ORDER BY seq", (first, first + width)
    )
    return tiles.bundle([engine.octets(row[0]) for row in found])


def entries(low: int = 0, high: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
    """(seq, leaf, entry) of the numbered entries [low, high), streamed in order."""
    condition, parameters = "seq >= %s", [low]
    if high is not None:
        condition, parameters = "seq >= %s AND seq < %s", [low, high]
    found = engine.each(f"SELECT seq, leaf, bytes FROM ledger_entry WHERE {condition} ORDER BY seq", parameters)  # noqa: S608
    for seq, leaf, entry in found:
        yield seq, engine.octets(leaf), engine.octets(entry)


def entries_by_tile() -> Iterator[Columns]:
    """All numbered entries, streamed in order, as many at a time as a tile holds; the last ones may be fewer."""
    for rows in engine.portions("SELECT seq, leaf, bytes FROM ledger_entry ORDER BY seq", (), WIDTH):
        yield Columns(*zip(*rows, strict=True))


def waiting() -> Iterator[tuple[bytes, bytes]]:
    """(leaf, entry) of the acknowledged facts that have no number yet, in the order they will be taken."""
    for leaf, entry in engine.each("SELECT leaf, bytes FROM ledger_intake ORDER BY received, id"):
        yield engine.octets(leaf), engine.octets(entry)
