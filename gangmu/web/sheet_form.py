"""The page of a sheet that was handed in: which column is which, its first rows, what is wrong with which row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.imports.checking import layout_of
from gangmu.imports.rules.columns import REGISTRY, Column, SheetKind, proposed, sheet_kind
from gangmu.imports.rules.layout import Layout, runs, skipped_by_why
from gangmu.imports.rules.rows import Aim
from gangmu.kernel.problems import Problem
from gangmu.pages.entry import Choices, Field
from gangmu.reading.grid import Grid, Row, column_name

FIRST = 6  # rows that are shown of a sheet
BROAD = 12  # columns that are shown of it
TOLD = 60  # wrong rows that lie open on the page; all of them are in the workbook
LONGEST_SAMPLE = 12
AT, ALL = "at-", "all-"
CONTROLS = {"enum": "select", "tag": "select", "tags": "select", "bool": "select", "date": "date", "org": "org"}
YES_NO: Choices = (("是", Text(zh="是", en="Yes")), ("否", Text(zh="否", en="No")))
NOT_FIXED = frozenset({"person", "ref"})  # no two rows say the same
SKIPPED: Mapping[str, tuple[str, str]] = {
    "hidden": (
        "{rows} 是隐藏的，没有导入；要导入就先取消隐藏或筛选。",
        "{rows}: hidden and not imported; unhide them first.",
    ),
    "total": ("{rows} 是合计，没有导入。", "{rows}: totals, not imported."),
    "note": ("{rows} 是说明，没有导入。", "{rows}: remarks, not imported."),
    "heading": ("{rows} 又是表头，没有导入。", "{rows}: the headings again, not imported."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field that a row may say: which column it is in, or what the whole sheet says of it."""

    key: str
    title: Text
    required: bool
    sealed: bool
    at: int
    all: Field | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as its page shows it. `choices`: its columns by heading; `unused`: headings that nothing takes."""

    kind: SheetKind
    lines: list[Line]
    choices: list[tuple[int, str]]
    sheets: list[tuple[int, str]]
    header: int
    sheet: int
    first: list[tuple[int, list[str]]]
    letters: list[str]
    headings: list[str]
    unused: list[str]
    count: int
    more_columns: int
    notes: list[Problem]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({line.key for line in self.lines} | {"header"})


def shown(key: str, grids: Sequence[Grid], aim: Aim, typed: QueryDict) -> Shown:
    """The page of a sheet; what was typed stands before what was proposed."""
    kind = sheet_kind(catalog(), key)
    grid = grids[aim.sheet]
    layout = layout_of(grid, kind, aim.header)
    lines = [_line(column, aim, typed) for column in kind.columns]
    width = min(grid.width, BROAD)
    used = {line.at for line in lines}
    choices = list(_choices(layout, grid.width))
    return Shown(
        kind, lines, choices, list(enumerate(one.name for one in grids)), layout.header, aim.sheet,
        [(row.number, _cells(row, width)) for row in layout.rows[:FIRST]],
        [column_name(at) for at in range(1, width + 1)], _cells(Row(0, layout.headings), width),
        [words for at, words in choices if at not in used], len(layout.rows), grid.width - width,
        [*_skipped(layout), *_doubled(kind, layout)],
    )  # fmt: skip


def _cells(row: Row, width: int) -> list[str]:
    return [row.cell(at) for at in range(1, width + 1)]


def _choices(layout: Layout, width: int) -> Sequence[tuple[int, str]]:
    """Each column by letter and heading, with the first thing that stands in it."""
    found = []
    for at in range(1, width + 1):
        heading = layout.headings[at - 1] if at <= len(layout.headings) else ""
        sample = next((row.cell(at) for row in layout.rows[:FIRST] if row.cell(at)), "")
        told = f"{column_name(at)} {heading}".strip()
        found.append((at, f"{told}（{sample[:LONGEST_SAMPLE]}）" if sample else told))
    return found


def _line(column: Column, aim: Aim, typed: QueryDict) -> Line:
    at = typed.get(AT + column.key)
    place = int(at) if at and at.isdecimal() and len(at) < 4 else 0
    chosen = place if at is not None else aim.columns.get(column.key, 0)
    return Line(column.key, column.title, column.required, column.sealed, chosen, _all(column, aim, typed))


def _all(column: Column, aim: Aim, typed: QueryDict) -> Field | None:
    """The control for what the whole sheet says; none for what no two rows share."""
    if column.reads in NOT_FIXED or (column.sealed and not column.choices):
        return None
    value = typed.get(ALL + column.key, aim.fixed.get(column.key, ""))
    choices: Choices = YES_NO if column.reads == "bool" else tuple((one.key, one.title) for one in column.choices)
    control = CONTROLS.get(column.reads, "text")
    return Field(ALL + column.key, column.title, control, value, (), choices, required=False)


def told(kind: SheetKind, typed: QueryDict) -> tuple[dict[str, int], dict[str, str]]:
    """The columns and the words for the whole sheet that the form says."""
    columns = {}
    for column in kind.columns:
        at = typed.get(AT + column.key, "")
        if at.isdecimal() and 0 < len(at) < 4 and int(at):
            columns[column.key] = int(at)
    fixed = {column.key: text for column in kind.columns if (text := typed.get(ALL + column.key, "").strip())}
    return columns, fixed


def _skipped(layout: Layout) -> list[Problem]:
    """Which rows are left out, and why."""
    found = []
    for why, numbers in skipped_by_why(layout.skipped).items():
        told_zh, told_en = SKIPPED[why]
        spans = list(runs(numbers))
        zh = "、".join(f"{a}" if a == b else f"{a}–{b}" for a, b in spans[:8]) + ("等" if len(spans) > 8 else "")
        found.append(Problem("imports.left_out", told_zh.format(rows=f"第 {zh} 行"),
                             told_en.format(rows=f"Rows {zh.replace('、', ', ').replace('等', ' …')}")))  # fmt: skip
    return found


def _doubled(kind: SheetKind, layout: Layout) -> list[Problem]:
    """Headings that stand over several columns, where one of them is taken."""
    known = proposed(kind, layout.headings)
    places: dict[str, list[str]] = {}
    for at, heading in enumerate(layout.headings, 1):
        if heading:
            places.setdefault(heading, []).append(column_name(at))
    return [
        Problem("imports.heading_twice", f"有 {len(at)} 列都叫“{heading}”（{'、'.join(at)}），看看选对了没有。",
                f"{len(at)} columns are headed “{heading}” ({', '.join(at)}): see whether the right one was chosen.")
        for heading, at in places.items() if len(at) > 1 and layout.headings.index(heading) + 1 in known.values()
    ]  # fmt: skip


def kinds_offered(fact_kinds: Sequence[str], registry: Sequence[str]) -> list[tuple[str, Text]]:
    """What a sheet may hold: people, members, posts, units; then each kind of fact that the reader records."""
    known = catalog()
    keys = [key for key in ("members", "persons", "posts", "units") if key in registry and key in REGISTRY]
    return [(key, sheet_kind(known, key).title) for key in [*keys, *fact_kinds]]
