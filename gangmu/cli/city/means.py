"""What units have and receive: places, rosters, money, honours, cited numbers. Pure, as entries for the intake."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gangmu.cli.city.plan import YEAR, City, Unit, chance, ident
from gangmu.cli.city.year import LAST, entry
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import PersonId
from gangmu.records.entries import Entry

ELECTED_BEFORE, ELECTED = date(2021, 3, 15), date(YEAR, 3, 20)  # the two elections of village committees
QUARTER_ENDS = (date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 9, 30), date(YEAR, 12, 31))
BANDS = ("below_college", "college", "bachelor", "postgraduate")
GAMES = (2020, 2021, 2022, 2023, 2024, 2025)  # the city's sports meetings


def entries(city: City, unit: Unit) -> Iterator[Entry]:
    """Everything of this file that one unit records."""
    if unit.level == "village":
        yield from village_places(unit)
        yield from village_rosters(city, unit)
        yield from village_money(unit)
        yield from stars(unit)
    if unit.level == "township":
        yield from township_places(unit)
        yield from township_rosters(city, unit)
        yield from township_money(unit)
    if unit.level == "branch":
        yield from dues(unit)
    if unit.level in ("county", "city"):
        yield from upper_money(unit)
        yield from honours(city, unit)
    if unit.level == "city":
        yield from cited(unit)
        yield from games(unit)


def _day(unit: Unit, pick: Random, latest: date = LAST) -> date:
    """A day of the year on which the unit stood."""
    return unit.since + timedelta(days=pick.randrange((latest - unit.since).days + 1))


def place(unit: Unit, kind: str, number: int, on: date, **body: Json) -> Entry:
    """A place set up by the unit."""
    tags = [kind, *(["urban"] if unit.new.kind == "community" and kind == "grid" else [])]
    return entry(unit, "site.opened", on, f"{kind}/{number}", {"tags": tags, **body},
                 about=ident("site", unit.code, f"{kind}/{number}"))  # fmt: skip


def village_places(unit: Unit) -> Iterator[Entry]:
    """A centre, some grids (redrawn here and there in the year), a station in the better half."""
    pick = chance("places", unit.code)
    old, urban = date(2018, 6, 1), unit.new.kind == "community"
    yield place(
        unit, "service_centre", 0, _day(unit, pick) if pick.random() < 0.08 else old, area=pick.randrange(120, 900)
    )
    yield place(unit, "activity_site", 0, date(2016, 5, 4))
    grids = pick.randrange(4, 9) if urban else pick.randrange(2, 5)
    for number in range(grids):
        new = pick.random() < 0.12
        yield place(unit, "grid", number, _day(unit, pick) if new else old, households=pick.randrange(90, 380))
    if pick.random() < 0.1:
        yield entry(
            unit,
            "site.closed",
            date(YEAR, 10, 15),
            "grid/0",
            {"reason": "redrawn"},
            about=ident("site", unit.code, "grid/0"),
        )
    for kind, share in (("relay_station", 0.4), ("cooperative_site", 0.2), ("resident_room", 0.25), ("canteen", 0.15)):
        if pick.random() < share * unit.quality:
            yield place(unit, kind, 0, _day(unit, pick))


def township_places(unit: Unit) -> Iterator[Entry]:
    """Three sites to be upgraded, a civilisation centre, a company, a mediation room."""
    pick = chance("places", unit.code)
    for number in range(3):
        yield entry(unit, "site.opened", date(2017, 7, 1), f"activity_site/{number}", {"tags": ["activity_site"]},
                    about=ident("site", unit.code, str(number)))  # fmt: skip
    for kind, share in (
        ("civilisation_centre", 0.6),
        ("village_company", 0.5),
        ("mediation_room", 0.7),
        ("startup_base", 0.3),
    ):
        if pick.random() < share:
            yield place(unit, kind, 0, _day(unit, pick))


def people_under(city: City, unit: Unit, count: int) -> list[PersonId]:
    """The first members of the branches under the unit, in turn: those whom it puts on its rosters."""
    below = [one for one in city.of_level("branch") if one.code.startswith(unit.code) and one.members]
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
            unit, "grid_worker", number, person, date(2022, 5, 1) if pick.random() < 0.8 else _day(unit, pick)
        )
    for number, person in enumerate(people[seats + 3 :]):
        roster = pick.choice(("volunteer", "volunteer", "reserve", "prosperity_leader", "mediator", "practical_talent"))
        yield enrolled(unit, roster, number, person, _day(unit, pick), party_member=True)


def township_rosters(city: City, unit: Unit) -> Iterator[Entry]:
    """Resident secretaries sent for the year and those who came back, teachers, lead geese."""
    pick = chance("rosters", unit.code)
    people = people_under(city, unit, 24)
    for number, person in enumerate(people):
        roster = ("resident_secretary", "resident_secretary", "teacher", "lead_goose", "party_worker")[number % 5]
        new = pick.random() < 0.55
        started = enrolled(
            unit, roster, number, person, _day(unit, pick, date(YEAR, 9, 30)) if new else date(2023, 7, 1)
        )
        yield started
        if not new and pick.random() < 0.3:
            yield left(unit, started, date(YEAR, 7, 1), "term_over")


def booked(unit: Unit, use: str, on: date, amount: Json, key: str, way: str = "out", **body: Json) -> Entry:
    """One sum in or out; `amount` in yuan."""
    return entry(unit, "money.booked", on, f"{use}/{key}", {"tags": [use], "direction": way, "amount": amount, **body})


def village_money(unit: Unit) -> Iterator[Entry]:
    """Collective income by quarter (villages), pay of cadres, funds for services."""
    pick = chance("money", unit.code)
    if unit.new.kind == "village":
        year = 1000 * round(pick.lognormvariate(5.1 + 0.6 * unit.quality, 0.85))
        for number, on in enumerate(QUARTER_ENDS, 1):
            yield booked(
                unit,
                "collective_income",
                on,
                f"{year // 4 + pick.randrange(100)}.{pick.randrange(100):02d}",
                str(number),
                "in",
            )
    for number, on in enumerate(QUARTER_ENDS, 1):
        people = pick.randrange(4, 8)
        yield booked(unit, "cadre_welfare", on, people * 3 * 2400, str(number), person_months=people * 3)
    yield booked(unit, "party_funds", _day(unit, pick), 1000 * pick.randrange(10, 41), "1")
    if pick.random() < 0.5:
        yield booked(unit, "care_fund", _day(unit, pick), 500 * pick.randrange(4, 30), "1")


def township_money(unit: Unit) -> Iterator[Entry]:
    """Building of sites, upgrading of centres, allowances by the month, grants from dues."""
    pick = chance("money", unit.code)
    for number in range(pick.randrange(1, 4)):
        yield booked(unit, "site_building", _day(unit, pick), 10_000 * pick.randrange(8, 60), str(number))
    yield booked(unit, "centre_upgrade", _day(unit, pick), 10_000 * pick.randrange(5, 40), "1")
    people = pick.randrange(3, 9)
    for number, on in enumerate(QUARTER_ENDS, 1):
        yield booked(unit, "talent_allowance", on, people * 3 * 800, str(number), person_months=people * 3)
    yield booked(unit, "dues_grant", _day(unit, pick), 1000 * pick.randrange(20, 90), "1")


def upper_money(unit: Unit) -> Iterator[Entry]:
    """What county and city put into training, start-ups, contests and projects."""
    pick = chance("money", unit.code)
    for use, low, high, times in (("training_fund", 8, 40, 4), ("startup_support", 20, 90, 2), ("contest_fund", 50, 200, 2),
                                  ("project_fund", 120, 600, 5)):  # fmt: skip
        for number in range(times):
            yield booked(unit, use, _day(unit, pick), 10_000 * pick.randrange(low, high), str(number))


def dues(unit: Unit) -> Iterator[Entry]:
    """Dues by the half year."""
    pick = chance("dues", unit.code)
    for number, on in enumerate((date(YEAR, 6, 30), date(YEAR, 12, 31)), 1):
        if unit.since <= on:
            yield booked(
                unit, "dues", on, f"{unit.members * pick.randrange(48, 120)}.{pick.randrange(10)}0", str(number), "in"
            )


def stars(unit: Unit) -> Iterator[Entry]:
    """The year's rating of village organisations: three stars at least, the good ones more."""
    pick = chance("stars", unit.code)
    rated = min(5, max(3, round(2.2 + 2.6 * unit.quality + pick.gauss(0, 0.4))))
    if pick.random() < 0.9:
        yield entry(
            unit,
            "honour.granted",
            date(YEAR, 12, 10),
            "stars",
            {"tags": ["star_rating"], "stars": rated},
            about=unit.org,
        )


