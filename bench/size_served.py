"""What the parts of the size bench that ask a server share: its processes, a figure as its page shows it, a line."""

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bench.pages import PATIENCE

DIGITS = re.compile(r"[\d,]+")
FIGURE = re.compile(r'class="gm-hero-v num">([^<]*)<')


def serving(port: int) -> Iterator[Path]:
    """The entries in /proc of the processes that were started to serve this port."""
    for process in Path("/proc").iterdir():
        with suppress(OSError):  # it has just ended
            if process.name.isdigit() and str(port).encode() in (process / "cmdline").read_bytes().split(b"\0"):
                yield process


def value(port: int, cookie: str, address: str) -> int:
    """The figure as its page shows it."""
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    to.request("GET", address, headers={"Cookie": cookie})
    page = to.getresponse().read().decode()
    shown = FIGURE.search(page)
    digits = DIGITS.search(shown[1]) if shown else None
    if digits is None:
        raise SystemExit("the page of a figure shows no figure")
    return int(digits[0].replace(",", ""))


def say(name: str, **figures: object) -> None:
    print(json.dumps({"bench": name, **figures}), flush=True)
