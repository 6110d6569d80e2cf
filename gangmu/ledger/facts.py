"""The values of the ledger: what is handed in to be recorded, and what was recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_day
from gangmu.kernel.ids import AccountId, FactId, OrgId, PostId

REVERSE = "reverse"  # the kind of a fact that takes another back whole
CLOSED = "period.closed"  # the kind of a fact that closes a period: later facts stand beside it as restated
ROLES = ("reverses", "restates", "answers", "belongs_to")
Standing = tuple[str, tuple[str, ...]]  # a condition in SQL, and its parameters: see alone.take_in


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value for the vault. It belongs to `subject`, else to what the fact is about, else to the fact itself."""

    slot: str
    text: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to an earlier fact: this one reverses | restates | answers | belongs_to it."""

    role: str
    fact: FactId


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact before it is recorded. `claimed_from … claimed_to` is when it happened, as the recorder says (aware).

    `idem` is the caller's own key for this request, unique for each actor: sent again, the first receipt comes back.
    `fact_id` is for callers that must know the id beforehand; otherwise it is drawn.
    """

    kind: str
    org: OrgId
    body: Mapping[str, Json]
    claimed_from: datetime
    claimed_to: datetime
    idem: str
    about: str | None = None
    priv: tuple[Sealed, ...] = ()
    refs: tuple[Ref, ...] = ()
    fact_id: FactId | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A recorded fact. `seq` is its number in the tree, None until the sequencer has given it one."""

    id: FactId
    kind: str
    schema: str
    org: OrgId
    about: str | None
    actor: AccountId
    post: PostId | None
    claimed_from: datetime
    claimed_to: datetime
    received: datetime
    body: Mapping[str, Json]
    refs: tuple[Ref, ...]
    idem: str
    slots: tuple[str, ...]
    seq: int | None
    leaf: str
    reversed_by: FactId | None

    @property
    def day(self) -> date:
        """The local day on which it happened, by which it belongs to a period."""
        return local_day(self.claimed_from)

    @property
    def late_days(self) -> int:
        """Local days between its end and the moment it reached the ledger; 0 when it was recorded the same day."""
        return late_days(self.claimed_to, self.received)

    def ref(self, role: str) -> FactId | None:
        """The fact it points to in `role`, or None."""
        return next((ref.fact for ref in self.refs if ref.role == role), None)


def late_days(claimed_to: datetime, received: datetime) -> int:
    """See Fact.late_days."""
    return max(0, (local_day(received) - local_day(claimed_to)).days)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the recorder takes away: the ledger has this leaf, and it will be in the tree within ten seconds.

    `repeated` says that the same request had been recorded before and nothing was recorded now. `sign` gives the
    signature, the same whenever it is asked: an import of thousands signs none in vain.
    """

    id: FactId
    leaf: str
    received: datetime
    sign: Callable[[], str] = field(repr=False, compare=False)
    repeated: bool

    @property
    def signature(self) -> str:
        """The signature line of the receipt note (see `receipts.text`)."""
        return self.sign()


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed period: what `org` reported for the days `start` … `end` when it was closed at `received`."""

    id: FactId
    org: OrgId
    actor: AccountId
    kinds: tuple[str, ...]
    start: date
    end: date
    received: datetime
    reversed_by: FactId | None

    def restates(self, fact: Fact) -> bool:
        """Whether `fact` came after this closing into what it closed; whose fact it is, is the caller's to ask."""
        if self.reversed_by is not None or fact.received <= self.received:
            return False
        return self.start <= fact.day <= self.end and (not self.kinds or fact.kind in self.kinds)
