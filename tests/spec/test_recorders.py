"""The catalog's recorders and the roles' permissions say the same thing of every kind of fact."""

from gangmu.catalog.current import catalog
from gangmu.orgs.permissions import ROLES, Permission, allows

# What the action that records a family of kinds asks for; every other family is recorded as such. None: the account
# must be a keeper of accounts, which is no role.
ASKED: dict[str, Permission | None] = {
    "unit": Permission.SHAPE_TREE,
    "relation": Permission.SHAPE_TREE,
    "post": Permission.KEEP_MEMBERS,
    "holding": Permission.KEEP_MEMBERS,
    "membership": Permission.KEEP_MEMBERS,
    "person": Permission.KEEP_MEMBERS,
    "period": Permission.CLOSE_PERIODS,
    "claim": Permission.BIND_CLAIMS,
    "account": None,
    "access": None,
}
FOUNDS_THE_ROOT = "unit.founded"  # the first unit of an installation is founded by the keeper who begins it


def may_record(kind: str) -> set[str]:
    """Who may record facts of `kind`, by the permissions."""
    asked = ASKED.get(kind.partition(".")[0], Permission.RECORD)
    roles = {"keeper"} if asked is None else {role for role in ROLES if allows(role, asked)}
    return roles | ({"keeper"} if kind == FOUNDS_THE_ROOT else set())


def test_every_kind_names_as_recorders_exactly_those_who_may_record_it() -> None:
    said = {key: set(kind.recorders) for key, kind in catalog().facts.items()}
    assert said == {key: may_record(key) for key in said}


def test_no_kind_of_fact_is_recorded_by_leaders_or_auditors() -> None:
    named = {recorder for kind in catalog().facts.values() for recorder in kind.recorders}
    assert named == {"branch_secretary", "party_clerk", "keeper"}


def test_every_family_with_an_action_of_its_own_is_among_the_kinds() -> None:
    assert set(ASKED) <= {kind.partition(".")[0] for kind in catalog().facts}
