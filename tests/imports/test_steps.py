"""From a sheet to facts: what each step asks, refuses, remembers and forgets."""

from datetime import timedelta
from typing import Any

import pytest

from gangmu.imports import actions, jobs, models, progress, queries
from gangmu.imports.checking import judge
from gangmu.imports.progress import Ticker
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import subject_keys
from gangmu.ledger.queries import FactFilter, count, facts
from gangmu.orgs import lookups, rosters
from gangmu.orgs.queries import children
from gangmu.reading.grid import Grid, Row
from gangmu.reading.table_files import pasted_table
from tests.imports.handing_in import checked, handed_in, recorded, sentences, table
from tests.imports.test_identity import number
from tests.imports.test_members import LI, ZHANG
from tests.orgs.cast import City


def codes(caught: Any) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def kept_bytes() -> bytes:
    """Everything the tables of sheets hold, as bytes."""
    return (
        repr(list(models.Handed.objects.values_list())).encode()
        + repr(list(models.Remembered.objects.values_list())).encode()
    )


# --- what is wrong with a row ----------------------------------------------------------------------------------------
WRONG = (
    ("张三", "", "A{row}“姓名”空着"),
    ("1986.5", "1986.1", "分不清是1月还是10月"),
    ("1986.5", "五月", "C{row}“出生年月”写成“五月”"),
    ("1986.5", "", "没有出生年月，算不出年龄段"),
    ("男", "不详", "B{row}“性别”写成“不详”"),
    ("柳溪村第一党支部", "", "F{row}“单位”空着"),
    ("柳溪村第一党支部", "柳溪村第一党支不", "是不是柳溪村第一党支部"),
    ("柳溪村第一党支部", "西镇", "您的范围里没有这个单位"),
    ("柳溪村第一党支部", "柳溪村党委", "不编入党员"),
    ("2010年7月1日", "2099-12-31", "还没有到"),
    ("2010年7月1日", "七一", "G{row}“编入日期”写成“七一”"),
    ("农村", "外星", "只能写："),
    ("13800000001", "1" * 61, "太长了"),
)  # what stands in a right row, what in its place, and what is said of it


def test_what_is_wrong_with_each_row_is_told_with_its_cell(towner: Actor) -> None:
    rows = [ZHANG.replace("张三", f"张三{place}" if was != "张三" else becomes).replace(was, becomes)
            for place, (was, becomes, _) in enumerate(WRONG)]  # fmt: skip
    found = checked(towner, handed_in(towner, table(*rows, LI)))
    assert (found.right, found.wrong) == (1, len(WRONG))
    for place, (was, becomes, says) in enumerate(WRONG, 2):
        told = [problem.message for problem in found.said.wrong[place]]
        assert any(says.format(row=place) in one for one in told), (was, becomes, told)


def test_all_that_is_wrong_with_a_row_is_told_at_once(towner: Actor) -> None:
    found = checked(towner, handed_in(towner, table("\t不详\t五月\t野鸡大学\t\t哪里\t七一\t外星")))
    assert len(sentences(found)) == 7


def test_two_rows_of_one_person_are_one_twice(towner: Actor) -> None:
    found = checked(towner, handed_in(towner, table(ZHANG, LI, ZHANG.replace("本科", "大专"))))
    assert sentences(found) == ["第 4 行：和第 2 行是同一个，留一行。"]


def test_somebody_on_the_roll_already_is_not_put_on_it_twice(city: City, towner: Actor) -> None:
    city.member("林晓禾", "柳溪支部")
    row = "林晓禾\t女\t1986-05\t本科\t138\t柳溪支部\t2015-03-08\t农村"
    assert "已经在这个支部的名册里" in sentences(checked(towner, handed_in(towner, table(row))))[0]


def test_a_branch_secretary_records_at_the_own_branch_alone(city: City) -> None:
    secretary = city.account("shuji", "branch_secretary", "柳溪支部")
    found = checked(secretary, handed_in(secretary, table(ZHANG, LI)))
    assert (found.right, found.wrong) == (1, 1)
    assert "您的范围里没有这个单位" in sentences(found)[0]


