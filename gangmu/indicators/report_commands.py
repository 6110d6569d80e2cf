"""`gangmu report` writes figures of a unit and period to a file; `gangmu recompute` counts it again, offline."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog, extra, folders
from gangmu.catalog.load import load
from gangmu.indicators import queries, reports
from gangmu.indicators.again import Again, Counted, count_again
from gangmu.indicators.commands import period_of, tree_day_of
from gangmu.kernel.problems import Problem, Refused, Unusable
from gangmu.ledger import keys, rules
from gangmu.ledger import queries as ledger
from gangmu.ledger.commands import reader
from gangmu.ledger.note import NotTrusted, Verifier
from gangmu.orgs.queries import by_code
from gangmu.orgs.scope import everything

AGREES, DIFFERS, UNUSABLE = 0, 1, 2


def report(argv: Sequence[str]) -> int:
    """`report --org CODE --from D --to D [KEY …] [--as-known N] [--tree-day D] [--into FILE]`: the file; 0, or Refused.

    The figures are as known at the newest signed head, or at N: what has no number yet is in none of them.
    """
    asked = _report_words().parse_args(argv)
    period, tree_day = period_of(asked.first, asked.last), tree_day_of(asked.tree_day)
    newest = ledger.head()
    if newest is None:
        raise Refused([rules.nothing_signed()])
    size = newest.size if asked.as_known is None else asked.as_known
    scope, definitions = everything(), catalog()
    node = by_code(scope, asked.org)
    wanted = asked.keys or list(definitions.indicators)
    figures = queries.figures(scope, wanted, node.org, period, tree_day=tree_day, as_known=size)
    lines = tuple(reports.line(one, definitions, node.name) for one in figures)
    text = reports.written(
        reports.Report(keys.log_origin(), size, ledger.root_at(size).hex(), definitions.digest, lines)
    )
    if asked.into is None:
        sys.stdout.write(text)
    else:
        asked.into.write_text(text, "utf-8", newline="\n")
    return AGREES


def _report_words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gangmu report", description="Write figures to a file that can be recomputed."
    )
    parser.add_argument(
        "keys", nargs="*", metavar="KEY", help="indicators, with tags in brackets; default: all of them"
    )
    parser.add_argument("--org", required=True, metavar="CODE", help="the unit's code")
    parser.add_argument("--from", required=True, dest="first", metavar="D", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", required=True, dest="last", metavar="D", help="last day, included")
    parser.add_argument("--as-known", type=int, metavar="N", help="as known when the ledger held its first N facts")
    parser.add_argument("--tree-day", metavar="D", help="with the tree of that day")
    parser.add_argument("--into", type=Path, metavar="FILE", help="write here; default: standard output")
    return parser


def recompute(argv: Sequence[str]) -> int:
    """`recompute REPORT… --export FOLDER [--key FILE] [--catalog FOLDER]… [--jsonl]`, without database or network.

    Status 0: every figure is what it was; 1: it is not, or the report was changed, and standard output says which and
    why; 2: a report, the export or the catalog cannot be used.
    """
    asked = _recompute_words().parse_args(argv)
    definitions = load(tuple(asked.catalog) or folders(), extra())
    verifier, status = _key(asked), AGREES
    for path in asked.reports:
        found, altered = reports.read(_text(path), path.name)
        again = count_again(found, reader(asked.export), verifier, definitions)
        again = Again(again.lines, (*altered, *again.problems))
        (_say_json if asked.jsonl else _say)(path, found, again, definitions)
        status = max(status, AGREES if again.agrees else DIFFERS)
    return status


def _recompute_words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gangmu recompute", description="Count the figures of a report again, offline."
    )
    parser.add_argument("reports", nargs="+", type=Path, metavar="REPORT", help="a file written by `gangmu report`")
    parser.add_argument("--export", required=True, type=Path, metavar="FOLDER", help="a folder made by `gangmu export`")
    parser.add_argument("--key", type=Path, help="the log's public key (log.vkey); default: this installation's")
    parser.add_argument("--catalog", type=Path, action="append", default=[], metavar="FOLDER",
                        help="the definitions of then; default: this installation's")  # fmt: skip
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a figure, then one for the report")
    return parser


def _key(asked: argparse.Namespace) -> Verifier:
    """The key that the export must be signed with. Raises Unusable where there is no export or no key to be read."""
    if not (asked.export / "checkpoint").is_file():
        raise Unusable(Problem(
            "report.export", f"{asked.export} 不是 gangmu export 导出的文件夹：里面没有 checkpoint。",
            f"{asked.export} is no folder made by `gangmu export`: it holds no checkpoint.", where=str(asked.export),
        ))  # fmt: skip
    try:
        return Verifier.parse(asked.key.read_text()) if asked.key else keys.log_verifier()
    except (NotTrusted, UnicodeDecodeError) as error:
        raise Unusable(rules.head_untrusted(f"公钥 {asked.key} 读不出来", f"{asked.key}: {error}")) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Unusable(reports.unreadable(path.name, error)) from None


def _say(path: Path, found: reports.Report, again: Again, _definitions: Catalog) -> None:
    """For a person: everything that is wrong, one a line, or that all of it agrees."""
    problems = [*again.problems, *(one.problem for one in again.lines if one.problem)]
    for problem in problems:
        print(f"{path.name}: {problem} {problem.message_en}")
    if not problems:
        count = len(again.lines)
        print(f"{path.name}: {count}个数都和台账前{found.size}条算出的一样。 All {count} figures are what the first "
              f"{found.size} entries give. {found.digest}")  # fmt: skip


def _say_json(path: Path, found: reports.Report, again: Again, definitions: Catalog) -> None:
    """For a program: one object a figure, then one for the report."""
    for one in again.lines:
        print(json.dumps(_line(one), ensure_ascii=False))
    problems = [{"code": one.code, "where": one.where, "message": one.message_en} for one in again.problems]
    print(json.dumps({"report": path.name, "agrees": again.agrees, "figures": len(again.lines),
                      "differ": sum(one.problem is not None for one in again.lines), "ledger_size": found.size,
                      "root": found.root, "catalog": definitions.digest, "digest": found.digest, "problems": problems},
                     ensure_ascii=False))  # fmt: skip


def _line(one: Counted) -> dict[str, object]:
    return {
        "indicator": one.line.key,
        "org": one.line.org,
        "agrees": one.problem is None,
        "reported": one.line.digest,
        "recomputed": one.figure.digest if one.figure else None,
        "why": one.problem.message_en if one.problem else "",
    }
