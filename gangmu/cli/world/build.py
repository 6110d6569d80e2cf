"""Recording a planned world through the ordinary intake: units, accounts, persons, facts; then numbered and sealed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from gangmu.cli.world.batches import Batch, Deed
from gangmu.cli.world.definitions import World
from gangmu.cli.world.making import FOUNDED
from gangmu.cli.world.plan import Plan, told_alike
from gangmu.indicators import mart
from gangmu.indicators.queries import figure
from gangmu.kernel import clock
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import AccountId, OrgId, PersonId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import engine, relations, sequencer
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewMembership
from gangmu.orgs.scope import actor
from gangmu.people.queries import any_account
from gangmu.records import actions as records
from gangmu.records.entries import Entry

AT_ONCE = 4000
KEEPER, CLERK = "keeper", "clerk"
MEMBER, RELATION = "membership.started", "relation.opened"
LATE = "batch"  # why facts of earlier days come now: old books are taken in

Say = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    """Who may work in the new world, and how many facts it holds."""

    account: AccountId
    login: str
    facts: int


def build(world: World, planned: Plan, say: Say) -> Built:
    """Record everything in an empty database, number and seal it, and hold every promise against the record.

    `say` is told after each step how many facts are recorded. Raises Refused when there is an installation already.
    """
    if any_account():
        raise Refused([_not_empty()])
    by = begin(planned)
    for number in record(planned, by):
        say(number)
    sequencer.run_until_empty()
    engine.take_stock()
    mart.seal_up_to(mart.folder(), ledger.size(), relations.fact_rows, due=1)
    _hold(world, planned, by)
    return Built(by.account, CLERK, ledger.size())


def begin(planned: Plan) -> Actor:
    """The root unit, a keeper of accounts, and a party clerk of the whole tree."""
    today = clock.today()
    root = next(iter(planned.forest.found.values()))
    keeper, top = orgs.begin(root, KEEPER, at=today)
    by = actor(keeper, today)
    clerk = orgs.open_account(CLERK, by=by, at=today, idem="world/open")
    orgs.grant(clerk, "party_clerk", top, by=by, at=today, idem="world/grant")
    return actor(clerk, today)


def record(planned: Plan, by: Actor) -> Iterator[int]:
    """Record units, persons, members, relations and facts in this order; how many were recorded after each step."""
    done = 0
    _, *units = planned.forest.found.values()
    relations_of = _of_kind(planned, RELATION)
    for load in (
        _loaded(units, lambda rows: orgs.load_units(rows, by=by)),
        _loaded(planned.persons, lambda rows: orgs.load_persons(rows, by=by)),
        _loaded(_members(planned), lambda rows: orgs.load_memberships(rows, by=by)),
        _loaded(relations_of, lambda rows: [_relate(batch, deed, by) for batch, deed in rows]),
        _loaded(_entries(planned), lambda rows: records.record_many(rows, by=by)),
    ):
        for number in load:
            done += number
            yield done


def _loaded(rows: Iterable[T], load: Callable[[list[T]], object]) -> Iterator[int]:
    """Hand rows in, many at once; how many after each time."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        load(some)
        yield len(some)


def _of_kind(planned: Plan, kind: str) -> Iterator[tuple[Batch, Deed]]:
    return ((batch, deed) for batch in planned.batches if batch.kind == kind for deed in batch.deeds)


def _members(planned: Plan) -> Iterator[NewMembership]:
    for batch, deed in _of_kind(planned, MEMBER):
        said = {key: str(value) for key, value in {**batch.body, **deed.own}.items()}
        yield NewMembership(OrgId(deed.org), PersonId(said["person"]), said["how"], said["stage"], said["category"],
                            said["age_band"], deed.day, deed.key, deed.about)  # fmt: skip


def _relate(batch: Batch, deed: Deed, by: Actor) -> str:
    other, kind = OrgId(str(deed.own["other"])), str(batch.body["relation"])
    return orgs.open_relation(kind, OrgId(deed.org), other, by=by, at=deed.day, idem=deed.key)


def _entries(planned: Plan) -> Iterator[Entry]:
    """Every other fact, right after the one that opens its thing."""
    for batch in planned.batches:
        if batch.kind in (FOUNDED, MEMBER, RELATION):
            continue
        opened = batch.openings()
        openings = {deed.about: deed for deed in opened.deeds} if opened else {}
        for deed in batch.deeds:
            if opened and (first := openings.pop(deed.about, None)):
                yield _entry(opened, first)
            yield _entry(batch, deed)


def _entry(batch: Batch, deed: Deed) -> Entry:
    body = {**batch.body, **deed.own, "late_reason": LATE}
    return Entry(batch.kind, OrgId(deed.org), _moment(deed.day), deed.key, body, about=deed.about)


@lru_cache(maxsize=4096)
def _moment(day: date) -> datetime:
    """When on a day things happened: the hour is nobody's."""
    return local_moment(day, hour=9)


def _hold(world: World, planned: Plan, by: Actor) -> None:
    """Raise Refused unless the record gives every figure the file promises."""
    broken = []
    for promise in world.figures:
        org = planned.forest.codes[promise.org or world.organisation.code]
        found = figure(by.scope, promise.figure, org, (promise.days or world.period).period)
        if found.value is None or not told_alike(promise.value, found.value):
            broken.append(_broken(promise.figure, str(promise.value), str(found.value)))
    if broken:
        raise Refused(broken)


def _broken(key: str, promised: str, found: str) -> Problem:
    return Problem("world.promise", f"{key} 许的是 {promised}，记录里是 {found}。",
                   f"{key} promises {promised}, on record is {found}.", key)  # fmt: skip


def _not_empty() -> Problem:
    return Problem(
        "world.not_empty",
        "这个数据库里已经有组织了，请换一个空的。",
        "This database holds an installation already; name an empty one.",
        "--into",
    )
