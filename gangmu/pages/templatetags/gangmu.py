"""What templates may say: marks, icons, numbers, days, names in their own language. No arithmetic, no permission."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gangmu.kernel.clock import local_day, now
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem
from gangmu.pages import formats, listing, messages, rows
from gangmu.pages.addresses import address_of
from gangmu.pages.fixed_words import translate

register = template.Library()
register.tag("translate", translate)  # in place of Django's, which templates load before
register.simple_tag(address_of, name="address_of")
register.simple_tag(rows.chips, name="chips")

# a mark: (drawing, class, words). Verdicts first, then states.
MARKS: dict[str, tuple[str, str, Any]] = {
    "confirmed": ("v-ok", "mk-ok", _("已证实")),
    "consistent": ("v-eq", "mk-eq", _("相符")),
    "contradiction": ("v-no", "mk-no", _("不符")),
    "no_record": ("v-nil", "mk-nil", _("无台账")),
    "placeholder": ("v-gap", "mk-gap", _("待补")),
    "unbound": ("v-unb", "mk-unb", _("未认定")),
    "done": ("s-met", "mk-met", _("已办")),
    "late": ("s-late", "mk-late", _("晚记")),
    "running": ("s-doing", "mk-due", _("进行中")),
    "due": ("s-due", "mk-due", _("要办")),
    "later": ("s-far", "mk-far", _("还没到")),
    "missed": ("s-miss", "mk-miss", _("缺")),
    "overdue": ("s-over", "mk-miss", _("逾期")),
    "extended": ("s-ext", "mk-late", _("已延期")),
    "not_applicable": ("s-na", "mk-na", _("不适用")),
}
SHORT = {
    "confirmed": "ok",
    "consistent": "eq",
    "contradiction": "no",
    "no_record": "nil",
    "placeholder": "gap",
    "unbound": "unb",
}
ICON = '<svg class="ic" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
NAMED_MARK = '<svg class="mk {}" role="img" aria-label="{}"><use href="#{}"/></svg>'
QUIET_MARK = '<svg class="mk {}" aria-hidden="true"><use href="#{}"/></svg>'
STATE = '<span class="st {}">{}{}</span>'


def language() -> str:
    """The language of this answer."""
    return "en" if get_language() == "en" else "zh-hans"


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """A line icon beside words; it never stands alone, so readers skip it."""
    return format_html(ICON, static("built/icons.svg"), name)


@register.simple_tag
def mark(kind: str, *, labelled: bool = False, drawing: str = "") -> SafeString:
    """The shape of a verdict or state; `labelled` gives it a name where no word stands beside it."""
    shape, css, words = MARKS[kind]
    if labelled:
        return format_html(NAMED_MARK, css, words, drawing or shape)
    return format_html(QUIET_MARK, css, drawing or shape)


@register.simple_tag
def verdict(kind: str) -> SafeString:
    """A verdict as shape and word."""
    return format_html('<span class="gm-v gm-v-{}">{}{}</span>', SHORT[kind], mark(kind), MARKS[kind][2])


@register.simple_tag
def state(kind: str, words: object = "") -> SafeString:
    """A state as shape and word; `words` replaces the usual one."""
    return format_html(STATE, MARKS[kind][1].replace("mk-", "st-"), mark(kind), words or MARKS[kind][2])


@register.filter
def verdict_class(kind: str) -> str:
    """The class of a number in a document."""
    return f"cl-{SHORT[kind]}"


@register.filter
def said(titles: Mapping[str, str] | Any) -> str:
    """The title of a definition in the reader's language: a mapping or an object with `zh` and `en`."""
    if isinstance(titles, str):
        return titles
    pick = titles.get if isinstance(titles, Mapping) else lambda key: getattr(titles, key, "")
    return str((pick("en") if language() == "en" else "") or pick("zh") or "")


@register.filter
def own(text: object) -> SafeString:
    """A name or quoted rule in its own language: marked as Chinese when the page around it is not."""
    return rows.own(str(text), language())


@register.filter
def chinese(text: object) -> SafeString:
    """The attribute that says so, for an element that holds nothing but a Chinese name."""
    if language() != "zh-hans" and messages.HAN.search(str(text)):
        return mark_safe(' lang="zh-Hans"')
    return mark_safe("")


@register.filter
def day(value: date | datetime | None) -> str:
    return formats.day(value, language()) if value else "—"


@register.filter
def moment(value: datetime | None) -> str:
    return formats.moment(value, language()) if value else "—"


@register.filter
def period(value: Period) -> str:
    return formats.period(value, language())


@register.filter
def number(value: Decimal | int | None) -> str:
    return "—" if value is None else formats.grouped(value)


@register.filter
def unit_word(unit: str) -> str:
    return formats.unit_word(unit, language())


@register.filter
def problem_text(problem: Problem) -> str:
    """The sentence of a problem in the reader's language."""
    return problem.message_en if language() == "en" and problem.message_en else problem.message


@register.filter
def problems_at(problems: list[Problem] | None, where: str) -> list[Problem]:
    """Those of `problems` that concern the field `where`."""
    return [problem for problem in problems or () if problem.where == where]


@register.simple_tag
def figure_text(figure: Any) -> str:
    """As rows.figure_text, in the language of this answer."""
    return rows.figure_text(figure, language())


@register.simple_tag
def figure_link(figure: Any, address: str) -> SafeString:
    """As rows.figure_link, in the language of this answer."""
    return rows.figure_link(figure, address, language())


@register.simple_tag
def figure_rows(table: Iterable[Any]) -> SafeString:
    """The lines of a table of figures. `table`: of web.figure_rows.Row."""
    words = language()
    return rows.joined(rows.figure_row(row, words) for row in table)


@register.simple_tag
def fact_rows(facts: Iterable[Any], compact: object = "") -> SafeString:
    """The lines of a list of facts. `facts`: of web.shown.FactRow; `compact`: without the moment of arrival."""
    words, today = language(), local_day(now())
    return rows.joined(rows.fact_row(row, words, today=today, compact=bool(compact)) for row in facts)


@register.simple_tag(takes_context=True)
def period_chips(context: Mapping[str, Any], picked: Any) -> SafeString:
    """The periods to choose from. `picked`: choices.PickedPeriod."""
    return rows.period_chips(picked.offered, picked.period, context["request"].GET, language())


@register.simple_tag(takes_context=True)
def changed(context: Mapping[str, Any], **changes: object) -> str:
    """This page's address with some of its query changed."""
    request: HttpRequest = context["request"]
    return listing.changed(request.GET, **changes)


@register.simple_tag(takes_context=True)
def column(context: Mapping[str, Any], name: str, words: str, css: str = "", *, numbers: bool = False) -> SafeString:
    """The head of a column, from which the list in `sorting` may be sorted; of numbers (or class n) the most first."""
    by: listing.Sorting | None = context.get("sorting")
    if by is None or name not in by.columns:
        return rows.column_head(words, css)
    turned = by.turned(name, most_first=numbers or css == "n")
    return rows.column_head(words, css, listing.changed(context["request"].GET, sort=turned), by.state(name))


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value at `key`, empty where there is none."""
    return mapping.get(key, "")
