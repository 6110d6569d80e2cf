"""How duties are kept, as lines of a page and a file: the rate, what it is made of, where each number leads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import State
from gangmu.duties.queries import Compliance, ComplianceRow, Kept
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.pages import formats
from gangmu.pages.addresses import address_of
from gangmu.pages.listing import address
from gangmu.pages.templatetags.gangmu import language, said
from gangmu.web.words import beneath

WAITING: tuple[State, ...] = ("not_yet_due", "due", "grace")
# of which deeds a list may show those lines alone that have any
STATES: Mapping[str, Callable[[Kept], int]] = {
    "late": lambda kept: kept.late,
    "missed": lambda kept: kept.by_state.get("missed", 0),
    "waived": lambda kept: kept.by_state.get("waived", 0),
    "waiting": lambda kept: sum(kept.by_state.get(state, 0) for state in WAITING),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What units owe (`kept`; None: nothing), or persons: then `obliged` of them, None where their rate is withheld.

    `address` leads to what is counted here; `opens`: to a list of lines as this one, where states may be chosen.
    """

    name: str
    kept: Kept | None
    address: str
    opens: bool
    persons: bool = False
    obliged: int | None = None

    @property
    def withheld(self) -> bool:
        return self.persons and self.obliged is None

    @property
    def rate(self) -> Decimal | None:
        """The share met, in percent; None while nothing is settled, and where it is withheld."""
        return _percent(self.kept.rate if self.kept else None)

    @property
    def rate_text(self) -> str:
        if self.withheld:
            return _("不显示")
        return "—" if self.rate is None else _share(self.rate)

    @property
    def parts_text(self) -> str:
        """Met of owed; of persons, how many of them owe."""
        if self.persons:
            return "" if self.obliged is None else _("按人，%(count)s人") % {"count": formats.grouped(self.obliged)}
        if self.kept is None:
            return _("没有应办的")
        return f"{formats.grouped(self.kept.done)} / {formats.grouped(self.kept.settled)}"

    @property
    def late_share(self) -> Decimal | None:
        """The share of the met that rests on a late record, in percent."""
        return _percent(self.kept.late_share if self.kept else None)

    @property
    def late_text(self) -> str:
        """The late share that stands beside the rate; of units with how many."""
        if self.late_share is None or self.kept is None:
            return "—"
        if self.persons:
            return _share(self.late_share)
        if not self.kept.late:
            return "0"
        both = {"count": formats.grouped(self.kept.late), "share": _share(self.late_share)}
        return ("%(count)s (%(share)s)" if language() == "en" else "%(count)s（%(share)s）") % both

    def count(self, state: str) -> int | None:
        """How many deeds of units stand so; of how many persons is not told."""
        return None if self.persons or self.kept is None else STATES[state](self.kept)

    def leads(self, state: str) -> str:
        """Where the lines lead that hold those in `state`."""
        if not self.opens:
            return self.address
        return f"{self.address}{'&' if '?' in self.address else '?'}only={state}"

    @property
    def late_address(self) -> str:
        return self.leads("late")

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """Missed, waived, waiting: what it is called, how many, where that leads. Nothing of persons."""
        if self.persons or self.kept is None:
            return []
        return [(words, STATES[state](self.kept), self.leads(state)) for state, words in told_states()[1:]]


def told_states() -> list[tuple[str, str]]:
    """The states by which a list may be narrowed, as the heads of the columns call them."""
    return [("late", _("补录")), ("missed", _("缺")), ("waived", _("免")), ("waiting", _("还没到期"))]


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100


def _share(percent: Decimal) -> str:
    return f"{formats.digits(percent, '%')}%"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: of which unit, over which days, which duty (empty: all), which lines alone."""

    org: OrgId
    period: Period
    duty: str = ""
    only: str = ""

    def compliance(self, org: OrgId, duty: str = "") -> str:
        """The page of a unit over the same days."""
        days = {"from": self.period.start, "to": self.period.end, "duty": duty}
        return address(address_of("unit-compliance", org), days)

    def year(self, org: OrgId) -> str:
        """The year of a unit alone, where the deeds and their records are."""
        return address(address_of("unit-duties", org), {"year": self.period.end.year})


def duty_lines(asked: Asked, found: Sequence[tuple[str, ComplianceRow]]) -> list[Line]:
    """A line for each duty; what persons owe stands as a rate alone. Each leads to the duty unit by unit."""
    return [
        line
        for duty, row in found
        for line in _lines(said(catalog().duties[duty].duty.title), row, asked.compliance(asked.org, duty), opens=True)
    ]


def unit_lines(asked: Asked, found: Compliance) -> list[Line]:
    """The unit itself and those right under it, in the order of the tree; each leads to its own page or year."""
    above, own = found.whole.node, asked.year(asked.org)
    name = _("%(name)s本级") % {"name": above.short or above.name} if found.rows else above.name
    lines = [] if found.rows and _owes_nothing(found.own, asked.duty) else [_one(asked, name, found.own, own)]
    for row in found.rows:
        where = asked.year(row.node.org) if row.is_leaf else asked.compliance(row.node.org, asked.duty)
        lines.append(_one(asked, beneath(row.node.name, above.name), row, where, opens=not row.is_leaf))
    return lines


def whole_line(asked: Asked, found: Compliance) -> Line:
    """All of them together."""
    return _one(asked, _("合计"), found.whole, asked.compliance(asked.org, asked.duty), opens=True)


def of_persons(found: Compliance) -> bool:
    """Whether persons owe what is counted, and no unit does."""
    return not found.whole.units.by_state and found.whole.persons.obliged != 0


def _one(asked: Asked, name: str, row: ComplianceRow, where: str, *, opens: bool = False) -> Line:
    """The line of a unit: of all duties together those of units, of one duty those of whoever owes it."""
    told = list(_lines(name, row, where, opens=opens))
    if asked.duty and told:
        return told[-1]
    return Line(name, row.units if row.units.by_state else None, where, opens)


def _lines(name: str, row: ComplianceRow, where: str, *, opens: bool) -> Iterator[Line]:
    if row.units.by_state:
        yield Line(name, row.units, where, opens)
    if row.persons.obliged != 0:
        yield Line(name, row.persons.kept, where, opens, persons=True, obliged=row.persons.obliged)


def _owes_nothing(row: ComplianceRow, duty: str) -> bool:
    return not row.units.by_state and (not duty or row.persons.obliged == 0)


def narrowed(lines: Sequence[Line], only: str) -> list[Line]:
    """The lines that have any in the state `only`; all of them for any other word."""
    return [line for line in lines if only not in STATES or line.count(only)]


def cells(line: Line) -> list[object]:
    """A line for a file: numbers are numbers, rounded as the page shows them; what is withheld says so."""
    rate = line.rate_text if line.rate is None else formats.plain(line.rate, "%")
    late = "" if line.late_share is None else formats.plain(line.late_share, "%")
    owed = [line.kept.done, line.kept.settled] if line.kept and not line.persons else ["", ""]
    known = [line.count(state) for state in STATES]
    obliged = line.obliged if line.persons and line.obliged is not None else ""
    return [line.name, rate, *owed, obliged, late, *("" if one is None else one for one in known)]
