"""Numbers in tables: named by their row or their column, in the measure that the table states once."""

from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.documents.binding import words
from gangmu.documents.rules.caution import is_no_whole
from gangmu.documents.rules.contexts import Context, contexts
from gangmu.documents.rules.proposals import proposals
from tests.documents.conftest import Check, Record
from tests.documents.support import read

BY_ROW = """# 年报

| 指标 | 单位 | 数量 |
|---|---|---|
| 受理群众诉求 | 件 | 412 |
| 化解矛盾纠纷 | 起 | 86 |
| 群众满意率 | % | 98.2 |
| 投入阵地建设资金 | 万元 | 260 |
"""
BY_COLUMN = """# 年报

| 单位 | 党课（堂） | 培训（人次） |
|---|---|---|
| 柳溪村 | 3 | 300 |
| 荷塘村 | 2 | 200 |
"""
ASIDE = """# 年报

| 指标 | 单位 | 今年 | 年度目标 | 上年同期 |
|---|---|---|---|---|
| 化解矛盾纠纷 | 起 | 86 | 90 | 70 |
| 其中：邻里纠纷 | 起 | 30 | 40 | 20 |
"""


def cells(text: str) -> list[Context]:
    return list(contexts(read(text, "md")))


def first(one: Context) -> str:
    return proposals(one, catalog(), words())[0].key


def test_a_row_names_what_is_counted_under_a_heading_that_says_nothing() -> None:
    assert [first(one) for one in cells(BY_ROW)] == [
        "matter.received[request]", "matter.solved[dispute]", "matter.satisfied_rate", "money.spent[site_building]",
    ]  # fmt: skip


def test_a_column_of_measures_gives_each_row_its_own() -> None:
    assert [(one.claim.unit, one.claim.kind, one.claim.value) for one in cells(BY_ROW)] == [
        ("件", "count", Decimal(412)), ("起", "count", Decimal(86)), ("%", "ratio", Decimal("98.2")),
        ("元", "amount", Decimal(2_600_000)),
    ]  # fmt: skip


def test_ten_thousands_in_a_heading_are_worth_ten_thousands() -> None:
    money = cells(BY_ROW)[3].claim
    assert (money.worth, money.scaled) == (Decimal(10_000), True)


def test_a_measure_in_brackets_belongs_to_the_whole_column() -> None:
    assert [one.claim.unit for one in cells(BY_COLUMN)] == ["堂", "人次", "堂", "人次"]
    assert [first(one) for one in cells(BY_COLUMN)[:2]] == [
        "activity.sessions[lecture]",
        "activity.attendance[training]",
    ]


def test_a_first_column_headed_with_the_units_of_the_party_holds_no_measures() -> None:
    assert all(one.claim.unit not in ("柳溪村", "荷塘村") for one in cells(BY_COLUMN))


def test_targets_former_years_and_parts_are_held_against_nothing() -> None:
    solved = catalog().indicators["matter.solved"]
    assert [is_no_whole(one, solved) for one in cells(ASIDE)] == [False, True, True, True, True, True]


def test_each_row_is_held_against_the_record_of_the_unit_it_names(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", times=3, tags=["lecture"])
    record("activity.held", "荷塘村", times=4, tags=["lecture"])
    found = checked(BY_COLUMN, kind="md")
    lectures = [one for one in found.findings if one.type == "figure" and (one.stated or 0) < 10]
    assert [(one.stated, one.computed, one.verdict) for one in lectures] == [
        (3, 3, "confirmed"), (2, 4, "contradiction"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("查摆问题128个，整改查摆问题119个。", []),
        ("全年收集诉求60件。目前已办结收集诉求52件。", []),
        ("全年查摆问题128个。一年来共查摆问题119个。", ["contradiction"]),
        ("全年查摆问题128个。一年来共查摆问题128个。", ["consistent"]),
    ],
)
def test_what_was_mended_of_what_was_found_is_another_number(checked: Check, text: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in checked(text).findings if one.type == "repeat"] == verdicts
