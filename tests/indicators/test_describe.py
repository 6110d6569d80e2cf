"""How a figure was counted is said in sentences: no formula, no key, nothing a secretary would have to look up."""

import re
from datetime import date

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.parse import parse
from gangmu.indicators.describe import words

RAW = re.compile(r"==|!=|>=|<=|\b(?:tag|opened|unit|selected|and|or|not)\b|_")
RAW_ENGLISH = re.compile(r"==|!=|>=|<=|_|\w\.\w")


def every_part():
    known = catalog()
    for key, indicator in known.indicators.items():
        first = tuple(known.families[family].tags[0].key for family in indicator.selects)
        for selection in ((), first):
            for one in nodes.aggregates(bind(known.measure(key, date(2025, 1, 1)), selection)):
                yield key, words(one, known)


def test_no_part_of_any_indicator_shows_its_formula():
    raw = [(key, told.zh) for key, told in every_part() if RAW.search(told.zh)]
    raw += [(key, told.en) for key, told in every_part() if RAW_ENGLISH.search(told.en)]
    assert raw == []


def test_english_parts_hold_no_chinese():
    assert [told.en for _, told in every_part() if re.search(r"[\u4e00-\u9fff]", told.en)] == []


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        ('count(matter.closed, outcome == "solved")', "“事项办结”的条数（已解决）",
         "records of “Matter closed” where Outcome is “solved”"),
        ("count(activity.held, late)", "“活动”的条数（补录）", "records of “Activity held” where entered late"),
        ('distinct(honour.granted.about, stars >= 4)', "“获评荣誉”里有多少个不同的对象（星级不少于4）",
         "different things in “Honour granted” where Stars at least 4"),
        ("stock(site.opened, site.closed)", "“场所网格设立”到最后一天还在的个数", None),
        ('units(unit.kind == "village")', "单位数（单位类别是“村党组织”）", None),
        ('units_where(unit.kind == "village", count(activity.held) > 2)', "“活动”的条数多于2的单位数（单位类别是“村党组织”）", None),
        ('count(activity.held, tag("lecture") or not tag("training"))', None,
         "records of “Activity held” where marked “Party lecture” or leaving out those with marked “Training course”"),
        ('count(no.such, odd == "x")', "“no.such”的条数（odd是“x”）", None),
    ],
)  # fmt: skip
def test_a_part_says_what_it_counts_and_under_which_condition(formula, zh, en):
    told = words(parse(formula), catalog())
    assert zh in (None, told.zh)
    assert en in (None, told.en)
