"""The table of dues as a document, with its worked examples."""

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.dues import Dues, Payer
from gangmu.catalog.markdown import page, table


def dues_page(catalog: Catalog) -> str:
    """Every table of dues: who pays what from which day on, and its examples."""
    words = (
        "The percentage is of the whole base, not of what lies over a step; amounts are rounded to the fen.\n"
        "按整个基数套一档，不是分段累进；算到分，四舍五入。本系统只记账，不经手钱。\n"
    )
    return page("Dues 党费", [words, *map(_table, catalog.dues.values())])


def _table(one: Dues) -> str:
    rows = [(str(row.since), payer.key, payer.title.zh, payer.title.en, _rate(payer))
            for row in one.rows for payer in row.payers]  # fmt: skip
    examples = [(each.name, str(each.on), each.payer, str(each.base), "–" if each.due is None else str(each.due))
                for each in one.examples]  # fmt: skip
    return "\n".join([
        f"## {one.key} {one.title.zh}\n\n{one.title.en}. {one.why.en}\n{one.why.zh}\n",
        f"Source: {one.source} ({one.source_status}).\n",
        table(("since", "payer", "类别", "English", "a month"), rows),
        table(("例 example", "on", "payer", "base", "due"), examples),
    ])  # fmt: skip


def _rate(payer: Payer) -> str:
    if payer.fixed is not None:
        return f"{payer.fixed} 元"
    return "; ".join(f"> {bracket.over}: {bracket.percent} %" for bracket in payer.brackets)
