"""Rows that the words close: with them 其中 tells all parts, without them it leaves open what else there is."""

from random import Random

import pytest

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Source

CLOSINGS = (
    "三类之外再无其他",
    "此外没有其他来源",
    "没有别的去处",
    "再无其他去向",
    "除此之外没有安排",
    "其他村都没有",
    "三项加起来就是全部",
    "一户不落",
)
ROWS = (
    "全县签约{whole}户，其中茶农{one}户、果农{two}户、菜农{three}户，{closing}。",
    "受理{whole}户：山区{one}户，库区{two}户，平原{three}户，{closing}，按此统计。",
    "全县登记{whole}户，比上年多。从登记的去处看，东片{one}户、中片{two}户、西片{three}户，{closing}。",
)
OPENINGS = (
    "投入经费{whole}元，用于三个方面：修渠{one}元，买泵{two}元，护坡{three}元。",
    "全年收入{whole}元。收入由三块组成：卖茶{one}元，租房{two}元，光伏{three}元。",
    "发放资金{whole}元，全部来自三个渠道：省级{one}元、市级{two}元、县级{three}元。",
)


def _sums(text: str) -> list[str]:
    return [f.verdict for f in findings(read_all(Source("a.txt", text))) if f.type == "sum"]


def _numbers(seed: int) -> dict[str, int]:
    numbers = Random(seed)
    one, two, three = (numbers.randrange(200, 900) for _ in range(3))
    return {"whole": one + two + three, "one": one, "two": two, "three": three}


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("row", ROWS)
def test_parts_that_are_said_to_be_all_make_up_their_whole_or_are_called_wrong(row: str, closing: str) -> None:
    told = _numbers(len(closing))
    assert _sums(row.format(**told, closing=closing)) == ["consistent"]
    told["whole"] += 100
    assert _sums(row.format(**told, closing=closing)) == ["contradiction"]


@pytest.mark.parametrize("row", OPENINGS)
@pytest.mark.parametrize("seed", range(4))
def test_as_many_parts_as_are_announced_are_all_of_them(row: str, seed: int) -> None:
    told = _numbers(seed)
    assert _sums(row.format(**told)) == ["consistent"]
    told["whole"] -= 90
    assert _sums(row.format(**told)) == ["contradiction"]


@pytest.mark.parametrize(
    "text",
    [
        "全乡有党员120名，其中女党员40名、少数民族党员30名，没有其他问题。",
        "全乡登记320户，其中茶农80户、果农60户，等三类，没有其他要求。",
        "火灾17.6万起，其中农村7.5万起，占总数的42.2%；集镇5.5万起，占总数的30.8%。",
        "投入经费900元，主要用于三个方面：修渠300元，买泵200元，护坡等其他支出。",
        "受理200件，其中咨询90件、投诉80件，有重复统计，此外没有其他渠道。",
        "全县签约300户，其中茶农90户、果农80户，此外没有签约意愿的还有60户。",
    ],
)
def test_rows_that_nothing_closes_stay_open(text: str) -> None:
    assert "contradiction" not in _sums(text)
