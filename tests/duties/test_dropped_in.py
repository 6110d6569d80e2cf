"""A duty dropped in by GANGMU_CATALOG_EXTRA is everywhere at once: year, what is due, compliance, calendar. No Python."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gangmu.api.calendar import calendar_of
from gangmu.catalog.current import EXTRA, catalog
from gangmu.duties.queries import compliance, due_for, unit_year
from gangmu.kernel.periods import Period
from tests.catalog.small import write
from tests.duties.test_refusals import HEAD
from tests.indicators.conftest import Record
from tests.orgs.cast import City

pytestmark = pytest.mark.usefixtures("db")
KEY, BRANCH, OTHER = "rural.evening_school", "柳溪支部", "石桥支部"
# On two different days of each half-year with at least three present; due five working days after it has ended.
EVENING_SCHOOL = (
    f"key: {KEY}\n"
    + HEAD
    + """\
group: study
rows:
  - since: 2025-01-01
    every: half_year
    at_least: 2
    owed_by: {forms: [branch], domains: [rural]}
    due: {counted_from: period_end, add: 5, measure: working_day}
    discharge: {text: 'distinct(activity.held.day, tag("lecture") and present >= 3)'}
    grace: {days: 3, measure: working_day}
examples:
  - {name: 一次也没有, bearer: {kind: branch, domain: rural}, period: 2025-01-01, on: 2025-12-31, expect: missed}
"""
)


@pytest.fixture
def dropped_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The process as it is when started with the folder named."""
    with pytest.MonkeyPatch.context() as patch:
        folder: Path = write(tmp_path_factory.mktemp("extra"), {f"{KEY}.yaml": EVENING_SCHOOL})
        patch.setenv(EXTRA, str(folder))
        catalog.cache_clear()
        yield
    catalog.cache_clear()


@pytest.mark.usefixtures("dropped_in")
def test_it_is_everywhere_at_once(city: City, record: Record) -> None:
    for day, present in (("2025-02-03", 5), ("2025-02-03", 4), ("2025-05-06", 2), ("2025-06-09", 3)):
        record("activity.held", BRANCH, day, tags=["lecture"], present=present)
    scope = city.clerk.scope
    (year,) = [one for one in unit_year(scope, city[BRANCH], 2025, date(2025, 7, 30)) if one.duty.key == KEY]
    assert [one.state for one in year.periods] == ["met", "due"]
    assert [(one.due, int(one.have)) for one in year.periods] == [(date(2025, 7, 7), 2), (date(2026, 1, 8), 0)]
    due = due_for(scope, [city[BRANCH], city[OTHER]], date(2025, 7, 3))
    assert [one.node.org for one in due if one.duty.key == KEY] == [city[OTHER]]
    kept = compliance(scope, city.root, Period.of_year(2025), date(2025, 7, 30), KEY).whole.units
    assert (kept.settled, kept.done, kept.by_state) == (3, 1, {"met": 1, "missed": 2, "due": 3})
    assert catalog().duties[KEY].duty.title.zh in calendar_of(city.clerk, city[OTHER], date(2025, 7, 30)).decode()
