"""From readings to Figures: value, parts, provenance, and what must not be shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Visibility
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Outcome, Window, combined
from gangmu.catalog.expressions.nodes import Aggregate
from gangmu.catalog.expressions.write import write
from gangmu.indicators.describe import words
from gangmu.indicators.engine import Asked, Reading, Readings, value_of, wanted
from gangmu.indicators.questions import Question
from gangmu.indicators.rollup import NOW
from gangmu.indicators.values import Figure, Part, Why, Words
from gangmu.indicators.view import View, known_at
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.ledger.facts import Closing

PERSONAL = ("members", "residents")  # groups too small of these are never shown


@dataclass(frozen=True, slots=True)
class Sought:
    """A question over a period, by places `width` deep; `closing` is the one under which it was reported.

    `asked` is what must be read to answer it.
    """

    question: Question
    period: Period
    width: int
    closing: Closing | None = None
    asked: tuple[Asked, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", wanted(self.question.measure, Window(self.period), self.width))


Answers = dict[int, Readings]  # by the moment whose knowledge counts


def answers(view: View, sought: Iterable[Sought]) -> Answers:
    """Everything sought, read together: as reported where a period was closed, and by what is known now."""
    by_moment: dict[int, dict[Asked, None]] = defaultdict(dict)
    for one in sought:
        for moment in {known_at(one.closing), NOW}:
            by_moment[moment].update(dict.fromkeys(one.asked))
    return {moment: view.reach.engine.ask(asked, view.place, moment) for moment, asked in by_moment.items()}


def figure(view: View, sought: Sought, found: Answers, org: OrgId, path: str) -> Figure:
    """The figure of one unit beneath the view (or of the view's own), from readings that hold it."""
    definition = sought.question.definition
    readings = found[known_at(sought.closing)]
    here = [(asked, readings[asked].get(path)) for asked in sought.asked]
    reported = _outcome(sought, here)
    whole = Figure(
        key=sought.question.key,
        indicator=definition.key,
        selection=sought.question.selection,
        org=org,
        period=sought.period,
        value=reported.value,
        unit=definition.units[0],
        places=definition.places,
        numerator=reported.numerator,
        denominator=reported.denominator,
        points=reported.points,
        parts=tuple(_part(view, sought, asked, reading) for asked, reading in here),
        facts=sum(reading.standing for asked, reading in here if reading and not isinstance(asked.one, nodes.Units)),
        late_count=sum(reading.late for _, reading in here if reading),
        why=_why(reported),
        source_status=definition.source_status,
        catalog=view.reach.catalog.digest,
        tree_day=view.tree_day,
        ledger_size=view.ledger_size,
        manifest=view.reach.manifest,
        direct=path == view.node.path and sought.width > len(path),
        restated=_restated(sought, reported.value, path, found),
        reported_on=sought.closing.received.date() if sought.closing else None,
    )
    return _guarded(whole, definition.visibility)


def _outcome(sought: Sought, here: Sequence[tuple[Asked, Reading | None]]) -> Outcome:
    return combined(sought.question.measure, (value_of(asked.one, reading) for asked, reading in here))


def _why(found: Outcome) -> Why:
    if found.value is not None:
        return ""
    return "absent" if found.absent else "no_whole"


@lru_cache(maxsize=4096)
def _told(one: Aggregate, _catalog: str) -> tuple[Words, str]:
    """What an aggregate counts, in words and as it is written."""
    return words(one, catalog()), write(one)


def _part(view: View, sought: Sought, asked: Asked, reading: Reading | None) -> Part:
    name, query = _told(asked.one, view.reach.catalog.digest)
    return Part(
        name=name,
        value=value_of(asked.one, reading),
        unit="" if sought.question.definition.kind in ("ratio", "change") else sought.question.definition.units[0],
        query=query,
        first=None if asked.first == date.min else asked.first,
        last=asked.last,
        facts=reading.standing if reading else 0,
    )


def _restated(sought: Sought, reported: Decimal | None, path: str, found: Answers) -> Decimal | None:
    """In a closed period: what the figure is by now, where that is not what was reported."""
    if sought.closing is None:
        return None
    now = _outcome(sought, [(asked, found[NOW][asked].get(path)) for asked in sought.asked]).value
    return None if now == reported else now


def _guarded(whole: Figure, visibility: Visibility) -> Figure:
    """Withhold what would speak of fewer than k members or residents."""
    if visibility.group not in PERSONAL or visibility.k is None:
        return whole
    told = (whole.numerator, whole.denominator) if whole.denominator is not None else (whole.value,)
    few = any(number is not None and 0 < number < visibility.k for number in told)
    return withheld(whole) if few else whole


def withheld(whole: Figure) -> Figure:
    """The figure without anything that would tell its size."""
    parts = tuple(replace(part, value=None, facts=0) for part in whole.parts)
    return replace(
        whole, value=None, numerator=None, denominator=None, points=None, restated=None, parts=parts, facts=0,
        late_count=0, why="withheld",
    )  # fmt: skip


def not_by_difference(children: Sequence[Figure]) -> tuple[Figure, ...]:
    """Withhold a second child where one alone is withheld: else it is the whole less the others."""
    hidden = [one for one in children if one.withheld]
    shown = [one for one in children if one.value]
    if len(hidden) != 1 or not shown:
        return tuple(children)
    least = min(shown, key=lambda one: (one.denominator or one.value or Decimal(0), one.org))
    return tuple(withheld(one) if one is least else one for one in children)
