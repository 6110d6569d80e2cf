"""T05: the disk fills up under the ledger and is emptied again, time after time, on a file system of 3 MB.

Database, keys and write-ahead log all lie on it. What fails must fail with an error that says so, everything
acknowledged must be readable while the disk is full, and once there is room the very same connection must go on: the
request that failed, sent again, is one fact.

The file system is a tmpfs in a mount namespace of our own (unshare, mount), so nothing outside this run sees it.
"""

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.trust import scene

CYCLES = 50
ON_ONE = 10  # cycles on one file system; then a fresh one, since the log itself grows
SIZE = "3m"
MOST_ROOM = 256 * 1024  # bytes that are left free when a cycle begins
START = datetime(2025, 1, 1, tzinfo=UTC)
FULL = {"SQLITE_FULL", "SQLITE_IOERR"}  # an I/O error where it is the shared memory beside the log that cannot grow
MOUNT = 'mount -t tmpfs -o "size=$0,mode=700" tmpfs "$1"'


def run(seed: int, scale: float) -> dict[str, object]:
    """`CYCLES` × scale times full and empty again. Raises CannotRun where no file system can be mounted."""
    random, cycles, total = Random(seed), max(1, round(CYCLES * scale)), Counter[str]()
    for at in range(0, cycles, ON_ONE):
        total.update(on_small_disk(random.randrange(2**31), min(ON_ONE, cycles - at)))
    broken = sum(total[name] for name in ("unclean", "unreadable", "lost", "dup", "not_resumed", "tree_bad"))
    return {"cycles": cycles, **total, "ok": not broken and total["refused"] >= cycles}


def on_small_disk(seed: int, cycles: int) -> dict[str, int]:
    """Run this module in a namespace of its own, with its temporary folder on a file system of `SIZE`."""
    with tempfile.TemporaryDirectory(prefix="gangmu-small-disk-") as folder:
        inside = [
            *namespace(),
            "sh",
            "-c",
            f'{MOUNT} && TMPDIR="$1" && export TMPDIR && shift && exec "$@"',
            SIZE,
            folder,
        ]
        program = [sys.executable, "-m", "tests.trust.diskfull", str(seed), str(cycles)]
        done = subprocess.run([*inside, *program], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, int] = json.loads(done.stdout)
    return found


def namespace() -> list[str]:
    """The command that may mount, tried out on an empty folder."""
    words = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            tried = subprocess.run(
                [*words, "sh", "-c", MOUNT, SIZE, folder], capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            raise scene.CannotRun("the command `unshare` (util-linux) is absent: no small file system") from None
    if tried.returncode:
        raise scene.CannotRun(f"this machine lets us mount no small file system: {tried.stderr.strip()}")
    return words


# --- inside -----------------------------------------------------------------------------------------------------------
def main(seed: int, cycles: int) -> None:
    with scene.of_its_own() as folder:
        print(json.dumps(Disk(folder, Random(seed)).fill_and_empty(cycles)))


class Disk:
    """The ledger on a disk that runs full. `acked` are the requests that were answered, with their facts' ids."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.filler, self.random, self.found = folder / "filler", random, Counter[str]()
        self.acked: dict[str, str] = {}
        self.next = 0

    def fill_and_empty(self, cycles: int) -> Counter[str]:
        from django.db import connection

        self.send(self.take_next())
        ours = connection.connection
        for _ in range(cycles):
            self.fill(self.random.randint(0, MOST_ROOM))
            failed = self.send_until_refused()
            self.look()
            self.filler.unlink()
            self.resume(failed)
        self.found["not_resumed"] += connection.connection is not ours
        self.examine()
        return self.found

    def fill(self, room: int) -> None:
        """Leave `room` bytes."""
        disk = os.statvfs(self.filler.parent)
        size = max(0, disk.f_bavail * disk.f_frsize - room)
        with self.filler.open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, size) if size else None

    def send_until_refused(self) -> int:
        """Record until the disk is full (some room may remain that no page fits in: then it is taken away)."""
        while True:
            number = self.take_next()
            if not self.send(number):
                return number
            if number % 5 == 0:
                self.sequence()

    def take_next(self) -> int:
        self.next += 1
        return self.next

    def send(self, number: int) -> bool:
        """Send request `number`; whether it was acknowledged. Any error but a clean one counts as unclean."""
        import sqlite3  # the chosen library bears this name

        from django.db import DatabaseError

        from gangmu.kernel.scope import Actor
        from gangmu.ledger import actions

        try:
            receipt = actions.record(draft(number), by=Actor("clerk"), schema="trust")  # type: ignore[arg-type]
        except (DatabaseError, sqlite3.DatabaseError, OSError) as error:
            self.found["refused"] += 1
            self.found["unclean"] += not says_full(error)
            return False
        self.acked[f"{number:08d}"] = receipt.id
        return True

    def sequence(self) -> None:
        """Number what waits, full disk or not: it works or says that the disk is full."""
        from django.db import DatabaseError

        from gangmu.ledger import sequencer

        try:
            sequencer.run_until_empty()
        except (DatabaseError, OSError) as error:
            self.found["sequencer_refused"] += 1
            self.found["unclean"] += not says_full(error)

    def look(self) -> None:
        """Everything acknowledged can be read while the disk is full."""
        from gangmu.kernel.ids import FactId
        from gangmu.ledger import queries

        self.sequence()
        known = {fact.idem: fact.id for fact in queries.facts_by_id(map(FactId, self.acked.values()))}
        self.found["looks"] += 1
        self.found["unreadable"] += sum(known.get(idem) != fact_id for idem, fact_id in self.acked.items())

    def resume(self, failed: int) -> None:
        """There is room again: the failed request and another go through, and the log is put away."""
        from gangmu.ledger import sequencer

        self.found["not_resumed"] += not self.send(failed)
        self.found["not_resumed"] += not self.send(self.take_next())
        sequencer.run_until_empty()
        sequencer.checkpoint_wal()

    def examine(self) -> None:
        from gangmu.ledger import engine
        from gangmu.ledger.verify_log import verify_log

        stored: dict[str, list[str]] = {}
        for idem, fact_id in engine.rows(
            "SELECT f.idem, f.id FROM ledger_fact f JOIN ledger_entry e ON e.leaf = f.leaf"
        ):
            stored.setdefault(idem, []).append(fact_id)
        self.found["acked"] = len(self.acked)
        self.found["lost"] = sum(stored.get(idem) != [fact_id] for idem, fact_id in self.acked.items())
        self.found["dup"] = sum(map(len, stored.values())) - len(stored)
        self.found["tree_bad"] = len(verify_log().problems)


def draft(number: int) -> Any:
    """Request `number`, the same whenever it is sent; one in three seals something under a key of its own."""
    from gangmu.ledger.facts import Draft, Sealed

    moment = START + timedelta(minutes=number)
    sealed = (Sealed("minutes", f"谈话 {number}" * 20),) if number % 3 == 0 else ()
    about = f"person-{number}" if number % 3 == 0 else None
    return Draft("a.held", "b1", {"n": number}, moment, moment, f"{number:08d}", about, sealed)  # type: ignore[arg-type]


def says_full(error: BaseException) -> bool:
    """Whether the error names its cause."""
    named = {getattr(one, "sqlite_errorname", "") for one in (error, error.__cause__)}
    return bool(named & FULL) or getattr(error, "errno", None) == errno.ENOSPC


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
