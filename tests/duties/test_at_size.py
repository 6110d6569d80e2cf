"""The states of many bearers as columns are those of the plain rules, for every duty, bearer, fact and moment."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import EXTRA, extra, folders
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations
from gangmu.catalog.duties.states import status
from gangmu.catalog.duties.terms import CompiledDuty
from gangmu.catalog.expressions.evaluate import Row, Unit
from gangmu.catalog.load import load
from gangmu.duties.at_size.blocks import STATES, Asking, Block, Read, blocks
from gangmu.duties.at_size.credit import Ground
from gangmu.duties.at_size.deeds import MILLION, deeds_of
from gangmu.duties.at_size.roll import Roll, entered, roll_of
from gangmu.indicators.engine import Engine
from gangmu.indicators.forest import Standing
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.postings import days, on_day
from gangmu.indicators.process import columns_of
from gangmu.indicators.store import Store
from gangmu.kernel.periods import Period
from tests.catalog.small import write
from tests.duties.test_one_more_duty import CALLS, NEWS, OUTREACH
from tests.duties.test_refusals import HEAD

YEAR = Period.of_year(2025)
# What no shipped duty does: a distinct of all beneath, alike in three ways, a sum for posts and units beneath alike.
ODD = {
    "odd.beneath.yaml": "key: odd.beneath\n" + HEAD + """\
group: contact
rows:
  - since: 2025-01-01
    every: quarter
    at_least: 2
    owed_by: {kinds: [county_committee, township, village]}
    discharge: {text: 'count(activity.held, present >= 1)', credit: [unit, beneath], once_per: [about, org]}
    exempt:
      - {why: {zh: 农忙, en: harvest}, domains: [rural], months: [4, 5, 6]}
      - {why: {zh: 新建, en: new}, new_in_period: true, kinds: [township]}
examples:
  - {name: 没做, bearer: {kind: village}, period: 2025-01-01, on: 2025-06-30, expect: missed}
""",
    "odd.hours.yaml": "key: odd.hours\n" + HEAD + """\
group: study
rows:
  - since: 2025-01-01
    every: half_year
    at_least: 7
    owed_by: {bearer: post, posts: [secretary, member], needs: [committee]}
    discharge: {text: 'sum(activity.held.hours)', credit: [post, person, beneath]}
    pro_rata: true
examples:
  - {name: 没学, bearer: {post: member}, period: 2025-01-01, on: 2025-12-31, expect: missed}
""",
}  # fmt: skip
UNITS = (
    Unit("c", "c", "county_committee", "agency", "1"),
    Unit("t", "ct", "township", "township_domain", "2"),
    Unit("v", "ctv", "village", "rural", "3"),
    Unit("b", "ctvb", "branch", "rural", "4"),
    Unit("s", "ctvs", "branch", "school", "4"),
    Unit("x", "ctvx", "branch", "rural", "4", alive=False),
    Unit("w", "cw", "community", "community", "2"),
)
FORMS = {"county_committee": "committee", "township": "committee", "village": "primary", "community": "primary",
         "branch": "branch"}  # fmt: skip
TAGS = ["members_meeting", "committee_meeting", "theme_day", "household_visit", "training", "heart_talk", "life_meeting",
        "enterprise_visit", "inspection", "lecture", "first_topic", "small_group_meeting"]  # fmt: skip
STARTS = [date(1990, 1, 1), date(2025, 1, 1), date(2025, 2, 10), date(2025, 7, 1), date(2025, 11, 30)]
ENDS = [date(9999, 12, 31), date(9999, 12, 31), date(2025, 3, 15), date(2025, 9, 1)]
KINDS = ["activity.held"] * 16 + ["matter.opened", "care.called_for", "holding.started"]
BACK_AT = 1205  # the moment at which facts are taken back


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The shipped catalog with the duties of other tests beside it."""
    files = {"school.outreach.yaml": OUTREACH, "care.called_for.yaml": NEWS, "care.calls.yaml": CALLS, **ODD}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(EXTRA, str(write(Path(tmp_path_factory.mktemp("size")), files)))
        return load(folders(), extra())


