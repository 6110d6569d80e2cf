"""The table of holidays: seen by everybody, honest about years not published, tried out before it is handed on."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from gangmu.catalog.current import catalog, folders
from gangmu.catalog.load import load
from gangmu.kernel.problems import Refused
from gangmu.web.holidays import as_lines, table_of, tried, worked_in, years_of
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"
NEXT = "元旦 01-01 01-03\n春节 02-05 02-11 补班 01-31 02-20\n国庆节 10-01 10-07 补班 09-26"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_working_days_of_a_year_are_those_everybody_knows(year: int, days: int) -> None:
    assert worked_in(catalog().calendar, year) == days


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_published_table_typed_again_is_the_same_table(year: int) -> None:
    table = table_of(catalog(), year)
    found = tried(catalog(), year, as_lines(table), table.source)
    assert (found.moved, found.before, found.redefines) == ((), found.after, True)
    assert table.published
    assert "国务院办公厅" in table.source


def test_every_closure_stands_with_its_weekends() -> None:
    spring = next(one for one in table_of(catalog(), 2026).closures if one.title.zh == "春节")
    assert (spring.first, spring.last, spring.days) == (date(2026, 2, 15), date(2026, 2, 23), 9)
    assert spring.worked == (date(2026, 2, 14), date(2026, 2, 28))


def test_the_page_shows_a_year_and_says_by_which_notice(client: Client, town: Town) -> None:
    shown = opened(client, "/holidays?year=2026")
    assert "全年248个工作日" in shown.text()
    assert "春节" in shown.texts("//tbody/tr/th")
    assert "国务院办公厅关于2026年" in shown.text()


def test_a_year_not_published_says_so_and_counts_monday_to_friday(client: Client, town: Town) -> None:
    shown = opened(client, "/holidays?year=2027")
    assert "还没有公布" in shown.text("//*[@id='unpublished']")
    assert shown.all("//tbody") == []
    assert opened(client, "/holidays?year=2026").all("//*[@id='unpublished']") == []


@pytest.mark.parametrize("year", ["1900", "abc", "２０２６", "", "99999999999"])
def test_a_year_that_is_none_shows_this_one(client: Client, town: Town, year: str) -> None:
    assert f"{town.today.year}年" in opened(client, f"/holidays?year={year}").text("//h1")


def trial(client: Client, **typed: str) -> Page:
    return sent(client, "/holidays", {"year": "2027", "rows": NEXT, "source": NOTICE, **typed})


def test_a_table_written_anew_shows_what_moves_and_comes_as_a_file_that_loads(
    client: Client, town: Town, tmp_path: Path
) -> None:
    shown = trial(client)
    assert "→" in shown.text("//section[@id='tried']")
    file = shown.all("//textarea[@id='file']")[0].text.lstrip("\n")
    pack = tmp_path / "here" / "holidays"
    pack.mkdir(parents=True)
    (pack / "y2027.yaml").write_text(file, "utf-8")
    calendar = load(folders(), tmp_path / "here").calendar
    assert 2027 in calendar.years
    assert (calendar.works(date(2027, 2, 8)), calendar.works(date(2027, 1, 31))) == (False, True)
    assert 2027 not in catalog().calendar.years  # nothing came into force by looking


def test_the_deadlines_that_move_are_those_counted_over_the_days(client: Client, town: Town) -> None:
    moved = tried(catalog(), 2027, NEXT, NOTICE).moved
    october = [one for one in moved if one.period.end == date(2027, 9, 30)]
    assert [(one.title.zh, one.before, one.after) for one in october] == [
        (catalog().duties["committee.supervision"].duty.title.zh, date(2027, 10, 14), date(2027, 10, 21))
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"rows": ""}, "一行写一个节"),
        ({"rows": "春节"}, "第1行"),
        ({"rows": "元旦 01-01\n02-05 02-11"}, "第2行"),
        ({"rows": "春节 02-30 03-01"}, "第1行"),
        ({"source": "  "}, "哪一份通知"),
        ({"rows": "春节 02-11 02-05"}, "早于"),
        ({"rows": "春节 02-05 02-11 补班 02-22"}, "本来就上班"),
        ({"rows": "元旦 2026-12-31 2027-01-02"}, "不在 2027 年"),
    ],
)
def test_a_table_that_is_none_is_refused_and_stays_as_typed(
    client: Client, town: Town, typed: dict[str, str], says: str
) -> None:
    shown = trial(client, **typed)
    assert shown.status == 422
    assert says in shown.text("//*[@role='alert']")
    assert shown.typed("rows").strip() == typed.get("rows", NEXT)
    assert shown.all("//section[@id='tried']") == []


def test_quotes_in_a_notice_break_no_file() -> None:
    assert tried(catalog(), 2027, NEXT, '关于"五一"的\\通知').name == "y2027.yaml"


def test_more_than_one_thing_wrong_is_said_at_once() -> None:
    with pytest.raises(Refused) as refused:
        tried(catalog(), 2027, "一\n二", "")
    assert [one.code for one in refused.value.problems] == ["web.holidays_line"] * 2 + ["web.holidays_source"]


def test_next_year_can_always_be_chosen() -> None:
    assert years_of(catalog(), date(2026, 11, 1)) == [2024, 2025, 2026, 2027]


def test_the_english_page_is_whole(town: Town) -> None:
    shown = opened(town.client(town.secretary, english=True), "/holidays?year=2026")
    assert "248 working days in the year" in shown.text()
