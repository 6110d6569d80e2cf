"""Who stands near a unit: holders of a role over the unit itself or over the one it hangs under, nobody further up."""

from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, allows


def is_near(scope: Scope, org: OrgId) -> bool:
    """Whether the reader sees persons at the unit itself or one level up: where what stays near is read."""
    above = orgs.above(scope, org)
    near = {org, *(node.org for node in above[-1:])}
    return any(grant.branch.org in near and allows(grant.role, Permission.SEE_PERSONS) for grant in scope.grants)
