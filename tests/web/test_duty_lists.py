"""Responsibility lists as pages: one's own post by post, the unit's for its secretary, nobody else's."""

from datetime import date

import pytest
from django.test import Client

from gangmu.catalog.current import catalog
from gangmu.duties.own_list import unit_lists
from gangmu.duties.queries import Known, standing
from gangmu.kernel import clock
from gangmu.kernel.ids import PersonId
from gangmu.kernel.periods import Period
from gangmu.orgs import actions, rosters
from gangmu.orgs.entries import NewHolding
from gangmu.people.actions import set_password
from gangmu.web.duties_listed import next_day, standing_now
from tests.orgs.cast import SOME_DAY
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened

UNIT = "荷塘支部"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def holder_of(town: Town, post: str, name: str) -> PersonId:
    """Somebody in a post of the branch."""
    person = town.city.person(name, UNIT)
    made = actions.create_post(town.city[UNIT], post, by=town.city.clerk, at=SOME_DAY, idem=f"post/{post}")
    actions.load_holdings([NewHolding(made, person, "elected", SOME_DAY, f"h/{post}", None)], by=town.city.clerk)
    return person


def account_of(town: Town, person: PersonId, login: str) -> Client:
    """The person's own sign-in, with the branch's books to keep."""
    today = clock.today()
    account = actions.open_account(login, by=town.city.keeper, at=today, idem=f"o/{login}", person=person)
    actions.grant(account, "branch_secretary", town.city[UNIT], by=town.city.keeper, at=today, idem=f"g/{login}")
    set_password(account, PASSWORD)
    client = Client()
    assert client.post("/sign-in", {"name": login, "password": PASSWORD}).status_code == 302
    return client


def unit_page(town: Town, client: Client, unit: str = UNIT) -> Page:
    return opened(client, f"/units/{town.city[unit]}/responsibilities")


def titles(shown: Page) -> list[str]:
    return shown.texts("//main//section/header/h2")


def test_the_own_list_has_a_section_for_each_post_and_the_duties_in_their_order(town: Town) -> None:
    person = holder_of(town, "secretary", "林晓禾")
    client = account_of(town, person, "linxiaohe")
    shown = opened(client, "/duties")
    listed = catalog().responsibilities["list.branch_secretary"]
    assert titles(shown) == [listed.title.zh]
    rows = shown.texts("//main//section/ul/li/a[1]")
    duties = [catalog().duties[key].duty.title.zh for key in listed.duties]
    assert [one for one in rows if one in duties] == [one for one in duties if one in rows]
    assert rows[0] == "支部党员大会"


def test_each_duty_leads_to_its_deadline_and_its_records(town: Town, client: Client) -> None:
    shown = opened(client, "/duties")
    meetings = "//li[a[normalize-space()='支部党员大会']]"
    links = shown.links(meetings)
    assert links[0].startswith(f"/units/{town.city[UNIT]}/duties/branch.members_meeting/")
    facts = [link for link in links if link.startswith("/facts/")]
    assert 1 <= len(facts) <= 3
    assert "按时办了" in shown.text(meetings)
    for link in (links[0], facts[0]):
        assert opened(client, link).status == 200


def test_beside_every_rate_stands_the_late_share(town: Town, client: Client) -> None:
    rates = [words for words in opened(client, "/duties").texts("//li/p[@class='meta']") if "%" in words]
    assert rates
    assert all("补录占" in words for words in rates)


def test_what_is_open_has_its_form_and_who_only_reads_has_none(town: Town, client: Client) -> None:
    def forms(shown: Page) -> list[str]:
        return [link for link in shown.links() if link.startswith("/record/")]

    assert forms(opened(client, "/duties"))
    assert forms(unit_page(town, town.client(town.leader))) == []


def test_an_account_without_a_person_is_told_so_and_sees_the_units_list(town: Town, client: Client) -> None:
    shown = opened(client, "/duties")
    assert "这个账号没有挂到人" in shown.text("//*[contains(@class,'gm-note')]")
    assert titles(shown) == [catalog().responsibilities["list.branch"].title.zh]


def test_a_secretary_sees_the_lists_of_all_posts_by_name_and_from_above_nobody_does(town: Town, client: Client) -> None:
    holder_of(town, "organisation", "苏禾")
    town.city.member("周望", UNIT)
    mine = unit_page(town, client)
    assert titles(mine) == [catalog().responsibilities[key].title.zh for key in ("list.branch", "list.branch_officer")]
    assert "苏禾" in mine.text()
    assert "周望" not in mine.text()  # lists of members stand nowhere but on their own page
    above = unit_page(town, town.client(town.leader))
    assert titles(above) == [catalog().responsibilities["list.branch"].title.zh]
    assert "苏禾" not in above.source


def test_a_colleague_does_not_stand_on_my_list(town: Town) -> None:
    holder_of(town, "organisation", "苏禾")
    client = account_of(town, holder_of(town, "secretary", "林晓禾"), "linxiaohe")
    assert "苏禾" not in opened(client, "/duties").text()


def test_lists_of_posts_are_those_of_the_persons_own_query(town: Town) -> None:
    holder_of(town, "organisation", "苏禾")
    found = unit_lists(town.secretary.scope, town.city[UNIT], town.today)
    post = rosters.posts(town.secretary.scope, town.city[UNIT])[0]
    officer = next(one for one in found if one.responsibilities.key == "list.branch_officer")
    assert officer.bearer.id == str(post.id)
    assert {duty.bearer.person for duty in officer.duties if duty.bearer and duty.bearer.kind != "unit"} == {
        post.person
    }


def test_the_desk_leads_to_the_own_list(town: Town, client: Client) -> None:
    assert "/duties" in opened(client, "/").links()


def test_a_stranger_finds_nothing(town: Town, client: Client) -> None:
    assert unit_page(town, client, "柳溪支部").status == 404


def test_no_list_orders_people_by_how_much_they_did(town: Town, client: Client) -> None:
    for post, name in (("organisation", "苏禾"), ("publicity", "周望")):
        holder_of(town, post, name)
    shown = unit_page(town, client)
    assert not [link for link in shown.links() if "sort" in link]


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2025, 1, 2), "due"), (date(2025, 7, 1), "due"), (date(2025, 12, 30), "due")],
)
def test_the_period_told_is_the_open_one_that_asks_most(town: Town, day: date, state: str) -> None:
    scope, org = town.city.clerk.scope, town.city["石桥支部"]
    found = [one for one in standing(scope, org, Period.of_year(2025), Known(day))
             if one.obligation.duty == "branch.members_meeting"]  # fmt: skip
    now = standing_now(found, day)
    assert now is not None
    assert now.state in (state, "grace")
    assert now.obligation.period.start <= day


def test_the_next_day_is_the_nearest_deadline_of_what_is_not_done(town: Town) -> None:
    scope, org, day = town.city.clerk.scope, town.city["石桥支部"], date(2025, 4, 2)
    found = [one for one in standing(scope, org, Period.of_year(2025), Known(day))
             if one.obligation.duty == "branch.members_meeting" and one.obligation.period.start >= date(2025, 4, 1)]  # fmt: skip
    assert next_day(found, day) == "下一个期限2025年6月30日，还有89天"
    assert next_day([], day) == ""


def test_the_english_page_is_whole(town: Town) -> None:
    shown = opened(town.client(town.secretary, english=True), "/duties")
    assert shown.text("//h1") == "My responsibilities"
    assert "By these records:" in shown.text()
