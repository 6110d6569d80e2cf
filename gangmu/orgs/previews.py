"""What a change of the tree would do, in rows that a page shows: read from the very facts that would be recorded."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.ledger.facts import Draft
from gangmu.orgs import lookups, rosters, rules
from gangmu.orgs.actions.drafts import kind_rules
from gangmu.orgs.queries import holds, tree
from gangmu.orgs.rules import Strength

COMMITTEE = frozenset({"organisation", "publicity", "discipline", "member"})  # posts that are seats of a committee
COMMITTEE_FROM = 7  # full members from which a branch elects a committee (支部工作条例 第二章)


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit that would hang elsewhere, with how many living units under it."""

    org: OrgId
    name: str
    before: str
    after: str
    beneath: int


@dataclass(frozen=True, slots=True)
class Went:
    """Memberships that would go from one unit to another."""

    before: str
    after: str
    members: int


@dataclass(frozen=True, slots=True)
class PostClosed:
    """A post that would be done away with; `held`: somebody would leave it."""

    post: str
    title: str
    held: bool


@dataclass(frozen=True, slots=True)
class Effects:
    """All that a change would do. Names are those of the day; a unit to be founded bears its new name."""

    founded: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    ended: tuple[str, ...]
    moved: tuple[Moved, ...]
    members: tuple[Went, ...]
    posts: tuple[PostClosed, ...]
    relations: int
    facts: int


def effects(scope: Scope, org: OrgId, drafts: Sequence[Draft], on: date) -> Effects:
    """What `drafts`, planned for a change at `org`, would do on the day `on`."""
    names = _names(drafts, on)
    units = tree(on)
    moves = [one for one in drafts if one.kind == "unit.moved"]
    return Effects(
        founded=tuple(str(one.body["name"]) for one in drafts if one.kind == "unit.founded"),
        renamed=tuple((names.get(one.org, ""), str(one.body["name"])) for one in drafts if one.kind == "unit.renamed"),
        ended=tuple(names.get(one.org, "") for one in drafts if one.kind in ("unit.merged", "unit.dissolved")),
        moved=tuple(_moved(OrgId(str(one.about)), str(one.body["parent"]), names, on) for one in moves),
        members=_members(drafts, names),
        posts=_posts(scope, org, drafts, on) if org in units else (),
        relations=sum(one.kind == "relation.closed" for one in drafts),
        facts=len(drafts),
    )


def _names(drafts: Iterable[Draft], on: date) -> Mapping[str, str]:
    units = tree(on)
    told = {str(node.org) for one in drafts for org in (one.org, one.about, one.body.get("parent"))
            if (node := units.get(OrgId(str(org))))}  # fmt: skip
    parents = {str(node.parent) for org in told if (node := units.get(OrgId(org)))}
    known = {org: node.name for org in told | parents if (node := units.get(OrgId(org)))}
    return known | {str(one.about): str(one.body["name"]) for one in drafts if one.kind == "unit.founded"}


def _moved(org: OrgId, parent: str, names: Mapping[str, str], on: date) -> Moved:
    node = tree(on).get(org)
    if node is None:
        return Moved(org, names.get(org, ""), "", names.get(parent, ""), 0)
    beneath = sum(one.alive for one in tree(on).subtree(node.path)) - 1
    return Moved(org, node.name, names.get(str(node.parent), ""), names.get(parent, ""), beneath)


def _members(drafts: Sequence[Draft], names: Mapping[str, str]) -> tuple[Went, ...]:
    """An ending is followed by the beginning of the same person's membership elsewhere (actions.endings)."""
    left = [one.org for one in drafts if one.kind == "membership.ended"]
    joined = [one.org for one in drafts if one.kind == "membership.started"]
    went = Counter(zip(left, joined, strict=True))
    units = {org for pair in went for org in pair}
    called = {org: names.get(org) or _name_today(org) for org in units}
    return tuple(Went(called[before], called[after], count) for (before, after), count in went.items())


def _name_today(org: OrgId) -> str:
    node = tree(date.max).get(org)
    return node.name if node else ""


def _posts(scope: Scope, org: OrgId, drafts: Sequence[Draft], on: date) -> tuple[PostClosed, ...]:
    closed = {one.about for one in drafts if one.kind == "post.closed"}
    if not closed or not holds(scope, org):
        return ()
    rows = rosters.posts(scope, org, on)
    return tuple(PostClosed(row.post, row.title, row.person is not None) for row in rows if row.id in closed)


def findings(scope: Scope, org: OrgId, on: date) -> list[Problem]:
    """What the rules of size and of terms say about a unit as it is on the day; nothing of it forbids anything."""
    node = tree(on).get(org)
    if node is None or not holds(scope, org):
        return []
    posts = rosters.posts(scope, org, on)
    seats = sum(row.post in COMMITTEE for row in posts)
    kind = kind_rules(node.kind)
    has = strength(org, on, seats)
    return [*_of_size(node.kind, has, on), *rules.term_due(kind, term_end(posts), on)]


def after_change(drafts: Sequence[Draft], on: date) -> dict[str, list[Problem]]:
    """What the rules of size would say about the units whose members change, by the units' names."""
    change: Counter[OrgId] = Counter()
    full: Counter[OrgId] = Counter()
    for one in drafts:
        step = {"membership.started": 1, "membership.ended": -1}.get(one.kind, 0)
        change[one.org] += step
        full[one.org] += step if one.body.get("stage", "full") == "full" else 0
    names = _names(drafts, on)
    kinds = {OrgId(str(one.about)): str(one.body["unit_kind"]) for one in drafts if one.kind == "unit.founded"}
    ended = {one.org for one in drafts if one.kind in ("unit.merged", "unit.dissolved")}
    found = {}
    for org in {*change, *kinds} - ended:
        node, now = tree(on).get(org), strength(org, on, 0)
        kind = kinds.get(org) or (node.kind if node else "")
        has = Strength(now.members + change[org], now.full + full[org], _seats(org, on))
        if change[org] or org in kinds:
            found[names.get(org) or _name_today(org)] = _of_size(kind, has, on)
    return {name: told for name, told in found.items() if told}


def _of_size(kind: str, has: Strength, on: date) -> list[Problem]:
    least, most = catalog().rule("branch.members_min", on), catalog().rule("branch.members_max", on)
    if least is None or most is None:
        return []  # before these rules there was no such number
    return rules.of_strength(kind_rules(kind), has, int(least.value), int(most.value), COMMITTEE_FROM)


def strength(org: OrgId, on: date, committee: int) -> Strength:
    """The members of one unit on the day, those in full standing among them, and its seats as given."""
    members = [one.id for one in lookups.members_of(org, on)]
    stages = lookups.stage_on(members, on)
    return Strength(len(members), sum(stages.get(one, "full") == "full" for one in members), committee)


def _seats(org: OrgId, on: date) -> int:
    return sum(post in COMMITTEE for post in lookups.kinds_of_posts(org, on))


def term_end(posts: Iterable[rosters.PostRow]) -> date | None:
    """The last day of the term of those elected to the unit's posts: the earliest that is known."""
    return min((row.term_ends_on for row in posts if row.term_ends_on and row.origin == "elected"), default=None)
