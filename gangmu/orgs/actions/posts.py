"""Relations beside the tree, posts, and who holds them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId, PersonId, PostId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Receipt
from gangmu.orgs import lookups, rules
from gangmu.orgs.actions.drafts import ask_members, draft, end, kind_rules, refuse, repeated, repeats, submit, thing_id
from gangmu.orgs.entries import Ending, NewHolding, NewPost
from gangmu.orgs.lookups import OpenPost
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import lives
from gangmu.orgs.rules import Life


@transaction.atomic
def open_relation(kind: str, org: OrgId, other: OrgId, *, by: Actor, at: date, idem: str) -> str:
    """Tie two units beside the tree from the day `at` on; `org` leads. Returns the relation's id."""
    require(by, Permission.SHAPE_TREE, org)
    about = thing_id(by, idem)
    if not repeated(by, idem):
        units = lives([org, other])
        for one in (org, other):
            refuse(rules.against_change(units.get(one), at, clock.today()))
        refuse(rules.against_relation(org == other, lookups.related(kind, org, other, at)))
        leading, tied = (kind_rules(units[one].kind) for one in (org, other))
        refuse(rules.against_covering(kind, leading, tied))
    submit([draft("relation.opened", org, about, at, idem, relation=kind, other=other)], by)
    return about


@transaction.atomic
def close_relation(relation: str, *, by: Actor, at: date, idem: str, reason: str = "") -> Receipt:
    """Untie them from the day `at` on."""
    require(by, Permission.SHAPE_TREE, lookups.spells("relation", [relation])[relation].org)
    return end("relation", "relation.closed", [Ending(relation, reason, at, idem)], by)[0]


def create_post(
    org: OrgId, post: str, *, by: Actor, at: date, idem: str, title: str = "", term_years: int | None = None
) -> PostId:
    """Set up a post in the unit from the day `at` on. Returns its id."""
    return load_posts([NewPost(org, post, at, idem, title, term_years)], by=by)[0]


@transaction.atomic
def load_posts(rows: Sequence[NewPost], *, by: Actor) -> list[PostId]:
    """Set up many posts, all or none. Returns their ids in order."""
    ask_members({new.org for new in rows}, by)
    known, today = repeats(by, (new.idem for new in rows)), clock.today()
    units = lives({new.org for new in rows})
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for new in rows:
        if new.idem not in known:
            problems += rules.against_change(units.get(new.org), new.at, today)
        drafts.append(draft("post.created", new.org, thing_id(by, new.idem), new.at, new.idem, post=new.post,
                            title=new.title, term_years=new.term_years))  # fmt: skip
    refuse(problems)
    submit(drafts, by)
    return [PostId(str(one.about)) for one in drafts]


@transaction.atomic
def close_post(post: PostId, *, by: Actor, at: date, idem: str) -> Receipt:
    """Do away with the post from the day `at` on. Refused while somebody holds it, or takes it up later."""
    if not repeated(by, idem):
        held = lookups.open_posts({post: at}).get(post)
        refuse(rules.against_closing_post(held is not None and held.taken))
    return end("post", "post.closed", [Ending(post, "", at, idem)], by)[0]


def start_holding(
    post: PostId, person: PersonId, origin: str, *, by: Actor, at: date, idem: str, until: date | None = None
) -> str:
    """Let `person` hold the post from the day `at` on, `until` the last day of the term. Returns the holding's id."""
    return load_holdings([NewHolding(post, person, origin, at, idem, until)], by=by)[0]


@transaction.atomic
def load_holdings(rows: Sequence[NewHolding], *, by: Actor) -> list[str]:
    """Let many persons take up posts, all or none. Returns the holdings' ids in order."""
    posts = lookups.open_posts({new.post: new.at for new in rows})
    ask_members({posts[new.post].org for new in rows if new.post in posts}, by)
    units = lives({post.org for post in posts.values()})
    known, filled = repeats(by, (new.idem for new in rows)), set[PostId]()
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for new in rows:
        post = posts.get(new.post)
        if post is None:
            problems.append(rules.no_such_post(new.at))
            continue
        if new.idem not in known:
            problems += _against_holding(new, post, units[post.org], filled)
        filled.add(new.post)
        drafts.append(draft("holding.started", post.org, thing_id(by, new.idem), new.at, new.idem, post=new.post,
                            person=new.person, origin=new.origin, until=str(new.until or "")))  # fmt: skip
    refuse(problems)
    submit(drafts, by)
    return [str(one.about) for one in drafts]


def _against_holding(new: NewHolding, post: OpenPost, unit: Life, filled: set[PostId]) -> list[Problem]:
    held = post.taken or new.post in filled
    return [
        *rules.against_the_day(new.at, clock.today(), post.since),
        *rules.against_holding(kind_rules(unit.kind), new.origin, new.at, new.until, held),
    ]


def end_holding(holding: str, reason: str, *, by: Actor, at: date, idem: str) -> Receipt:
    """End the holding on the day `at`: from then on the post is vacant."""
    return load_holding_endings([Ending(holding, reason, at, idem)], by=by)[0]


@transaction.atomic
def hand_over(
    post: PostId, to: PersonId, origin: str, reason: str, *, by: Actor, at: date, idem: str, until: date | None = None
) -> str:
    """Let whoever holds the post leave it for `reason` and `to` take it up, both on the day `at`, or neither.

    A vacant post is taken up as by `start_holding`. Returns the new holding's id.
    """
    held = lookups.open_posts({post: at}).get(post)
    if held is not None and held.holding and not repeated(by, idem):
        end_holding(held.holding, reason, by=by, at=at, idem=f"{idem}/out")
    return start_holding(post, to, origin, by=by, at=at, idem=idem, until=until)


@transaction.atomic
def load_holding_endings(rows: Sequence[Ending], *, by: Actor) -> list[Receipt]:
    """End many holdings, all or none."""
    return end("holding", "holding.ended", rows, by)
