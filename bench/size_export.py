"""The facts behind a figure as files: many rows, streamed while they are sent, the same as on the screen."""

import http.client
import os
import re
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from bench.pages import PATIENCE
from bench.size_served import say, serving, value

ROWS = int(os.environ.get("BENCH_EXPORT_ROWS", "1000000"))
KEY = "activity.sessions"
SHOWN = re.compile(r'href="/facts/([0-9a-f]{32})"')
CHUNK = 1 << 20
GREW_AT_MOST = 64  # megabytes: a million rows take more than a hundred


def measure(port: int, cookie: str, root: str) -> None:
    """Both files of the facts behind the figure of the whole, from a server that has read the record."""
    address = f"/figures/{root}/{KEY}"
    counts = {period: value(port, cookie, f"{address}?{period}") for period in periods()}
    plain(port, cookie, address, counts)
    workbook(port, cookie, address, counts)


def periods() -> list[str]:
    """Spans that end with 2025, the shortest first: of half months, then of two years."""
    starts = [f"2025-{month:02d}-{day}" for month in range(12, 0, -1) for day in ("16", "01")]
    return [f"from={first}&to=2025-12-31" for first in (*starts, "2024-01-01")]


def plain(port: int, cookie: str, address: str, counts: dict[str, int]) -> None:
    """As CSV, over the shortest time that holds as many rows as wanted, or over all there is."""
    enough = [one for one, rows in counts.items() if rows >= ROWS]
    period = enough[0] if enough else max(counts, key=lambda one: counts[one])
    screen = answer(port, cookie, f"{address}?{period}").read().decode()
    shown = [one for one in fetched(port, cookie, f"{address}/csv?{period}&page=1").splitlines()[1:] if one]
    with memory_of(port) as held:
        rows, seconds, first = streamed(port, cookie, f"{address}/csv?{period}", len(shown))
    equal = first == shown and len(shown) == len(set(SHOWN.findall(screen))) and rows == counts[period]
    say("size.export", rows=rows, wanted=ROWS, met=rows >= ROWS and equal and constant(held),
        equals_the_screen=equal, **cost(rows, seconds, held))  # fmt: skip
    if not equal:
        raise SystemExit("the exported rows are not those of the screen")


def workbook(port: int, cookie: str, address: str, counts: dict[str, int]) -> None:
    """The same as .xlsx, over the longest time whose rows one sheet holds."""
    period = max((one for one in counts if counts[one] <= ROWS), key=lambda one: counts[one])
    with tempfile.TemporaryFile() as whole, tempfile.TemporaryFile() as first:
        keep(answer(port, cookie, f"{address}/csv?{period}&page=1&as=xlsx"), first)
        _count, shown = rows_of(first, 0)
        with memory_of(port) as held:
            started = time.perf_counter()
            keep(answer(port, cookie, f"{address}/csv?{period}&as=xlsx"), whole)
            seconds = time.perf_counter() - started
        rows, begun = rows_of(whole, len(shown))
    equal = begun == shown and rows == counts[period]
    say("size.export.xlsx", rows=rows, met=equal and constant(held), equals_the_screen=equal,
        **cost(rows, seconds, held))  # fmt: skip
    if not equal:
        raise SystemExit("the rows of the workbook are not those of the screen")


def constant(held: list[int]) -> bool:
    """Whether the server's memory stayed as it was: far less was added than the rows take."""
    return max(held) - held[0] <= GREW_AT_MOST


def cost(rows: int, seconds: float, held: list[int]) -> dict[str, object]:
    return {"seconds": round(seconds, 1), "rows_per_second": round(rows / seconds), "server_before_mb": held[0],
            "server_grew_mb": max(held) - held[0], "target_grew_mb": GREW_AT_MOST}  # fmt: skip


def keep(found: http.client.HTTPResponse, file: IO[bytes]) -> None:
    while some := found.read(CHUNK):
        file.write(some)


def rows_of(file: IO[bytes], most: int) -> tuple[int, list[bytes]]:
    """How many rows stand under the heading of the sheet, and the first `most` of them (0: all), as written."""
    count, begun, rest = -1, list[bytes](), b""
    with zipfile.ZipFile(file).open("xl/worksheets/sheet1.xml") as sheet:
        while some := sheet.read(CHUNK):
            *whole, rest = (rest + some).split(b"</row>")
            begun += whole[: most + 1 - len(begun)] if most else whole
            count += len(whole)
    return count, [one[one.index(b"<c ") :] for one in begun[1:]]


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
    """The memory of the server, in megabytes: at the start, and whenever looked at while it works."""
    stop, held = threading.Event(), [resident(port)]

    def watch() -> None:
        while not stop.wait(0.2):
            held.append(resident(port))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield held
    finally:
        stop.set()
        watcher.join()


def resident(port: int) -> int:
    """Resident megabytes of all processes that were started to serve this port."""
    pages = (int((one / "statm").read_text().split()[1]) for one in serving(port))
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") >> 20
