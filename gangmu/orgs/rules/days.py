"""What every rule of the graph starts from: a unit's life, and days that cannot be."""

from dataclasses import dataclass
from datetime import date

from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem

BRANCH_RULES = "《中国共产党支部工作条例（试行）》第二章"
ADMISSION_RULES = "《中国共产党发展党员工作细则》（2014）"


@dataclass(frozen=True, slots=True)
class Life:
    """What the rules need of a unit: its kind, and from which day until when (excluded) it exists."""

    org: OrgId
    kind: str
    founded_on: date
    ended_on: date

    def on(self, day: date) -> bool:
        return self.founded_on <= day < self.ended_on


def against_the_day(at: date, today: date, since: date | None = None) -> list[Problem]:
    """Nothing happens tomorrow, and nothing happened to a thing before it was there."""
    if at > today:
        return [
            Problem(
                "orgs.future",
                f"{at} 还没有到，请填实际发生的日子。",
                f"{at} has not come yet; give the day it happened.",
                "at",
            )
        ]
    if since is not None and at < since:
        return [
            Problem(
                "orgs.too_early",
                f"{at} 那天还没有它，它从 {since} 起才有。",
                f"It was not there on {at}: it began on {since}.",
                "at",
            )
        ]
    return []


def against_change(unit: Life | None, at: date, today: date) -> list[Problem]:
    """Why nothing can happen to the unit on that day (None: it was never founded)."""
    if unit is None or not unit.on(at):
        return [*against_the_day(at, today), not_there("org", at)]
    return against_the_day(at, today)


def against_closing(valid_from: date, valid_to: date, at: date, today: date) -> list[Problem]:
    """Why a thing cannot end on that day: it must have begun and not have ended before."""
    if valid_to <= at:
        return [Problem("orgs.ended_already", f"它在 {valid_to} 已经结束。", f"It ended on {valid_to} already.", "at")]
    return against_the_day(at, today, valid_from)


def not_there(where: str, at: date) -> Problem:
    """The Problem of a unit that does not exist on the day."""
    return Problem(
        "orgs.not_there", f"{at} 那天没有这个组织，或者它已经撤销。", f"On {at} that unit did not exist.", where
    )
