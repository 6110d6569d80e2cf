"""`gangmu duties`: what a unit, its posts and its members owe, one JSON object a line, for people and programs here."""

import argparse
import json
import sys
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import Known, standing
from gangmu.duties.rules import explain, notices
from gangmu.kernel.periods import Period, asked_day
from gangmu.kernel.problems import Problem, Refused
from gangmu.orgs.queries import by_code
from gangmu.orgs.scope import everything


def duties(argv: list[str]) -> int:
    """Print every duty of the year up to the day, as it stood on it; 0, or Refused with what is wrong."""
    asked = _arguments(argv)
    on = _day("--day", asked.day)
    first = _day("--from", asked.first) if asked.first else date(on.year, 1, 1)
    if first > on:
        raise Refused([Problem("duties.order", "--from 晚于 --day；请调换。", "--from lies after --day.", "--from")])
    scope = everything()
    org = by_code(scope, asked.org).org
    for status in standing(scope, org, Period(first, on), Known(on, asked.as_known)):
        sys.stdout.write(json.dumps(as_record(status, asked.org), ensure_ascii=False) + "\n")
    return 0


def as_record(status: Status, code: str) -> dict[str, object]:
    """A status as plain values; persons and posts by their opaque ids alone."""
    one, definitions = status.obligation, catalog()
    need = None if one.need is None else str(one.need)
    return {
        "duty": one.duty, "org": code, "bearer": one.bearer.kind, "bearer_id": one.bearer.id,
        "from": one.period.start.isoformat(), "to": one.period.end.isoformat(), "state": status.state,
        "on": status.on.isoformat(), "need": need, "have": str(status.have), "opens": one.opens.isoformat(),
        "due": one.due.end.isoformat(), "grace_end": one.grace_end.isoformat(),
        "met_on": status.met_on.isoformat() if status.met_on else None, "late_records": status.late_records,
        "evidence": list(status.evidence), "catalog": definitions.digest,
        "explain": [{"zh": said.zh, "en": said.en} for said in explain(one, definitions)],
        "told": [{"to": notice.to, "day": notice.day.isoformat()} for notice in notices(status, definitions.calendar)],
    }  # fmt: skip


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gangmu duties", description="Print what is owed, one JSON object a line.")
    parser.add_argument("--org", required=True, metavar="CODE", help="the unit's code")
    parser.add_argument("--day", required=True, metavar="D", help="as things stood on this day, YYYY-MM-DD")
    parser.add_argument(
        "--from", dest="first", metavar="D", help="periods from this day on; else from its year's first"
    )
    parser.add_argument("--as-known", type=int, metavar="N", help="as known when the ledger held its first N facts")
    return parser.parse_args(argv)


def _day(name: str, text: str) -> date:
    try:
        return asked_day(text)
    except ValueError:
        raise Refused(
            [
                Problem(
                    "duties.day",
                    "日期写成 2025-03-31 这样，从 1921-07-01 起。",
                    "Write 2025-03-31; from 1921-07-01 on.",
                    name,
                )
            ]
        ) from None
