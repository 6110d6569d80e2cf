"""Hours of a class are carried to the duty of study of each who came, and to nobody who was absent."""

from datetime import date
from decimal import Decimal

import pytest

from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.duties.queries import unit_year
from gangmu.kernel.ids import PersonId
from gangmu.kernel.scope import Scope
from gangmu.ledger import sequencer
from gangmu.orgs import rosters
from gangmu.records import training
from gangmu.records.training import Session
from tests.orgs.cast import City

pytestmark = pytest.mark.usefixtures("db")
BRANCH, HELD, DAY = "柳溪支部", date(2025, 3, 8), date(2025, 12, 31)


def had(keeper: Scope, city: City, person: PersonId) -> tuple[Decimal, str]:
    """The hours that the person's year of study has, and how it stands."""
    for year in unit_year(keeper, city[BRANCH], 2025, DAY):
        if year.duty.key == "member.study_hours" and year.bearer and year.bearer.person == person:
            return year.periods[0].have, year.periods[0].state
    raise AssertionError("the member owes no hours")


@pytest.mark.parametrize(
    ("lengths", "hours", "state"),
    [
        (("day",) * 4, 32, "met"),
        (("day",) * 3 + ("half",), 28, "due"),
        (("day", "day", "day", "half", "half"), 32, "met"),
    ],
)
def test_whole_and_half_days_of_class_make_up_the_thirty_two_hours(
    city: City, lengths: tuple[str, ...], hours: int, state: str
) -> None:
    for name in ("林晓禾", "何田"):
        city.member(name, BRANCH)
    came, absent = (row.person for row in rosters.members(city.clerk.scope, city[BRANCH]))
    about = training.open_class(
        city["东镇"], "members", Decimal(32), date(2025, 12, 31), "党员班", by=city.clerk, at=HELD, idem="class",
        late_reason=OLD_BOOKS,
    )  # fmt: skip
    for number, length in enumerate(lengths):
        one = Session(city["东镇"], about, HELD, length, None, frozenset({absent}), late_reason=OLD_BOOKS)
        training.record_session(one, by=city.clerk, idem=f"session/{number}")
    while sequencer.run_once():
        pass
    keeper = city.account("keeps", "branch_secretary", BRANCH).scope
    assert had(keeper, city, came) == (Decimal(hours), state)
    assert had(keeper, city, absent)[0] == 0
