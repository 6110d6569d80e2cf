"""Chapter: late records, through the ordinary action."""

from datetime import timedelta

from gangmu.catalog.current import catalog
from gangmu.indicators import queries as indicators
from gangmu.kernel import clock
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Refused
from gangmu.ledger import queries as ledger
from gangmu.records.actions import record_fact
from tests.orgs.cast import City
from tests.spec.late import ASKED, FUTURE, IN_TIME, LATE, ROWS, Recorded

BODIES = {
    "activity.held": {"tags": ["lecture"], "present": 9},
    "matter.opened": {"tags": ["request"]},
    "money.booked": {"direction": "in", "amount": "100.00", "tags": ["collective_income"]},
    "site.opened": {"tags": ["service_centre"]},
}
ANSWERS = {"records.late": ASKED, "records.future": FUTURE}


def taken(city: City, row: Recorded) -> tuple[str, bool]:
    """How the record is taken, and whether it counts as late."""
    day = clock.today() - timedelta(days=row.days)
    body = BODIES[row.kind] | ({"late_reason": row.reason} if row.reason else {})
    try:
        receipt = record_fact(
            row.kind, city["柳溪村"], body=body, on=day, by=city.clerk, idem=f"{row}".encode().hex()[-100:]
        )
    except Refused as refusal:
        (problem,) = refusal.problems
        return ANSWERS[problem.code], False
    fact = ledger.fact(receipt.id)
    assert fact.day == day
    late = fact.late_days > catalog().facts[row.kind].late_after_days
    return (LATE if late else IN_TIME), late


def test_each_record_is_taken_as_the_table_says(city: City) -> None:
    told = {row: taken(city, row) for row in ROWS}
    assert told == {row: (row.taken, row.counted_late) for row in ROWS}


def test_a_late_record_counts_like_any_other_and_is_told_apart(city: City) -> None:
    for days, late in ((0, 0), (3, 0), (7, 0), (8, 1), (40, 1)):
        day = clock.today() - timedelta(days=days)
        body = {"tags": ["lecture"], "late_reason": "away"}
        record_fact("activity.held", city["柳溪村"], body=body, on=day, by=city.clerk, idem=f"late/{days}")
        found = indicators.figure(city.clerk.scope, "activity.sessions[lecture]", city.root, Period(day, day))
        assert (days, found.value, found.late_count) == (days, 1, late)


def test_every_kind_says_after_how_many_days_it_is_late() -> None:
    assert {row.kind for row in ROWS} <= catalog().facts.keys()
    assert all(kind.late_after_days >= 0 for kind in catalog().facts.values())
