"""Rows and chips that one tag writes: every cell in its place, what comes from outside escaped, both languages."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from gangmu.pages.templatetags.gangmu import chips, figure_row


@dataclass(frozen=True)
class Shown:
    """As much of a figure as a row shows."""

    value: Decimal | None
    unit: str = "次"
    absent: bool = False
    withheld: bool = False


@dataclass(frozen=True)
class Row:
    """As much of web.figure_rows.Row as a row shows."""

    title: str
    figure: Shown
    before: Shown | None
    address: str = "/figures/a/b?from=1&to=2"
    late: str = ""
    children: tuple[tuple[Shown | None, str], ...] = ()


ROW = Row("场次", Shown(Decimal(12)), Shown(Decimal(10)), late="3（25%）")


def test_a_row_has_the_figure_the_one_before_the_change_and_what_came_late() -> None:
    written = figure_row(ROW)
    assert '<a class="bare" href="/figures/a/b?from=1&amp;to=2">场次</a>' in written
    assert '<a class="gm-fig" href="/figures/a/b?from=1&amp;to=2">12次</a>' in written
    assert [head in written for head in ('data-th="上一期">10次<', 'data-th="比上期"', 'data-th="补录">3（25%）<')] == [
        True
    ] * 3
    assert written.count("<td") == 4


def test_heads_of_cells_are_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert "上一期" not in figure_row(ROW)


@pytest.mark.parametrize("before", [None, Shown(None, absent=True), Shown(None, withheld=True)])
def test_without_a_figure_before_nothing_is_compared(before: Shown | None) -> None:
    written = figure_row(replace(ROW, before=before))
    assert '<td class="quiet nowrap" data-th="比上期"></td>' in written


def test_units_beneath_have_a_cell_each_an_empty_one_where_there_is_no_figure() -> None:
    written = figure_row(replace(ROW, children=((Shown(Decimal(7)), "/figures/c/b"), (None, "/figures/d/b"))))
    assert '<td class="n child"><a class="gm-fig" href="/figures/c/b">7次</a></td><td class="n child"></td>' in written


def test_no_figure_is_a_link_all_the_same_and_says_to_be_supplied() -> None:
    assert 'class="gm-fig gm-none"' in figure_row(replace(ROW, figure=Shown(None, absent=True)))


BAD = '"><script>'


@pytest.mark.parametrize("row", [replace(ROW, title=BAD), replace(ROW, address=BAD), replace(ROW, late=BAD)])
def test_nothing_in_a_row_can_be_markup(row: Row) -> None:
    written = figure_row(row)
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
    page = Template("{% load gangmu %}{% chips offered %}{% figure_row row %}")
    assert "&lt;a" not in page.render(Context({"offered": [("/a", "党课", False)], "row": ROW}))
