"""A unit's year of duties: a square a period, told in shape, colour and words, each leading to its records or form."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.duties.queries import unit_year
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, rosters
from gangmu.orgs.entries import NewHolding
from gangmu.web.duty_year import FOLDED
from tests.orgs.cast import SOME_DAY
from tests.pages.conftest import Town
from tests.web.opening import Page, opened

UNIT = "荷塘支部"
STRIP = "//table[contains(@class,'gm-year')]"
NAMES = ("周望", "林青禾", "苏禾", "王一禾", "陈谷")


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def year(town: Town, client: Client, unit: str = UNIT, query: str = "") -> Page:
    return opened(client, f"/units/{town.city[unit]}/duties{query}")


def row(shown: Page, title: str) -> str:
    return f"{STRIP}//tr[th/b[normalize-space()='{title}']]"


def quarter(today: date) -> str:
    """The quarter in which the branch met last: yesterday, or on New Year's Day."""
    day = max(date(today.year, 1, 1), today - timedelta(days=1))
    return f"{day.year}-{(day.month - 1) // 3 * 3 + 1:02}"


def members_of(town: Town, names: tuple[str, ...]) -> None:
    for name in names:
        town.city.member(name, UNIT)


def seated(town: Town) -> None:
    person = rosters.members(town.city.clerk.scope, town.city[UNIT])[0].person
    post = actions.create_post(town.city[UNIT], "secretary", by=town.city.clerk, at=SOME_DAY, idem="p")
    actions.load_holdings([NewHolding(post, person, "elected", SOME_DAY, "h", None)], by=town.city.clerk)


def test_every_duty_of_the_unit_has_its_row_with_the_whole_year(town: Town, client: Client) -> None:
    shown = year(town, client)
    owed = unit_year(town.secretary.scope, town.city[UNIT], town.today.year, town.today)
    assert shown.texts(f"{STRIP}//tbody/tr/th/b") == [one.duty.title.zh for one in owed]
    for line in shown.all(f"{STRIP}//tbody/tr"):
        assert sum(int(cell.get("colspan", 1)) for cell in line.xpath("./td")) == 12


def test_a_square_says_its_period_and_state_in_words_and_leads_to_its_records(town: Town, client: Client) -> None:
    shown = year(town, client)
    period = quarter(town.today)
    square = shown.all(f"{row(shown, '支部党员大会')}//a[contains(@href,'/{period}')]")[0]
    assert square.get("aria-label").endswith("按时办了")
    assert square.get("aria-label") == square.get("title")
    assert square.xpath(".//*[local-name()='use']/@href") == ["#s-met"]
    told = opened(client, square.get("href"))
    links = [link for link in told.links() if link.startswith("/facts/")]
    fact = ledger.facts_by_id([one.removeprefix("/facts/") for one in links])  # type: ignore[misc]
    assert {one.org for one in fact} == {town.city[UNIT]}


def test_no_state_is_told_by_colour_alone(town: Town, client: Client) -> None:
    shown = year(town, client)
    squares = shown.all(f"{STRIP}//td[@class!='none']")
    assert len(squares) > 12
    for square in squares:
        assert square.xpath(".//*[local-name()='use']")
        assert square.xpath(".//a/@aria-label")[0]


def test_beside_every_rate_stands_the_share_recorded_late(town: Town, client: Client) -> None:
    rates = year(town, client, query=f"?year={town.today.year - 1}").texts(f"{STRIP}//th/small")
    counted = [words for words in rates if "%" in words]
    assert len(counted) >= 2
    assert all("补录占" in words for words in counted)


def test_what_is_not_required_is_not_called_waiting(town: Town, client: Client) -> None:
    shown = year(town, client)  # this branch has no committee and no groups
    assert shown.text(f"{row(shown, '党小组会')}//th/small") == "不要求"


def test_the_legend_names_every_drawing_of_the_page(town: Town, client: Client) -> None:
    shown = year(town, client)
    key = "//*[contains(@class,'gm-key-duty')]"
    drawn = set(shown.all(f"{STRIP}//*[local-name()='use']/@href"))
    assert drawn <= set(shown.all(f"{key}//*[local-name()='use']/@href"))
    assert all(shown.texts(f"{key}/span"))


def test_members_and_holders_are_told_to_their_unit_by_name_and_fold_where_they_are_many(
    town: Town, client: Client
) -> None:
    members_of(town, NAMES)
    seated(town)
    shown = year(town, client)
    assert shown.texts("//main//section/header/h2") == ["单位的", "岗位上的", "党员的"]
    assert len(NAMES) * 2 > FOLDED
    assert all(any(name in words for words in shown.texts(f"//details{STRIP}//th")) for name in NAMES)


def test_from_above_nobody_is_named_and_only_rates_of_enough_people_are_shown(town: Town) -> None:
    members_of(town, NAMES)
    seated(town)
    shown = year(town, town.client(town.leader))
    assert shown.texts("//main//section/header/h2") == ["单位的", "个人的"]
    assert not any(name in shown.source for name in NAMES)
    assert next(one for one in shown.texts(f"{row(shown, '支委谈心谈话')}//td") if one).endswith("不足5人，不显示")
    assert shown.all(f"{row(shown, '与党员谈心谈话')}//a") == []


def test_the_year_is_chosen_and_a_wrong_one_is_said(town: Town, client: Client) -> None:
    last = town.today.year - 1
    assert f"{last}年该办的" in year(town, client, query=f"?year={last}").text("//h1")
    for wrong in ("去年", "25", "1066", "٢٠٢٥"):
        shown = year(town, client, query=f"?year={wrong}")
        assert "看不懂" in shown.text("//*[@role='alert']")
        assert f"{town.today.year}年该办的" in shown.text("//h1")


def test_where_nothing_is_owed_the_page_says_so(town: Town, client: Client) -> None:
    shown = year(town, client, query="?year=1930")  # the branch was founded later
    assert shown.text("//div[contains(@class,'gm-empty')]/h3") == "这一年没有该办的"
    assert shown.all(STRIP) == []


def test_no_hint_of_padding_stands_on_the_page(town: Town, client: Client) -> None:
    shown = year(town, client)
    assert not any(word in shown.source for word in ("雷同", "补数", "凑", "疑似"))


def test_a_stranger_finds_nothing(town: Town, client: Client) -> None:
    assert year(town, client, "柳溪支部").status == 404


def test_the_unit_leads_to_its_year_and_a_parent_to_those_beneath(town: Town) -> None:
    client = town.client(town.leader)
    village = town.city["荷塘村"]
    links = opened(client, f"/units/{village}").links()
    assert any(link.startswith(f"/units/{village}/duties?year=") for link in links)
    assert f"/units/{village}/compliance" in year(town, client, "荷塘村").links()
    assert not any("compliance" in link for link in year(town, client).links())


def test_the_page_is_whole_in_english(town: Town) -> None:
    shown = opened(town.client(town.secretary, english=True), f"/units/{town.city[UNIT]}/duties")
    assert "Duties of" in shown.text("//h1")
    assert shown.all(f"{STRIP}//a[contains(@aria-label,'Done in time')]")


def test_the_page_asks_the_same_few_questions_however_many_members_there_are(town: Town, client: Client) -> None:
    counts = []
    for names in (NAMES, tuple(f"禾{number}" for number in range(8))):
        members_of(town, names)
        year(town, client)
        with CaptureQueriesContext(connection) as asked:
            year(town, client)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 13
