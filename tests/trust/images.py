"""Disks as a power cut may leave them, made from what was asked of the disk before the cut.

What a sync has confirmed is there. Of what came after, each write may be there whole, not at all, or in part (any of its
512-byte sectors), and later ones may be there without earlier ones. A new or deleted name is certain only once the names
of its folder were synced.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.trust.recording_vfs import Event

SECTOR = 512
STYLES = ("kept", "dropped", "torn", "some", "first")


@dataclass(slots=True)
class File:
    """One file: what is certain, and what was asked since."""

    durable: bytearray
    pending: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            apply(self.durable, event)
        self.pending.clear()


@dataclass(slots=True)
class Disk:
    """All files; and the names that were made or deleted since their folder was synced."""

    files: dict[str, File]
    made: set[str] = field(default_factory=set)
    deleted: dict[str, File] = field(default_factory=dict)

    def ask(self, event: Event) -> None:
        """Take in one event."""
        match event.kind:
            case "write" | "truncate":
                self.files[event.path].pending.append(event)
            case "sync":
                self.files[event.path].sync()
            case "create" | "link":
                self.files[event.path] = File(bytearray(event.data))
                self.made.add(event.path)
            case "delete":
                self.deleted[event.path] = self.files.pop(event.path)
            case "names":
                self.made = {path for path in self.made if not inside(path, event.path)}
                self.deleted = {path: file for path, file in self.deleted.items() if not inside(path, event.path)}

    def image(self, random: Random, style: str) -> dict[str, bytes]:
        """The files after a cut at this moment."""
        stays = CHOICES[style]
        found = {path: after_cut(file, random, style) for path, file in self.files.items()}
        found = {path: data for path, data in found.items() if path not in self.made or stays(random)}
        back = {path: file for path, file in self.deleted.items() if path not in self.files and not stays(random)}
        return {**{path: after_cut(file, random, style) for path, file in back.items()}, **found}


CHOICES: dict[str, Callable[[Random], bool]] = {
    "kept": lambda random: True,
    "dropped": lambda random: False,
    "torn": lambda random: random.random() < 0.5,
    "some": lambda random: random.random() < 0.5,
    "first": lambda random: random.random() < 0.5,
}


def inside(path: str, folder: str) -> bool:
    """Whether `path` is a name in `folder` itself."""
    return f"{os.path.dirname(path)}{os.sep}".lstrip(os.sep) == folder.lstrip(os.sep)


def after_cut(file: File, random: Random, style: str) -> bytes:
    """What a cut leaves of one file."""
    data = bytearray(file.durable)
    if style == "first":  # in order, up to some write
        for event in file.pending[: random.randint(0, len(file.pending))]:
            apply(data, event)
        return bytes(data)
    for event in file.pending:
        if style == "torn" and event.kind == "write":
            tear(data, event, random)
        elif CHOICES[style](random):
            apply(data, event)
    return bytes(data)


def apply(data: bytearray, event: Event) -> None:
    """Write or truncate."""
    if event.kind == "truncate":
        del data[event.at :]
        data.extend(bytes(event.at - len(data)))
        return
    data.extend(bytes(max(0, event.at - len(data))))
    data[event.at : event.at + len(event.data)] = event.data


def tear(data: bytearray, event: Event, random: Random) -> None:
    """Write any of the sectors of a write."""
    start = event.at
    while start < event.at + len(event.data):
        end = min(start - start % SECTOR + SECTOR, event.at + len(event.data))
        if random.random() < 0.5:
            apply(data, Event("write", "", start, event.data[start - event.at : end - event.at]))
        start = end


def disks_at(base: dict[str, bytes], events: Sequence[Event], cuts: Sequence[int]) -> Iterator[tuple[int, Disk]]:
    """The disk as it stands before event `cut`, for each of `cuts` in rising order."""
    disk, done = Disk({path: File(bytearray(data)) for path, data in base.items()}), 0
    for cut in cuts:
        for event in events[done:cut]:
            disk.ask(event)
        done = max(done, cut)
        yield cut, disk


def read(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, by its path in it; SQLite's shared memory dies with the machine."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.endswith("-shm"))
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def write(folder: Path, image: dict[str, bytes]) -> None:
    for path, data in image.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
