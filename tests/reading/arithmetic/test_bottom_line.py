"""What the prose tells of a table as a whole, by the table's own subject: told right it is silent, told wrong it speaks."""

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import TWO, found, words, wrong
from tests.reading.arithmetic.test_told_of_tables import WRITERS

Rows = list[list[str]]
BOUGHT: Rows = [
    ["单位", "收购量（吨）", "网点（个）"],
    ["柳林乡", "178", "13"],
    ["黄土镇", "338", "24"],
    ["南湖乡", "330", "19"],
    ["合计", "846", "56"],
]
TRAINED: Rows = [
    ["单位", "参训人次", "场次"],
    ["装配车间", "552", "10"],
    ["仓储部", "878", "8"],
    ["质检部", "284", "22"],
    ["合计", "1714", "40"],
]
ALARMS: Rows = [
    ["单位", "应装（只）", "已装（只）"],
    ["监察大队", "149", "125"],
    ["服务中心", "185", "141"],
    ["财务股", "276", "169"],
    ["合计", "610", "435"],
]
PATROLS: Rows = [
    ["单位", "上年（次）", "本年（次）"],
    ["财务股", "149", "201"],
    ["监察大队", "289", "377"],
    ["办公室", "203", "276"],
    ["合计", "641", "854"],
]
RATES: Rows = [
    ["指标", "上年", "本年"],
    ["良种覆盖率", "71.1%", "76.7%"],
    ["机收率", "63.4%", "71.8%"],
    ["机耕率", "61.7%", "67.9%"],
]
LEAVING: Rows = [
    ["单位", "年初（户）", "年末（户）"],
    ["东片", "120", "96"],
    ["西片", "210", "174"],
    ["合计", "330", "270"],
]
TOLD = (
    ("土特产销售网点收购情况", BOUGHT, "土特产销售网点全年收购〔846|864〕吨。"),
    ("土特产销售网点收购情况", BOUGHT, "由表可见，全年收购〔846|886〕吨。"),
    ("土特产销售网点收购情况", BOUGHT, "从上表看，网点一共〔56|65〕个。"),
    ("土特产收购情况", BOUGHT, "今年土特产收购总量为〔846|816〕吨。"),
    ("各类培训统计", TRAINED, "由表可见，各类培训共〔40|46〕场，场场有签到册。"),
    ("各类培训统计", TRAINED, "按表合计，参加培训的有〔1714人次|1714人〕，签到表可查。"),
    ("职工技能培训统计", TRAINED, "职工技能培训为〔1714人次|1714人〕讲了课。"),
    ("烟感报警器安装情况", ALARMS, "烟感报警器安装率〔71.3|60.3〕%。"),
    ("烟感报警器安装情况", ALARMS, "财务股烟感报警器安装率〔61.2|66.2〕%，进度最慢。"),
    ("平安巡查次数对照", PATROLS, "平安巡查总次数比上年增长〔33.2|38.2〕%，人手没有增加。"),
    ("平安巡查次数对照", PATROLS, "平安巡查总次数比去年多〔213|231〕次。"),
    ("平安巡查次数对照", PATROLS, "办公室巡查次数比上年增加〔36.0|26.0〕%。"),
    ("农业生产指标", RATES, "其中，机收率比上年提高〔8.4个百分点|8.4%〕。"),
    ("农业生产指标", RATES, "良种覆盖率比上年提高〔5.6|6.5〕个百分点。"),
    ("临时救助对象变动", LEAVING, "临时救助对象比年初减少〔60|80〕户。"),
    ("临时救助对象变动", LEAVING, "西片比年初下降〔17.1|20.7〕%。"),
)
OF_OTHERS = (
    ("土特产销售网点收购情况", BOUGHT, "去年土特产销售网点收购812吨。"),  # another year
    ("土特产销售网点收购情况", BOUGHT, "土特产销售网点计划收购900吨。"),  # a plan
    ("土特产销售网点收购情况", BOUGHT, "其中，茶叶收购820吨。"),  # some of it
    ("土特产销售网点收购情况", BOUGHT, "全县粮食部门全年收购稻谷912吨。"),  # another thing
    ("土特产销售网点收购情况", BOUGHT, "由表可见，黄土镇收购338吨。"),  # a row
    ("各类培训统计", TRAINED, "参加考试的有171人。"),
    ("烟感报警器安装情况", ALARMS, "烟感报警器完好率98.3%。"),  # another rate
    ("平安巡查次数对照", PATROLS, "走访户数比上年增长18.2%。"),  # another thing
    ("平安巡查次数对照", PATROLS, "平安巡查次数比前年增长18.2%。"),  # no column of that year
    ("农业生产指标", RATES, "秸秆还田率比上年提高3.1个百分点。"),
)
AMONG: Rows = [
    ["单位", "技术能手（人）", "其中：女性"],
    ["和平社区", "85", "〔38|88〕"],
    ["春晖社区", "31", "20"],
    ["湖滨社区", "33", "11"],
]
APART: Rows = [
    ["单位", "党支部（个）", "其中：党员（名）", "其中：预备党员（名）"],
    ["和平社区", "5", "88", "3"],
    ["春晖社区", "3", "60", "2"],
    ["湖滨社区", "4", "71", "1"],
]


