"""A township office hands in its own sheet: which column is which, what is wrong where, one confirmation, no doubles."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gangmu.kernel.scope import Actor
from gangmu.orgs import rosters
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, page, sent

HEAD = "姓名\t性别\t出生年月\t学历\t联系电话\t所在支部\t入党时间\t类别"
RIGHT = "张三\t男\t1986.5\t本科\t13800000001\t荷塘村第一党支部\t2010年7月1日\t农村"
WRONG = "李四\t女\t1990.13\t大专\t13800000002\t荷塘支不\t2015-03-08\t在职"
ALL = {"all-how": "admitted", "all-stage": "full"}


@pytest.fixture
def secretary(town: Town) -> Client:
    return town.client(town.secretary)


def pasted(client: Client, *lines: str, kind: str = "members", head: str = HEAD) -> Page:
    """Paste a sheet and go to its page."""
    return sent(client, "/sheets", {"kind": kind, "text": "\n".join([head, *lines])})


def checked(client: Client, one: Page, **more: str) -> Page:
    """Send the columns as the page proposes them."""
    names = [field.get("name") for field in one.all("//select[starts-with(@name,'at-')]")]
    typed: dict[str, Any] = {name: one.typed(name) or "0" for name in names}
    return sent(client, one.address, {**typed, **ALL, **more})


def workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("党员名册.xlsx", file.getvalue())


def members(who: Actor, town: Town) -> int:
    return len(rosters.members(who.scope, town.city["荷塘支部"]))


def test_the_page_asks_for_a_sheet_and_says_what_it_may_hold(secretary: Client) -> None:
    shown = opened(secretary, "/sheets")
    assert shown.status == 200
    offered = shown.texts("//select[@name='kind']/option")
    assert {"党员花名册", "人员信息", "岗位名单", "活动台账"} <= set(offered)
    assert "组织名单" not in offered  # a branch secretary shapes no tree


def test_the_columns_are_proposed_by_their_headings_and_the_first_rows_are_shown(secretary: Client) -> None:
    one = pasted(secretary, RIGHT, WRONG)
    assert one.status == 200
    assert "对一对：哪一列是什么" in one.text("//h1")
    assert [one.typed(f"at-{key}") for key in ("name", "sex", "birth_month", "unit", "day", "how")] == [
        "1",
        "2",
        "3",
        "6",
        "7",
        "",
    ]
    assert "张三" in one.text("//div[contains(@class,'gm-scroll')]")


def test_every_wrong_row_is_told_and_nothing_is_recorded_before_the_confirmation(town: Town, secretary: Client) -> None:
    found = checked(secretary, pasted(secretary, RIGHT, WRONG))
    assert "有1行要改" in found.text("//h1")
    assert "C3“出生年月”写成“1990.13”" in found.text()
    assert "F3“单位”写成“荷塘支不”" in found.text()
    assert members(town.secretary, town) == 0


def test_the_right_rows_are_recorded_once_on_a_confirmation_that_names_their_number(
    town: Town, secretary: Client
) -> None:
    found = checked(secretary, pasted(secretary, RIGHT, WRONG))
    assert "只导对的1行" in found.text()
    done = sent(secretary, f"{found.address}/record", {"right": "1"})
    assert "1行已记入台账" in done.text("//h1")
    assert members(town.secretary, town) == 1
    assert sent(secretary, f"{found.address}/record", {"right": "1"}).status == 422
    assert members(town.secretary, town) == 1


def test_a_confirmation_of_another_number_records_nothing(town: Town, secretary: Client) -> None:
    found = checked(secretary, pasted(secretary, RIGHT))
    assert sent(secretary, f"{found.address}/record", {"right": "7"}).status == 422
    assert members(town.secretary, town) == 0


def test_the_returned_workbook_holds_their_rows_and_two_columns_more(secretary: Client) -> None:
    file = workbook([["荷塘村党员名册"], HEAD.split("\t"), RIGHT.split("\t"), WRONG.split("\t")])
    one = page(secretary.post("/sheets", {"kind": "members", "file": file}, follow=True), "")
    found = checked(secretary, Page(one.status, one.address, one.tree, one.source))
    answer = secretary.get(f"{found.address}/returned.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][0] == "荷塘村党员名册"
    assert rows[1] == (*HEAD.split("\t"), "第几行", "什么问题，怎么改")
    assert rows[2][-2:] == (None, None)
    assert rows[3][:2] == ("李四", "女")
    assert rows[3][-2] == "4"
    assert "C4“出生年月”" in rows[3][-1]
    assert "F4“单位”" in rows[3][-1]


def test_what_nobody_said_of_the_sheet_is_asked_for_and_what_was_chosen_is_kept(secretary: Client) -> None:
    one = pasted(secretary, RIGHT)
    found = sent(secretary, one.address, {"at-name": "1", "at-unit": "0", "at-birth_month": "3"})
    assert found.status == 422
    assert "“单位”必须有" in found.text("//*[@id='problems']")
    assert "“编入方式”必须有" in found.text("//*[@id='problems']")
    assert found.typed("at-name") == "1"
    assert found.typed("at-birth_month") == "3"


def test_one_column_serves_one_field(secretary: Client) -> None:
    found = checked(secretary, pasted(secretary, RIGHT), **{"at-contact": "1"})
    assert found.status == 422
    assert "已经给了别的项" in found.text("//*[@id='problems']")


def test_the_columns_chosen_are_remembered_for_the_next_sheet_with_these_headings(secretary: Client) -> None:
    head = HEAD.replace("姓名", "甲").replace("联系电话", "乙")
    one = pasted(secretary, RIGHT, head=head)
    assert one.typed("at-name") == ""
    checked(secretary, one, **{"at-name": "1", "at-contact": "5"})
    again = pasted(secretary, RIGHT, head=head)
    assert (again.typed("at-name"), again.typed("at-contact")) == ("1", "5")


def test_a_colleague_neither_sees_the_sheet_nor_its_cells(town: Town, secretary: Client) -> None:
    one = pasted(secretary, RIGHT)
    other = town.client(town.leader)
    for address in (one.address, f"{one.address}/returned.xlsx", f"{one.address}/record", f"{one.address}/discard"):
        assert other.get(address).status_code == 404


def test_a_sheet_given_up_is_gone(secretary: Client) -> None:
    one = pasted(secretary, RIGHT)
    assert sent(secretary, f"{one.address}/discard", {}).status == 200
    assert opened(secretary, one.address).status == 404


def refused() -> list[tuple[dict[str, Any], str]]:
    """What may be sent that cannot be used, and what is said of it."""
    return [
        ({"kind": "members"}, "还没有表"),
        ({"text": "姓名\n张三"}, "还没选表里是什么"),
        ({"kind": "units", "text": "名称\n甲"}, "还没选表里是什么"),
        ({"kind": "members", "text": "姓名\n张三", "org": "没有这个村"}, "没有这个村"),
        ({"kind": "members", "file": SimpleUploadedFile("名册.xls", b"\xd0\xcf\x11\xe0old")}, "另存为 .xlsx"),
        ({"kind": "members", "file": SimpleUploadedFile("名册.docx", b"PK\x03\x04")}, "不是表格"),
        ({"kind": "members", "file": SimpleUploadedFile("名册.csv", b"\xff\xff\xff\xff")}, "编码认不出来"),
    ]


def test_what_cannot_be_used_is_refused_in_a_sentence_and_what_was_typed_stays(secretary: Client) -> None:
    for typed, says in refused():
        found = sent(secretary, "/sheets", typed)
        assert found.status == 422, says
        assert says in found.text("//*[@id='problems']")
        if "text" in typed:
            assert found.typed("text").strip() == typed["text"]


def test_any_kind_of_fact_comes_in_the_same_way(town: Town, secretary: Client) -> None:
    head = "活动日期\t会议类型\t实到\t应到\t议题"
    day = town.today.isoformat()
    one = sent(secretary, "/sheets", {"kind": "activity.held", "org": "荷塘村第一党支部",
                                      "text": f"{head}\n{day}\t支部党员大会\t20\t24\t学习\n{day}\t跳舞\t20\t24\t\n"})  # fmt: skip
    found = checked(secretary, one, **{"all-unit": one.typed("all-unit")})
    assert "B3" in found.text()
    assert "不在可选的里面" in found.text()
    done = sent(secretary, f"{found.address}/record", {"right": "1"})
    assert "1行已记入台账" in done.text("//h1")


def test_long_work_shows_how_far_it_is_and_loads_the_page_anew_when_it_is_done(
    town: Town, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gangmu.imports import jobs

    monkeypatch.setattr(jobs, "SHORT", 0)
    waiting = checked(secretary, pasted(secretary, RIGHT))
    assert "正在检查" in waiting.text("//h1")
    assert waiting.all("//*[@id='sheet_progress'][@hx-get]")
    part = {"HX-Request": "true", "HX-Target": "sheet_progress"}
    assert "HX-Refresh" not in secretary.get(waiting.address, headers=part).headers
    assert jobs.run_waiting() == 1
    assert secretary.get(waiting.address, headers=part).headers["HX-Refresh"] == "true"
    assert "1行都可以导入" in opened(secretary, waiting.address).text("//h1")
