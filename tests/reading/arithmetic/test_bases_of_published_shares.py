"""What a published share, rate, sum or goal is really of: each right text stays silent, its wrong twin is found.

Every space is drawn from seeds. The right text looks like a contradiction to who takes the nearest number for the base.
"""

import random

import pytest

from tests.reading.arithmetic import wrong

SEEDS = range(6)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_of_a_row_has_no_share_of_its_own(seed: int) -> None:
    draw = random.Random(seed)
    parts = [draw.randint(200, 500) for _ in range(3)]
    whole = sum(parts) + draw.randint(300, 600)
    row = "全月共办理工单{}件。位居前三的工单：交通类{}件、建设类{}件、治安类{}件，占工单总量的{}%。"
    assert not wrong(row.format(whole, *parts, _share(sum(parts), whole)))
    assert "share" in [f.type for f in wrong(row.format(whole, *parts, round(_share(sum(parts), whole) / 2 + 1, 1)))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_share_said_to_be_of_both_together_is_of_neither(seed: int) -> None:
    draw = random.Random(seed)
    whole, one, other = draw.randint(900, 990), draw.randint(300, 400), draw.randint(200, 290)
    text = "全年接警{}起。\n扑救火灾{}起，抢险救援{}起，合计占总数的{}%。"
    assert not wrong(text.format(whole, one, other, _share(one + other, whole)))
    alone = f"全年接警{whole}起，其中扑救火灾{one}起，占总数的{_share(one, whole) + 9}%。"
    assert [f.type for f in wrong(alone)] == ["share"]


@pytest.mark.parametrize("seed", SEEDS)
def test_kinds_within_one_class_are_shares_of_that_class(seed: int) -> None:
    draw = random.Random(seed)
    whole, part = draw.randint(700, 900), draw.randint(400, 600)
    public = draw.randint(600, 900) / 10
    told = f"全县卫生机构床位{whole}张，其中：医院{part}张（占{_share(part, whole)}%）。"
    assert not wrong(f"{told}医院中，公立医院床位占{public}%，民营医院床位占{round(100 - public, 1)}%。")
    assert wrong(f"全县卫生机构床位{whole}张，其中：医院{part}张（占{_share(part, whole) - 9:.1f}%）。")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sibling_nobody_counted_has_not_the_number_of_all(seed: int) -> None:
    draw = random.Random(seed)
    goods = draw.randint(800, 900)
    tools = draw.randint(200, 300)
    whole = goods + draw.randint(500, 700)
    head = f"全年受理投诉{whole}件。\n受理商品类投诉{goods}件，其中家用电器类{tools}件，占商品投诉总量的"
    behind = "。交通工具类投诉有所提升，占商品投诉总量的18.9%。"
    assert not wrong(f"{head}{_share(tools, goods)}%{behind}")
    assert [f.type for f in wrong(f"{head}{_share(tools, goods) + 11:.1f}%{behind}")] == ["share"]


@pytest.mark.parametrize("seed", SEEDS)
def test_several_named_causes_together_are_not_the_last_number(seed: int) -> None:
    draw = random.Random(seed)
    whole, last = draw.randint(900, 990), draw.randint(40, 60)
    told = f"投诉{whole}件，其中质量类390件，其他{last}件，占比{_share(last, whole)}%。"
    assert not wrong(f"{told}售后问题、质量问题和合同问题仍是投诉的主要原因，占投诉总量的70%以上。")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_base_named_narrower_than_what_is_told_is_another(seed: int) -> None:
    draw = random.Random(seed)
    died, inside = draw.randint(300, 450), draw.randint(200, 290)
    text = "一季度全省接报火灾死亡{}人。\n居住场所火灾亡{}人，占{}火灾亡人总数的{}%。"
    assert not wrong(text.format(died, inside, "建筑物", round(_share(inside, died) + 8, 1)))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_each_of_those_counted_has_is_no_share_of_them(seed: int) -> None:
    draw = random.Random(seed)
    all_, some = draw.randint(25, 31), draw.randint(8, 15)
    assert not wrong(f"{all_}个县老年人口比重均超过7%，其中，{some}个县老年人口比重超过14%。")
    assert wrong(f"共有县{all_}个，其中老龄化的{some}个，占{_share(some, all_) + 15:.1f}%。")


@pytest.mark.parametrize("seed", SEEDS)
def test_minds_that_have_their_shares_are_not_divided_again(seed: int) -> None:
    draw = random.Random(seed)
    asked, very = 260, draw.randint(190, 205)
    fair = draw.randint(45, 52)
    told = f"共有{asked}名居民参与。非常满意{very}人，占{_share(very, asked)}%，满意{fair}人，占{_share(fair, asked)}%"
    assert not wrong(f"{told}，满意率达到90%以上。")
    assert wrong(f"共有{asked}名居民参与，其中满意{very}人，满意率{_share(very, asked) + 8:.1f}%。")


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_done_of_a_plan_that_heads_its_paragraph(seed: int) -> None:
    draw = random.Random(seed)
    plan, done = draw.randint(500, 600), draw.randint(400, 480)
    text = f"{plan}户搬迁安置。上半年已搬迁64户。累计下达搬迁计划{plan + 38}户，累计完成搬迁{done}户，占总计划的"
    assert not wrong(f"{text}{_share(done, plan)}%。")


@pytest.mark.parametrize("seed", SEEDS)
def test_votes_of_two_items_are_no_halves_of_a_third(seed: int) -> None:
    draw = random.Random(seed)
    yes = draw.randint(160, 190)
    text = "农村公路工程，满意{}票，基本满意43票，不满意4票；学校改造工程，满意{}票，基本满意34票，不满意1票。"
    assert not wrong(text.format(yes, yes - 9))
    assert wrong(f"收回{yes + 4}票，其中满意{yes + 12}票，不满意4票。")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_class_of_the_last_part_is_not_added_again(seed: int) -> None:
    draw = random.Random(seed)
    parts = [draw.randint(12, 90) for _ in range(4)]
    row = "共有学校{}所，其中：高中{}所，初中{}所，小学{}所，幼儿园{}所，其中公办幼儿园1所。"
    assert not wrong(row.format(sum(parts), *parts))
    assert wrong("共有学校{}所，其中高中{}所、初中{}所、小学{}所、幼儿园{}所。".format(sum(parts[1:]), *parts))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_whole_of_its_own_behind_among_is_broken_down_by_itself(seed: int) -> None:
    draw = random.Random(seed)
    food, crop = draw.randint(310, 390), draw.randint(90, 99)
    text = (
        f"普通食品抽检1067批次，食用农产品抽检{food + crop + 130}批次。检出不合格34批次。"
        f"其中，县局完成的{food + crop}批次抽检中，普通食品{food}批次、食用农产品{crop}批次，检出不合格15批次。"
    )
    assert not wrong(text)


@pytest.mark.parametrize("seed", SEEDS)
def test_false_calls_are_among_all_calls_and_not_among_the_last_kind(seed: int) -> None:
    draw = random.Random(seed)
    guard = draw.randint(120, 160)
    text = f"其中灭火{guard + 690}起，救援{guard + 300}起；另外，救助{guard + 700}起、勤务{guard}起；其中全年虚假警{guard + 20}起。"
    assert not wrong(text)
    assert [f.type for f in wrong(f"全年勤务{guard}起，其中夜间勤务{guard + 20}起。")] == ["part_of"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_gained_is_not_what_there_was(seed: int) -> None:
    draw = random.Random(seed)
    gained, local = draw.randint(2000, 3000), draw.randint(9000, 11000)
    assert not wrong(f"全市总收入完成{local * 2}万元，增收{gained}万元。地方收入完成{local}万元，增长2.6%。")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_goal_of_the_year_is_not_missed_in_august(seed: int) -> None:
    draw = random.Random(seed)
    reached = draw.randint(310, 480) / 10
    goal = "全年目标任务为：改造小区投资完成率达到50%及以上。{}，改造小区投资完成率{}%，圆满完成目标任务。"
    assert not wrong(goal.format("截至8月底", reached))
    assert [f.type for f in wrong(goal.format("截至12月底", reached))] == ["limit"]


@pytest.mark.parametrize("seed", SEEDS)
def test_sites_that_each_grew_are_not_the_states_of_another(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.randint(600, 700), draw.randint(2000, 2200)
    text = f"东湖景区接待{one}人，同比增长56.8%；新晋景区剑门接待{other}人，同比增长6倍。10月4日，光雾山景区接待大幅增长，接待增长352.6%。"
    assert not wrong(text)


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_of_the_same_kind_are_each_of_another_whole(seed: int) -> None:
    draw = random.Random(seed)
    rescue, help_ = draw.randint(120, 140), draw.randint(350, 370)
    text = f"全年警情2444起。\n夏季处置685起，其中救援{rescue}起、救助{help_}起，分别占全年同类警情的29%和41.8%。"
    assert not wrong(text)
    own = f"夏季处置685起，其中救援{rescue}起、救助{help_}起，分别占夏季警情的{_share(rescue, 685) + 20:.1f}%和{_share(help_, 685)}%。"
    assert wrong(own)


@pytest.mark.parametrize("what", ["设计监理", "审计会计", "统计测绘", "勘察监理"])
def test_what_only_has_a_sign_of_adding_in_its_name_is_a_part(what: str) -> None:
    row = "一、费用预算\n项目总费用{}万元，其中设备24万元、结构21万元、管线6万元、" + what + "3万元。"
    assert not wrong(row.format(54))
    assert [f.type for f in wrong(row.format(58))] == ["sum"]
