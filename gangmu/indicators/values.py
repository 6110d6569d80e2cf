"""A figure and everything that must be known to believe it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from gangmu.catalog.definitions import SourceStatus
from gangmu.kernel.canon import Json, digest
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period

Why = Literal["", "absent", "no_whole", "withheld"]


@dataclass(frozen=True, slots=True)
class Words:
    """A short text in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Part:
    """One aggregate a figure is made of: what it counts in words, its value, its formula and the days it looks at.

    `first` is None where it looks back to the first record. `facts` is how many facts stand behind it.
    """

    name: Words
    value: Decimal | None
    unit: str
    query: str
    first: date | None
    last: date
    facts: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its source: the definition, the organisation, the period, the tree, the ledger it was read from.

    `key` is the question, indicator and chosen tags: activity.sessions[lecture]. `value` is None when nothing is on
    record (`absent`: 待补, never 0), when it cannot be formed (a whole of zero), or when the group is too small to be
    shown (`withheld`); `why` says which. In a closed period `value` is as it was reported, and `restated` what it is
    by now, where that differs. `numerator` and `denominator` are what was divided; of a change they are this period's
    value and the base's, and `points` the percentage points between them. `places`: the decimals the definition
    shows. `late_count` of the `facts` behind it were recorded late. `ledger_size` facts were known, `manifest` names
    the sealed segments among them. `source_status` is the definition's: the rule of an `unverified` one is 口径待核.
    `direct`: only what the unit recorded itself, without the units beneath it.
    """

    key: str
    indicator: str
    selection: tuple[str, ...]
    org: OrgId
    period: Period
    value: Decimal | None
    unit: str
    places: int
    numerator: Decimal | None
    denominator: Decimal | None
    points: Decimal | None
    parts: tuple[Part, ...]
    facts: int
    late_count: int
    why: Why
    source_status: SourceStatus
    catalog: str
    tree_day: date
    ledger_size: int
    manifest: str
    restated: Decimal | None = None
    reported_on: date | None = None
    direct: bool = False

    @property
    def absent(self) -> bool:
        return self.why == "absent"

    @property
    def unverified(self) -> bool:
        return self.source_status == "unverified"

    @property
    def withheld(self) -> bool:
        return self.why == "withheld"

    @property
    def statement(self) -> dict[str, Json]:
        """What the figure says and what it was counted from, as a report lists it: equal wherever it is counted right.

        Neither the segments that happened to be sealed nor words are in it. Numbers are exact, as text, without the
        noughts that change nothing.
        """
        return {
            "v": 1, "indicator": self.key, "org": self.org,
            "from": self.period.start.isoformat(), "to": self.period.end.isoformat(),
            "value": _exact(self.value), "unit": self.unit,
            "numerator": _exact(self.numerator), "denominator": _exact(self.denominator),
            "points": _exact(self.points), "restated": _exact(self.restated), "why": self.why,
            "parts": [[part.query, _exact(part.value), part.facts] for part in self.parts],
            "facts": self.facts, "late": self.late_count, "catalog": self.catalog,
            "tree_day": self.tree_day.isoformat(), "ledger_size": self.ledger_size,
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """SHA-256 over the statement in canonical form."""
        return digest(self.statement)

    def as_record(self) -> dict[str, object]:
        """The figure as one JSON object, every number a JSON number."""
        return {
            "indicator": self.key,
            "org": self.org,
            "from": self.period.start.isoformat(),
            "to": self.period.end.isoformat(),
            "value": plain(self.value),
            "unit": self.unit,
            "numerator": plain(self.numerator),
            "denominator": plain(self.denominator),
            "parts": [
                {"name": part.name.zh, "value": plain(part.value), "unit": part.unit, "query": part.query}
                for part in self.parts
            ],
            "source_status": self.source_status,
            "catalog": self.catalog,
            "tree_day": self.tree_day.isoformat(),
            "ledger_size": self.ledger_size,
            "manifest": self.manifest,
            "late_count": self.late_count,
            "restated": plain(self.restated),
            "why": self.why,
            "digest": self.digest,
        }


@dataclass(frozen=True, slots=True)
class Laid:
    """A fact that was laid straight into the mart (mart.lay) and the ledger does not hold, as pages show facts."""

    id: FactId
    seq: int
    kind: str
    org: OrgId
    claimed_from: datetime
    received: datetime
    body: Mapping[str, Json]
    reversed_by: None = None


class Told(NamedTuple):
    """A fact as the engine knows it; `laid` where the ledger does not hold it."""

    fact: FactId
    kind: str
    org: OrgId
    about: str | None
    laid: Laid | None = None


class Source(NamedTuple):
    """A fact behind a figure; `laid` where the ledger does not hold it."""

    fact: FactId
    laid: Laid | None = None


class Behind(NamedTuple):
    """One fact behind a figure: which part it counts in, and what it adds to it (None where things are told apart)."""

    fact: FactId
    kind: str
    org: OrgId
    about: str | None
    day: date
    late: bool
    part: int
    amount: Decimal | None
    thing: str | None
    laid: Laid | None = None


@dataclass(frozen=True, slots=True)
class BehindPage:
    """One page of the facts behind a figure, newest first, and how many there are in all."""

    rows: tuple[Behind, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of a figure shows, read in one go.

    `children` are the living units beneath, and, where the unit recorded something itself, what it recorded
    (`direct`); so additive children sum to the figure. `trend` is month by month, `behind` one page of its facts.
    """

    figure: Figure
    before: Figure
    year_earlier: Figure
    trend: tuple[Figure, ...]
    children: tuple[Figure, ...]
    behind: BehindPage


@dataclass(frozen=True, slots=True)
class TableRow:
    """One indicator of an organisation: this period, the period before, and the units beneath by id."""

    figure: Figure
    before: Figure
    children: Mapping[OrgId, Figure] = field(default_factory=dict)


def _exact(value: Decimal | None) -> str | None:
    if value is None:
        return None
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def plain(value: Decimal | None) -> int | float | None:
    """A number as JSON writes it: an integer where it is whole, else with the digits that a float keeps."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
