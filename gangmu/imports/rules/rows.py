"""A row as what it says and what is wrong with it, each with its cell; and which rows are one thing twice."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gangmu.catalog.columns import Ages, CommonWords
from gangmu.imports.rules.columns import Column, SheetKind
from gangmu.imports.rules.values import Fault, read, shown
from gangmu.kernel.canon import Json
from gangmu.kernel.problems import Problem
from gangmu.orgs.rules.age_bands import age_band_on
from gangmu.reading.grid import Grid, Row, place

_MARKS = {
    "long": Fault("imports.too_long", "超过15位，Excel 已经丢了末尾几位；先把这一列设成文本，再重新填",
                  "has over fifteen digits, of which the last ones are lost: make the column text and type it anew"),
    "error": Fault("imports.error_value", "是公式出错的结果，改好再来", "is the error of a formula: mend it"),
    "formula": Fault("imports.no_stored_value", "是公式，没有存下结果；用 Excel 打开、保存一次再来",
                     "is a formula without a stored result: open the file in Excel and save it once"),
}  # fmt: skip


_CALLED = {"at": "day", "org": "unit", "person": "name", "kind": "unit_kind"}  # the rules' words for some columns


@dataclass(frozen=True, slots=True)
class Aim:
    """What somebody said of a sheet: which, the row of its headings, the column (from 1) of each field.

    `fixed` are fields of which the whole sheet says the same, as text.
    """

    sheet: int = 0
    header: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """One row: what it says by column, and every Problem with the cell it stands in."""

    number: int
    values: Mapping[str, Json]
    problems: tuple[Problem, ...] = ()

    def text(self, key: str) -> str:
        """What it says there as text; empty where it says nothing."""
        return str(self.values.get(key) or "")

    def wrong(self, problems: Iterable[Problem]) -> "Told":
        """This row with more that is wrong with it."""
        return replace(self, problems=(*self.problems, *problems))


def fixed_values(kind: SheetKind, aim: Aim, words: CommonWords) -> tuple[dict[str, Json], list[Problem]]:
    """What the whole sheet says, and what cannot be read of it."""
    values: dict[str, Json] = {}
    problems: list[Problem] = []
    for column in kind.columns:
        text = shown(aim.fixed.get(column.key, ""))
        if text and column.key not in aim.columns:
            found = read(column, text, words)
            if isinstance(found, Fault):
                problems.append(_problem(column, "", text, found, where=column.key))
            else:
                values[column.key] = found
    return values, problems


def told(row: Row, kind: SheetKind, aim: Aim, words: CommonWords, grid: Grid, fixed: Mapping[str, Json]) -> Told:
    """What the row says by the columns that were chosen."""
    values, problems = dict(fixed), []
    for column in kind.columns:
        at = aim.columns.get(column.key)
        text = shown(row.cell(at)) if at else ""
        if at and (mark := grid.marks.get((row.number, at))) and (text or mark == "formula"):
            problems.append(_problem(column, place(row.number, at), text, _MARKS[mark]))
        elif at and text:
            found = read(column, text, words, since_1904=grid.since_1904)
            if isinstance(found, Fault):
                problems.append(_problem(column, place(row.number, at), text, found))
            else:
                values[column.key] = found
        elif at and column.required:
            problems.append(_empty(column, place(row.number, at)))
    return Told(row.number, with_age(values, kind.ages), tuple(problems))


def with_age(values: dict[str, Json], ages: Ages | None) -> dict[str, Json]:
    """The band of the age that somebody born in that month had on the day the row names, where it does not say one.

    Without a day the band is told later, by the day that stands for all rows.
    """
    day, born = values.get("day"), values.get(ages.born) if ages else None
    if ages is None or values.get(ages.field) or not day or not born:
        return values
    return {**values, ages.field: age_band_on(str(born), date.fromisoformat(str(day)))}


def place_of(problem: Problem, aim: Aim, row: int) -> Problem:
    """A Problem of the rules, with the cell of the field it speaks of; without one, with the row."""
    at = _column_of(problem.where.rpartition(".")[2], aim)
    where = place(row, at) if at else f"{row}"
    before, before_en = (f"{where}：", f"{where}: ") if at else (f"第 {row} 行：", f"Row {row}: ")
    return replace(problem, where=where, message=before + problem.message, message_en=before_en + problem.message_en)


def _column_of(where: str, aim: Aim) -> int | None:
    """The column of the field that the rules call so."""
    if where == "tags":
        return next((at for key, at in aim.columns.items() if key.startswith("tag.")), None)
    return aim.columns.get(_CALLED.get(where, where))


def _empty(column: Column, cell: str) -> Problem:
    return Problem("imports.empty", f"{cell}“{column.title.zh}”空着，这一项必须有。",
                   f"{cell} “{column.title.en}” is empty; it is needed.", where=cell)  # fmt: skip


def _problem(column: Column, cell: str, text: str, fault: Fault, where: str = "") -> Problem:
    quoted = text if len(text) <= 30 else f"{text[:30]}……"
    return Problem(
        fault.code, f"{cell}“{column.title.zh}”写成“{quoted}”，{fault.zh}。",
        f"{cell} “{column.title.en}” says “{quoted}”: it {fault.en}.", where=where or cell,
    )  # fmt: skip


def alike(rows: Sequence[Told], kind: SheetKind) -> list[Told]:
    """The rows, where one that names the same thing as a row before it says so. Without `same`, rows may be alike."""
    if not kind.same:
        return list(rows)
    first: dict[tuple[str, ...], int] = {}
    found = []
    for row in rows:
        key = tuple(row.text(one) for one in ("unit", *kind.same))
        before = first.setdefault(key, row.number)
        found.append(row.wrong([_twice(row, before)]) if before != row.number and key[1] else row)
    return found


def _twice(row: Told, before: int) -> Problem:
    return Problem(
        "imports.twice", f"第 {row.number} 行：和第 {before} 行是同一个，留一行。",
        f"Row {row.number}: the same as row {before}; leave one of them.", where=str(row.number),
    )  # fmt: skip


def contents(rows: Sequence[Told]) -> list[str]:
    """Each row's content as text; rows alike are told apart by which one of them it is."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        text = json.dumps(row.values, sort_keys=True, ensure_ascii=False)
        seen[text] = seen.get(text, 0) + 1
        found.append(f"{seen[text]}\n{text}")
    return found
