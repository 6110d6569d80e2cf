"""The pages of a person's file: a list of who is on the way, a timeline, and one form a step."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from gangmu.kernel import clock
from gangmu.ledger import queries as ledger
from gangmu.orgs.actions.member_files import StepTaken, take_step
from gangmu.orgs.entries import NewPerson
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

UNIT = "荷塘支部"
START = date(2021, 1, 10)
TOMORROW = (clock.today() + timedelta(days=2)).isoformat()
ALERT = "//div[@id='problems']"
FILES = "//section[@id='files']//tbody/tr"
NEXT = "//section[@id='next']"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def members(town: Town, client: Client) -> Page:
    return opened(client, f"/units/{town.city[UNIT]}/members")


def apply(town: Town, client: Client, **typed: Any) -> Page:
    told = {"idem": "a" * 32, "day": START.isoformat(), "name": "许青苗", "birth_month": "1995-03", **typed}
    return sent(client, f"/units/{town.city[UNIT]}/files/new/applied", told)


def file_of(shown: Page) -> str:
    return shown.address.partition("?")[0].rpartition("/")[2]


def take(town: Town, client: Client, file_id: str, step: str, day: date, **typed: Any) -> Page:
    told = {"idem": f"{step}-{file_id}"[:64], "day": day.isoformat(), **typed}
    return sent(client, f"/units/{town.city[UNIT]}/files/{file_id}/{step}", told)


def test_an_application_opens_a_file_that_says_what_comes_next_and_by_when(town: Town, client: Client) -> None:
    shown = apply(town, client)
    assert "已记入台账：递交入党申请书" in shown.text("//*[@role='status'][@data-draft-done]"), shown.text(ALERT)
    assert "党组织派人谈话" in shown.text(NEXT)
    assert "最晚2021年2月10日" in shown.text(NEXT).replace(" ", "")
    row = members(town, client).text(FILES)
    assert row.startswith("许青苗 荷塘村第一党支部 入党申请人")
    assert "过了" in row


def test_the_timeline_shows_all_steps_each_done_one_with_its_record(town: Town, client: Client) -> None:
    shown = apply(town, client)
    shown = take(town, client, file_of(shown), "talked", START + timedelta(9))
    lines = shown.all("//section[starts-with(@id,'stage-')]//tbody/tr")
    assert len(lines) == 26  # twenty-five and the extension, where there is need
    facts = [link for link in shown.links() if link.startswith("/facts/")]
    assert len(facts) == 2
    assert all(client.get(link).status_code == 200 for link in facts)


def test_a_late_step_is_told_as_late_with_its_rule_and_not_refused(town: Town, client: Client) -> None:
    shown = take(town, client, file_of(apply(town, client)), "talked", START + timedelta(90))
    told = shown.text("//section[@id='stage-application']")
    assert "应在 2021-02-10 前办" in told
    assert "发展党员工作细则" in told


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("talked", {"day": "2021-01-09"}, "不能比它早"),
        ("talked", {"day": "明年"}, "看不懂"),
        ("talked", {"day": TOMORROW}, "还没有到"),
        ("resolved", {}, "还没到“支部大会讨论通过”"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_keeps_what_was_typed(
    town: Town, client: Client, step: str, typed: dict[str, str], words: str
) -> None:
    file_id = file_of(apply(town, client))
    before = ledger.count(ledger.FactFilter())
    told = {"idem": "b" * 32, "day": "2021-02-01", "late_reason": "away", **typed}
    shown = sent(client, f"/units/{town.city[UNIT]}/files/{file_id}/{step}", told)
    assert shown.status == 422
    assert words in shown.text(ALERT)
    assert ledger.count(ledger.FactFilter()) == before
    assert shown.typed("late_reason") == "away"


def test_an_application_without_a_name_is_refused(town: Town, client: Client) -> None:
    shown = apply(town, client, name="")
    assert shown.status == 422
    assert "姓名" in shown.text(ALERT)


def test_a_double_press_opens_one_file(town: Town, client: Client) -> None:
    assert file_of(apply(town, client)) == file_of(apply(town, client))
    assert len(members(town, client).all(FILES)) == 1


def test_of_the_political_review_the_page_shows_only_where_the_papers_lie(town: Town, client: Client) -> None:
    org, by = town.city[UNIT], town.city.clerk
    new = NewPerson(org, START, "p", name="沈秋", birth_month="1995-03")
    file_id = take_step(StepTaken(org, "applied", START, "s0", new=new), by=by)
    steps = ("talked", "recommended", "activist_filed", "mentors_named", "observed", "candidate_chosen",
             "candidate_filed", "sponsors_named")  # fmt: skip
    for number, step in enumerate(steps, 1):
        day = START + timedelta(number if number < 5 else 400 + number)
        take_step(StepTaken(org, step, day, f"s{number}", file=file_id), by=by)
    asked = opened(client, f"/units/{org}/files/{file_id}/vetted")
    assert [one.get("name") for one in asked.all("//form[@data-draft]//input[@type='text']")] == ["place"]
    shown = take(town, client, file_id, "vetted", START + timedelta(440), place="镇档案室三号柜")
    assert "镇档案室三号柜" in shown.text("//section[@id='stage-candidate']")


def test_who_sees_no_persons_finds_no_file_and_a_stranger_neither(town: Town, client: Client) -> None:
    file_id = file_of(apply(town, client))
    for reader in (town.leader, town.auditor):
        browser = town.client(reader)
        for address in ("members", f"files/{file_id}", f"files/{file_id}/talked"):
            assert opened(browser, f"/units/{town.city[UNIT]}/{address}").status == 404
    assert opened(client, f"/units/{town.city['柳溪支部']}/files/{file_id}").status == 404
    assert opened(client, f"/units/{town.city[UNIT]}/files/{file_id}/dance").status == 404
    assert opened(client, f"/units/{town.city[UNIT]}/files/new/talked").status == 404


def test_the_pages_speak_english(town: Town) -> None:
    browser = town.client(town.secretary, english=True)
    shown = apply(town, browser)
    assert "Talked with" in shown.text(NEXT)
    assert "On the way into the Party" in members(town, browser).text("//section[@id='files']")
