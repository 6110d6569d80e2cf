"""The demo's own city, at a fraction of its size, loaded and served by processes as `run.py demo` would."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gangmu.cli.demo import wait_for

ROOT = Path(__file__).resolve().parents[2]
LOAD = """
import django
django.setup()
from gangmu.cli.city import command
from gangmu.cli.city.plan import Size
from gangmu.cli.serve import ensure_tables
ensure_tables()
command.load_city(Size.scaled(0.03), quiet=True)
"""


def unused_port() -> int:
    """A port that the system gives nobody else for now: the one that `run.py demo` begins at may be another test's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server that shows the city; it and its files are gone afterwards."""
    own = {
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        "GANGMU_VAR": str(folder),
        "GANGMU_KEYS": str(folder / "keys"),
        "GANGMU_SAMPLES": str(ROOT / "speeches"),
        "PYTHONPATH": str(ROOT),
    }
    env = {**os.environ, **own}
    subprocess.run([sys.executable, "-c", LOAD], env=env, cwd=folder, check=True)
    port = unused_port()
    serve = [sys.executable, "-m", "gangmu.cli.main", "serve", "--workers", "1", "--port", str(port)]
    child = subprocess.Popen(serve, env=env, cwd=folder)
    try:
        wait_for(port, child)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(timeout=20)
