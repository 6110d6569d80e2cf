"""The settings SQLite is opened with, the gate before a write, and the one library in a process."""

import os
import sqlite3 as name_of_the_library
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gangmu.ledger import engine, sqlite_library
from gangmu.ledger.backends.sqlite3.base import DatabaseWrapper, refuse_unsafe_journal
from gangmu.ledger.backends.sqlite3.gate import Gate
from gangmu.ledger.management.commands.flush import is_test_database


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 7, 0), False), ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False), ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)  # fmt: skip
def test_wal_is_refused_on_an_affected_sqlite_only(version: tuple[int, ...], safe: bool) -> None:
    assert sqlite_library.wal_is_safe(version) is safe
    refuse_unsafe_journal(version, "delete")
    if safe:
        refuse_unsafe_journal(version, "wal")
    else:
        with pytest.raises(ImproperlyConfigured, match="WAL-reset bug"):
            refuse_unsafe_journal(version, "wal")


def test_the_name_sqlite3_means_the_chosen_library() -> None:
    assert name_of_the_library.sqlite_version_info == sqlite_library.VERSION


@pytest.mark.parametrize("cell", [b"\x00\xff", None])
def test_bytes_and_nothing_have_an_adapter_so_that_none_is_searched_for(cell: bytes | None) -> None:
    assert name_of_the_library.adapt(cell) == cell  # type: ignore[call-overload]
    database = name_of_the_library.connect(":memory:")
    assert database.execute("SELECT ?", (cell,)).fetchone() == (cell,)
    database.close()


def fresh(folder: Path, **options: object) -> DatabaseWrapper:
    settings = {**connection.settings_dict, "NAME": str(folder / "own.sqlite3")}
    settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE", **options}
    return DatabaseWrapper(settings, "own")


def pragma(database: DatabaseWrapper, name: str) -> object:
    with database.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_every_setting_is_in_force_on_a_fresh_file(tmp_path: Path) -> None:
    database = fresh(tmp_path)
    found = {name: pragma(database, name) for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    assert pragma(database, "recursive_triggers") == 1
    database.close()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_an_affected_library_refuses_to_start_in_wal_and_starts_in_delete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_library, "VERSION", (3, 40, 1))
    monkeypatch.setattr(sqlite_library, "wal_is_safe", lambda version=None: False)
    with pytest.raises(ImproperlyConfigured, match=r"3\.40\.1"):
        fresh(tmp_path, journal_mode="WAL").ensure_connection()
    database = fresh(tmp_path)
    assert pragma(database, "journal_mode") == "delete"
    database.close()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_statement_that_comes_after_many_others_is_compiled_once_as_they_are(tmp_path: Path) -> None:
    """The library keeps those it has met most often: of what comes when its store is full, it would keep only one."""
    database, compiled = fresh(tmp_path), list[object]()
    database.ensure_connection()
    statements = database.connection

    def run(*chosen: int) -> None:
        for number in chosen:
            statements.cursor().execute(f"SELECT {number}").fetchall()

    def allow(*what: object) -> int:  # asked when a statement is compiled
        compiled.append(what)
        return 0

    statements.set_authorizer(allow)
    run(*range(300), *range(300), *range(300, 305))
    assert len(compiled) == 305
    run(*range(300, 305))
    assert len(compiled) == 305
    database.close()


def test_two_libraries_may_not_open_one_live_file(tmp_path: Path) -> None:
    file = str(tmp_path / "live.sqlite3")
    sqlite_library.opens(file)
    sqlite_library.opens(file)
    with pytest.raises(sqlite_library.TwoLibraries, match="apsw"):
        sqlite_library.opens(file, "apsw")
    assert sqlite_library.openers(file) == {sqlite_library.NAME}


def test_the_standard_library_may_be_imported_but_not_open_the_live_file(tmp_path: Path) -> None:
    if sqlite_library.NAME == "sqlite3":
        pytest.skip("one library")  # allowed where there is no wheel of pysqlite3: no second library can come near
    script = (
        "import sqlite3 as standard\n"
        "from gangmu.ledger import sqlite_library as ours\n"
        f"standard.connect({str(tmp_path / 'other.db')!r}).close()\n"
        f"ours.connect({str(tmp_path / 'live.db')!r})\n"
        "try:\n"
        f"    standard.connect({str(tmp_path / 'live.db')!r})\n"
        "except ours.TwoLibraries as refused:\n"
        "    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_the_gate_lets_one_in_at_a_time_in_the_order_they_came(tmp_path: Path) -> None:
    file, order = str(tmp_path / "db"), list[int]()
    first = Gate(file)
    first.enter()
    first.enter()  # once inside is enough

    def wait_and_note(number: int) -> None:
        with Gate(file):
            order.append(number)

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait_and_note, args=(number,)))
        threads[-1].start()
        time.sleep(0.03)
    assert order == []
    first.leave()
    first.leave()  # harmless outside
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4]
    first.close()


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_leaves_the_gate_open_for_the_next() -> None:
    for _ in range(3):
        with pytest.raises(DatabaseError), transaction.atomic():
            engine.one("SELECT nothing FROM nowhere")
    with transaction.atomic():
        assert engine.one("SELECT 1") == (1,)


@pytest.mark.django_db
def test_flush_is_refused_outside_a_test_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_test_database(connection.settings_dict)
    assert not is_test_database({"NAME": "/srv/gangmu.sqlite3", "TEST": {"NAME": None}})
    assert not is_test_database({"NAME": "gangmu", "TEST": {"NAME": None}})
    monkeypatch.setitem(connection.settings_dict, "NAME", "gangmu")
    monkeypatch.setitem(connection.settings_dict, "TEST", {"NAME": None})
    with pytest.raises(CommandError, match="insert-only"):
        call_command("flush", interactive=False)


def test_a_gate_that_is_forgotten_gives_its_place_and_its_descriptor_back(tmp_path: Path) -> None:
    gate = Gate(str(tmp_path / "db"))
    gate.enter()
    held = gate._descriptor
    assert held is not None
    del gate
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(held)
    with Gate(str(tmp_path / "db")):
        pass
