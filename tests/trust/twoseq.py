"""T07: a sequencer is stopped in the middle of a batch, a second one takes over, the first wakes up again.

The first stops itself (SIGSTOP) at a random step: any call or return in the ledger's own code while it numbers a batch.
Then the second numbers what it can. Where the database still holds the first one's place, the second must stand back;
where it does not (before the batch, after its COMMIT, or on PostgreSQL when the server ended the first one's
connection), it goes on. Nothing the first does when it wakes may fork the log or give a number twice. In some rounds
the second believes it has the lease whoever else has it: then the swap of the state alone must keep them apart.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import FrameType

from tests.trust.children import End, ended, note, noted, start, wait
from tests.trust.heads import forks, note_heads

ROUNDS = 200
MOST = 300  # facts that come in before a round: some batches fill a tile
EDGE = 8  # so many steps at either end of a batch, before its transaction and after it
GIVE_WAY = 5.0  # seconds in which a second sequencer has numbered its batch, if nobody holds it back
LOCKS = Path("/proc/locks")
REFUSED = 3  # how a sequencer ends that was told it is no longer the one
START = datetime(2025, 1, 1, tzinfo=UTC)
CODE = f"{os.sep}gangmu{os.sep}ledger{os.sep}"
ARITHMETIC = ("tree.py", "tiles.py", "note.py", "keys.py")  # what touches no shared thing needs no pause of its own


def run(seed: int, scale: float) -> dict[str, object]:
    """`ROUNDS` × scale rounds, then every signed head and every number is held against the log."""
    from django.conf import settings

    random, rounds, seen = Random(seed), max(1, round(ROUNDS * scale)), Counter[str]()
    signed = Path(settings.VAR) / "signed"
    recorded = take_in(0, MOST)
    steps = count_steps(Path(settings.VAR) / "steps", signed)  # with all that a first batch makes
    recorded += take_in(recorded, 1)
    steps = min(steps, count_steps(Path(settings.VAR) / "fewer-steps", signed))
    for _ in range(rounds):
        recorded += take_in(recorded, random.randint(1, MOST))
        recorded += one_round(random, steps, signed, recorded, seen)
    found = examine(recorded, noted(signed))
    enough = seen["paused"] > rounds // 4 and seen["took_over"] > 0 and seen["held_back"] > 0
    sound = not any(found.values()) and seen["broke"] == 0
    names = ("paused", "cut_off", "held_back", "took_over", "refused", "broke")
    counts = {name: seen[name] for name in names}
    return {"rounds": rounds, "steps": steps, "facts": recorded, **counts, **found, "ok": sound and enough}


def one_round(random: Random, steps: int, signed: Path, recorded: int, seen: Counter[str]) -> int:
    """Pause the first, let the second go on, wake the first. Returns how many facts came in meanwhile."""
    from gangmu.ledger import queries

    # anywhere; the last third, around COMMIT and the signing of the head; or just where the place is not held
    span = random.choice(((1, steps), (steps * 2 // 3, steps), (1, EDGE), (steps - EDGE, steps)))
    stop_at, cut, own_lease = random.randint(*span), random.random() < 0.5, random.random() < 0.3
    first = start(lambda: sequence(signed, stop_at=stop_at))
    end, before, more = wait(first), heads(), 0
    paused = end is not None and end.stopped
    seen["paused"] += paused
    seen["cut_off"] += paused and cut and cut_off(first)
    second = start(lambda: sequence(signed, own_lease=own_lease))
    gone = until_it_waits(second)
    if gone is not None and (heads() != before or queries.waiting() == 0):
        seen["took_over"] += 1
        more = take_in(recorded, random.randint(1, 20))
        if random.random() < 0.5:  # else they wait for the first, which believes the tree is where it was
            count_end(ended(start(lambda: sequence(signed))), seen)
    else:
        seen["held_back"] += 1
    if paused:
        os.kill(first, signal.SIGCONT)
        end = None
    for child, known in ((first, end), (second, gone)):
        count_end(known.status if known else ended(child), seen)
    return more


def until_it_waits(child: int) -> End | None:
    """How a sequencer ended; None once it waits for a lock that another one holds."""
    until = time.monotonic() + GIVE_WAY
    while (end := wait(child, 0.01)) is None and not waits(child) and time.monotonic() < until:
        pass
    return end


def waits(child: int) -> bool:
    from django.db import connection

    from gangmu.ledger import engine

    if connection.vendor == "postgresql":
        sql = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND wait_event_type = 'Lock'"
        return engine.one(sql, (f"sequencer-{child}",)) is not None
    return (
        any("->" in line and f" {child} " in line for line in LOCKS.read_text().splitlines())
        if LOCKS.exists()
        else False
    )


def count_end(status: int, seen: Counter[str]) -> None:
    seen["refused" if status == REFUSED else "broke" if status else "done"] += 1


def sequence(signed: Path, stop_at: int = 0, own_lease: bool = False) -> None:
    """Number one batch, noting every head that is signed; stop ourselves at step `stop_at`. In a child only."""
    os.environ["PGAPPNAME"] = f"sequencer-{os.getpid()}"
    from django.db import Error

    from gangmu.ledger import sequencer

    note_heads(lambda text: note(signed, text))
    if own_lease:
        sequencer.lease = granted  # type: ignore[attr-defined]
    if stop_at:
        stop_at_step(stop_at)
    try:
        sequencer.run_once()
    except (sequencer.LostLease, Error):
        os._exit(REFUSED)


@contextmanager
def granted() -> Iterator[bool]:
    """The lease of one that believes it has it."""
    yield True


def stop_at_step(number: int) -> None:
    """SIGSTOP ourselves at the `number`-th call or return of a function of the ledger's."""
    steps = iter(range(1, number + 1))

    def step(frame: FrameType, event: str, argument: object) -> None:
        if is_step(frame, event) and next(steps, 0) == number:
            sys.setprofile(None)
            os.kill(os.getpid(), signal.SIGSTOP)

    sys.setprofile(step)


