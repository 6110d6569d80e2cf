"""Files as LibreOffice writes them: read as those they were made from, or refused with a sentence that says what to do."""

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from gangmu.kernel.problems import Unusable
from gangmu.reading.read import read_bytes
from tests.office_program import converted


def workbook() -> bytes:
    """Numbers in the formats that offices use, a sum with its stored result, merged cells, two sheets."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "办件"
    sheet.append(["2025年办件情况"])
    sheet.merge_cells("A1:E1")
    sheet.append(["村", "受理（件）", "办结率", "投入（元）", "日期"])
    for number, (name, taken, rate, money) in enumerate((("甲村", 1233, 0.963, 12345.5), ("乙村", 8, 1, 0.25)), 3):
        sheet.append([name, taken, rate, money, date(2025, 3, number)])
        sheet.cell(number, 3).number_format, sheet.cell(number, 4).number_format = "0.0%", "#,##0.00"
        sheet.cell(number, 5).number_format = "yyyy-mm-dd"
    sheet.append(["合计", "=SUM(B3:B4)"])
    book.create_sheet("走访").append(["共走访", 120, "户"])
    book.save(file)
    return file.getvalue()


def letter() -> bytes:
    """A heading, paragraphs, a numbered point, a table with a merged cell."""
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("2025年工作报告", 1)
    document.add_paragraph("受理诉求1233件，办结1187件，办结率96.3%。")
    document.add_paragraph("走访群众120户。")
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(
        table.rows, (("单位", "件数", ""), ("甲镇", "1233", "52.1%"), ("乙镇", "566", "")), strict=True
    ):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said
    table.cell(0, 1).merge(table.cell(0, 2)).text = "件数"
    document.save(file)
    return file.getvalue()


def test_a_workbook_written_by_an_office_program_reads_as_it_is_shown(tmp_path: Path) -> None:
    again = converted(workbook(), "表.xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert b"LibreOffice" in archive.read("docProps/app.xml")
    assert read_bytes("表.xlsx", again).source.text == (
        "办件\n2025年办件情况\n村\t受理（件）\t办结率\t投入（元）\t日期\t\n"
        "甲村\t1233\t96.3%\t12,345.50\t2025-03-03\t\n乙村\t8\t100.0%\t0.25\t2025-03-04\t\n合计\t1241\t\n\n"
        "走访\n共走访\t120\t户\t"
    )


def test_a_document_written_by_an_office_program_reads_as_the_one_it_was(tmp_path: Path) -> None:
    odt = converted(letter(), "文.docx", "odt", tmp_path)
    again = converted(odt, "文.odt", "docx", tmp_path)
    assert read_bytes("文.docx", again).source == read_bytes("文.docx", letter()).source


@pytest.mark.parametrize(
    ("ending", "advice"),
    [("doc", "另存为 .docx"), ("rtf", "另存为 .docx"), ("odt", "另存为 .docx"), ("xls", "另存为 .xlsx"), ("ods", "另存为 .xlsx"), ("csv", "另存为 .xlsx")],
)  # fmt: skip
def test_old_and_other_files_are_told_how_to_become_readable(tmp_path: Path, ending: str, advice: str) -> None:
    of_sheets = ending in ("xls", "ods", "csv")
    made = converted(*((workbook(), "表.xlsx") if of_sheets else (letter(), "文.docx")), ending, tmp_path)
    for name in (f"文.{ending}", "文.docx" if ending in ("doc", "rtf") else f"文.{ending.upper()}"):
        with pytest.raises(Unusable) as caught:
            read_bytes(name, made)
        assert advice in caught.value.problem.message
