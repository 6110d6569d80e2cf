"""Counting a report again from an export of the log and the catalog: no database, no network, no read table.

The export is verified first, as `gangmu verify export` does it. Then the root over the first N entries must be the one
that the report names, and every figure is counted from exactly these entries by the same engine as ever.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from gangmu.catalog.compiled import Catalog
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.older import view_of
from gangmu.indicators.past import ALWAYS_READ, Past, kinds_behind, of_kinds, told
from gangmu.indicators.queries import figures_in
from gangmu.indicators.questions import Question, question
from gangmu.indicators.reports import Line, Report, difference
from gangmu.indicators.values import Figure
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import relations, tiles
from gangmu.ledger.note import Verifier
from gangmu.ledger.tree import Frontier, leaf_hash
from gangmu.ledger.verify import ReadFile, verify_export


@dataclass(frozen=True, slots=True)
class Counted:
    """A line counted again: what it comes to now (None: it cannot be counted), and why it differs (None: it agrees)."""

    line: Line
    figure: Figure | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Again:
    """A report counted again: every line, and what is wrong with the whole."""

    lines: tuple[Counted, ...]
    problems: tuple[Problem, ...]

    @property
    def agrees(self) -> bool:
        return not self.problems and all(one.problem is None for one in self.lines)


def count_again(report: Report, read: ReadFile, verifier: Verifier, definitions: Catalog) -> Again:
    """Count every figure of the report from the export that `read` gives the files of, by these definitions."""
    verified = verify_export(read, verifier)
    problems = [*verified.problems, *_another_catalog(report, definitions)]
    head = verified.checkpoint
    if head is None or head.size < report.size:
        problems += [] if head is None else [_too_short(report, head.size)]
        return Again(tuple(Counted(one, None, _uncounted(one, "")) for one in report.lines), tuple(problems))
    if head.origin != report.log:
        problems.append(_another_log(report, head.origin))
    asked, refused = _questions(report, definitions)
    try:
        root, facts = _first(report.size, _kinds(asked.values()), read)
        if root.hex() != report.root:
            problems.append(_another_root(report, root.hex()))
        then = told(facts, report.size, definitions)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        problems.append(_unreadable(error))
        return Again(tuple(Counted(one, None, _uncounted(one, "")) for one in report.lines), tuple(problems))
    counted = _counted(report, asked, then)
    lines = (_compared(one, counted.get(at), refused.get(at, ""), definitions) for at, one in enumerate(report.lines))
    return Again(tuple(lines), tuple(problems))


def _questions(report: Report, definitions: Catalog) -> tuple[dict[int, Question], dict[int, str]]:
    """What each line asks, and of those that this catalog cannot answer, why."""
    asked, refused = {}, {}
    for at, one in enumerate(report.lines):
        try:
            asked[at] = question(one.key, one.period.start, definitions)
        except Refused as error:
            refused[at] = str(error)
    return asked, refused


def _kinds(asked: Iterable[Question]) -> frozenset[str]:
    return ALWAYS_READ.union(*(kinds_behind(one.measure) for one in asked))


def _first(size: int, kinds: frozenset[str], read: ReadFile) -> tuple[bytes, pa.Table]:
    """The root over the first `size` entries of the export, and of their facts those of `kinds` and the last."""
    tree, pieces = Frontier(), [INCOMING.empty_table()]
    for n, width in tiles.bundles_of(size):
        entries = tiles.entries_in(_bundle(read, n, width))[:width]
        leaves = [leaf_hash(entry) for entry in entries]
        first = tree.size
        tree.extend(leaves)
        rows = relations.table((entry, first + at) for at, entry in enumerate(entries))
        pieces.append(of_kinds(rows, kinds, size))
    return tree.root(), pa.concat_tables(pieces)


def _bundle(read: ReadFile, n: int, width: int) -> bytes:
    """The bundle in the export that holds these entries: the full one, where the log has grown on."""
    for held in dict.fromkeys((width, *range(tiles.WIDTH, width, -1))):
        if (data := read(tiles.bundle_path(n, held))) is not None:
            return data
    raise KeyError(tiles.bundle_path(n, width))


def _counted(report: Report, asked: Mapping[int, Question], then: Past) -> dict[int, Figure]:
    """The figures by the place of their line; those of one unit, period and tree are read together."""
    found: dict[int, Figure] = {}
    together = defaultdict(list)
    for at in asked:
        one = report.lines[at]
        together[one.org, one.period, one.tree_day].append(at)
    for (org, period, tree_day), places in together.items():
        try:
            seen = view_of(then, org, period, tree_day)
        except Refused:  # told where the line is compared: it has no figure
            continue
        found.update(zip(places, figures_in(seen, [asked[at] for at in places], period), strict=True))
    return found


def _compared(one: Line, figure: Figure | None, refused: str, definitions: Catalog) -> Counted:
    if figure is None:
        return Counted(one, None, _uncounted(one, refused))
    beside = ("catalog",) if one.statement.get("catalog") != definitions.digest else ()
    told = difference(one.statement, figure.statement, beside)
    return Counted(one, figure, _differs(one, told) if told else None)


def _differs(one: Line, told: Sequence[str]) -> Problem:
    listed = "；".join(told)
    return Problem(
        "report.figure",
        f"“{one.title}”（{one.unit_name}，{one.statement['from']}至{one.statement['to']}）和台账算出的不一样：{listed}",
        f"{one.key} of {one.unit_name}, {one.statement['from']} to {one.statement['to']}, is not what the ledger "
        f"gives: {'; '.join(told)}",
        where=one.key, data={"differs": list(told)},
    )  # fmt: skip


def _uncounted(one: Line, why: str) -> Problem:
    reason = why or "这份台账里没有这个单位，或者条数不够"
    return Problem(
        "report.uncounted",
        f"“{one.title}”（{one.unit_name}）没法重算：{reason}。",
        f"{one.key} of {one.unit_name} cannot be counted again: "
        f"{why or 'this log does not know the unit, or does not reach so far'}.",
        where=one.key,
    )


def _too_short(report: Report, size: int) -> Problem:
    return Problem("report.too_short", f"报告按台账前{report.size}条写成，导出的只有{size}条；请导出更新的一份。",
                   f"The report rests on {report.size} entries, this export holds {size}: export a newer one.",
                   where="ledger_size")  # fmt: skip


def _another_log(report: Report, origin: str) -> Problem:
    return Problem("report.log", f"报告出自台账 {report.log}，导出的是 {origin}。",
                   f"The report is of the log {report.log}, the export of {origin}.", where="log")  # fmt: skip


def _another_root(report: Report, root: str) -> Problem:
    return Problem(
        "report.root",
        f"台账前{report.size}条的树根是 {root[:16]}…，报告写的是 {report.root[:16]}…：不是同样的记录。",
        f"The root over the first {report.size} entries is {root[:16]}…, the report names {report.root[:16]}…: these "
        "are not the same facts.", where="root",
    )  # fmt: skip


def _another_catalog(report: Report, definitions: Catalog) -> list[Problem]:
    if definitions.digest == report.catalog and all(one.statement["catalog"] == report.catalog for one in report.lines):
        return []
    return [Problem(
        "report.catalog",
        f"报告按口径 {report.catalog[:16]}… 写成，这里用的是 {definitions.digest[:16]}…；"
        "请用 --catalog 指到当时的那一份。下面按这里的口径重算，列出不一样的。",
        f"The report was written by the catalog {report.catalog[:16]}…, this one is {definitions.digest[:16]}…: point "
        "--catalog to that one. What follows is counted by this one; what differs is listed.", where="catalog",
    )]  # fmt: skip


def _unreadable(error: Exception) -> Problem:
    return Problem("report.entries", f"导出的记录读不出来（{error}）。",
                   f"The entries of the export cannot be read ({error}).", where="export")  # fmt: skip
