"""One deadline explained: the state, the records or the form filled in already, and how the day came about."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.catalog.current import catalog
from gangmu.duties.queries import unit_year
from gangmu.duties.rules import explain
from gangmu.kernel.working_days import Counted
from gangmu.web.duty_deadline import _worked, month_asked
from tests.pages.conftest import Town
from tests.web.opening import Page, opened

UNIT = "荷塘支部"
BOX = "//section[@id='duty_deadline']"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def month_before(day: date) -> str:
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def deadline(town: Town, client: Client, key: str, month: str, unit: str = UNIT) -> Page:
    return opened(client, f"/units/{town.city[unit]}/duties/{key}/{month}")


def test_every_sentence_of_the_engine_is_told_in_its_order(town: Town, client: Client) -> None:
    month = month_before(town.today)
    owed = unit_year(town.secretary.scope, town.city[UNIT], int(month[:4]), town.today)
    (status,) = (
        period.status
        for one in owed
        if one.duty.key == "branch.theme_day"
        for period in one.periods
        if f"{period.period.start:%Y-%m}" == month
    )
    told = deadline(town, client, "branch.theme_day", month).texts(f"{BOX}//ol/li")
    sentences = [one.zh for one in explain(status.obligation, catalog())]
    assert told[: len(sentences)] == sentences
    assert any("出处：" in one for one in told)


def test_what_is_open_leads_to_the_form_with_unit_and_tag_and_the_days_that_count(town: Town, client: Client) -> None:
    shown = deadline(town, client, "branch.theme_day", month_before(town.today))
    form = opened(client, shown.links(f"{BOX}//p")[0])
    assert (form.status, form.typed("org")) == (200, town.city[UNIT])
    assert form.typed("tag.activity_form") == "theme_day"
    assert "请填真正办的那天" in shown.text(BOX)


def test_what_is_done_leads_to_its_record_and_asks_for_no_other(town: Town, client: Client) -> None:
    met = max(date(town.today.year, 1, 1), town.today - timedelta(days=1))
    first = (met.month - 1) // 3 * 3 + 1
    shown = deadline(town, client, "branch.members_meeting", f"{met.year}-{first:02}")
    links = shown.links(BOX)
    assert [link for link in links if link.startswith("/facts/")]
    assert not [link for link in links if link.startswith("/record")]
    assert "按时办了" in shown.text(BOX)


def test_who_only_reads_is_offered_no_form(town: Town) -> None:
    shown = deadline(town, town.client(town.leader), "branch.theme_day", month_before(town.today))
    assert shown.status == 200
    assert not [link for link in shown.links(BOX) if link.startswith("/record")]


def test_in_place_the_panel_alone_comes_and_takes_the_keyboard(town: Town, client: Client) -> None:
    address = f"/units/{town.city[UNIT]}/duties/branch.theme_day/{month_before(town.today)}"
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "duty_deadline"}).content.decode()
    assert part.strip().startswith("<section") or "<html" not in part
    assert "autofocus" in part
    assert "autofocus" not in client.get(address).content.decode()
    whole = opened(client, f"/units/{town.city[UNIT]}/duties?year={month_before(town.today)[:4]}")
    assert whole.all("//a[@id='d-branch.theme_day-" + month_before(town.today) + "']")  # the way back


def test_one_member_alone_is_told_where_the_address_names_one(town: Town, client: Client) -> None:
    members = [town.city.member(name, UNIT) for name in ("周望", "苏禾")]
    month = f"{town.today.year}-01"
    every = deadline(town, client, "member.talk", month)
    assert len(every.all(f"{BOX}//article")) == 2
    one = opened(client, f"{every.address}?of={members[0]}")
    assert "周望" in one.text(BOX)
    assert "苏禾" not in one.text(BOX)


def test_from_above_no_single_person_is_told_and_the_reason_is(town: Town) -> None:
    member = town.city.member("周望", UNIT)
    address = f"/units/{town.city[UNIT]}/duties/member.talk/{town.today.year}-01"
    shown = opened(town.client(town.leader), f"{address}?of={member}")
    assert shown.all(f"{BOX}//article") == []
    assert "只有本人和本单位看得见" in shown.text(BOX)
    assert "周望" not in shown.source


def test_a_duty_that_this_unit_does_not_have_is_said_plainly(town: Town, client: Client) -> None:
    shown = deadline(town, client, "committee.supervision", "2026-01")
    assert shown.status == 200
    assert "没有这一项要办" in shown.text(BOX)


@pytest.mark.parametrize(
    ("key", "month"), [("no.duty", "2026-01"), ("branch.theme_day", "2026-13"), ("branch.theme_day", "1")]
)
def test_what_is_no_duty_and_no_month_is_not_found(town: Town, client: Client, key: str, month: str) -> None:
    assert deadline(town, client, key, month).status == 404


def test_a_stranger_finds_nothing(town: Town, client: Client) -> None:
    assert deadline(town, client, "branch.theme_day", "2026-01", "柳溪支部").status == 404


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-03", date(2026, 3, 1)), ("2026-3", None), ("0001-01", None), ("2026-00", None), ("2026-03-01", None)],
)
def test_a_month_is_written_one_way(text: str, day: date | None) -> None:
    assert month_asked(text) == day


def test_the_english_page_is_whole_and_marks_chinese_sources_as_chinese(town: Town) -> None:
    client = town.client(town.secretary, english=True)
    shown = deadline(town, client, "branch.theme_day", month_before(town.today))
    assert "How this deadline came about" in shown.text(BOX)
    source = [one for one in shown.all(f"{BOX}//ol/li") if "Source" in one.text_content()]
    assert all(one.xpath(".//*[@lang='zh-Hans']") for one in source if "《" in one.text_content())


def test_the_page_asks_few_questions(town: Town, client: Client) -> None:
    address = f"/units/{town.city[UNIT]}/duties/branch.theme_day/{month_before(town.today)}"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 9


def test_who_is_reminded_when_stands_beside_how_the_day_came_about(town: Town, client: Client) -> None:
    told = deadline(town, client, "branch.theme_day", month_before(town.today)).texts(f"{BOX}//ol/li")
    (line,) = [one for one in told if one.startswith("什么时候提醒谁")]
    assert [word for word in ("本人或本单位", "书记", "上一级") if word in line] == ["本人或本单位", "书记", "上一级"]
    assert line.index("本人或本单位") < line.index("书记") < line.index("上一级")


def test_of_what_a_person_owes_nobody_above_is_reminded(town: Town, client: Client) -> None:
    town.city.member("周望", UNIT)
    told = deadline(town, client, "member.talk", f"{town.today.year}-01").texts(f"{BOX}//ol/li")
    (line,) = [one for one in told if one.startswith("什么时候提醒谁")]
    assert "上一级" not in line


def test_a_deadline_leads_to_the_table_by_which_working_days_are_counted(town: Town, client: Client) -> None:
    shown = deadline(town, client, "branch.theme_day", month_before(town.today))
    (table,) = [link for link in shown.links(BOX) if link.startswith("/holidays")]
    assert opened(client, table).status == 200


@pytest.mark.parametrize(
    ("start", "add", "end", "says"),
    [
        (date(2026, 2, 10), 10, date(2026, 3, 2), "2026-02-14, 2026-02-28是补班，算工作日。"),
        (date(2026, 3, 2), 10, date(2026, 3, 16), ""),
        (date(2026, 2, 10), 0, date(2026, 3, 2), ""),
    ],
)
def test_a_weekend_worked_in_exchange_is_told_where_it_was_counted(start: date, add: int, end: date, says: str) -> None:
    assert _worked(Counted(start, add, "working_day", end, end)) == says
