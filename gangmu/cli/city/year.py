"""The year 2025 of every unit, as entries for the ordinary intake. Pure; unevenness comes from each unit's quality."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from gangmu.cli.city.habits import ALL, COMMITTEE, COURSES, HABITS, Course, Habit
from gangmu.cli.city.plan import YEAR, Unit, chance, ident
from gangmu.kernel.canon import Json
from gangmu.records.entries import Entry

LAST = date(YEAR, 12, 31)
OLD_BOOKS = "batch"  # the year was kept on paper and is taken in at once: said of every fact of it
SEALED_SHARE = 0.06  # of the activities keep their subject, sealed
LATE_SHARE = 0.06  # of a middling unit's activities are true late records, each with its reason


def entry(
    unit: Unit, kind: str, on: date, key: str, body: dict[str, Json], *, about: str | None = None,
    sealed: dict[str, str] | None = None, reason: str = OLD_BOOKS,
) -> Entry:  # fmt: skip
    """A fact of that unit; `key` tells it from the unit's other facts of the kind."""
    idem = f"city/{unit.code}/{kind}/{key}"
    return Entry.on(kind, unit.org, on, idem, {**body, "late_reason": reason}, sealed=sealed, about=about)


def entries(unit: Unit) -> Iterator[Entry]:
    """Everything the unit records of its habits and its courses."""
    for habit in HABITS.get(unit.level, ()):
        yield from activities(unit, habit)
    for number, course in enumerate(COURSES.get(unit.level, ())):
        yield from things(unit, course, number)


def spread(unit: Unit, times: int, pick: Random) -> Iterator[tuple[int, date]]:
    """(which, day) of what happens `times` a year: about evenly, left out by weak units now and then."""
    reliable = 0.5 + 0.5 * unit.quality
    for number in range(times):
        day = date(YEAR, 1, 1) + timedelta(days=int((number + 0.15 + 0.7 * pick.random()) * 365 / times))
        if pick.random() < reliable and unit.since <= day <= LAST:
            yield number, day


def activities(unit: Unit, habit: Habit) -> Iterator[Entry]:
    """What became of one habit in the year."""
    pick = chance(habit.form, unit.code)
    for number, day in spread(unit, habit.times, pick):
        body = _attendance(unit, habit, pick)
        body["tags"] = [habit.form, *([habit.themes[number % len(habit.themes)]] if habit.themes else [])]
        about = ident(habit.about, unit.code, str(pick.randrange(habit.around))) if habit.about else None
        sealed = {"subject": habit.sealed} if habit.sealed and pick.random() < SEALED_SHARE * 3 else None
        yield entry(unit, "activity.held", day, f"{habit.form}/{number}", body, about=about, sealed=sealed,
                    reason=_reason(unit, pick))  # fmt: skip


def _attendance(unit: Unit, habit: Habit, pick: Random) -> dict[str, Json]:
    whole = {ALL: unit.members, COMMITTEE: min(5, max(3, unit.members // 5))}.get(habit.expected, habit.expected)
    present = max(1, min(whole, round(whole * (0.6 + 0.33 * unit.quality + pick.gauss(0, 0.07)))))
    body: dict[str, Json] = {"present": present, "expected": whole}
    if habit.days:
        body["days"] = habit.days
    if habit.hours:
        body["hours"] = habit.hours
    return body


def _reason(unit: Unit, pick: Random) -> str:
    """Weak units record late more often; each late record says why."""
    if unit.level == "branch" and pick.random() < LATE_SHARE * (1.4 - unit.quality):
        return pick.choice(("found_later", "away", "handover", "busy", "no_network"))
    return OLD_BOOKS


def things(unit: Unit, course: Course, which: int) -> Iterator[Entry]:
    """Matters, problems, pledges and projects from their opening to their end, if they ended in the year."""
    pick = chance(course.thing, str(which), unit.code)
    times = course.times if course.times < 3 else round(course.times * (0.6 + 0.8 * pick.random()))
    for number, opened in spread(unit, times, pick):
        key = f"{which}/{number}"
        about = ident(course.thing, unit.code, key)
        yield _opening(unit, course, opened, key, about, pick)
        yield from _moves(unit, course, opened, key, about, pick)


def _opening(unit: Unit, course: Course, on: date, key: str, about: str, pick: Random) -> Entry:
    tag = pick.choice(course.tags)
    body: dict[str, Json] = {"tags": [tag, *([pick.choice(course.more_tags)] if course.more_tags else [])]}
    body["due_on"] = (on + timedelta(days=course.lasts + 10)).isoformat()
    if course.thing == "project":
        body["planned"] = 10_000 * pick.randrange(3, 90)
        if tag == "site_upgrade":
            body["site"] = ident("site", unit.code, str(pick.randrange(3)))
            body["tags"] = [tag, pick.choice(("activity_site", "service_centre"))]
    sealed = {"words": course.words} if course.words and pick.random() < 3 * SEALED_SHARE else None
    return entry(unit, f"{course.thing}.opened", on, key, body, about=about, sealed=sealed)


def _moves(unit: Unit, course: Course, opened: date, key: str, about: str, pick: Random) -> Iterator[Entry]:
    """One or two steps, and the end; a weak unit takes longer and is reminded."""
    lasts = max(1, round(course.lasts * (0.4 + 1.2 * pick.random()) * (1.5 - 0.6 * unit.quality)))
    ends = opened + timedelta(days=lasts)
    steps: Sequence[str] = course.steps if course.thing != "matter" else (pick.choice(course.steps),)
    for place, step in enumerate(steps, 1):
        on = opened + timedelta(days=lasts * place // (len(steps) + 1))
        if on <= LAST:
            yield entry(unit, f"{course.thing}.moved", on, f"{key}/{place}", {"step": step}, about=about)
    if ends <= LAST:
        yield entry(unit, f"{course.thing}.closed", ends, key, _outcome(unit, course, pick), about=about)


def _outcome(unit: Unit, course: Course, pick: Random) -> dict[str, Json]:
    names, weights = zip(*course.outcomes, strict=True)
    good = [weights[0] * (0.6 + 0.5 * unit.quality), *weights[1:]]
    body: dict[str, Json] = {"outcome": pick.choices(names, good)[0]}
    if course.rated and pick.random() < 0.7:
        satisfied = 0.75 + 0.22 * unit.quality
        body["rating"] = "satisfied" if pick.random() < satisfied else pick.choice(("fair", "dissatisfied"))
    return body
