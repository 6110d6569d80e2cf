"""Rows and chips that one tag writes: every cell in its place, what comes from outside escaped, both languages."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString

from gangmu.kernel.periods import Period
from gangmu.pages import rows
from gangmu.pages.rows import chips

ZH = "zh-hans"


@dataclass(frozen=True)
class Shown:
    """As much of a figure as a row shows."""

    value: Decimal | None
    unit: str = "次"
    absent: bool = False
    withheld: bool = False
    places: int = 0


@dataclass(frozen=True)
class Row:
    """As much of web.figure_rows.Row as a row shows."""

    title: str
    figure: Shown
    before: Shown | None
    address: str = "/figures/a/b?from=1&to=2"
    late: str = ""
    unverified: bool = False
    children: tuple[tuple[Shown | None, str], ...] = ()


ROW = Row("场次", Shown(Decimal(12)), Shown(Decimal(10)), late="3（25%）")


def test_a_row_has_the_figure_the_one_before_the_change_and_what_came_late() -> None:
    written = rows.figure_row(ROW, ZH)
    assert '<a class="bare" href="/figures/a/b?from=1&amp;to=2">场次</a>' in written
    assert '<a class="gm-fig" href="/figures/a/b?from=1&amp;to=2">12次</a>' in written
    assert [head in written for head in ('data-th="上一期">10次<', 'data-th="比上期"', 'data-th="补录">3（25%）<')] == [
        True
    ] * 3
    assert written.count("<td") == 4


def test_heads_of_cells_are_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert "上一期" not in rows.figure_row(ROW, "en")


@pytest.mark.parametrize("before", [None, Shown(None, absent=True), Shown(None, withheld=True)])
def test_without_a_figure_before_nothing_is_compared(before: Shown | None) -> None:
    written = rows.figure_row(replace(ROW, before=before), ZH)
    assert '<td class="quiet nowrap" data-th="比上期"></td>' in written


def test_units_beneath_have_a_cell_each_an_empty_one_where_there_is_no_figure() -> None:
    written = rows.figure_row(replace(ROW, children=((Shown(Decimal(7)), "/figures/c/b"), (None, "/figures/d/b"))), ZH)
    assert '<td class="n child"><a class="gm-fig" href="/figures/c/b">7次</a></td><td class="n child"></td>' in written


def test_no_figure_is_a_link_all_the_same_and_says_to_be_supplied() -> None:
    assert 'class="gm-fig gm-none"' in rows.figure_row(replace(ROW, figure=Shown(None, absent=True)), ZH)


BAD = '"><script>'


@pytest.mark.parametrize("row", [replace(ROW, title=BAD), replace(ROW, address=BAD), replace(ROW, late=BAD)])
def test_nothing_in_a_row_can_be_markup(row: Row) -> None:
    written = rows.figure_row(row, ZH)
    assert "<script>" not in written
    assert "&lt;script&gt;" in written


def test_the_chip_that_is_chosen_says_so_and_no_other() -> None:
    written = chips([("/a?x=1&y=2", "党课", False), ("/b", "<i>", True)])
    assert written.split("\n") == [
        '<a class="gm-chip" href="/a?x=1&amp;y=2">党课</a>',
        '<a class="gm-chip" aria-current="true" href="/b">&lt;i&gt;</a>',
    ]
    assert chips([]) == ""


def test_templates_take_them_as_they_are() -> None:
    page = Template("{% load gangmu %}{% chips offered %}{% figure_rows table %}")
    assert "&lt;a" not in page.render(Context({"offered": [("/a", "党课", False)], "table": [ROW]}))


def test_a_row_whose_rule_is_not_verified_says_so() -> None:
    assert "口径待核" not in rows.figure_row(ROW, ZH)
    assert '场次</a> <span class="gm-tag gm-tag-late">口径待核</span></th>' in rows.figure_row(
        replace(ROW, unverified=True), ZH
    )


@dataclass(frozen=True)
class Listed:
    """As much of web.shown.FactRow as a row shows."""

    id: str = "f1"
    seq: int | None = 1234
    title: str = "开会"
    said: str = "到会 12人"
    unit: str = "柳河村"
    day: date = date(2025, 3, 8)
    received: datetime = datetime(2025, 3, 9, 1, 5, tzinfo=UTC)
    late: bool = False
    reversed: bool = False


TODAY = date(2025, 6, 1)


def listed(language: str = ZH, *, compact: bool = False, **changed: object) -> str:
    return rows.fact_row(replace(Listed(), **changed), language, today=TODAY, compact=compact)


def test_a_fact_in_a_list_says_when_whose_what_and_leads_to_it() -> None:
    written = listed()
    assert '<td class="num nowrap" data-th="哪天">3月8日</td>' in written
    assert '<td class="of">柳河村</td>' in written
    assert '<a href="/facts/f1">开会</a> <span class="quiet">到会 12人</span></th>' in written
    assert '<td class="n" data-th="台账序号"><a class="gm-fig" href="/facts/f1">1,234</a></td>' in written


def test_the_moment_of_arrival_is_left_out_of_a_compact_list_alone() -> None:
    assert 'data-th="入账">2025年3月9日 09:05</td>' in listed()
    assert "入账" not in listed(compact=True)


def test_another_year_is_written_out() -> None:
    assert ">2024年3月8日<" in listed(day=date(2024, 3, 8))


@pytest.mark.parametrize(("changed", "words"), [({"late": True}, "补录"), ({"reversed": True}, "已冲正")])
def test_a_fact_that_came_late_or_was_taken_back_says_so(changed: dict[str, bool], words: str) -> None:
    assert words not in listed()
    assert words in listed(**changed)


def test_only_a_fact_taken_back_is_struck_out() -> None:
    assert listed(reversed=True).startswith('<tr class="gone">')
    assert listed(late=True).startswith("<tr>")


def test_a_fact_without_a_number_waits_for_it_and_has_no_link_in_its_place() -> None:
    written = listed(seq=None)
    assert '<span class="quiet">等编号</span>' in written
    assert "gm-fig" not in written


def test_a_fact_that_says_nothing_more_has_no_empty_words() -> None:
    assert '<a href="/facts/f1">开会</a></th>' in listed(said="")


def test_in_english_heads_are_english_and_chinese_names_say_that_they_are_chinese() -> None:
    with translation.override("en"):
        written = listed("en", title="Meeting", unit="柳河村", said="attending 12")
    assert '<span lang="zh-Hans">柳河村</span>' in written
    assert '<span class="quiet">attending 12</span>' in written
    assert "哪天" not in written


@pytest.mark.parametrize("field", ["title", "said", "unit"])
def test_nothing_in_a_fact_can_be_markup(field: str) -> None:
    written = listed(**{field: BAD})
    assert "<script>" not in written
    assert "&lt;script&gt;" in written


def chosen_periods(query: str) -> str:
    year, month = Period.of_year(2025), Period.of_month(2025, 3)
    return rows.period_chips((year, month), month, QueryDict(query), ZH)


def test_the_period_in_view_is_marked_and_every_chip_leads_to_its_period() -> None:
    assert chosen_periods("").split("\n") == [
        '<a class="gm-chip" href="?from=2025-01-01&amp;to=2025-12-31">2025年</a>',
        '<a class="gm-chip" aria-current="true" href="?from=2025-03-01&amp;to=2025-03-31">2025年3月</a>',
    ]


def test_a_chip_keeps_the_rest_of_the_address_but_begins_at_the_first_page() -> None:
    written = chosen_periods("q=%E5%85%9A&from=2024-01-01&to=2024-12-31&page=7")
    assert written.count('href="?q=%E5%85%9A&amp;from=2025-') == 2
    assert "page" not in written
    assert "2024" not in written


def test_words_of_the_address_cannot_become_markup_in_a_chip() -> None:
    assert "<script>" not in chosen_periods("q=%22%3E%3Cscript%3E")


def test_markup_is_left_as_it_is_and_everything_else_is_escaped() -> None:
    assert rows.filled("<p>{}{}</p>", SafeString("<b>"), "<i>") == "<p><b>&lt;i&gt;</p>"
    assert rows.joined([SafeString("<b>"), SafeString("<i>")], "|") == "<b>|<i>"


@pytest.mark.parametrize(
    ("figure", "words"),
    [(Shown(Decimal(0)), "0次"), (Shown(None, absent=True), "待补"), (Shown(None), "—"),
     (Shown(None, withheld=True), "不显示")],
)  # fmt: skip
def test_none_is_not_nought_and_nought_is_not_none(figure: Shown, words: str) -> None:
    assert rows.figure_text(figure, ZH) == words


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("荷塘村党支部", ["荷塘村党支部"]),
        ("GB/T 33358-2016《政府热线服务规范》", ["GB/T 33358-2016《政府热线服务规范》"]),
        ("The text says “1604个”, on record is 1.", ["1604个"]),
        ("named 荷塘村（社区）党支部 since then", ["荷塘村（社区）党支部"]),
        ("nothing of the kind", []),
    ],
)
def test_of_an_english_sentence_only_the_chinese_in_it_is_marked(text: str, marked: list[str]) -> None:
    written = rows.own(text, "en")
    assert re.findall('<span lang="zh-Hans">(.*?)</span>', written) == marked
    assert re.sub("<[^>]+>", "", written) == text
    assert rows.own(text, ZH) == text
