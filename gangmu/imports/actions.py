"""A sheet handed in, aimed, checked, recorded or given up. Each step asks its owner; only recording writes facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.imports import models, progress
from gangmu.imports.checking import AT_ONCE, Judged, judge, layout_of
from gangmu.imports.progress import Ticker
from gangmu.imports.queries import CHECKED, CHECKING, DONE, READ, RECORDING, mine
from gangmu.imports.rules.columns import SheetKind, common_words, proposed, sheet_kind
from gangmu.imports.rules.identity import without_identity
from gangmu.imports.rules.layout import shape_of
from gangmu.imports.rules.rows import Aim, fixed_values
from gangmu.imports.store import Said, opened_cells, opened_said, save_said, sealed_cells, sealed_said, with_findings
from gangmu.imports.targets import Asked, target
from gangmu.kernel import clock
from gangmu.kernel.ids import new_id
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import subject_keys
from gangmu.ledger.keys import fingerprint
from gangmu.ledger.queries import ids_recorded_under
from gangmu.orgs.permissions import require
from gangmu.reading.grid import MOST_ROWS, Grid

KEPT_DAYS = 30  # a sheet nobody comes back to is gone after so many days
MOST_WRONG = 10_000  # so many wrong rows are told one by one


def keep(name: str, grids: Sequence[Grid], sheet: str, notes: Sequence[Problem], *, fixed: Mapping[str, str],
         by: Actor) -> str:  # fmt: skip
    """Keep a sheet for its owner, sealed and without what is never kept; returns its id. Raises Refused, KeyError.

    The table that its headings name is aimed at, its columns as remembered or as the headings say.
    """
    kind = sheet_kind(catalog(), sheet)
    require(by, target(sheet).wants)
    cleaned, found = _cleaned(grids, kind)
    aim = _first_aim(cleaned, kind, by, dict(fixed))
    one, said = new_id(), Said(name, aim, (*notes, *found))
    content = fingerprint("imports of sheets", repr([(grid.name, grid.rows) for grid in cleaned]))
    with transaction.atomic():
        _forget_old_ones()
        models.Handed.objects.create(
            id=one, account=by.account, sheet=sheet, state=READ, created=clock.now(), content=content,
            **sealed_cells(one, cleaned), **sealed_said(one, said),
        )  # fmt: skip
    return one


def _cleaned(grids: Sequence[Grid], kind: SheetKind) -> tuple[list[Grid], list[Problem]]:
    cleaned, notes = [], list[Problem]()
    for grid in grids:
        found = without_identity(grid, common_words(catalog()), layout_of(grid, kind).header)
        cleaned.append(found.grid)
        notes += found.notes
    return cleaned, notes


def _first_aim(grids: Sequence[Grid], kind: SheetKind, by: Actor, fixed: Mapping[str, str]) -> Aim:
    """The sheet on which most headings are known."""
    layouts = [layout_of(grid, kind) for grid in grids]
    known = [len(proposed(kind, layout.headings)) for layout in layouts]
    best = max(range(len(grids)), key=lambda place: (known[place], -place))
    columns = _remembered(kind, layouts[best].headings, by) or proposed(kind, layouts[best].headings)
    return Aim(best, layouts[best].header, columns, fixed)


def _remembered(kind: SheetKind, headings: tuple[str, ...], by: Actor) -> Mapping[str, int] | None:
    shape = fingerprint("imports", shape_of(headings))
    found = models.Remembered.objects.filter(account=by.account, sheet=kind.key, shape=shape)
    columns = found.values_list("columns", flat=True).first()
    return {key: at for key, at in columns.items() if kind.column(key)} if columns else None


def look_at(one: str, sheet: int, header: int, *, by: Actor) -> None:
    """Aim at another table of the file, or another row of headings; its columns are proposed anew."""
    row = _mine(one, by, READ, CHECKED)
    kind, grids, said = sheet_kind(catalog(), row.sheet), opened_cells(row), opened_said(row)
    grid = grids[min(max(sheet, 0), len(grids) - 1)]
    found = without_identity(grid, common_words(catalog()), header)
    headings = layout_of(found.grid, kind, header).headings
    columns = _remembered(kind, headings, by) or proposed(kind, headings)
    grids[grids.index(grid)] = found.grid
    notes = tuple(dict.fromkeys((*said.notes, *found.notes)))
    aim = Aim(sheet, header, columns, said.aim.fixed)
    save_said(row, Said(said.name, aim, notes), state=READ, **sealed_cells(row.id, grids))


def ask_for_check(one: str, columns: Mapping[str, int], fixed: Mapping[str, str], *, by: Actor) -> None:
    """Say which column is which, remember it, and have every row checked: at once, or by the worker if there are many.

    Raises Refused where a column is taken twice, or a field that every row must say has neither column nor words.
    """
    row = _mine(one, by, READ, CHECKED)
    kind, said, grids = sheet_kind(catalog(), row.sheet), opened_said(row), opened_cells(row)
    aim = Aim(said.aim.sheet, said.aim.header, dict(columns), {key: text for key, text in fixed.items() if text})
    layout = layout_of(grids[aim.sheet], kind, aim.header)
    if found := _against_aim(kind, aim, len(layout.rows)):
        save_said(row, replace(said, aim=aim))
        raise Refused(found)
    models.Remembered.objects.update_or_create(
        account=by.account, sheet=kind.key, shape=fingerprint("imports", shape_of(layout.headings)),
        defaults={"columns": dict(columns)},
    )  # fmt: skip
    save_said(row, replace(said, aim=aim, wrong={}), state=CHECKING, rows=len(layout.rows), taken=None)


def _against_aim(kind: SheetKind, aim: Aim, rows: int) -> list[Problem]:
    found = fixed_values(kind, aim, common_words(catalog()))[1]
    taken: dict[int, str] = {}
    for column in kind.columns:
        at = aim.columns.get(column.key)
        if at and taken.setdefault(at, column.key) != column.key:
            found.append(_taken_twice(column.key, column.title.zh, column.title.en))
        elif not at and column.required and not aim.fixed.get(column.key):
            found.append(_no_column(column.key, column.title.zh, column.title.en))
    if not rows:
        found.append(_no_rows())
    return [*found, *([_too_many()] if rows > MOST_ROWS else [])]


def ask_for_recording(one: str, right: int, *, by: Actor) -> None:
    """Have the right rows recorded, as many as were shown. Raises Refused where there are none, or others by now."""
    row = _mine(one, by, CHECKED)
    if not right or right != row.right:
        raise Refused([_others_by_now() if right else _nothing_right()])
    if before := _recorded_by_another(row):
        raise Refused([before])
    models.Handed.objects.filter(id=row.id, state=CHECKED).update(state=RECORDING, taken=None)


def _recorded_by_another(row: models.Handed) -> Problem | None:
    same = models.Handed.objects.filter(content=row.content, sheet=row.sheet, state__in=(DONE, RECORDING))
    there = same.exclude(account=row.account).exists()
    return _another_did() if there else None


def work(one: str, *, by: Actor) -> None:
    """Do what the sheet waits for: check all its rows, or record the right ones. Whoever calls has taken it."""
    row = models.Handed.objects.get(id=one)
    try:
        if row.state == CHECKING:
            _check(row, by)
        elif row.state == RECORDING:
            _record(row, by)
    finally:
        progress.forget(one)


def _check(row: models.Handed, by: Actor) -> None:
    ticker, said = Ticker(row.id, 2 * row.rows), opened_said(row)
    found = _judged(row, said, by, ticker)
    wrong = dict(list(found.wrong.items())[:MOST_WRONG])
    right = len(found.right(row.sheet, by, clock.today()).rows)
    save_said(row, with_findings(said, wrong), state=CHECKED, taken=None, right=right, wrong=len(found.wrong),
              already=len(found.rows) - right - len(found.wrong))  # fmt: skip


def _judged(row: models.Handed, said: Said, by: Actor, ticker: Ticker) -> Judged:
    grid = opened_cells(row)[said.aim.sheet]
    return judge(grid, row.sheet, said.aim, by, clock.today(), ticker.tick)


def _record(row: models.Handed, by: Actor) -> None:
    """Record every right row in one transaction, or none; the actions ask for everything once more."""
    ticker, said = Ticker(row.id, 4 * row.rows), opened_said(row)
    asked = _judged(row, said, by, ticker).right(row.sheet, by, clock.today())
    try:
        if len(asked.rows) != row.right:
            raise Refused([_others_by_now()])
        parts = list(_ready(asked, ticker))
        with transaction.atomic():
            for rows, record in parts:
                record()
                ticker.tick(rows)
            save_said(row, replace(said, stopped=(), receipts=_receipts(asked)), state=DONE, taken=None)
    except Refused as refusal:
        save_said(row, replace(said, stopped=tuple(refusal.problems)), state=CHECKED, taken=None)


def _ready(asked: Asked, ticker: Ticker) -> Iterator[tuple[int, Callable[[], object]]]:
    """The rows in portions, each with what records it once a transaction is open: till then others may write."""
    receiver = target(asked.sheet)
    size = len(asked.rows) if receiver.whole else AT_ONCE
    for start in range(0, len(asked.rows), size):
        part = asked.part(start, start + size)
        yield len(part.rows), receiver.ready(part)
        ticker.tick(len(part.rows))


def _receipts(asked: Asked) -> dict[int, str]:
    """By row, the id of the fact that it has become."""
    found = ids_recorded_under(asked.by.account, asked.idems)
    return {row.number: found[idem] for _, row, idem in asked.each() if idem in found}


def discard(one: str, *, by: Actor) -> None:
    """Delete the sheet, cells and all, and its key; what was recorded stays. Raises NotFound, Refused while at work."""
    row = mine(one, by.account)
    if row.state in (CHECKING, RECORDING) and not _given_up(row):
        raise Refused([_at_work()])
    _delete([row.id])


def _given_up(row: models.Handed) -> bool:
    told = progress.how_far(row.id)
    return row.taken is None or told is None or told.age > progress.STALE


def _forget_old_ones() -> None:
    before = clock.now() - timedelta(days=KEPT_DAYS)
    _delete(list(models.Handed.objects.filter(created__lt=before).values_list("id", flat=True)))


def _delete(ids: Sequence[str]) -> None:
    with transaction.atomic():
        models.Handed.objects.filter(id__in=ids).delete()
        for one in ids:
            transaction.on_commit(partial(subject_keys.forget, one))


def _mine(one: str, by: Actor, *states: str) -> models.Handed:
    row = mine(one, by.account)
    if row.state not in states:
        raise Refused([_at_work() if row.state in (CHECKING, RECORDING) else _done_already()])
    return row


# --- what is said when it cannot be ----------------------------------------------------------------------------------
def _taken_twice(key: str, zh: str, en: str) -> Problem:
    return Problem("imports.column_twice", f"“{zh}”选的那一列已经给了别的项，换一列。",
                   f"The column chosen for “{en}” is taken by another: choose a different one.", key)  # fmt: skip


def _no_column(key: str, zh: str, en: str) -> Problem:
    return Problem("imports.no_column", f"“{zh}”必须有：选是哪一列，或者写明整张表都是什么。",
                   f"“{en}” is needed: choose its column, or say what holds for the whole sheet.", key)  # fmt: skip


def _no_rows() -> Problem:
    return Problem("imports.no_rows", "表头下面没有数据；看看表头选对了没有。",
                   "There is no data under the headings: see whether the right row was chosen.", "header")  # fmt: skip


def _too_many() -> Problem:
    return Problem("imports.too_many_rows", f"超过 {MOST_ROWS} 行；请分成几份。",
                   f"There are over {MOST_ROWS} rows: split the sheet.", "header")  # fmt: skip


def _nothing_right() -> Problem:
    return Problem("imports.nothing_right", "没有可以导入的行。", "There is no row to record.", "right")


def _others_by_now() -> Problem:
    return Problem("imports.others_by_now", "台账这会儿有了变化，能导入的行数和刚才不一样了；请再检查一遍。",
                   "The record has changed and other rows can be recorded now: check once more.", "right")  # fmt: skip


def _another_did() -> Problem:
    return Problem("imports.another_did", "这张表别的账号已经导入过了，没有再导。",
                   "Another account has recorded this very sheet; it was not recorded again.", "right")  # fmt: skip


def _at_work() -> Problem:
    return Problem("imports.at_work", "正在办，等它办完。", "It is being worked on: wait until it is done.")


def _done_already() -> Problem:
    return Problem("imports.done", "这张表已经导入完了。", "This sheet has been recorded.")
