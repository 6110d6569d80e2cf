"""T02: PostgreSQL is crashed under load: a backend is killed, the postmaster is killed, an immediate stop, in turn.

As in T01, each writer notes an acknowledgement after the call has returned and, when the server is back, repeats the
request that was not answered under the same key. What is killed are the postmaster that this run has started and
processes whose parent it is.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from threading import Event

from tests.trust import kill9, scene
from tests.trust.children import kill, start
from tests.trust.postmaster import Postmaster, alive

KILLS = 60
LEAST_PER_KILL = 30
BETWEEN = (50, 300)  # facts acknowledged between two crashes
AWAY = 0.02  # seconds before a client asks again whether the server is back


def run(seed: int, scale: float) -> dict[str, object]:
    """Crash `KILLS` × scale times, then look for what was lost, doubled or broken."""
    from django.conf import settings

    folder, random, crashes = Path(settings.VAR), Random(seed), max(1, round(KILLS * scale))
    (postmaster,), told = scene.server, Counter[str]()
    jobs = [partial(write_on, folder, number) for number in range(kill9.WRITERS)] + [number_on]
    children = [start(job) for job in jobs]
    try:
        for turn in range(crashes):
            kill9.wait_for(folder, random, BETWEEN)
            name = list(CRASHES)[turn % len(CRASHES)]
            CRASHES[name](postmaster, random)
            told[name] += 1
    finally:
        for child in children:
            kill(child)
    postmaster.await_ready()
    return {"kills": crashes, **told, **kill9.examine(folder, crashes, LEAST_PER_KILL)}


def kill_backend(postmaster: Postmaster, random: Random) -> None:
    """SIGKILL one backend: the postmaster ends the others and recovers by itself."""
    while not (backends := postmaster.backends()):
        time.sleep(AWAY)
    struck = random.choice(backends)
    os.kill(struck, signal.SIGKILL)
    while alive(struck):
        time.sleep(AWAY)
    postmaster.await_ready()


def kill_postmaster(postmaster: Postmaster, random: Random) -> None:
    """SIGKILL the postmaster: what it left behind ends by itself, and a new one recovers."""
    _begin_again(postmaster, signal.SIGKILL)


def stop_at_once(postmaster: Postmaster, random: Random) -> None:
    """An immediate stop: no checkpoint, no goodbye."""
    _begin_again(postmaster, signal.SIGQUIT)


def _begin_again(postmaster: Postmaster, how: signal.Signals) -> None:
    left = postmaster.children()
    postmaster.signal(how)
    postmaster.await_gone(left)
    postmaster.start()
    postmaster.await_ready()


CRASHES: dict[str, Callable[[Postmaster, Random], None]] = {
    "backend": kill_backend,
    "postmaster": kill_postmaster,
    "immediate": stop_at_once,
}


def write_on(folder: Path, number: int) -> None:
    """Record for ever; when the server goes away, begin again with the request that was not answered. In a child."""
    from django.db import Error, connection

    while True:
        try:
            kill9.write(folder, number)
        except Error:
            connection.close()
            time.sleep(AWAY)


def number_on() -> None:
    """Number for ever, as the worker does. In a child."""
    from django.db import Error, connection

    from gangmu.ledger import sequencer

    while True:
        try:
            sequencer.run_forever(Event())
        except Error:
            connection.close()
            time.sleep(AWAY)
