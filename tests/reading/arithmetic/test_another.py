"""A number held against that of another of its kind, at one time: in every text 〔the right number|a wrong one〕."""

import pytest

from tests.reading.arithmetic import TWO, found, words, wrong

TOLD = (
    ("difference", "甲村320户，比乙村的286户多〔34|44〕户。"),
    ("difference", "北岗镇补贴面积9,015亩，比南坪镇的6,780亩多〔2,235|2,335〕亩。"),
    ("difference", "东片走访1240户，较西片（1385户）少〔145|155〕户。"),
    ("difference", "一号泵站抽水86万方，比二号泵站的74万方多出〔12|21〕万方。"),
    ("points", "西溪镇面积占比23.5%，比南坪镇（21.5%）高〔2|3〕个百分点。"),
    ("points", "城区知晓率91.2%，比乡村的86.7%高出〔4.5|5.5〕个百分点。"),
    ("points", "女生及格率94.6%，还比男生的96.1%低〔1.5|2.5〕个百分点。"),
)
ASIDE = (
    "甲村320户，比乙村的286人多。",
    "甲村320户，比乙村多34户。",
    "甲村320户，人均收入比乙村的2.86万元多0.4万元。",
    "西溪镇办结率98.5%，比要求的95%高出不少，办结320件。",
)


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_the_right_difference_from_another_holds(kind: str, text: str) -> None:
    right = TWO.sub(r"\1", text)
    assert [f.type for f in found(right)] == [kind]
    assert wrong(right) == []


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_a_wrong_difference_from_another_is_found_over_its_three_numbers(kind: str, text: str) -> None:
    text = TWO.sub(r"\2", text)
    assert [(f.type, len(words(text, f))) for f in wrong(text)] == [(kind, 3)]


@pytest.mark.parametrize(
    "text", ["甲村286户，比乙村的320户多34户。", "甲校及格率94.6%，比乙校（96.1%）高1.5个百分点。"]
)
def test_more_told_where_it_is_less_is_found(text: str) -> None:
    assert len(wrong(text)) == 1


@pytest.mark.parametrize("text", ASIDE)
def test_what_is_of_another_measure_or_tells_no_second_number_is_left_alone(text: str) -> None:
    assert wrong(text) == []
