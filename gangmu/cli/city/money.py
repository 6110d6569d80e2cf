"""Sums in and out, each booked once: collective income, pay, funds, dues. Pure."""

from collections.abc import Iterator
from datetime import date

from gangmu.cli.city.plan import YEAR, Unit, a_day, chance
from gangmu.cli.city.year import entry
from gangmu.kernel.canon import Json
from gangmu.records.entries import Entry

QUARTER_ENDS = (date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 9, 30), date(YEAR, 12, 31))


def booked(unit: Unit, use: str, on: date, amount: Json, key: str, way: str = "out", **body: Json) -> Entry:
    """One sum in or out; `amount` in yuan."""
    return entry(unit, "money.booked", on, f"{use}/{key}", {"tags": [use], "direction": way, "amount": amount, **body})


def village_money(unit: Unit) -> Iterator[Entry]:
    """Collective income by quarter (villages), pay of cadres, funds for services."""
    pick = chance("money", unit.code)
    if unit.new.kind == "village":
        year = 1000 * round(pick.lognormvariate(5.1 + 0.6 * unit.quality, 0.85))
        for number, on in enumerate(QUARTER_ENDS, 1):
            yield booked(
                unit,
                "collective_income",
                on,
                f"{year // 4 + pick.randrange(100)}.{pick.randrange(100):02d}",
                str(number),
                "in",
            )
    for number, on in enumerate(QUARTER_ENDS, 1):
        people = pick.randrange(4, 8)
        yield booked(unit, "cadre_welfare", on, people * 3 * 2400, str(number), person_months=people * 3)
    yield booked(unit, "party_funds", a_day(unit, pick), 1000 * pick.randrange(10, 41), "1")
    if pick.random() < 0.5:
        yield booked(unit, "care_fund", a_day(unit, pick), 500 * pick.randrange(4, 30), "1")


def township_money(unit: Unit) -> Iterator[Entry]:
    """Building of sites, upgrading of centres, allowances by the month, grants from dues."""
    pick = chance("money", unit.code)
    for number in range(pick.randrange(1, 4)):
        yield booked(unit, "site_building", a_day(unit, pick), 10_000 * pick.randrange(8, 60), str(number))
    yield booked(unit, "centre_upgrade", a_day(unit, pick), 10_000 * pick.randrange(5, 40), "1")
    people = pick.randrange(3, 9)
    for number, on in enumerate(QUARTER_ENDS, 1):
        yield booked(unit, "talent_allowance", on, people * 3 * 800, str(number), person_months=people * 3)
    yield booked(unit, "dues_grant", a_day(unit, pick), 1000 * pick.randrange(20, 90), "1")


def upper_money(unit: Unit) -> Iterator[Entry]:
    """What county and city put into training, start-ups, contests and projects."""
    pick = chance("money", unit.code)
    for use, low, high, times in (
        ("training_fund", 8, 40, 4),
        ("startup_support", 20, 90, 2),
        ("contest_fund", 50, 200, 2),
        ("project_fund", 120, 600, 5),
    ):
        for number in range(times):
            yield booked(unit, use, a_day(unit, pick), 10_000 * pick.randrange(low, high), str(number))


def dues(unit: Unit) -> Iterator[Entry]:
    """Dues by the half year."""
    pick = chance("dues", unit.code)
    for number, on in enumerate((date(YEAR, 6, 30), date(YEAR, 12, 31)), 1):
        if unit.since <= on:
            yield booked(
                unit, "dues", on, f"{unit.members * pick.randrange(48, 120)}.{pick.randrange(10)}0", str(number), "in"
            )
