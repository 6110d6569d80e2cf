"""Disks after a power cut: what a sync confirmed is there, what came later may be there, in part or not at all."""

from random import Random

import pytest

from tests.trust import images
from tests.trust.images import Disk, File
from tests.trust.recording_vfs import Event

pytestmark = pytest.mark.trust


@pytest.fixture
def disk() -> Disk:
    made = Disk({"db": File(bytearray(b"old-old-"))})
    made.ask(Event("write", "db", 0, b"new-"))
    return made


def test_what_was_not_synced_may_be_there_or_not(disk: Disk) -> None:
    assert disk.image(Random(1), "kept") == {"db": b"new-old-"}
    assert disk.image(Random(1), "dropped") == {"db": b"old-old-"}
    assert {disk.image(Random(seed), "some")["db"] for seed in range(20)} == {b"new-old-", b"old-old-"}


@pytest.mark.parametrize("style", images.STYLES)
def test_what_was_synced_is_there(disk: Disk, style: str) -> None:
    disk.ask(Event("sync", "db"))
    assert disk.image(Random(2), style) == {"db": b"new-old-"}


def test_a_torn_write_leaves_whole_sectors_of_it() -> None:
    disk = Disk({"db": File(bytearray(bytes(2048)))})
    disk.ask(Event("write", "db", 256, b"x" * 1536))
    found = {disk.image(Random(seed), "torn")["db"] for seed in range(60)}
    assert len(found) > 8
    for data in found:
        assert data[:256] == bytes(256)
        assert all(len(set(data[at : at + 512])) == 1 for at in (512, 1024))
        assert len(set(data[256:512])) == len(set(data[1536:1792])) == 1


def test_writes_may_arrive_in_another_order(disk: Disk) -> None:
    disk.ask(Event("write", "db", 4, b"too-"))
    assert b"old-too-" in {disk.image(Random(seed), "some")["db"] for seed in range(30)}
    assert b"old-too-" not in {disk.image(Random(seed), "first")["db"] for seed in range(30)}


def test_a_file_may_be_cut_and_grow(disk: Disk) -> None:
    for event in (Event("truncate", "db", 2), Event("write", "db", 4, b"!"), Event("sync", "db")):
        disk.ask(event)
    assert disk.image(Random(1), "dropped") == {"db": b"ne\0\0!"}


def test_a_new_name_is_certain_once_its_folder_was_synced(disk: Disk) -> None:
    disk.ask(Event("link", "keys/kek", data=b"secret"))
    assert "keys/kek" not in disk.image(Random(1), "dropped")
    disk.ask(Event("names", ""))
    assert "keys/kek" not in disk.image(Random(1), "dropped")
    disk.ask(Event("names", "keys/"))
    assert disk.image(Random(1), "dropped")["keys/kek"] == b"secret"


def test_a_deleted_name_may_come_back_until_its_folder_was_synced(disk: Disk) -> None:
    disk.ask(Event("delete", "db"))
    assert disk.image(Random(1), "kept") == {}
    assert disk.image(Random(1), "dropped") == {"db": b"old-old-"}
    disk.ask(Event("names", ""))
    assert disk.image(Random(1), "dropped") == {}


def test_disks_are_made_for_every_cut_from_one_recording() -> None:
    events = [Event("write", "db", 0, b"a"), Event("sync", "db"), Event("write", "db", 1, b"b")]
    found = [
        (cut, disk.image(Random(1), "kept")["db"]) for cut, disk in images.disks_at({"db": b""}, events, [0, 1, 1, 3])
    ]
    assert found == [(0, b""), (1, b"a"), (1, b"a"), (3, b"ab")]
