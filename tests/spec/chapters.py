"""A chapter of the specification: tables in the words of the field, run as tests and rendered as documentation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
MARK = "<!-- written by `python -m tests.spec`; change the tables in tests/spec, not this file -->"


class Table(NamedTuple):
    """A heading, a sentence about it in Chinese and English, the columns, and the rows as texts."""

    heading: str
    zh: str
    en: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the reference: docs/reference/spec-<name>.md."""

    name: str
    title: str
    tables: tuple[Table, ...]

    @property
    def path(self) -> Path:
        return FOLDER / f"spec-{self.name}.md"

    def rendered(self) -> str:
        """The chapter as Markdown. Raises ValueError for a row that does not fill its columns."""
        return f"# {self.title}\n\n{MARK}\n\n" + "\n".join(map(_table, self.tables))


def _table(table: Table) -> str:
    crooked = [row for row in table.rows if len(row) != len(table.columns)]
    if crooked:
        raise ValueError(f"{table.heading}: {crooked[0]} does not fill {table.columns}")
    lines = [f"## {table.heading}", "", table.zh, table.en, "", _row(table.columns), f"|{'---|' * len(table.columns)}"]
    return "\n".join([*lines, *map(_row, table.rows)]) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"
