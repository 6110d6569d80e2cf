"""One sequencer at a time: an advisory lock on PostgreSQL, a lease file on SQLite. The swap of state is the fence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from gangmu.ledger import engine
from gangmu.ledger.backends.sqlite3.gate import fcntl as fcntl


@contextmanager
def lease() -> Iterator[bool]:
    """Whether we are the sequencer for as long as the block lasts. To be entered inside a transaction."""
    if connection.vendor == "postgresql":
        found = engine.one("SELECT pg_try_advisory_xact_lock(%s)", (engine.SEQUENCER_LOCK,))
        yield bool(found and found[0])
        return
    name = str(connection.settings_dict["NAME"])
    if fcntl is None or "mode=memory" in name:
        yield True  # nobody else can reach this database, or only SQLite's own lock keeps us apart
        return
    descriptor = os.open(f"{name}-sequencer", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
