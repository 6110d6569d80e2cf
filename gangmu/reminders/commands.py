"""`gangmu remind`: send a day's reminders, or say what would be sent."""

import argparse
import json
import sys
from datetime import date

from django.conf import settings

from gangmu.kernel import clock
from gangmu.kernel.periods import asked_day
from gangmu.kernel.problems import Problem, Refused
from gangmu.reminders.choices import NO_SITE
from gangmu.reminders.sending import remind as send

OFF = Problem("reminders.off", "提醒没有开；要开就设 GANGMU_REMINDERS=on，先看会发什么就加 --dry-run。",
              "Reminders are off: set GANGMU_REMINDERS=on, or see with --dry-run what would be sent.")  # fmt: skip
BAD_DAY = Problem("reminders.day", "日期写成 2025-03-31 这样，不晚于今天。",
                  "Write the day like 2025-03-31, no later than today.", "--day")  # fmt: skip


def remind(argv: list[str]) -> int:
    """Print one JSON object a digest, without a name or an address; 1 when one was not delivered."""
    parser = argparse.ArgumentParser(prog="gangmu remind", description="Send a day's reminders: each once.")
    parser.add_argument("--day", metavar="D", help="the day, YYYY-MM-DD; today if not said")
    parser.add_argument("--dry-run", action="store_true", help="send nothing and say what would be sent")
    asked = parser.parse_args(argv)
    if not asked.dry_run and not settings.REMINDERS:
        raise Refused([OFF])
    if not asked.dry_run and not settings.SITE:
        raise Refused([NO_SITE])
    failed = 0
    for one in send(_day(asked.day), dry_run=asked.dry_run):
        failed += one.state == "failed"
        told = {"account": one.account, "carrier": one.carrier, "state": one.state, "own": one.counts.own,
                "unit": one.counts.unit, "beneath": one.counts.beneath}  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
    return 1 if failed else 0


def _day(text: str | None) -> date:
    today = clock.today()
    try:
        day = asked_day(text) if text else today
    except ValueError:
        raise Refused([BAD_DAY]) from None
    if day > today:
        raise Refused([BAD_DAY])
    return day
