"""The page 口径试算: a definition is tried out, what changes and whose figures move is shown, nothing is kept."""

from datetime import date

import pytest
from django.test import Client

from gangmu.catalog.changed import source_text
from gangmu.catalog.current import catalog
from gangmu.kernel.canon import Json
from gangmu.ledger import queries as ledger
from gangmu.people.actions import set_password
from gangmu.records.actions import record_fact
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened, sent

SESSIONS = source_text("indicators", "activity.sessions")


@pytest.fixture
def clerk(town: Town) -> Client:
    """The party clerk of 东镇, signed in."""
    account = town.city.account("ganshi", "party_clerk", "东镇")
    set_password(account.account, PASSWORD)
    browser = Client()
    assert browser.post("/sign-in", {"name": "ganshi", "password": PASSWORD}).status_code == 302
    return browser


def tighter(town: Town) -> str:
    """From this year on only what at least 23 attended counts."""
    row = f"  - since: {town.today.year}-01-01\n    text: 'count(activity.held, tag(selected) and present > 22)'\n"
    return SESSIONS.replace("example_facts:", f"{row}example_facts:")


def tried(town: Town, browser: Client, row: str) -> Page:
    year = town.today.year
    return sent(browser, "/plan", {"row": row, "from": f"{year}-01-01", "to": f"{year}-12-31"})


def test_the_page_opens_with_the_definition_as_it_is_written(clerk: Client) -> None:
    shown = opened(clerk, "/plan?key=activity.sessions[lecture]")
    assert shown.all("//textarea[@name='row']")[0].text_content().strip() == SESSIONS.strip()
    assert opened(clerk, "/plan").all("//textarea[@name='row']")[0].text_content().strip() == ""
    assert opened(clerk, "/plan?key=../../etc/passwd").all("//textarea[@name='row']")[0].text_content().strip() == ""


def test_opened_bare_it_offers_every_definition_to_begin_with(clerk: Client) -> None:
    offered = "//select[@name='key']/option[@value!='']"
    keys = {one.get("value") for one in opened(clerk, "/plan").all(offered)}
    assert keys == set(catalog().indicators)
    (chosen,) = opened(clerk, "/plan?key=activity.sessions").all(f"{offered}[@selected]")
    assert chosen.get("value") == "activity.sessions"
    assert chosen.text == "活动场次"


def test_it_opens_with_the_newest_year_in_which_something_is_on_record(town: Town) -> None:
    last_year, account = town.today.year - 1, town.city.account("cunganshi", "party_clerk", "石桥村")
    set_password(account.account, PASSWORD)
    browser = Client()
    browser.post("/sign-in", {"name": "cunganshi", "password": PASSWORD})
    assert opened(browser, "/plan").typed("from") == f"{town.today.year}-01-01"
    body: dict[str, Json] = {"tags": ["lecture"], "present": 9, "late_reason": "busy"}
    record_fact("activity.held", town.city["石桥村"], body=body, on=date(last_year, 3, 9), by=town.city.clerk, idem="x")
    assert opened(browser, "/plan").typed("from") == f"{last_year}-01-01"


def test_what_changes_and_whose_figures_move_is_shown_inside_the_scope(town: Town, clerk: Client) -> None:
    shown = tried(town, clerk, tighter(town))
    assert f"formula.{town.today.year}-01-01.text" in shown.text("//section[@id='changes']")
    rows = [[cell.text_content().strip() for cell in row.xpath("./th|./td")] for row in
            shown.all("//section[@id='moved']//tbody/tr")]  # fmt: skip
    assert [row[0] for row in rows] == ["东河镇党委", "柳溪村党委", "柳溪村第一党支部"]
    assert {tuple(row[1:]) for row in rows} == {("活动场次", "3场", "1场")}
    assert "会变的数3个" in shown.text("//section[@id='moved']//h2")


def test_the_text_that_was_tried_stands_in_the_form_again(town: Town, clerk: Client) -> None:
    shown = tried(town, clerk, tighter(town))
    assert shown.all("//textarea[@name='row']")[0].text_content().strip() == tighter(town).strip()


def test_trying_keeps_nothing(town: Town, clerk: Client) -> None:
    before = ledger.size(), ledger.waiting(), catalog().digest
    tried(town, clerk, tighter(town))
    assert (ledger.size(), ledger.waiting(), catalog().digest) == before


def test_a_definition_unchanged_or_only_reworded_moves_nothing_and_the_page_says_so(town: Town, clerk: Client) -> None:
    same = tried(town, clerk, SESSIONS.replace("\n", "\r\n"))
    assert "没有改动" in same.text("//section[@id='changes']")
    reworded = tried(town, clerk, SESSIONS.replace("zh: 活动场次", "zh: 活动的场次"))
    assert "活动的场次" in reworded.text("//section[@id='changes']")
    assert "没有一个数会变" in reworded.text("//section[@id='moved']")


def test_a_bad_definition_is_refused_in_place_with_line_and_sentence(town: Town, clerk: Client) -> None:
    for row, sentence in (
        ("", "key:"),
        (SESSIONS.replace("kind: count", "kind: many"), "第12行"),
        (SESSIONS.replace("expect: 3", "expect: 4"), "第30行"),
        ("key: activity.sessions\n", "第1行"),
        ("key: x\n" * 20000, "KB"),
    ):
        shown = sent(clerk, "/plan", {"row": row})
        told = shown.text("//div[@id='problems']")
        assert shown.status == 422
        assert sentence in told
        assert "/tmp" not in told
        assert "/shm" not in told


def test_a_period_that_cannot_be_read_is_told_too(clerk: Client) -> None:
    shown = sent(clerk, "/plan", {"row": SESSIONS, "from": "gestern", "to": ""})
    assert shown.status == 422
    assert "看不懂" in shown.text("//div[@id='problems']")


def test_only_who_may_close_periods_is_offered_the_page(town: Town, clerk: Client) -> None:
    address = f"/figures/{town.city['柳溪村']}/activity.sessions"
    assert any(link.startswith("/plan") for link in opened(clerk, address).links("//main"))
    assert not any(link.startswith("/plan") for link in opened(town.client(town.leader), address).links("//main"))
    assert town.client(town.leader).get("/plan").status_code == 404
