"""Who may do what: a table, and the two questions asked of it.

A role is held over a subtree; it allows its permissions at every unit of that subtree and nowhere else. The grants of
accounts (`keeper`) are no role: a keeper sees no unit at all (people.queries.is_keeper).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor, Scope
from gangmu.orgs.queries import Tree, tree, unknown_unit


class Permission(StrEnum):
    """One thing that may be allowed."""

    SEE_FIGURES = "see_figures"
    SEE_FACTS = "see_facts"
    SEE_PERSONS = "see_persons"
    RECORD = "record"
    REVERSE = "reverse"
    CHECK_DOCUMENTS = "check_documents"
    BIND_CLAIMS = "bind_claims"
    READ_LEDGER = "read_ledger"
    SHAPE_TREE = "shape_tree"
    KEEP_MEMBERS = "keep_members"
    CLOSE_PERIODS = "close_periods"


P = Permission
SEES = frozenset({P.SEE_FIGURES, P.SEE_FACTS, P.READ_LEDGER})
WORKS = SEES | {P.RECORD, P.REVERSE, P.SEE_PERSONS, P.CHECK_DOCUMENTS, P.BIND_CLAIMS, P.KEEP_MEMBERS}

ROLES: Mapping[str, frozenset[Permission]] = {
    "branch_secretary": WORKS,
    "party_clerk": WORKS | {P.SHAPE_TREE, P.CLOSE_PERIODS},
    "leader": SEES | {P.CHECK_DOCUMENTS},
    "auditor": SEES,
}
TITLES: Mapping[str, tuple[str, str]] = {
    "branch_secretary": ("支部书记", "Branch secretary"),
    "party_clerk": ("党务干部", "Party clerk"),
    "leader": ("领导", "Leader"),
    "auditor": ("审计员", "Auditor"),
}


def clashing(role: str, held: Iterable[str]) -> frozenset[str]:
    """Those roles of `held` that nobody may hold beside `role`: who audits records nothing, and who records audits not.

    They may hold any number of the others (TRUST (d): an auditor changes nothing).
    """
    records = frozenset(name for name, allowed in ROLES.items() if P.RECORD in allowed)
    beside = {"auditor": records, **dict.fromkeys(records, frozenset({"auditor"}))}
    return beside.get(role, frozenset[str]()) & frozenset(held)


def allows(role: str, permission: Permission) -> bool:
    """Whether `role` carries `permission`; an unknown role carries none."""
    return permission in ROLES.get(role, frozenset())


def may(who: Actor | Scope, permission: Permission, org: OrgId | None = None, on: date | None = None) -> bool:
    """Whether `who` holds `permission` at `org` (None: anywhere), by the tree of `on` (else their scope's day)."""
    scope = who.scope if isinstance(who, Actor) else who
    if org is None:
        return any(allows(grant.role, permission) for grant in scope.grants)
    return any(allows(role, permission) for role in roles_at(scope, org, on))


def roles_at(scope: Scope, org: OrgId, on: date | None = None) -> frozenset[str]:
    """The roles held over `org`; empty for strangers and for units that do not exist."""
    return _roles_in(tree(on or scope.day), scope, org)


def roles_at_each(scope: Scope, orgs: Iterable[OrgId], on: date | None = None) -> dict[OrgId, frozenset[str]]:
    """As `roles_at`, for many units; the day's tree is looked up once."""
    units = tree(on or scope.day)
    return {org: _roles_in(units, scope, org) for org in orgs}


def _roles_in(units: Tree, scope: Scope, org: OrgId) -> frozenset[str]:
    node = units.get(org)
    if node is None:
        return frozenset()
    held = [(grant.role, units.get(grant.branch.org)) for grant in scope.grants]
    return frozenset([role for role, top in held if top and node.path.startswith(top.path)])


def require(who: Actor | Scope, permission: Permission, org: OrgId | None = None, on: date | None = None) -> None:
    """Pass silently, or raise: NotFound for whoever may not see `org` at all, Refused for whoever sees but may not.

    A stranger learns nothing: the NotFound is the same whether the unit exists or not.
    """
    if org is not None:
        require_all(who, permission, [org], on)
    elif not may(who, permission):
        raise no_permission(permission.value)


def require_all(who: Actor | Scope, permission: Permission, orgs: Iterable[OrgId], on: date | None = None) -> None:
    """As `require`, at each of many units."""
    scope = who.scope if isinstance(who, Actor) else who
    units = tree(on or scope.day)
    for org in set(orgs):
        roles = _roles_in(units, scope, org)
        if not roles:
            raise unknown_unit()
        if not any(allows(role, permission) for role in roles):
            raise no_permission(permission.value)


def no_permission(wanted: str) -> Refused:
    """The refusal of somebody who sees the unit but may not do this."""
    return Refused(
        [
            Problem(
                "orgs.not_allowed",
                "您的角色不能做这件事。需要时请联系上级党务干部。",
                "Your role does not allow this. Ask the Party clerk of the unit above if you need it.",
                data={"permission": wanted},
            )
        ]
    )
