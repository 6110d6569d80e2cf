"""Shares and averages that are surely of other numbers than those held against them.

`窗口支部人均应交只有60元` is of that row of a table and not of all; `由家长接送的约占四成` of those nobody counted;
`去年监测断面22个，达标18个，占81.8%` is not of this year's 24.
"""

from gangmu.reading.arithmetic.elsewhere import Nouns, is_former
from gangmu.reading.arithmetic.language import label, names, shares_a_word
from gangmu.reading.arithmetic.tables import TOTAL_ROW, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding, Span

OF_ONE_PAIR = frozenset({"share", "per"})
# Whom a share is of, told as a class of its own: 反映承包地纠纷的占三分之一.
OWN_CLASS = pattern(r"(?P<thing>[^占,;]{6,})的(?:大?约|近|超过?|不到|大[概多])?占")
OPENS_FORMER = pattern("而?(?:去年|上年|前年)")
SHORTEST = 2


def without_those_of_others(n: Nouns, found: list[Finding]) -> list[Finding]:
    """The findings without the shares and averages that do not agree because they are of something else."""
    doubted = [f for f in found if f.type in OF_ONE_PAIR and f.verdict == "contradiction"]
    if not doubted:
        return found
    index = {claim.span: i for i, claim in enumerate(n.t.claims)}
    rows = {name for grid in n.t.s.grids for row in grid.rows if len(name := row_name(row)) >= SHORTEST}
    rows = {name for name in rows if not TOTAL_ROW.match(name)}
    dropped = {id(f) for f in doubted if f.suspect in index and _is_of_others(n, f, index, rows)}
    return [f for f in found if id(f) not in dropped]


def _is_of_others(n: Nouns, f: Finding, index: dict[Span, int], rows: set[str]) -> bool:
    """Whether the words of the stated figure are about something that those of its operands in the prose are not."""
    i = index[f.suspect or f.spans[-1]]
    operands = [index[span] for span in f.spans if span in index and span != f.suspect]
    said = _said(n, i)
    called = {name for name in rows if name in said}
    own = OWN_CLASS.search(n.t.s.clauses[i])
    elsewhere = [j for j in operands if n.t.s.bounds[j] != n.t.s.bounds[i]]
    told = len(operands) == len(f.spans) - 1  # none of them in a cell of its own row
    apart = bool(called and elsewhere) and told and len(elsewhere) == len(operands)
    return (
        (apart and not any(name in _said(n, j) for name in called for j in elsewhere))
        or (own is not None and not any(shares_a_word(names(own["thing"]), label(n.t.s, j)) for j in operands))
        or (OPENS_FORMER.match(said) is not None and any(not is_former(n, j) for j in elsewhere))
        or (f.type == "share" and any(_stands_last_in_a_row(n, j) for j in elsewhere))
    )


def _said(n: Nouns, i: int) -> str:
    """The words of the sentence before a figure."""
    return n.t.s.text[n.t.s.bounds[i][0] : n.t.s.at[i]]


def _stands_last_in_a_row(n: Nouns, j: int) -> bool:
    """Whether a figure is the last of several told side by side: one of the parts, and no whole."""
    return n.t.s.leads[j].startswith("、") and n.t.claims[j].unit == n.t.claims[j - 1].unit