def test_who_may_record_nothing_hands_nothing_in(city: City) -> None:
    leader = city.account("lingdao", "leader", "东镇")
    with pytest.raises(Refused) as caught:
        handed_in(leader, table(ZHANG))
    assert codes(caught) == ["orgs.not_allowed"]


def test_a_name_of_two_units_asks_for_the_code(city: City, towner: Actor) -> None:
    rows = "网格党支部\t党支部\t农村领域\t柳溪村党委\t2001-01-01\n网格党支部\t党支部\t农村领域\t石桥村党委\t2001-01-01"
    recorded(
        towner,
        checked(towner, handed_in(towner, pasted_table(f"名称\t类型\t领域\t上级组织\t成立日期\n{rows}"), "units")).id,
    )
    [one] = [node for node in children(city.clerk.scope, city["柳溪村"]) if node.name == "网格党支部"]
    found = checked(towner, handed_in(towner, table(ZHANG.replace("柳溪村第一党支部", "网格党支部"))))
    assert "有 2 个" in sentences(found)[0]
    assert one.code in sentences(found)[0]
    mended = checked(towner, handed_in(towner, table(ZHANG.replace("柳溪村第一党支部", one.code))))
    assert mended.right == 1


# --- other sheets ----------------------------------------------------------------------------------------------------
def test_units_are_founded_by_the_rules_of_founding(city: City, towner: Actor) -> None:
    head = "组织名称\t组织类型\t领域\t上级党组织\t成立日期\t简称"
    rows = (
        "柳溪村第二党支部\t党支部\t农村\t柳溪村党委\t2020年3月1日\t柳溪二支",
        "柳溪村第一党支部\t党支部\t农村\t柳溪村党委\t2020-03-01\t",
        "石桥村党总支\t没有这种\t农村\t石桥村党委\t2020-03-01\t",
    )
    found = checked(towner, handed_in(towner, pasted_table("\n".join([head, *rows])), "units"))
    assert (found.right, found.wrong) == (1, 2)
    recorded(towner, found.id)
    assert "柳溪村第二党支部" in {node.name for node in children(city.clerk.scope, city["柳溪村"])}


def test_a_branch_secretary_founds_no_unit(city: City) -> None:
    secretary = city.account("shuji", "branch_secretary", "柳溪支部")
    with pytest.raises(Refused):
        handed_in(secretary, pasted_table("名称\n甲"), "units")


def test_posts_are_set_up(city: City, towner: Actor) -> None:
    rows = "支部\t党内职务\t任期\t设立日期\n柳溪支部\t支部书记\t3\t2020-01-01\n柳溪支部\t皇帝\t3\t2020-01-01"
    found = checked(towner, handed_in(towner, pasted_table(rows), "posts"))
    assert (found.right, found.wrong) == (1, 1)
    recorded(towner, found.id)
    assert lookups.kinds_of_posts(city["柳溪支部"], clock.today()) == ("secretary",)


def test_people_are_put_on_record_without_a_membership(city: City, towner: Actor) -> None:
    found = checked(
        towner, handed_in(towner, pasted_table("姓名\t手机号\n张三\t138\n李四\t139"), "persons", unit="柳溪支部")
    )
    assert recorded(towner, found.id).state == "done"
    assert count(FactFilter(kinds=frozenset({"person.recorded"}))) == 2
    assert rosters.members(city.clerk.scope, city["柳溪支部"]) == ()