def bearers(dice: Random) -> list[Bearer]:
    """Units, holders and members of all sorts."""
    found = []
    for unit in (unit for unit in UNITS if unit.alive):
        has = frozenset(dice.sample(["committee", "groups"], dice.randint(0, 2)))
        plain = Bearer(unit.org, unit, FORMS[unit.kind], has=has)  # type: ignore[arg-type]
        groups = dice.randint(1, 3) if "groups" in has else 0
        found.append(replace(plain, since=dice.choice(STARTS), until=dice.choice(ENDS), groups=groups))
        for number in range(dice.randint(0, 3)):
            held = f"post-{unit.org}-{number}"
            found.append(replace(plain, id=held, kind="post", post=dice.choice(["secretary", "member", "organisation"]),
                                 post_id=held, since=dice.choice(STARTS), person=dice.choice(["p1", "p2", "p3"])))  # fmt: skip
        for number in range(dice.randint(0, 4)):
            asked = frozenset(dice.sample(["member.study_hours"], dice.randint(0, 1)))
            found.append(replace(plain, id=f"m-{unit.org}-{number}", kind="member", since=dice.choice(STARTS[:4]),
                                 asked=asked, person=dice.choice(["p1", "p2", "p4"]), category="rural",
                                 stage=dice.choice(["full", "full", "activist"])))  # fmt: skip
    return found


def fact(dice: Random, number: int) -> tuple[Deed, bool]:
    """A fact, and whether it is taken back."""
    kind = dice.choice(KINDS)
    body: dict[str, object] = {"tags": dice.sample(TAGS, dice.randint(1, 3)), "present": dice.randint(0, 3)}
    if kind == "activity.held" and dice.random() < 0.5:
        body["hours"] = dice.choice(["1.5", 2, 4])
    if kind == "matter.opened":
        body = {"tags": ["difficulty"]}
    if kind == "care.called_for":
        body = {"news": dice.choice(["illness", "hardship", "joy"])}
    if kind == "holding.started":
        body = {"post": dice.choice(["post-b-0", "post-v-0", "post-t-1"]), "origin": "elected"}
    day = date(2024, 12, 1) + timedelta(days=dice.randint(0, 420))
    about = dice.choice([None, "p1", "p2", "h1", "h2"])
    row = Row(f"f{number}", kind, dice.choice(UNITS).org, day, body, about, number * 10, dice.random() < 0.3)  # type: ignore[arg-type]
    by = dice.choice(["", "post-b-0", "post-v-0", "post-v-1", "post-t-0", "post-b-1"])
    return Deed(row, by), dice.random() < 0.1


def filled(definitions: Catalog, drawn: Iterable[tuple[Deed, bool]]) -> tuple[Engine, int]:
    late_after = {key: kind.late_after_days for key, kind in definitions.facts.items()}
    engine = Engine(Store(columns_of(definitions.facts), late_after))
    rows = [
        {"seq": at, "id": deed.row.id, "kind": deed.row.kind, "org": deed.row.org, "about": deed.row.about,
         "day": deed.row.day, "received": deed.row.received, "body": json.dumps(dict(deed.row.body)), "reverses": None,
         "late_days": late_after[deed.row.kind] + deed.row.late}
        for at, (deed, _) in enumerate(drawn)
    ]  # fmt: skip
    backs = [
        {"seq": len(rows) + at, "id": f"back{at}", "kind": "reverse", "org": "c", "about": None, "day": date(2025, 1, 1),
         "received": BACK_AT, "late_days": 0, "body": "{}", "reverses": deed.row.id}
        for at, (deed, back) in enumerate(drawn) if back
    ]  # fmt: skip
    engine.store.add(pa.Table.from_pylist(rows + backs, schema=INCOMING))
    return engine, engine.plant("day", [Standing(u.org, u.path, u.kind, u.domain, u.level, u.alive) for u in UNITS])


