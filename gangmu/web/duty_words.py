"""How a duty stands, in one mark and few words; which form records it; how often it is owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import State
from gangmu.catalog.duties.obligations import Obligation
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import Kept, recorded_as
from gangmu.pages import formats
from gangmu.pages.addresses import address_of
from gangmu.pages.listing import address


@dataclass(frozen=True, slots=True)
class Look:
    """A state as it is drawn: the mark, the class of its square in a strip, its words."""

    mark: str
    css: str
    words: object


RECORDED_LATE = Look("late", "late", gettext_lazy("办了，补录的"))
LOOKS: dict[State, Look] = {
    "met": Look("done", "met", gettext_lazy("按时办了")),
    "met_late": Look("late", "late", gettext_lazy("过了期限才办")),
    "due": Look("due", "due", gettext_lazy("要办")),
    "grace": Look("overdue", "due", gettext_lazy("已过期，仍可补")),
    "missed": Look("missed", "miss", gettext_lazy("缺，补录到了还算")),
    "not_yet_due": Look("later", "far", gettext_lazy("还没到")),
    "waived": Look("extended", "waived", gettext_lazy("免了，有人批准")),
    "not_applicable": Look("not_applicable", "", gettext_lazy("不要求")),
}
# of several things in one square the one that asks for something is shown
MOST_URGENT: tuple[State, ...] = (
    "missed", "grace", "due", "met_late", "met", "not_yet_due", "waived", "not_applicable",
)  # fmt: skip
OPEN: frozenset[State] = frozenset({"missed", "grace", "due"})


def look(one: Status) -> Look:
    """How a status is drawn. What was done in time and written down late is told apart from what was done late."""
    return RECORDED_LATE if one.state == "met" and one.late_records else LOOKS[one.state]


def most_urgent(found: Iterable[Status]) -> Status:
    """The one of several that asks for something first; of those done, one that came late."""
    return min(found, key=lambda one: (MOST_URGENT.index(one.state), not one.late_records))


def legend() -> list[Look]:
    """Every drawing once; what was done late and what was recorded late are drawn alike and told apart in words."""
    late = Look("late", "late", _("过了期限才办，或补录的"))
    order: tuple[State, ...] = ("missed", "grace", "due", "not_yet_due", "waived", "not_applicable")
    return [LOOKS["met"], late, *(LOOKS[state] for state in order)]


def form_of(one: Obligation) -> str:
    """The recording form already filled in: the unit, the tags that count, and whom or what it is about."""
    told, terms = recorded_as(one.terms.tally), one.terms
    tags = {f"tag.{catalog().family_of.get(tag, '')}": tag for tag in told.tags}
    whom = one.bearer.person if terms.row.discharge.credit == ("person",) else ""
    form = reverse("record-kind", args=[told.kind])
    return address(form, {"org": one.bearer.unit.org, **tags, "about": one.about or whom})


def explained_at(one: Obligation) -> str:
    """The page that explains its deadline: of one person where it is a person's."""
    whose = whose_of(one)
    where = address_of("duty-deadline", one.bearer.unit.org, one.duty, f"{one.period.start:%Y-%m}")
    return address(where, {"of": whose})


def whose_of(one: Obligation) -> str:
    """The bearer as an address names one: only where the bearer is a person, in a post or as a member."""
    return "" if one.bearer.kind == "unit" else one.bearer.id


def anchor(duty: str, month: str, whose: str) -> str:
    """The place of a square on the page of its year."""
    return "-".join(part for part in ("d", duty, month, whose) if part)


def rate_words(found: Kept) -> str:
    """The rate with its parts, and beside it always the share that was recorded late."""
    if found.rate is None:
        return _("不要求") if set(found.by_state) == {"not_applicable"} else _("还没有到期的")
    counts = {"owed": formats.grouped(found.settled), "done": formats.grouped(found.done)}
    parts = _("应办%(owed)s，办了%(done)s，%(rate)s") % {**counts, "rate": percent(found.rate)}
    late = _("补录占%(share)s") % {"share": "—" if found.late_share is None else percent(found.late_share)}
    return f"{parts} · {late}"


def percent(share: Decimal) -> str:
    """A share as a percentage with its unit."""
    return f"{formats.digits(share * 100, '%')}%"
