"""Commands in a process of their own that need not import everything anew.

A server that has imported what the commands stand on, but neither the settings nor our own code that reads them, forks
a child for each call: its arguments, folder, environment and streams are its own, as is how it ends. How Python itself
starts (its locale, its streams, what it imports) is not seen this way: who tests that calls Python as ever.
"""

import atexit
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300.0
STREAMS = 3
# what takes long to import and reads no environment of ours
HEAVY = (
    "gangmu.ledger.sqlite_library", "django.core.management", "django.contrib.auth.hashers", "django.db.models",
    "django.http", "django.template", "django.test.client", "jinja2", "pydantic", "duckdb", "ibis",
    "pyarrow.parquet", "cryptography.hazmat.primitives.asymmetric.ed25519", "gangmu.catalog.command",
    "gangmu.cli.check_light", "gangmu.cli.light", "gangmu.cli.heavy",
)  # fmt: skip
ORDINARY = "工作总结\n一、成效\n全年受理诉求1233件，其中来访1187件，办结率96.3%，比上年增长5%，共计约3万元。\n"
Done = subprocess.CompletedProcess[bytes]


def call(words: Sequence[str], env: Mapping[str, str], cwd: Path = ROOT, given: bytes = b"") -> Done:
    """What `python -m WORDS` says and how it ends in that environment."""
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        asked = json.dumps({"words": [*words], "env": {**env}, "cwd": str(cwd)}).encode()
        status = _ask(asked, [stdin, stdout, stderr])
        return subprocess.CompletedProcess([*words], status, _said(stdout), _said(stderr))


def _ask(asked: bytes, streams: list[BinaryIO]) -> int:
    server = _server()
    try:
        server.sendall(len(asked).to_bytes(8, "big"))
        socket.send_fds(server, [b"."], [one.fileno() for one in streams])
        server.sendall(asked)
        return int.from_bytes(_exactly(server, 4), "big", signed=True)
    except (OSError, EOFError) as error:
        raise RuntimeError("the server of warm processes has ended: why is on its standard error, above") from error


def _said(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read()


@cache
def _server() -> socket.socket:
    """The server of this process, started when first asked; it ends when its socket is closed."""
    ours, its = socket.socketpair()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C", "TMPDIR": tempfile.gettempdir()}
    command = [sys.executable, "-m", "tests.warm", str(its.fileno())]
    child = subprocess.Popen(command, env=env, cwd=ROOT, pass_fds=[its.fileno()])
    its.close()
    ours.settimeout(PATIENCE)
    atexit.register(_end, child, ours)
    return ours


def _end(child: "subprocess.Popen[bytes]", ours: socket.socket) -> None:
    ours.close()
    child.wait(timeout=20)


def _exactly(connection: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = connection.recv(size - len(found))
        if not more:
            raise EOFError
        found += more
    return found


# --- the server -------------------------------------------------------------------------------------------------------
def serve(connection: socket.socket) -> None:
    """Fork a child for each call until nobody asks any more."""
    warm_up()
    while True:
        try:
            size = int.from_bytes(_exactly(connection, 8), "big")
        except EOFError:
            return
        streams = socket.recv_fds(connection, 1, STREAMS)[1]
        asked = json.loads(_exactly(connection, size))
        child = os.fork()
        if child == 0:
            connection.close()
            _become(asked, streams)
        for one in streams:
            os.close(one)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        connection.sendall(status.to_bytes(4, "big", signed=True))


def warm_up() -> None:
    """Import, read one document and the catalog of the checkout: patterns are compiled when they are first asked for."""
    for name in HEAVY:
        import_module(name)
    from gangmu.catalog.current import catalog
    from gangmu.cli.check_light import as_report
    from gangmu.reading.read import read_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(ORDINARY, "utf-8")
        as_report(read_file(path).source)
    catalog()


def _become(asked: dict[str, object], streams: list[int]) -> None:
    """Be `python -m WORDS`, from its environment to its end."""
    status = 1
    try:
        _stand(asked, streams)
        status = _ended()
    except BaseException:
        traceback.print_exc()
    finally:
        threading._shutdown()  # type: ignore[attr-defined]  # what the interpreter does at its end, in its order
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def _stand(asked: dict[str, object], streams: list[int]) -> None:
    words, env = asked["words"], asked["env"]
    assert isinstance(words, list)
    assert isinstance(env, dict)
    from gangmu.catalog import current

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    tempfile.tempdir = None
    if env.get(current.EXTRA):
        current.catalog.cache_clear()
    os.chdir(str(asked["cwd"]))
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115 - open to the end
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv[:] = words


def _ended() -> int:
    """Run the module and tell the status that its end means."""
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
