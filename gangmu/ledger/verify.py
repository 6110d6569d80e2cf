"""Checking what was promised from the files alone: an export, a receipt, a proof. Pure Python, no database.

Verification hashes stored bytes and never re-serialises. What it finds wrong comes back as Problems, all of them;
an empty list means that every promise holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gangmu.kernel.problems import Problem
from gangmu.ledger import rules, tiles
from gangmu.ledger.note import Checkpoint, NotTrusted, Verifier, open_checkpoint, unb64
from gangmu.ledger.receipts import Promise, open_receipt
from gangmu.ledger.tiles import WIDTH, Tile
from gangmu.ledger.tree import Frontier, leaf_hash, leaf_hashes, perfect_root, verify_inclusion

ReadFile = Callable[[str], bytes | None]
LONGEST_INDEX = 19  # digits: no log is longer, and Python itself refuses to read a number of many thousand
PROOF_HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked: how many entries, under which head (None where there is none), and what is wrong."""

    entries: int
    checkpoint: Checkpoint | None
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def verify_export(read: ReadFile, verifier: Verifier) -> Verified:
    """Check an exported log: signature, every entry, every tile, the root. `read` gives a file's bytes or None."""
    try:
        checkpoint = open_checkpoint((read("checkpoint") or b"").decode(), verifier)
    except NotTrusted as error:
        return Verified(0, None, (rules.head_untrusted(error.chinese, str(error)),))
    except UnicodeDecodeError as error:
        return Verified(0, None, (rules.head_untrusted("不是 UTF-8 文字", str(error)),))
    tree, problems, roots = Frontier(), list[Problem](), list[bytes]()
    for n, width in tiles.bundles_of(checkpoint.size):
        leaves, found = _leaves(read, n, width)
        problems += found
        if len(leaves) != width:
            return Verified(tree.size, checkpoint, tuple(problems))
        roots += _grow(tree, leaves)
    problems += _upper_tiles(read, checkpoint.size, roots)
    if tree.root() != checkpoint.root:
        problems.append(rules.root_differs(checkpoint.size))
    return Verified(tree.size, checkpoint, tuple(problems))


def _leaves(read: ReadFile, n: int, width: int) -> tuple[list[bytes], list[Problem]]:
    """The leaf hashes of one bundle, and a Problem where bundle or level-0 tile is not what it must be."""
    path = tiles.bundle_path(n, width)
    data = read(path)
    if data is None:
        return [], [rules.file_missing(path)]
    try:
        leaves = leaf_hashes(tiles.entries_in(data))
    except ValueError as error:
        return [], [rules.file_broken(path, str(error))]
    if len(leaves) != width:
        return [], [rules.file_broken(path, f"{len(leaves)} entries, {width} expected")]
    return leaves, _tile_problems(read, Tile(0, n, width), leaves)


def _tile_problems(read: ReadFile, tile: Tile, hashes: list[bytes]) -> list[Problem]:
    stored = read(tile.path)
    if stored is None:
        return [rules.file_missing(tile.path)]
    return [] if stored == b"".join(hashes) else [rules.file_broken(tile.path, "not the hashes of what it stands over")]


def _grow(tree: Frontier, leaves: list[bytes]) -> list[bytes]:
    """Append a bundle's leaves; the root of the tile when it is a full one."""
    if len(leaves) < WIDTH:
        tree.extend(leaves)
        return []
    root = perfect_root(leaves)
    tree.append_subtree(root, 8)
    return [root]


def _upper_tiles(read: ReadFile, size: int, roots: list[bytes]) -> Iterator[Problem]:
    """Compare every tile above level 0 with the roots of the level beneath."""
    level, hashes = 1, roots
    while hashes:
        upper = []
        for tile in (tile for tile in tiles.tiles_of(size) if tile.level == level):
            some = hashes[tile.n * WIDTH : tile.n * WIDTH + tile.width]
            yield from _tile_problems(read, tile, some)
            if tile.width == WIDTH:
                upper.append(perfect_root(some))
        level, hashes = level + 1, upper


def verify_receipt(note: str, verifier: Verifier, holds: Callable[[Promise], Problem | None]) -> list[Problem]:
    """Check a receipt's signature, and by `holds` whether the log kept what it promises."""
    try:
        promise = open_receipt(note, verifier)
    except NotTrusted as error:
        return [rules.receipt_untrusted(error.chinese, str(error))]
    problem = holds(promise)
    return [problem] if problem else []


def verify_proof(proof: str, entry: bytes, verifier: Verifier) -> list[Problem]:
    """Check a tlog-proof: that `entry` stands in the log under the checkpoint the proof carries."""
    head, _, note = proof.partition("\n\n")
    try:
        checkpoint = open_checkpoint(note, verifier)
        index, path = _index_and_path(head.split("\n"))
    except NotTrusted as error:
        return [rules.proof_untrusted(error.chinese, str(error))]
    if verify_inclusion(leaf_hash(entry), index, checkpoint.size, path, checkpoint.root):
        return []
    return [rules.proof_untrusted("从这一条走不到根", "the path does not lead from this entry to the root")]


def entry_number(proof: str) -> int:
    """Which entry of the log a tlog-proof is about. Raises NotTrusted when it does not say."""
    return _index_and_path(proof.partition("\n\n")[0].split("\n"))[0]


def _index_and_path(lines: list[str]) -> tuple[int, list[bytes]]:
    number = lines[1].removeprefix("index ") if len(lines) > 1 else ""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_INDEX) or lines[:2] != [
        PROOF_HEADER,
        f"index {int(number)}",
    ]:
        raise NotTrusted("a proof begins with its version, then its index", "证明开头要写版本，再写第几条")
    return int(number), [unb64(line) for line in lines[2:]]
