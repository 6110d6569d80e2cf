"""Reports written in rows: the same words of one thing after another are no figure told twice; a slip of one still is.

Every space is drawn from seeds: rows of two things with numbers of their own stay silent, and the same rows told of one
thing, with one number changed, are found.
"""

import random

import pytest

from tests.reading.arithmetic import wrong

SEEDS = range(8)
PLACES = ("东湖博物馆", "石桥古镇", "白塘湿地公园", "云岭滑雪场", "南浦书院", "竹溪植物园")
SCHOOLS = ("第三幼儿园项目", "城西小学工程", "和平中学综合楼", "文昌路校区扩建")
TRADES = ("商业", "办公楼", "仓储", "车位")
CRIMES = ("工程建设领域职务犯罪", "社会保障领域职务犯罪", "征地拆迁领域职务犯罪")
REGIONS = ("北片12个乡镇", "南片21个乡镇", "沿江14个乡镇")
SERVICES = ("法律援助", "康复救助", "就业托养", "送戏下乡")


def _slip(draw: random.Random, value: int) -> int:
    """The same number with its last two digits, which differ, changed about."""
    while value // 10 % 10 == value % 10:
        value = draw.randint(1100, 8900)
    head, tens, ones = value // 100, value // 10 % 10, value % 10
    return head * 100 + ones * 10 + tens


def _near(draw: random.Random, low: int, high: int) -> tuple[int, int]:
    """Two different numbers so alike that a slip of the pen might explain them."""
    one = draw.randint(low, high)
    return one, one + draw.choice((1, 2, 3, -1, -2, -3))


@pytest.mark.parametrize("seed", SEEDS)
def test_sites_that_each_had_visitors_are_several(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.sample(PLACES, 2)
    a, b = _near(draw, 1200, 9000)
    assert not wrong(f"城区：{one}接待游客{a}人次。\n郊区：{other}接待游客{b}人次。")


@pytest.mark.parametrize("seed", SEEDS)
def test_one_site_whose_visitors_are_told_otherwise_is_found(seed: int) -> None:
    draw = random.Random(seed)
    place = draw.choice(PLACES)
    value = draw.randint(1100, 8900)
    swapped = _slip(draw, value)
    again = _slip(draw, swapped)
    text = f"假日期间{place}接待游客{again}人次，秩序良好。\n市民反映出行顺畅。\n假日期间{place}接待游客{swapped}人次，无一投诉。"
    assert [f.type for f in wrong(text)] == ["repeat"]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_buildings_told_in_the_same_words_are_two(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.sample(SCHOOLS, 2)
    area = draw.randint(5000, 9000)
    money = draw.randint(20, 80) * 100
    row = "{}，占地面积{}平方米，建筑面积{}平方米，投入建设资金{}万元。"
    text = row.format(one, area, area - 900, money) + row.format(other, area + 777, area - 431, money + 300)
    assert not wrong(text)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_building_with_another_sum_is_found(seed: int) -> None:
    draw = random.Random(seed)
    area, money = draw.randint(5000, 9000), draw.randint(21, 78) * 100
    row = "第三幼儿园项目，占地面积{}平方米，建筑面积{}平方米，投入建设资金{}万元。"
    again = "县委两次到现场办公。" + row.format(area, area - 900, money + 300)
    assert [f.type for f in wrong(row.format(area, area - 900, money) + again)] == ["repeat"]


@pytest.mark.parametrize("seed", SEEDS)
def test_cases_and_people_of_two_fields_are_two_rows(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.sample(CRIMES, 2)
    cases, people = draw.randint(30, 60), draw.randint(61, 90)
    text = "围绕大局，立案侦查{}{}件{}人，挽回损失。\n注重民生，立案侦查{}{}件{}人，回访到位。"
    assert not wrong(text.format(one, cases, people, other, cases - 11, people + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_two_trades_of_a_market_are_two_rows(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.sample(TRADES, 2)
    sets, area = draw.randint(110, 190), draw.randint(9000, 15000)
    row = "{}，成交{}套/{}㎡，均价{}元/㎡；上周成交{}套/{}㎡。"
    first = row.format(one, sets, area, 45659, sets + 31, area + 1700)
    second = row.format(other, sets - 7, area - 640, 53374, sets + 250, area + 7284)
    assert not wrong(first + "\n" + second)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_regions_whose_every_value_differs_are_two_rows(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.sample(REGIONS, 2)
    rate, dust, gas = draw.randint(700, 900) / 10, draw.randint(30, 60), draw.randint(120, 160)
    row = "{}平均优良天数比例为{}%，粉尘平均浓度为{}微克，臭氧平均浓度为{}微克。"
    assert not wrong(row.format(one, rate, dust, gas) + "\n" + row.format(other, rate - 3.4, dust + 2, gas + 7))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rate_right_behind_a_number_is_of_that_number(seed: int) -> None:
    draw = random.Random(seed)
    one, other = draw.sample(SERVICES, 2)
    first, second = _near(draw, 101, 180)
    a, b = draw.randint(200, 400), draw.randint(500, 900)
    assert not wrong(f"{one}{a}名，完成率{first}%；{other}{b}名，完成率{second}%。")


@pytest.mark.parametrize("seed", SEEDS)
def test_those_who_came_to_one_event_of_a_list_are_not_all(seed: int) -> None:
    draw = random.Random(seed)
    all_, some = draw.randint(1300, 1390), draw.randint(1200, 1290)
    times = draw.randint(11, 40)
    text = f"活动中，各校参加活动人数达{all_}人次；清运垃圾32吨；开展宣传{times}次，参加人数达{some}人次。"
    assert not wrong(text)
