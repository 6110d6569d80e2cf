"""What is given back is the owner's own sheet, row for row, with what became of each row."""

import io

import openpyxl
import pytest

from gangmu.imports import queries
from gangmu.imports.returned import returned
from gangmu.kernel.ids import FactId
from gangmu.kernel.scope import Actor
from gangmu.ledger.queries import fact, ids_recorded_under
from gangmu.reading.table_files import pasted_table
from tests.imports.handing_in import checked, handed_in, recorded, table
from tests.imports.test_members import LI, ZHANG


def rows(by: Actor, one: str, language: str = "zh-hans") -> list[tuple[object, ...]]:
    found = queries.sheet(one, by.account)
    data = b"".join(returned(queries.tables(one, by.account)[0], found.said, language))
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.values)


@pytest.mark.parametrize(
    ("language", "head"),
    [("zh-hans", ("第几行", "什么问题，怎么改")), ("en", ("Row", "What is wrong, and what to do"))],
)
def test_rows_keep_their_places_and_the_two_columns_speak_the_readers_language(
    towner: Actor, language: str, head: tuple[str, str]
) -> None:
    grid = pasted_table("题\n\n姓名\t所在支部\n\n张三\t没有\n\n李四\t柳溪支部")
    one = handed_in(towner, grid, "persons")
    checked(towner, one)
    told = rows(towner, one, language)
    assert len(told) == 7
    assert told[2] == ("姓名", "所在支部", *head)
    assert told[4][:3] == ("张三", "没有", "5")
    assert ("您的范围里没有" in str(told[4][3])) == (language == "zh-hans")
    assert told[6] == ("李四", "柳溪支部", None, None)
    assert told[1] == told[3] == (None, None, None, None)


def test_a_sheet_without_headings_gets_them(towner: Actor) -> None:
    one = handed_in(towner, pasted_table("张三1\t138"), "persons", unit="柳溪支部")
    assert rows(towner, one)[0][-2:] == ("第几行", "什么问题，怎么改")


def test_what_was_recorded_bears_the_number_of_its_fact(towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG, LI.replace("石桥支部", "石桥")))
    checked(towner, one)
    recorded(towner, one)
    told = rows(towner, one)
    number = str(told[1][-1]).rpartition(" ")[2]
    assert fact(FactId(number)).kind == "membership.started"
    assert "您的范围里没有" in str(told[2][-1])


def test_a_key_that_nobody_used_has_no_fact(towner: Actor) -> None:
    assert ids_recorded_under(towner.account, []) == {}
    assert ids_recorded_under(towner.account, ["never"]) == {}
