"""T03: the power is cut at any moment of a day's work. With synchronous=FULL nothing acknowledged may be lost.

A child records, seals, numbers and checkpoints, and notes everything it asks of the disk together with what it told its
clients. From that, disks are made as a cut may leave them (tests/trust/images.py). On each one the ledger must open, hold
every fact acknowledged before the cut, hold every head that was signed before it, go on, and verify. The control records
the same under synchronous=NORMAL: if no disk of those has lost anything, this test could not have noticed.
"""

import pickle
import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from tests.trust import images, scene
from tests.trust.children import HANDS, ended, in_hands, start
from tests.trust.heads import forks, note_heads
from tests.trust.recording_vfs import Event, Recorder

IMAGES = 10_000
CONTROL = 1_000
PER_RECORDING = 500
REQUESTS = 24
MEMORY = Path("/dev/shm")  # a disk that is made up needs no disk
START = datetime(2025, 1, 1, tzinfo=UTC)


def run(seed: int, scale: float) -> dict[str, object]:
    """`IMAGES` × scale disks under FULL, and `CONTROL` × scale under NORMAL."""
    random = Random(seed)
    full = cut_power(random, max(1, round(IMAGES * scale)), "FULL")
    control = cut_power(random, max(1, round(CONTROL * scale)), "NORMAL")
    broken = sum(full[name] for name in ("lost", "forks", "unopened", "tree_bad"))
    told = {"control": control["images"], "control_lost": control["lost"]}
    return {**full, **told, "ok": not broken and full["images"] > 0 and control["lost"] > 0}


def cut_power(random: Random, count: int, synchronous: str) -> dict[str, int]:
    """Record as often as `count` disks need, and look at each disk, some hands at the same time."""
    found: Counter[str] = Counter(dict.fromkeys(("images", "acked", "lost", "forks", "unopened", "tree_bad"), 0))
    with tempfile.TemporaryDirectory(prefix="gangmu-cuts-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        for at in range(0, count, PER_RECORDING):
            folder = Path(name) / f"{at}"
            base, events = record(folder, random.randrange(2**31), synchronous)
            cuts = sorted(random.choices(range(len(events) + 1), k=min(PER_RECORDING, count - at)))
            found.update(
                in_hands(
                    [
                        partial(
                            look_at_some,
                            base,
                            events,
                            cuts[hand::HANDS],
                            Random(random.randrange(2**31)),
                            folder / f"{hand}",
                        )
                        for hand in range(HANDS)
                    ]
                )
            )
    return dict(found)


# --- the recording ----------------------------------------------------------------------------------------------------
def record(folder: Path, seed: int, synchronous: str) -> tuple[dict[str, bytes], list[Event]]:
    """The disk before, and everything that was asked of it by a child that worked."""
    live, notes, base = folder / "live", folder / "events", {"trust.sqlite3": scene.migrated().read_bytes()}
    images.write(live, base)
    assert ended(start(lambda: work(live, notes, Random(seed), synchronous))) == 0
    return base, pickle.loads(notes.read_bytes())  # written by our own child a moment ago


def work(live: Path, notes: Path, random: Random, synchronous: str) -> None:
    """A day's work in `live`, in a child: facts one by one and in batches, heads, checkpoints, new connections."""
    from django.db import connection

    from gangmu.kernel.scope import Actor
    from gangmu.ledger import actions, sequencer
    from gangmu.ledger.backends.sqlite3 import base

    base.PRAGMAS = tuple(row if row[0] != "synchronous" else SYNCHRONOUS[synchronous] for row in base.PRAGMAS)  # type: ignore[assignment]
    scene.use(live)
    recorder = Recorder(live)
    recorder.install()
    note_heads(lambda text: recorder.told("head", text))
    number = 0
    for _ in range(REQUESTS):
        batch = random.choice((1, 1, 1, 5))
        taken = actions.record_many([draft(number + step) for step in range(batch)], by=Actor("clerk"), schema="trust")  # type: ignore[arg-type]
        for step, receipt in enumerate(taken):
            recorder.told("ack", f"{number + step:08d} {receipt.id}")
        number += batch
        chance = random.random()
        if chance < 0.2:
            sequencer.run_once()
        elif chance < 0.3:
            sequencer.checkpoint_wal()
        elif chance < 0.33:
            connection.close()
    notes.write_bytes(pickle.dumps(recorder.events))


SYNCHRONOUS = {"FULL": ("synchronous", "FULL", 2), "NORMAL": ("synchronous", "NORMAL", 1)}


def draft(number: int):  # type: ignore[no-untyped-def]
    from gangmu.ledger.facts import Draft, Sealed

    moment = START + timedelta(minutes=number)
    sealed = (Sealed("minutes", f"谈话 {number}"),) if number % 3 == 0 else ()
    about = f"person-{number // 6}" if number % 2 == 0 else None
    return Draft("a.held", "b1", {"n": number}, moment, moment, f"{number:08d}", about, sealed)  # type: ignore[arg-type]


# --- the disks --------------------------------------------------------------------------------------------------------
def look_at_some(
    base: dict[str, bytes], events: list[Event], cuts: list[int], random: Random, place: Path
) -> Counter[str]:
    """Make a disk for each cut, look at it, and count what is wrong with all of them."""
    found: Counter[str] = Counter()
    for number, (cut, disk) in enumerate(images.disks_at(base, events, cuts)):
        image = disk.image(random, random.choice(images.STYLES))
        found.update(look_at(place.with_suffix(f".{number}"), image, events[:cut]))
    return found


def look_at(folder: Path, image: dict[str, bytes], events: list[Event]) -> Counter[str]:
    """Open what the cut left, in `folder`, and count what is wrong with it."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    acked = [event.data.decode().split(" ") for event in events if event.kind == "ack"]
    heads = [event.data.decode() for event in events if event.kind == "head"]
    found = Counter({"images": 1, "acked": len(acked)})
    images.write(folder, image)
    scene.use(folder)
    try:
        found.update(recover(acked, heads))
    except (Error, ImproperlyConfigured, OSError, ValueError):
        found["unopened"] += 1
    shutil.rmtree(folder)
    return found


def recover(acked: list[list[str]], heads: list[str]) -> dict[str, int]:
    """Go on where the cut left off: number what waits, sign, verify everything."""
    from gangmu.ledger import engine, sequencer
    from gangmu.ledger.verify_log import verify_log

    stored = dict(engine.rows("SELECT idem, id FROM ledger_fact"))
    sequencer.run_until_empty()
    return {
        "lost": sum(stored.get(idem) != fact_id for idem, fact_id in acked),
        "forks": forks(heads),
        "tree_bad": len(verify_log().problems),
    }
