"""Recording over HTTP through granian, beside a bare one-row POST to the same server."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time

from bench.__main__ import emit
from bench.scene import ENGINES, database, secretary
from bench.timing import RUNS, at_once, seconds

REQUESTS = 200
CLIENTS = 4
GRANIAN = [sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi"]
GRANIAN += ["--workers", "2", "--blocking-threads", "2", "--no-log"]


def main(seed: int) -> None:
    for engine in ENGINES:
        subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.post", str(seed), engine], check=True)


def measure(seed: int, engine: str) -> None:
    with database(engine):
        from django.db import connection, connections

        by, org = secretary()
        kind = {"sqlite": "id integer PRIMARY KEY, bytes blob", "postgres": "id bigserial PRIMARY KEY, bytes bytea"}
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_bare ({kind[engine]})")
        connections.close_all()
        said = {
            "account": by.account,  # type: ignore[attr-defined]
            "org": org,
            "kind": "activity.held",
            "body": {"tags": ["members_meeting"], "present": 21, "expected": 24},
            "subject": "上半年工作小结，议定三件事，各有专人和时限。",
        }
        port = free_port()
        server = subprocess.Popen(
            [*GRANIAN, "--port", str(port), "bench.post_app:application"],
            env={**os.environ},
        )
        try:
            wait_for(port)
            post_all(port, "/record", said, "warm")
            post_all(port, "/bare", said, "warm")
            pairs = [
                (
                    seconds(lambda n=n: post_all(port, "/record", said, f"r{n}")),
                    seconds(lambda n=n: post_all(port, "/bare", said, f"b{n}")),
                )
                for n in range(RUNS)
            ]
        finally:
            server.terminate()
            server.wait(timeout=20)
        figures: dict[str, object] = {
            "facts_per_second": round(REQUESTS / statistics.median(ours for ours, _ in pairs)),
            "bare_posts_per_second": round(REQUESTS / statistics.median(bare for _, bare in pairs)),
            "ratio": round(statistics.median(bare / ours for ours, bare in pairs), 3),
        }
        emit(f"post.{engine}", seed, figures, requests=REQUESTS, clients=CLIENTS)


def post_all(port: int, path: str, said: dict[str, object], run: str) -> None:
    """REQUESTS posts by CLIENTS clients, each keeping its connection."""
    failures: list[int] = []

    def one(client: int) -> None:
        to = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(REQUESTS // CLIENTS):
            body = json.dumps({**said, "idem": f"{run}/{client}/{number}"}).encode()
            to.request("POST", path, body)
            answer = to.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(answer.status)
        to.close()

    at_once(CLIENTS, one)
    if failures:
        raise SystemExit(f"{path}: {len(failures)} of {REQUESTS} posts failed, first with {failures[0]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    measure(int(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 2 else main(int(sys.argv[1]))
