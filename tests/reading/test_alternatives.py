"""A pattern brought to its first signs matches what it matched before, and is found by them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.reading.alternatives import by_first_sign, matched, parted, searched

PATTERNS = (
    "去年|上年|年初",
    "去年|[上前]年|上个月|前年底",
    "(?:去|上)年末?|年[初底]",
    "(?:去|上|去年)初?(?:的|底)|去",
    "(?<!新)增|(?<!不)减少?|增长",
    "^净?增|^去年|减$",
    r"\d{1,2}月(?!\d)|\d年|1月初",
    r"[一二\d]+年|一二",
    "净?增|净",
    "(?:净|新)?增|新年",
    "[1-3]月|3年",
    "(?:去|上)年(?:的|底)?",
    "上*年|上",
)
SIGNS = "去上前年初底末个月净新增减少长不的一二123 "


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(deadline=None)
@given(text=st.text(SIGNS, max_size=24))
def test_it_matches_the_same_places_as_the_pattern_itself(pattern: str, text: str) -> None:
    assert [m.span() for m in searched(pattern).finditer(text)] == [m.span() for m in re.finditer(pattern, text)]


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(deadline=None)
@given(text=st.text(SIGNS, max_size=12), at=st.integers(0, 6))
def test_matched_at_a_place_it_reaches_as_far_as_the_pattern_itself(pattern: str, text: str, at: int) -> None:
    folded, plain = re.compile(matched(parted(pattern))).match(text, at), re.compile(pattern).match(text, at)
    assert (folded and folded.span()) == (plain and plain.span())


def test_signs_that_open_the_same_share_one_branch() -> None:
    assert matched(["去年", "上年", "年初"]) == "[去上](?:年)|[年](?:初)"
    assert matched([r"[\d年]月"]) == "[0123456789年](?:月)"
    assert re.findall(matched([r"\-年", r"\]年", r"\^年"]), "-年]年^年年") == ["-年", "]年", "^年"]


def test_alternatives_of_one_sign_are_tried_in_their_order() -> None:
    assert re.findall(by_first_sign(("年", "年初")), "年初") == ["年"]
    assert re.findall(by_first_sign(("年初", "月", "年")), "年初") == ["年初"]


def test_a_sign_that_means_something_to_a_pattern_stands_for_itself() -> None:
    assert searched(r"[(（]含|\+").findall("(含+（含") == ["(含", "+", "（含"]


@pytest.mark.parametrize(
    "pattern", ["[^年]月", r"\w月", "(?P<year>去)年", "", "去|", "(?:去){2}年", r"[\u4e00-\u9fff]年"]
)
def test_what_begins_with_no_plain_sign_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"does not begin with plain signs|repeats the group"):
        searched(pattern).search("")


def test_a_group_that_does_not_end_is_refused() -> None:
    with pytest.raises(ValueError, match="does not close its group"):
        searched("(?:去年").search("")
