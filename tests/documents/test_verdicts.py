"""What a wording covers decides: the borders of every wording, and what is said where there is no figure."""

from decimal import Decimal

import pytest

from gangmu.documents.rules.verdicts import Recorded, judged, unbound
from gangmu.reading.wording import DEFAULT
from tests.documents.support import YEAR, claim

BORDERS = [
    ("召开大会65次。", "65", True), ("召开大会65次。", "64", False), ("召开大会65次。", "66", False),
    ("召开大会1200余次。", "1200", True), ("召开大会1200余次。", "1300", True), ("召开大会1200余次。", "1301", False),
    ("召开大会1200余次。", "1199", False), ("召开大会40多次。", "50", True), ("召开大会40多次。", "51", False),
    ("召开大会近5000次。", "4500", True), ("召开大会近5000次。", "4499", False), ("召开大会近5000次。", "5001", False),
    ("召开大会约100次。", "90", True), ("召开大会约100次。", "110", True), ("召开大会约100次。", "111", False),
    ("召开大会100次以上。", "100", True), ("召开大会100次以上。", "9999", True), ("召开大会100次以上。", "99", False),
    ("召开大会不到100次。", "99", True), ("召开大会不到100次。", "100", False),
    ("推送信息3.2万条。", "32000", True), ("推送信息3.2万条。", "32999", True), ("推送信息3.2万条。", "33000", False),
    ("推送信息3.2万条。", "31500", True), ("推送信息3.2万条。", "31499", False),
    ("投入资金2.8亿元。", "284000000", True), ("投入资金2.8亿元。", "290000000", False),
    ("办结率96.3%。", "96.26", True), ("办结率96.3%。", "96.39", True), ("办结率96.3%。", "96.4", False),
    ("办结率68%。", "68.9", True), ("办结率68%。", "69", False), ("办结率90%以上。", "90", True),
]  # fmt: skip


def on_record(value: str | None, *, facts: int = 3, why: str = "", divided: bool = False) -> Recorded:
    return Recorded(
        Decimal(value) if value else None, facts, why, "活动场次", "Activities held", "青禾市委", YEAR, divided
    )


@pytest.mark.parametrize(("text", "value", "agrees"), BORDERS)
def test_a_figure_agrees_exactly_as_far_as_the_wording_reaches(text: str, value: str, agrees: bool) -> None:
    finding = judged(claim(text), on_record(value), DEFAULT)
    assert finding.verdict == ("confirmed" if agrees else "contradiction")
    assert finding.computed == Decimal(value)
    assert finding.suspect == (None if agrees else finding.spans[0])


def test_the_working_says_what_was_written_what_it_covers_and_what_is_on_record() -> None:
    finding = judged(claim("推送信息3.2万条。"), on_record("33000"), DEFAULT)
    assert finding.working == (
        "文中写“3.2万条”，3.15万条到3.3万条都算；记录里是3.3万条，对不上。按“活动场次”，青禾市委，2025年，依据3条记录。"
    )
    assert "which does not agree" in finding.working_en
    assert "2025, from 3 facts" in finding.working_en


def test_the_result_of_a_division_may_be_rounded_to_a_whole() -> None:
    text = "每月发放津贴1000元。"
    assert judged(claim(text), on_record("1000.13", divided=True), DEFAULT).verdict == "confirmed"
    assert judged(claim(text), on_record("1000.13"), DEFAULT).verdict == "contradiction"


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        (on_record(None, facts=0, why="absent"), "没有查到青禾市委2025年“活动场次”的记录"),
        (on_record(None, facts=0, why="withheld"), "人数太少"),
        (on_record(None, facts=0, why="no_whole"), "分母是零"),
        (on_record("0", facts=0), "没有查到"),
    ],
)
def test_what_cannot_be_known_is_no_contradiction(recorded: Recorded, said: str) -> None:
    finding = judged(claim("召开大会65次。"), recorded, DEFAULT)
    assert (finding.verdict, finding.computed) == ("no_record", None)
    assert said in finding.working


def test_nothing_on_record_although_facts_were_looked_at_is_a_zero() -> None:
    assert judged(claim("收到投诉0件。"), on_record("0", facts=4), DEFAULT).verdict == "confirmed"


def test_an_unbound_number_says_whether_the_figure_or_the_unit_is_missing() -> None:
    one = claim("召开大会65次。")
    assert "哪项指标" in unbound(one).working
    assert "哪个单位" in unbound(one, nobody=True).working
    assert unbound(one).verdict == "unbound"
