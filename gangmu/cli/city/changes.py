"""What makes the year uneven: padded books, a merged township, a branch for a task, corrections, a closed quarter."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from gangmu.cli.city import covering, granting, means, year
from gangmu.cli.city.people import Seat
from gangmu.cli.city.plan import OLD, YEAR, City, Unit, ident, org_id
from gangmu.cli.city.year import entry
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Actor
from gangmu.ledger.queries import fact, recorded_under
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import Ending, NewUnit, Part
from gangmu.orgs.lookups import members_of
from gangmu.records import actions as records
from gangmu.records.entries import Entry

MERGED = date(YEAR, 7, 1)  # the day on which one township is merged into its neighbour
TASK = date(YEAR, 6, 18), date(YEAR, 9, 2)  # the life of the branch founded for the flood season
SIGNED_UP = 19  # what the padded branches write down as present, whatever was held
CORRECTED = 24  # facts taken back, and as many put right
Actors = Mapping[str, Actor]


def padded_units(city: City) -> tuple[str, ...]:
    """The two branches that fill in their books in one evening before the check."""
    large = [unit for unit in city.of_level("branch") if unit.members >= SIGNED_UP and unit.new.at.year < YEAR]
    return tuple(unit.code for unit in sorted(large, key=lambda unit: (unit.quality, unit.code))[:2])


def merged_pair(city: City) -> tuple[Unit, Unit]:
    """The township that ends and the one that takes it in: neighbours in the last county."""
    last = [unit for unit in city.of_level("township") if unit.code.startswith("QH-3")]
    towns = [unit for unit in last if unit.new.kind == "township"]
    return towns[-1], towns[-2]


def written(city: City, units: Iterable[Unit]) -> Iterator[Entry]:
    """The year of these units as it was written down: in truth, padded, or ending with the unit."""
    padded, ended = padded_units(city), merged_pair(city)[0].code
    for unit in units:
        pads, ends = unit.code in padded, unit.code == ended
        for one in chain(year.entries(unit), means.entries(city, unit)):
            if not (ends and one.first_day >= MERGED):
                yield _padded(one, unit) if pads and one.kind == "activity.held" else one


def _padded(one: Entry, unit: Unit) -> Entry:
    said: dict[str, Json] = {"present": SIGNED_UP, "expected": unit.members, "late_reason": "found_later"}
    return replace(one, body={**one.body, **said})


def vacated(holding: str, seat: Seat) -> Ending:
    """The end of a holding in the year; the post stays vacant."""
    reason = ("moved", "resigned", "retired")[len(seat.post.idem) % 3]
    return Ending(holding, reason, seat.left or OLD, seat.post.idem.replace("post", "vacated"))


def record(city: City, actors: Actors, tell: Callable[[int], None]) -> None:
    """Everything that happens to units and records after the year was written down."""
    steps = (
        for_a_task,
        alliances,
        pairings,
        covering.covered,
        granting.granted,
        small_changes,
        corrections,
        closing,
        merger,
    )
    for step in steps:
        step(city, actors)
        tell(0)


def _new(name: str, kind: str, domain: str, parent: Unit, code: str, at: date) -> NewUnit:
    return NewUnit(
        name, kind, domain, parent.org, at, f"city/unit/{code}", name.removesuffix("党支部"), "", code, org_id(code)
    )


def for_a_task(city: City, actors: Actors) -> None:
    """Branches founded for the flood season and for building sites; the first is dissolved when its task is done."""
    town = city.of_level("township")[0]
    by = actors[town.desk]
    news = [
        _new(
            f"{town.new.short}防汛临时党支部",
            "temporary_branch",
            town.new.domain,
            town,
            f"{town.code}-T1",
            TASK[0],
        )
    ]
    news += [
        _new(
            f"{town.new.short}第{number}标段项目党支部",
            "project_branch",
            "state_enterprise",
            town,
            f"{town.code}-P{number}",
            date(YEAR, 2 + number, 6),
        )
        for number in (1, 2, 3)
    ]
    orgs.load_units(news, by=by)
    unit = Unit(news[0], "branch", town.desk, 0.9, 12)
    held = [
        entry(
            unit,
            "activity.held",
            date(YEAR, 7, day),
            f"flood/{day}",
            {"tags": ["volunteer_service", "flood"], "present": 12 - day % 4},
        )
        for day in (2, 9, 16, 23, 30)
    ]
    records.record_many(held, by=by)
    orgs.dissolve_unit(unit.org, "task_done", by=by, at=TASK[1], idem="city/task/over")


def alliances(city: City, actors: Actors) -> None:
    """Party-building alliances of villages, two a county."""
    for county in city.of_level("county"):
        news = [
            _new(
                f"{county.new.short}第{number}片区党建联合体",
                "alliance",
                "rural",
                county,
                f"{county.code}-A{number}",
                date(YEAR, 4, number),
            )
            for number in (1, 2)
        ]
        orgs.load_units([replace(new, tags=("joint_party",)) for new in news], by=actors[county.code])


def pairings(city: City, actors: Actors) -> None:
    """Branches of the counties' offices pair with villages; every seventh agreement ends within the year."""
    for county in city.of_level("county"):
        by = actors[county.code]
        offices = [unit for unit in city.at_desk(county) if unit.level == "branch" and unit.new.domain == "agency"][:14]
        villages = [unit for unit in city.of_level("village") if unit.code.startswith(county.code)]
        for number, (office, village) in enumerate(zip(offices, villages, strict=False)):
            at = max(office.since, date(YEAR, 3, 5))
            relation = orgs.open_relation(
                "joint_building", office.org, village.org, by=by, at=at, idem=f"city/pair/{office.code}"
            )
            if number % 7 == 0:
                orgs.close_relation(
                    relation, by=by, at=date(YEAR, 12, 1), idem=f"city/pair/{office.code}/over", reason="task_done"
                )


