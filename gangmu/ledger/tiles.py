"""The tree as static files: C2SP tlog-tiles (paths, tiles of 256 hashes, entry bundles). Pure Python, no storage."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gangmu.ledger.tree import fold_peaks, perfect_root

WIDTH = 256


class Tile(NamedTuple):
    """`width` hashes of level `level` (nodes of height 8 × level), the first being number 256 × n of that level."""

    level: int
    n: int
    width: int

    @property
    def path(self) -> str:
        return f"tile/{self.level}/{_numbered(self.n, self.width)}"


ReadTile = Callable[[Tile], bytes]


def bundle_path(n: int, width: int) -> str:
    """Where the entries 256 × n … lie, as many as `width`."""
    return f"tile/entries/{_numbered(n, width)}"


def _numbered(n: int, width: int) -> str:
    groups = [f"{n % 1000:03d}"]
    while n := n // 1000:
        groups.append(f"x{n % 1000:03d}")
    return "/".join(reversed(groups)) + (f".p/{width}" if width < WIDTH else "")


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree of `size` leaves: the full ones, and at each level the last partial one if there is one."""
    level, count = 0, size
    while count:
        for n in range(count // WIDTH):
            yield Tile(level, n, WIDTH)
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)
        level, count = level + 1, count // WIDTH


def bundles_of(size: int) -> Iterator[tuple[int, int]]:
    """(n, width) of every entry bundle of a log of `size` entries."""
    for n in range(size // WIDTH):
        yield n, WIDTH
    if size % WIDTH:
        yield size // WIDTH, size % WIDTH


def hashes_in(tile: bytes) -> list[bytes]:
    """A tile's hashes. Raises ValueError when its length is no multiple of 32."""
    if len(tile) % 32:
        raise ValueError(f"a tile of {len(tile)} bytes is not made of hashes of 32")
    return [tile[at : at + 32] for at in range(0, len(tile), 32)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries, each after its length as two big-endian bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_in(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it ends inside one."""
    entries: list[bytes] = []
    at, end = 0, len(data)
    while at < end:
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if at > end or start > end:
            raise ValueError(f"the bundle ends inside entry {len(entries)}")
        entries.append(data[start:at])
    return entries


def root_from_tiles(size: int, read: ReadTile) -> bytes:
    """The root of a tree of `size` leaves from its stored right edge alone: the second path beside the frontier."""
    peaks: list[bytes] = []
    level, count = 0, size
    while count:
        if width := count % WIDTH:
            peaks = _peaks_in(hashes_in(read(Tile(level, count // WIDTH, width)))) + peaks
        level, count = level + 1, count // WIDTH
    return fold_peaks(peaks)


def _peaks_in(hashes: list[bytes]) -> list[bytes]:
    peaks, at = [], 0
    while at < len(hashes):
        step = 1 << ((len(hashes) - at).bit_length() - 1)
        peaks.append(perfect_root(hashes[at : at + step]))
        at += step
    return peaks


def node_from_tiles(size: int, read: ReadTile) -> Callable[[int, int], bytes]:
    """A `tree.Node` over stored tiles of a tree of `size` leaves: one tile is read for each node asked."""

    def node(height: int, index: int) -> bytes:
        level, inside = divmod(height, 8)
        first = index << inside
        n, at = divmod(first, WIDTH)
        width = min(WIDTH, (size >> (8 * level)) - n * WIDTH)
        hashes = hashes_in(read(Tile(level, n, width)))
        return perfect_root(hashes[at : at + (1 << inside)])

    return node
