"""From what aggregates read to the value of a measure. Both evaluators use this; neither does sums of its own.

An absent report is absent, never 0: where no record at all stands behind a figure it has no value and says so. Beside
something that is there, an absent addend counts 0. A ratio adds parts before it divides; a zero whole gives no figure.
The units of the tree are there without any record: over them alone an absent part stays absent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Aggregate, Measure
from gangmu.kernel.periods import Period

ARITHMETIC = Context(prec=38, rounding=ROUND_HALF_EVEN)
FINEST = Decimal(1).scaleb(-10)  # quotients are kept to ten places, so that both evaluators print the same digits
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Window:
    """The days a measure looks at: `period`, or everything up to its last day."""

    period: Period
    to_date: bool = False

    @property
    def first(self) -> date:
        return date.min if self.to_date else self.period.start

    @property
    def last(self) -> date:
        return self.period.end

    def shifted(self, base: nodes.Base) -> "Window":
        earlier = self.period.before() if base is nodes.Base.BEFORE else self.period.year_earlier()
        return Window(earlier, self.to_date)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a measure.

    `value` None with `absent`: nothing is on record (待补); without: it cannot be formed (a whole of zero).
    `numerator` and `denominator` are what was divided; of a change they are this period's value and the base's.
    `points` is the difference in percentage points where a percentage changed. `unrecorded`: units of the tree were
    counted, and no record.
    """

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    absent: bool = False
    points: Decimal | None = None
    unrecorded: bool = False


Read = Callable[[Aggregate, Window], Decimal | None]
ABSENT = Outcome(None, absent=True)


def window_of(one: Aggregate, window: Window) -> Window:
    """The days `one` looks at inside `window`: a stock always looks back to the first record."""
    stock = nodes.measuring(one.measure if isinstance(one, nodes.UnitsWhere) else one) is nodes.Measuring.STOCK
    return Window(window.period, to_date=True) if stock else window


def questions(measure: Measure, window: Window) -> Iterator[tuple[Aggregate, Window]]:
    """Every aggregate with the days it is asked for, in the order `combined` takes their values."""
    match measure:
        case nodes.Change(inner, base):
            yield from questions(inner, window)
            yield from questions(inner, window.shifted(base))
        case nodes.AllTime(inner):
            yield from questions(inner, Window(window.period, to_date=True))
        case nodes.Ratio(a, b) | nodes.Per(a, b) | nodes.Total(a, _, b):
            yield from questions(a, window)
            yield from questions(b, window)
        case nodes.Number():
            return
        case _:
            yield measure, window_of(measure, window)


def combine(measure: Measure, window: Window, read: Read) -> Outcome:
    """The value of `measure`; `read` answers for each aggregate, None where nothing is on record."""
    return combined(measure, (read(one, days) for one, days in questions(measure, window)))


def combined(measure: Measure, values: Iterator[Decimal | None]) -> Outcome:
    """The value of `measure` from what its aggregates read, in the order of `questions`."""
    match measure:
        case nodes.Number(written):
            return Outcome(written)
        case nodes.Ratio(part, whole):
            return _quotient(combined(part, values), combined(whole, values), HUNDRED)
        case nodes.Per(amount, by):
            return _quotient(combined(amount, values), combined(by, values), Decimal(1))
        case nodes.Change(inner, _):
            now, then = combined(inner, values), combined(inner, values)
            return _change(now, then, in_points=isinstance(inner, nodes.Ratio))
        case nodes.AllTime(inner):
            return combined(inner, values)
        case nodes.Total(left, op, right):
            return _total(combined(left, values), op, combined(right, values))
        case _:
            value = next(values)
            return ABSENT if value is None else Outcome(value, unrecorded=isinstance(measure, nodes.Units))


def _quotient(part: Outcome, whole: Outcome, times: Decimal) -> Outcome:
    if whole.value is None or (part.value is None and not part.absent):
        return Outcome(None, part.value, whole.value, absent=whole.absent)
    if part.absent and whole.unrecorded and whole.value:
        return Outcome(None, None, whole.value, absent=True)
    numerator = part.value or Decimal(0)
    if not whole.value:
        return Outcome(None, numerator, whole.value)
    return Outcome(_divide(numerator * times, whole.value), numerator, whole.value)


def _change(now: Outcome, then: Outcome, *, in_points: bool) -> Outcome:
    if now.value is None or then.value is None:
        return Outcome(None, now.value, then.value, absent=now.absent or then.absent)
    points = now.value - then.value if in_points else None
    rate = _divide((now.value - then.value) * HUNDRED, then.value) if then.value else None
    return Outcome(rate, now.value, then.value, points=points)


def _total(left: Outcome, op: str, right: Outcome) -> Outcome:
    if left.absent and right.absent:
        return ABSENT
    if any(side.value is None and not side.absent for side in (left, right)):
        return Outcome(None)
    a, b = left.value or Decimal(0), right.value or Decimal(0)
    return Outcome(a + b if op == "+" else a - b)


def _divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    exact = ARITHMETIC.divide(numerator, denominator)
    rounded = exact.quantize(FINEST, context=ARITHMETIC)
    return rounded.normalize(ARITHMETIC) + 0 if rounded else Decimal(0)


def compares(value: Decimal | str, op: nodes.Comparison, other: Decimal | str) -> bool:
    """Whether the comparison holds between two numbers or two texts (text by code point)."""
    equal = value == other
    if op in ("==", "!="):
        return equal is (op == "==")
    if isinstance(value, str) != isinstance(other, str):
        return False
    less = value < other  # type: ignore[operator]  # both are texts or both are numbers by now
    return {"<": less, "<=": less or equal, ">": not less and not equal, ">=": not less}[op]
