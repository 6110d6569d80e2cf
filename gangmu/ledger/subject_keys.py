"""The key database: one wrapped key for each subject, in a file of its own beside the other keys.

It is apart from the ledger so that a copy of the database alone opens nothing, and so that its backups can have a
shorter life: whoever is erased is gone when the last copy of the key is. A key is on disk before any value sealed
with it can be committed; a key whose fact was rolled back does no harm.
"""

import os
import secrets
import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings

from gangmu.kernel.ids import new_ids
from gangmu.ledger import keys, sqlite_library, vault
from gangmu.ledger.backends.sqlite3.gate import Gate

AT_ONCE = 500
SPARE = 256  # new subjects that one commit of the key database pays for
KEY = 32
_local = threading.local()
_spare: defaultdict[str, deque[tuple[str, bytes]]] = defaultdict(deque)
if hasattr(os, "register_at_fork"):  # a child that used its parent's spare subjects would give one id to two facts
    os.register_at_fork(after_in_child=_spare.clear)


def new_subjects(count: int) -> dict[str, bytes]:
    """`count` subjects nobody has used, and their keys. Durable when this returns.

    They come out of a store that is filled by one commit for many: a subject that is never used, because its process
    ended or its fact was refused, does no harm.
    """
    spare, found = _spare[_file()], dict[str, bytes]()
    while len(found) < count:
        try:
            subject, key = spare.popleft()  # one thread gets it: this is a single step
        except IndexError:
            spare.extend(_make(new_ids(max(SPARE, count - len(found)))).items())
        else:
            found[subject] = key
    return found


def keys_for(subjects: Iterable[str]) -> dict[str, bytes]:
    """The keys of `subjects`, made now for those that have none. Durable when this returns."""
    wanted = sorted(set(subjects))
    found = existing_keys(wanted)
    if missing := [subject for subject in wanted if subject not in found]:
        found |= _make(missing)
    if elsewhere := [subject for subject in wanted if subject not in found]:  # another process was faster
        found |= existing_keys(elsewhere)
    return found


def existing_keys(subjects: Iterable[str]) -> dict[str, bytes]:
    """The keys of those `subjects` that have one."""
    database, wanted = _database(), list(subjects)
    found: dict[str, bytes] = {}
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT subject, wrapped FROM subject_key WHERE subject IN ({marks})", some)  # noqa: S608
        found |= {subject: vault.unwrap(keys.key_of_keys(), subject, wrapped) for subject, wrapped in rows}
    return found


def owe(subject: str) -> None:
    """Note that the key of a subject is to be forgotten, before what it sealed is gone. Durable when this returns.

    So whoever comes after a crash between the two knows of the key: see `owed`.
    """
    _database().execute("INSERT INTO subject_owed VALUES (?) ON CONFLICT DO NOTHING", (subject,))


def owed() -> tuple[str, ...]:
    """The subjects whose keys are to be forgotten as soon as what they sealed is gone, and are there still."""
    return tuple(row[0] for row in _database().execute("SELECT subject FROM subject_owed ORDER BY subject"))


def forget(subject: str) -> None:
    """Destroy the key of a subject that no fact is about: what was sealed under it can be opened by nobody any more.

    The key's bytes are overwritten, and the write-ahead log, which still holds them, is emptied.
    """
    database = _database()
    database.execute("DELETE FROM subject_key WHERE subject = ?", (subject,))
    database.execute("DELETE FROM subject_owed WHERE subject = ?", (subject,))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _make(subjects: list[str]) -> dict[str, bytes]:
    """New keys for those `subjects` that have none by now, in one commit; none is told where one had a key by now."""
    kek, database = keys.key_of_keys(), _database()
    made = {subject: secrets.token_bytes(KEY) for subject in subjects}
    rows = sorted(vault.wrap(kek, made).items())  # in their order the table takes them quicker
    database.execute("BEGIN IMMEDIATE")
    try:
        written = database.executemany("INSERT INTO subject_key VALUES (?, ?) ON CONFLICT DO NOTHING", rows).rowcount
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # a full disk has ended it already, and its error is the one to tell
            database.execute("ROLLBACK")
        raise
    return made if written == len(made) else {}


def _database() -> Any:
    """This thread's connection, opened anew after a fork and when the settings name another folder."""
    file = _file()
    held = getattr(_local, "held", None)
    if held is None or held[:2] != (os.getpid(), file):
        _local.held = held = (os.getpid(), file, _open(file))
    return held[2]


def _file() -> str:
    return f"{settings.KEYS}{os.sep}subjects.sqlite3"


def _open(file: str) -> Any:
    """A connection with its settings. One opens at a time: of two that first turn a new file to WAL, one would fail."""
    Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(Gate(file)) as gate, gate:
        return _opened(file)


def _opened(file: str) -> Any:
    database = sqlite_library.connect(file)
    journal = "WAL" if sqlite_library.wal_is_safe() else "DELETE"
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000"):
        database.execute(f"PRAGMA {pragma}").fetchall()
    database.execute("CREATE TABLE IF NOT EXISTS subject_key (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
    database.execute("CREATE TABLE IF NOT EXISTS subject_owed (subject TEXT PRIMARY KEY)")
    return database
