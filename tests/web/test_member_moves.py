"""The pages by which members move: letters with both branches' view, members away, notes of keeping in touch."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gangmu.ledger import queries as ledger
from gangmu.orgs import member_moves, rosters
from gangmu.orgs.actions.member_moves import LetterAsked, issue_letter
from gangmu.people.actions import set_password
from tests.orgs.cast import City
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, csv_rows, opened, sent

UNIT, OTHER = "荷塘支部", "柳溪支部"
ALERT, ROLL, LETTERS = "//div[@id='problems']", "//section[@id='roll']//tbody/tr", "//section[@id='letters']//tbody/tr"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def membership(city: City, of: str = UNIT) -> str:
    city.member("周望", of)
    return rosters.members(city.clerk.scope, city[of])[0].membership


def posted(town: Town, client: Client, verb: str, **typed: Any) -> Page:
    told = {"idem": "a" * 32, "day": town.today.isoformat(), **typed}
    return sent(client, f"/units/{town.city[UNIT]}/members/{verb}", told)


def browser_of(town: Town, name: str, role: str, over: str) -> Client:
    set_password(town.city.account(name, role, over).account, PASSWORD)
    browser = Client()
    assert browser.post("/sign-in", {"name": name, "password": PASSWORD}).status_code == 302
    return browser


def test_a_letter_is_seen_by_both_branches_and_received_by_the_other(town: Town, client: Client) -> None:
    who = membership(town.city, OTHER)
    asked = LetterAsked(who, town.today, town.today + timedelta(90), "l", town.city[UNIT])
    issue_letter(asked, by=town.city.clerk)
    shown = opened(client, f"/units/{town.city[UNIT]}/members")
    assert shown.text(LETTERS).startswith("周望 柳溪村第一党支部 荷塘村第一党支部")
    form = opened(client, next(link for link in shown.links(LETTERS) if "receive" in link))
    shown = posted(town, client, "receive", letter=form.typed("letter"))
    assert "已记入台账：收介绍信" in shown.text("//*[@role='status'][@data-draft-done]"), shown.text(ALERT)
    assert shown.text(ROLL).startswith("周望")
    assert not shown.all(LETTERS)


def test_a_letter_names_the_other_branch_by_its_name_though_it_lies_outside_the_scope(
    town: Town, client: Client
) -> None:
    who = membership(town.city)
    shown = posted(town, client, "letter", member=who, to="柳溪村第一党支部",
                   until=(town.today + timedelta(30)).isoformat())  # fmt: skip
    assert "柳溪村第一党支部" in shown.text(LETTERS), shown.text(ALERT)
    assert shown.text(ROLL).startswith("周望")  # still on the roll


@pytest.mark.parametrize(
    ("verb", "typed", "words"),
    [
        ("letter", {"member": "", "to": "柳溪村第一党支部", "until": "2999-01-01"}, "还没选"),
        ("letter", {"until": "明年", "to": "柳溪村第一党支部"}, "看不懂"),
        ("letter", {"to": "没有这个支部"}, ""),
        ("letter", {"until": ""}, ""),
        ("away", {}, "还没选"),
        ("away", {"state": "gone"}, ""),
        ("contact", {"reached": ""}, "还没选"),
        ("contact", {"reached": "maybe"}, ""),
        ("contact", {"member": "c" * 32, "reached": "yes"}, "还没选"),
        ("receive", {}, "还没选"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_records_nothing(
    town: Town, client: Client, verb: str, typed: dict[str, str], words: str
) -> None:
    told = {"member": membership(town.city), **typed}
    before = ledger.count(ledger.FactFilter())
    shown = posted(town, client, verb, **told)
    assert shown.status == 422
    assert words in shown.text(ALERT)
    assert ledger.count(ledger.FactFilter()) == before


def test_a_clue_is_told_to_the_branch_and_to_nobody_above_the_township(town: Town, client: Client) -> None:
    long_ago = (town.today - timedelta(300)).isoformat()
    shown = posted(town, client, "contact", member=membership(town.city), reached="no", day=long_ago)
    assert "再找一找" in shown.text(ROLL), shown.text(ALERT)
    for name, over, sees in (("zhen", "西镇", True), ("cun", "荷塘村", False), ("xian", "柳林县", False)):
        browser = browser_of(town, name, "party_clerk", over)
        told = opened(browser, f"/units/{town.city[UNIT]}/members")
        assert ("再找一找" in told.text(ROLL)) == sees, name
        assert sent(browser, f"/units/{town.city[UNIT]}/members/contact", {"idem": "b", "day": long_ago}).status == 422
    shown = posted(town, client, "contact", member=membership_of(town), reached="yes", idem="c" * 32)
    assert "再找一找" not in shown.text(ROLL)


def membership_of(town: Town) -> str:
    return rosters.members(town.city.clerk.scope, town.city[UNIT])[0].membership


def test_no_export_and_no_page_of_a_fact_tells_a_clue_above(town: Town, client: Client) -> None:
    posted(town, client, "contact", member=membership(town.city), reached="no")
    fact = ledger.facts(ledger.FactFilter(kinds=frozenset({member_moves.CONTACTED})))[0].id
    assert "联系上没有 no" in opened(client, f"/facts/{fact}").text()
    clerk = browser_of(town, "cun", "party_clerk", "荷塘村")
    assert "联系上没有 no" not in opened(clerk, f"/facts/{fact}").text()
    cells = {cell for row in csv_rows(client, "/facts.csv") for cell in row}
    assert "支部联系党员" in cells
    assert not {cell for cell in cells if "联系上没有" in cell or cell in ("no", "没联系上")}


def test_who_is_away_is_shown_with_who_keeps_in_touch(town: Town, client: Client) -> None:
    who = membership(town.city)
    shown = posted(town, client, "away", member=who, state="away")
    assert "已记入台账：外出和返回" in shown.text("//*[@role='status'][@data-draft-done]"), shown.text(ALERT)
    shown = posted(town, client, "away", member=who, state="back", idem="b" * 32)
    assert shown.status == 200


def test_nothing_but_its_verbs_is_found_there(town: Town, client: Client) -> None:
    assert opened(client, f"/units/{town.city[UNIT]}/members/nonsense").status == 404
    assert opened(client, f"/units/{town.city[UNIT]}/members/letter").status == 200
    assert opened(client, f"/units/{town.city[OTHER]}/members/letter").status == 404
    assert opened(town.client(town.leader), f"/units/{town.city[UNIT]}/members/letter").status == 404
