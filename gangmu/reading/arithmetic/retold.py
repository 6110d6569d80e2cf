"""What the prose tells of a table: its totals again, and the share that one of its rows has of them."""

from collections import defaultdict
from collections.abc import Iterator

from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.grids import Cell, Grid
from gangmu.reading.arithmetic.judge import agrees, divided, finding, spans, testable, text_of
from gangmu.reading.arithmetic.language import pairs
from gangmu.reading.arithmetic.marks import MARK, QUANTITY, mark_of
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, Wording

TOTAL_ROW = pattern(r"^(?:合计|总计|共计|全[国省市县区乡镇街村社]\S{0,3})$")
FEWEST_DIGITS = 3
FAR = 24
MEASURED_IN = pattern(r"\([^()]*\)")
OF_ITS_OWN = pattern("占全[乡镇村街]|合计|共计")  # of the row's own place, or of several rows together
OF_ALL = pattern(r"占(?!地|用)[^,;:。]{0,12}$")


def retold(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every number of the prose that is a table's total (or that with its digits reordered), and for
    every share of a row that the prose names."""
    yield from _rows(t, wording)
    totals = [told for grid in t.s.grids for told in _totals(grid)]
    if not totals:
        return
    told: dict[str, list[Claim]] = defaultdict(list)
    for i, claim in enumerate(t.s.claims):
        if t.s.marks[i] == QUANTITY and claim.kind in ("count", "amount") and claim.approx is None:
            told[_digits(claim)].append(claim)
    for total, heading in totals:
        alike = [claim for claim in told[_digits(total)] if claim.kind == total.kind]
        yield from _compared(total, [claim for claim in alike if f"{claim.unit}次" not in heading])  # 人 of 参训人次


def _totals(grid: Grid) -> Iterator[tuple[Claim, str]]:
    """The distinctive numbers in the rows of totals, each with the heading of its column."""
    for row in grid.rows:
        if row[0].claim is None and TOTAL_ROW.match(row[0].words):
            told = zip(row, grid.headings, strict=True)
            yield from ((c.claim, head) for c, head in told if c.claim and len(set(_digits(c.claim))) >= FEWEST_DIGITS)


def _digits(claim: Claim) -> str:
    return "".join(sorted(str(int(claim.value or 0)).rstrip("0")))


def _compared(total: Claim, told: list[Claim]) -> Iterator[Finding]:
    """The one number of the prose in these digits; where the same total stands there too, the other is another."""
    same = [claim for claim in told if claim.value == total.value]
    if same:
        said = "、".join(dict.fromkeys(text_of(claim) for claim in (total, *same)))
        yield Finding(
            "repeat", "consistent", spans(total, *same), total.value, total.value,
            f"表里的合计和文中说的一致：{said}。", f"The table's total and the text agree: {said}.",
        )  # fmt: skip
    elif len(told) == 1 and len(str(told[0].value)) == len(str(total.value)):
        said = f"{text_of(total)}、{text_of(told[0])}"
        yield Finding(
            "repeat", "contradiction", spans(total, told[0]), told[0].value, total.value,
            f"表里的合计和文中说的不一致：{said}。", f"The table's total and the text differ: {said}.", told[0].span,
        )  # fmt: skip


# Shares of rows


def _rows(t: Structure, wording: Wording) -> Iterator[Finding]:
    """`服务人次占23.9%` of a row named before it: the row's cell over the total's, in the column the words name."""
    grids = [(grid, total) for grid in t.s.grids if (total := _total_row(grid))]
    for i in range(len(t.s.at)) if grids else ():
        if not t.is_percent(i) or not OF_ALL.search(t.s.leads[i]) or OF_ITS_OWN.search(_sentence(t, i)):
            continue
        for grid, total in grids:
            cells = _named_cells(t, i, grid, total)
            if cells and testable(*cells) and (result := divided(*cells, wording, HUNDRED)):
                holds = agrees(result, t.claims[i], wording)
                yield finding("share", t.claims[i], cells, result, holds=holds, unit="%")
                break


def _sentence(t: Structure, i: int) -> str:
    return t.s.text[max(t.s.bounds[i][0], t.s.at[i] - FAR) : t.s.at[i]]


def _total_row(grid: Grid) -> tuple[Cell, ...] | None:
    return next((row for row in grid.rows if row[0].claim is None and TOTAL_ROW.match(row[0].words)), None)


def _named_cells(t: Structure, i: int, grid: Grid, total: tuple[Cell, ...]) -> tuple[Claim, Claim] | None:
    """The cell of the row that the sentence names last and the total's, in the one column its clause names."""
    start = t.s.bounds[i][0]
    told = MARK.sub("", t.s.text[start : t.s.at[i]])
    named = [(told.rfind(row[0].words), row) for row in grid.rows if row is not total and len(row[0].words) > 1]
    place, row = max(named, key=lambda pair: pair[0], default=(-1, total))
    if place < 0:
        return None
    words = last_clause(told).replace(row[0].words, "").split("占")[0]
    columns = [c for c in range(1, len(grid.headings)) if _counts(row[c]) and _counts(total[c])]
    fit = {c: len(pairs(MEASURED_IN.sub("", grid.headings[c])) & pairs(words)) for c in columns}
    best = [c for c in columns if fit[c] and fit[c] == max(fit.values())]
    chosen = best if best or words.strip("的") else columns
    part, whole = (row[chosen[0]].claim, total[chosen[0]].claim) if len(chosen) == 1 else (None, None)
    return (part, whole) if part and whole else None


def _counts(cell: Cell) -> bool:
    return cell.claim is not None and mark_of(cell.claim) == QUANTITY
