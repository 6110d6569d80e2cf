"""Who is on which roster: village committees elected twice, grid workers, resident secretaries. Pure."""

from collections.abc import Iterator
from datetime import date

from gangmu.cli.city.plan import YEAR, City, Unit, a_day, chance, ident
from gangmu.cli.city.year import entry
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import PersonId
from gangmu.records.entries import Entry

ELECTED_BEFORE, ELECTED = date(2021, 3, 15), date(YEAR, 3, 20)  # the two elections of village committees
BANDS = ("below_college", "college", "bachelor", "postgraduate")


def people_under(city: City, unit: Unit, count: int) -> list[PersonId]:
    """The first members of the branches under the unit, in turn: those whom it puts on its rosters."""
    below = [one for one in city.branches_under(unit) if one.members]
    numbers = range(max((one.members for one in below), default=0))
    found = (
        PersonId(ident("person", f"{one.code}/{number}")) for number in numbers for one in below if number < one.members
    )
    return [person for person, _ in zip(found, range(count), strict=False)]


def enrolled(unit: Unit, roster: str, number: int, person: PersonId, on: date, **body: Json) -> Entry:
    """Somebody entered on a roster."""
    key = f"{roster}/{on.year}/{number}"
    return entry(
        unit,
        "enrolment.started",
        on,
        key,
        {"tags": [roster], "person": person, **body},
        about=ident("enrolment", unit.code, key),
    )


def left(unit: Unit, started: Entry, on: date, reason: str) -> Entry:
    """Somebody taken off again."""
    return entry(unit, "enrolment.ended", on, str(started.about), {"reason": reason}, about=started.about)


def village_rosters(city: City, unit: Unit) -> Iterator[Entry]:
    """Two committees elected one after the other, grid workers, volunteers, here and there a reserve."""
    pick = chance("rosters", unit.code)
    people = people_under(city, unit, 14)
    seats = min(5, len(people))
    for number, person in enumerate(people[:seats]):
        before = enrolled(
            unit, "village_committee", number, person, ELECTED_BEFORE, education=pick.choices(BANDS, (55, 32, 12, 1))[0]
        )
        yield before
        yield left(unit, before, ELECTED, "term_over")
        yield enrolled(
            unit, "village_committee", number, person, ELECTED, education=pick.choices(BANDS, (34, 42, 22, 2))[0]
        )
    for number, person in enumerate(people[seats : seats + 3]):
        yield enrolled(
            unit, "grid_worker", number, person, date(2022, 5, 1) if pick.random() < 0.8 else a_day(unit, pick)
        )
    for number, person in enumerate(people[seats + 3 :]):
        roster = pick.choice(("volunteer", "volunteer", "reserve", "prosperity_leader", "mediator", "practical_talent"))
        yield enrolled(unit, roster, number, person, a_day(unit, pick), party_member=True)


def township_rosters(city: City, unit: Unit) -> Iterator[Entry]:
    """Resident secretaries sent for the year and those who came back, teachers, lead geese."""
    pick = chance("rosters", unit.code)
    people = people_under(city, unit, 24)
    for number, person in enumerate(people):
        roster = ("resident_secretary", "resident_secretary", "teacher", "lead_goose", "party_worker")[number % 5]
        new = pick.random() < 0.55
        started = enrolled(
            unit, roster, number, person, a_day(unit, pick, date(YEAR, 9, 30)) if new else date(2023, 7, 1)
        )
        yield started
        if not new and pick.random() < 0.3:
            yield left(unit, started, date(YEAR, 7, 1), "term_over")
