"""What becomes of the rows of a sheet: the actions that record them, and what those would refuse, row by row.

Rows of any kind of fact go through `records`; people, members, units and posts have actions of their own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from gangmu.catalog.current import catalog
from gangmu.imports.rules.rows import Told
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.orgs import actions as orgs
from gangmu.orgs import rosters, rules
from gangmu.orgs.entries import NewMembership, NewPerson, NewPost, NewUnit
from gangmu.orgs.permissions import Permission
from gangmu.orgs.queries import lives
from gangmu.people.intake import thing_id
from gangmu.people.queries import SLOTS
from gangmu.records import actions as records
from gangmu.records.checks import against
from gangmu.records.entries import Entry

Numbered = Iterator[tuple[int, Problem]]  # the place of a row among those given, and what is wrong with it


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows as they would be recorded: by whom, on which day, `idems` their request keys, one each."""

    sheet: str
    rows: Sequence[Told]
    idems: Sequence[str]
    by: Actor
    today: date

    def each(self) -> Iterator[tuple[int, Told, str]]:
        """Place, row and request key."""
        for place, (row, idem) in enumerate(zip(self.rows, self.idems, strict=True)):
            yield place, row, idem

    def day(self, row: Told) -> date:
        """The day the row names, else today."""
        return date.fromisoformat(row.text("day")) if row.text("day") else self.today

    def part(self, start: int, end: int) -> "Asked":
        """Some of the rows."""
        return Asked(self.sheet, self.rows[start:end], self.idems[start:end], self.by, self.today)


@dataclass(frozen=True, slots=True)
class Target:
    """`wants`: what must be allowed at the unit of `where` in each row. `whole`: the rows are recorded all at once.

    `ready` does what needs no transaction, during which others may write; what it returns records, in a transaction.
    """

    wants: Permission
    where: str
    against: Callable[[Asked], Numbered]
    ready: Callable[[Asked], Callable[[], object]]
    whole: bool = False


# --- people and members ----------------------------------------------------------------------------------------------
def _person(row: Told, asked: Asked, idem: str) -> NewPerson:
    name, sex, birth_month, education, contact = map(row.text, SLOTS)
    return NewPerson(OrgId(row.text("unit")), asked.day(row), idem, None, name, sex, birth_month, education, contact)


def _persons(asked: Asked) -> list[NewPerson]:
    return [_person(row, asked, idem) for _, row, idem in asked.each()]


def _against_persons(asked: Asked) -> Numbered:
    for place, new in enumerate(_persons(asked)):
        sealed = {slot: text for slot in SLOTS if (text := getattr(new, slot))}
        for problem in (
            *rules.against_the_day(new.at, asked.today), *rules.against_person(new),
            *catalog().check_body("person.recorded", {}, sealed),
        ):  # fmt: skip
            yield place, problem


def _membership(row: Told, asked: Asked, idem: str) -> NewMembership:
    person = PersonId(thing_id(asked.by, f"{idem}/person"))
    how, stage, category, band = (row.text(key) for key in ("how", "stage", "category", "age_band"))
    return NewMembership(OrgId(row.text("unit")), person, how, stage, category, band, asked.day(row), idem)


def _of_members(asked: Asked) -> Asked:
    """The same rows as rows of people."""
    return Asked(asked.sheet, asked.rows, [f"{idem}/person" for idem in asked.idems], asked.by, asked.today)


def _against_members(asked: Asked) -> Numbered:
    yield from _against_persons(_of_members(asked))
    units = lives({OrgId(row.text("unit")) for row in asked.rows})
    there = _already_there(asked)
    for place, row, idem in asked.each():
        new = _membership(row, asked, idem)
        unit = units.get(new.org)
        kind = catalog().organisation_kinds.get(unit.kind) if unit else None
        body: dict[str, Json] = {"person": new.person, "how": new.how, "stage": new.stage, "category": new.category,
                                 "age_band": new.age_band}  # fmt: skip
        yield from ((place, one) for one in rules.against_change(unit, new.at, asked.today))
        yield from ((place, one) for one in rules.against_membership(kind, new.how, elsewhere=False))
        said = {key: value for key, value in body.items() if value}
        yield from ((place, one) for one in catalog().check_body("membership.started", said))
        if (row.text("name"), row.text("birth_month")) in there.get(new.org, ()):
            yield place, _on_the_roll(row)


def _already_there(asked: Asked) -> Mapping[OrgId, frozenset[tuple[str, str]]]:
    """Name and month of birth of those who are on the rolls of the rows' units already."""
    found: dict[OrgId, frozenset[tuple[str, str]]] = {}
    for org in {OrgId(row.text("unit")) for row in asked.rows if row.text("unit")}:
        listed = [one.person for one in rosters.members(asked.by.scope, org) if one.org == org]
        told = rosters.persons(asked.by.scope, listed, org).values()
        found[org] = frozenset((texts.get("name", ""), texts.get("birth_month", "")) for texts in told)
    return found


