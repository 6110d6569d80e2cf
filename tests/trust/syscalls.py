"""T04: one system call on a file fails, at every place where one is made while a fact is recorded, numbered and put away.

strace watches a child do the work once and so finds the places; then the work is done again for each place and each
fault: the call answers EIO or ENOSPC, or the process is killed where it would have made it. Whatever happens, what was
acknowledged must be stored, in its order, and verify; and the same request, sent again, must be one fact.
"""

import ctypes
import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from tests.trust import images, scene
from tests.trust.children import HANDS, ended, in_hands, note, noted, start, wait
from tests.trust.heads import forks, note_heads
from tests.trust.powerloss import draft
from tests.trust.twoseq import REFUSED

WRITES = ("openat", "mkdir", "link", "unlink", "write", "pwrite64", "fsync", "fdatasync", "ftruncate")
READS = ("read", "pread64", "flock", "fcntl")
FAULTS = {"EIO": "error=EIO", "ENOSPC": "error=ENOSPC", "KILL": "signal=KILL"}
EARLIER = 3  # facts that are in the log already
ANYONE = ctypes.c_ulong(-1)
PR_SET_PTRACER = 0x59616D61
CALL = re.compile(r"(?:\d+ +)?(\w+)\(")


@dataclass(frozen=True, slots=True)
class Point:
    """The `number`-th call of `call` in the work that begins with the files of `scene`, and what happens to it."""

    scene: str
    call: str
    number: int
    fault: str


def run(seed: int, scale: float) -> dict[str, object]:
    """Every point, or a random share of them. Raises CannotRun where strace is absent or may not attach."""
    if shutil.which("strace") is None:
        raise scene.CannotRun(
            "strace is absent: no faults can be put into system calls (Debian: apt-get install strace)"
        )
    from django.conf import settings

    random, folder = Random(seed), Path(settings.VAR)
    begun = beginnings(folder)
    points = [point for name in begun for point in find_points(folder, name, begun[name])]
    chosen = random.sample(points, max(1, round(len(points) * scale)))
    found: Counter[str] = Counter(dict.fromkeys(("refused", "killed", "absorbed", "missed", *BROKEN), 0))
    found.update(
        in_hands([partial(strike_all, folder / f"hand-{hand}", begun, chosen[hand::HANDS]) for hand in range(HANDS)])
    )
    # ids are random: now and then a page less is written than when the places were found, and the last is not met
    enough = found["missed"] <= len(chosen) // 10 and found["refused"] > 0 and found["killed"] > 0
    broken = any(found[name] for name in BROKEN)
    return {"points": len(points), "struck": len(chosen) - found["missed"], **found, "ok": enough and not broken}


BROKEN = ("unclean", "lost", "dup", "forks", "tree_bad")


# --- the work ---------------------------------------------------------------------------------------------------------
def beginnings(folder: Path) -> dict[str, dict[str, bytes]]:
    """The files that the work begins with: tables alone (it will make its keys), and a log that has some facts."""
    tables = {"trust.sqlite3": scene.migrated().read_bytes()}
    lived = folder / "lived"
    images.write(lived, tables)
    assert ended(start(partial(live, lived))) == 0
    warm = folder / "warm"  # once in this process, so that no child opens a module's file
    images.write(warm, tables)
    scene.use(warm)
    work(warm, folder / "warm-notes", EARLIER)
    return {"first": tables, "later": images.read(lived)}


def live(folder: Path) -> None:
    from django.db import connection

    scene.use(folder)
    for number in range(EARLIER):
        work(folder, beside(folder, "notes"), number)
    connection.close()


def work(folder: Path, notes: Path, number: int) -> None:
    """Record request `number`, number it, sign, and move the write-ahead log into the file."""
    from gangmu.kernel.scope import Actor
    from gangmu.ledger import actions, sequencer

    receipt = actions.record(draft(number), by=Actor("clerk"), schema="trust")  # type: ignore[arg-type]
    note(notes, f"{number:08d} {receipt.id}")
    sequencer.run_once()
    sequencer.checkpoint_wal()


