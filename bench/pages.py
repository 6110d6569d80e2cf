"""Pages of the demo city over HTTP: another unit and another indicator every request, four clients, nothing cached."""

import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.__main__ import emit
from bench.post import free_port, wait_for
from bench.timing import RUNS, at_once, percentile

REQUESTS = 400
CLIENTS = 4
PATIENCE = 1800  # seconds: a server that has just begun reads a large record first
ENDS_WITHIN = 60  # seconds, with a request under way
WARM = 80
NAME_ALONE = 0.7  # this share of the organisation pages names no period
TARGETS = {"figure": 80, "organisation": 60}  # p95 in milliseconds
SIGN_IN = ("leader", "qinghe-demo-2025")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PERIODS = (
    ("2025-01-01", "2025-12-31"),
    ("2025-07-01", "2025-12-31"),
    ("2025-04-01", "2025-06-30"),
    ("2025-11-01", "2025-11-30"),
)


def main(seed: int) -> None:
    with city() as environment:
        addresses = asked(seed, environment)
        with served(environment) as port:
            cookie = signed_in(port)
            for name, every in addresses.items():
                measure(seed, name, port, cookie, every)


@contextmanager
def city() -> Iterator[dict[str, str]]:
    """The environment of a demo city of this bench's own, loaded by the ordinary command."""
    with tempfile.TemporaryDirectory(prefix="gangmu-bench-") as folder:
        own = {"GANGMU_VAR": folder, "DATABASE_URL": f"sqlite:///{Path(folder) / 'city.sqlite3'}"}
        environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "gangmu.settings"}
        environment.pop("GANGMU_KEYS", None)
        started = time.monotonic()
        run(LOAD, environment)
        print(f"loaded in {time.monotonic() - started:.0f} s", file=sys.stderr)
        yield environment


LOAD = """
import django
django.setup()
from gangmu.cli.serve import ensure_tables
ensure_tables()
from gangmu.cli.city.command import load
load([])
"""
WORDS = ("unit", "indicator", "chosen")
LIST = """
import django
django.setup()
from datetime import date
from gangmu.catalog.current import catalog
from gangmu.orgs.queries import tree
for node in tree(date(2025, 12, 31)).nodes:
    if node.alive:
        print("unit", node.org)
for key, one in catalog().indicators.items():
    print("indicator", key)
    for family in one.selects:
        for tag in catalog().families[family].tags:
            print("chosen", f"{key}[{tag.key}]")
"""


def run(code: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def asked(seed: int, environment: dict[str, str]) -> dict[str, list[str]]:
    """The addresses of each page, enough for a warm-up and every run, none of them twice."""
    lines = [line.split(" ", 1) for line in run(LIST, environment).splitlines()]
    units, plain, chosen = (
        [value for word, value in lines if word == wanted] for wanted in ("unit", "indicator", "chosen")
    )
    dice, count = random.Random(seed), WARM + RUNS * REQUESTS
    figures: dict[str, None] = {}
    while len(figures) < count:
        key = dice.choice(plain if dice.random() < 0.5 else chosen)
        figures[f"/figures/{dice.choice(units)}/{quote(key)}?{during(dice)}"] = None
    organisations = [f"/units/{unit}{opening(dice)}" for unit in dice.sample(units, min(count, len(units)))]
    return {"figure": list(figures), "organisation": organisations}


def opening(dice: random.Random) -> str:
    """Most people open a unit by its name alone and see its newest period; some have picked another."""
    return "" if dice.random() < NAME_ALONE else f"?{during(dice)}"


def during(dice: random.Random) -> str:
    start, end = dice.choice(PERIODS)
    return urlencode({"from": start, "to": end})


@contextmanager
def served(environment: dict[str, str], workers: int = 2) -> Iterator[int]:
    """The port of the product's own server: workers of three threads."""
    port = free_port()
    words = ("serve", "--port", str(port), "--workers", str(workers))
    command = [sys.executable, "-W", "ignore", "-m", "gangmu.cli.main", *words]
    server = subprocess.Popen(command, env=environment)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def signed_in(port: int, sign_in: tuple[str, str] = SIGN_IN) -> str:
    """The cookies of somebody who may see the whole city."""
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    to.request("GET", "/sign-in")
    page = to.getresponse()
    token, cookies = TOKEN.search(page.read().decode()), jar(page)
    name, password = sign_in
    body = urlencode({"name": name, "password": password, "csrfmiddlewaretoken": token[1] if token else ""})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    to.request("POST", "/sign-in", body, headers)
    answer = to.getresponse()
    if answer.status != 302:
        raise SystemExit(f"signing in answered {answer.status}")
    return jar(answer)


def jar(answer: http.client.HTTPResponse) -> str:
    return "; ".join(cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or ())


def measure(seed: int, name: str, port: int, cookie: str, addresses: Sequence[str]) -> None:
    fetch_all(port, cookie, addresses[:WARM])
    runs = [fetch_all(port, cookie, addresses[WARM + n * REQUESTS : WARM + (n + 1) * REQUESTS]) for n in range(RUNS)]
    p95 = statistics.median(percentile(times, 0.95) for times, _ in runs)
    figures: dict[str, object] = {
        "p50_ms": round(1000 * statistics.median(percentile(times, 0.5) for times, _ in runs), 1),
        "p95_ms": round(1000 * p95, 1),
        "pages_per_second": round(statistics.median(len(times) / whole for times, whole in runs)),
        "target_p95_ms": TARGETS[name],
        "met": 1000 * p95 <= TARGETS[name],
    }
    emit(f"pages.{name}", seed, figures, requests=REQUESTS, clients=CLIENTS, workers=2, threads=3)


def fetch_all(port: int, cookie: str, addresses: Sequence[str]) -> tuple[list[float], float]:
    """How long each page took, and all of them together; every page must answer 200."""
    times: list[float] = []
    failures: list[str] = []

    def one(client: int) -> None:
        to = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        for address in addresses[client::CLIENTS]:
            started = time.perf_counter()
            to.request("GET", address, headers={"Cookie": cookie})
            answer = to.getresponse()
            answer.read()
            times.append(time.perf_counter() - started)
            if answer.status != 200:
                failures.append(f"{answer.status} {address}")

    started = time.perf_counter()
    at_once(CLIENTS, one)
    if failures:
        raise SystemExit(f"{len(failures)} of {len(addresses)} pages failed, first: {failures[0]}")
    return times, time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]))