def reading(definitions: Catalog, drawn: Iterable[tuple[Deed, bool]], known: int) -> Read:
    engine, tree = filled(definitions, drawn)
    by = {deed.row.id: deed.post or None for deed, _ in drawn}
    of_number = dict(engine.store.rows("SELECT no, id FROM fact"))

    def posts(_kind: str, no: np.ndarray) -> pa.Array:
        return pa.array([by[of_number[int(one)]] for one in no], pa.string())

    return lambda wanted: deeds_of(engine, tree, wanted, known, posts)


def ground() -> Ground:
    paths = sorted(unit.path for unit in UNITS)
    alive = {unit.path: unit.alive for unit in UNITS}
    ends = np.array([sum(one < path + "~" for one in paths) for path in paths])
    return Ground(ends, np.array([alive[path] for path in paths]))


Told = tuple[str, str, str, str, Decimal, date | None, int]


def by_columns(roll: Roll, found: Iterable[Block], on: date) -> list[Told]:
    rows = []
    for block in found:
        states = block.states(on)
        for at, bearer in enumerate(block.bearer):
            state, met_on = STATES[states[at]], int(block.on[at])
            done = met_on <= days(on)
            need = Decimal(int(block.need[at])) / MILLION
            rows.append((roll.ids[bearer], block.period.start.isoformat(), block.deadline.due.end.isoformat(), state,
                         need, on_day(met_on) if done else None, int(block.late[at]) if done else 0))  # fmt: skip
    return sorted(rows, key=repr)


WORLDS = (  # a seed, how many facts, the day looked at, the moment of what is known
    (1, 250, date(2025, 4, 3), 2**62), (2, 250, date(2025, 7, 5), 1000), (3, 250, date(2025, 12, 31), 1210),
    (4, 250, date(2026, 3, 1), 2**62), (5, 12, date(2025, 12, 20), 2**62), (6, 12, date(2026, 4, 1), 2**62),
)  # fmt: skip


def test_columns_say_what_the_plain_rules_say(definitions: Catalog) -> None:
    seen: set[tuple[str, str]] = set()
    for world in WORLDS:
        seen |= agreed(definitions, *world)
    told = {kind: {state for bearer, state in seen if bearer == kind} for kind in ("unit", "post", "member")}
    states = set(STATES) - {"waived"}  # else the worlds were too poor to say anything
    assert told["unit"] == states
    assert {"met", "missed", "not_applicable", "not_yet_due"} <= told["post"] & told["member"]


def agreed(definitions: Catalog, seed: int, count: int, on: date, known: int) -> set[tuple[str, str]]:
    """Both agree about every duty of a made world; the states met there, by kind of bearer."""
    dice, seen = Random(seed), set()
    those, drawn = bearers(dice), [fact(dice, number) for number in range(count)]
    standing = [deed for deed, back in drawn if deed.row.received <= known and not (back and known >= BACK_AT)]
    ranks = {path: rank for rank, path in enumerate(sorted(unit.path for unit in UNITS))}
    places, read = {unit.org: unit for unit in UNITS if unit.alive}, reading(definitions, drawn, known)
    for kind in ("unit", "post", "member"):
        mine = [one for one in those if one.kind == kind]
        asked = {"member.study_hours": [one.id for one in mine if one.asked]}
        roll = roll_of(kind, [entered(one, ranks[one.unit.path]) for one in mine], asked, {})
        asking = Asking(roll, ground(), definitions.calendar, read)
        for duty in definitions.duties.values():
            found = by_columns(roll, blocks(duty, asking, YEAR), on)
            assert found == by_rules(definitions, duty, mine, standing, on, places), duty.duty.key
            seen |= {(kind, row[3]) for row in found}
    return seen


def by_rules(
    definitions: Catalog, duty: CompiledDuty, those: list[Bearer], deeds: list[Deed], on: date, places: dict[str, Unit]
) -> list[Told]:
    rows = []
    for bearer in those:
        for one in obligations(duty, bearer, YEAR, definitions.calendar, deeds):
            found = status(one, deeds, on, units=places)
            rows.append((bearer.id, one.period.start.isoformat(), one.due.end.isoformat(), found.state,
                         one.need or Decimal(0), found.met_on, found.late_records if found.met_on else 0))  # fmt: skip
    return sorted(rows, key=repr)
