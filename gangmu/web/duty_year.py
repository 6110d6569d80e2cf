"""A unit's year of duties as strips: a row a duty, a square a month, quarter, half-year or year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gangmu.catalog.definitions import Text
from gangmu.catalog.duties.obligations import Bearer
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import FEWEST, DutyPeriod, DutyYear, Kept, PersonsPeriod, kept
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs import rosters
from gangmu.pages import formats
from gangmu.pages.templatetags.gangmu import language
from gangmu.web.duty_words import anchor, explained_at, look, most_urgent, percent, rate_words, whose_of
from gangmu.web.words import lexicon

FOLDED = 8  # more rows of persons than these fold away


@dataclass(frozen=True, slots=True)
class Cell:
    """A square over `span` months. `name` says it all for whoever hears the page; empty: nothing is owed there."""

    span: int
    name: str = ""
    css: str = ""
    mark: str = ""
    text: str = ""
    address: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A duty over the year: its title, who owes it (empty: the unit), the rate with its late share, its squares."""

    title: Text
    who: str
    rate: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Strips:
    """The strips of one sort of bearer. `folded`: they are many, and open at a tap."""

    heading: str
    note: str
    rows: tuple[Strip, ...]

    @property
    def folded(self) -> bool:
        return len(self.rows) > FOLDED


def strips(scope: Scope, org: OrgId, found: Sequence[DutyYear], reader: PersonId | None) -> list[Strips]:
    """The duties of the unit, of its posts, of its members, and those of persons that are told only together."""
    names = names_of(scope, org, [one.bearer for one in found if one.bearer], reader)
    sorts = (
        ("unit", _("单位的"), ""),
        ("post", _("岗位上的"), _("只有本人和本单位看得见")),
        ("member", _("党员的"), _("只有本人和本单位看得见")),
    )
    told = [
        Strips(heading, note, tuple(_strip(one, names) for one in found if one.bearer and one.bearer.kind == sort))
        for sort, heading, note in sorts
    ]
    together = tuple(_together(one) for one in found if one.bearer is None)
    few = _("合起来看，不看哪一个人；少于%(count)s人的不显示，免得看出是谁") % {"count": FEWEST}
    return [one for one in (*told, Strips(_("个人的"), few, together)) if one.rows]


def names_of(scope: Scope, org: OrgId, bearers: Iterable[Bearer], reader: PersonId | None) -> Mapping[str, str]:
    """Who each bearer is in words: the post with its holder, the member; names only where they may be seen."""
    single = [one for one in bearers if one.kind != "unit"]
    people = rosters.persons(scope, [PersonId(one.person) for one in single], org) if single else {}
    words = lexicon(scope.day)
    posts = words.choices["post.created"]["post"]
    told = {}
    for one in single:
        name = _("您本人") if one.person == reader else people.get(PersonId(one.person), {}).get("name", "")
        post = words.title(posts.get(one.post, one.post)) if one.post else ""
        told[one.id] = " · ".join(part for part in (post, name) if part) or _("姓名封存")
    return told


def _strip(one: DutyYear, names: Mapping[str, str]) -> Strip:
    squares = [(month, months, _square(months, found)) for month, months, found in _by_month(one.periods)]
    rate = rate_words(kept(period.status for period in one.periods))
    who = names.get(one.bearer.id, "") if one.bearer else ""
    return Strip(one.duty.title, who, rate, tuple(_laid_out(squares)))


def _by_month(periods: Iterable[DutyPeriod]) -> Iterator[tuple[int, Period, list[Status]]]:
    """What begins in each month, with the period it covers: a month where there are several, as of events."""
    found: dict[int, list[Status]] = {}
    for one in periods:
        found.setdefault(one.period.start.month, []).append(one.status)
    for month, statuses in sorted(found.items()):
        first = statuses[0].obligation.period
        whole = first if first.days > 1 else Period.of_month(first.start.year, month)
        yield month, whole, statuses


def _square(period: Period, found: Sequence[Status]) -> Cell:
    told = look(most_urgent(found))
    name = f"{formats.period(period, language())}{_('：')}{told.words}"
    if len(found) > 1:
        name += _("（共%(count)s件）") % {"count": len(found)}
    text = str(len(found)) if len(found) > 1 else ""
    owed = found[0].obligation
    place = anchor(owed.duty, f"{period.start:%Y-%m}", whose_of(owed))
    return Cell(_months(period), name, told.css, told.mark, text, explained_at(owed), place)


def _months(period: Period) -> int:
    return period.end.month - period.start.month + 1


def _laid_out(squares: Sequence[tuple[int, Period, Cell]]) -> Iterator[Cell]:
    """The squares in their months, with nothing between them where nothing is owed; none reaches into the next."""
    free = 1
    starts = [month for month, _period, _cell in squares] + [13]
    for (month, _period, cell), after in zip(squares, starts[1:], strict=True):
        if month > free:
            yield Cell(month - free)
        span = min(cell.span, after - month)
        yield replace(cell, span=span)
        free = month + span
    if free < 13:
        yield Cell(13 - free)


def _together(one: DutyYear) -> Strip:
    """What persons owe, as rates of the periods; of events those of a year are too single to be told."""
    whole = [period for period in one.persons if period.period.days > 1]
    squares = [(period.period.start.month, period.period, _rate(period)) for period in whole]
    shown = [period.kept for period in whole if period.kept]
    sums = Kept({}, *(sum(getattr(each, part) for each in shown) for part in ("settled", "done", "late")))
    events = _("按事情发生的日子算，不分月显示") if not whole else ""
    rate = rate_words(sums) if shown else (events or _("不足%(count)s人，不显示") % {"count": FEWEST})
    return Strip(one.duty.title, "", rate, tuple(_laid_out(squares)))


def _rate(one: PersonsPeriod) -> Cell:
    words, span = formats.period(one.period, language()), _months(one.period)
    if one.kept is None or one.obliged is None:
        return Cell(span, f"{words}{_('：')}{_('不足%(count)s人，不显示') % {'count': FEWEST}}", "", "no_record")
    if one.kept.rate is None:
        return Cell(span, f"{words}{_('：')}{_('还没有到期的')}", "far", "later")
    people = ngettext("%(count)s人要办", "%(count)s人要办", one.obliged) % {"count": formats.grouped(one.obliged)}
    return Cell(span, f"{words}{_('：')}{people}{_('，')}{rate_words(one.kept)}", "rate", "", percent(one.kept.rate))
