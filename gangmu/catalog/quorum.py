"""How many must be there and be in favour: shares of all who are entitled, rounded up to whole persons."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.norms import RuleRow


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who could vote at a meeting: `entitled` on the day, `present` of them; `in_favour` None: nothing was voted on."""

    entitled: int
    present: int
    in_favour: int | None = None
    election: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the working: `have` of `base` persons under the rule `rule`, of whom `needed` are enough."""

    rule: str
    row: RuleRow
    base: int
    have: int

    @property
    def exact(self) -> Decimal:
        """The share of the base as it comes out, before it is made whole persons."""
        return (self.row.value * self.base / 100).normalize()

    @property
    def needed(self) -> int:
        return needed(self.row, self.base)

    @property
    def met(self) -> bool:
        """Nobody entitled is no quorum."""
        return self.base > 0 and self.have >= self.needed

    @property
    def more_than(self) -> bool:
        return self.row.compare == "more_than"


def needed(row: RuleRow, base: int) -> int:
    """The smallest whole number of `base` persons that satisfies a rule in per cent."""
    share = row.value * base / 100
    if row.compare == "more_than":
        return int(share.to_integral_value(ROUND_FLOOR)) + 1
    return int(share.to_integral_value(ROUND_CEILING))


def shares_of(form: ActivityForm, ballot: Ballot, row_of: Callable[[str], RuleRow | None]) -> tuple[Share, ...]:
    """The working of a meeting: whether enough were there, then whether enough were in favour.

    An election asks for its own share to be there. `row_of` gives a rule's row of the day; without one no line.
    """
    if form.voting is None:
        return ()
    voting = form.voting
    attendance = voting.election if ballot.election and voting.election else voting.attendance
    wanted = [(attendance, ballot.present)]
    if voting.in_favour and ballot.in_favour is not None:
        wanted.append((voting.in_favour, ballot.in_favour))
    found = [(rule, row_of(rule), have) for rule, have in wanted]
    return tuple(Share(rule, row, ballot.entitled, have) for rule, row, have in found if row)
