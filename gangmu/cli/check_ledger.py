"""`check FILE…`: documents held against the record, as well as against themselves."""

import argparse
import json
from collections.abc import Sequence
from functools import partial

import django

from gangmu.cli.hands import let_go
from gangmu.cli.inputs import Output, run
from gangmu.cli.word_file import WordFile, word_file
from gangmu.documents import queries as documents
from gangmu.documents.checking import Checked, check, figure_record
from gangmu.documents.word_out import Told
from gangmu.indicators.commands import period_of
from gangmu.indicators.values import Figure
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import by_code, tree
from gangmu.orgs.scope import everything, scope_of
from gangmu.pages import formats
from gangmu.pages.rows import figure_text
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
    word = word_file(said.files, said.word) if said.word is not None else None
    work = partial(_one, scope=scope, org=org, period=period, as_lines=said.jsonl, word=word)
    return run(said.files, work, leave=let_go, begin=django.setup)


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="gangmu check", description="hold the numbers of documents against the record", allow_abbrev=False
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--org", metavar="CODE", help="whose numbers they are, where the text does not say")
    parser.add_argument("--from", dest="first", metavar="D", help="first day, YYYY-MM-DD, where the text does not say")
    parser.add_argument("--to", dest="last", metavar="D", help="last day, included")
    parser.add_argument("--as", dest="login", metavar="ACCOUNT", help="as far as this account may see")
    parser.add_argument("--no-ledger", action="store_true", help="only the arithmetic inside the text")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line instead of a report")
    parser.add_argument("--word", metavar="OUT.docx", help="also write the document as Word with comments")
    return parser.parse_args(argv)


def _period(first: str | None, last: str | None) -> Period | None:
    if first is not None and last is not None:
        return period_of(first, last)
    if first is not None or last is not None:
        raise Refused([Problem("check.half_a_period", "--from 和 --to 要一起写，两头都算在内。",
                               "Write --from and --to together; both days are included.", "--from")])  # fmt: skip
    return None


def _one(
    source: Source, *, scope: Scope, org: OrgId | None, period: Period | None, as_lines: bool, word: WordFile | None
) -> Output:
    reading = read_all(source)
    checked = check(reading, scope, org=org, period=period, choices=documents.choices(scope))
    if word:
        word.write(reading, checked.findings, _told(checked))
    status = CONTRADICTED if any(one.verdict == "contradiction" for one in checked.findings) else 0
    if as_lines:
        return Output("".join(_lines(checked)).encode(), (), status)
    page = report(source, checked.findings, claims=len(reading.claims))
    return Output(f"{page}\n".encode(), (), status)


def _told(checked: Checked) -> Told:
    """What the Word file says besides the findings: what was held against what, and the figure behind each number."""
    unit = tree(clock.today()).get(checked.org) if checked.org else None
    against = f"对照：{unit.name if unit else '文中写明的单位'}，{formats.period(checked.period, 'zh-hans')}"
    told = f"核验时间：{formats.moment(clock.now(), 'zh-hans')}，台账第{ledger.size()}条"
    behind = ((number, checked.figures.get(claim.span)) for number, claim in enumerate(checked.reading.claims))
    return Told(clock.now(), (against, told), {number: _named(figure) for number, figure in behind if figure})


def _named(figure: Figure) -> str:
    """A figure on one line, with the words that the `figure` command takes."""
    node = tree(figure.tree_day).get(figure.org)
    shown = figure_text(figure, "zh-hans")
    code = f" --org {node.code}" if node and node.code else ""
    return f"台账：{shown}（gangmu figure {figure.key}{code} --from {figure.period.start} --to {figure.period.end}）"


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
