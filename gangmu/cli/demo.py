"""`gangmu demo`: the invented city loaded, the pages served, the sign-ins printed; `--smoke` fetches them and stops."""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from gangmu.cli import smoke
from gangmu.cli.serve import port as a_port
from gangmu.kernel.problems import Problem, Unusable

FIRST_PORT = 8000
PORTS = 40
FAREWELL = 20  # seconds it may take to end
PATIENCE = 30  # seconds a server may take to answer first


def demo(argv: list[str]) -> int:
    """Load what is not loaded, then serve until stopped; with --smoke fetch the main pages and print one JSON line.

    `demo load` only loads.
    """
    if argv[:1] == ["load"]:
        from gangmu.cli.city import command as city

        return city.load(argv[1:])
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=a_port)
    parser.add_argument("--smoke", action="store_true")
    chosen = parser.parse_args(argv)
    phases = {"setup": float(os.environ.get("GANGMU_SETUP_SECONDS", "0"))}
    port = free_port(chosen.port)
    from gangmu.cli.city import command as city

    with timed(phases, "load"):
        city.load([])
    if chosen.smoke:
        return smoked(port, phases)
    print(city.sign_ins(f"http://127.0.0.1:{port}/"), flush=True)
    from gangmu.cli.serve import listen

    listen("127.0.0.1", port)
    return 0


def smoked(port: int, phases: dict[str, float]) -> int:
    """Serve from a child, fetch as a signed-in person, stop the child; the last line is one JSON object."""
    from gangmu.cli.city import command as city

    child = subprocess.Popen([sys.executable, "-m", "gangmu.cli.main", "serve", "--port", str(port)])
    try:
        with timed(phases, "start"):
            wait_for(port, child)
        smoke.fetch_all(f"http://127.0.0.1:{port}", city.smoke_visit(), phases)
    except smoke.Failed as failed:
        print(f"demo --smoke: {failed}", file=sys.stderr)
        return 1
    finally:
        ended = stopped(child)
    if not ended:
        print(f"demo --smoke: the server did not end within {FAREWELL} seconds and was killed", file=sys.stderr)
        return 1
    if listening(port):
        print(f"demo --smoke: something still listens on port {port}", file=sys.stderr)
        return 1
    print(json.dumps({"ok": True, "seconds": {name: round(value, 2) for name, value in phases.items()}}))
    return 0


def stopped(child: "subprocess.Popen[bytes]", patience: float = FAREWELL) -> bool:
    """End the child; False when it had to be killed."""
    child.terminate()
    try:
        child.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return False
    return True


@contextmanager
def timed(phases: dict[str, float], name: str) -> Iterator[None]:
    """Note under `name` how long the block took."""
    started = time.monotonic()
    yield
    phases[name] = time.monotonic() - started


def free_port(wanted: int | None) -> int:
    """The wanted port, or the first free one from 8000 on. Raises Unusable when the wanted one is taken."""
    if wanted is not None:
        if listening(wanted):
            message = f"端口 {wanted} 已被占用；换一个，或不写 --port 由程序自己找"
            english = f"port {wanted} is taken: choose another, or leave --port out"
            raise Unusable(Problem("port.taken", message, english, where="--port"))
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        if not listening(port):
            return port
    raise Unusable(Problem("port.taken", "找不到空闲端口，请用 --port 指定", "no free port: name one with --port"))


def listening(port: int) -> bool:
    """Whether anything answers on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    """Return when the server answers. Raises smoke.Failed when it died or stays silent."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if child.poll() is not None:
            raise smoke.Failed(f"the server stopped by itself with status {child.returncode}")
        if listening(port):
            return
        time.sleep(0.05)
    raise smoke.Failed(f"the server did not answer within {PATIENCE} seconds")
