"""Who is asking, and what they may see: frozen values handed to every read and every action.

A Scope is made in one place (orgs.scope) from the grants in force; everything below takes it as an argument, so a
read without one cannot be written.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gangmu.kernel.ids import AccountId, OrgId, PostId


class Branch(NamedTuple):
    """A subtree of the dated tree: the unit at its top and its materialised path on the scope's day."""

    org: OrgId
    path: str

    @property
    def low(self) -> str:
        return self.path

    @property
    def high(self) -> str:
        """Exclusive upper bound of the paths at or under `path` (path characters sort below `~`)."""
        return self.path + "~"

    def holds(self, path: str) -> bool:
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held over one subtree."""

    role: str
    branch: Branch


@dataclass(frozen=True, slots=True)
class Scope:
    """Subtree × role × day. What a role opens over its subtree is asked in one place (orgs.permissions)."""

    grants: tuple[Grant, ...]
    day: date

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def branches(self) -> tuple[Branch, ...]:
        return tuple(dict.fromkeys(grant.branch for grant in self.grants))

    def holds(self, path: str) -> bool:
        """Whether a unit at `path` lies inside."""
        return any(grant.branch.holds(path) for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, the post it acts for, and its scope at that moment."""

    account: AccountId
    scope: Scope = field(default_factory=lambda: Scope((), date.min))
    post: PostId | None = None
