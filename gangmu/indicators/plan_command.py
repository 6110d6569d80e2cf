"""`gangmu plan`: what a changed catalog would change, before anybody accepts it. Reads only."""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from gangmu.catalog.changed import catalog_of, with_row
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.differences import Change, differences
from gangmu.indicators.commands import period_of
from gangmu.indicators.plan import Moved, compare, every_moved
from gangmu.indicators.values import Figure, plain
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Unusable
from gangmu.ledger import queries as ledger
from gangmu.orgs.queries import tops
from gangmu.orgs.scope import everything

MOST = 40
HOW = {"added": "增", "removed": "减", "changed": "改"}


def main(argv: Sequence[str]) -> int:
    """`plan CATALOG_FOLDER [--from D --to D] [--most N] [--jsonl]`. 0; Refused, hence 2, for a bad catalog."""
    asked = _words().parse_args(argv)
    today = clock.today()
    year = Period.of_year(today.year)
    period = period_of(asked.first or str(year.start), asked.last or str(year.end))
    before, after = catalog(), _changed(asked)
    changes = differences(before, after)
    found = every_moved(compare(before, after, period), [node.org for node in tops(everything())], period)
    (_say_json if asked.jsonl else _say)(changes, found, period, asked.most)
    return 0


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gangmu plan", description="What a changed catalog would change.")
    place = "a whole catalog (holds national/), a local pack, or one changed definition as a file"
    parser.add_argument("place", type=Path, metavar="CATALOG_FOLDER", help=place)
    parser.add_argument("--from", dest="first", metavar="D", help="first day, YYYY-MM-DD; default: this year")
    parser.add_argument("--to", dest="last", metavar="D", help="last day, included")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help="list so many figures; all are counted")
    parser.add_argument("--jsonl", action="store_true", help="everything as JSON objects, one a line")
    return parser


def _changed(asked: argparse.Namespace) -> Catalog:
    """The catalog as it would be. Raises CatalogRefused; Unusable for a place where there is none."""
    if asked.place.is_file():
        return with_row(asked.place.read_text("utf-8", errors="replace"))
    if not asked.place.is_dir():
        raise Unusable(Problem(
            "plan.no_catalog", f"没有 {asked.place}：请写改过的目录文件夹，或改过的那一个文件。",
            f"There is no {asked.place}: name the changed catalog folder, or the one changed file.",
        ))  # fmt: skip
    return catalog_of(asked.place)


def _say(changes: Sequence[Change], found: Iterator[Moved], period: Period, most: int) -> None:
    """For a person: definitions, the first figures, and how many in all."""
    for change in changes:
        print(f"{HOW[change.how]} {change.room}/{change.key}")
        for part in change.parts:
            print(f"    {part.path}: {part.before or '—'} → {part.after or '—'}")
    count, units, keys = 0, set[OrgId](), set[str]()
    for count, one in enumerate(found, 1):
        units.add(one.node.org)
        keys.add(one.key)
        if count <= most:
            print(f"动 {one.node.name}（{one.node.code}） {one.key}: {both(one)}")
    if count > most:
        print(f"……还有{count - most}个，用 --jsonl 看全部。")
    print(f"定义{len(changes)}处；{period.start}至{period.end}会变的数{count}个，涉及{len(keys)}个指标、"
          f"{len(units)}个单位。 {len(changes)} definitions, {count} figures, {len(units)} units.")  # fmt: skip


def both(one: Moved) -> str:
    """Before → after with the decimals that pages show; with all of them where only these differ."""
    shown, exact = ([_short(figure, shown) for figure in (one.before, one.after)] for shown in (True, False))
    return " → ".join(exact if shown[0] == shown[1] else shown)


def _short(figure: Figure | None, shown: bool) -> str:
    if figure is None:
        return "（没有这个指标）"
    if figure.value is None:
        return {"absent": "待补", "no_whole": "分母为0"}.get(figure.why, "不显示")
    return f"{plain(round(figure.value, figure.places) if shown else figure.value)}{figure.unit}"


def _say_json(changes: Sequence[Change], found: Iterator[Moved], period: Period, _most: int) -> None:
    """For a program: one object a definition, one a figure, then one that counts them."""
    for change in changes:
        print(json.dumps(_definition(change), ensure_ascii=False))
    count, units = 0, set[OrgId]()
    for one in found:
        count += 1
        units.add(one.node.org)
        print(json.dumps(_figure(one), ensure_ascii=False))
    print(json.dumps({"definitions": len(changes), "figures": count, "units": len(units),
                      "from": str(period.start), "to": str(period.end), "ledger_size": ledger.size()}))  # fmt: skip


def _definition(change: Change) -> dict[str, object]:
    parts = [{"path": part.path, "before": part.before, "after": part.after} for part in change.parts]
    return {"definition": f"{change.room}/{change.key}", "how": change.how, "changes": parts}


def _figure(one: Moved) -> dict[str, object]:
    return {"indicator": one.key, "org": one.node.code or one.node.org, "before": _told(one.before),
            "after": _told(one.after)}  # fmt: skip


def _told(figure: Figure | None) -> dict[str, object] | None:
    if figure is None:
        return None
    return {"value": plain(figure.value), "unit": figure.unit, "why": figure.why}