def is_step(frame: FrameType, event: str) -> bool:
    code = frame.f_code
    ours = CODE in code.co_filename and not code.co_filename.endswith(ARITHMETIC)
    return event in ("call", "return") and ours and not code.co_name.startswith("<")


def count_steps(file: Path, signed: Path) -> int:
    """How many steps numbering one batch takes."""

    def count() -> None:
        steps = 0

        def step(frame: FrameType, event: str, argument: object) -> None:
            nonlocal steps
            steps += is_step(frame, event)

        sys.setprofile(step)
        sequence(signed)
        sys.setprofile(None)
        note(file, str(steps))

    assert ended(start(count)) == 0
    return int(noted(file)[0])


def cut_off(child: int) -> bool:
    """Let the server end the connection of a sequencer, as a fail-over does; whether it had one. Not on SQLite."""
    from django.db import connection

    from gangmu.ledger import engine

    if connection.vendor != "postgresql":
        return False
    sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
    return bool(engine.rows(sql, (f"sequencer-{child}",)))


def heads() -> tuple[int, int]:
    """How far the state and the newest signed head have come."""
    from gangmu.ledger import stored

    newest = stored.head()
    return stored.state().size, newest.size if newest else 0


def take_in(recorded: int, count: int) -> int:
    """Record `count` facts, beginning after those `recorded`; how many that were."""
    from gangmu.kernel.scope import Actor
    from gangmu.ledger import actions
    from gangmu.ledger.facts import Draft

    moments = [START + timedelta(minutes=recorded + number) for number in range(count)]
    drafts = [
        Draft("a.held", "b1", {"n": recorded + number}, moment, moment, f"{recorded + number:08d}")  # type: ignore[arg-type]
        for number, moment in enumerate(moments)
    ]
    actions.record_many(drafts, by=Actor("clerk"), schema="trust")  # type: ignore[arg-type]
    return count


def examine(recorded: int, signed: list[str]) -> dict[str, int]:
    """Number what is left; what was lost, numbered twice, signed twice in two ways, or does not verify."""
    from gangmu.ledger import engine, sequencer
    from gangmu.ledger.verify_log import verify_log

    sequencer.run_until_empty()
    ((entries, leaves, highest),) = engine.rows("SELECT count(*), count(DISTINCT leaf), max(seq) FROM ledger_entry")
    return {
        "lost": max(0, recorded - leaves),
        "doubled": entries - leaves + (highest + 1 - entries) + max(0, leaves - recorded),
        "forks": forks(signed),
        "tree_bad": len(verify_log().problems),
    }
