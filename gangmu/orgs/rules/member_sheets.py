"""Sheets of a branch about its members: dues of a month, outcomes of the yearly review. Pure; k of TRUST (j) is 10."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from gangmu.kernel.problems import Problem

K = 10  # a figure over fewer persons is withheld
OUTCOMES = ("excellent", "qualified", "basic", "unqualified")


def amount(text: str) -> Decimal | None:
    """An amount in yuan with at most two places, or None where it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    exact = found.is_finite() and found >= 0 and found == found.quantize(Decimal("0.01"))
    return found if exact and found < 10_000_000 else None


def against_sheet(persons: Sequence[str], members: Sequence[str], *, twice: bool) -> list[Problem]:
    """Why a sheet cannot be recorded: it is empty, names a stranger, or stands already."""
    found = []
    if not persons:
        found.append(Problem("orgs.sheet_empty", "一个人都没有填。", "Nobody is filled in.", "member"))
    if set(persons) - set(members):
        found.append(Problem("orgs.sheet_stranger", "有人不在本支部名册上。", "Somebody is not on the roll.", "member"))
    if twice:
        found.append(Problem("orgs.sheet_twice", "这一期已经记过；要改，去那条记录更正。",
                             "This one is on record; put that record right.", "day"))  # fmt: skip
    return found


def against_outcomes(outcomes: Mapping[str, str], stages: Mapping[str, str], most: Decimal, rule: str) -> list[Problem]:
    """An outcome is one of four; probationary members are not graded; no more excellent than the share of the rule."""
    found = []
    if set(outcomes.values()) - set(OUTCOMES):
        found.append(Problem("orgs.no_such_outcome", "等次只有四种。", "There are four outcomes.", "outcome"))
    if any(stages.get(person) != "full" for person in outcomes):
        found.append(Problem("orgs.outcome_probation", "预备党员参加评议，不定等次。",
                             "Members on probation take part and are not graded.", "outcome", rule))  # fmt: skip
    best = sum(1 for outcome in outcomes.values() if outcome == "excellent")
    if best * 100 > most * len(stages):
        found.append(Problem("orgs.too_many_excellent", f"优秀一般不超过党员总数的{most.normalize()}%。",
                             f"No more than {most.normalize()} per cent are excellent.", "outcome", rule))  # fmt: skip
    return found


def told_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts that may be told: none under K, and where just one is hidden the least of the others is hidden too."""
    hidden = {key for key, number in counts.items() if 0 < number < K}
    shown = sorted((number, key) for key, number in counts.items() if key not in hidden and number)
    if len(hidden) == 1 and shown:
        hidden.add(shown[0][1])
    return {key: None if key in hidden else number for key, number in counts.items()}


def told_sums(sums: Mapping[str, tuple[int, Decimal]]) -> dict[str, Decimal | None]:
    """By unit the sums that may be told, of (persons, sum): none of fewer than K, and never just one hidden."""
    hidden = {key for key, (persons, _) in sums.items() if persons < K}
    rest = sorted((persons, key) for key, (persons, _) in sums.items() if key not in hidden)
    while rest and hidden and (len(hidden) == 1 or sum(sums[key][0] for key in hidden) < K):
        hidden.add(rest.pop(0)[1])
    return {key: None if key in hidden else total for key, (_, total) in sums.items()}


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)
