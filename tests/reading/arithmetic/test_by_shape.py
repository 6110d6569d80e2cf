"""Relations known by the shape of their numbers: a convincing near miss is found, whatever the verb; the rest is silent."""

from decimal import Decimal

import pytest

from gangmu.reading.arithmetic.thirds import is_near_miss
from gangmu.reading.values import Claim, Span
from tests.reading.arithmetic import found, words, wrong

NEAR_MISSES: tuple[tuple[str, str, list[str]], ...] = (
    ("动物园开春时有鹿318只，入冬盘点为352只，一年里添丁44只。", "difference", ["318只", "352只", "44只"]),
    ("粮库收进新粮4.25万吨，调出2.87万吨，库里净余1.83万吨。", "difference", ["4.25万吨", "2.87万吨", "1.83万吨"]),
    (
        "渡口原先一天摆渡1260人次，如今1480人次，多运320人次。",
        "difference",
        ["1260人次", "1480人次", "320人次"],
    ),
    ("今年下达管护任务2.40万亩，管护2.75万亩，超任务0.45万亩。", "difference", ["2.40万亩", "2.75万亩", "0.45万亩"]),
    ("地震台网十年前有台站14个，如今布到56个，是起步时的3倍。", "multiple", ["14个", "56个", "3倍"]),
    ("公园游船去年租出9600次，今年租出28800次，增长了3倍。", "multiple", ["9600次", "28800次", "3倍"]),
    ("准点率去年末是88.7%，眼下93.2%，提高了4.5%。", "points", ["88.7%", "93.2%", "4.5%"]),
    ("科目二合格率去年为72.5%，今年为78.1%，提升6.5个百分点。", "points", ["72.5%", "78.1%", "6.5个百分点"]),
    (
        "彩票中心去年募集2.64亿元，今年2.97亿元，增长11.1%。",
        "growth",
        ["2.64亿元", "2.97亿元", "11.1%"],
    ),
    (
        "摆渡旅客36.4万人次，比前年的28万人次多送8.4万人次，增长23.1%。",
        "growth",
        ["28万人次", "8.4万人次", "23.1%"],
    ),
    (
        "东站过车4120辆，南站3860辆，北站2975辆，三站共过车11055辆。",
        "sum",
        ["4120辆", "3860辆", "2975辆", "11055辆"],
    ),
    (
        "全市现有馆藏26.2万卷，馆藏由文书18.6万卷、科技5.4万卷、声像1.2万卷构成。",
        "sum",
        ["26.2万卷", "18.6万卷", "5.4万卷", "1.2万卷"],
    ),
    (
        "馆藏由文书18.6万卷、科技5.4万卷、声像1.2万卷构成，总量26.2万卷。",
        "sum",
        ["18.6万卷", "5.4万卷", "1.2万卷", "26.2万卷"],
    ),
    (
        "临河的井36口、临路的28口、院内的19口，年内全镇共封填80口，以上三类都已封完。",
        "sum",
        ["36口", "28口", "19口", "80口"],
    ),
    (
        "海事处辖区登记船舶2146艘，比上年略多。年底通报说，辖区登记船舶2164艘，全部完成年审。",
        "repeat",
        ["2146艘", "2164艘"],
    ),
    ("血站上半年采血18420人次。正是这18420人救了急救病人。", "unit", ["18420人次"]),
    ("等候时间均控制在20分钟以内，最久的东厅（二楼）为35分钟。", "limit", ["20分钟", "35分钟"]),
    ("全县常住人口48.0万人。注册药师816人，每千人口2.7人。", "per", ["48.0万人", "816人", "2.7人"]),
    ("全年发布预警480条，覆盖62万人次，平均每条覆盖1250人次。", "per", ["480条", "62万人次", "1250人次"]),
    ("现有船位60个，救生员27名，平均每个船位救生员0.54名。", "per", ["60个", "27名", "0.54名"]),
)


@pytest.mark.parametrize(("text", "kind", "numbers"), NEAR_MISSES)
def test_a_near_miss_is_found_by_its_shape(text: str, kind: str, numbers: list[str]) -> None:
    assert (kind, numbers) in [(f.type, words(text, f)) for f in wrong(text)]


