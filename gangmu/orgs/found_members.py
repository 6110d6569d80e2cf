"""The members of a unit and of those beneath it, all of them or those a reader looks for, by name or initials.

Names lie sealed, so looking for one opens them all: up to MOST_OPENED, as the design has it; above it, one looks from
a unit further down. Scope and permission first, always.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.orgs.initials import persons_initials
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.rosters import MemberRow, members
from gangmu.people.queries import open_persons

MOST_OPENED = 50_000
_DIGITS = 4  # so many digits of a number are looked for in the contact


def found_members(scope: Scope, org: OrgId, words: str = "", on: date | None = None) -> tuple[MemberRow, ...]:
    """Those whose name, initials or number hold every one of `words`; all of them without any.

    Raises NotFound for a unit outside the scope, Refused without the permission, or where too many would be opened.
    """
    require(scope, Permission.SEE_PERSONS, org, on)
    rows, wanted = members(scope, org, on), words.lower().split()
    if not wanted:
        return rows
    if len(rows) > MOST_OPENED:
        raise Refused([_too_many(len(rows))])
    opened = open_persons([row.person for row in rows], ("name", "contact"))
    return tuple(row for row in rows if _holds(opened.get(row.person, {}), wanted))


def names_of(scope: Scope, org: OrgId, rows: Sequence[MemberRow], on: date | None = None) -> dict[PersonId, str]:
    """The names of these members. Raises as `found_members`."""
    require(scope, Permission.SEE_PERSONS, org, on)
    inside = {row.person for row in members(scope, org, on)}
    wanted = [row.person for row in rows if row.person in inside]
    return {person: texts.get("name", "") for person, texts in open_persons(wanted, ("name",)).items()}


def _holds(texts: Mapping[str, str], wanted: Sequence[str]) -> bool:
    name = texts.get("name", "")
    known = (name.lower(), persons_initials(name))
    contact = texts.get("contact", "")
    return all(
        any(word in one for one in known) or (word.isdigit() and len(word) >= _DIGITS and word in contact)
        for word in wanted
    )


def _too_many(count: int) -> Problem:
    return Problem(
        "orgs.too_many_to_open",
        f"这里有 {count} 名党员，超过 {MOST_OPENED} 名不能一次找；先点到下面的单位再找。",
        f"There are {count} members here; among more than {MOST_OPENED} look from a unit further down.", "q",
        "ARCHITECTURE §3",
    )  # fmt: skip
