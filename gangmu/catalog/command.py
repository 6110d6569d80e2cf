"""`catalog check [--add FILE]…`, `catalog list`, `catalog docs`: for people who write definitions."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import extra, folders
from gangmu.catalog.definitions import Definition
from gangmu.catalog.load import CatalogRefused, load
from gangmu.catalog.reference import write_docs
from gangmu.kernel import clock


def main(argv: Sequence[str]) -> int:
    """Run one of the subcommands. 0: all is well; 1: problems, printed one a line as file:line: what; 2: bad usage."""
    words = _parser().parse_args(list(argv))
    try:
        catalog = load(tuple(words.folder) or folders(), extra(), tuple(words.add))
    except CatalogRefused as refused:
        for problem in refused.problems:
            print(f"{problem} {problem.message_en}".rstrip())
        print(f"共 {len(refused.problems)} 处要改。 {len(refused.problems)} to mend.", file=sys.stderr)
        return 1
    if words.action == "docs":
        write_docs(catalog)
    for line in _overdue(catalog):
        print(line, file=sys.stderr)
    print(_listed(catalog) if words.action == "list" else _summary(catalog))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gangmu catalog", description="检查口径库 / check the catalog")
    parser.add_argument("action", choices=("check", "list", "docs"))
    parser.add_argument(
        "--add", type=Path, action="append", default=[], metavar="FILE", help="再加一个定义文件一起检查"
    )
    parser.add_argument("--folder", type=Path, action="append", default=[], help="换用别的定义目录")
    return parser


def _summary(catalog: Catalog) -> str:
    counts = (
        (len(catalog.facts), "种事实"),
        (len(catalog.indicators), "个指标"),
        (len(catalog.tags), "个标签"),
        (len(catalog.rules), "条规定"),
        (len(catalog.duties), "项职责"),
        (len(catalog.responsibilities), "张责任清单"),
        (len(catalog.organisation_kinds), "种组织"),
    )
    off = f"\n本地关闭：{'、'.join(sorted(catalog.off))}。" if catalog.off else ""
    return f"口径库可用：{'，'.join(f'{count} {noun}' for count, noun in counts)}。{off}\n摘要 {catalog.digest}"


def _rooms(catalog: Catalog) -> tuple[Mapping[str, Definition], ...]:
    duties = {key: one.duty for key, one in catalog.duties.items()}
    return (catalog.facts, catalog.indicators, catalog.families, catalog.rules, duties, catalog.responsibilities)


def _overdue(catalog: Catalog) -> list[str]:
    """A review that is overdue is said, and stops nothing."""
    today = clock.today()
    late = [(key, one.review_by) for part in _rooms(catalog) for key, one in part.items() if one.review_by < today]
    return [f"{catalog.origins[key]}：应在 {day} 前复核，请核对出处后改 review_by。" for key, day in late]


def _listed(catalog: Catalog) -> str:
    rows = [f"{key}\t{one.title.zh}\t{catalog.origins[key]}" for part in _rooms(catalog) for key, one in part.items()]
    return "\n".join(rows)
