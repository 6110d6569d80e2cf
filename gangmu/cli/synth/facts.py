"""The facts of a large invented city as tables of the mart's own columns, one segment at a time.

Memory holds one segment and what is still to be recorded about its things. All follows from seed, units and sizes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from gangmu.cli.synth.drawing import Bits, Dice, bodies, ids, weights, written
from gangmu.cli.synth.recipes import FOLLOWING, LATE_AFTER, MONTHS, RECIPES, YEARS, Recipe, Then
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.postings import EPOCH, Column, days
from gangmu.indicators.store import REVERSE
from gangmu.kernel.clock import local_moment
from gangmu.orgs.entries import NewUnit

DAY = 86_400_000  # milliseconds
OPENS_AT = 8  # o'clock, when offices open
HOURS = 10  # so many hours later they close
POOL = 40  # so many households, firms and people a unit visits again and again
REVERSED = 0.003  # of a segment: so many facts are taken back
GROWTH = 1.15  # a year has so many times the records of the year before
BUSY, LATEST = 1.2, 90  # how unequal units are; a late record is at most so many days late
NOTHING = np.zeros((0, 16), np.uint8)


class Drawn(NamedTuple):
    """Facts of one kind: unit, day of the event, day of arrival, what they are about, their own ids and bodies."""

    kind: str
    unit: Column
    day: Column
    arrival: Column
    about: Bits | None
    own: Bits
    body: pa.Array


class Coming(NamedTuple):
    """What is to be recorded about things later: its kind (by its place in FOLLOWING), whose things they are, when."""

    kind: Column
    unit: Column
    day: Column
    about: Column


@dataclass(slots=True)
class City:
    """The units that record: how busy each is and how often each is late; ids as bytes, in the order of `units`."""

    seed: int
    kinds: NDArray[np.str_]
    orgs: Bits
    busy: NDArray[np.float64]
    tardy: NDArray[np.float64]
    shares: dict[tuple[str, ...], tuple[Column, NDArray[np.float64]]] = field(default_factory=dict)

    @classmethod
    def of(cls, seed: int, units: Sequence[NewUnit]) -> "City":
        dice = np.random.default_rng([seed, len(units)])
        good = dice.beta(2, 1.2, len(units))  # how well a unit is led: weak ones record little, and late
        orgs = np.frombuffer(bytes.fromhex("".join(str(new.org) for new in units)), np.uint8).reshape(-1, 16)
        busy = dice.lognormal(0, BUSY, len(units)) * (0.1 + good)
        return cls(seed, np.array([new.kind for new in units]), orgs, busy, 0.02 + 0.4 * (1 - good))

    def some(self, dice: Dice, at: tuple[str, ...], count: int) -> Column:
        """So many units of these kinds, busy ones often."""
        if at not in self.shares:
            places = np.flatnonzero(np.isin(self.kinds, at))
            self.shares[at] = places, np.cumsum(self.busy[places])
        places, running = self.shares[at]
        return np.asarray(places[np.searchsorted(running, dice.random(count) * running[-1], side="right")])


class Calendar(NamedTuple):
    """The days of the years, and the share of all records that has arrived by the end of each."""

    first: int
    running: NDArray[np.float64]

    @classmethod
    def of_years(cls) -> "Calendar":
        first = days(date(YEARS[0], 1, 1))
        every = np.arange(first, days(date(YEARS[-1], 12, 31)) + 1).astype("datetime64[D]")
        month = every.astype("datetime64[M]").astype(int) % 12
        year = every.astype("datetime64[Y]").astype(int) + EPOCH.year - YEARS[0]
        weekend = np.where(np.isin((every.astype(int) + 3) % 7, (5, 6)), 0.3, 1.0)
        busy = np.array(MONTHS)[month] * GROWTH**year * weekend
        return cls(first, np.cumsum(busy / busy.sum()))

    def day(self, share: NDArray[np.float64]) -> Column:
        """The day by whose end that share has arrived."""
        at = np.searchsorted(self.running, share, side="left")
        return np.asarray(self.first + np.minimum(at, len(self.running) - 1))


def segments(city: City, facts: int, size: int) -> Iterator[pa.Table]:
    """`facts` facts in segments of at most `size`, numbered −facts … −1 in the order of their arrival."""
    none = np.zeros(0, np.int64)
    calendar, waiting, known = Calendar.of_years(), Coming(none.astype(np.int16), none, none, NOTHING), NOTHING
    for number, start in enumerate(range(0, facts, size)):
        count = min(size, facts - start)
        dice = np.random.default_rng([city.seed, facts, number])
        shares = start / facts, (start + count) / facts
        last = int(calendar.day(np.array([shares[1]]))[0])
        due, waiting = _due(waiting, last, count // 2)
        taken = round(REVERSED * count) if len(known) else 0
        fresh, opened = _fresh(dice, city, calendar, shares, count - len(due.unit) - taken)
        waiting = _together([waiting, opened])
        first = int(calendar.day(np.array([shares[0]]))[0])
        told = [*fresh, *_follow(dice, city, due, first, last)]
        table = _table(dice, city, told, known[:taken], last, start - facts)
        known = _some_standing(told, taken or round(REVERSED * count))
        yield table


def _together(some: Sequence[Coming]) -> Coming:
    return Coming(*(np.concatenate(columns) for columns in zip(*some, strict=True)))


def _due(waiting: Coming, last: int, most: int) -> tuple[Coming, Coming]:
    """What is to be recorded up to a day, and the rest."""
    due = np.flatnonzero(waiting.day <= last)[:most]
    rest = np.ones(len(waiting.day), bool)
    rest[due] = False
    return Coming(*(column[due] for column in waiting)), Coming(*(column[rest] for column in waiting))


THEN_KINDS = tuple(FOLLOWING)


def _fresh(
    dice: Dice, city: City, calendar: Calendar, shares: tuple[float, float], count: int
) -> tuple[list[Drawn], Coming]:
    """New facts of every kind by its share, and what is to follow them."""
    part = np.array([one.share for one in RECIPES])
    counts = dice.multinomial(count, part / part.sum())
    found, opened = [], []
    for recipe, number in zip(RECIPES, counts, strict=True):
        drawn = _of_recipe(dice, city, calendar, shares, recipe, int(number))
        found.append(drawn)
        opened += [_following(dice, then, drawn, drawn.about) for then in recipe.then if drawn.about is not None]
    return found, _together(opened)


def _of_recipe(
    dice: Dice, city: City, calendar: Calendar, shares: tuple[float, float], recipe: Recipe, count: int
) -> Drawn:
    unit = city.some(dice, recipe.at, count)
    arrival = calendar.day(dice.uniform(*shares, count))
    day = arrival - _lateness(dice, city, unit)
    return Drawn(recipe.kind, unit, day, arrival, _about(dice, city, recipe, unit), ids(dice, count),
                 bodies(dice, recipe.body, arrival - day > LATE_AFTER))  # fmt: skip


def _lateness(dice: Dice, city: City, unit: Column) -> Column:
    late = dice.random(len(unit)) < city.tardy[unit]
    return np.where(
        late, np.minimum(LATE_AFTER + dice.geometric(0.06, len(unit)), LATEST), dice.integers(0, 3, len(unit))
    )


def _about(dice: Dice, city: City, recipe: Recipe, unit: Column) -> Bits | None:
    match recipe.about:
        case "":
            return None
        case "unit":
            return city.orgs[unit]
        case "thing":
            return ids(dice, len(unit))
        case "pool":
            bits = city.orgs[unit].copy()
            bits[:, 0] ^= dice.choice(POOL, len(unit), p=weights(POOL)).astype(np.uint8) + 1
            return bits


def _following(dice: Dice, then: Then, drawn: Drawn, about: Bits) -> Coming:
    some = np.flatnonzero(dice.random(len(drawn.unit)) * 100 < then.cases)
    later = 1 + dice.exponential(then.days, len(some)).astype(np.int64)
    kind = np.full(len(some), THEN_KINDS.index(then.kind), np.int16)
    return Coming(kind, drawn.unit[some], drawn.day[some] + later, about[some])


def _follow(dice: Dice, city: City, due: Coming, first: int, last: int) -> Iterator[Drawn]:
    """The facts that were to come, arriving on the days of the segment."""
    for number, kind in enumerate(THEN_KINDS):
        at = np.flatnonzero(due.kind == number)
        if len(at):
            unit, planned = due.unit[at], due.day[at]
            lateness = _lateness(dice, city, unit)
            arrival = np.clip(planned + lateness, first, last)
            day = np.minimum(np.maximum(planned, arrival - lateness), arrival)
            late = arrival - day > LATE_AFTER
            yield Drawn(
                kind, unit, day, arrival, due.about[at], ids(dice, len(at)), bodies(dice, FOLLOWING[kind], late)
            )


def _some_standing(told: Sequence[Drawn], count: int) -> Bits:
    """Facts that will be taken back later: each with the unit it lies at, as 16 + 8 bytes."""
    one = told[0]
    return np.hstack((one.own[:count], one.unit[:count].view(np.uint8).reshape(-1, 8)))


def _table(dice: Dice, city: City, told: Sequence[Drawn], taken_back: Bits, last: int, first_seq: int) -> pa.Table:
    unit = np.concatenate(
        [*(one.unit for one in told), np.ascontiguousarray(taken_back[:, 16:]).view(np.int64).ravel()]
    )
    back = len(taken_back)
    arrival = np.concatenate([*(one.arrival for one in told), np.full(back, last)])
    day = np.concatenate([*(one.day for one in told), np.full(back, last)])
    received = _moments(dice, arrival)
    order = np.argsort(received, kind="stable")
    columns = {
        "id": written(np.concatenate([*(one.own for one in told), ids(dice, back)])),
        "kind": pa.concat_arrays([_all(one.kind, len(one.unit)) for one in told] + [_all(REVERSE, back)]),
        "org": written(city.orgs[unit]),
        "about": pa.concat_arrays([_abouts(one) for one in told] + [pa.nulls(back, pa.string())]),
        "day": pa.array(day.astype(np.int32)).cast(pa.date32()),
        "received": pa.array(received),
        "late_days": pa.array((arrival - day).astype(np.int32)),
        "body": pa.concat_arrays(
            [*(one.body for one in told), _all('{"reason":"mistake","reversed_kind":"activity.held"}', back)]
        ),
        "reverses": pa.concat_arrays([pa.nulls(len(day) - back, pa.string()), written(taken_back[:, :16])]),
    }
    table = pa.table(columns).take(pa.array(order))
    numbered = table.append_column("seq", pa.array(np.arange(first_seq, first_seq + len(day))))
    return numbered.select(INCOMING.names).cast(INCOMING)


def _moments(dice: Dice, day: Column) -> Column:
    """A moment of office hours on each local day, in milliseconds."""
    midnight = round(local_moment(EPOCH).timestamp() * 1000)
    return np.asarray(midnight + day * DAY + OPENS_AT * DAY // 24 + dice.integers(0, HOURS * DAY // 24, len(day)))


def _abouts(one: Drawn) -> pa.Array:
    return pa.nulls(len(one.unit), pa.string()) if one.about is None else written(one.about)


def _all(text: str, count: int) -> pa.Array:
    return pa.repeat(text, count).cast(pa.string())