HOLDING: tuple[tuple[str, str, list[str]], ...] = (
    ("动物园开春时有鹿318只，入冬盘点为352只，一年里添丁34只。", "difference", ["318只", "352只", "34只"]),
    ("粮库收进新粮4.25万吨，调出2.87万吨，库里净余1.38万吨。", "sum", ["4.25万吨", "2.87万吨", "1.38万吨"]),
    ("地震台网十年前有台站14个，如今布到56个，是起步时的4倍。", "multiple", ["14个", "56个", "4倍"]),
    ("公园游船去年租出9600次，今年租出28800次，增长了2倍。", "multiple", ["9600次", "28800次", "2倍"]),
    ("准点率去年末是88.7%，眼下93.2%，提高了4.5个百分点。", "points", ["88.7%", "93.2%", "4.5个百分点"]),
    ("彩票中心去年募集2.64亿元，今年2.97亿元，增长12.5%。", "growth", ["2.64亿元", "2.97亿元", "12.5%"]),
    (
        "馆藏由文书18.6万卷、科技5.4万卷、声像1.2万卷构成，总量25.2万卷。",
        "sum",
        ["18.6万卷", "5.4万卷", "1.2万卷", "25.2万卷"],
    ),
    (
        "临河的井36口、临路的28口、院内的19口，年内全镇共封填83口，以上三类都已封完。",
        "sum",
        ["36口", "28口", "19口", "83口"],
    ),
    ("全县常住人口48.0万人。注册药师816人，每千人口1.7人。", "per", ["48.0万人", "816人", "1.7人"]),
    (
        "东站过车4120辆，南站3860辆，北站2975辆，三站共过车10955辆。",
        "sum",
        ["4120辆", "3860辆", "2975辆", "10955辆"],
    ),
)


@pytest.mark.parametrize(("text", "kind", "numbers"), HOLDING)
def test_what_holds_is_read_as_holding(text: str, kind: str, numbers: list[str]) -> None:
    assert wrong(text) == []
    assert (kind, numbers) in [(f.type, words(text, f)) for f in found(text) if f.verdict == "consistent"]


ONLY_ALIKE = (
    "全村有党员86名，其中女党员32名，今年新增44名。",
    "去年种了318亩，今年又多种了52亩，另租出31亩。",
    "甲班应到45人，乙班应到54人，丙班新增46人。",
    "本周接件213件，上周接件231件，两周都已办完。",
    "东湖镇封井213口。西山镇封井231口。",
    "封井任务完成213口。未封的231口明年接着干。",
    "去年发放图书4120册。今年发放图书4210册。",
    "全镇12个村里，通了公交的9个，客车去这9个村的次数占全年班次的一半。",
    "食堂一天供餐980份，每处平均70份，用餐老人里独居的占四成。",
    "等候时间均控制在20分钟以内，最短的东厅（二楼）为5分钟。",
    "和上月的1800册相比，多借了720册，增长40%。",
    "临河的井36口、临路的28口、院内的19口，年内全镇共封填95口，以上三类都已封完。",
    "经费由区里补助30万元、街道自筹20万元等构成，已到账80万元。",
    "血站上半年采血18420人次。这18420人次里，固定献血者占一半。",
    "去年营业额是120万元，今年480万元，员工增长了2倍。",
)


@pytest.mark.parametrize("text", ONLY_ALIKE)
def test_numbers_that_assert_nothing_of_each_other_stay_silent(text: str) -> None:
    assert [(f.type, words(text, f)) for f in wrong(text)] == []


def test_a_cell_that_was_read_as_a_year_leaves_its_column_unsummed() -> None:
    table = "| 去向 | 人数 |\n|---|---|\n| 省外 | 3128 |\n| 县外 | 1875 |\n| 县内 | 1241 |\n| 合计 | 6244 |\n"
    assert wrong(table, "md") == []


def _told(value: str, place: str) -> Claim:
    return Claim(Span(0, 1), value, "count", Decimal(value), "件", worth=Decimal(place))


@pytest.mark.parametrize(
    ("computed", "stated", "place", "near"),
    [
        ("34", "44", "1", True),  # one digit otherwise
        ("1.38", "1.83", "0.01", True),  # two changed about
        ("34", "34", "1", False),  # no miss at all
        ("34", "340", "1", False),  # another length
        ("34", "65", "1", False),  # nothing alike
        ("6", "8", "1", True),
        ("3", "8", "1", False),  # of single digits only the nearest
        ("12", "92", "1", False),  # one digit, and far off
        ("1.385", "1.83", "0.01", False),  # finer than told
    ],
)
def test_a_near_miss_is_a_slip_of_the_pen(computed: str, stated: str, place: str, *, near: bool) -> None:
    assert is_near_miss(Decimal(computed), _told(stated, place)) is near
