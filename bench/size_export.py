"""The facts behind a figure as a file: many rows, streamed while they are sent, the same as on the screen."""

import http.client
import json
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.pages import PATIENCE, served, signed_in

ROWS = int(os.environ.get("BENCH_EXPORT_ROWS", "1000000"))
PERIOD = "from=2024-01-01&to=2025-12-31"
KEY = "activity.sessions"
SHOWN = re.compile(r'href="/facts/([0-9a-f]{32})"')
CHUNK = 1 << 20


def main() -> None:
    import django

    django.setup()
    from gangmu.cli.synth.build import PASSWORD
    from gangmu.cli.synth.forest import READER
    from gangmu.indicators.commands import everything
    from gangmu.orgs.queries import tree

    root = tree(everything().day).nodes[0].org
    with served(dict(os.environ), workers=1) as port:
        cookie = signed_in(port, (READER, PASSWORD))
        address = f"/figures/{root}/{KEY}"
        screen = answer(port, cookie, f"{address}?{PERIOD}").read().decode()
        shown = [one for one in fetched(port, cookie, f"{address}/csv?{PERIOD}&page=1").splitlines()[1:] if one]
        with memory_of(port) as held:
            rows, seconds, first = streamed(port, cookie, f"{address}/csv?{PERIOD}", len(shown))
        equal = first == shown and len(shown) == len(set(SHOWN.findall(screen)))
        figures = {"rows": rows, "wanted": ROWS, "met": rows >= ROWS and equal, "equals_the_screen": equal}
        say(**figures, seconds=round(seconds, 1), rows_per_second=round(rows / seconds), server_before_mb=held[0],
            server_grew_mb=max(held) - held[0])  # fmt: skip
    if not equal:
        raise SystemExit("the exported rows are not those of the screen")


def answer(port: int, cookie: str, address: str) -> http.client.HTTPResponse:
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    to.request("GET", address, headers={"Cookie": cookie})
    found = to.getresponse()
    if found.status != 200:
        raise SystemExit(f"{address} answered {found.status}")
    return found


def fetched(port: int, cookie: str, address: str) -> bytes:
    return answer(port, cookie, address).read()


def streamed(port: int, cookie: str, address: str, keep: int) -> tuple[int, float, list[bytes]]:
    """How many rows came, how long it took, and the first of them; nothing else is kept."""
    started, count, head = time.perf_counter(), 0, b""
    found = answer(port, cookie, address)
    while some := found.read(CHUNK):
        count += some.count(b"\n")
        head = head if head.count(b"\n") > keep else head + some
    return count - 1, time.perf_counter() - started, head.splitlines()[1 : keep + 1]


@contextmanager
def memory_of(port: int) -> Iterator[list[int]]:
    """The memory of the server's largest process, in megabytes: at the start, and at its highest while it works."""
    stop, held = threading.Event(), [largest(port)]

    def watch() -> None:
        while not stop.wait(0.2):
            held.append(largest(port))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield held
    finally:
        stop.set()
        watcher.join()


def largest(port: int) -> int:
    """Resident megabytes of the largest process that was started to serve this port."""
    found = [0]
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and str(port).encode() in (process / "cmdline").read_bytes().split(b"\0"):
                pages = int((process / "statm").read_text().split()[1])
                found.append(pages * os.sysconf("SC_PAGE_SIZE") >> 20)
        except OSError:  # it has just ended
            continue
    return max(found)


def say(**figures: object) -> None:
    print(json.dumps({"bench": "size.export", **figures}), flush=True)


if __name__ == "__main__":
    main()
