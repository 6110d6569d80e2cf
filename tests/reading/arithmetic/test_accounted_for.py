"""Reports that only seem to contradict themselves, as offices publish them, each beside a wrong one that is found."""

import random

import pytest

from tests.reading.arithmetic import wrong

SEEDS = range(6)

# In every pair the first is right however it looks; the second has one wrong number of the same relation.
PAIRS = {
    "每一份额都和自己的上一次比": (
        "少年人口占16.60%，比上次普查下降6.29个百分点；老年人口占13.26%，比上次普查上升2.93个百分点。",
        "老年人口占13.26%，比上次普查的10.33%上升3.93个百分点。",
    ),
    "两个存量各有各的增幅": (
        "年末生猪存栏36.16万头，同比下降1.01%；全年生猪出栏60.50万头，同比增长36.41%。",
        "全年生猪出栏60.50万头，上年出栏44.35万头，同比增长46.41%。",
    ),
    "月份和累计是两回事": (
        "12月份结案700件，群众满意率79.64%。\n1—12月结案6201件，群众满意率97.19%。",
        "12月份结案700件，群众满意率79.64%。\n12月份结案700件，群众满意率97.19%。",
    ),
    "调撤率是两项合起来的": (
        "民商事案件结案440件（调解结案211件，撤诉97件，调撤率为70%）。",
        "民商事案件结案440件，其中调解结案211件，占57.95%。",
    ),
    "不捕率是捕与不捕合起来的": (
        "经审查，共逮捕25人，不捕24人，不捕率为48.98%。",
        "共审查49人，其中不捕24人，占58.98%。",
    ),
    "分号两边各是各的占比": (
        "居住在城镇的为90199万人，占63.89%；居住在乡村的为50979万人，占36.11%。",
        "总人口141178万人，居住在城镇的为90199万人，占73.89%。",
    ),
    "各类都说共": (
        "咨询类共33523件，占47.09%；求助类共21570件，占30.30%；建议类共10497件，占14.75%；其他类1583件，占2.22%。",
        "全周共受理33523件，其中求助类21570件、建议类10497件、其他类1583件。",
    ),
    "年平均增长率不是总增长率": (
        "全县人口同上次普查的126500人相比，十年共增加7400人，增长5.85%，年平均增长率为0.57%。",
        "全县人口133900人，比上次普查的126500人增加7400人，增长8.85%。",
    ),
    "汉族不是少数民族": (
        "汉族人口为12259人，占91.51%；各少数民族人口为1138人，占8.49%。同上次普查相比，汉族人口增加665人，增长5.74%。",
        "汉族人口12259人，比上次普查增加665人，增长8.74%。",
    ),
    "平均数是另外几个地方的": (
        "全省有12.4万名法官，新收案件1229.5万件，人均新收99.2件。\n其中三个城市法院人均新收超过150件。",
        "全省有12.4万名法官，新收案件1229.5万件，人均新收89.2件。",
    ),
    "失业率的底数不在文中": (
        "全县城镇新增就业1941人；城镇失业人员再就业280人；年末城镇登记失业率1.89%。",
        "登记失业1941人，其中280人实现再就业，再就业率为24.43%。",
    ),
    "亿和万写得不一样细": (
        "在校生2.76亿人，比上年增加539.40万人，增长2.00%。",
        "在校生2.76亿人，比上年增加539.40万人，增长2.60%。",
    ),
    "件数的降幅不是人数的": (
        "审结案件478件635人，去年同期为773件1350人，同比件数下降38.16%。",
        "审结案件478件，去年同期为773件，同比下降48.16%。",
    ),
    "其中的占比没有数人": (
        "全年接警67万起，平均每天处警350起，其中刑事类警情约占6%。",
        "全年接警6700起，其中刑事类警情350起，占8.2%。",
    ),
    "书记中的占比没有数人": (
        "全年发展党员198.2万名。带头人素质提升，54.4万名村党组织书记中，大专以上学历占17.4%。",
        "全市有村党组织书记544名，其中大专以上学历的95名，占27.4%。",
    ),
    "两类书记各有各的人数": (
        "567名村党组织书记中，大专以上学历的81人，占14.3%；93名社区党组织书记中，大专以上学历的51人，占54.8%。",
        "567名村党组织书记中，大专以上学历的81人，占24.3%。",
    ),
    "同名的率各有各的底数": (
        "41个城市平均优良天数比例为80.5%，上升1.4个百分点；11个城市平均优良天数比例为58.6%。",
        "41个城市中，优良的11个，占36.8%。",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_the_rest_of_the_text_accounts_for_is_not_called_wrong(name: str) -> None:
    assert not wrong(PAIRS[name][0])


@pytest.mark.parametrize("name", PAIRS)
def test_the_same_relation_with_a_wrong_number_is_found(name: str) -> None:
    assert wrong(PAIRS[name][1])


def row(draw: random.Random, told: int) -> str:
    """A row of five classes with their shares of all of them, under a larger total of another count."""
    parts = [draw.randint(300, 9000) for _ in range(5)]
    total = sum(parts)
    classes = draw.sample(["咨询类", "求助类", "投诉类", "建议类", "举报类", "感谢类"], 5)
    listed = "；".join(f"{c}诉求{n}件，占{100 * n / total:.2f}%" for c, n in zip(classes, parts, strict=True))
    return f"本月来电{told + total}件，接通率99%。其中有效诉求{total}件。{listed}。"


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_that_all_give_one_base_are_of_it(seed: int) -> None:
    draw = random.Random(seed)
    assert not [f for f in wrong(row(draw, draw.randint(2000, 40_000))) if f.type == "share"]


@pytest.mark.parametrize("seed", SEEDS)
def test_of_a_row_of_shares_the_one_that_gives_another_base_is_found(seed: int) -> None:
    draw = random.Random(seed)
    parts = [draw.randint(300, 900) for _ in range(4)]
    total = sum(parts)
    shares = [round(100 * n / total, 1) for n in parts]
    shares[1] = round(shares[1] + 7, 1)
    listed = "；".join(
        f"{c}{n}件，占{p}%" for c, n, p in zip(("咨询类", "求助类", "投诉类", "建议类"), parts, shares, strict=True)
    )
    found = [f for f in wrong(f"本月共受理诉求{total}件。其中，{listed}。") if f.type == "share"]
    assert [float(f.stated or 0) for f in found] == [shares[1]]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_shares_of_a_former_census_are_not_each_others_states(seed: int) -> None:
    draw = random.Random(seed)
    young, old = draw.randint(100, 220) / 10, draw.randint(80, 99) / 10
    text = f"少年人口占{young}%，比上次普查下降{draw.randint(31, 59) / 10}个百分点；老年人口占{old}%，比上次普查上升2.9个百分点。"
    assert not wrong(text)
