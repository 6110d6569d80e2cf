"""A deadline is explained: its start, what was counted and what not, grace, what is owed, by which row and source."""

import re
from dataclasses import replace
from datetime import date

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.obligations import Bearer, Deed, Obligation, obligations
from gangmu.catalog.duties.states import status
from gangmu.catalog.expressions.evaluate import Row, Unit
from gangmu.duties.rules import explain, notices
from gangmu.kernel.periods import Period
from tests.duties.cases import BRANCH, held, owed

HAN = re.compile(r"[\u4e00-\u9fff]")
TOWN = Bearer("t", Unit("t", "00002", "township", "township_domain"), form="primary")
VILLAGE = Bearer("v", Unit("v", "00003", "village", "rural"), form="primary")


def chinese(one: Obligation) -> str:
    return "".join(sentence.zh for sentence in explain(one, catalog()))


def upon(day: str) -> Obligation:
    event = Deed(Row("e", "matter.opened", "v", date.fromisoformat(day), {"tags": ["difficulty"]}, "case"))
    (one,) = obligations(
        catalog().duties["care.visit"], VILLAGE, Period(event.row.day, event.row.day), catalog().calendar, [event]
    )
    return one


def test_working_days_over_a_holiday_are_counted_out_loud() -> None:
    told = chinese(upon("2025-09-26"))
    assert "从事情发生的那天（2025-09-26，当天不计）起数 5 个工作日，数到 2025-10-10。" in told
    assert "不计：2025-09-27（周末）。" in told
    assert "不计：2025-10-01 至 2025-10-08（国庆节、中秋节放假）。" in told
    assert "2025-09-28" not in told  # a Sunday worked in exchange was counted like any other day
    assert "期限是 2025-10-10。" in told
    assert "口径待核" in told


def test_a_period_that_simply_ends_says_only_that() -> None:
    (one,) = owed("branch.members_meeting", "2025-02-01")
    told = chinese(one)
    assert told.startswith("到期间最后一天为止：2025-03-31。期限是 2025-03-31。")
    assert "等到 2025-04-07" in told
    assert "要做到 1。" in told
    assert (
        "口径：meeting.members 自 2018-10-28 起，每季度至少 1；出处：《中国共产党支部工作条例（试行）》（2018）第十一条。"
        in told
    )
    assert "口径待核" not in told


def test_a_deadline_in_a_year_without_a_table_says_that_it_may_move() -> None:
    (one,) = owed("committee.supervision", "2026-10-01", bearer=TOWN)
    assert one.due.end == date(2027, 1, 14)
    assert "2027 年的节假日还没有公布" in chinese(one)
    (before,) = owed("committee.supervision", "2026-01-01", bearer=TOWN)
    assert "还没有公布" not in chinese(before)


def test_a_deadline_that_moves_off_a_day_of_rest_says_from_where_to_where() -> None:
    duty = catalog().duties["branch.theme_day"]
    (terms,) = duty.terms
    due = terms.row.due.model_copy(update={"at_rest": "previous"})
    moved = replace(duty, terms=(replace(terms, row=terms.row.model_copy(update={"due": due})),))
    (one,) = obligations(moved, BRANCH, Period(date(2025, 8, 1), date(2025, 8, 1)), catalog().calendar)
    assert "2025-08-31 是休息日，提前到 2025-08-29。" in chinese(one)


def test_why_nothing_is_owed_is_told() -> None:
    (exempt,) = owed("branch.committee_meeting", "2025-03-01", bearer=replace(BRANCH, has=frozenset()))
    (short,) = owed("branch.members_meeting", "2025-02-01", bearer=replace(BRANCH, since=date(2025, 2, 10)))
    assert "这一次不要求：不设支委会。" in chinese(exempt)
    assert "按整月折算下来不足一次" in chinese(short)


@pytest.mark.parametrize("key", sorted(catalog().duties))
def test_every_published_duty_is_explained_in_both_languages_with_its_source(key: str) -> None:
    duty = catalog().duties[key]
    by = duty.terms[0].row.owed_by
    kind = next(iter(by.kinds), "branch")
    bearer = Bearer("x", Unit("x", "00001", kind, "rural"), catalog().form(kind), by.bearer, next(iter(by.posts), ""), "h", "p",
                    "rural", next(iter(by.stages), "full"), has=frozenset({"committee", "groups"}), groups=2)  # fmt: skip
    start = Deed(Row("e", "holding.started", "x", date(2025, 3, 3), {"post": "h"}))
    news = Deed(Row("f", "matter.opened", "x", date(2025, 3, 3), {"tags": ["difficulty"]}))
    found = obligations(duty, bearer, Period(date(2025, 3, 1), date(2025, 3, 31)), catalog().calendar, (start, news))
    assert len(found) == 1
    told = explain(found[0], catalog())
    assert "出处：" in told[-1].zh + told[-2].zh
    assert all(sentence.zh.endswith("。") and sentence.en.endswith(".") for sentence in told)
    assert [sentence.en for sentence in told if HAN.search(re.sub(r"\(.*?\)|Source: .*", "", sentence.en))] == []


def test_the_bearer_is_told_first_then_the_secretary_and_above_only_after_grace_and_three_working_days() -> None:
    (one,) = owed("branch.members_meeting", "2025-02-01")
    told = {day: [notice.to for notice in notices(status(one, (), date.fromisoformat(day)), catalog().calendar)]
            for day in ("2025-03-25", "2025-03-26", "2025-03-31", "2025-04-01", "2025-04-09", "2025-04-10")}  # fmt: skip
    assert list(told.values()) == [[], ["bearer"], ["bearer"], ["bearer", "secretary"], ["bearer", "secretary"],
                                   ["bearer", "secretary", "parent"]]  # fmt: skip


def test_nobody_is_told_once_it_is_met() -> None:
    (one,) = owed("branch.members_meeting", "2025-02-01")
    met = status(one, (held("members_meeting", "2025-03-20"),), date(2025, 5, 1))
    assert notices(met, catalog().calendar) == ()


def test_no_published_duty_tells_anybody_above_before_the_secretary_had_three_working_days() -> None:
    for key, duty in catalog().duties.items():
        for terms in duty.terms:
            upward = [step for step in terms.row.told if step.to in ("parent", "grandparent")]
            assert all(step.counted_from == "grace" and step.working_days >= 3 for step in upward), key
