"""Handing in a sheet as the pages do, step by step."""

from collections.abc import Sequence

from gangmu.imports import actions, jobs, queries
from gangmu.imports.queries import Sheet
from gangmu.kernel.scope import Actor
from gangmu.reading.grid import Grid
from gangmu.reading.table_files import pasted_table

ROLL = "姓名\t性别\t出生年月\t学历\t联系电话\t所在支部\t入党时间\t类别"
FIXED = {"how": "admitted", "stage": "full"}


def table(*lines: str, head: str = ROLL) -> Grid:
    """A sheet of these lines under its headings."""
    return pasted_table("\n".join([head, *lines]))


def handed_in(by: Actor, grid: Grid | Sequence[Grid], sheet: str = "members", **fixed: str) -> str:
    """Keep a sheet; returns its id."""
    grids = [grid] if isinstance(grid, Grid) else list(grid)
    return actions.keep("名册.xlsx", grids, sheet, [], fixed={**(FIXED if sheet == "members" else {}), **fixed}, by=by)


def checked(by: Actor, one: str) -> Sheet:
    """Take the columns as proposed and have every row checked."""
    aim = queries.sheet(one, by.account).said.aim
    actions.ask_for_check(one, aim.columns, aim.fixed, by=by)
    jobs.start(one)
    return queries.sheet(one, by.account)


def recorded(by: Actor, one: str) -> Sheet:
    """Confirm what was shown."""
    actions.ask_for_recording(one, queries.sheet(one, by.account).right, by=by)
    jobs.start(one)
    return queries.sheet(one, by.account)


def sentences(found: Sheet) -> list[str]:
    """Everything that is wrong, in the order of the rows."""
    return [problem.message for _, problems in sorted(found.said.wrong.items()) for problem in problems]
