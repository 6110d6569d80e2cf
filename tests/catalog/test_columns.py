"""Words for columns are data: a pack adds a sheet with one file, and what does not fit is told with file and line."""

from pathlib import Path

import pytest

from gangmu.catalog.column_checks import meaning
from gangmu.catalog.columns import heading_of
from gangmu.catalog.current import catalog, folders
from gangmu.catalog.load import CatalogRefused, load

SHEET = """key: matter.opened
title: {zh: 诉求台账, en: Matters}
why: {zh: 表里有的不用再敲。, en: What is in a sheet is not typed again.}
source: local
source_status: unverified
review_by: 2027-12-31
basis: 青组发〔2025〕8号
effective: 2025-01-01
fields:
  words: {names: [诉求内容, 反映问题]}
  tag.matter_type: {names: [诉求类别]}
examples:
  - {heading: 反映问题（简述）, field: words}
"""


def problems(folder: Path, text: str) -> list[str]:
    (folder / "columns").mkdir(exist_ok=True)
    (folder / "columns" / "matter.opened.yaml").write_text(text, encoding="utf-8")
    try:
        load(folders(), folder)
    except CatalogRefused as refused:
        return [f"{problem.code} {problem.where}" for problem in refused.problems]
    return []


def test_a_pack_says_how_its_offices_head_their_columns(scratch: Path) -> None:
    assert problems(scratch, SHEET) == []
    known = load(folders(), scratch)
    assert known.columns["matter.opened"].fields["words"].names == ("诉求内容", "反映问题")


HELD_AGAINST_FACTS = (
    ("  words: {", "  wrods: {", "catalog.unknown"),
    ("[诉求类别]}", "[诉求类别, 反映问题], values: {nonsense: [甲]}}", "catalog.heading_twice"),
    ("field: words", "field: households", "catalog.example"),
)
HELD_AGAINST_THE_FORM = (
    ("fields:", "colour: red\nfields:", "colour"),
    ("诉求内容,", "诉求 内容,", "names"),
    ("names: [诉求类别]", "reads: week", "reads"),
)


def test_all_that_does_not_fit_the_facts_is_told_with_its_line(scratch: Path) -> None:
    text = SHEET
    for was, becomes, _ in HELD_AGAINST_FACTS:
        text = text.replace(was, becomes, 1)
    found = problems(scratch, text)
    assert all("matter.opened.yaml:" in one for one in found), found
    assert {one.partition(" ")[0] for one in found} == {code for _, _, code in HELD_AGAINST_FACTS}
    assert sum(one.startswith("catalog.unknown") for one in found) == 2  # the field, and the choice of another


def test_what_is_not_written_as_a_sheet_is_told_with_its_line(scratch: Path) -> None:
    text = SHEET
    for was, becomes, _ in HELD_AGAINST_THE_FORM:
        text = text.replace(was, becomes, 1)
    found = problems(scratch, text)
    assert [one.partition(" ")[0] for one in found] == ["catalog.field"] * len(HELD_AGAINST_THE_FORM), found


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("姓名（必填）", "姓名"),
        ("* 姓 名 *", "姓名"),
        ("“姓名”", "姓名"),
        ("时间：", "时间"),
        ("(姓名)", "(姓名)"),
        ("实到(人)", "实到"),
    ],
)
def test_a_heading_is_compared_bare(heading: str, bare: str) -> None:
    assert heading_of(heading) == bare


def test_every_sheet_of_the_floor_becomes_facts_that_are_there() -> None:
    known = catalog()
    for key, sheet in known.columns.items():
        assert all(kind in known.facts for kind in sheet.kinds), key
        assert all(meaning(sheet, one.heading) == one.field for one in sheet.examples), key
