"""What is kept of a sheet between its steps, in and out of its sealed columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from gangmu.imports import models
from gangmu.imports.rules.rows import Aim
from gangmu.kernel.problems import Problem
from gangmu.ledger import handed_in
from gangmu.reading.grid import Grid, Row

CELLS, TOLD = "cells", "told"


@dataclass(frozen=True, slots=True)
class Said:
    """Everything said of a sheet. `notes` of its reading, `wrong` by row, `stopped`: why nothing was recorded.

    `receipts`: by row, the id of the fact it became.
    """

    name: str
    aim: Aim
    notes: tuple[Problem, ...] = ()
    wrong: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict, hash=False)
    stopped: tuple[Problem, ...] = ()
    receipts: Mapping[int, str] = field(default_factory=dict, hash=False)


def sealed_cells(one: str, grids: Sequence[Grid]) -> dict[str, bytes]:
    """The tables as columns of the model."""
    value = handed_in.sealed(one, CELLS, json.dumps([_as_json(grid) for grid in grids], ensure_ascii=False))
    return {"cells_salt": value.salt, "cells": value.ct}


def sealed_said(one: str, said: Said) -> dict[str, bytes]:
    """What was said as columns of the model."""
    findings = [[row, [asdict(problem) for problem in problems]] for row, problems in said.wrong.items()]
    told = {
        "name": said.name, "aim": asdict(said.aim), "notes": [asdict(note) for note in said.notes],
        "findings": findings, "stopped": [asdict(problem) for problem in said.stopped],
        "receipts": list(said.receipts.items()),
    }  # fmt: skip
    value = handed_in.sealed(one, TOLD, json.dumps(told, ensure_ascii=False, default=str))
    return {"told_salt": value.salt, "told": value.ct}


def opened_cells(row: models.Handed) -> list[Grid]:
    """The tables of a sheet. Raises vault.CannotOpen."""
    return [_of_json(told) for told in json.loads(handed_in.opened(row.id, CELLS, row.cells_salt, row.cells))]


def opened_said(row: models.Handed) -> Said:
    """What was said of a sheet. Raises vault.CannotOpen."""
    told = json.loads(handed_in.opened(row.id, TOLD, row.told_salt, row.told))
    findings = {number: tuple(_problem(one) for one in problems) for number, problems in told["findings"]}
    return Said(told["name"], Aim(**told["aim"]), tuple(_problem(one) for one in told["notes"]), findings,
                tuple(_problem(one) for one in told["stopped"]), dict(told["receipts"]))  # fmt: skip


def _problem(told: Mapping[str, Any]) -> Problem:
    return Problem(told["code"], told["message"], told["message_en"], told["where"], told["rule"], told["data"])


def save_said(row: models.Handed, said: Said, **columns: Any) -> None:
    """Keep what was said, with other columns that change with it."""
    models.Handed.objects.filter(id=row.id).update(**sealed_said(row.id, said), **columns)


def with_findings(said: Said, findings: Mapping[int, tuple[Problem, ...]]) -> Said:
    """What was said, with what is wrong now."""
    return replace(said, wrong=findings, stopped=())


def _as_json(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name, "rows": [[row.number, row.cells] for row in grid.rows], "merged": grid.merged,
        "hidden": sorted(grid.hidden), "marks": [[*at, mark] for at, mark in grid.marks.items()],
        "since_1904": grid.since_1904,
    }  # fmt: skip


def _of_json(told: dict[str, Any]) -> Grid:
    return Grid(
        told["name"], tuple(Row(number, tuple(cells)) for number, cells in told["rows"]),
        tuple((top, left, bottom, right) for top, left, bottom, right in told["merged"]), frozenset(told["hidden"]),
        {(row, column): mark for row, column, mark in told["marks"]}, told["since_1904"],
    )  # fmt: skip
