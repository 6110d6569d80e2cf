"""Chapter: reach, by the real changes and the real scopes of the two days."""

from datetime import timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import NotFound
from gangmu.orgs import actions, queries
from gangmu.orgs.entries import Part
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.scope import scope_of
from tests.orgs.cast import LONG_AGO, City
from tests.spec.reach import CHANGES, DAY, EVE, ROWS, Sees


def changed(city: City, change: str) -> None:
    """The change, on its day, by the clerk of the city."""
    by = {"by": city.clerk, "at": DAY, "idem": "change"}
    match change:
        case "并入":
            actions.merge_unit(city["西镇"], city["东镇"], **by)
        case "划转":
            actions.move_unit(city["柳溪村"], city["西镇"], **by)
        case "分设":
            part = Part("新镇党委", children=(city["石桥村"],))
            (city.units["新镇"],) = actions.split_unit(city["东镇"], (part,), continues=True, **by)
        case "撤销":
            actions.dissolve_unit(city["抗旱临时支部"], "task_done", **by)
        case "更名":
            actions.rename_unit(city["柳溪村"], "柳溪社区党委", **by)


def seen(city: City, row: Sees) -> bool:
    """Whether the clerk over the row's unit sees the other on that day; every way of asking says the same."""
    account = account_over(city, row.top)
    day = DAY - timedelta(days=1) if row.day == EVE else DAY
    scope, unit = scope_of(account, day), city[row.unit]
    node = queries.tree(day).get(unit)
    ways = {
        queries.holds(scope, unit),
        may(scope, Permission.SEE_FACTS, unit),
        node is not None and scope.holds(node.path),
    }
    try:
        ways.add(queries.unit(scope, unit).org == unit)
    except NotFound:
        ways.add(False)
    (answer,) = ways
    return answer


def account_over(city: City, top: str) -> AccountId:
    """A clerk over that unit since long ago; the same one when asked again."""
    name = f"clerk.{list(city.units).index(top)}"
    account = actions.open_account(name, by=city.keeper, at=LONG_AGO, idem=name)
    actions.grant(account, "party_clerk", city[top], by=city.keeper, at=LONG_AGO, idem=f"grant/{name}")
    return account


@pytest.mark.parametrize("change", CHANGES)
def test_on_each_day_each_unit_is_seen_or_not(city: City, change: str) -> None:
    changed(city, change)
    rows = [row for row in ROWS if row.change == change]
    assert {row: seen(city, row) for row in rows} == {row: row.sees for row in rows}


def test_every_change_has_a_row_of_either_answer() -> None:
    assert {row.change for row in ROWS} == CHANGES.keys()
    for change in set(CHANGES):
        assert {row.sees for row in ROWS if row.change == change} == {True, False}


def test_today_counts_the_shape_of_today(city: City) -> None:
    """An account opened long after a change sees the shape as it is, and asks for the old one by the day."""
    changed(city, "划转")
    west = city.account("west", "leader", "西镇")
    assert queries.holds(west.scope, city["柳溪支部"])
    assert queries.holds(west.scope, city["柳溪支部"], clock.today())
    assert not queries.holds(west.scope, city["柳溪支部"], DAY - timedelta(days=1))