def test_any_kind_of_fact_is_recorded_with_its_tags_its_day_and_its_sealed_words(city: City, towner: Actor) -> None:
    day = clock.today() - timedelta(days=40)
    head = "支部\t活动日期\t会议类型\t实到\t应到\t议题\t补录原因"
    rows = (
        f"柳溪支部\t{day:%Y年%-m月%-d日}\t支部党员大会\t20\t24\t年度计划\t其他原因",
        f"柳溪支部\t{day:%Y.%-m.%-d}\t支部党员大会\t20\t24\t年度计划\t",
        f"石桥支部\t{day}\t支部党员大会\t20人\t24\t\t其他原因",
    )
    found = checked(towner, handed_in(towner, pasted_table("\n".join([head, *rows])), "activity.held"))
    assert (found.right, found.wrong) == (1, 2)
    assert "算补录" in sentences(found)[0]
    assert sentences(found)[0].startswith("G3：")
    assert "D4“到场人数”写成“20人”" in sentences(found)[1]
    recorded(towner, found.id)
    [fact] = facts(FactFilter(kinds=frozenset({"activity.held"})), limit=9)
    assert (fact.org, fact.day, fact.body["present"], fact.slots) == (city["柳溪支部"], day, 20, ("subject",))
    assert list(fact.body["tags"]) == ["members_meeting"]  # type: ignore[call-overload]
    assert fact.body["late_reason"] == "other_reason"


def test_two_records_alike_are_two(towner: Actor) -> None:
    head, row = "支部\t会议类型\t实到", "柳溪支部\t支部党员大会\t20"
    found = checked(towner, handed_in(towner, pasted_table("\n".join([head, row, row])), "activity.held"))
    assert found.right == 2
    recorded(towner, found.id)
    assert count(FactFilter(kinds=frozenset({"activity.held"}))) == 2
    assert checked(towner, handed_in(towner, pasted_table("\n".join([head, row, row])), "activity.held")).already == 2


# --- all or nothing --------------------------------------------------------------------------------------------------
def test_nothing_is_recorded_where_the_record_changed_since_the_check(city: City, towner: Actor) -> None:
    found = checked(towner, handed_in(towner, table(ZHANG, LI)))
    city.member("张三", "柳溪支部")
    city.person("别人")
    mended = "张三\t男\t1986-05\t本科\t13800000001\t柳溪支部\t2015-03-08\t农村"
    other = checked(city.clerk, handed_in(city.clerk, table(mended)))
    assert other.wrong == 1
    done = recorded(towner, found.id)
    assert (done.state, [one.code for one in done.said.stopped]) == ("checked", ["imports.others_by_now"])
    assert len(rosters.members(city.clerk.scope, city["石桥支部"])) == 0


def test_a_refusal_in_the_midst_of_recording_leaves_nothing_behind(
    city: City, towner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    found = checked(towner, handed_in(towner, table(ZHANG, LI)))
    from gangmu.imports import targets
    from gangmu.imports.actions import target

    whole = target("members")

    def second_fails(asked: targets.Asked) -> Any:
        record = whole.ready(asked)
        if asked.rows[0].text("name") == "张三":
            return record

        def fail() -> None:
            record()
            raise Refused([])

        return fail

    broken = targets.Target(whole.wants, whole.where, whole.against, second_fails)
    monkeypatch.setitem(targets.REGISTRY, "members", broken)  # type: ignore[arg-type]
    before = count(FactFilter())
    assert recorded(towner, found.id).state == "checked"
    assert count(FactFilter()) == before
    assert rosters.members(city.clerk.scope, city["东镇"]) == ()


def test_the_very_sheet_of_a_colleague_is_not_recorded_again(city: City, towner: Actor) -> None:
    recorded(towner, checked(towner, handed_in(towner, pasted_table("姓名\n张三"), "persons", unit="柳溪支部")).id)
    found = checked(city.clerk, handed_in(city.clerk, pasted_table("姓名\n张三"), "persons", unit="柳溪支部"))
    with pytest.raises(Refused) as caught:
        actions.ask_for_recording(found.id, found.right, by=city.clerk)
    assert codes(caught) == ["imports.another_did"]


@pytest.mark.parametrize("right", [0, 1, 3])
def test_a_confirmation_names_how_many_rows_it_means(towner: Actor, right: int) -> None:
    found = checked(towner, handed_in(towner, table(ZHANG, LI)))
    with pytest.raises(Refused) as caught:
        actions.ask_for_recording(found.id, right, by=towner)
    assert codes(caught) == ["imports.others_by_now" if right else "imports.nothing_right"]


# --- steps in their order --------------------------------------------------------------------------------------------
def test_steps_come_in_their_order(towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG))
    with pytest.raises(Refused) as caught:
        actions.ask_for_recording(one, 1, by=towner)
    assert codes(caught) == ["imports.done"]
    recorded(towner, checked(towner, one).id)
    for step in (lambda: actions.ask_for_check(one, {}, {}, by=towner), lambda: actions.look_at(one, 0, 1, by=towner)):
        with pytest.raises(Refused) as caught:
            step()
        assert codes(caught) == ["imports.done"]


