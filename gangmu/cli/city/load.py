"""Recording the city: every fact goes through the ordinary actions in their batch form, as the account that may."""

import gc
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice

from django.db import transaction

from gangmu.cli.city import changes, people
from gangmu.cli.city.plan import ROOT_CODE, City, Unit, org_id
from gangmu.cli.hands import Tell, one_hand
from gangmu.indicators import mart
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, PersonId
from gangmu.kernel.scope import Actor
from gangmu.ledger import engine, sequencer
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewHolding
from gangmu.orgs.scope import actor
from gangmu.people.actions import set_password
from gangmu.people.queries import account_named, any_account
from gangmu.records import actions as records
from gangmu.records.entries import Entry

BEGAN = date(2025, 1, 1)  # accounts and grants hold from the first day of the year
AT_ONCE = 6000
ALIVE_AT_ONCE = 1_000_000  # more objects than a batch has
KEEPER = "keeper"
PASSWORD = "qinghe-demo-2025"  # noqa: S105 - printed by the demo; it opens nothing but an invented city

Hands = Callable[[Callable[[Unit, Tell], None], Sequence[Unit], Tell], None]


@dataclass(slots=True)
class Loading:
    """A city being recorded: who acts for which desk."""

    city: City
    actors: dict[str, Actor] = field(default_factory=dict)

    def by(self, desk: str) -> Actor:
        return self.actors[desk]


def record_city(city: City, tell: Tell, hands: Hands = one_hand) -> None:
    """Record everything, in the order in which one thing rests on another; done parts are answered, not doubled.

    `tell` hears how many facts each batch held. What desks record rests on no other desk's record of the same step:
    `hands` says whether several work at once.
    """
    loading = Loading(city)
    with transaction.atomic():
        accounts = clerks(city, begun(city))
        found(loading, accounts, tell)
    loading.actors = {desk: actor(account, clock.today()) for desk, account in accounts.items()}
    desks = sorted(city.desks, key=lambda desk: -len(city.at_desk(desk)))  # the long ones first, so that none is last
    hands(partial(record_people, loading), desks, tell)
    hands(partial(record_year, loading), desks, tell)
    with transaction.atomic():
        changes.record(loading.city, loading.actors, tell)


def begun(city: City) -> Actor:
    """The keeper of accounts, who answers for the root unit's founding."""
    if not any_account():
        account, _ = orgs.begin(city.units[0].new, KEEPER, at=BEGAN)
        set_password(account, PASSWORD)
    return actor(account_named(KEEPER), clock.today())


def clerks(city: City, keeper: Actor) -> dict[str, AccountId]:
    """An account for every desk; nobody signs in as one of them but those the demo prints."""
    return {
        desk.code: orgs.open_account(login(desk.code), by=keeper, at=BEGAN, idem=f"city/clerk/{desk.code}")
        for desk in city.desks
    }


def login(code: str) -> str:
    """The sign-in name of a desk's clerk."""
    return f"clerk-{code.lower()}"


def found(loading: Loading, accounts: dict[str, AccountId], tell: Tell) -> None:
    """Found the units (the city's clerk does), then let every clerk work at the desk."""
    keeper = actor(account_named(KEEPER), clock.today())
    orgs.grant(
        accounts[ROOT_CODE], "party_clerk", org_id(ROOT_CODE), by=keeper, at=BEGAN, idem=f"city/grant/{ROOT_CODE}"
    )
    clerk = actor(accounts[ROOT_CODE], clock.today())
    rest = [unit.new for unit in loading.city.units[1:]]
    tell(len(orgs.load_units(rest, by=clerk)))
    for code, account in accounts.items():
        if code != ROOT_CODE:
            orgs.grant(account, "party_clerk", org_id(code), by=keeper, at=BEGAN, idem=f"city/grant/{code}")


def record_people(loading: Loading, desk: Unit, tell: Tell) -> None:
    """Persons, memberships, posts and holdings of everything at one desk."""
    by, units = loading.by(desk.code), loading.city.at_desk(desk)
    branches = [unit for unit in units if unit.level == "branch"]
    persons = [new for unit in branches for new in (*people.persons(unit), *people.applicants(unit))]
    tell(len(orgs.load_persons(persons, by=by)))
    tell(len(orgs.load_memberships([new for unit in branches for new in people.memberships(unit)], by=by)))
    stages = [new for unit in branches for new in people.stages(unit)]
    endings = [end for unit in branches for end in people.leavers(unit)]
    seats = [seat for unit in units for seat in people.seats(unit, holders(loading.city, unit))]
    with transaction.atomic():  # little in each: one wait for the disk serves them all
        tell(len(orgs.load_stages(stages, by=by)))
        tell(len(orgs.load_endings(endings, by=by)))
        tell(record_seats(seats, by))


def holders(city: City, unit: Unit) -> tuple[people.Member, ...]:
    """Who sits in the posts of a unit: its own members, or those of the first branch under it."""
    if unit.level == "branch":
        return people.members(unit)
    first = next((one for one in city.branches_under(unit) if one.members), None)
    return people.members(first)[3:] if first else ()


def record_seats(seats: Sequence[people.Seat], by: Actor) -> int:
    """Posts, who holds them and who left; how many facts that were."""
    posts = orgs.load_posts([seat.post for seat in seats], by=by)
    held = [(post, seat) for post, seat in zip(posts, seats, strict=True) if seat.holder is not None]
    rows = [
        NewHolding(
            post, PersonId(seat.holder.person), seat.origin, seat.since, seat.post.idem.replace("post", "holding")
        )
        for post, seat in held
        if seat.holder
    ]
    holdings = orgs.load_holdings(rows, by=by)
    ended = [changes.vacated(holding, seat) for holding, (_, seat) in zip(holdings, held, strict=True) if seat.left]
    orgs.load_holding_endings(ended, by=by)
    return len(posts) + len(holdings) + len(ended)


def record_year(loading: Loading, desk: Unit, tell: Tell) -> None:
    """The year of everything at one desk, in batches."""
    by, city = loading.by(desk.code), loading.city
    every = changes.written(city, city.at_desk(desk))
    for some in batches(every, AT_ONCE):
        tell(len(records.record_many(some, by=by)))


def batches(rows: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """`rows` in lists of at most `size`."""
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield some


@contextmanager
def helper() -> Iterator[None]:
    """A worker beside the loading: it numbers and seals on the other core what has been recorded so far."""
    child = subprocess.Popen([sys.executable, "-m", "gangmu.cli.main", "worker"], stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        child.terminate()
        child.wait(timeout=60)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for dead cycles seldom: the objects of a batch all live until it is committed, and make none."""
    before = gc.get_threshold()
    gc.freeze()  # what is there by now stays
    gc.set_threshold(ALIVE_AT_ONCE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def seal() -> None:
    """Number everything and seal the mart's segments."""
    sequencer.run_until_empty()
    engine.take_stock()
    mart.seal_when_due()
