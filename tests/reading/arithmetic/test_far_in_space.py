"""Figures taken up again sentences and paragraphs later: the wrong one found, the right one left in peace."""

from random import Random

import pytest

from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.far import from_afar
from gangmu.reading.arithmetic.skeleton import skeleton
from gangmu.reading.arithmetic.structure import structure
from gangmu.reading.wording import DEFAULT
from tests.reading.arithmetic import words, wrong
from tests.reading.arithmetic.far_in_space import MAKERS, Case, cases
from tests.reading.support import reading

SEED = 7
EVERY = tuple(cases(Random(SEED)))


@pytest.mark.parametrize("kind", [kind for kind, _, _ in MAKERS])
def test_a_wrong_figure_is_found_at_every_distance(kind: str) -> None:
    missed = [case.wrong for case in EVERY if case.kind == kind and not _is_found(case)]
    assert not missed, "\n\n".join(missed[:5])


@pytest.mark.parametrize("kind", [kind for kind, _, _ in MAKERS])
def test_a_right_figure_raises_no_alarm_at_any_distance(kind: str) -> None:
    alarms = [case.right for case in EVERY if case.kind == kind and wrong(case.right)]
    assert not alarms, "\n\n".join(alarms[:5])


def _is_found(case: Case) -> bool:
    return any(case.stated in words(case.wrong, each) for each in wrong(case.wrong))


SILENT = (
    # The parts have their total, and the later figure is of something else.
    "两癌筛查第一年做了352人，第二年371人，第三年398人，三年累计1121人次。这三年一共有436人做过两癌筛查。",
    # The change of these two figures is told, and the other change is taken on another base.
    (
        "全县完成一般公共预算收入8.43亿元，同比增长5.4%。\n"
        "去年同期一般公共预算收入8.15亿元，剔除一次性因素后增长5.4%，按账面数计算增长3.4%。"
    ),
    # Each has a word of its own before the noun they share.
    "“三公”经费支出19.2万元。全乡财政供养118人，人均公用经费0.8万元。",
    # The rate is of all that its own sentence counts.
    "发出人身安全保护令51份。\n发出司法建议28份，采纳率93.1%。",
    # What is counted beside the words is the whole.
    "康复分院有护士180人。\n461名护理人员里，近六成是本科以上学历，具体为270名。",
    # Two findings of one check, and nothing left over.
    "检查用人单位161家。\n检查中发现，未缴工伤保险的22家，未签劳动合同的20家。",
    # Two figures answer to the name.
    "东片登记种植大户118户，西片登记种植大户92户。\n种植大户中，已有45户加入联合体，占21.4%。",
    # A part of what the figures are of, or another thing in their measure.
    "上年完成造林1.2万亩。\n今年完成造林任务的115%，其中人工造林0.8万亩，同比增长12%。",
    "发放低保金1260万元，惠及2100户。\n临时救助户均1800元。",
    "调解纠纷680起，成功652起。\n邻里纠纷成功率98%。",
    "居民医保参保28.6万人，参保率97.2%。\n职工医保参保4.2万人，同比增长5%。",
    "受理案件820件，其中民事案件560件。\n审结案件780件，未审结的民事案件22件。",
    "工业投资62亿元，上年为55亿元，增长12.7%。\n民间投资增长15.2%。",
    # A row that holds its own total is no row of parts.
    "东片流转土地3200亩，西片流转土地2100亩，两片合计5300亩。\n全镇土地流转总计8600亩。",
    # What is set for each is no average of what another purpose cost.
    "开放学校29所，门票少收14万元。\n财政补助学校每所3万元。",
    # A quarter is not held against a year.
    "去年销售额320万元，今年一季度销售额96万元。\n今年一季度销售额同比增长20%。",
    # Another time, another half of the year.
    "上年登记种植大户118户。\n种植大户中，已有45户加入联合体，占51.4%。",
    "上半年办结信访事项320件。\n下半年受理的信访事项中，已办结45件，占51.4%。",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_speaks_of_another_thing_is_left_alone(text: str) -> None:
    assert [
        f for f in from_afar(Nouns(structure(skeleton(reading(text)))), DEFAULT) if f.verdict == "contradiction"
    ] == []