def honours(city: City, unit: Unit) -> Iterator[Entry]:
    """Honours that county and city gave or were given."""
    pick = chance("honours", unit.code)
    level, best = ("municipal", 40) if unit.level == "city" else ("county", 24)
    good = [
        one
        for one in city.of_level("branch")
        if one.code.startswith(unit.code) and one.quality > 0.8 and one.since.month < 6
    ]
    for number, one in enumerate(pick.sample(good, min(best, len(good)))):
        yield entry(unit, "honour.granted", date(YEAR, 6, 28), f"model/{number}",
                    {"tags": ["model_organisation", level], "issuer": unit.new.name}, about=one.org)  # fmt: skip
    for kind, rank, grade in (("innovation_case", "national", "ten_best"), ("research_award", "provincial", "first_prize"),
                              ("advanced_group", "provincial", "excellent"), ("media_report", "national", "excellent")):  # fmt: skip
        for number in range(pick.randrange(0, 4)):
            yield entry(
                unit,
                "honour.granted",
                _day(unit, pick),
                f"{kind}/{number}",
                {"tags": [kind, rank, grade]},
                about=unit.org,
            )


def cited(unit: Unit) -> Iterator[Entry]:
    """Numbers of others: the study platform's months, a list, a survey. Their source stands beside them."""
    pick = chance("cited", unit.code)
    for month in range(1, 13):
        on = date(YEAR, month, 28)
        for kind, value, words in (
            ("pushed_resources", pick.randrange(1900, 3300), "推送"),
            ("platform_views", pick.randrange(90_000, 160_000), "浏览"),
        ):
            yield entry(unit, "citation.recorded", on, f"{kind}/{month}",
                        {"tags": [kind], "value": value, "issuer": "青禾先锋云平台", "document": f"{YEAR}年{month}月{words}月报"})  # fmt: skip
    yield entry(unit, "citation.recorded", date(YEAR, 11, 20), "list",
                {"tags": ["list_size"], "value": 21, "unit": "个", "issuer": "省委组织部", "document": "基层治理创新案例名单"})  # fmt: skip


def games(unit: Unit) -> Iterator[Entry]:
    """The city's sports meeting of every year."""
    for year in GAMES:
        yield entry(
            unit,
            "activity.held",
            date(year, 5, 4),
            f"sports/{year}",
            {"tags": ["sports_meeting"], "present": 300 + 20 * (year - 2020)},
        )
