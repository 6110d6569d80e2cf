"""Serving: tables, the pages, the worker."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading

from gangmu.kernel.problems import Problem, Unusable

THREADS = 3  # of each worker: one more than may be even, so that a worker sees that it is the busier one
WORKERS_MAY_TAKE = 10  # seconds to finish the requests they are in


def migrate(argv: list[str]) -> int:
    """Make or update the tables of the chosen database."""
    from django.core.management import call_command

    parser = argparse.ArgumentParser(prog="gangmu migrate", description="Make or update the tables.")
    parser.add_argument("-v", dest="verbosity", action="count", default=0, help="say each step")
    call_command("migrate", verbosity=parser.parse_args(argv).verbosity, interactive=False)
    return 0


def ensure_tables() -> None:
    """Migrate when a migration has not run yet; a database already at its last step costs one query."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        migrate([])


def port(text: str) -> int:
    """A port as it is written on the command line."""
    if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"端口写 1 到 65535 的整数。 A port is a whole number from 1 to 65535, not {text}."
    )


def address_of(host: str, port: int) -> str:
    """The address to listen at. Raises Unusable where nothing can: the server itself would share a taken port."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a server just ended left is no hindrance
            probe.bind(place)
    except OSError as error:
        why = error.strerror
        message = f"在 {host} 的端口 {port} 上开不了服务（{why}）；换一个端口，或看看地址是不是本机的。"
        english = (
            f"Nothing can listen at {host} port {port} ({why}): choose another port, or an address of this machine."
        )
        raise Unusable(Problem("port.taken", message, english, where="--port")) from error
    return str(place[0])


def serve(argv: list[str]) -> int:
    """Serve the pages with granian until stopped."""
    parser = argparse.ArgumentParser(prog="gangmu serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args(argv)
    if chosen.workers < 1:
        parser.error("--workers：至少一个。 At least one worker serves.")
    listen(address_of(chosen.host, chosen.port), chosen.port, chosen.workers)
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
    from gangmu.imports import jobs
    from gangmu.indicators import mart
    from gangmu.ledger import sequencer
    from gangmu.reminders import sending

    reminding: sending.Running | None = None
    running: list[subprocess.Popen[bytes] | None] = [None]  # who works on sheets that wait, a process of its own

    def also() -> None:
        nonlocal reminding
        mart.seal_when_due()
        running[0] = jobs.start_beside(running[0])
        reminding = sending.start_beside(reminding)
        if beside not in (None, os.getppid()):
            stop.set()

    sequencer.run_forever(stop, also)
    mart.seal_when_due()  # what was numbered last
    if running[0] is not None and running[0].poll() is None:
        running[0].terminate()  # all or nothing: what it was recording is not recorded, and is taken up again later
        running[0].wait()
    if reminding is not None:
        reminding.process.wait()  # what was sent is on record before the worker ends
