"""A list of a million rows as .xlsx: rows a second, how far memory grows, what a reader of the format finds in it."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.parsers import expat

from bench.__main__ import ROOT, emit

ROWS = int(os.environ.get("BENCH_WORKBOOK_ROWS", "1000000"))
TENTH = ROWS // 10
MOST_GROWTH = 8.0  # megabytes that ten times the rows may take more
HEADER = ("单位", "编号", "数", "办结率", "日期", "收到", "备注")
START = datetime(2025, 1, 1, tzinfo=UTC)
NUMBERS = 4  # of the columns: two numbers, a day, a moment


def main(seed: int) -> None:
    """Write a tenth and the whole, each in a process of its own, and look at the whole."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        small, whole = measured(TENTH, file), measured(ROWS, file)
        found = looked_at(file)
        grew = round(whole["peak_mb"] - small["peak_mb"], 1)
        wanted = {
            "rows": ROWS + 1,
            "formulas": 0,
            "numbers": NUMBERS * ROWS,
            "texts": (len(HEADER) - NUMBERS) * ROWS + 7,
        }
        met = found == wanted and grew <= MOST_GROWTH
        figures = {"rows_per_second": round(ROWS / whole["seconds"]), "file_mb": round(file.stat().st_size / 2**20, 1)}
        memory = {"peak_mb_at_a_tenth": small["peak_mb"], "peak_mb": whole["peak_mb"], "grew_mb": grew}
        emit("workbook", seed, {**figures, **memory, **found, "target_grew_mb": MOST_GROWTH, "met": met}, asked=ROWS)
    if not met:
        raise SystemExit(1)


def measured(rows: int, file: Path) -> dict[str, float]:
    """What one writing of so many rows told of itself."""
    command = [sys.executable, "-m", "bench.workbook", "write", str(rows), str(file)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def write(rows: int, file: Path) -> None:
    """Send the list into a file as a server sends it into a connection; print how long it took and the memory held."""
    from gangmu.pages.xlsx_export import xlsx_bytes

    started = time.perf_counter()
    with file.open("wb") as out:
        for piece in xlsx_bytes(HEADER, listed(rows)):
            out.write(piece)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.perf_counter() - started, "peak_mb": round(peak, 1)}))


def listed(rows: int) -> Iterator[tuple[str, str, int, Decimal, date, datetime, str]]:
    """Rows as lists have them: words, numbers, days, moments, and words that a spreadsheet could take for a formula."""
    for number in range(rows):
        at = START + timedelta(minutes=number)
        share = Decimal(number % 1000) / 10
        yield f"第{number % 5000}村", f"{number:08d}", number, share, at.date(), at, f"=1+{number}"


def looked_at(file: Path) -> dict[str, int]:
    """Rows, cells of each kind and formulas, counted by a reader that knows nothing of the writer."""
    counts = {"rows": 0, "formulas": 0, "numbers": 0, "texts": 0}

    def begin(name: str, said: dict[str, str]) -> None:
        if name == "row":
            counts["rows"] += 1
        elif name == "f":
            counts["formulas"] += 1
        elif name == "c":
            counts["texts" if said.get("t") == "inlineStr" else "numbers"] += 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    with zipfile.ZipFile(file) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
        parser.ParseFile(sheet)
    return counts


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]))