def test_while_it_is_worked_on_nothing_else_begins(towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG))
    aim = queries.sheet(one, towner.account).said.aim
    actions.ask_for_check(one, aim.columns, aim.fixed, by=towner)
    models.Handed.objects.update(taken=clock.now())
    Ticker(one, 10).tick(1)
    for step in (lambda: actions.discard(one, by=towner), lambda: actions.ask_for_recording(one, 1, by=towner)):
        with pytest.raises(Refused) as caught:
            step()
        assert codes(caught) == ["imports.at_work"]
    assert jobs.run_waiting() == 0
    progress.forget(one)


def test_work_that_was_given_up_is_taken_up_again(towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG))
    aim = queries.sheet(one, towner.account).said.aim
    actions.ask_for_check(one, aim.columns, aim.fixed, by=towner)
    models.Handed.objects.update(taken=clock.now() - timedelta(seconds=progress.STALE + 1))
    assert jobs.run_waiting() == 1
    assert queries.sheet(one, towner.account).state == "checked"


def test_short_sheets_are_done_at_once_and_long_ones_wait_for_the_worker(
    towner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SHORT", 1)
    assert checked(towner, handed_in(towner, table(ZHANG))).state == "checked"
    assert checked(towner, handed_in(towner, table(ZHANG, LI))).state == "checking"
    assert jobs.run_waiting() == 1
    assert jobs.run_waiting() == 0


def test_progress_is_seen_while_the_work_goes_on(towner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "STEP", 0)
    one = handed_in(towner, table(ZHANG, LI))
    aim = queries.sheet(one, towner.account).said.aim
    grid, seen = queries.tables(one, towner.account)[0], []
    ticker = Ticker(one, 4)

    def tick(steps: int) -> None:
        ticker.tick(steps)
        told = progress.how_far(one)
        assert told is not None
        seen.append((told.done, told.total))

    judge(grid, "members", aim, towner, clock.today(), tick)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    progress.forget(one)
    assert progress.how_far(one) is None


# --- what is kept ----------------------------------------------------------------------------------------------------
def test_neither_cells_nor_an_identity_number_stand_in_clear(towner: Actor) -> None:
    own = number()
    grid = pasted_table(f"姓名\t身份证号\t备注\n张三丰\t{own}\t证号{own}")
    one = handed_in(towner, grid, "persons", unit="柳溪支部")
    kept = kept_bytes()
    assert "张三丰".encode() not in kept
    assert own.encode() not in kept
    [opened] = queries.tables(one, towner.account)
    assert opened.rows[1].cells == ("张三丰", "", "")
    assert {note.code for note in queries.sheet(one, towner.account).said.notes} == {
        "imports.never_kept",
        "imports.identity_number",
    }


def test_no_request_key_tells_what_a_row_says(city: City, towner: Actor) -> None:
    recorded(towner, checked(towner, handed_in(towner, table(ZHANG))).id)
    kinds = frozenset({"person.recorded", "membership.started"})
    keys = {fact.idem for fact in facts(FactFilter(kinds=kinds), limit=9)}
    assert all("张三" not in key and "1380" not in key for key in keys)
    assert {len(key.partition("/")[0]) for key in keys} == {64}


def test_a_sheet_is_its_owners_alone(city: City, towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG))
    for step in (
        lambda: queries.sheet(one, city.clerk_id), lambda: queries.tables(one, city.clerk_id),
        lambda: actions.discard(one, by=city.clerk), lambda: actions.look_at(one, 0, 1, by=city.clerk),
        lambda: actions.ask_for_check(one, {}, {}, by=city.clerk),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            step()
    assert queries.latest(AccountId(city.clerk_id)) == []


@pytest.mark.django_db(transaction=True)
def test_a_sheet_given_up_takes_its_key_along() -> None:
    from tests.orgs import cast

    city = cast.build()
    one = handed_in(city.clerk, table(ZHANG))
    assert subject_keys.existing_keys([one])
    actions.discard(one, by=city.clerk)
    assert not subject_keys.existing_keys([one])
    assert not models.Handed.objects.exists()


def test_a_sheet_nobody_comes_back_to_is_gone_after_a_month(towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG))
    models.Handed.objects.update(created=clock.now() - timedelta(days=actions.KEPT_DAYS + 1))
    other = handed_in(towner, table(LI))
    assert [found.id for found in queries.latest(towner.account)] == [other]
    with pytest.raises(NotFound):
        queries.sheet(one, towner.account)


