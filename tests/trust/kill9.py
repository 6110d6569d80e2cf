"""T01: writers and sequencer are killed with SIGKILL at random instants under load; nothing acknowledged may be lost.

Each writer notes an acknowledgement in a file of its own after the call has returned. When it is started again it
repeats its last unacknowledged request under the same key, as a client would: that must not record the fact twice.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

from tests.trust.children import kill, start

WRITERS = 4
KILLS = 1000
LEAST_PER_KILL = 300
BETWEEN = (150, 550)  # facts acknowledged between two kills, 350 on average: more than must be, and by how much is sure
START = datetime(2025, 1, 1, tzinfo=UTC)


def run(seed: int, scale: float) -> dict[str, object]:
    """Kill `KILLS` × scale times, then look for what was lost, doubled or broken."""
    from django.conf import settings

    folder, random, kills = Path(settings.VAR), Random(seed), max(1, round(KILLS * scale))
    jobs = [lambda number=number: write(folder, number) for number in range(WRITERS)] + [number_them]
    children = [start(job) for job in jobs]
    try:
        for _ in range(kills):
            wait_for(folder, random)
            struck = range(len(jobs)) if random.random() < 0.05 else [random.randrange(len(jobs))]
            for at in struck:
                kill(children[at])
            for at in struck:
                children[at] = start(jobs[at])
    finally:
        for child in children:
            kill(child)
    return {"kills": kills, **examine(folder, kills)}


def wait_for(folder: Path, random: Random, between: tuple[int, int] = BETWEEN) -> None:
    """Until a random number of facts more were acknowledged, and then a random moment longer."""
    goal = acknowledged_bytes(folder) + random.randint(*between) * LINE
    patience = time.monotonic() + 60
    while acknowledged_bytes(folder) < goal:
        if time.monotonic() > patience:
            raise RuntimeError("no facts are being acknowledged any more")
        time.sleep(0.002)
    time.sleep(random.random() * 0.01)


LINE = 8 + 1 + 32 + 1  # number, space, fact id, newline


def acknowledged_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("acked-*"))


def write(folder: Path, number: int) -> None:
    """Record facts for ever, one by one or in batches, noting each once it is acknowledged."""
    from gangmu.kernel.scope import Actor
    from gangmu.ledger import actions

    acked = os.open(folder / f"acked-{number}", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    at = os.fstat(acked).st_size // LINE
    batch, by = (1, 40)[number % 2], Actor(f"writer-{number}")  # type: ignore[arg-type]
    while True:
        drafts = [draft(number, at + step) for step in range(batch)]
        taken = actions.record_many(drafts, by=by, schema="trust")
        os.write(acked, b"".join(b"%08d %s\n" % (at + step, item.id.encode()) for step, item in enumerate(taken)))
        at += batch


def draft(number: int, at: int):  # type: ignore[no-untyped-def]
    """The `at`-th request of a writer, always the same: so a repetition is a repetition."""
    from gangmu.ledger.facts import Draft, Sealed

    sealed = (Sealed("minutes", f"谈话 {at}"),) if at % 10 == 0 else ()
    moment, about = START + timedelta(minutes=at), f"person-{number}-{at // 50}"
    body = {"type": "lecture", "present": at % 90}
    return Draft("activity.held", f"org-{number}", body, moment, moment, f"{at:08d}", about, sealed)  # type: ignore[arg-type]


def number_them() -> None:
    from gangmu.ledger import sequencer

    sequencer.run_forever(Event())


def examine(folder: Path, kills: int, least_per_kill: int = LEAST_PER_KILL) -> dict[str, object]:
    """Number what is left and hold everything acknowledged against the log."""
    from gangmu.ledger import engine, sequencer
    from gangmu.ledger.rebuild import rebuild
    from gangmu.ledger.verify_log import verify_log

    sequencer.run_until_empty()
    acked = {}
    for number in range(WRITERS):
        for line in (folder / f"acked-{number}").read_text().splitlines():
            request, fact_id = line.split(" ")
            acked[(f"writer-{number}", request)] = fact_id
    known: dict[tuple[str, str], list[str]] = {}
    for actor, idem, fact_id, seq in engine.each(
        "SELECT f.actor, f.idem, f.id, e.seq FROM ledger_fact f LEFT JOIN ledger_entry e ON e.leaf = f.leaf"
    ):
        known.setdefault((actor, idem), []).append(fact_id if seq is not None else "")
    lost = sum(known.get(request) != [fact_id] for request, fact_id in acked.items())
    verified, drift = verify_log(), [line.name for line in rebuild(check=True) if line.drift]
    entries = engine.rows("SELECT count(*) FROM ledger_entry")[0][0]
    doubled = entries - len(known)
    enough = len(acked) >= least_per_kill * kills
    return {
        "acked": len(acked),
        "entries": entries,
        "lost": lost,
        "dup": doubled,
        "tree_bad": len(verified.problems),
        "drift": drift,
        "enough_load": enough,
        "ok": enough and not lost and not doubled and verified.holds and not drift,
    }