def small_changes(city: City, actors: Actors) -> None:
    """A village renamed, a branch moved, a branch split, a post done away with, an account given and closed again."""
    village = next(unit for unit in city.of_level("village") if unit.new.kind == "community")
    by = actors[village.desk]
    orgs.rename_unit(
        village.org,
        f"{village.new.short}党委",
        by=by,
        at=date(YEAR, 9, 10),
        idem="city/renamed",
        short=village.new.short,
    )
    organs = {unit.code.split("-")[-1]: unit for unit in city.at_desk(city.units[0]) if unit.level == "organ"}
    firms = [
        unit for unit in city.of_level("branch") if unit.code.startswith(organs["L"].code) and unit.new.at.year < YEAR
    ]
    orgs.move_unit(firms[0].org, organs["G"].org, by=actors[city.units[0].code], at=date(YEAR, 5, 6), idem="city/moved")
    split(city, actors)
    post = orgs.create_post(village.org, "building_worker", by=by, at=date(YEAR, 2, 1), idem="city/post/extra")
    orgs.close_post(post, by=by, at=date(YEAR, 8, 1), idem="city/post/extra/closed")


def split(city: City, actors: Actors) -> None:
    """The largest village branch hands nine members to a new one."""
    largest = max(
        (
            unit
            for unit in city.of_level("branch")
            if unit.new.kind == "branch" and unit.new.domain == "rural" and unit.new.at.year < YEAR
        ),
        key=lambda unit: (unit.members, unit.code),
    )
    leaving = tuple(one.id for one in members_of(largest.org, date(YEAR, 10, 9))[-9:])
    name = f"{largest.new.short}产业党支部"
    parts = [Part(name, f"{largest.code}S", name.removesuffix("党支部"), (), leaving)]
    orgs.split_unit(
        largest.org, parts, continues=True, by=actors[largest.desk], at=date(YEAR, 10, 9), idem="city/split"
    )


def merger(city: City, actors: Actors) -> None:
    """One township goes into its neighbour: its villages move, its posts close."""
    ended, into = merged_pair(city)
    orgs.merge_unit(ended.org, into.org, by=actors[city.units[0].code], at=MERGED, idem="city/merged")


def corrections(city: City, actors: Actors) -> None:
    """Some theme days were never held, some had other numbers: taken back, or put right."""
    for number, (unit, told) in enumerate(_mistaken(city, actors)):
        by = actors[unit.desk]
        if number % 2:
            records.reverse_fact(
                told, reason="not_held", note="查对签到表，当天没有开展", by=by, idem=f"city/reversed/{unit.code}"
            )
        else:
            was = fact(told)
            body = {**was.body, "present": max(1, int(str(was.body["present"])) - 2)}
            records.restate_fact(
                told,
                OrgId(was.org),
                body=body,
                on=was.day,
                reason="mistake",
                note="签到表多数了两人",
                by=by,
                idem=f"city/restated/{unit.code}",
            )


def _mistaken(city: City, actors: Actors) -> list[tuple[Unit, FactId]]:
    """The facts to be corrected: the first theme day of every so manieth branch."""
    padded = padded_units(city)
    branches = [unit for unit in city.of_level("branch") if unit.code not in padded]
    chosen = branches[:: max(1, len(branches) // (3 * CORRECTED))]
    found = (
        (unit, recorded_under(actors[unit.desk].account, f"city/{unit.code}/activity.held/theme_day/3"))
        for unit in chosen
    )
    return [(unit, told) for unit, told in found if told][: 2 * CORRECTED]


def closing(city: City, actors: Actors) -> None:
    """The first county closes its first quarter; two records that come later stand beside the reported figures."""
    county = city.of_level("county")[0]
    by = actors[county.code]
    records.close_period(county.org, Period.of_quarter(YEAR, 1), by=by, idem="city/closed/Q1")
    late = [
        entry(
            county,
            "activity.held",
            date(YEAR, 3, day),
            f"after-closing/{day}",
            {"tags": ["public_talk", "theory"], "present": 150},
            reason="found_later",
        )
        for day in (11, 19)
    ]
    records.record_many(late, by=by)
    records.close_period(
        city.units[0].org,
        Period(date(YEAR - 1, 1, 1), date(YEAR - 1, 12, 31)),
        by=actors[city.units[0].code],
        idem=f"city/closed/{ident('last-year')[:8]}",
    )
