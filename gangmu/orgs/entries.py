"""What the batch forms take: one frozen row a thing.

Days are local days; ids left out are drawn from the request key."""

from dataclasses import dataclass
from datetime import date

from gangmu.kernel.ids import OrgId, PersonId, PostId


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be founded. `parent` None founds a root, which only a keeper of accounts may do."""

    name: str
    kind: str
    domain: str
    parent: OrgId | None
    at: date
    idem: str
    short: str = ""
    aliases: str = ""
    code: str = ""
    org: OrgId | None = None
    split_from: OrgId | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post of a unit."""

    org: OrgId
    post: str
    at: date
    idem: str
    title: str = ""
    term_years: int | None = None


@dataclass(frozen=True, slots=True)
class NewHolding:
    """A person taking up a post. `until` is the last day of the term."""

    post: PostId
    person: PersonId
    origin: str
    at: date
    idem: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seating:
    """Somebody who takes up a post as a page asks for it; whoever holds it leaves it that day for `reason`.

    Either `person` is on record, or `name` puts one on record; `post` None sets up a post of `post_kind` first.
    """

    org: OrgId
    origin: str
    at: date
    idem: str
    post: PostId | None = None
    post_kind: str = ""
    person: PersonId | None = None
    name: str = ""
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is kept of a person (docs/adr/0005): all of it sealed. `org` is the unit that records it."""

    org: OrgId
    at: date
    idem: str
    person: PersonId | None = None
    name: str = ""
    sex: str = ""
    birth_month: str = ""
    education: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class NewMembership:
    """A person becoming a member of a branch. `membership` names the file in which earlier stages were recorded."""

    org: OrgId
    person: PersonId
    how: str
    stage: str
    category: str
    age_band: str
    at: date
    idem: str
    membership: str | None = None


@dataclass(frozen=True, slots=True)
class NewStage:
    """A step of a person's way into the Party, in the file `membership` (None opens a new file)."""

    org: OrgId
    person: PersonId
    stage: str
    at: date
    idem: str
    membership: str | None = None
    age_band: str = ""


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Somebody to be entered on a roster as a page asks for it: a member chosen, or a name not listed.

    `basis`: the document by which they are on it; `until`: the last day agreed, if any.
    """

    org: OrgId
    roster: str
    at: date
    idem: str
    basis: str
    person: PersonId | None = None
    name: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A holding or membership (`about`) that ends on the day `at`, and why."""

    about: str
    reason: str
    at: date
    idem: str


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that comes out of a split, with what it takes along from the old one."""

    name: str
    code: str = ""
    short: str = ""
    children: tuple[OrgId, ...] = ()
    memberships: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the tree as a page asks for it. `verb`: one of VERBS; `org` the unit it is asked at.

    For a founding `org` is the parent. `other` is the new parent of a move, the receiving unit of a merger; what a verb
    does not need stays empty.
    """

    verb: str
    org: OrgId
    at: date
    idem: str
    name: str = ""
    short: str = ""
    aliases: str = ""
    kind: str = ""
    domain: str = ""
    code: str = ""
    other: OrgId | None = None
    reason: str = ""
    parts: tuple[Part, ...] = ()
    continues: bool = False


VERBS = ("found", "rename", "move", "merge", "split", "dissolve")
