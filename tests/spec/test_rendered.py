"""The chapters stand in docs/reference as the tables say; a chapter is written by `python -m tests.spec`."""

import pytest

from tests.spec.chapters import FOLDER, Chapter, Table
from tests.spec.contents import CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_the_chapter_is_rendered_as_it_is_tested(chapter: Chapter) -> None:
    assert chapter.path.read_text(encoding="utf-8") == chapter.rendered()


def test_no_chapter_is_left_behind() -> None:
    assert {chapter.path for chapter in CHAPTERS} == set(FOLDER.glob("spec-*.md"))


def test_a_row_that_does_not_fill_its_columns_is_refused() -> None:
    crooked = Chapter("x", "X", (Table("T", "甲", "A", ("one", "two"), [("1",)]),))
    with pytest.raises(ValueError, match="does not fill"):
        crooked.rendered()


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    (line,) = Chapter("x", "X", (Table("T", "甲", "A", ("one",), [("a|b",)]),)).rendered().splitlines()[-1:]
    assert line == "| a｜b |"
