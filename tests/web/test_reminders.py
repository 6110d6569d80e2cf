"""The page on which one says how one wants to be reminded: kept, changed, silenced; refused with what was typed."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gangmu.reminders import choices
from gangmu.reminders.carriers import Place
from gangmu.reminders.models import Told
from gangmu.web.views.reminders import WAYS, _hidden
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

MAIL = {"carrier": "mail", "address": "mishu@example.cn"}
HOOK = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=73febdcb"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def kept(town: Town) -> tuple[str, Place | None] | None:
    found = choices.chosen_by(town.secretary.account)
    return (found.carrier, found.place) if found else None


def way(shown: Page) -> list[str]:
    return [one.get("value") for one in shown.all("//input[@name='carrier'][@checked]")]


def test_nobody_is_reminded_who_did_not_ask_for_it(town: Town, client: Client) -> None:
    shown = opened(client, "/reminders")
    assert way(shown) == ["none"]
    assert "不提醒" in shown.text("//main//section")
    assert kept(town) is None


def test_a_choice_is_kept_and_its_address_is_not_shown_whole_again(town: Town, client: Client) -> None:
    shown = sent(client, "/reminders", MAIL)
    assert "记住了" in shown.text("//main//*[@role='status']")
    assert kept(town) == ("mail", Place("mishu@example.cn"))
    assert "mishu@example.cn" not in shown.source
    assert "mi…@example.cn" in shown.text()
    assert way(shown) == ["mail"]


def test_another_day_of_quiet_needs_no_address_typed_again(town: Town, client: Client) -> None:
    sent(client, "/reminders", MAIL)
    shown = sent(client, "/reminders", {"carrier": "mail", "address": "", "quiet_until": "2030-02-01"})
    assert "安静到2030年2月1日" in shown.text()
    assert kept(town) == ("mail", Place("mishu@example.cn"))
    found = choices.chosen_by(town.secretary.account)
    assert found is not None
    assert found.quiet_until == date(2030, 2, 1)


def test_no_reminders_forgets_the_address(town: Town, client: Client) -> None:
    sent(client, "/reminders", {"carrier": "wecom", "address": HOOK})
    assert kept(town) == ("wecom", Place(HOOK))
    sent(client, "/reminders", {"carrier": "none"})
    assert kept(town) is None


@pytest.mark.parametrize(
    ("typed", "says", "where"),
    [
        ({"carrier": "mail", "address": "mishu"}, "name@example.cn", "address"),
        ({"carrier": "wecom", "address": "https://evil.example/x"}, "整条复制", "address"),
        ({"carrier": "dingtalk", "address": HOOK}, "oapi.dingtalk.com", "address"),
        ({"carrier": "", "address": "mishu@example.cn"}, "请选一种", "carrier"),
        ({**MAIL, "quiet_until": "过完年"}, "看不懂", "quiet_until"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    town: Town, client: Client, typed: dict[str, str], says: str, where: str
) -> None:
    shown = sent(client, "/reminders", typed)
    alert = "//*[@role='alert']"
    assert (shown.status, says in shown.text(alert)) == (422, True)
    assert shown.links(alert) == [f"#f-{where}"]
    assert shown.typed("address") == typed["address"]
    assert shown.typed("quiet_until") == typed.get("quiet_until", "")
    assert kept(town) is None


def test_nobody_sees_or_changes_what_another_chose(town: Town, client: Client) -> None:
    sent(client, "/reminders", MAIL)
    other = town.client(town.leader)
    assert "example.cn" not in opened(other, "/reminders").text("//main//section")
    sent(other, "/reminders", {"carrier": "none"})
    assert kept(town) == ("mail", Place("mishu@example.cn"))


def test_where_reminders_are_off_the_page_says_so(client: Client, town: Town, settings: Settings) -> None:
    assert opened(client, "/reminders").all("//*[@id='off']")
    settings.REMINDERS, settings.SITE = True, "https://x.example"
    assert opened(client, "/reminders").all("//*[@id='off']") == []


def test_the_last_one_is_told_by_its_day(town: Town, client: Client) -> None:
    sent(client, "/reminders", MAIL)
    assert "还没有发过" in opened(client, "/reminders").text()
    Told.objects.create(account=town.secretary.account, day=date(2026, 3, 2), state="sent", count=1)
    Told.objects.create(account=town.secretary.account, day=date(2026, 3, 3), state="failed", count=1)
    assert "上一次是2026年3月2日" in opened(client, "/reminders").text()


@pytest.mark.parametrize(
    ("address", "shown"), [("mishu@example.cn", "mi…@example.cn"), (HOOK, "…bdcb"), ("a@b.cn", "a…@b.cn")]
)
def test_an_address_is_shown_as_far_as_needed_to_know_it_again(address: str, shown: str) -> None:
    assert _hidden(address) == shown


def test_the_page_lies_in_no_cache_and_the_own_list_leads_there(town: Town, client: Client) -> None:
    assert client.get("/reminders").headers["Cache-Control"] == "no-store"
    assert "/reminders" in opened(client, "/duties").links()


def test_nothing_asks_for_an_app_a_place_or_a_tap_in(client: Client, town: Town) -> None:
    words = opened(client, "/reminders").text()
    assert not any(word in words for word in ("打卡", "定位", "安装", "下载", "排名"))


def test_the_english_page_is_whole(town: Town) -> None:
    shown = opened(town.client(town.secretary, english=True), "/reminders")
    assert [title.en for _key, title in WAYS] == shown.texts("//fieldset[@id='f-carrier']/label")
    assert shown.text("//h1") == "Reminders"
