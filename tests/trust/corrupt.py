"""T09: one byte is flipped, inserted or deleted; whatever touches the ledger's content must be found.

First in exported files, receipts and proofs, where every change is content. Then in the live database file, where a
change may fall on free space: there an oracle reads every table on its own and says whether content changed.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from tests.trust.children import in_hands

EXPORTS = 100_000
DATABASE = 20_000
OFFLINE_EVERY = 25
TABLES = (
    "ledger_entry", "ledger_tile", "ledger_head", "ledger_state", "ledger_intake", "ledger_idem", "ledger_vault",
    "ledger_fact", "ledger_closing",
)  # fmt: skip


def run(seed: int, scale: float) -> dict[str, object]:
    """Corrupt EXPORTS × scale files and DATABASE × scale copies of the database, both at the same time."""
    random = Random(seed)
    fill()
    files = partial(corrupt_exports, Random(random.randrange(2**31)), round(EXPORTS * scale))
    copies = partial(corrupt_database, Random(random.randrange(2**31)), round(DATABASE * scale))
    found = in_hands([lambda: Counter(files()), lambda: Counter(copies())])
    return {**found, "ok": not found["export_missed"] and not found["db_missed"]}


def fill() -> None:
    """A small log with everything in it: two heads, a full tile, sealed slots, a reversal, a closing, an outbox."""
    from gangmu.kernel.scope import Actor
    from gangmu.ledger import actions, sequencer
    from gangmu.ledger.facts import Draft, Sealed

    by, moment = Actor("clerk"), datetime(2025, 3, 8, tzinfo=UTC)  # type: ignore[arg-type]

    def draft(number: int) -> Draft:
        sealed = (Sealed("name", f"名字{number}"),) if number % 40 == 0 else ()
        return Draft("a.held", "b1", {"n": number}, moment, moment, str(number), f"p{number}", sealed)  # type: ignore[arg-type]

    taken = actions.record_many([draft(number) for number in range(258)], by=by, schema="s")
    sequencer.run_until_empty()
    actions.reverse(taken[3].id, reason="mistake", note="记重了", by=by, schema="s", idem="r")
    closing = {"from": "2025-01-01", "to": "2025-12-31"}
    actions.record(Draft("period.closed", "b1", closing, moment, moment, "c"), by=by, schema="s")  # type: ignore[arg-type]
    sequencer.run_until_empty()
    actions.record_many([draft(number) for number in range(300, 303)], by=by, schema="s")


# --- files ------------------------------------------------------------------------------------------------------------
def corrupt_exports(random: Random, count: int) -> dict[str, int]:
    from django.conf import settings

    from gangmu.ledger import keys, queries, receipts, stored
    from gangmu.ledger.export import KEY_FILE, files
    from gangmu.ledger.verify import verify_export, verify_proof, verify_receipt

    head = stored.head()
    assert head is not None
    content = {path: data for path, data in files(head) if path != KEY_FILE}
    some = queries.facts(queries.FactFilter(), limit=9)[-1]
    proof = queries.proof(some.id)
    assert proof is not None
    content["receipt"] = receipts.text(queries.receipt(some.id)).encode()
    content["proof"] = proof.text.encode()
    log, receipt_key = keys.log_verifier(), keys.receipt_verifier()
    offline = Offline(Path(settings.VAR) / "offline", content, Path(settings.KEYS), proof.entry)

    def holds(changed: dict[str, bytes], name: str) -> bool:
        try:
            if name == "receipt":
                return not verify_receipt(changed[name].decode(), receipt_key, lambda promise: None)
            if name == "proof":
                return not verify_proof(changed[name].decode(), proof.entry, log)
        except UnicodeDecodeError:
            return False
        return verify_export(changed.get, log).holds

    assert all(holds(content, name) and offline.holds(name, data) for name, data in content.items())
    names, missed, offline_missed, offline_tried = sorted(content), 0, 0, 0
    for number in range(count):
        name = random.choice(names)
        data = mutate(content[name], random)
        missed += holds({**content, name: data}, name)
        if number % OFFLINE_EVERY == 0:
            offline_tried += 1
            offline_missed += offline.holds(name, data)
    return {"exports": count, "offline": offline_tried, "export_missed": missed + offline_missed}


def mutate(data: bytes, random: Random) -> bytes:
    """One byte flipped, inserted or deleted."""
    at, how = random.randrange(len(data)), random.randrange(3)
    if how == 0:
        return data[:at] + bytes([data[at] ^ random.randint(1, 255)]) + data[at + 1 :]
    if how == 1:
        return data[:at] + bytes([random.randrange(256)]) + data[at:]
    return data[:at] + data[at + 1 :]


class Offline:
    """The one-file verifier over a folder on disk, one file of it changed at a time."""

    def __init__(self, folder: Path, content: dict[str, bytes], keys: Path, entry: bytes) -> None:
        from gangmu.ledger.offline import verify

        self.verify, self.folder, self.content, self.entry = verify, folder, content, folder / "entry"
        self.log = verify.key_from((keys / "log.vkey").read_text())
        self.receipt = verify.key_from((keys / "receipt.vkey").read_text())
        for name, data in {**content, "entry": entry}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)

    def holds(self, name: str, data: bytes) -> bool:
        file = self.folder / name
        file.write_bytes(data)
        try:
            return self._check(name, file)
        finally:
            file.write_bytes(self.content[name])

    def _check(self, name: str, file: Path) -> bool:
        try:
            if name == "receipt":
                self.verify.check_receipt(file, self.receipt)
            elif name == "proof":
                self.verify.check_proof(file, self.entry, self.log)
            else:
                self.verify.check_export(self.folder, self.log)
        except (self.verify.Bad, UnicodeDecodeError):
            return False
        return True


# --- the live file ----------------------------------------------------------------------------------------------------
def corrupt_database(random: Random, count: int) -> dict[str, int]:
    from django.conf import settings
    from django.db import connection

    from gangmu.ledger import engine

    engine.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    live = Path(settings.DATABASES["default"]["NAME"])
    original, victim = live.read_bytes(), live.with_name("victim.sqlite3")
    truth, changed, missed, harmless = read_all(live), 0, 0, 0
    connection.settings_dict["NAME"] = str(victim)
    try:
        victim.write_bytes(original)
        assert not is_found(), "the untouched database must hold, or finding things means nothing"
        forget(victim, connection.close)
        for _ in range(count):
            at = random.randrange(len(original))
            victim.write_bytes(original[:at] + bytes([original[at] ^ random.randint(1, 255)]) + original[at + 1 :])
            content_changed = read_all(victim) != truth
            changed += content_changed
            found = content_changed and is_found()
            harmless += not content_changed
            missed += content_changed and not found
            forget(victim, connection.close)
    finally:
        connection.settings_dict["NAME"] = str(live)
    return {"db": count, "db_changed": changed, "db_harmless": harmless, "db_missed": missed}


def read_all(file: Path) -> Any:
    """The oracle: every value of every ledger table by a full scan on a connection of its own, or that it cannot."""
    import sqlite3  # the chosen library bears this name

    from gangmu.ledger.sqlite_library import connect

    try:
        database = connect(f"{file}")
        database.text_factory = bytes
        try:
            return [database.execute(f"SELECT {quoted(table)} FROM {table} NOT INDEXED").fetchall() for table in TABLES]
        finally:
            database.close()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes the damaged schema in its message
        return f"unreadable: {error}"


@cache
def quoted(table: str) -> str:
    """All columns as SQL literals, which shows value and type; when we signed a head is a note of ours, not content."""
    from django.apps import apps

    (model,) = (model for model in apps.get_app_config("ledger").get_models() if model._meta.db_table == table)
    return ", ".join(f"quote({field.column})" for field in model._meta.concrete_fields if field.column != "created")


def is_found() -> bool:
    """Whether `verify log` or `rebuild --check` says that something is wrong."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from gangmu.ledger.rebuild import rebuild
    from gangmu.ledger.verify_log import verify_log

    try:
        if not verify_log(contents=False).holds:  # the cheaper half first; the whole includes it
            return True
        return not verify_log().holds or any(line.drift for line in rebuild(check=True))
    except (DatabaseError, ImproperlyConfigured, ValueError, KeyError, TypeError, UnicodeDecodeError):
        return True


def forget(victim: Path, close: Callable[[], None]) -> None:
    close()
    for ending in ("-wal", "-shm", "-gate", "-journal"):
        victim.with_name(victim.name + ending).unlink(missing_ok=True)
