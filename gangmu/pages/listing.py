"""Lists: page, sort and filter by the address alone, and an export that equals what is seen."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from django.http import QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase

from gangmu.kernel.clock import LOCAL
from gangmu.pages.xlsx_export import LAST_ROW, ROWS_AT_ONCE, xlsx_file

Row = TypeVar("Row")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")  # as signs of full width too


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """One page of a list. `number` counts from 1, `total` counts rows of the whole list."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def earlier(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        return self.number + 1 if self.last < self.total else None


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which of its `columns` a list is sorted; no `column` while it keeps its own order. `down`: the most first."""

    columns: frozenset[str]
    column: str = ""
    down: bool = False

    def turned(self, column: str, *, most_first: bool) -> str:
        """What the address says once the head of `column` was chosen: the other way round, if it is sorted by it."""
        down = not self.down if column == self.column else most_first
        return f"-{column}" if down else column

    def state(self, column: str) -> str:
        """How the column is sorted, as `aria-sort` has it; empty where the list is not sorted by it."""
        return ("descending" if self.down else "ascending") if column == self.column else ""


def sorting(query: QueryDict, columns: Iterable[str]) -> Sorting:
    """The column that the address names (`sort=name`, `sort=-name`); anything else leaves the list as it comes."""
    named, known = query.get("sort", ""), frozenset(columns)
    column = named.removeprefix("-")
    return Sorting(known, column, named.startswith("-")) if column in known else Sorting(known)


def in_order(rows: Iterable[Row], by: Sorting, keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
    """The rows by the column chosen; what says nothing there (None) stands last, and rows alike keep their order."""
    if not by.column:
        return list(rows)
    told = [(keys[by.column](row), row) for row in rows]
    there = sorted((one for one in told if one[0] is not None), key=lambda one: one[0], reverse=by.down)
    return [row for _, row in there] + [row for value, row in told if value is None]


def page_number(query: QueryDict) -> int:
    """The page that the address asks for; anything that is no page number is the first."""
    text = query.get("page") or ""
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def cut(rows: Sequence[Row], number: int, size: int) -> Slice[Row]:
    """Page `number` of rows that are all at hand; beyond the end is the last page."""
    last = max(1, -(-len(rows) // size))
    number = min(number, last)
    return Slice(rows[(number - 1) * size : number * size], number, size, len(rows))


def address(path: str, query: Mapping[str, object]) -> str:
    """`path` with the parts of `query` that say something."""
    told = [(key, str(value)) for key, value in query.items() if value not in (None, "")]
    return f"{path}?{urlencode(told)}" if told else path


def changed(query: QueryDict, **changes: object) -> str:
    """The query string of this page with `changes` made; an empty change takes a key away; paging starts anew."""
    merged = {key: query.get(key, "") for key in query if key != "page"}
    merged.update({key: "" if value is None else str(value) for key, value in changes.items()})
    return "?" + urlencode([(key, value) for key, value in merged.items() if value])


def exported(query: QueryDict, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponseBase:
    """The list as the file that the address asks for: .xlsx (`as=xlsx`), else CSV."""
    return xlsx_file(name, header, rows) if query.get("as") == "xlsx" else csv_file(name, header, rows)


def export_addresses(path: str, query: QueryDict, rows: int = 0) -> dict[str, str]:
    """Where the list in view is to be had as a file, by kind of file; no workbook where its `rows` are too many."""
    asked = query.dict()
    found = {"csv": address(path, asked)}
    return found if rows >= LAST_ROW else {**found, "xlsx": address(path, {**asked, "as": "xlsx"})}


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A CSV that every office program opens: UTF-8 with mark, and no cell that could run as a formula.

    It is written while it is sent: memory does not grow with the rows.
    """
    response = StreamingHttpResponse(csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return response


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file piece by piece."""
    out = io.StringIO("\ufeff")
    out.read()
    writer = csv.writer(out)
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value) for value in row])
        if number % ROWS_AT_ONCE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    text = "" if value is None else str(value)
    if text.startswith(FORMULA) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True
