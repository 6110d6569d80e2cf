"""Relations that call both their numbers by name, in the prose or in the rows of a table."""

from random import Random

import pytest

from tests.reading.arithmetic import found, wrong

TABLE = (
    "| 项目 | 决算数（万元） |\n| --- | ---: |\n| 税收收入 | {part} |\n| 非税收入 | {rest} |\n| 收入合计 | {whole} |\n"
)
IN_PROSE = "全年公共预算收入{whole}万元，比预算多。\n\n"
IN_ROWS = "停车收入{one}万元，广告收入{other}万元，场地租赁收入{third}万元。\n\n"


@pytest.mark.parametrize("seed", range(6))
def test_a_share_of_two_that_are_called_by_name_is_right_or_wrong(seed: int) -> None:
    numbers = Random(seed)
    part, rest = numbers.randrange(3000, 9000), numbers.randrange(1000, 2900)
    told = (IN_PROSE + TABLE).format(part=part, rest=rest, whole=part + rest)
    share = 100 * part / (part + rest)
    assert not wrong(f"{told}\n税收收入占公共预算收入的{share:.1f}%。", "md")
    (finding,) = wrong(f"{told}\n税收收入占公共预算收入的{share - 6:.1f}%。", "md")
    assert finding.type == "share"


@pytest.mark.parametrize("seed", range(6))
def test_a_multiple_of_two_of_several_in_a_row_is_right_or_wrong(seed: int) -> None:
    numbers = Random(seed)
    one, other, third = (numbers.randrange(low, low + 90) for low in (500, 300, 100))
    told = IN_ROWS.format(one=one, other=other, third=third)
    assert not wrong(f"{told}停车收入是场地租赁收入的{one / third:.1f}倍。")
    (finding,) = wrong(f"{told}停车收入是场地租赁收入的{one / third + 1.2:.1f}倍。")
    assert finding.type == "multiple"


@pytest.mark.parametrize(
    "text",
    [
        "停车收入600万元。\n\n停车收入是去年同期停车收入的9.0倍。",
        "停车收入600万元，场地租赁收入100万元，县里的场地租赁收入200万元。\n\n停车收入是场地租赁收入的3.0倍。",
        "停车收入600万元。场地租赁面积100亩。\n\n停车收入是场地租赁收入的9.0倍。",
        "公共预算收入900万元。\n\n税收收入占公共预算收入的70%。",
        "公共预算支出900万元。税收收入500万元。\n\n税收收入占公共预算收入的70%。",
    ],
)
def test_what_is_not_called_by_both_names_is_left_open(text: str) -> None:
    assert not wrong(text)


def test_names_that_nobody_told_lead_to_nothing() -> None:
    assert not [f for f in found("粮油收入是烘干收入的3倍。") if f.type == "multiple"]
