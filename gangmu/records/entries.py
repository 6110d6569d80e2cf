"""What is handed in to be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_day, local_moment
from gangmu.kernel.ids import FactId, OrgId


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to be recorded: what kind, by which unit, when it happened, its fields in clear and sealed.

    `about` is the thing it concerns; a fact that opens a thing may leave it out and gets an id of its own. `end` is the
    last moment, the same as `start` unless it took longer. `idem` is the request key: sent again, nothing is doubled.
    `fact_id` is for entries that others of the same request name in `belongs_to`.
    """

    kind: str
    org: OrgId
    start: datetime
    idem: str
    body: Mapping[str, Json] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None
    end: datetime | None = None
    fact_id: FactId | None = None
    belongs_to: FactId | None = None

    @classmethod
    def on(
        cls, kind: str, org: OrgId, day: date, idem: str, body: Mapping[str, Json], *,
        sealed: Mapping[str, str] | None = None, about: str | None = None,
    ) -> "Entry":  # fmt: skip
        """An entry that happened on a local day."""
        return cls(kind, org, local_moment(day), idem, body, sealed or {}, about)

    @property
    def first_day(self) -> date:
        return local_day(self.start)

    @property
    def last_day(self) -> date:
        return local_day(self.end or self.start)
