"""A unit's registry: posts, terms and story told with their facts; posts taken up and left in one step, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, rosters
from gangmu.orgs.entries import NewHolding
from tests.orgs.cast import SOME_DAY
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

ALERT = "//div[@id='problems']"
POSTS = "//section[@id='posts']"
UNIT = "荷塘支部"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def profile(town: Town, client: Client) -> Page:
    return opened(client, f"/units/{town.city[UNIT]}/profile")


def posted(town: Town, client: Client, verb: str, **typed: Any) -> Page:
    told = {"idem": "a" * 32, "day": town.today.isoformat(), **typed}
    return sent(client, f"/units/{town.city[UNIT]}/posts/{verb}", told)


def held_post(town: Town, *, until: int = 400) -> str:
    """A secretary in office, elected until so many days from today."""
    town.city.member("周望", UNIT)
    person = rosters.members(town.city.clerk.scope, town.city[UNIT])[0].person
    post = actions.create_post(town.city[UNIT], "secretary", by=town.city.clerk, at=SOME_DAY, idem="p")
    last = town.today + timedelta(days=until)
    actions.load_holdings([NewHolding(post, person, "elected", SOME_DAY, "h", last)], by=town.city.clerk)
    return post


def test_somebody_not_on_the_roll_is_sent_down_to_a_new_post_with_the_days(town: Town, client: Client) -> None:
    until = (town.today + timedelta(days=700)).isoformat()
    shown = posted(town, client, "take-up", post="new:first_secretary", name="林青禾", origin="seconded", until=until)
    assert "已记入台账" in shown.text("//*[@role='status'][@data-draft-done]"), shown.text(ALERT)
    row = shown.text(f"{POSTS}//tbody/tr")
    assert row.startswith("第一书记 林青禾 选派")
    assert str(int(until[:4])) in row


def test_a_double_press_seats_nobody_twice(town: Town, client: Client) -> None:
    for _ in range(2):
        posted(town, client, "take-up", post="new:work_team_member", name="林青禾", origin="seconded")
    assert len(profile(town, client).all(f"{POSTS}//tbody/tr")) == 1
    kinds = frozenset({"post.created", "holding.started", "person.recorded"})
    here = ledger.FactFilter(orgs=frozenset({town.city[UNIT]}), kinds=kinds)
    assert ledger.count(here) == 3


def test_a_held_post_is_handed_over_in_one_step(town: Town, client: Client) -> None:
    post = held_post(town)
    posted(town, client, "take-up", post=post, name="苏禾", origin="appointed", reason="term_over")
    assert profile(town, client).text(f"{POSTS}//tbody/tr").startswith("书记 苏禾 任命")


def test_a_held_post_is_not_handed_over_without_a_reason_and_nothing_is_half_done(town: Town, client: Client) -> None:
    post, before = held_post(town), ledger.count(ledger.FactFilter())
    shown = posted(town, client, "take-up", post=post, name="苏禾", origin="appointed")
    assert shown.status == 422
    assert ledger.count(ledger.FactFilter()) == before
    assert (shown.typed("post"), shown.typed("name")) == (post, "苏禾")


def test_an_acting_holder_is_marked_as_such(town: Town, client: Client) -> None:
    posted(town, client, "take-up", post="new:secretary", name="苏禾", origin="acting")
    assert profile(town, client).texts(f"{POSTS}//*[contains(@class,'gm-tag-late')]") == ["主持工作"]


def test_who_leaves_leaves_a_vacancy_that_shows(town: Town, client: Client) -> None:
    post = held_post(town)
    posted(town, client, "leave", post=post, reason="retired")
    assert "空缺" in profile(town, client).text(f"{POSTS}//tbody/tr")


@pytest.mark.parametrize(
    ("verb", "typed", "words"),
    [
        ("take-up", {"name": "苏禾", "origin": "elected"}, "还没选岗位"),
        ("take-up", {"post": "new:secretary", "origin": "elected"}, "还没选谁来任职"),
        ("take-up", {"post": "new:secretary", "name": "苏禾"}, "还没选产生方式"),
        ("take-up", {"post": "new:secretary", "person": "b" * 32, "origin": "elected"}, "不在本单位的名单里"),
        ("take-up", {"post": "c" * 32, "name": "苏禾", "origin": "elected"}, "不在您的范围内"),
        ("take-up", {"post": "new:emperor", "name": "苏禾", "origin": "elected"}, ""),
        (
            "take-up",
            {"post": "new:secretary", "name": "苏禾", "origin": "elected", "until": "2020-01-01"},
            "任期届满日",
        ),
        ("take-up", {"post": "new:secretary", "name": "苏禾", "origin": "elected", "until": "明年"}, "看不懂"),
        ("leave", {"reason": "retired"}, "还没选岗位"),
        ("leave", {"post": "c" * 32, "reason": "retired"}, "没有人"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_records_nothing(
    town: Town, client: Client, verb: str, typed: dict[str, str], words: str
) -> None:
    before = ledger.count(ledger.FactFilter())
    shown = posted(town, client, verb, **typed)
    assert shown.status == 422
    assert words in shown.text(ALERT)
    assert ledger.count(ledger.FactFilter()) == before


def test_the_end_of_a_term_is_pointed_out_with_its_rule(town: Town, client: Client) -> None:
    held_post(town, until=60)
    told = profile(town, client).text("//section[@id='findings']")
    assert "不到3个月" in told
    assert "《中国共产党基层组织选举工作条例》" in told


def test_every_line_of_the_story_leads_to_its_fact(town: Town, client: Client) -> None:
    held_post(town)
    shown = profile(town, client)
    links = [link for link in shown.links("//section[@id='story']") if link.startswith("/facts/")]
    assert len(shown.all("//section[@id='story']//tbody/tr")) == 3  # founded, the post, its holder
    assert len(set(links)) == 3
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_reader_sees_the_posts_and_is_offered_no_form(town: Town) -> None:
    held_post(town)
    client = town.client(town.leader)
    shown = profile(town, client)
    assert "姓名封存" in shown.text(POSTS)
    assert not [link for link in shown.links() if "/posts/" in link]
    assert opened(client, f"/units/{town.city[UNIT]}/posts/take-up").status == 404


def test_nothing_but_its_verbs_is_found_there(town: Town, client: Client) -> None:
    assert opened(client, f"/units/{town.city[UNIT]}/posts/nonsense").status == 404
    assert opened(client, f"/units/{town.city[UNIT]}/posts/leave").status == 200
    assert opened(client, f"/units/{town.city['柳溪支部']}/posts/leave").status == 404
