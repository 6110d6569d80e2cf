"""Pages of a unit open with the year of its newest record, all of them with the same one, and say which."""

from datetime import date

import pytest

from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period
from gangmu.records.actions import record_fact, reverse_fact
from gangmu.web import figure_rows
from tests.pages.conftest import Town
from tests.web.opening import opened

UNIT = "石桥村"  # nobody has recorded anything here


def held(town: Town, day: date, unit: str = UNIT, idem: str = "one") -> FactId:
    late = {"late_reason": "busy"} if day < clock.today() else {}
    body: dict[str, Json] = {"tags": ["lecture"], "present": 9, **late}
    return record_fact("activity.held", town.city[unit], body=body, on=day, by=town.city.clerk, idem=idem).id


def year_of(town: Town, unit: str = UNIT) -> Period:
    return figure_rows.opening_year(town.leader.scope, town.city[unit])


def this_year() -> Period:
    return Period.of_year(clock.today().year)


def a_day_of(years_ago: int) -> date:
    return date(clock.today().year - years_ago, 3, 9)


def test_without_any_record_it_is_this_year(town: Town) -> None:
    assert year_of(town) == this_year()


@pytest.mark.parametrize("years_ago", [1, 2, 5])
def test_it_is_the_year_of_the_newest_record_however_long_ago(town: Town, years_ago: int) -> None:
    held(town, a_day_of(years_ago))
    held(town, a_day_of(years_ago + 1), idem="two")
    assert year_of(town) == Period.of_year(clock.today().year - years_ago)


def test_a_record_of_today_makes_it_this_year_at_once(town: Town) -> None:
    held(town, a_day_of(1))
    assert year_of(town) != this_year()
    held(town, clock.today(), idem="two")
    assert year_of(town) == this_year()


def test_records_of_units_beneath_count_and_those_beside_do_not(town: Town) -> None:
    held(town, a_day_of(2), unit="石桥支部")
    assert year_of(town) == Period.of_year(clock.today().year - 2)
    held(town, clock.today(), unit="柳溪村", idem="two")
    assert year_of(town) == Period.of_year(clock.today().year - 2)


def test_what_was_taken_back_counts_no_more(town: Town) -> None:
    held(town, a_day_of(1))
    wrong = held(town, clock.today(), idem="two")
    reverse_fact(wrong, reason="wrong_value", note="", by=town.city.clerk, idem="back")
    assert year_of(town) == this_year().before()


@pytest.mark.parametrize("path", ["/units/{}", "/units/{}/figures", "/figures/{}/activity.sessions"])
def test_every_page_of_the_unit_opens_with_it_and_says_so(town: Town, path: str) -> None:
    held(town, a_day_of(1))
    year = clock.today().year - 1
    shown = opened(town.client(town.leader), path.format(town.city[UNIT]))
    assert shown.text("//details[contains(@class,'gm-picker')][1]/summary") == f"{year}年"
    assert f"今年还没有记录，先看{year}年。" in shown.texts("//p[contains(@class,'meta')]")


def test_what_the_address_names_is_shown_and_nothing_said(town: Town) -> None:
    held(town, a_day_of(1))
    shown = opened(town.client(town.leader), f"/units/{town.city[UNIT]}?from={this_year().start}&to={this_year().end}")
    assert shown.text("//details[contains(@class,'gm-picker')]/summary") == f"{clock.today().year}年"
    assert not any("先看" in words for words in shown.texts("//p[contains(@class,'meta')]"))


def test_desk_and_unit_page_show_the_same_year(town: Town) -> None:
    client = town.client(town.leader)
    on_desk = opened(client, "/").all("//table[contains(@class,'gm-figtab')]//td[contains(@class,'v')]/a")
    on_page = opened(client, f"/units/{town.city['青禾市']}").all("//dd[contains(@class,'v')]/a")
    assert [one.get("href") for one in on_desk] == [one.get("href") for one in on_page]
