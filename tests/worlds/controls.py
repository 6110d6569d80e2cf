"""Changing what is on record so that one figure moves: out of what a wording covers, or about within it.

Everything goes through the ordinary actions: facts are restated, taken back where their kind is never restated, or
recorded besides.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Measure
from gangmu.cli.world.build import record
from gangmu.cli.world.forest import Forest
from gangmu.cli.world.making import Order, make
from gangmu.cli.world.plan import Plan, measure_of, meet, order_of
from gangmu.indicators.queries import facts_behind
from gangmu.indicators.values import Behind, Figure
from gangmu.kernel.canon import Json
from gangmu.ledger.queries import FactFilter, fact, facts
from gangmu.orgs import actions as orgs
from gangmu.reading.values import Claim
from gangmu.reading.wording import Interval, interval, result_interval
from gangmu.records import actions as records
from tests.worlds.scene import Scene

OWN_ACTIONS = ("membership.", "relation.")  # never restated by a record: taken back whole
NUMBERS = count(10_000)  # request keys and places of orders beyond those of the file


def covered(claim: Claim, figure: Figure) -> Interval:
    return result_interval(claim) if figure.denominator is not None else interval(claim)


def order(scene: Scene, figure: Figure) -> Order:
    """The promise of the world file behind a figure, as an order for more."""
    for place, promise in enumerate(scene.world.figures):
        one = order_of(scene.shop, scene.world, place)
        if (
            promise.indicator == figure.indicator
            and set(promise.selection) == set(figure.selection)
            and (one.top == figure.org)
        ):
            return replace(one, place=next(NUMBERS))
    raise AssertionError(f"{figure.key} is promised nowhere")


def leave(scene: Scene, claim: Claim, figure: Figure) -> None:
    """Let the figure leave what the wording of `claim` covers."""
    wanted, said = order(scene, figure), covered(claim, figure)
    measure = measure_of(scene.shop.catalog, wanted)
    match measure:
        case nodes.Sum(_, field) | nodes.Per(nodes.Sum(_, field)):
            _tell_more(scene, figure, field, _times(measure, _beyond(said) - (figure.value or 0), figure))
        case nodes.Change():
            _lose_learning(scene, figure, 12)
        case nodes.Ratio(nodes.Count(), nodes.Count() as whole) if whole.kind == "membership.started":
            _lose_the_old(scene, figure)
        case nodes.Ratio(nodes.Count(), _):
            _restate_away(scene, figure, 5)
        case nodes.Ratio(nodes.UnitsWhere(), _) | nodes.UnitsWhere():
            _add(scene, wanted, measure, said.high + 1)
        case nodes.Units():
            _found_another(scene, wanted)
        case nodes.Count("unit.founded", where):
            _add_facts(scene, wanted, "unit.founded", where, 1)
        case _ if figure.value == 1:  # without its only fact it would not be wrong but unrecorded
            _add(scene, wanted, measure, said.high + 1)
        case _:
            _restate_away(scene, figure, _surplus(figure, said) + 1)


def may_move(claim: Claim, figure: Figure) -> bool:
    """Whether the figure can move alone within its wording: not where it is one value, not a rate over two such."""
    return not covered(claim, figure).is_point and figure.indicator != "matter.solved_rate"


def stir(scene: Scene, claim: Claim, figure: Figure) -> None:
    """Change facts behind the figure, or the figure itself, within what the wording covers."""
    wanted, said = order(scene, figure), covered(claim, figure)
    measure = measure_of(scene.shop.catalog, wanted)
    match measure:
        case nodes.Units() | nodes.Count("unit.founded"):
            _rename_one(scene, wanted, measure)
        case nodes.Ratio(nodes.UnitsWhere(), _):
            _add(scene, wanted, measure, (figure.value or Decimal(0)) + Decimal("0.3"))
        case nodes.Sum(_, field) | nodes.Per(nodes.Sum(_, field)) if (figure.value or 0) + Decimal("0.9") in said:
            _tell_more(scene, figure, field, 1 if isinstance(measure, nodes.Sum) else 90)
        case nodes.Change():
            _lose_learning(scene, figure, 1)
        case nodes.Count() | nodes.Distinct() if _surplus(figure, said) >= 1:
            _restate_away(scene, figure, 1)
        case _:
            _restate_within(scene, behind(scene, figure, 1)[0])


def behind(scene: Scene, figure: Figure, number: int) -> list[Behind]:
    page = facts_behind(scene.clerk.scope, figure.key, figure.org, figure.period, 1, size=number)
    return list(page.rows)[:number]


def _surplus(figure: Figure, said: Interval) -> int:
    """How many may be lost before the wording no longer covers what is left."""
    assert figure.value is not None
    return int(figure.value - max(said.low, Decimal(0)).to_integral_value(rounding="ROUND_CEILING"))


def _beyond(said: Interval) -> Decimal:
    """A value a little above what the wording covers."""
    return said.high + max(Decimal(1), said.high / 20)


def _times(measure: Measure, more: Decimal, figure: Figure) -> int:
    return int(more * figure.denominator) if isinstance(measure, nodes.Per) and figure.denominator else int(more)


def _restate_away(scene: Scene, figure: Figure, number: int) -> None:
    """Restate so many of the facts to a day after the period; what is never restated is taken back."""
    for one in behind(scene, figure, number):
        if one.kind.startswith(OWN_ACTIONS):
            _take_back(scene, one)
        else:
            _restate(scene, one, figure.period.end + timedelta(days=3), {})


def _restate_within(scene: Scene, one: Behind) -> None:
    """Restate a fact with another reason for being late; of members one is lost, a relation is entered again."""
    if one.kind.startswith("membership."):
        _take_back(scene, one)
    elif one.kind.startswith(OWN_ACTIONS):
        _note_again(scene, one)
    else:
        _restate(scene, one, one.day, {"late_reason": "found_later"})


def _note_again(scene: Scene, one: Behind) -> None:
    """A relation that is taken back and entered again counts as before."""
    old = fact(one.fact)
    _take_back(scene, one)
    orgs.open_relation(str(old.body["relation"]), old.org, old.body["other"], by=scene.clerk, at=old.day,  # type: ignore[arg-type]
                       idem=f"control/{next(NUMBERS)}")  # fmt: skip


def _tell_more(scene: Scene, figure: Figure, field: str, more: int) -> None:
    """Restate one of the facts so that it tells so much more."""
    one = next(row for row in behind(scene, figure, 50) if field in fact(row.fact).body)
    _restate(scene, one, one.day, {field: int(Decimal(str(fact(one.fact).body[field]))) + more})


def _restate(scene: Scene, one: Behind, on: date, said: dict[str, Json]) -> None:
    old = fact(one.fact)
    records.restate_fact(
        old.id, old.org, body={**old.body, **said}, on=on, reason="wrong", note="", by=scene.clerk,
        idem=f"control/{next(NUMBERS)}",
    )  # fmt: skip


def _take_back(scene: Scene, one: Behind) -> None:
    records.reverse_fact(one.fact, reason="wrong", note="", by=scene.clerk, idem=f"control/{next(NUMBERS)}")


def _lose_the_old(scene: Scene, figure: Figure) -> None:
    """Take back admissions of people above the age, so that the share of the young grows."""
    rows = [row for row in behind(scene, figure, 400) if fact(row.fact).body["age_band"] == "b41_45"]
    for one in list({row.fact: row for row in rows}.values())[:55]:
        _take_back(scene, one)


def _lose_learning(scene: Scene, figure: Figure, number: int) -> None:
    """Restate the education of so many who came this year."""
    rows = (row for row in behind(scene, figure, 4000) if row.day in figure.period)
    came = {row.fact: row for row in rows if fact(row.fact).body.get("education") == "college"}
    for one in list(came.values())[:number]:
        _restate(scene, one, one.day, {"education": "below_college"})


def _add(scene: Scene, wanted: Order, measure: Measure, value: Decimal) -> None:
    """Plan and record what is missing for the measure to come to `value`."""
    known = len(scene.shop.planned.batches)
    meet(scene.shop, wanted, measure, value)
    _record_since(scene, known)


def _add_facts(scene: Scene, wanted: Order, kind: str, where: nodes.Condition, number: int) -> None:
    known = len(scene.shop.planned.batches)
    make(scene.shop, wanted, kind, where, number)
    _record_since(scene, known)


def _record_since(scene: Scene, known: int) -> None:
    """Record the batches planned since there were `known`, and the units they founded."""
    forest, batches = scene.shop.planned.forest, tuple(scene.shop.planned.batches[known:])
    root = next(iter(forest.found))
    founded = {deed.org for batch in batches if batch.kind == "unit.founded" for deed in batch.deeds}
    new = Forest(forest.key, forest.since)
    new.found = {org: unit for org, unit in forest.found.items() if org == root or org in founded}
    for _ in record(Plan(new, (), batches), scene.clerk):
        pass
    del scene.shop.planned.batches[known:]


def _found_another(scene: Scene, wanted: Order) -> None:
    orgs.found_unit("又一个片区党建联建", "alliance", "agency", wanted.top, by=scene.clerk, at=wanted.period.start,
                    idem=f"control/{next(NUMBERS)}")  # fmt: skip


def _rename_one(scene: Scene, wanted: Order, measure: Measure) -> None:
    """Give one of the units another name."""
    forest = scene.shop.planned.forest
    if isinstance(measure, nodes.Units):
        org = forest.standing(wanted.top, measure.where)[0]
    else:
        batches = (batch for batch in scene.plan.batches if batch.kind == "unit.founded" and batch.says(measure.where))
        org = next(deed.org for batch in batches for deed in batch.deeds)
    orgs.rename_unit(org, "改过名的组织", by=scene.clerk, at=wanted.period.end, idem=f"control/{next(NUMBERS)}")


def another_list_size(scene: Scene) -> dict[str, object]:
    """What `restate_fact` takes to make the cited list one longer."""
    wanted = FactFilter(orgs=frozenset(scene.plan.forest.found), kinds=frozenset({"citation.recorded"}))
    (old,) = [one for one in facts(wanted, limit=50) if "list_size" in one.body["tags"]]  # type: ignore[operator]
    return {
        "fact_id": old.id, "org": old.org, "body": {**old.body, "value": "20"}, "on": old.day, "reason": "wrong",
        "note": "", "by": scene.clerk, "idem": f"control/{next(NUMBERS)}",
    }  # fmt: skip
