"""What prose tells of a table by the names of its rows and columns, and what columns give each other."""

import random
from collections.abc import Callable

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import found, words, wrong

PLACES = ("石桥村", "柳湾村", "槐树村", "东岗村", "杏花村", "南坪村")


def barred(rows: list[list[str]]) -> str:
    head, *rest = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rest))


def spaced(rows: list[list[str]]) -> str:
    return "\n".join("    ".join(row) for row in rows)


def html(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def stacked(rows: list[list[str]]) -> str:
    return "\n".join(cell for row in rows for cell in row)


WRITERS: tuple[tuple[Callable[[list[list[str]]], str], Format], ...] = (
    (barred, "md"),
    (spaced, "txt"),
    (html, "html"),
    (stacked, "txt"),
)


def contradicted(text: str, form: Format) -> set[str]:
    return {one for finding in wrong(text, form) for one in words(text, finding)}


def columns_of(kind: str, dice: random.Random) -> tuple[list[str], list[list[str]]]:
    """Headings and rows whose last column is right."""
    rows = []
    for place in dice.sample(PLACES, 4):
        one, other = dice.randint(3200, 9800), dice.randint(2200, 3100)
        rate, former = dice.randint(700, 950) / 10, dice.randint(500, 690) / 10
        rows.append(
            {
                "surplus": [place, str(one), str(other), str(one - other)],
                "points": [place, f"{rate}%", f"{former}%", f"{rate - former:.1f}"],
                "mean": [place, str(one), str(other), f"{one * 10000 / other:.0f}"],
                "growth": [place, str(one), str(other), f"{(one - other) / other * 100:.1f}%"],
                "mille": [place, str(one), str(other), f"{other / one * 1000:.1f}"],
            }[kind]
        )
    headings = {
        "surplus": ["村名", "收入", "支出", "盈余"],
        "points": ["村名", "本学年", "上一学年", "提高（百分点）"],
        "mean": ["村名", "金额（万元）", "人数", "人均（元）"],
        "growth": ["村名", "本期", "上年同期", "增幅"],
        "mille": ["村名", "总数", "抽检数", "抽检率（‰）"],
    }
    return headings[kind], rows


KINDS = ("surplus", "points", "mean", "growth", "mille")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_a_column_that_others_give_is_checked_row_by_row(kind: str, seed: int) -> None:
    for write, form in WRITERS:
        head, rows = columns_of(kind, random.Random(seed))
        right = "各村情况汇总\n\n" + write([head, *rows]) + "\n"
        assert wrong(right, form) == []
        broken = [list(row) for row in rows]
        first = broken[2][-1][0]
        broken[2][-1] = ("7" if first != "7" else "4") + broken[2][-1][1:]
        text = "各村情况汇总\n\n" + write([head, *broken]) + "\n"
        assert broken[2][-1] in contradicted(text, form), text


CAPTION = "表1 各村收支（单位：万元）"
ROWS = [
    ["村名", "预算数", "决算数"],
    ["石桥村", "92.3", "90.1"],
    ["柳湾村", "89.6", "85.2"],
    ["槐树村", "44.8", "40.6"],
]
TOLD = (
    ("由上表可见，预算数一栏各项相加共{}万元。", "226.7", "216.7"),
    ("从上表看，柳湾村决算数为{}万元。", "85.2", "58.2"),
    ("柳湾村决算数{}元。", "85.2万", "85.2亿"),
    ("表中石桥村决算数比槐树村多{}万元。", "49.5", "59.5"),
)


@pytest.mark.parametrize(("sentence", "right", "broken"), TOLD)
def test_prose_is_held_against_the_cells_it_names(sentence: str, right: str, broken: str) -> None:
    for write, form in WRITERS[:3]:
        above = f"<p>{CAPTION}</p>" if form == "html" else CAPTION
        table = (
            "收支情况\n\n今年以来，各村收支平稳，管理规范。\n\n" + above + "\n" + write(ROWS) + "\n\n工作抓得紧。\n\n"
        )
        assert wrong(table + sentence.format(right), form) == []
        text = table + sentence.format(broken)
        assert any(broken[:4] in one for one in contradicted(text, form)), text


def test_prose_of_another_time_or_of_two_columns_is_left_alone() -> None:
    table = "收支情况\n\n今年以来，各村收支平稳，管理规范。\n\n" + CAPTION + "\n" + barred(ROWS) + "\n\n"
    for told in ("去年柳湾村决算数为58.2万元。", "柳湾村其中人工费25.8万元。", "柳湾村预算数、决算数相差5.4万元。"):
        assert wrong(table + told, "md") == []


def test_a_heading_of_sources_and_bare_cells_of_five_digits_stay_in_their_table() -> None:
    rows = [["来源", "人数", "比例"], ["城区", "12360", "61.8%"], ["乡镇", "7640", "38.2%"], ["合计", "20000", "100%"]]
    for write in (barred, stacked):
        kinds = [f.type for f in found("生源构成\n\n" + write(rows) + "\n", "md")]
        assert kinds.count("share") >= 2
