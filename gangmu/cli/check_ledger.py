"""`check FILE…`: documents held against the record, as well as against themselves."""

import argparse
import json
from collections.abc import Sequence
from functools import partial

import django
from django.db import connections

from gangmu.cli.inputs import Output, run
from gangmu.documents import queries as documents
from gangmu.documents.checking import Checked, check, figure_record
from gangmu.indicators.commands import everything, period_of
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import by_code, tree
from gangmu.orgs.scope import scope_of
from gangmu.people.queries import account_named
from gangmu.reading.pipeline import read_all
from gangmu.reading.report import finding_record, report
from gangmu.reading.values import Source

CONTRADICTED = 1
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def main(argv: list[str]) -> int:
    """Check the files of `argv`; 2 if an input could not be used, else 1 if anything does not agree, else 0."""
    said = _arguments(argv)
    scope = scope_of(account_named(said.login), clock.today()) if said.login is not None else everything()
    org = by_code(scope, said.org).org if said.org is not None else None
    if said.login is not None:
        require(scope, Permission.CHECK_DOCUMENTS, org)
    period = _period(said.first, said.last)
    work = partial(_one, scope=scope, org=org, period=period, as_lines=said.jsonl)
    return run(said.files, work, leave=_let_go, begin=django.setup)


def _let_go() -> None:
    """Hold no connection while other processes are born: each opens its own."""
    connections.close_all()
    for one in connections.all(initialized_only=True):
        getattr(one, "close_pool", lambda: None)()  # PostgreSQL's, whose threads do not come along


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="gangmu check", description="hold the numbers of documents against the record"
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--org", metavar="CODE", help="whose numbers they are, where the text does not say")
    parser.add_argument("--from", dest="first", metavar="D", help="first day, YYYY-MM-DD, where the text does not say")
    parser.add_argument("--to", dest="last", metavar="D", help="last day, included")
    parser.add_argument("--as", dest="login", metavar="ACCOUNT", help="as far as this account may see")
    parser.add_argument("--no-ledger", action="store_true", help="only the arithmetic inside the text")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line instead of a report")
    return parser.parse_args(argv)


def _period(first: str | None, last: str | None) -> Period | None:
    if first is not None and last is not None:
        return period_of(first, last)
    if first is not None or last is not None:
        raise Refused([Problem("check.half_a_period", "--from 和 --to 要一起写，两头都算在内。",
                               "Write --from and --to together; both days are included.", "--from")])  # fmt: skip
    return None


def _one(source: Source, *, scope: Scope, org: OrgId | None, period: Period | None, as_lines: bool) -> Output:
    reading = read_all(source)
    checked = check(reading, scope, org=org, period=period, choices=documents.choices(scope))
    status = CONTRADICTED if any(one.verdict == "contradiction" for one in checked.findings) else 0
    if as_lines:
        return Output("".join(_lines(checked)).encode(), (), status)
    page = report(source, checked.findings, claims=len(reading.claims))
    return Output(f"{page}\n".encode(), (), status)


def _lines(checked: Checked) -> Sequence[str]:
    doc = checked.reading.source.doc
    return [_dumps(finding_record(doc, one, _figure(checked, one.spans[0]) if one.type == "figure" else None)) + "\n"
            for one in checked.findings]  # fmt: skip


def _figure(checked: Checked, span: tuple[int, int]) -> dict[str, object] | None:
    figure = next((one for place, one in checked.figures.items() if place == span), None)
    if figure is None:
        return None
    node = tree(figure.tree_day).get(figure.org)
    return {**figure_record(figure, node.code if node else "")}
