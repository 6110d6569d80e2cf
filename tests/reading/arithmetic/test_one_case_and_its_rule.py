"""A rule and the one case told right behind it; what a figure is right of, it is wrong of nothing else."""

import pytest

from tests.reading.arithmetic import TWO, found, wrong

CASES = (
    "红白事酒席不得超过15桌。张某家的酒席办了〔14桌|18桌〕。",
    "农村婚宴一律不超过11桌。经核实，王某家婚宴摆了〔9桌|16桌〕。",
    "制度规定，单笔报销不超过5000元。3月份，一笔接待费报销〔4200元|7200元〕。",
    "接待标准为每人每餐不超过60元。4月12日接待某公司来访，人均用餐〔55元|85元〕。",
    "村集体宴请每次不超过3桌。小赵经手的那次摆了〔2桌|5桌〕。",
)
FAR_OFF = (
    "县政府明确，一般问题整改期限不超过30天。\n\n各单位抓紧。\n\n县医院药品库存不符属一般问题，从交办到销号用了〔25|51〕天。",
    "村规定，单笔现金支付不超过500元。\n\n账目公开。\n\n5月购买树苗一笔为现金支付，金额〔410|710〕元。",
)
COUNTED = (
    "新引进博士25名、硕士35名、规培医师74名，三类人才共〔134|109〕名。",
    "甲村修路5公里，乙村修路8公里，丙村修路6公里，三村共修路〔19|14〕公里。",
)
SAID_TO_BE_KEPT = (
    "承诺接报后8小时内到场，去年最长的一次用了〔7|11〕小时，但全部1240处均在承诺时间内到场。",
    "紧急诉求要求8小时内响应，南街水管爆裂一单，承办单位〔7|11〕小时后才响应，考核表上记作“按时响应”。",
    "限8小时送达，全年零超时，最久的一单〔7|11〕小时送到。",
    "要求每天不超过8小时，第二组一天干了〔7|11〕小时，该组用工达到规定标准。",
    "规定每层夜班护理员不少于4人，三号楼二层夜班〔5|3〕人，该楼夜班配备达到规定标准。",
)
ADMITTED_OR_OF_ALL = (
    "教室课桌椅每间不超过45套。东校区一间教室放了52套，已着手调整。",
    "单笔报销不超过5000元。去年一笔接待费报销7200元，已责令退回。",
    "每户补助不超过3万元。全镇补助资金支出8万元。",
    "每村每年报销差旅费不超过4万元。东河村报销3.6万元，全县合计报销差旅费96万元。",
)
ON_ANOTHER_BASE = (
    "实现利润总额2712万元，上年2059万元，同比增长31.7%。上年管理费用为1576万元。",
    "宿舍在住264人，核定323人，空余床位可再住59人。为167名困难职工发放慰问金374080元，人均2240元。",
    "最低生活保障金全年发放9370万元，合0.9370亿元。\n\n"
    "分季度看，四个季度产值分别为2371万元、4531万元、2300万元和1668万元，全年累计产值10870万元。",
)
NAMED_AGAIN = (
    "路网方面，新建县道8.6公里，改造乡道13.3公里，硬化入组路37.9公里。\n\n"
    "说回交通，前述新建、改造、硬化三块合计〔59.8|79.8〕公里。",
    "纳入年度计划的重点工程共46个。\n\n前面说到的年度计划重点工程里，已完工24个，完工率〔52.2|25.2〕%，其余均已倒排工期。",
    "上年管理费用2378万元。通过压减差旅和办公支出，今年为2288万元，节约〔90|98〕万元。",
    "去年电费支出36万元，今年支出29万元，省下〔7|9〕万元。",
)


@pytest.mark.parametrize("text", [*CASES, *FAR_OFF, *COUNTED, *NAMED_AGAIN, *SAID_TO_BE_KEPT])
def test_told_right_it_is_silent_and_told_wrong_it_speaks(text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []
    assert len(wrong(TWO.sub(r"\2", text))) == 1


@pytest.mark.parametrize("text", ADMITTED_OR_OF_ALL)
def test_what_the_text_owns_up_to_or_tells_of_all_breaks_no_rule_for_each(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize("text", ON_ANOTHER_BASE)
def test_what_is_right_of_one_base_or_makes_one_total_is_not_held_against_another(text: str) -> None:
    assert wrong(text) == []
    assert any(finding.verdict == "consistent" for finding in found(text))


def test_a_share_is_not_taken_of_its_part_told_again() -> None:
    assert wrong("回收废旧衣物32吨；全员培训参训率为85.1%。\n\n垃圾分类方面，回收废旧衣物32吨，减量率85.1%。") == []


def test_a_class_nobody_told_of_is_not_in_the_row() -> None:
    assert wrong("来信的有男生120人、女生98人。\n\n男生和老师合计152人。") == []


def test_a_row_is_summed_whole_or_not_at_all() -> None:
    text = (
        "清理河道垃圾，东段86吨，中段72吨，西段86吨；回收旧衣物57吨。\n\n"
        "垃圾分类方面，旧衣物收了57吨。\n\n东、中、西段清理的河道垃圾合计244吨。"
    )
    assert wrong(text) == []