def victim(folder: Path, notes: Path, heads: Path) -> None:
    """Stop until strace has us, then do the work; a clean refusal is a status of its own. In a child."""
    import sqlite3  # the chosen library bears this name

    from django.db import Error

    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYONE, 0, 0, 0)
    note_heads(lambda text: note(heads, text))
    scene.use(folder)
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        work(folder, notes, EARLIER)
    except (Error, sqlite3.Error, OSError):
        os._exit(REFUSED)


def beside(folder: Path, name: str) -> Path:
    """A notebook of ours: no file of the ledger's, so never struck."""
    return folder.with_name(f"{folder.name}-{name}")


# --- strace -----------------------------------------------------------------------------------------------------------
def under_strace(folder: Path, *words: str) -> int:
    """Do the work in a child that strace holds; how it ended. What strace saw lies beside `folder`."""
    child = start(partial(victim, folder, beside(folder, "acks"), beside(folder, "heads")))
    wait(child)
    trace = beside(folder, "trace")
    command = ["strace", "-y", "-o", str(trace), "-p", str(child), "-e", f"trace={','.join(WRITES + READS)}", *words]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while not is_traced(child):
        if tracer.poll() is not None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise scene.CannotRun(f"strace may not attach here: {tracer.communicate()[1].strip()}")
        time.sleep(0.001)
    os.kill(child, signal.SIGCONT)
    status = ended(child)
    tracer.communicate()
    return status


def is_traced(child: int) -> bool:
    return "TracerPid:\t0\n" not in Path(f"/proc/{child}/status").read_text()


def find_points(folder: Path, name: str, files: dict[str, bytes]) -> Iterator[Point]:
    """Do the work once without a fault: every call on a file of ours, with each fault it can have."""
    place = folder / f"watched-{name}"
    images.write(place, files)
    assert under_strace(place) == 0
    counts = Counter[str]()
    for line in beside(place, "trace").read_text("utf-8", "replace").splitlines():
        found = CALL.match(line)
        if found is None:
            continue
        counts[found[1]] += 1
        if f"{place}{os.sep}" in line or f"{place}>" in line:
            faults = FAULTS if found[1] in WRITES else ("EIO", "KILL")
            yield from (Point(name, found[1], counts[found[1]], fault) for fault in faults)


def strike_all(place: Path, begun: dict[str, dict[str, bytes]], points: list[Point]) -> Counter[str]:
    found = Counter[str]()
    for number, point in enumerate(points):
        found.update(strike(place.with_suffix(f".{number}"), begun[point.scene], point))
    return found


def strike(place: Path, files: dict[str, bytes], point: Point) -> Counter[str]:
    """Do the work with one fault, then send the request again and look at everything."""
    images.write(place, files)
    status = under_strace(place, "-e", f"inject={point.call}:{FAULTS[point.fault]}:when={point.number}")
    hit = "(INJECTED)" in beside(place, "trace").read_text("utf-8", "replace") or status == -signal.SIGKILL
    found = Counter({ENDS.get(status, "unclean") if hit else "missed": 1})
    scene.use(place)
    found.update(send_again(place))
    shutil.rmtree(place)
    return found


ENDS = {0: "absorbed", REFUSED: "refused", -signal.SIGKILL: "killed"}


def send_again(place: Path) -> dict[str, int]:
    """The same request once more, then: what is lost, doubled, forked or broken."""
    from gangmu.ledger import engine
    from gangmu.ledger.verify_log import verify_log

    acks, heads = beside(place, "acks"), beside(place, "heads")
    work(place, acks, EARLIER)
    told = [line.split(" ") for line in noted(acks)]
    rows = engine.rows(
        "SELECT f.idem, f.id FROM ledger_entry e LEFT JOIN ledger_fact f ON f.leaf = e.leaf ORDER BY e.seq"
    )
    stored = dict(rows)
    return {
        "lost": sum(stored.get(idem) != fact_id for idem, fact_id in told),
        "dup": len(rows) - len(stored),
        "forks": forks(noted(heads)) + ([idem for idem, _ in rows] != sorted(stored)),
        "tree_bad": len(verify_log().problems),
    }
