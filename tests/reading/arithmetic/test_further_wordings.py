"""Wordings that a stranger uses for relations the rules know: each told right, wrong, and of something else."""

from random import Random

import pytest

from tests.reading.arithmetic import wrong

MORE = (
    "清运垃圾{new}吨，比上年的{old}吨多清运{gap}吨。",
    "今年出动执法人员{new}人次，同比多出动{gap}人次，去年同期为{old}人次。",
    "今年种植油菜{new}亩，比去年{old}亩多种{gap}亩。",
    "接待来访群众{new}人次，比去年同期的{old}人次多接待{gap}人次。",
)
GROWN = (
    "新型农业主体授信{new}家，上年{old}家，受政策带动同比增长{rate}。",
    "零售额{new}万元，上年为{old}万元，名义增长{rate}。",
    "销售额{new}万元，上年{old}万元，在活动拉动下增长{rate}。",
    "全年接待来访{new}件，其中婚姻类{part}件。去年同期为{old}件，今年同比上升{rate}。",
)
LEFT = (
    "{whole}人报名，经审查{done}人通过，{left}人因学历、年龄等原因未通过。",
    "{whole}人报名，{done}人通过审查，没通过的{left}人。",
    "清收欠款{done}万元，占应收欠款{whole}万元的{share}，尚余{left}万元。",
)


@pytest.mark.parametrize("told", MORE)
@pytest.mark.parametrize("seed", range(3))
def test_any_verb_tells_how_much_more_it_is(told: str, seed: int) -> None:
    old = Random(seed).randrange(1200, 4000)
    assert not wrong(told.format(old=old, new=old + 731, gap=731))
    assert len(wrong(told.format(old=old, new=old + 731, gap=831))) == 1


@pytest.mark.parametrize("told", GROWN)
@pytest.mark.parametrize("seed", range(3))
def test_why_it_grew_is_not_what_grew(told: str, seed: int) -> None:
    old = Random(seed).randrange(1200, 4000)
    new = old + 700
    rate = 100 * (new - old) / old
    assert not wrong(told.format(old=old, new=new, part=old // 3, rate=f"{rate:.1f}%"))
    assert len(wrong(told.format(old=old, new=new, part=old // 3, rate=f"{rate + 7:.1f}%"))) == 1


@pytest.mark.parametrize("told", LEFT)
@pytest.mark.parametrize("done", [1493, 1380])
def test_what_did_not_pass_is_what_is_left(told: str, done: int) -> None:
    share = f"{100 * done / 3113:.1f}%"
    assert not wrong(told.format(whole=3113, done=done, left=3113 - done, share=share))
    assert len(wrong(told.format(whole=3113, done=done, left=3113 - done - 200, share=share))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "一季度新增8200人，二季度新增9600人，三季度新增9800人，三季度比二季度多200人。",
        "电动自行车事故992起，占四成，骑乘人员未戴头盔的占其中62%。",
        "442家企业反映原材料涨价，占60.1%；331家反映人工成本高，占45%，不少企业两项都选。",
        "专有部分总面积1080平方米，户均90平方米。应由面积占比三分之二以上的业主参与表决。",
        "432件文件中，区委发文118件，政府发文164件，部门发文150件，分别约占27%、38%和35%。",
        "展销摊位210个，销售额630万元，带动560多人就近务工，人均增收4300元。",
        "就业困难人员新增就业1850人。下一阶段，要确保四季度新增就业2400人以上。",
        "多渠道筹集资金600万元，比上年的400万元增长50%。",
        "规模以上工业企业418家，比上年末净增22家。规模以上工业增加值增长7.2%。",
    ],
)
def test_what_is_of_something_else_is_not_held_against_it(text: str) -> None:
    assert not wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "老年卡刷卡1,620万人次，占三成，这1,620万名老人免费乘车。",
        "培训移民2400人次，每期50人次。参训的2400人平均年龄41岁。",
        "发生责任事故12起，上年同期24起，事故起数是上年同期的三分之一。",
        "检查单位520家，发现隐患1300处，当场整改910处。\n\n当场整改的隐患占80%，其余列入台账。",
    ],
)
def test_what_points_back_is_held_to_what_it_points_at(text: str) -> None:
    assert len(wrong(text)) == 1
