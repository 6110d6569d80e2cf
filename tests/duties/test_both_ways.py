"""Compliance counts from columns what the plain rules say unit by unit, of the cast with holders and members."""

from datetime import date

import pytest

from gangmu.duties import withheld
from gangmu.duties.kept import kept
from gangmu.duties.queries import Known, compliance, standing
from gangmu.kernel.periods import Period
from gangmu.orgs.queries import descendants
from gangmu.records.actions import reverse_fact
from tests.duties.test_standing import seat
from tests.indicators.conftest import Record
from tests.orgs.cast import SOME_DAY, City

pytestmark = pytest.mark.usefixtures("db")
NAMES = ("林晓禾", "周远山", "何青", "沈一鸣", "陶然")
YEAR = Period.of_year(2025)
DAYS = (date(2025, 4, 3), date(2025, 12, 31), date(2026, 3, 1))


def agreed(city: City, unit: str, day: date) -> bool:
    scope = city.clerk.scope
    nodes = descendants(scope, city[unit], day)
    every = [one for node in nodes for one in standing(scope, node.org, YEAR, Known(day))]
    persons = [one for one in every if one.obligation.bearer.kind != "unit" and one.obligation.need is not None]
    found = compliance(scope, city[unit], YEAR, day).whole
    obliged = {one.obligation.bearer.person for one in persons}
    assert (found.units, found.persons.kept, found.persons.obliged) == (
        kept(one for one in every if one.obligation.bearer.kind == "unit"), kept(persons), len(obliged))  # fmt: skip
    return True


def test_both_say_the_same_before_and_after_new_facts(
    city: City, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withheld, "FEWEST", 0)  # what is withheld cannot be held against anything
    monkeypatch.setattr(withheld, "_few", lambda _shape, _own, whole: whole < 0)
    for name in NAMES:
        city.member(name, "柳溪支部", SOME_DAY)
    seat(city, "柳溪支部", "organisation", NAMES[0])
    seat(city, "柳溪村", "secretary", "许青山")
    person = city.person(NAMES[0], "柳溪支部")
    record("activity.held", "柳溪支部", "2025-02-05", tags=["members_meeting", "training"], hours=20)
    record("activity.held", "柳林县", "2025-05-05", about=person, tags=["training"], hours="12")
    assert all(agreed(city, "东镇", day) for day in DAYS)
    made = record("activity.held", "柳溪支部", "2025-03-20", about=person, tags=["heart_talk", "theme_day"])
    record("matter.opened", "柳溪村", "2025-09-26", about="a" * 32, tags=["difficulty"])
    assert all(agreed(city, "东镇", day) for day in DAYS)
    reverse_fact(made, reason="mistake", note="", by=city.clerk, idem="back")
    assert all(agreed(city, "东镇", day) for day in DAYS)
