"""What was waived in the flood season, and who asked to be free of collective study: a few of each, with reasons."""

from collections.abc import Iterator, Mapping
from datetime import date

from gangmu.cli.city import people, year
from gangmu.cli.city.habits import BRANCH
from gangmu.cli.city.plan import YEAR, City, Unit, chance
from gangmu.duties import actions as duties
from gangmu.kernel.scope import Actor

FLOOD = date(YEAR, 7, 1)  # the month whose theme day was waived where everybody was on the dykes
APPROVED, ASKED = date(YEAR, 8, 4), date(YEAR, 3, 10)
WAIVED, EXEMPT = "branch.theme_day", "member.study_hours"
MOST = 24  # of each
REASONS = ("age", "away", "arrangements", "")
FIRST = 3  # members before this one hold posts


def granted(city: City, actors: Mapping[str, Actor]) -> None:
    """The township approves what was waived of its branches; what members asked for is put on record by its desk."""
    branches = [unit for unit in city.units if unit.level == "branch"]
    for unit in [unit for unit in branches if _kept_away(unit)][:MOST]:
        duties.waive(WAIVED, unit.org, unit.org, FLOOD, reason="disaster", by=actors[unit.desk], at=APPROVED,
                     idem=f"city/waived/{unit.code}")  # fmt: skip
    for unit, one, reason in list(_asking(branches))[:MOST]:
        duties.exempt(EXEMPT, unit.org, one.membership, by=actors[unit.desk], at=ASKED, reason=reason,
                      idem=f"city/exempted/{one.key}")  # fmt: skip


def _kept_away(unit: Unit) -> bool:
    """A branch that was there and held no theme day in the month of the flood."""
    (habit,) = [one for one in BRANCH if one.form == "theme_day"]
    months = {one.first_day.month for one in year.activities(unit, habit)}
    return unit.since < FLOOD and FLOOD.month not in months


def _asking(branches: list[Unit]) -> Iterator[tuple[Unit, people.Member, str]]:
    """Here and there the oldest of those without a post."""
    for unit in branches:
        pick = chance("granting", unit.code)
        others = [one for one in people.members(unit)[FIRST:4] if not one.admitted]
        if others and pick.random() < 0.2:
            yield unit, min(others, key=lambda one: one.birth), pick.choice(REASONS)
