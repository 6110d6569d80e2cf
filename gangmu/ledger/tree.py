"""The RFC 6962 tree: hashes, the compact frontier, inclusion and consistency proofs. Pure Python, no storage.

A `Node` names a perfect subtree: node(height, index) is the hash over the leaves
[index << height, (index + 1) << height). Whoever holds the tree hands such a function in.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Node = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry), RFC 6962 §2.1."""
    return leaf_hashes((entry,))[0]


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """As `leaf_hash`, of many."""
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes, level by level."""
    sha256, level = hashlib.sha256, list(hashes)
    while len(level) > 1:
        ones = iter(level)
        level = [sha256(b"\x01%b%b" % pair).digest() for pair in zip(ones, ones, strict=True)]
    return level[0]


def fold_peaks(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees given from the largest (left) to the smallest (right)."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


class Frontier:
    """The compact range: the peaks of a growing tree, at most 64 hashes whatever its size."""

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        """Raises ValueError when `packed` does not hold one peak for each set bit of `size`."""
        if len(packed) != 32 * size.bit_count():
            raise ValueError(f"a frontier of size {size} has {size.bit_count()} peaks, not {len(packed) / 32:g}")
        self.size = size
        self.peaks = [packed[at : at + 32] for at in range(0, len(packed), 32)]

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.append_subtree(leaf, 0)

    def append_subtree(self, root: bytes, height: int) -> None:
        """Add a perfect subtree of 2^height leaves. Raises ValueError unless the tree's size is a multiple of that."""
        if self.size & ((1 << height) - 1):
            raise ValueError(f"a subtree of height {height} cannot follow {self.size} leaves")
        peaks, rest = self.peaks, self.size >> height
        while rest & 1:
            root = node_hash(peaks.pop(), root)
            rest >>= 1
        peaks.append(root)
        self.size += 1 << height

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add many leaf hashes; runs of 256 that begin on a tile's edge are hashed level by level, which is faster."""
        at, count = 0, len(leaves)
        while at < count:
            if self.size % 256 == 0 and count - at >= 256:
                self.append_subtree(perfect_root(leaves[at : at + 256]), 8)
                at += 256
            else:
                self.append_subtree(leaves[at], 0)
                at += 1

    def root(self) -> bytes:
        return fold_peaks(self.peaks)

    def pack(self) -> bytes:
        """The peaks one after another, as `Frontier(size, packed)` reads them."""
        return b"".join(self.peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    frontier.extend(list(leaves))
    return frontier.root()


def range_root(low: int, high: int, node: Node) -> bytes:
    """The hash over the leaves [low, high), where `low` is a multiple of the largest power of two in high − low."""
    peaks, at = [], low
    while at < high:
        height = (high - at).bit_length() - 1
        peaks.append(node(height, at >> height))
        at += 1 << height
    return fold_peaks(peaks)


def _split(count: int) -> int:
    """The largest power of two below `count` (count > 1), RFC 6962 §2.1's k."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves, RFC 6962 §2.1.1. Raises ValueError outside it."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(range_root(middle, high, node))
            high = middle
        else:
            path.append(range_root(low, middle, node))
            low = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with that of `old`, RFC 6962 §2.1.2. Raises ValueError outside."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new}")
    path, low, high = [], 0, new
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(range_root(middle, high, node))
            high = middle
        else:
            path.append(range_root(low, middle, node))
            low = middle
    if low:
        path.append(range_root(low, high, node))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` proves that `leaf` stands at `index` under `root`, RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        return False
    position, last, result = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = node_hash(step, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, step)
        position, last = position >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` proves that the tree under `new_root` begins with that under `old_root`, RFC 9162 §2.1.4.2."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, step)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
