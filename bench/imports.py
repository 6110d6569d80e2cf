"""A workbook of 100,000 people, four sealed fields each and 3 % of the rows wrong: handed in, checked, recorded.

Through the very steps of the pages and the worker, with progress noted on the way; what is recorded is counted again.
"""

import io
import os
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.__main__ import emit
from bench.scene import database, secretary

ROWS = int(os.environ.get("BENCH_IMPORT_ROWS", "100000"))
WRONG = 0.03
TARGET_SECONDS = 120.0
HEADER = ("姓名", "性别", "出生年月", "联系电话")  # with the branch for the whole sheet
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "安波超丹恩芳刚浩洁静磊敏娜鹏倩然涛伟霞燕"


def main(seed: int) -> None:
    """Measure each step, print one line, and fail where the target is missed or a row got lost."""
    with database(os.environ.get("BENCH_IMPORT_ENGINE", "sqlite")):
        figures = measured(seed)
    met = figures["seconds"] <= TARGET_SECONDS and figures["whole"]
    emit("imports", seed, {**figures, "target_seconds": TARGET_SECONDS, "met": met}, rows=ROWS, wrong_share=WRONG)
    if not met:
        raise SystemExit(1)


def measured(seed: int) -> dict[str, Any]:
    """Seconds on the clock and of the processor for each step, memory, and whether every row is accounted for."""
    from gangmu.imports import actions, jobs, queries
    from gangmu.ledger.queries import FactFilter, count
    from gangmu.orgs.queries import tree
    from gangmu.reading.table_files import tables_in

    by, org = secretary()
    node = tree(by.scope.day).get(org)  # type: ignore[attr-defined, arg-type]
    data, wrong = workbook(seed)
    steps: dict[str, float] = {}
    seen: list[tuple[int, int]] = []
    watched(seen)
    grids, _ = timed(steps, "read", lambda: tables_in("花名册.xlsx", data))
    fixed = {"unit": f"{node.name} {node.code}"}  # type: ignore[union-attr]
    one = timed(steps, "keep", lambda: actions.keep("花名册.xlsx", grids, "persons", [], fixed=fixed, by=by))  # type: ignore[arg-type]
    aim = queries.sheet(one, by.account).said.aim  # type: ignore[attr-defined]
    actions.ask_for_check(one, aim.columns, aim.fixed, by=by)  # type: ignore[arg-type]
    timed(steps, "check", jobs.run_waiting)
    found = queries.sheet(one, by.account)  # type: ignore[attr-defined]
    actions.ask_for_recording(one, found.right, by=by)  # type: ignore[arg-type]
    timed(steps, "record", jobs.run_waiting)
    done = queries.sheet(one, by.account)  # type: ignore[attr-defined]
    recorded = count(FactFilter(kinds=frozenset({"person.recorded"})))
    return {
        "seconds": round(sum(value for key, value in steps.items() if key.endswith("_s")), 1), **steps,
        "right": found.right, "wrong": found.wrong, "recorded": recorded, "notes_of_progress": len(seen),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "whole": done.state == "done" and found.wrong == wrong and recorded == ROWS - wrong,
    }  # fmt: skip


def timed(steps: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    """Do it, and note its seconds by the clock and of the processor, the reader's child with it."""
    clock, busy = time.perf_counter(), processor()
    found = work()
    steps[f"{name}_s"] = round(time.perf_counter() - clock, 2)
    steps[f"{name}_cpu"] = round(processor() - busy, 2)
    return found


def processor() -> float:
    """Processor seconds of this process and of those it has waited for."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in told)


def watched(seen: list[tuple[int, int]]) -> None:
    """Note every step of progress that somebody who waits would see."""
    from gangmu.imports import progress

    write = progress._write

    def noted(file: Path, text: str) -> None:
        done, total = text.split()
        seen.append((int(done), int(total)))
        write(file, text)

    progress._write = noted


def workbook(seed: int) -> tuple[bytes, int]:
    """The workbook and how many of its rows are wrong: a month that is none, a sex that is none, no name."""
    from gangmu.pages.xlsx_export import xlsx_bytes

    pick = random.Random(seed)
    places = set(pick.sample(range(ROWS), round(ROWS * WRONG)))
    data = b"".join(xlsx_bytes(HEADER, people(pick, places)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    return data, len(places)


def people(pick: random.Random, wrong: set[int]) -> Iterator[tuple[str, ...]]:
    """The rows; no two are one person."""
    for number in range(ROWS):
        month = f"{1940 + number % 66}年{pick.randrange(1, 13)}月"
        name = pick.choice(SURNAMES) + "".join(pick.choices(GIVEN, k=2)) + chr(0x4E00 + number // 2000)
        row = [name + chr(0x5E00 + number % 2000), pick.choice("男女"), month, f"138{number:08d}"]
        if number in wrong:
            place = number % 3
            row[place] = ("", "不详", "1986年13月")[place]
        yield tuple(row)


if __name__ == "__main__":
    main(int(sys.argv[1]))
