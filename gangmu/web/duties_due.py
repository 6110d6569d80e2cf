"""What the reader's own units have to do now, in words, each with the form that records it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gangmu.catalog.definitions import Text
from gangmu.duties.queries import Due, due_for
from gangmu.kernel.ids import PersonId
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.web.duty_words import explained_at, form_of


@dataclass(frozen=True, slots=True)
class ToDo:
    """One duty: its title, its unit's name, its deadline in words, where it is recorded and where it is explained.

    `own`: it is the reader's own, not the unit's.
    """

    title: Text
    unit: str
    days: str
    over: bool
    own: bool
    address: str
    why: str


def to_do(scope: Scope, reader: PersonId | None = None) -> list[ToDo]:
    """The duties of the units where the reader's scope begins, and the reader's own there: due within a week or waited
    for, nearest first.
    """
    mine = [top.org for top in orgs.tops(scope)]
    return [_told(one) for one in due_for(scope, mine, scope.day, person=reader)]


def _told(one: Due) -> ToDo:
    owed = one.status.obligation
    days, over = days_in_words(one.days_left), one.days_left < 0
    return ToDo(one.duty.title, one.node.name, days, over, one.own, form_of(owed), explained_at(owed))


def days_in_words(left: int) -> str:
    """A deadline as it is said: how long there is, or that a record still counts."""
    if left < 0:
        return _("已过期，仍可补")
    if left == 0:
        return _("今天到期")
    return ngettext("还有%(count)s天", "还有%(count)s天", left) % {"count": left}
