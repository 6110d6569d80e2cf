"""The tree and its files against RFC 6962's own words and published vectors."""

import hashlib

import pytest

from gangmu.ledger import engine, tiles
from gangmu.ledger.tiles import Tile
from gangmu.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# the eight entries and roots of Certificate Transparency's reference tests
ENTRIES = [
    bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "60616263" * 4)
]


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(1200)]


def test_leaf_and_empty_tree_hash_as_published() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_of([leaf_hash(b"")]) == leaf_hash(b"")


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 700, 1200])
def test_the_frontier_and_the_tiles_give_the_root_of_the_standard(size: int) -> None:
    leaves = LEAVES[:size]
    assert root_of(leaves) == naive_root(leaves)
    assert tiles.root_from_tiles(size, tile_reader(leaves)) == naive_root(leaves)


def test_a_frontier_packed_and_unpacked_goes_on_growing() -> None:
    tree = Frontier()
    tree.extend(LEAVES[:300])
    again = Frontier(tree.size, tree.pack())
    again.extend(LEAVES[300:900])
    assert again.root() == naive_root(LEAVES[:900])


def test_a_frontier_refuses_peaks_that_do_not_fit_its_size() -> None:
    with pytest.raises(ValueError, match="2 peaks"):
        Frontier(3, b"\x00" * 32)
    with pytest.raises(ValueError, match="cannot follow"):
        Frontier(1, b"\x00" * 32).append_subtree(b"\x00" * 32, 8)


def tile_reader(leaves: list[bytes]):  # type: ignore[no-untyped-def]
    """Tiles made the slow way, from roots over slices."""

    def read(tile: Tile) -> bytes:
        span = 256**tile.level
        first = tile.n * 256
        slices = (leaves[(first + at) * span : (first + at + 1) * span] for at in range(tile.width))
        return b"".join(naive_root(some) for some in slices)

    return read


def test_proofs_read_from_tiles_hold() -> None:
    size = 1100
    node = tiles.node_from_tiles(size, tile_reader(LEAVES[:size]))
    root = naive_root(LEAVES[:size])
    for index in (0, 1, 255, 256, 1023, 1024, 1099):
        path = inclusion_proof(index, size, node)
        assert verify_inclusion(LEAVES[index], index, size, path, root)
        assert not verify_inclusion(LEAVES[index], index, size, path[:-1], root)
        assert not verify_inclusion(LEAVES[index], (index + 1) % size, size, path, root)
    for old in (1, 256, 700, 1100):
        path = consistency_proof(old, size, node)
        assert verify_consistency(old, size, naive_root(LEAVES[:old]), root, path)
        assert not verify_consistency(old, size, naive_root(LEAVES[:old]), LEAVES[0], path)


def test_proofs_outside_the_tree_are_refused() -> None:
    node = tiles.node_from_tiles(3, tile_reader(LEAVES[:3]))
    for bad in (-1, 3):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(bad, 3, node)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="no consistency proof"):
            consistency_proof(old, new, node)
        assert not verify_consistency(old, new, LEAVES[0], LEAVES[1], [])
    assert not verify_inclusion(LEAVES[0], 3, 3, [], LEAVES[0])
    assert not verify_consistency(1, 2, LEAVES[0], LEAVES[1], [])


def test_paths_are_those_of_tlog_tiles() -> None:
    assert Tile(0, 1234067, 256).path == "tile/0/x001/x234/067"
    assert Tile(1, 0, 112).path == "tile/1/000.p/112"
    assert tiles.bundle_path(1234067, 8) == "tile/entries/x001/x234/067.p/8"


def test_a_tree_of_seventy_thousand_has_the_tiles_the_standard_lists() -> None:
    found = list(tiles.tiles_of(70_000))
    assert [tile for tile in found if tile.level == 0][-1] == Tile(0, 273, 112)
    assert [tile for tile in found if tile.level == 1] == [Tile(1, 0, 256), Tile(1, 1, 17)]
    assert [tile for tile in found if tile.level == 2] == [Tile(2, 0, 1)]
    assert list(tiles.bundles_of(600)) == [(0, 256), (1, 256), (2, 88)]
    assert list(tiles.tiles_of(0)) == list(tiles.bundles_of(0)) == []


def test_bundles_give_back_their_entries_and_refuse_a_cut_one() -> None:
    data = tiles.bundle(ENTRIES)
    assert tiles.entries_in(data) == ENTRIES
    for cut in (1, len(data) - 1):
        with pytest.raises(ValueError, match="ends inside"):
            tiles.entries_in(data[:cut])
    with pytest.raises(ValueError, match="hashes of 32"):
        tiles.hashes_in(b"\x00" * 33)


def test_many_leaves_are_hashed_as_each_of_them_is() -> None:
    entries = [b"", b"\x00", *(number.to_bytes(2, "big") for number in range(300))]
    assert leaf_hashes(entries) == [leaf_hash(entry) for entry in entries]


@pytest.mark.parametrize("other", [bytearray(b"two"), memoryview(b"two"), b"two"])
def test_a_cell_of_bytes_comes_as_bytes_whatever_an_engine_calls_them(other: bytes) -> None:
    assert (engine.octets(other), type(engine.octets(other))) == (b"two", bytes)
    assert leaf_hashes([other]) == [leaf_hash(b"two")]


@pytest.mark.parametrize("damaged", [7, "text", None])
def test_a_cell_that_holds_no_bytes_is_refused_and_never_asked_for_so_many_zeros(damaged: bytes) -> None:
    with pytest.raises(TypeError, match=f"a cell holds {type(damaged).__name__} where bytes belong"):
        engine.octets(damaged)
    with pytest.raises(TypeError):
        leaf_hashes([b"one", damaged, b"three"])