def _on_the_roll(row: Told) -> Problem:
    name = row.text("name")
    return Problem("imports.on_the_roll", f"“{name}”已经在这个支部的名册里，不用再导；删掉这一行。",
                   f"“{name}” is on this branch's roll already: take the row out.", "name")  # fmt: skip


def _members_ready(asked: Asked) -> Callable[[], None]:
    persons = orgs.persons_ready(_persons(_of_members(asked)), by=asked.by)
    rows = [_membership(row, asked, idem) for _, row, idem in asked.each()]
    memberships = orgs.memberships_ready(rows, by=asked.by)

    def record() -> None:
        persons()
        memberships()

    return record


# --- units and posts -------------------------------------------------------------------------------------------------
def _units(asked: Asked) -> list[NewUnit]:
    return [
        NewUnit(row.text("name"), row.text("unit_kind"), row.text("domain"), OrgId(row.text("parent")),
                asked.day(row), idem, row.text("short"), row.text("aliases"), row.text("code"))
        for _, row, idem in asked.each()
    ]  # fmt: skip


def _against_units(asked: Asked) -> Numbered:
    for place, new in enumerate(_units(asked)):
        body: dict[str, Json] = {"unit_kind": new.kind, "domain": new.domain, "parent": str(new.parent or ""),
                                 "segment": "00000", "code": new.code or "00000", "name": new.name}  # fmt: skip
        said = {key: value for key, value in body.items() if value}
        yield from ((place, one) for one in catalog().check_body("unit.founded", said))
    yield from orgs.against_units(_units(asked), by=asked.by)


def _posts(asked: Asked) -> list[NewPost]:
    return [
        NewPost(OrgId(row.text("unit")), row.text("post"), asked.day(row), idem, row.text("title"),
                int(row.text("term_years")) if row.text("term_years") else None)
        for _, row, idem in asked.each()
    ]  # fmt: skip


def _against_posts(asked: Asked) -> Numbered:
    units = lives({OrgId(row.text("unit")) for row in asked.rows})
    for place, new in enumerate(_posts(asked)):
        body: dict[str, Json] = {"post": new.post, "title": new.title, "term_years": new.term_years}
        said = {key: value for key, value in body.items() if value}
        yield from ((place, one) for one in rules.against_change(units.get(new.org), new.at, asked.today))
        yield from ((place, one) for one in catalog().check_body("post.created", said))


# --- any kind of fact ------------------------------------------------------------------------------------------------
def _entries(asked: Asked) -> list[Entry]:
    return [_entry(row, asked, idem) for _, row, idem in asked.each()]


def _entry(row: Told, asked: Asked, idem: str) -> Entry:
    kind = catalog().facts[asked.sheet]
    sealed = {field.key: row.text(field.key) for field in kind.slots if row.text(field.key)}
    said = {field.key: row.values[field.key] for field in kind.body_fields if field.key in row.values}
    tags = [tag for key, value in row.values.items() if key.startswith("tag.") for tag in _listed(value)]
    extra: dict[str, Json] = {"tags": tags} if tags else {}
    if row.text("late_reason"):
        extra["late_reason"] = row.text("late_reason")
    about = row.text("about") or None
    return Entry.on(asked.sheet, OrgId(row.text("unit")), asked.day(row), idem, {**said, **extra}, sealed=sealed,
                    about=about)  # fmt: skip


def _listed(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _against_entries(asked: Asked) -> Numbered:
    entries = _entries(asked)
    for place, entry in enumerate(entries):
        yield from ((place, one) for one in catalog().check_body(entry.kind, entry.body, entry.sealed))
    for number, problem in against(list(enumerate(entries, 1)), asked.by, asked.today):
        yield number - 1, problem


REGISTRY: Mapping[str, Target] = {
    "persons": Target(Permission.KEEP_MEMBERS, "unit", _against_persons,
                      lambda asked: orgs.persons_ready(_persons(asked), by=asked.by)),
    "members": Target(Permission.KEEP_MEMBERS, "unit", _against_members, _members_ready),
    "units": Target(Permission.SHAPE_TREE, "parent", _against_units,
                    lambda asked: partial(orgs.load_units, _units(asked), by=asked.by), whole=True),
    "posts": Target(Permission.KEEP_MEMBERS, "unit", _against_posts,
                    lambda asked: partial(orgs.load_posts, _posts(asked), by=asked.by)),
}  # fmt: skip
ANY_FACT = Target(Permission.RECORD, "unit", _against_entries,
                  lambda asked: partial(records.record_many, _entries(asked), by=asked.by))  # fmt: skip


def target(sheet: str) -> Target:
    """What records the rows of such a sheet."""
    return REGISTRY.get(sheet, ANY_FACT)
