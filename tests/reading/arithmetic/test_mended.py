"""Tables under a line with tabs, signs written as entities, and points that may be honest rounding."""

from decimal import Decimal

import pytest

from gangmu.reading.tables import cells_of
from tests.reading.arithmetic import found, wrong
from tests.reading.support import claims, spans

ROWS = "村\t走访\t慰问\t\n甲村\t10\t5\t\n乙村\t20\t6\t\n合计\t31\t11\t\n"  # as a Word table is read


@pytest.mark.parametrize("above", ["表1\t单位：户\n", "共12户\t单位：户\n", "第3页\t慰问6户\t单位：户\n"])
def test_a_paragraph_with_tabs_above_a_word_table_is_not_its_heading(above: str) -> None:
    text = above + ROWS
    cells = [claim for claim in claims(text, "docx") if claim.span.start > len(above)]
    assert [claim.subject for claim in cells] == ["走访", "慰问"] * 3
    assert [[one.stated, one.computed] for one in wrong(text, "docx")] == [[Decimal(31), Decimal(30)]]


def test_without_such_a_paragraph_the_first_row_is_the_heading_as_before() -> None:
    assert [claim.subject for claim in claims(ROWS, "docx")] == ["走访", "慰问"] * 3
    assert len(wrong(ROWS, "docx")) == 1


def test_a_heading_of_a_pasted_table_whose_last_column_is_empty_stays_its_heading() -> None:
    cells = cells_of("村\t走访\t备注\n甲村\t10户\t\n乙村\t20户\t\n")
    assert [cell.heading for cell in cells if cell.heading == "走访"] == ["走访", "走访"]


@pytest.mark.parametrize("sign", ["&", "&amp;", "＆"])
def test_a_number_behind_an_and_sign_is_a_number(sign: str) -> None:
    assert spans(f"服务12户{sign}5人。") == ["12户", "5人"]


def test_a_number_in_an_address_is_none() -> None:
    assert spans("见 http://a.cn/?a=b&5人。") == []


def test_the_working_shows_the_signs_that_entities_stand_for() -> None:
    (one,) = wrong("共走访100户，其中党员家庭60户，占96&#46;3&percnt;。")
    assert "写作96.3%" in one.working
    assert "the text says 96.3%" in one.working_en


@pytest.mark.parametrize("points", ["3", "4", "6", "7"])
def test_whole_points_between_whole_percents_are_taken_as_they_stand(points: str) -> None:
    """Nobody who writes 90%, 95% and a whole number of points takes one from the other but as they are written."""
    assert len(wrong(f"满意率由90%提高到95%，提高{points}个百分点。")) == 1


@pytest.mark.parametrize("points", ["5.2", "5.4", "4.9"])
def test_points_told_finer_than_the_percents_may_come_from_what_was_rounded(points: str) -> None:
    assert wrong(f"满意率由90%提高到95%，提高{points}个百分点。") == []


def test_points_with_decimals_may_be_one_off_in_the_last_place() -> None:
    """88.24 to 93.56 are 5.32: what was rounded apart (issue 5.3) is no error."""
    assert wrong("满意率由88.2%提高到93.6%，提高5.3个百分点。") == []


def test_counts_are_not_rounded_and_one_off_is_found() -> None:
    text = "办结5件，比上年的3件增加3件。"
    assert [one.verdict for one in found(text)] == ["contradiction"]
