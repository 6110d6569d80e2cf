"""Whatever is recorded, taken back and put right: a figure is the sum of what stands, at every unit, in every period."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from gangmu.indicators import queries
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.records import actions
from gangmu.records.entries import Entry
from tests.indicators.conftest import own_mart
from tests.orgs.cast import City
from tests.orgs.conftest import city

__all__ = ["city", "own_mart"]
BODY = {"direction": "out", "tags": ["site_building"], "late_reason": "batch"}
START, DAYS = date(2024, 11, 1), 150
BRANCHES = ("柳溪支部", "石桥支部", "荷塘支部", "柳溪村", "东镇")
BENEATH = {
    "柳林县": set(BRANCHES),
    "东镇": {"柳溪支部", "石桥支部", "柳溪村", "东镇"},
    "西镇": {"荷塘支部"},
    "柳溪村": {"柳溪支部", "柳溪村"},
    "荷塘支部": {"荷塘支部"},
}


@dataclass
class Spent:
    """An amount that a unit booked; it stands until it is taken back."""

    fact: FactId
    unit: str
    day: date
    amount: Decimal
    stands: bool = True


class Story:
    """Random bookings, reversals and restatements, through the ordinary actions."""

    def __init__(self, city: City, rng: Random) -> None:
        self.city, self.rng, self.told = city, rng, list[Spent]()
        self.number = 0

    def key(self) -> str:
        self.number += 1
        return f"step/{self.number}"

    def entry(self) -> tuple[Entry, Spent]:
        unit, day = self.rng.choice(BRANCHES), START + timedelta(days=self.rng.randrange(DAYS))
        amount = Decimal(self.rng.randrange(1, 10**7)) / 100
        body = {**BODY, "amount": f"{amount:.2f}"}
        entry = Entry.on("money.booked", self.city[unit], day, self.key(), body)
        return entry, Spent(FactId(""), unit, day, amount)

    def book(self) -> None:
        rows = [self.entry() for _ in range(self.rng.randrange(1, 4))]
        receipts = actions.record_many([entry for entry, _ in rows], by=self.city.clerk)
        for receipt, (_, spent) in zip(receipts, rows, strict=True):
            spent.fact = receipt.id
            self.told.append(spent)

    def standing(self) -> Spent | None:
        return self.rng.choice([one for one in self.told if one.stands] or [None])

    def take_back(self) -> None:
        if (one := self.standing()) is not None:
            actions.reverse_fact(one.fact, reason="mistake", note="", by=self.city.clerk, idem=self.key())
            one.stands = False

    def put_right(self) -> None:
        if (one := self.standing()) is not None:
            amount = one.amount + 1
            body = {**BODY, "amount": f"{amount:.2f}"}
            receipt = actions.restate_fact(one.fact, self.city[one.unit], body=body, on=one.day, reason="wrong_value",
                                           note="", by=self.city.clerk, idem=self.key())  # fmt: skip
            one.stands = False
            self.told.append(Spent(receipt.id, one.unit, one.day, amount))

    def number_some(self) -> None:
        sequencer.run_once()

    def live(self, steps: int) -> None:
        deeds: list[Callable[[], None]] = [self.book, self.book, self.take_back, self.put_right, self.number_some]
        for _ in range(steps):
            self.rng.choice(deeds)()

    def net(self, unit: str, period: Period) -> list[Spent]:
        return [one for one in self.told if one.stands and one.unit in BENEATH[unit] and one.day in period]


def periods(rng: Random) -> list[Period]:
    start = START + timedelta(days=rng.randrange(DAYS))
    return [Period(START, START + timedelta(days=DAYS)), Period.of_month(2025, 1),
            Period(start, start + timedelta(days=rng.randrange(60)))]  # fmt: skip


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_figure_is_the_sum_of_what_stands(city: City, seed: int) -> None:
    rng = Random(seed)
    story = Story(city, rng)
    for _ in range(2):  # the second half is folded into what was read after the first
        story.live(12)
        for period in periods(rng):
            for unit in BENEATH:
                rows = story.net(unit, period)
                found = queries.figure(city.clerk.scope, "money.spent", city[unit], period)
                expected = sum((one.amount for one in rows), Decimal(0)) if rows else None
                assert found.value == expected, f"seed {seed}: {unit} {period}"
                behind = queries.facts_behind(city.clerk.scope, "money.spent", city[unit], period, size=500)
                assert {row.fact for row in behind.rows} == {one.fact for one in rows}
    assert any(not one.stands for one in story.told)


@pytest.mark.parametrize("seed", [21])
def test_every_entry_is_kept_and_each_reversal_names_the_one_it_takes_back(city: City, seed: int) -> None:
    story = Story(city, Random(seed))
    story.live(25)
    kept = ledger.facts(ledger.FactFilter(kinds=frozenset({"money.booked"})), limit=1000)
    assert {fact.id for fact in kept} == {one.fact for one in story.told}
    assert {fact.id for fact in kept if fact.reversed_by} == {one.fact for one in story.told if not one.stands}
    for fact in kept:
        if fact.reversed_by:
            assert ledger.fact(fact.reversed_by).ref("reverses") == fact.id


@pytest.mark.parametrize("seed", [31])
def test_children_and_the_units_own_sum_to_the_whole(city: City, seed: int) -> None:
    story = Story(city, Random(seed))
    story.live(20)
    whole = Period(START, START + timedelta(days=DAYS))
    for unit in ("柳林县", "东镇", "柳溪村"):
        figure = queries.figure(city.clerk.scope, "money.spent", city[unit], whole)
        children = queries.children(city.clerk.scope, "money.spent", city[unit], whole)
        assert sum(one.value or 0 for one in children) == (figure.value or 0)
