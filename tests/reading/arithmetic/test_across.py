"""Relations over line ends and paragraphs, classes that leave nothing over, and wholes that are not meant.

In every text 〔the right number|a wrong one〕.
"""

from decimal import Decimal

import pytest

from tests.reading.arithmetic import TWO, found, words, wrong
from tests.reading.support import claims

SENTENCES = (
    "东河街道逾期84件，是西河街道（42件）的2倍；\n两个街道逾期件合计〔126|136〕件，占全区逾期件的五分之一左右。",
    "一组收粮310吨，二组收粮290吨；\n两个小组收粮合计〔600|660〕吨。",
    "共发放问卷2,600份，回收2,480份；剔除55份无效问卷，有效问卷〔2,425|2,435〕份。",
    "收到参赛作品860件，剔除重复报送的32件，最终有效作品〔828|838〕件。",
    "登记候选线索415条，排除15条，剩余线索〔400|410〕条。",
    "　　二、收入　全年收入五十二万元，其中：发包收入三十万元，租金收入二十二万元。\n"
    "　　三、支出　全年支出四十一万元，其中：修路二十万元，保洁二十一万元。收支相抵，结余〔十一万元|十五万元〕。",
    "（一）收入。全镇财政总收入6,240万元，比上年增长5.5%。其中税收收入4,100万元。\n"
    "（二）支出。全镇财政总支出6,060万元，收支相抵，年终结余〔180|280〕万元。",
    "受访者中，男性占〔46.5%|47.5%〕，女性占53.5%。",
    "从性别看，男教师占〔38%|42%〕，女教师占62%。",
    "参会代表，城镇代表占〔57.2%|59.2%〕，农村代表占42.8%。",
    "经抽查，合格占91.5%，不合格占〔8.5%|10.5%〕。",
    "党员占22%，非党员占〔78%|87%〕。",
    "一、人口　全村共有六个小组，二百八十户，九百八十人，户均3.5人。\n"
    + "".join(
        f"二、走访　第{n}组走访{n}1次，慰问{n}2人，办事{n}3件，修路{n}4米，清沟{n}5处，植树{n}6株。\n"
        for n in range(2, 7)
    )
    + "八、水改：已接入一百四十户，占全村总户数的〔五成|四成〕。",
    "全年办了座谈会31场、〔337|336〕人次。\n\n四、意见建议\n\n参加座谈的336名居民普遍希望加强监管。",
    "剔除废卷，有效问卷2,976份。\n一、概况\n独居老人357人，平均年龄71岁。\n二、看法\n从〔2,976|2,967〕份有效问卷看，需求很旺。",
    "全校共有教职工168人，其中专任教师147人。专任教师中，高级教师42人，一级教师63人，二级及以下教师〔42|52〕人。",
    "全乡财政总收入5,060万元。\n全乡财政总支出4,900万元，主要项目是：\n　　1.公共服务支出1,225万元，占总支出的25%；\n"
    "　　2.教育支出980万元，占20%；\n　　3.农林水支出1,715万元，占〔35%|33%〕；\n　　4.其他支出980万元，占20%。",
    "生产总值200亿元。其中，第一产业增加值30亿元，增长4%；第二产业增加值80亿元，增长7%；第三产业增加值90亿元，增长5%。"
    "第一、二、三产业增加值占生产总值的比重分别为15%、〔40%|45%〕和45%。",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_right_number_is_silent_and_the_wrong_one_is_found(text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []
    assert len(wrong(TWO.sub(r"\2", text))) == 1


SILENT = (
    "60岁以上人口7万人，占常住人口的23.5%，其中石桥乡老龄化程度最高，60岁以上人口占全乡的三成。",
    "全校专任教师147人。专任教师中，高级教师42人，一级教师63人，二级及以下教师42人。",
    "每班安排领导1名、值班员2名，共3名；另设一支小分队，队员18人，其中民兵9人、司机4人。",
    "全年预算收入8.4亿元，上年为8亿元，增长5%；预算支出30亿元，其中民生支出24亿元，占比80%。",
    "男性就业率46.5%，女性就业率54.5%。",
    "男性占40%，女性占45%，未填写性别的占15%。",
    "满意占62%，不满意占8%。",
    "城镇占51.4%，农村占48.7%。",
    "男性占四成多，女性占六成多。",
    "受理案件合计3,310件；办结2,862件，结案率86.5%；未结448件。其中民事案件收案1,980件。",
    "回收问卷900份，其中线上300份，剔除10份，有效回答时间25分钟。",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_error_is_not_called_one(text: str) -> None:
    assert wrong(text) == []


def test_the_odd_share_is_held_against_the_whole_of_its_siblings() -> None:
    text = TWO.sub(r"\2", SENTENCES[16])
    (one,) = wrong(text)
    assert words(text, one) == ["4,900万元", "1,715万元", "33%"]


def test_shares_told_in_turn_are_each_paired_with_its_own_part() -> None:
    text = TWO.sub(r"\1", SENTENCES[17])
    shares = [words(text, f) for f in found(text) if f.type == "share"]
    assert shares == [
        ["200亿元", part, share] for part, share in (("30亿元", "15%"), ("80亿元", "40%"), ("90亿元", "45%"))
    ]


def test_two_complements_say_what_the_second_should_be() -> None:
    (one,) = wrong("男性占46.5%，女性占54.5%。")
    assert (one.type, one.stated, one.computed) == ("sum", Decimal("54.5"), Decimal("53.5"))
    assert "101%" in one.working
    assert "100%" in one.working_en


STACK = (
    "完工清单\n\n序号\n项目名称\n建设内容\n合同价（万元）\n已支付（万元）\n支付率\n"
    "1\n望江路\n改造道路3.2公里，更换路灯164盏\n1,280\n1,152\n90%\n"
    "2\n幼儿园\n新增班级6个，学位180个，每班30个\n960\n〔768|678〕\n80%\n"
    "3\n老小区\n加装二十四部，惠及三百八十四户\n1,440\n1,008\n70%\n合计\n\n3,680\n〔2,928|2,982〕\n79.6%\n\n说明：\n以上已验收。\n"
)


def test_a_table_of_one_cell_a_line_may_hold_longer_cells_and_an_empty_one() -> None:
    cells = [c for c in claims(TWO.sub(r"\1", STACK)) if "万元" in (c.subject or "")]
    assert [c.text for c in cells] == ["1,280", "1,152", "960", "768", "1,440", "1,008", "3,680", "2,928"]
    assert {c.kind for c in cells} == {"amount"}


def test_rates_and_totals_of_such_a_table_are_checked() -> None:
    right, (cell, total) = TWO.sub(r"\1", STACK), TWO.findall(STACK)
    assert wrong(right) == []
    assert wrong(right.replace("\n" + cell[0] + "\n", "\n" + cell[1] + "\n"))
    (one, *_) = wrong(right.replace(total[0], total[1]))
    assert (one.type, one.stated, one.computed) == ("sum", Decimal(2982), Decimal(2928))


def test_sentences_between_short_lines_are_no_cells() -> None:
    text = "名单\n一组\n二组\n三组\n四组\n五组\n全年走访420户，慰问36户。\n12\n"
    assert [c.text for c in claims(text)][:2] == ["420户", "36户"]


def test_a_class_of_people_is_not_measured_by_all_of_them() -> None:
    text = "社区户籍人口8,764人。\n60岁及以上人口占24%，其中80岁以上的316人，占老年人口的15%。"
    assert wrong(text) == []
    told = "社区户籍人口8,764人，老年人口2,103人。\n80岁以上的316人，占老年人口的〔15%|25%〕。"
    assert wrong(TWO.sub(r"\1", told)) == []
    assert len(wrong(TWO.sub(r"\2", told))) == 1


@pytest.mark.parametrize("last", ["平均10", "最长20", "40"])
def test_an_average_in_the_row_of_totals_is_no_sum(last: str) -> None:
    rows = "".join(
        f"| {name} | {n} | {days} |\n" for name, n, days in (("渗漏", 32, 12), ("充电", 118, 20), ("其他", 98, 8))
    )
    assert wrong(f"| 事项 | 件数 | 用时（天） |\n|---|---|---|\n{rows}| 小计 | 248 | {last} |\n", "md") == []
    assert wrong(f"| 事项 | 件数 | 用时（天） |\n|---|---|---|\n{rows}| 小计 | 248 | 50 |\n", "md")
