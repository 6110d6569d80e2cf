"""Serving: tables, the pages, the worker."""

import argparse
import os
import signal
import subprocess
import sys
import threading

THREADS = 3  # of each worker: one more than may be even, so that a worker sees that it is the busier one
WORKERS_MAY_TAKE = 10  # seconds to finish the requests they are in


def migrate(argv: list[str]) -> int:
    """Make or update the tables of the chosen database."""
    from django.core.management import call_command

    call_command("migrate", verbosity=int("-v" in argv), interactive=False)
    return 0


def ensure_tables() -> None:
    """Migrate when a migration has not run yet; a database already at its last step costs one query."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        migrate([])


def serve(argv: list[str]) -> int:
    """Serve the pages with granian until stopped."""
    parser = argparse.ArgumentParser(prog="gangmu serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args(argv)
    listen(chosen.host, chosen.port, chosen.workers)
    return 0


def listen(host: str, port: int, workers: int = 2) -> None:
    """Run the server in this process's group; with GANGMU_INLINE_SEQUENCER a worker keeps the log beside it.

    The server forks its workers, so nothing may be open or half-imported here when it does: connections are closed
    and the log's keeper is a process, not a thread.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from granian.constants import Interfaces
    from granian.server import Server

    from gangmu.pages import balance  # noqa: F401 - what the workers share must be there before they are forked

    call_command("check", stdout=sys.stderr)
    connections.close_all()
    keeper = _keeper() if settings.INLINE_SEQUENCER else None
    server = Server(
        "gangmu.wiring.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=WORKERS_MAY_TAKE,
    )
    try:
        server.serve()
    finally:
        if keeper is not None:
            keeper.terminate()
            keeper.wait(timeout=WORKERS_MAY_TAKE)


def _keeper() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "gangmu.cli.main", "worker", "--beside", str(os.getpid())])


def worker(argv: list[str]) -> int:
    """Number waiting facts and seal segments until asked to stop; what was begun is finished first."""
    parser = argparse.ArgumentParser(prog="gangmu worker")
    parser.add_argument("--beside", type=int, metavar="PID", help="stop when this process, the parent, is gone")
    chosen = parser.parse_args(argv)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    keep(stop, beside=chosen.beside)
    return 0


def keep(stop: threading.Event, *, beside: int | None = None) -> None:
    """The worker's loop: the sequencer's turn, then the mart's, until the process `beside` it is gone."""
    from gangmu.indicators import mart
    from gangmu.ledger import sequencer

    def also() -> None:
        mart.seal_when_due()
        if beside not in (None, os.getppid()):
            stop.set()

    sequencer.run_forever(stop, also)
