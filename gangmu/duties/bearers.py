"""Who may owe something at a unit on a day, and who may see what single persons owe."""

from dataclasses import replace
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import Body
from gangmu.catalog.duties.obligations import Bearer
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.duties.granted import Granted
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.orgs import rosters
from gangmu.orgs.permissions import Permission, allows
from gangmu.orgs.queries import Node, children, lives, unit

SEATS = frozenset({"deputy_secretary", "organisation", "publicity", "discipline", "member"})  # of a branch committee
GROUP = "party_small_group"


def bearers_of(scope: Scope, org: OrgId, on: date, asked: Granted | None = None) -> tuple[Bearer, ...]:
    """Who may owe at a unit on a day: itself, the holders of its posts, its own members; exempt as they `asked`."""
    node = unit(scope, org, on)
    posts = rosters.posts(scope, org, on)
    groups = sum(child.kind == GROUP for child in children(scope, org, on))
    seats = any(post.post in SEATS and post.person is not None for post in posts)
    bodies: tuple[tuple[Body, bool], ...] = (("committee", seats), ("groups", groups > 0))
    has = frozenset(body for body, there in bodies if there)
    place, form, life = unit_of(node), catalog().form(node.kind), lives([org])[org]
    whole = Bearer(str(org), place, form, since=life.founded_on, until=life.ended_on, has=has, groups=groups)
    held = (
        Bearer(str(post.id), place, form, "post", post.post, str(post.id), str(post.person), since=post.since, has=has)
        for post in posts
        if post.person is not None and post.since is not None
    )
    joined = (
        Bearer(one.membership, place, form, "member", person=str(one.person), category=one.category, stage=one.stage,
               since=one.since, has=has)
        for one in rosters.members(scope, org, on)
        if one.org == org
    )  # fmt: skip
    every = (whole, *held, *joined)
    return tuple(replace(one, asked=asked.of(one.id)) for one in every) if asked else every


def unit_of(node: Node) -> Unit:
    return Unit(str(node.org), node.path, node.kind, node.domain, str(node.level), node.alive)


def sees_persons(scope: Scope, org: OrgId) -> bool:
    """Whether the asker keeps this very unit's books: from above it, single persons are nobody's to look at."""
    return any(grant.branch.org == org and allows(grant.role, Permission.SEE_PERSONS) for grant in scope.grants)
