"""Rows of tables and chips of pickers, each in one piece: a page has dozens, and a template writes one cell at a time.

Plain functions from values to markup; every cell that is not markup already is escaped. Their words are those of the
language that is active, which `language` names ("zh-hans" or "en").
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from gangmu.kernel.periods import Period
from gangmu.pages import formats
from gangmu.pages.addresses import address_of
from gangmu.pages.messages import HAN

CHIP = '<a class="gm-chip"{} href="{}">{}</a>'
CHOSEN = SafeString(' aria-current="true"')
OWN = '<span lang="zh-Hans">{}</span>'
FIGURE = '<a class="gm-fig{}" href="{}">{}</a>'
UNVERIFIED = ' <span class="gm-tag gm-tag-late">{}</span>'
FIGURE_ROW = """<tr>
<th scope="row"><a class="bare" href="{}">{}</a>{}</th>
<td class="n v">{}</td>
<td class="n quiet" data-th="{}">{}</td>
<td class="quiet nowrap" data-th="{}">{}</td>
<td class="n quiet nowrap" data-th="{}">{}</td>
{}</tr>"""
CHILD = '<td class="n child">{}</td>'
FACT_ROW = """<tr{}>
<td class="num nowrap" data-th="{}">{}</td>
<td class="of">{}</td>
<th scope="row"><a href="{}">{}</a>{}</th>{}
<td class="n" data-th="{}">{}</td>
</tr>"""
GONE = SafeString(' class="gone"')
SAID = ' <span class="quiet">{}</span>'
LATE = ' <span class="gm-tag gm-tag-late">{}</span>'
REVERSED = ' <span class="gm-tag gm-tag-rev">{}</span>'
RECEIVED = '\n<td class="num nowrap o2" data-th="{}">{}</td>'
NUMBERED = '<a class="gm-fig" href="{}">{}</a>'
NOT_NUMBERED = '<span class="quiet">{}</span>'
HEAD = '<th scope="col"{}{}>{}</th>'
CLASS = ' class="{}"'
SORTED = ' aria-sort="{}"'
SORTS = '<a class="gm-sort" href="{}">{}</a>'
NOTHING = SafeString("")
SQUARE = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"  # Chinese characters and signs as wide as they
ENGLISH = re.compile(r"[a-z]{2,} ")
RUN = re.compile(rf"([0-9（《]*[\u4e00-\u9fff](?:[{SQUARE}0-9·]*[{SQUARE}])?)")


class Words(NamedTuple):
    """The words that stand in every row, in one language."""

    before: str
    change: str
    late: str
    reversed: str
    day: str
    received: str
    number: str
    unnumbered: str
    absent: str
    withheld: str
    unverified: str


@lru_cache(maxsize=4)
def words_of(_language: str) -> Words:
    """The words in the language that is active, looked up once for each language."""
    return Words(
        before=gettext("上一期"),
        change=gettext("比上期"),
        late=gettext("补录"),
        reversed=gettext("已冲正"),
        day=gettext("哪天"),
        received=gettext("入账"),
        number=gettext("台账序号"),
        unnumbered=gettext("等编号"),
        absent=gettext("待补"),
        withheld=gettext("不显示"),
        unverified=gettext("口径待核"),
    )


def filled(form: str, *cells: str) -> SafeString:
    """`form` with each cell in its place, escaped unless it is markup: format_html for strings alone."""
    return SafeString(form.format(*(one if isinstance(one, SafeString) else escape(one) for one in cells)))


def joined(pieces: Iterable[SafeString], between: str = "") -> SafeString:
    """Markup in one piece."""
    return SafeString(between.join(pieces))


def own(text: str, language: str) -> SafeString:
    """A name or quoted rule in its own language: marked as Chinese when the page around it is not.

    Of a sentence in English only the Chinese in it is marked: the rest is read aloud and set as English.
    """
    if language == "zh-hans" or not HAN.search(text):
        return filled("{}", text)
    if not ENGLISH.search(text):
        return filled(OWN, text)
    return joined(filled(OWN, one) if HAN.search(one) else filled("{}", one) for one in RUN.split(text))


def figure_text(figure: Any, language: str) -> str:
    """A figure as words: the quantity, or why there is none. None is not 0, and 0 is not none."""
    if figure.value is not None:
        return formats.quantity(figure.value, figure.unit, language, figure.places)
    if figure.withheld:
        return words_of(language).withheld
    return words_of(language).absent if figure.absent else "—"


def figure_link(figure: Any, address: str, language: str) -> SafeString:
    """A number is a link: dotted hairline, to its definition, parts and facts."""
    return filled(FIGURE, "" if figure.value is not None else " gm-none", address, figure_text(figure, language))


def figure_change(now: Any, before: Any, language: str) -> str:
    """How a figure stands to the one before, in words; empty when either has no value."""
    if before is None or now.value is None or before.value is None:
        return ""
    return formats.difference(now.value, before.value, now.unit, language, now.places)


def figure_row(row: Any, language: str) -> SafeString:
    """A line of the table of figures. `row`: web.figure_rows.Row."""
    words = words_of(language)
    linked = (figure_link(child, address, language) if child else NOTHING for child, address in row.children)
    return filled(
        FIGURE_ROW, row.address, row.title, filled(UNVERIFIED, words.unverified) if row.unverified else NOTHING,
        figure_link(row.figure, row.address, language), words.before,
        figure_text(row.before, language) if row.before else "", words.change,
        figure_change(row.figure, row.before, language), words.late, row.late,
        joined(filled(CHILD, child) for child in linked),
    )  # fmt: skip


def fact_row(row: Any, language: str, *, today: date, compact: bool) -> SafeString:
    """A line of a list of facts; `compact` leaves out when it arrived. `row`: web.shown.FactRow."""
    words, address = words_of(language), address_of("fact", row.id)
    marks = (
        filled(SAID, own(row.said, language)) if row.said else NOTHING,
        filled(LATE, words.late) if row.late else NOTHING,
        filled(REVERSED, words.reversed) if row.reversed else NOTHING,
    )
    received = NOTHING if compact else filled(RECEIVED, words.received, formats.moment(row.received, language))
    return filled(
        FACT_ROW, GONE if row.reversed else NOTHING, words.day,
        formats.short_day(row.day, language, this_year=today.year), own(row.unit, language), address, row.title,
        joined(marks), received, words.number,
        filled(NOT_NUMBERED, words.unnumbered) if row.seq is None else _numbered(row.seq, address),
    )  # fmt: skip


def _numbered(seq: int, address: str) -> SafeString:
    return filled(NUMBERED, address, formats.grouped(seq))


def column_head(words: str, css: str, address: str = "", state: str = "") -> SafeString:
    """The head of a column; with an `address`, choosing it sorts the list. `state`: how it is sorted now."""
    said = filled(SORTS, address, words) if address else filled("{}", words)
    return filled(HEAD, filled(CLASS, css) if css else NOTHING, filled(SORTED, state) if state else NOTHING, said)


def chips(offered: Iterable[tuple[str, str, bool]]) -> SafeString:
    """Links to choose from: address, words, whether it is the one chosen."""
    told = (filled(CHIP, CHOSEN if chosen else NOTHING, address, words) for address, words, chosen in offered)
    return joined(told, "\n")


def period_chips(offered: Sequence[Period], shown: Period, query: QueryDict, language: str) -> SafeString:
    """The periods offered, each as this page's address with that period in it."""
    kept = urlencode([(key, query.get(key, "")) for key in query if key not in ("from", "to", "page")])
    front = f"?{kept}&" if kept else "?"
    return chips(
        (f"{front}from={one.start}&to={one.end}", formats.period(one, language), one == shown) for one in offered
    )
