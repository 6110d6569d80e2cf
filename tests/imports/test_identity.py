"""No identity number is ever kept: it goes before anything is stored, wherever it stands."""

import random

import pytest

from gangmu.catalog.current import catalog
from gangmu.imports.rules.columns import common_words, is_never
from gangmu.imports.rules.identity import holds_identity_number, without_identity
from gangmu.reading.grid import Grid, Row

WORDS = common_words(catalog())


def number(seed: int = 1, born: str = "19860512") -> str:
    """An invented number whose last sign is true."""
    bare = f"990101{born}{random.Random(seed).randrange(1000):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return bare + "10X98765432"[sum(w * int(d) for w, d in zip(weights, bare, strict=True)) % 11]


def sheet(*rows: tuple[str, ...]) -> Grid:
    return Grid("表", tuple(Row(place, cells) for place, cells in enumerate(rows, 1)))


@pytest.mark.parametrize("seed", range(20))
def test_every_true_number_is_found_alone_and_among_words(seed: int) -> None:
    own = number(seed)
    for text in (
        own,
        f"张三，{own}，男",
        own.lower(),
        own.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert holds_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001",
        "6222020200112233445",
        "990101198605120001234",
        "20250301093000123X",
        "柳溪村第一党支部",
        "990101198613120010",
        "",
    ],
)
def test_other_long_numbers_are_none(text: str) -> None:
    assert not holds_identity_number(text)


def test_a_number_with_a_wrong_last_sign_is_none() -> None:
    own = number()
    assert not holds_identity_number(own[:-1] + ("1" if own[-1] != "1" else "2"))


def test_a_column_headed_so_is_not_read_whatever_stands_in_it() -> None:
    grid = sheet(("姓名", "身份证号码", "电话"), ("张三", "乱写的", "138"), ("李四", number(), "139"))
    found = without_identity(grid, WORDS, 1)
    assert [row.cells for row in found.grid.rows] == [
        ("姓名", "身份证号码", "电话"),
        ("张三", "", "138"),
        ("李四", "", "139"),
    ]
    [note] = found.notes
    assert note.code == "imports.never_kept"
    assert "B 列“身份证号码”" in note.message


@pytest.mark.parametrize(
    "heading", ["身份证", "公民身份号码", "证件号码（18位）", "民族", "宗教信仰", "健康状况", "ID card"]
)
def test_headings_of_what_is_never_kept(heading: str) -> None:
    assert is_never(WORDS, heading)


@pytest.mark.parametrize("heading", ["姓名", "联系电话", "所在支部", "编号", "证明人", "活动内容"])
def test_headings_of_what_may_be_read(heading: str) -> None:
    assert not is_never(WORDS, heading)


def test_a_title_and_a_cell_of_data_that_speak_of_it_take_no_column_away() -> None:
    grid = sheet(("身份证登记表",), ("姓名", "内容"), ("张三", "学习宗教工作条例"))
    found = without_identity(grid, WORDS, 2)
    assert found.grid == grid
    assert found.notes == ()


def test_a_number_in_any_other_cell_goes_and_its_place_is_told() -> None:
    found = without_identity(sheet(("姓名", "备注"), ("张三", f"证号{number()}")), WORDS, 1)
    assert found.grid.rows[1].cells == ("张三", "")
    [note] = found.notes
    assert (note.code, note.where) == ("imports.identity_number", "B2")


def test_a_number_that_a_spreadsheet_has_rounded_goes_too() -> None:
    grid = Grid("表", (Row(1, ("姓名", "号")), Row(2, ("张三", "990101198605120000"))), marks={(2, 2): "long"})
    assert without_identity(grid, WORDS, 1).grid.rows[1].cells == ("张三", "")


def test_many_such_cells_are_told_by_the_first_five_and_their_count() -> None:
    rows = [("姓名", "备注"), *((f"人{seed}", number(seed)) for seed in range(9))]
    [note] = without_identity(sheet(*rows), WORDS, 1).notes
    assert "等 9 格" in note.message
    assert note.message.count("、") == 4
