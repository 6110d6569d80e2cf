"""Claims as notices, budgets, ledgers and boards write them: rare measures, terms, thresholds, plans, cells."""

import pytest

from gangmu.reading.numerals import chinese
from tests.reading.support import claims, only, reading, spans

SPANS = [
    ("共有C级危房廿三户、卅余户待查。", ["廿三户", "卅余户"]),
    ("全年用工一千零五十个工日。", ["一千零五十个工日"]),
    ("電話問安兩千八百餘通，回收廢紙12.4公噸。", ["兩千八百餘通", "12.4公噸"]),
    ("检查工地45处次，整改隐患130余处。", ["45处次", "130余处"]),
    ("出生率比上年下降0.3个千分点。", ["0.3个千分点"]),
    ("抢修队接单后3.5小时才到场。", ["3.5小时"]),
    ("对沿街店铺限期3个月整改。", ["3个月"]),
    ("全部兑付到户，比去年提前22天。", ["22天"]),
    ("应到九人，实到八人，一人请假。", ["九人", "八人", "一人"]),
    ("现有党组织____个、服务项目___项。", ["____个", "___项"]),
    ("离岗超过半天。", ["半天"]),
    ("摆酒席12桌，送花卉300盆，回收旧衣物45捆，更换门窗66扇。", ["12桌", "300盆", "45捆", "66扇"]),
    ("港口吞吐1200标箱，培训36学分，施工900工时。", ["1200标箱", "36学分", "900工时"]),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_rare_measures_terms_and_blanks_are_read_whole(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


ONE_MEASURE_FOR_ALL = [
    ("引进博士39、硕士88、规培医师70名，共引进197名。", ["39", "88", "70名", "197名"]),
    ("优秀、合格、基本合格的分别是20、64、五名。", ["20", "64", "五名"]),
    ("数量依次为155、115、153份。", ["155", "115", "153份"]),
    ("第10、11批学员12名。", ["12名"]),
    ("10、11月份共30场，2023、2024年共120件。", ["30场", "120件"]),
    ("会议室在12、13楼，有30人。", ["30人"]),
]
SUMS_UP = [
    ("博士25名、硕士35名、规培医师74名，三类人才共134名。", ["25名", "35名", "74名", "134名"]),
    ("东片84户、中片59户、西片73户，三片合计216户。", ["84户", "59户", "73户", "216户"]),
    ("博士25名、硕士35名，三类人才共134名。", ["25名", "35名", "三类", "134名"]),
]


@pytest.mark.parametrize(("text", "expected"), ONE_MEASURE_FOR_ALL)
def test_numbers_of_a_list_count_though_only_the_last_has_the_measure(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(("text", "expected"), SUMS_UP)
def test_how_many_items_a_list_has_is_no_claim_beside_the_list(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


NO_CLAIMS = [
    "坚持全县一盘棋，不搞一锅粥，打好一串组合拳，端好一碗饭。",
    "虚报面积超过5%的，取消其申报资格。",
    "擅离岗位2次以上的，全镇通报。",
    "离镇超过半天的，须向镇长请假。",
    "城乡收入比以农村居民为1。",
    "物价指数以2020年为100。",
    "检查组组长：贺九成　　成员另行公布。",
    "推进三通一平，守护三餐四季。",
    "随手拍升级到3.0版，执行新目录（2024版）。",
    "腊月廿三，廿四节气。",
    "____年__月__日，签字：____",
    "请你单位一人请示后再来。",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_thresholds_bases_names_versions_and_dates_count_nothing(text: str) -> None:
    assert spans(text) == []


STILL_CLAIMS = [
    ("虚报面积超过5%。", ["5%"]),
    ("超过90%的党员参加了培训。", ["90%"]),
    ("小区满意度占比九成，约八成。", ["九成", "八成"]),
    ("发行报纸8版。", ["8版"]),
    ("过半党员、超过半数的村。", ["半", "半"]),
    ("人均得分为100。", ["100"]),
    ("**新增**3个，__合计__5名。", ["3个", "5名"]),
    ("改造后3年建成。", []),
]


@pytest.mark.parametrize(("text", "expected"), STILL_CLAIMS)
def test_what_only_looks_like_them_stays_what_it_was(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("numeral", "value"), [("廿", 20), ("廿三", 23), ("卅", 30), ("卅六", 36), ("一百廿八", 128), ("一廿", None)]
)
def test_twenty_and_thirty_have_signs_of_their_own(numeral: str, value: int | None) -> None:
    found = chinese(numeral)
    assert (found and int(found.value)) == value


KINDS = [
    ("抢修队接单后3.5小时才到场。", "count"),
    ("提前22天完成。", "count"),
    ("比去年提前22天。", "change"),
    ("接待量是改造前的3.5倍。", "change"),
    ("产量是后者的2倍。", "ratio"),
    ("新增額占合同價的7.8%。", "ratio"),
    ("會員較上年成長8.3％。", "change"),
    ("力争市场主体较去年增长一成左右。", "norm"),
    ("市场主体较去年增长一成左右。", "change"),
    ("居民满意率超过目标2个百分点。", "count"),
    ("居民满意率比目标提高2个百分点。", "change"),
    ("参保率超过目标（95%）。", "norm"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_follows_what_the_number_is_set_against(text: str, kind: str) -> None:
    assert only(text).kind == kind


BOUNDS = [
    ("单项变更增加额不得超过合同价的5%。", "at_most"),
    ("每户不能超过人均两倍的15亩。", "at_most"),
    ("重大隐患限15日内销号。", "at_most"),
    ("内销的20吨。", None),
]


@pytest.mark.parametrize(("text", "approx"), BOUNDS)
def test_a_bound_may_stand_a_noun_away(text: str, approx: str | None) -> None:
    assert claims(text)[-1].approx == approx


def test_a_heading_about_a_draft_budget_plans_and_one_about_its_execution_tells() -> None:
    said = "全乡财政总收入5200万元，比2024年实际完成数增长7%。"
    text = f"一、2024年预算执行情况\n{said}\n二、2025年预算草案\n{said}\n"
    assert [claim.kind for claim in claims(text)] == ["amount", "change", "norm", "norm"]


def test_people_a_plan_is_about_are_there_already() -> None:
    text = "一、工作情况\n开了会。\n二、意见建议\n参加座谈的336名居民希望加强监管，新增保安40名。\n"
    assert [claim.kind for claim in claims(text)] == ["count", "norm"]


TABLE = (
    "| 项目 | 预算（元） | 补贴面积 | 补助金额 |\n|---|---|---|---|\n| 甲 | 480 | 30 | 20 |\n| 乙 | 960 | 50 | 40 |\n"
)


def test_a_column_of_a_budget_is_planned_and_one_of_areas_is_no_money() -> None:
    assert [claim.kind for claim in claims(TABLE, "md")] == ["norm", "count", "amount"] * 2


def test_a_row_in_money_under_years_is_money_and_one_of_people_is_not() -> None:
    rows = "| 类别 | 2023年 | 2024年 |\n|---|---|---|\n| 收入（万元） | 330 | 350 |\n| 救助人次 | 12 | 15 |\n"
    assert [claim.kind for claim in claims(rows, "md")] == ["amount", "amount", "count", "count"]


def test_an_average_told_in_a_row_of_sums_counts() -> None:
    assert spans("| 事项 | 用时（天） |\n|---|---|\n| 甲 | 12 |\n| 乙 | 8 |\n| 小计 | 平均10 |\n", "md") == [
        "12",
        "8",
        "10",
    ]
    assert spans("平均2024年起发放。") == []


def test_the_ages_that_name_rows_are_no_claims_and_ages_in_cells_are() -> None:
    rows = "| 年龄组 | 人数 | 平均 |\n|---|---|---|\n| 0—14岁 | 131 | 8岁 |\n| 15—59岁 | 534 | 40岁 |\n"
    assert spans(rows, "md") == ["131", "8岁", "534", "40岁"]


TITLES = [
    ("青禾市农业局关于做好2025年春耕\n补助申报工作的通知\n", "各乡镇：\n", 0),
    ("我市去年新增经营主体三万余户\n个体户突破20万户\n", "\n本报讯（记者 田禾）去年全市登记企业3万户，增长一成。\n", 0),
    ("柳湾村二〇二四年度村务公开榜\n公开日期：二〇二五年一月六日　监督电话：八六六\n", "一、人口情况　六个组。\n", 0),
    ("青禾市融媒体中心\n我市去年新增经营主体三万余户\n", "\n同志们：\n今年全市登记企业3万户，增长一成。\n", 9),
]


@pytest.mark.parametrize(("head", "rest", "start"), TITLES)
def test_a_title_set_in_two_lines_belongs_to_the_body(head: str, rest: str, start: int) -> None:
    assert reading(head + rest).body.span.start == start


def test_a_notice_named_in_two_lines_sets_rules() -> None:
    text = TITLES[0][0] + "各乡镇：\n　　一、补助标准\n　　大户早稻每亩补助150元，达到90％以上。\n"
    assert [claim.kind for claim in claims(text)] == ["norm", "norm"]
