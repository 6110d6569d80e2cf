"""Who may owe something at a unit on a day, and who may see what single persons owe."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import Body
from gangmu.catalog.duties.obligations import Bearer
from gangmu.duties.asked import Known
from gangmu.duties.footing import Footing, footing, unit_of
from gangmu.duties.granted import Granted
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.orgs import rosters
from gangmu.orgs.permissions import Permission, allows

SEATS = frozenset({"deputy_secretary", "organisation", "publicity", "discipline", "member"})  # of a branch committee


def bearers_of(scope: Scope, org: OrgId, on: date, asked: Granted | None = None) -> tuple[Bearer, ...]:
    """Who may owe at a unit on a day: itself, the holders of its posts, its own members; exempt as they `asked`."""
    return bearers_at(scope, footing(scope, org, Known(on)), on, asked)


def bearers_at(scope: Scope, at: Footing, on: date, asked: Granted | None = None) -> tuple[Bearer, ...]:
    """The same of a unit whose footing is known; posts, holders and members are those known now."""
    every = tuple(_every(scope, at, on))
    return tuple(replace(one, asked=asked.of(one.id)) for one in every) if asked else every


def _every(scope: Scope, at: Footing, on: date) -> Iterator[Bearer]:
    org, posts = at.node.org, rosters.posts(scope, at.node.org, on)
    seats = any(post.post in SEATS and post.person is not None for post in posts)
    bodies: tuple[tuple[Body, bool], ...] = (("committee", seats), ("groups", at.groups > 0))
    has = frozenset(body for body, there in bodies if there)
    place, form = unit_of(at.node), catalog().form(at.node.kind)
    yield Bearer(str(org), place, form, since=at.since, until=at.until, has=has, groups=at.groups)
    for post in posts:
        if post.person is not None and post.since is not None:
            yield Bearer(str(post.id), place, form, "post", post.post, str(post.id), str(post.person),
                         since=post.since, has=has)  # fmt: skip
    for one in rosters.own_members(scope, org, on):
        yield Bearer(one.membership, place, form, "member", person=str(one.person), category=one.category,
                     stage=one.stage, since=one.since, has=has)  # fmt: skip


def sees_persons(scope: Scope, org: OrgId) -> bool:
    """Whether the asker keeps this very unit's books: from above it, single persons are nobody's to look at."""
    return any(grant.branch.org == org and allows(grant.role, Permission.SEE_PERSONS) for grant in scope.grants)
