"""Lines on pages, by their places alone: two columns, points that are set in, heads and feet, new paragraphs."""

import pytest

from gangmu.reading.page_letters import Letter, Page, Rule
from gangmu.reading.page_lines import laid_out

SIDE = 12.0
FULL = "本月走访群众解决难题推动工作落实见效持续用力"
LONG = FULL[:20]


def line(words: str, left: float, bottom: float, side: float = SIDE) -> list[Letter]:
    """Words in square letters."""
    return [
        Letter(sign, left + side * at, left + side * (at + 1), bottom, bottom + side) for at, sign in enumerate(words)
    ]


def page(*lines: tuple[str, float, float], rules: tuple[Rule, ...] = ()) -> Page:
    return Page(595, 842, [letter for words, left, bottom in lines for letter in line(words, left, bottom)], rules)


def test_columns_part_where_the_fewest_lines_cross() -> None:
    """Ragged lines on the left: some end a little farther than others, and none of them crosses to the right."""
    left = [(FULL[: 18 if at % 4 else 19], 60.0, 700.0 - 20 * at) for at in range(20)]
    right = [(FULL[:18], 312.0, 700.0 - 20 * at) for at in range(20)]
    said = laid_out([page(*(each for pair in zip(left, right, strict=True) for each in pair))])
    assert said.replace("\n", "") == "".join(words for words, _, _ in (*left, *right))


def test_a_paragraph_set_in_at_the_top_of_the_next_column_is_a_new_one() -> None:
    left = [(LONG, 40.0, 700.0 - 20 * at) for at in range(8)]
    right = [(LONG[2:], 344.0, 700.0), *((LONG, 320.0, 680.0 - 20 * at) for at in range(7))]
    assert laid_out([page(*left, *right)]) == f"{LONG * 8}\n{LONG[2:]}{LONG * 7}"


def test_a_line_that_lacks_a_sign_and_its_mark_is_full() -> None:
    lines = [(LONG, 60.0, 700.0), (LONG[:16] + "12", 60.0, 680.0), ("件，办结。", 60.0, 660.0), (LONG, 60.0, 640.0)]
    assert "12件，办结。" in laid_out([page(*lines)])


@pytest.mark.parametrize("mark", ["1.", "（1）", "•"])
def test_the_lines_of_a_point_that_is_set_in_are_one_paragraph(mark: str) -> None:
    first = len(mark) * SIDE
    hanging = 60 + first + 18
    points = [(mark, 60.0, 700.0), (LONG, hanging, 700.0), (LONG, hanging, 682.0), ("一共12件。", hanging, 664.0)]
    again = [(words, left, bottom - 54) for words, left, bottom in points]
    shown = "" if mark == "•" else mark
    assert laid_out([page(*points, *again)]).split("\n") == [f"{shown}{LONG}{LONG}一共12件。"] * 2


def test_two_cells_of_which_the_first_is_a_number_are_cells() -> None:
    assert laid_out([page(("12", 60, 700), ("走访", 200, 700), ("34", 60, 680), ("办结", 200, 680))]).count("\t") == 4


def test_a_paragraph_begins_where_the_lines_stand_farther_apart_than_they_do() -> None:
    close = [(LONG, 60.0, 700.0 - 18 * at) for at in range(6)]
    apart = [(LONG, 60.0, 585.0 - 18 * at) for at in range(3)]
    assert laid_out([page(*close, *apart)]) == f"{LONG * 6}\n{LONG * 3}"


def test_the_first_line_of_pages_under_a_head_is_no_part_of_it() -> None:
    pages = [
        page(("青禾市工作报告", 60, 790), *((LONG, 60, 750 - 18 * at) for at in range(30)), (f"{number}", 290, 40))
        for number in range(1, 4)
    ]
    assert laid_out(pages) == LONG * 90


def test_a_page_that_holds_a_table_alone_loses_its_head_and_its_mark() -> None:
    def sheet(number: int) -> Page:
        rules = [Rule(60, 260, y - 0.2, y + 0.2) for y in (740, 720, 700)]
        rules += [Rule(x - 0.2, x + 0.2, 700, 740) for x in (60, 160, 260)]
        cells = [("村", 62, 724), ("户", 162, 724), (f"第{number}村", 62, 704), (f"{number}0", 162, 704)]
        return page(("民政局汇总表", 60, 800), *cells, (f"第{number}页", 280, 30), rules=tuple(rules))

    assert laid_out([sheet(1), sheet(2)]) == "村\t户\t\n第1村\t10\t\n第2村\t20\t"
