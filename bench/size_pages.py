"""Pages of a city of many facts over HTTP: units of every level alike, four clients, nothing cached; and staleness.

The same server then hands out the facts behind a figure as files: reading a record of millions is done once.
"""

import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from bench import size_export
from bench.pages import CLIENTS, during, fetch_all, opening, served, signed_in
from bench.size_served import say, serving, value
from bench.timing import RUNS, percentile

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "200"))
TARGETS = {"figure": 150, "organisation": 100}  # p95 in milliseconds
RECORDS = 5
WARM_AT_MOST = int(os.environ.get("BENCH_WARM", "6"))  # rounds over all indicators, until one is quick enough


def main(seed: int) -> None:
    import django

    django.setup()
    from gangmu.catalog.current import catalog
    from gangmu.cli.synth.build import PASSWORD
    from gangmu.cli.synth.forest import READER
    from gangmu.indicators.commands import everything
    from gangmu.orgs.queries import tree

    nodes = tree(everything().day).nodes
    addresses = asked(random.Random(seed), nodes, list(catalog().indicators))
    root, branch = nodes[0].org, next(node.org for node in nodes if node.kind == "branch")
    started = time.perf_counter()
    with served(dict(os.environ)) as port:
        cookie = signed_in(port, (READER, PASSWORD))
        warm(port, cookie, [f"/figures/{root}/{quote(key)}" for key in catalog().indicators], root)
        say("size.warm", seconds=round(time.perf_counter() - started))
        for name, every in addresses.items():
            measure(name, port, cookie, every)
        stale(port, cookie, str(root), str(branch))
        size_export.measure(port, cookie, str(root))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    say("size.memory", server_worker_max_rss_mb=most, workers=2)


def asked(dice: random.Random, nodes: Sequence[object], keys: list[str]) -> dict[str, list[str]]:
    """Addresses of figures and of organisations: every level as often as any other."""
    levels: dict[int, list[str]] = {}
    for node in nodes:
        levels.setdefault(node.level, []).append(str(node.org))  # type: ignore[attr-defined]
    count = REQUESTS * RUNS
    units = [dice.choice(levels[1 + number % len(levels)]) for number in range(count)]
    return {
        "figure": [f"/figures/{unit}/{quote(dice.choice(keys))}?{during(dice)}" for unit in units],
        "organisation": [f"/units/{unit}{opening(dice)}" for unit in units],
    }


def warm(port: int, cookie: str, addresses: list[str], root: str) -> None:
    """Ask for everything until both workers have read the record and know every indicator."""
    for _ in range(WARM_AT_MOST):
        times, _whole = fetch_all(port, cookie, [*addresses, *[f"/units/{root}"] * CLIENTS])
        if percentile(times, 0.95) < TARGETS["figure"] / 1000:
            return


def measure(name: str, port: int, cookie: str, addresses: Sequence[str]) -> None:
    before = cpu_seconds(port)
    runs = [fetch_all(port, cookie, addresses[n * REQUESTS : (n + 1) * REQUESTS]) for n in range(RUNS)]
    spent = 1000 * (cpu_seconds(port) - before) / (RUNS * REQUESTS)
    p50, p95 = (1000 * statistics.median(percentile(times, share) for times, _ in runs) for share in (0.5, 0.95))
    say(f"size.pages.{name}", p50_ms=round(p50, 1), p95_ms=round(p95, 1), target_p95_ms=TARGETS[name],
        met=p95 <= TARGETS[name], cpu_ms_a_page=round(spent, 1), machine_load=round(os.getloadavg()[0], 1),
        requests=REQUESTS, clients=CLIENTS, workers=2, threads=3)  # fmt: skip


def cpu_seconds(port: int) -> float:
    """Processor time of the server so far: on a machine that others use too, it says what a page really costs."""
    times = ((one / "stat").read_text().rpartition(")")[2].split()[11:13] for one in serving(port))
    ticks = sum(int(user) + int(system) for user, system in times)
    return ticks / os.sysconf("SC_CLK_TCK")


def stale(port: int, cookie: str, root: str, branch: str) -> None:
    """Record facts one by one; each has to be in the figure of the whole city that is asked for next."""
    missing, times = 0, []
    address = f"/figures/{root}/activity.sessions?from=2025-01-01&to=2025-12-31"
    before = value(port, cookie, address)
    for number in range(RECORDS):
        record(branch, f"bench-{time.time_ns()}-{number}")
        started = time.perf_counter()
        missing += value(port, cookie, address) != before + number + 1
        times.append(time.perf_counter() - started)
    say("size.staleness", recorded=RECORDS, missing_from_the_next_figure=missing, target=0, met=missing == 0,
        next_figure_ms=round(1000 * statistics.median(times), 1))  # fmt: skip


def record(branch: str, idem: str) -> None:
    from gangmu.cli.synth.forest import CLERK
    from gangmu.kernel import clock
    from gangmu.kernel.ids import OrgId
    from gangmu.orgs.scope import actor
    from gangmu.people.queries import account_named
    from gangmu.records.actions import record_many
    from gangmu.records.entries import Entry

    by = actor(account_named(CLERK), clock.today())
    moment = clock.local_moment(date(2025, 6, 2), hour=9)
    said = {"tags": ["lecture"], "present": 9, "late_reason": "batch"}
    record_many([Entry("activity.held", OrgId(branch), moment, idem, said)], by=by)


if __name__ == "__main__":
    main(int(sys.argv[1]))