# --- which table, which columns --------------------------------------------------------------------------------------
def test_of_several_tables_the_one_whose_headings_are_known_is_aimed_at(towner: Actor) -> None:
    other = Grid("说明", (Row(1, ("怎么填",)),))
    one = handed_in(towner, [other, table(ZHANG)])
    assert queries.sheet(one, towner.account).said.aim.sheet == 1
    actions.look_at(one, 0, 0, by=towner)
    aim = queries.sheet(one, towner.account).said.aim
    assert (aim.sheet, aim.header, aim.columns) == (0, 0, {})


def test_another_row_of_headings_may_name_a_column_that_is_never_kept(towner: Actor) -> None:
    grid = pasted_table("姓名\t甲\n名\t身份证号\n张三\t乱写的")
    one = handed_in(towner, grid, "persons", unit="柳溪支部")
    actions.look_at(one, 0, 2, by=towner)
    assert queries.tables(one, towner.account)[0].rows[2].cells == ("张三", "")


@pytest.mark.parametrize(
    ("columns", "fixed", "wanted"),
    [
        ({}, {}, {"imports.no_column"}),
        ({"name": 1, "unit": 1}, {}, {"imports.column_twice"}),
        ({"name": 1}, {"unit": "柳溪支部", "day": "七一"}, {"imports.date"}),
        ({"name": 1}, {"unit": "柳溪支部", "sex": "不详"}, {"imports.choice"}),
    ],
)
def test_columns_that_cannot_be_so_are_refused(
    towner: Actor, columns: dict[str, int], fixed: dict[str, str], wanted: set[str]
) -> None:
    one = handed_in(towner, pasted_table("姓名\n张三"), "persons")
    with pytest.raises(Refused) as caught:
        actions.ask_for_check(one, columns, fixed, by=towner)
    assert set(codes(caught)) == wanted


def test_headings_without_data_are_no_table(towner: Actor) -> None:
    one = handed_in(towner, pasted_table("姓名\t电话"), "persons", unit="柳溪支部")
    with pytest.raises(Refused) as caught:
        actions.ask_for_check(one, {"name": 1}, {"unit": "柳溪支部"}, by=towner)
    assert codes(caught) == ["imports.no_rows"]


def test_what_is_remembered_is_each_accounts_own(city: City, towner: Actor) -> None:
    grid = pasted_table("甲\t乙\n张三\t138")
    one = handed_in(towner, grid, "persons", unit="柳溪支部")
    actions.ask_for_check(one, {"name": 1, "contact": 2}, {"unit": "柳溪支部"}, by=towner)
    assert queries.sheet(handed_in(towner, grid, "persons"), towner.account).said.aim.columns == {
        "name": 1,
        "contact": 2,
    }
    assert queries.sheet(handed_in(city.clerk, grid, "persons"), AccountId(city.clerk_id)).said.aim.columns == {}
