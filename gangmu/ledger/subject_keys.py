"""The key database: one wrapped key for each subject, in a file of its own beside the other keys.

It is apart from the ledger so that a copy of the database alone opens nothing, and so that its backups can have a
shorter life: whoever is erased is gone when the last copy of the key is. A key is on disk before any value sealed
with it can be committed; a key whose fact was rolled back does no harm.
"""

import os
import secrets
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from gangmu.ledger import keys, sqlite_library, vault

AT_ONCE = 500
_local = threading.local()


def keys_for(subjects: Iterable[str]) -> dict[str, bytes]:
    """The keys of `subjects`, made now for those that have none. Durable when this returns."""
    wanted = sorted(set(subjects))
    found = existing_keys(wanted)
    missing = [subject for subject in wanted if subject not in found]
    if missing:
        _make(missing)
        found |= existing_keys(missing)
    return found


def existing_keys(subjects: Iterable[str]) -> dict[str, bytes]:
    """The keys of those `subjects` that have one."""
    kek, database, wanted = keys.key_of_keys(), _database(), list(subjects)
    found: dict[str, bytes] = {}
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT subject, wrapped FROM subject_key WHERE subject IN ({marks})", some)  # noqa: S608
        found |= {subject: vault.unwrap(kek, subject, wrapped) for subject, wrapped in rows}
    return found


def _make(subjects: list[str]) -> None:
    kek, database = keys.key_of_keys(), _database()
    rows = [(subject, vault.wrap(kek, subject, secrets.token_bytes(32))) for subject in subjects]
    database.execute("BEGIN IMMEDIATE")
    try:
        database.executemany("INSERT INTO subject_key (subject, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def _database() -> Any:
    """This thread's connection, opened anew after a fork and when the settings name another folder."""
    file = Path(settings.KEYS) / "subjects.sqlite3"
    held = getattr(_local, "held", None)
    if held is None or held[:2] != (os.getpid(), file):
        _local.held = held = (os.getpid(), file, _open(file))
    return held[2]


def _open(file: Path) -> Any:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    database = sqlite_library.connect(str(file))
    journal = "WAL" if sqlite_library.wal_is_safe() else "DELETE"
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000"):
        database.execute(f"PRAGMA {pragma}").fetchall()
    database.execute("CREATE TABLE IF NOT EXISTS subject_key (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
    return database
