"""Everybody on a day, whichever the unit: the holders of all posts and the members of all branches, as bare rows.

For what is counted over all units at once; who may see which of it, the asking floor decides.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gangmu.kernel.ids import OrgId
from gangmu.ledger import engine

HOLDERS = (
    "SELECT p.org, p.id, p.post, h.person, h.valid_from FROM orgs_post p JOIN orgs_holding h ON h.post = p.id "
    "AND h.org = p.org AND h.valid_from <= %s AND h.valid_to > %s "
    "WHERE p.valid_from <= %s AND p.valid_to > %s ORDER BY h.valid_from, h.id"
)
MEMBERS = (
    "SELECT m.org, m.id, m.person, m.category, s.stage, m.valid_from FROM orgs_membership m LEFT JOIN orgs_stage s "
    "ON s.membership = m.id AND s.valid_from <= %s AND s.valid_to > %s WHERE m.valid_from <= %s AND m.valid_to > %s"
)


class Holder(NamedTuple):
    """Who holds which post of which unit, and since when."""

    org: OrgId
    post_id: str
    post: str
    person: str
    since: date


class Member(NamedTuple):
    """Who belongs to which branch, as what, and since when."""

    org: OrgId
    membership: str
    person: str
    category: str
    stage: str
    since: date


def holders(on: date) -> tuple[Holder, ...]:
    """The holder of every post that is held on the day; of several the one who came last, as `rosters.posts` has it."""
    held = {
        post_id: Holder(OrgId(org), post_id, post, person, _day(since))
        for org, post_id, post, person, since in engine.rows(HOLDERS, (on, on, on, on))
    }
    return tuple(held.values())


def members(on: date) -> Iterator[Member]:
    """Every member on the day, with the stage of that day."""
    for org, membership, person, category, stage, since in engine.each(MEMBERS, (on, on, on, on)):
        yield Member(OrgId(org), membership, person, category, stage or "", _day(since))


def _day(cell: date | str) -> date:
    """A day as either engine hands it over."""
    return cell if isinstance(cell, date) else date.fromisoformat(cell)
