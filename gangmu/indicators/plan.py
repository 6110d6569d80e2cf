"""Whose figures would move under another catalog, before it is accepted. Nothing is written.

Both catalogs are put to the same facts, the first N of the ledger as in gangmu.indicators.past. Only indicators whose
way of counting differs are counted: another formula in force, another unit, rounding or visibility, or a kind of fact
they read that is typed or called late differently. What cannot move is not counted twice. An indicator that stays may
lose a tag to choose by: then its figures by that tag are counted too. Under a tag more nobody has recorded yet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import FactKind
from gangmu.indicators.figures import Sought, answers
from gangmu.indicators.figures import figure as figure_from
from gangmu.indicators.older import view_of
from gangmu.indicators.past import Past, kinds_behind, past
from gangmu.indicators.process import columns_of
from gangmu.indicators.questions import Question, key_of, question
from gangmu.indicators.values import Figure
from gangmu.indicators.view import View
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Closing
from gangmu.orgs.tree import Node

Asked = dict[str, Question]
Figures = dict[tuple[OrgId, str], Figure]


class Moved(NamedTuple):
    """A figure of a unit that would move; None where the indicator is added or removed."""

    node: Node
    key: str
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True)
class Two:
    """The two catalogs, and the indicators whose counting differs between them for a period, by key."""

    before: Catalog
    after: Catalog
    asked_before: Asked
    asked_after: Asked

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.asked_before, *self.asked_after)))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of fact that must be read to count them."""
        asked = (*self.asked_before.values(), *self.asked_after.values())
        return frozenset[str]().union(*(kinds_behind(one.measure) for one in asked))


def compare(before: Catalog, after: Catalog, period: Period) -> Two:
    """What must be counted to know what moves in the period."""
    keys = [key for key in dict.fromkeys((*before.indicators, *after.indicators))
            if _counted(key, before, period) != _counted(key, after, period)]  # fmt: skip
    by_tag = _by_lost_tags(before, after)
    return Two(before, after, _asked([*keys, *by_tag], before, period), _asked(keys, after, period))


def _asked(keys: Iterable[str], definitions: Catalog, period: Period) -> Asked:
    """What this catalog answers of these."""
    return {key: question(key, period.start, definitions) for key in keys
            if key.partition("[")[0] in definitions.indicators}  # fmt: skip


def _by_lost_tags(before: Catalog, after: Catalog) -> Iterator[str]:
    """The figures of indicators that stay, by tags that they could be chosen by and no longer can."""
    for key in before.indicators:
        if key in after.indicators:
            yield from (key_of(key, (tag,)) for tag in sorted(_offered(key, before) - _offered(key, after)))


def _offered(key: str, definitions: Catalog) -> set[str]:
    """The tags that an indicator can be chosen by."""
    chosen = definitions.indicators[key].selects
    return {tag.key for family in chosen for tag in definitions.families[family].tags}


def _counted(key: str, definitions: Catalog, period: Period) -> object:
    """Everything in a catalog that the value of an indicator depends on."""
    if key not in definitions.indicators:
        return None
    asked = question(key, period.start, definitions)
    one = asked.definition
    kinds = sorted(kinds_behind(asked.measure))
    return (asked.measure, one.units[0], one.places, one.visibility,
            [_typed(definitions.facts.get(kind)) for kind in kinds])  # fmt: skip


def _typed(kind: FactKind | None) -> object:
    return None if kind is None else (columns_of({kind.key: kind}), kind.late_after_days)


def every_moved(two: Two, units: Sequence[OrgId], period: Period) -> Iterator[Moved]:
    """The figures that would move by what the ledger holds now; none while it holds nothing."""
    size = ledger.size()
    if size and two.keys:
        before = past(size, two.kinds, two.before)
        alike = all(_typed(two.before.facts.get(kind)) == _typed(two.after.facts.get(kind)) for kind in two.kinds)
        after = before.by(two.after) if alike else past(size, two.kinds, two.after)
        yield from moved(two, before, after, units, period)


def moved(two: Two, before: Past, after: Past, tops: Sequence[OrgId], period: Period) -> Iterator[Moved]:
    """Every figure that would move, of the units in `tops` and beneath them, by unit in the order of the tree.

    A unit is seen as its own page sees it: closed periods as they were reported. Tops that the past does not know have
    none.
    """
    told = set[OrgId]()
    for top in tops:
        if not two.keys or before.tree(before.day).get(top) is None:
            continue
        seen = view_of(before, top, period)
        units = [node for node in seen.tree.subtree(seen.node.path) if node.org not in told]
        told |= {node.org for node in units}
        one = _figures(_all_closings(seen, before), two.asked_before, units, period)
        other = _figures(_all_closings(view_of(after, top, period), after), two.asked_after, units, period)
        yield from _differing(two, units, one, other)


def _differing(two: Two, units: Sequence[Node], one: Figures, other: Figures) -> Iterator[Moved]:
    for node in units:
        for key in two.keys:
            both = one.get((node.org, key)), other.get((node.org, key))
            if _shows(both[0]) != _shows(both[1]):
                yield Moved(node, key, *both)


def _shows(figure: Figure | None) -> object:
    """What a reader would see of it; an indicator that is not there shows what one without a record does."""
    if figure is None or (figure.value is None and figure.why == "absent"):
        return None
    return figure.value, figure.unit, figure.why, figure.places


def _all_closings(seen: View, then: Past) -> View:
    """The view with every closing of its past: units beneath have their own."""
    return replace(seen, closings=then.closings)


def _figures(seen: View, asked: Asked, units: Sequence[Node], period: Period) -> Figures:
    """The figures of all these units, read together: one reading for each depth and each closing that holds there."""
    sought: dict[tuple[str, int, Closing | None], Sought] = {}
    wanted = []
    for node in units:
        own = _as(node, seen)
        for key, one in asked.items():
            place = key, len(node.path), own.moment(one.measure, period)
            sought.setdefault(place, Sought(one, period, place[1], place[2]))
            wanted.append((node, key, place))
    found = answers(seen, sought.values())
    return {
        (node.org, key): figure_from(seen, sought[place], found, node.org, node.path) for node, key, place in wanted
    }


def _as(node: Node, seen: View) -> View:
    """The view of a unit beneath: with the closings over it."""
    over = {node.org, *(one.org for one in seen.tree.above(node.org))}
    closings = tuple(one for one in seen.closings if one.org in over)
    return replace(seen, node=node, closings=closings)
