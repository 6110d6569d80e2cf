"""What units have and receive: places, honours, cited numbers, and all their means together. Pure."""

from collections.abc import Iterator
from datetime import date

from gangmu.cli.city import money, rosters
from gangmu.cli.city.plan import YEAR, City, Unit, a_day, chance, ident
from gangmu.cli.city.year import entry
from gangmu.kernel.canon import Json
from gangmu.records.entries import Entry

GAMES = (2020, 2021, 2022, 2023, 2024, 2025)  # the city's sports meetings


def entries(city: City, unit: Unit) -> Iterator[Entry]:
    """Everything of this file that one unit records."""
    if unit.level == "village":
        yield from village_places(unit)
        yield from rosters.village_rosters(city, unit)
        yield from money.village_money(unit)
        yield from stars(unit)
    if unit.level == "township":
        yield from township_places(unit)
        yield from rosters.township_rosters(city, unit)
        yield from money.township_money(unit)
    if unit.level == "branch":
        yield from money.dues(unit)
    if unit.level in ("county", "city"):
        yield from money.upper_money(unit)
        yield from honours(city, unit)
    if unit.level == "city":
        yield from cited(unit)
        yield from games(unit)


def place(unit: Unit, kind: str, number: int, on: date, **body: Json) -> Entry:
    """A place set up by the unit."""
    tags = [kind, *(["urban"] if unit.new.kind == "community" and kind == "grid" else [])]
    return entry(
        unit,
        "site.opened",
        on,
        f"{kind}/{number}",
        {"tags": tags, **body},
        about=ident("site", unit.code, f"{kind}/{number}"),
    )


def village_places(unit: Unit) -> Iterator[Entry]:
    """A centre, some grids (redrawn here and there in the year), a station in the better half."""
    pick = chance("places", unit.code)
    old, urban = date(2018, 6, 1), unit.new.kind == "community"
    yield place(
        unit, "service_centre", 0, a_day(unit, pick) if pick.random() < 0.08 else old, area=pick.randrange(120, 900)
    )
    yield place(unit, "activity_site", 0, date(2016, 5, 4))
    grids = pick.randrange(4, 9) if urban else pick.randrange(2, 5)
    for number in range(grids):
        new = number > 0 and pick.random() < 0.14
        yield place(unit, "grid", number, a_day(unit, pick) if new else old, households=pick.randrange(90, 380))
    if pick.random() < 0.2:
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
            yield place(unit, kind, 0, a_day(unit, pick))


def township_places(unit: Unit) -> Iterator[Entry]:
    """Three sites to be upgraded, a civilisation centre, a company, a mediation room."""
    pick = chance("places", unit.code)
    for number in range(3):
        yield entry(
            unit,
            "site.opened",
            date(2017, 7, 1),
            f"activity_site/{number}",
            {"tags": ["activity_site"]},
            about=ident("site", unit.code, str(number)),
        )
    for kind, share in (
        ("civilisation_centre", 0.6),
        ("village_company", 0.5),
        ("mediation_room", 0.7),
        ("startup_base", 0.3),
    ):
        if pick.random() < share:
            yield place(unit, kind, 0, a_day(unit, pick))


def stars(unit: Unit) -> Iterator[Entry]:
    """The year's rating of village organisations: three stars at least, the good ones more."""
    pick = chance("stars", unit.code)
    rated = min(5, max(3, round(1.3 + 2.9 * unit.quality + pick.gauss(0, 0.5))))
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
        yield entry(
            unit,
            "honour.granted",
            date(YEAR, 6, 28),
            f"model/{number}",
            {"tags": ["model_organisation", level], "issuer": unit.new.name},
            about=one.org,
        )
    for kind, rank, grade in (
        ("innovation_case", "national", "ten_best"),
        ("research_award", "provincial", "first_prize"),
        ("advanced_group", "provincial", "excellent"),
        ("media_report", "national", "excellent"),
    ):
        for number in range(pick.randrange(0, 4)):
            yield entry(
                unit,
                "honour.granted",
                a_day(unit, pick),
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
            yield entry(
                unit,
                "citation.recorded",
                on,
                f"{kind}/{month}",
                {
                    "tags": [kind],
                    "value": value,
                    "issuer": "青禾先锋云平台",
                    "document": f"{YEAR}年{month}月{words}月报",
                },
            )
    yield entry(
        unit,
        "citation.recorded",
        date(YEAR, 11, 20),
        "list",
        {"tags": ["list_size"], "value": 21, "unit": "个", "issuer": "省委组织部", "document": "基层治理创新案例名单"},
    )


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
