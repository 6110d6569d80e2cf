"""Two states are ordered by the words of time before them, whatever their order in the text."""

import pytest

from gangmu.reading.arithmetic.order_in_time import earlier, names_another_time

ORDERED = (
    ("去年收了", "今年收了"),
    ("前年是", "去年是"),
    ("五年前全镇只有", "三年前有"),
    ("十年前有", "如今有"),
    ("2019年只有", "2024年有"),
    ("2019年只有", "现有"),
    ("一季度为", "三季度为"),
    ("5月份接访", "11月份接访"),
    ("五月接访", "十二月接访"),
    ("上半年办理", "下半年办理"),
    ("第一批培训", "第三批培训"),
    ("头年卖了", "第二年卖了"),
    ("期中优秀率", "期末优秀率"),
    ("春季招生", "秋季招生"),
    ("改造前有铺面", "改造之后有铺面"),
    ("整治前每天积压", "整治后每天积压"),
    ("当初只有", "眼下有"),
    ("年初在册", "年底只剩"),
    ("上届报名", "本届报名"),
    ("路没修的时候要赔", "现在只赔"),
    ("老厂一天出", "新厂一天能出"),
    ("去年上半年收入", "今年上半年收入"),
)
ONLY_ONE_TOLD = (
    ("去年是", "停车场收了"),
    ("上年同期为", "投诉量"),
    ("茶园有", "如今有"),
    ("面积为", "发展到了"),
)
UNTOLD = (
    ("收了", "卖了"),
    ("去年收了", "去年卖了"),
    ("2019年有", "去年有"),
    ("公办园有", "民办园有"),
    ("今年一季度", "今年一季度"),
)


@pytest.mark.parametrize(("former", "later"), [*ORDERED, *ONLY_ONE_TOLD])
def test_the_former_state_is_known_whichever_stands_first(former: str, later: str) -> None:
    assert earlier(former, later) == -1
    assert earlier(later, former) == 1


@pytest.mark.parametrize(("one", "other"), UNTOLD)
def test_words_that_do_not_say_order_nothing(one: str, other: str) -> None:
    assert earlier(one, other) == earlier(other, one) == 0


@pytest.mark.parametrize(
    ("base", "state", "differs"),
    [
        ("比前年翻了", "去年才恢复到", True),
        ("比去年多了", "去年是", False),
        ("是2019年的", "2022年有", True),
        ("是2019年的", "2019年只有", False),
        ("翻了", "去年是", False),
    ],
)
def test_a_change_may_name_another_base_than_the_state_beside_it(base: str, state: str, differs: bool) -> None:
    assert names_another_time(base, state) is differs


def test_the_last_time_told_before_a_number_is_its_own() -> None:
    assert earlier("去年冬天动的工，今年有", "去年有") == 1
