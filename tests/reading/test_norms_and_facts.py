"""What somebody is to meet beside what was met: the same words told of a plan, of what was granted and of what came."""

import random

import pytest

from tests.reading.support import claims

SEEDS = range(6)

PAIRS = [
    # what was granted, set or ordered before anything was done; and the same told as done
    ("项目批复总投资3000万元。", 0, "norm"),
    ("项目完成总投资3000万元。", 0, "amount"),
    ("沟渠批复面积1.2万亩，实测建成1.21万亩。", 0, "norm"),
    ("沟渠批复面积1.2万亩，实测建成1.21万亩。", 1, "count"),
    ("培训班原定60人，实际培训72人。", 0, "norm"),
    ("培训班原定60人，实际培训72人。", 1, "count"),
    ("预备费年初安排300万元，实际动支186万元。", 0, "norm"),
    ("预备费年初安排300万元，实际动支186万元。", 1, "amount"),
    ("伙食补助按每人每月400元核定。", 0, "norm"),
    ("伙食补助发放到人，每人每月领到400元。", 0, "amount"),
    # deeds still to be done, whatever they are; what is put before its deed is there already
    ("下半年将约谈企业20家，发布试验报告4期。", 0, "norm"),
    ("下半年将约谈企业20家，发布试验报告4期。", 1, "norm"),
    ("上半年约谈企业20家，发布试验报告4期。", 1, "count"),
    ("县局将随机抽查机具200台以上。", 0, "norm"),
    ("县局随机抽查机具200台。", 0, "count"),
    ("明年新增仓容8,000吨，扩建晒场2座，争取收购量稳定在4.5万吨以上。", 2, "norm"),
    # limits by their names
    ("弯道限速60公里，抓拍超速230起。", 0, "norm"),
    ("弯道限速60公里，抓拍超速230起。", 1, "count"),
    ("拖拉机载人一律为0人。", 0, "norm"),
    ("限额以上商贸单位零售43.7亿元。", 0, "amount"),
    ("社会消费品零售总额109亿元，其中限额以上43.7亿元。", 1, "amount"),
    ("月数仅为5个月，低于6个月的预警线。", 1, "norm"),
    ("施工工期90天，质保3年。", 1, "norm"),
    # what a plan speaks of and what became of it
    ("排查完成的29个，在建14个，列入计划9个。", 2, "count"),
    ("抢修承诺兑现率100%。", 0, "ratio"),
    ("要求1小时内响应，这一单3小时后才响应。", 0, "norm"),
    ("要求1小时内响应，这一单3小时后才响应。", 1, "count"),
    ("年初53户，年内新纳入11户，退出16户，年末48户。", 1, "count"),
    ("年内新建驿站11个。", 0, "norm"),
    ("马集社欠计划400万元，城关社超计划120万元。", 0, "amount"),
    ("计划改造茶园1,441亩，完成1210亩，还差231亩。", 2, "count"),
    ("加装电梯方案\n\n一、费用预算\n电梯设备24万元，土建21万元。\n", 0, "norm"),
    ("加装电梯方案\n\n一、费用支出情况\n电梯设备已付24万元，土建已付21万元。\n", 0, "amount"),
]


@pytest.mark.parametrize(("text", "index", "kind"), PAIRS)
def test_what_is_to_be_met_is_a_norm_and_what_was_met_is_none(text: str, index: int, kind: str) -> None:
    assert claims(text)[index].kind == kind


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_granted_is_a_norm_and_what_was_built_a_fact(seed: int) -> None:
    draw = random.Random(seed)
    granted, built = draw.randint(200, 900), draw.randint(200, 900)
    what, unit = draw.choice((("面积", "亩"), ("规模", "座"), ("里程", "公里"), ("长度", "米")))
    deed = draw.choice(("批复", "核定", "设计"))
    told = claims(f"这一期{deed}{what}{granted}{unit}，建成{built}{unit}。")
    assert [claim.kind for claim in told] == ["norm", "count"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_of_the_design_is_a_norm_and_that_of_the_work_a_fact(seed: int) -> None:
    draw = random.Random(seed)
    planned, done = draw.randint(20, 90), draw.randint(20, 90)
    heading = draw.choice(("设计", "设计量", "批复", "原定"))
    table = f"| 内容 | {heading} | 完成 |\n| --- | --- | --- |\n| 机耕路（公里） | {planned} | {done} |\n| 渠道（公里） | {planned + 3} | {done + 1} |\n"
    kinds = [claim.kind for claim in claims(table)]
    assert kinds == ["norm", "count", "norm", "count"]
