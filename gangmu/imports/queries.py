"""Sheets as their owners see them; nobody else sees one."""

from dataclasses import dataclass
from datetime import datetime

from gangmu.imports import models
from gangmu.imports.progress import STALE, Progress, how_far
from gangmu.imports.store import Said, opened_cells, opened_said
from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.reading.grid import Grid

READ, CHECKING, CHECKED, RECORDING, DONE = "read", "checking", "checked", "recording", "done"
AT_WORK = (CHECKING, RECORDING)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it stands. `stuck`: somebody began the work and nobody goes on with it."""

    id: str
    sheet: str
    state: str
    created: datetime
    rows: int
    right: int
    wrong: int
    already: int
    said: Said
    progress: Progress | None

    @property
    def stuck(self) -> bool:
        return self.progress is not None and self.progress.age > STALE


def mine(one: str, account: AccountId) -> models.Handed:
    """The sheet, as long as it is this account's. Raises NotFound."""
    found = models.Handed.objects.filter(id=one, account=account).first()
    if found is None:
        raise NotFound([Problem("imports.unknown", "没有这张表。", "There is no such sheet.")])
    return found


def sheet(one: str, account: AccountId) -> Sheet:
    """One sheet of this account. Raises NotFound."""
    return _sheet(mine(one, account))


def tables(one: str, account: AccountId) -> list[Grid]:
    """Its tables. Raises NotFound."""
    return opened_cells(mine(one, account))


def latest(account: AccountId, *, limit: int = 20) -> list[Sheet]:
    """What the account handed in last, without the cells."""
    rows = models.Handed.objects.filter(account=account).defer("cells").order_by("-created", "id")[:limit]
    return [_sheet(row) for row in rows]


def _sheet(row: models.Handed) -> Sheet:
    told = how_far(row.id) if row.state in AT_WORK else None
    return Sheet(row.id, row.sheet, row.state, row.created, row.rows, row.right, row.wrong, row.already,
                 opened_said(row), told)  # fmt: skip
