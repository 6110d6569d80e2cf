"""T11: every proof up to a size, and random ones beyond, against the RFC's recursion and an independent library.

For each proof that must hold, at least three spoilt ones must not.
"""

from collections.abc import Callable
from functools import lru_cache
from random import Random

from pymerkle import InmemoryTree  # type: ignore[import-untyped]

from gangmu.ledger.tree import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

LARGEST = 300  # exhaustively to this size; the number of pairs grows with its square
RANDOM = 100_000
LARGEST_RANDOM = 1 << 14


class Counts:
    """What was tried and what went wrong."""

    def __init__(self) -> None:
        self.proofs = self.negative = self.wrong = self.accepted = self.compared = 0


def run(seed: int, scale: float) -> dict[str, object]:
    """Exhaustive to LARGEST × √scale leaves, then RANDOM × scale random proofs in trees of up to 16,384."""
    random, counts, largest = Random(seed), Counts(), round(LARGEST * scale**0.5)
    tree = Oracle(LARGEST_RANDOM)
    for size in range(1, largest + 1):
        for index in range(size):
            inclusion(tree, index, size, random, counts)
            consistency(tree, index + 1, size, random, counts)
    for _ in range(round(RANDOM * scale / 2)):
        size = random.randint(1, LARGEST_RANDOM)
        inclusion(tree, random.randrange(size), size, random, counts)
        consistency(tree, random.randint(1, size), size, random, counts)
    against_library(tree, largest, counts)
    return {
        "exhaustive_to": largest,
        "proofs": counts.proofs,
        "negative": counts.negative,
        "wrong": counts.wrong,
        "accepted": counts.accepted,
        "library": counts.compared,
        "ok": not counts.wrong and not counts.accepted and counts.negative >= 3 * counts.proofs,
    }


class Oracle:
    """RFC 6962 §2.1, word for word, remembering what it computed."""

    def __init__(self, size: int) -> None:
        self.entries = [number.to_bytes(4, "big") for number in range(size)]
        self.leaves = [leaf_hash(entry) for entry in self.entries]
        self.root: Callable[[int, int], bytes] = lru_cache(maxsize=None)(self._root)

    def _root(self, low: int, high: int) -> bytes:
        if high - low == 1:
            return self.leaves[low]
        k = power_below(high - low)
        return node_hash(self.root(low, low + k), self.root(low + k, high))

    def path(self, m: int, low: int, high: int) -> list[bytes]:
        """PATH(m, D[n])."""
        n = high - low
        if n == 1:
            return []
        k = power_below(n)
        if m < k:
            return [*self.path(m, low, low + k), self.root(low + k, high)]
        return [*self.path(m - k, low + k, high), self.root(low, low + k)]

    def proof(self, m: int, low: int, high: int, whole: bool) -> list[bytes]:
        """SUBPROOF(m, D[n], b)."""
        n = high - low
        if m == n:
            return [] if whole else [self.root(low, high)]
        k = power_below(n)
        if m <= k:
            return [*self.proof(m, low, low + k, whole), self.root(low + k, high)]
        return [*self.proof(m - k, low + k, high, False), self.root(low, low + k)]

    def node(self, height: int, index: int) -> bytes:
        return self.root(index << height, (index + 1) << height)


def power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def inclusion(tree: Oracle, index: int, size: int, random: Random, counts: Counts) -> None:
    leaf, root = tree.leaves[index], tree.root(0, size)
    path = inclusion_proof(index, size, tree.node)
    counts.proofs += 1
    counts.wrong += path != tree.path(index, 0, size) or not verify_inclusion(leaf, index, size, path, root)
    spoilt = [
        (tree.leaves[index - 1] if size > 1 else bytes(32), index, size, path, root),
        (leaf, index, size, path, flip(root, random)),
        (leaf, index, size, [*path, leaf], root),
        (leaf, size, size, path, root),
    ]
    if path:
        at = random.randrange(len(path))
        spoilt += [
            (leaf, index, size, [*path[:at], flip(path[at], random), *path[at + 1 :]], root),
            (leaf, index, size, path[:-1], root),
            (leaf, (index + 1) % size, size, path, root),
        ]
    counts.negative += len(spoilt)
    counts.accepted += sum(verify_inclusion(*case) for case in spoilt)


def consistency(tree: Oracle, old: int, size: int, random: Random, counts: Counts) -> None:
    first, second = tree.root(0, old), tree.root(0, size)
    path = consistency_proof(old, size, tree.node)
    counts.proofs += 1
    expected = tree.proof(old, 0, size, True)
    counts.wrong += path != expected or not verify_consistency(old, size, first, second, path)
    spoilt = [
        (old, size, flip(first, random), second, path),
        (old, size, first, flip(second, random), path),
        (old, size, first, second, [*path, first]),
        (0, size, first, second, path),
    ]
    if path:
        at = random.randrange(len(path))
        spoilt += [
            (old, size, first, second, [*path[:at], flip(path[at], random), *path[at + 1 :]]),
            (old, size, first, second, path[:-1]),
            (size, old, second, first, path),
        ]
    counts.negative += len(spoilt)
    counts.accepted += sum(verify_consistency(*case) for case in spoilt)


def flip(value: bytes, random: Random) -> bytes:
    at = random.randrange(len(value))
    return value[:at] + bytes([value[at] ^ (1 << random.randrange(8))]) + value[at + 1 :]


def against_library(tree: Oracle, largest: int, counts: Counts) -> None:
    """Roots of every size, from the frontier and from pymerkle."""
    library, frontier = InmemoryTree(algorithm="sha256"), Frontier()
    for size in range(1, largest + 1):
        library.append_entry(tree.entries[size - 1])
        frontier.append(tree.leaves[size - 1])
        counts.compared += 1
        counts.wrong += not library.get_root() == frontier.root() == tree.root(0, size)
