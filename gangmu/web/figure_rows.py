"""Figures as rows that pages show: titles, addresses, arithmetic written out. No query language, no SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Indicator, Text
from gangmu.indicators import queries as indicators
from gangmu.indicators.values import Figure, Part, TableRow, Words
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.pages import formats
from gangmu.pages.addresses import address_of
from gangmu.pages.choices import PickedPeriod, picked_period
from gangmu.pages.templatetags.gangmu import figure_text, language

AT_A_GLANCE = 5
WRITTEN_OUT = Decimal("0.01")  # of the result of an arithmetic
# what a page of a unit opens with, in this order; an indicator that the catalog does not have is left out
HEADLINES = (
    "organisation.branches",
    "member.number",
    "activity.sessions[members_meeting]",
    "activity.sessions[theme_day]",
    "matter.solved_rate",
    "activity.sessions[lecture]",
    "activity.sessions[household_visit]",
    "activity.attendance_rate",
    "record.late_share",
    "matter.received",
    "matter.solved",
    "problem.rectified_rate",
    "pledge.kept_rate",
    "money.received",
    "member.admitted",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a unit in a table: this period, the period before, the units beneath in the table's order."""

    key: str
    title: str
    figure: Figure
    before: Figure
    address: str
    late: str = ""
    unverified: bool = False
    children: tuple[tuple[Figure | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the arithmetic above the fold: 1,187 ÷ 1,233 = 96.27 %."""

    text: str
    words: str
    operator: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a figure: what it counts, how much, over which days."""

    words: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Month:
    """One bar of the chart and its line in the table."""

    period: Period
    short: str
    value: str
    text: str
    open: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure without a value: its mark, what to call that, and why."""

    mark: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Child:
    """One unit beneath with its figure and its share of the whole in percent (None where shares mean nothing)."""

    org: OrgId
    name: str
    figure: Figure
    address: str
    share: Decimal | None


def words(text: Words | Text) -> str:
    """A short text in the reader's language."""
    return text.en if language() == "en" else text.zh


def title(key: str) -> str:
    """What the question is called: the indicator, and the tags that were chosen."""
    name, _bracket, inside = key.partition("[")
    definitions = catalog()
    tags = [definitions.tags[tag].title for tag in inside.rstrip("]").split(",") if tag in definitions.tags]
    chosen = "、".join(map(words, tags)) if language() != "en" else ", ".join(map(words, tags))
    shown = words(definitions.indicators[name].title)
    if not chosen:
        return shown
    return f"{shown} ({chosen})" if language() == "en" else f"{shown}（{chosen}）"


def indicator_of(key: str) -> Indicator:
    """The definition behind a question. KeyError where there is none."""
    return catalog().indicators[key.partition("[")[0]]


def figure_address(org: str, key: str, period: Period) -> str:
    """Where a figure is explained."""
    return address_of("figure", org, key) + query(period)


def query(period: Period) -> str:
    """The query that carries a period on."""
    return f"?from={period.start}&to={period.end}"


def _headlines() -> list[str]:
    known = catalog().indicators
    return [key for key in HEADLINES if key.partition("[")[0] in known]


def headline(scope: Scope, org: OrgId, period: Period) -> list[Row]:
    """The figures a unit's page opens with; those of which nothing is on record come last."""
    found = rows(indicators.table(scope, org, period, keys=_headlines(), with_children=False), ())
    return sorted(found, key=lambda row: row.figure.value is None)


def opening_year(scope: Scope, org: OrgId) -> Period:
    """The year that pages of a unit open with: that of its newest record, this year while there is none."""
    newest = indicators.newest_day(scope, _headlines(), org)
    return Period.of_year((newest or scope.day).year)


def picked(query: QueryDict, scope: Scope, org: OrgId) -> PickedPeriod:
    """The period that the address of a unit's page names, else the year of the unit's newest record."""
    if query.get("from") or query.get("to"):
        return picked_period(query, scope.day)
    year = opening_year(scope, org)
    return replace(picked_period(query, scope.day, year), newest=year.start.year < scope.day.year)


def rows(table: Sequence[TableRow], columns: Sequence[OrgId]) -> list[Row]:
    """The rows of an indicator table, each with the units of `columns`."""
    return [_row(one, columns) for one in table]


def _row(one: TableRow, columns: Sequence[OrgId]) -> Row:
    now = one.figure
    beneath = tuple((one.children.get(org), figure_address(org, now.key, now.period)) for org in columns)
    address = figure_address(now.org, now.key, now.period)
    return Row(now.key, title(now.key), now, one.before, address, late_words(now), now.unverified, beneath)


def number(figure: Figure) -> Decimal | str:
    """A figure for a file: the number as it is shown, or the words that say why there is none."""
    return figure_text(figure) if figure.value is None else formats.plain(figure.value, figure.unit, figure.places)


def late_words(figure: Figure) -> str:
    """How many of the records behind came late, and which share of them; nothing where there is no record."""
    if not figure.facts:
        return ""
    if not figure.late_count:
        return "0"
    count = formats.grouped(Decimal(figure.late_count))
    share = formats.digits(Decimal(100 * figure.late_count) / figure.facts, "%")
    return f"{count} ({share}%)" if language() == "en" else f"{count}（{share}%）"


def equation(figure: Figure) -> list[Term]:
    """The arithmetic of a ratio or a change, written out; empty where the figure is its own arithmetic."""
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return []
    top, bottom = _ends(figure)
    if figure.points is not None:
        return [
            Term(formats.grouped(figure.numerator), _("这一期"), "", True),
            Term(formats.grouped(figure.denominator), _("对比的一期"), "→", True),
            Term(formats.quantity(figure.value, figure.unit, language(), figure.places), _("变化"), "="),
        ]
    exact = figure.value.quantize(WRITTEN_OUT)
    shown = f"{formats.grouped(exact)}{'%' if figure.unit.startswith('%') else ''}"
    return [
        Term(formats.grouped(figure.numerator), top, "", True),
        Term(formats.grouped(figure.denominator), bottom, "÷", True),
        Term(shown, _("四舍五入后显示"), "="),
    ]


def _ends(figure: Figure) -> tuple[str, str]:
    """What the two ends of a ratio are called, where each is one part."""
    if len(figure.parts) == 2:
        return words(figure.parts[0].name), words(figure.parts[1].name)
    return _("分子"), _("分母")


def part_rows(figure: Figure) -> list[PartRow]:
    """Every part with its days and how many records stand behind it."""
    return [PartRow(words(part.name), _quantity(part.value, part.unit), _days(part)) for part in figure.parts]


def _quantity(value: Decimal | None, unit: str) -> str:
    return "—" if value is None else formats.quantity(value, unit, language())


def _days(part: Part) -> str:
    days = formats.period(Period(part.first, part.last), language()) if part.first else _up_to(part.last)
    told = ngettext("%(days)s，%(count)s条记录", "%(days)s，%(count)s条记录", part.facts)
    return told % {"days": days, "count": formats.grouped(part.facts)}


def _up_to(last: date) -> str:
    return _("截至%(day)s") % {"day": formats.day(last, language())}


def months(trend: Sequence[Figure], today: date) -> list[Month]:
    """The trend as bars: a month that is not over is open, one without a figure has no bar; nothing if none has."""
    if all(one.value is None for one in trend):
        return []
    return [
        Month(
            one.period,
            formats.month_label(one.period, language()),
            "" if one.value is None else f"{one.value:f}",
            _none(one) if one.value is None else _short(one.value, one),
            one.period.end >= today,
        )
        for one in trend
    ]


def _short(value: Decimal, figure: Figure) -> str:
    """At a bar: digits, and the sign of a percentage."""
    return formats.digits(value, figure.unit, figure.places) + ("%" if figure.unit.startswith("%") else "")


def _none(figure: Figure) -> str:
    return {"withheld": _("不显示"), "absent": _("待补")}.get(figure.why, "—")


def missing(figure: Figure) -> Missing | None:
    """What stands in place of a figure that has no value; None where it has one."""
    return {
        "absent": Missing("placeholder", _("待补"), _("这段时间没有一条记录，不按0算。记了第一条，这里就有数。")),
        "no_whole": Missing("not_applicable", _("没有这个数"), _("分母是0：这段时间没有开展这一项。")),
        "withheld": Missing("not_applicable", _("人太少，不显示"), _("显示了会认出是谁。请看上一级的数。")),
    }.get(figure.why)


def child_rows(
    overview_children: Sequence[Figure], whole: Figure, names: Mapping[str, str], *, additive: bool
) -> list[Child]:
    """The units beneath, each with its share of the whole where parts add up; those without a figure come last."""
    total = whole.denominator if whole.denominator is not None and not whole.points else whole.value
    return [
        Child(
            one.org,
            _("%(name)s本级") % {"name": names.get(one.org, "")} if one.direct else names.get(one.org, ""),
            one,
            figure_address(one.org, one.key, one.period),
            _share(one, total) if additive or whole.denominator is not None else None,
        )
        for one in sorted(overview_children, key=lambda one: one.value is None)
    ]


def _share(one: Figure, total: Decimal | None) -> Decimal | None:
    part = one.denominator if one.denominator is not None else one.value
    if part is None or not total or total < 0 or part < 0:
        return None
    return min(Decimal(100), part / total * 100).quantize(Decimal("0.1"))
