"""Random histories of the cast's city: records, corrections, closings and changes of the tree, one deed a step."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from gangmu.kernel.canon import Json
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Refused
from gangmu.ledger import sequencer
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewUnit
from gangmu.records import actions
from gangmu.records.entries import Entry
from tests.orgs.cast import City

YEAR = Period.of_year(2025)
UNITS = ("青禾市", "柳林县", "东镇", "西镇", "柳溪村", "柳溪支部")
QUESTIONS = (
    "money.spent",
    "activity.sessions[lecture]",
    "activity.attendance_rate",
    "matter.open",
    "organisation.branches",
    "record.late_share",
)
BRANCHES = ("柳溪支部", "石桥支部", "荷塘支部", "柳溪村", "东镇")
VILLAGES, TOWNS = ("柳溪村", "石桥村", "荷塘村"), ("东镇", "西镇")


class Life:
    """What happens to the city, through the ordinary actions; every deed leaves all its facts numbered."""

    def __init__(self, city: City, rng: Random) -> None:
        self.city, self.rng, self.steps = city, rng, 0
        self.standing: list[tuple[FactId, str, date, str]] = []

    def key(self) -> str:
        self.steps += 1
        return f"life/{self.steps}"

    def day(self) -> date:
        return YEAR.start + timedelta(days=self.rng.randrange(365))

    def _book(self, unit: str, day: date, fact: FactId | None = None) -> None:
        body = {"direction": "out", "tags": ["site_building"], "amount": f"{self.rng.randrange(1, 10**6)}.05"}
        body |= {"late_reason": "batch"}
        if fact is None:
            entry = Entry.on("money.booked", self.city[unit], day, self.key(), body)
            (receipt,) = actions.record_many([entry], by=self.city.clerk)
        else:
            receipt = actions.restate_fact(fact, self.city[unit], body=body, on=day, reason="wrong_value", note="",
                                           by=self.city.clerk, idem=self.key())  # fmt: skip
        self.standing.append((receipt.id, unit, day, "money.booked"))

    def book(self) -> None:
        self._book(self.rng.choice(BRANCHES), self.day())

    def meet(self) -> None:
        unit, day = self.rng.choice(BRANCHES), self.day()
        body: dict[str, Json] = {
            "tags": ["lecture"],
            "present": self.rng.randrange(20),
            "expected": 20,
            "late_reason": "batch",
        }
        receipt = actions.record_fact(
            "activity.held", self.city[unit], body=body, on=day, by=self.city.clerk, idem=self.key()
        )
        self.standing.append((receipt.id, unit, day, "activity.held"))

    def take_back(self) -> None:
        if self.standing:
            fact, *_ = self.standing.pop(self.rng.randrange(len(self.standing)))
            actions.reverse_fact(fact, reason="mistake", note="", by=self.city.clerk, idem=self.key())

    def put_right(self) -> None:
        booked = [one for one in self.standing if one[3] == "money.booked"]
        if booked:
            one = self.rng.choice(booked)
            self.standing.remove(one)
            self._book(one[1], one[2], one[0])

    def close(self) -> None:
        unit, quarter = self.rng.choice(("青禾市", "东镇")), Period.of_quarter(2025, self.rng.randrange(1, 5))
        period = YEAR if self.rng.random() < 0.3 else quarter
        actions.close_period(self.city[unit], period, by=self.city.clerk, idem=self.key())

    def move(self) -> None:
        village, town = self.rng.choice(VILLAGES), self.rng.choice(TOWNS)
        orgs.move_unit(self.city[village], self.city[town], by=self.city.clerk, at=self.day(), idem=self.key())

    def found(self) -> None:
        under = self.city[self.rng.choice(VILLAGES)]
        name = f"新支部{self.steps}"
        new = NewUnit(name, "branch", "rural", under, self.day(), self.key())
        self.city.units[name] = OrgId(orgs.load_units([new], by=self.city.clerk)[0])

    def step(self) -> None:
        """One deed; one that the rules refuse leaves everything as it was."""
        deeds: list[Callable[[], None]] = [self.book, self.meet, self.book, self.meet, self.take_back, self.put_right,
                                           self.close, self.move, self.found]  # fmt: skip
        try:
            self.rng.choice(deeds)()
        except Refused:
            return
        finally:
            sequencer.run_until_empty()