def with_prose(caption: str, rows: Rows, sentence: str) -> list[tuple[str, Format]]:
    return [(_document(caption, write(rows), sentence, form), form) for write, form in WRITERS]


def _document(caption: str, table: str, sentence: str, form: Format) -> str:
    parts = ["各地情况", sentence, f"表1 {caption}", table, "工作还在推进。"]
    if form == "html":
        parts = [part if part == table else f"<p>{part}</p>" for part in parts]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(("caption", "rows", "sentence"), TOLD)
def test_what_is_told_of_the_whole_table_is_held_against_its_last_line(caption: str, rows: Rows, sentence: str) -> None:
    for text, form in with_prose(caption, rows, TWO.sub(r"\1", sentence)):
        assert not wrong(text, form)
    for text, form in with_prose(caption, rows, TWO.sub(r"\2", sentence)):
        assert len(wrong(text, form)) == 1, text


@pytest.mark.parametrize(("caption", "rows", "sentence"), OF_OTHERS)
def test_what_is_told_of_another_thing_year_or_part_is_not_held_against_it(
    caption: str, rows: Rows, sentence: str
) -> None:
    for text, form in with_prose(caption, rows, sentence):
        assert not wrong(text, form)


@pytest.mark.parametrize(("write", "form"), WRITERS)
def test_a_cell_under_qizhong_holds_no_more_than_its_whole(write, form) -> None:  # type: ignore[no-untyped-def]
    text = f"技术能手情况\n\n{write(AMONG)}\n"
    assert not wrong(TWO.sub(r"\1", text), form)
    told = TWO.sub(r"\2", text)
    (one,) = wrong(told, form)
    assert one.type == "part_of"
    assert words(told, one) == ["85", "88"]


@pytest.mark.parametrize(("write", "form"), WRITERS)
def test_columns_in_other_measures_and_tables_most_of_whose_rows_say_otherwise_are_left_alone(write, form) -> None:  # type: ignore[no-untyped-def]
    assert not wrong(f"组织情况\n\n{write(APART)}\n", form)
    often = [AMONG[0], ["和平社区", "15", "38"], ["春晖社区", "31", "20"]]
    assert not wrong(f"技术能手情况\n\n{write(often)}\n", form)


def test_the_finding_names_the_two_columns_and_the_working() -> None:
    (text, form) = with_prose("平安巡查次数对照", PATROLS, "平安巡查总次数比上年增长38.2%。")[0]
    (one,) = wrong(text, form)
    assert (one.type, words(text, one)) == ("growth", ["38.2%", "641", "854"])
    assert one.working == "(854 - 641) ÷ 641 = 33.23%，文中写作38.2%，对不上。"
    assert found(text, form)
