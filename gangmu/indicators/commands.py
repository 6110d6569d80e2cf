"""`gangmu figure`: one figure as a JSON object, for people and programs on this machine."""

import argparse
import json
import sys
from datetime import date

from gangmu.indicators import queries
from gangmu.kernel.periods import Period, asked_day
from gangmu.kernel.problems import Problem, Refused
from gangmu.orgs.queries import by_code
from gangmu.orgs.scope import everything


def figure(argv: list[str]) -> int:
    """Print one figure, its unit by the code asked for; 0, or Refused with what is wrong. Every unit is in scope."""
    asked = _arguments(argv)
    period = period_of(asked.first, asked.last)
    scope = everything()
    org = by_code(scope, asked.org).org
    found = queries.figure(scope, asked.key, org, period, tree_day=tree_day_of(asked.tree_day), as_known=asked.as_known)
    sys.stdout.write(json.dumps(found.as_record() | {"org": asked.org}, ensure_ascii=False) + "\n")
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gangmu figure", description="Print one figure as a JSON object.")
    parser.add_argument("key", help="an indicator, with chosen tags in brackets: activity.sessions[lecture]")
    parser.add_argument("--org", required=True, metavar="CODE", help="the unit's code")
    parser.add_argument("--from", required=True, dest="first", metavar="D", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", required=True, dest="last", metavar="D", help="last day, included")
    parser.add_argument("--as-known", type=int, metavar="N", help="as known when the ledger held its first N facts")
    parser.add_argument("--tree-day", metavar="D", help="with the tree of that day")
    return parser.parse_args(argv)


def period_of(first: str, last: str) -> Period:
    """The period between two written days, both included. Raises Refused with every problem."""
    days = [(name, _day(text)) for name, text in (("--from", first), ("--to", last))]
    problems = [_no_day(name) for name, day in days if day is None]
    start, end = (day for _, day in days)
    if start and end and end < start:
        problems.append(
            Problem("period.order", "结束日期早于开始日期。", "The last day lies before the first.", where="--to")
        )
    if problems or start is None or end is None:
        raise Refused(problems)
    return Period(start, end)


def tree_day_of(text: str | None) -> date | None:
    """The day whose tree is asked for, None where none is. Raises Refused for what is no day."""
    day = None if text is None else _day(text)
    if text is not None and day is None:
        raise Refused([_no_day("--tree-day")])
    return day


def _no_day(name: str) -> Problem:
    return Problem(
        "period.day", "日期写成 2025-03-31 这样，从 1921-07-01 起。", "Write 2025-03-31; from 1921-07-01 on.", name
    )


def _day(text: str) -> date | None:
    try:
        return asked_day(text)
    except ValueError:
        return None
