"""All rows of a sheet held against the rules and permissions under which they would be recorded. Nothing is written."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gangmu.catalog.columns import CommonWords
from gangmu.catalog.current import catalog
from gangmu.imports.resolving import names_in, resolved
from gangmu.imports.rules.columns import SheetKind, common_words, meanings, sheet_kind
from gangmu.imports.rules.layout import Layout, laid_out
from gangmu.imports.rules.rows import Aim, Told, alike, contents, fixed_values, place_of, told, with_age
from gangmu.imports.targets import Asked, Target, target
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.keys import fingerprint
from gangmu.ledger.queries import recorded_keys
from gangmu.orgs.permissions import may
from gangmu.reading.grid import Grid

AT_ONCE = 2_000
Tick = Callable[[int], None]
_NO_AGE = Problem(
    "imports.no_age", "没有出生年月，算不出年龄段；补上出生年月。",
    "Without a month of birth there is no age band: add the month.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """Every row of a sheet with what is wrong with it, its request key, and the keys that are on record already."""

    rows: tuple[Told, ...]
    idems: tuple[str, ...]
    known: frozenset[str]

    @property
    def wrong(self) -> dict[int, tuple[Problem, ...]]:
        """By row number, what is wrong."""
        return {row.number: tuple(sorted(row.problems, key=_by_column)) for row in self.rows if row.problems}

    def right(self, sheet: str, by: Actor, today: date) -> Asked:
        """The rows that can be recorded and are not on record yet."""
        left = [(row, idem) for row, idem in zip(self.rows, self.idems, strict=True)
                if not row.problems and idem not in self.known]  # fmt: skip
        return Asked(sheet, [row for row, _ in left], [idem for _, idem in left], by, today)


def _by_column(problem: Problem) -> tuple[int, str]:
    """From left to right: B4 before AA4; what speaks of the whole row comes first."""
    return len(problem.where), problem.where


def layout_of(grid: Grid, kind: SheetKind, header: int | None = None) -> Layout:
    """The table on a sheet, its headings sought by the words of that kind of sheet unless a row was chosen."""
    return laid_out(grid, frozenset(meanings(kind)), common_words(catalog()), header)


def judge(grid: Grid, key: str, aim: Aim, by: Actor, today: date, tick: Tick = lambda _steps: None) -> Judged:
    """Every row as it would be recorded by `by` today, with everything that speaks against it."""
    kind, words, receiver = sheet_kind(catalog(), key), common_words(catalog()), target(key)
    rows = _read(grid, kind, aim, words, by, tick)
    idems = [fingerprint("imports", f"{key}\n{content}") for content in contents(rows)]
    known = frozenset(idem for some in _parts(idems) for idem in recorded_keys(by.account, some))
    rows = [_on_its_day(row, kind, aim, today) for row in alike(rows, kind)]
    asked = Asked(key, rows, idems, by, today)
    told_by = kind.ages.field if kind.ages else ""
    found = [row.wrong(_placed(row, why, aim, told_by)) for row, why in _against(asked, receiver, known, tick)]
    return Judged(tuple(found), tuple(idems), known)


def _read(grid: Grid, kind: SheetKind, aim: Aim, words: CommonWords, by: Actor, tick: Tick) -> list[Told]:
    """The rows as they stand, with the ids of the units and people they name."""
    fixed, _ = fixed_values(kind, aim, words)
    names = names_in(by.scope)
    rows = []
    for row in layout_of(grid, kind, aim.header).rows:
        rows.append(resolved(told(row, kind, aim, words, grid, fixed), kind, aim, names))
        tick(1)
    return rows


def _on_its_day(row: Told, kind: SheetKind, aim: Aim, today: date) -> Told:
    """The row with today where it names no day, and with the band of the age of that day."""
    whole = replace(row, values=with_age({**row.values, "day": row.values.get("day") or today.isoformat()}, kind.ages))
    if kind.ages is None or whole.text(kind.ages.field) or (kind.ages.born in aim.columns and row.problems):
        return whole
    return whole.wrong([place_of(replace(_NO_AGE, where=kind.ages.born), aim, row.number)])


def _against(asked: Asked, receiver: Target, known: frozenset[str], tick: Tick) -> Iterator[tuple[Told, list[Problem]]]:
    """Each row with what the rules say of it; of one that is on record already they are not asked."""
    size = len(asked.rows) if receiver.whole else AT_ONCE
    for start in range(0, len(asked.rows), max(size, 1)):
        part = asked.part(start, start + size)
        allowed = _allowed(part, receiver)
        asking = [
            place
            for place, row, idem in part.each()
            if idem not in known and row.text(receiver.where) and not allowed(row)
        ]
        some = Asked(part.sheet, [part.rows[place] for place in asking], [part.idems[place] for place in asking],
                     part.by, part.today)  # fmt: skip
        found: dict[int, list[Problem]] = defaultdict(list)
        for place, problem in receiver.against(some):
            found[asking[place]].append(problem)
        for place, row, idem in part.each():
            yield row, [] if idem in known else [*allowed(row), *found[place]]
            tick(1)


def _allowed(asked: Asked, receiver: Target) -> Callable[[Told], list[Problem]]:
    """What speaks against recording at the unit of a row at all; a unit that could not be read is spoken of already."""
    found: dict[str, list[Problem]] = {}

    def speaks(row: Told) -> list[Problem]:
        org = row.text(receiver.where)
        if org not in found:
            allowed = bool(org) and may(asked.by, receiver.wants, OrgId(org))
            found[org] = [] if allowed or not org else [_not_allowed(receiver.where)]
        return found[org]

    return speaks


def _placed(row: Told, problems: Sequence[Problem], aim: Aim, told_by: str) -> list[Problem]:
    """The problems of the rules with their cells, but for what has been spoken of: cells that could not be read."""
    spoken = {problem.where for problem in row.problems}
    placed = [place_of(problem, aim, row.number) for problem in problems if problem.where != told_by]
    return [problem for problem in placed if problem.where not in spoken]


def _not_allowed(where: str) -> Problem:
    return Problem("imports.not_allowed", "您的角色不能给这个单位登记这些；请联系上级党务干部。",
                   "Your role does not allow this at that unit: ask the Party clerk above.", where)  # fmt: skip


def _parts(idems: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(idems), AT_ONCE):
        yield idems[start : start + AT_ONCE]
