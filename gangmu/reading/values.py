"""The frozen values that the steps of reading hand to each other.

Offsets are code points into `Source.text`, end exclusive: for .txt .md .html the decoded file as it stands,
for .docx .xlsx .pdf the characters that the `text` command prints. What a text holds by the thousand is a named tuple,
which is made several times as fast as a frozen dataclass.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["count", "amount", "ratio", "change", "norm"]
Approx = Literal["over", "nearly", "about", "at_least", "at_most", "under"]
Format = Literal["txt", "md", "html", "docx", "xlsx", "pdf"]
FindingType = Literal[
    "share", "per", "growth", "multiple", "points", "sum", "part_of", "difference", "repeat", "unit", "limit",
    "figure", "rule", "citation", "placeholder",
]  # fmt: skip
Verdict = Literal["confirmed", "consistent", "contradiction", "no_record", "unbound", "placeholder"]


class Span(NamedTuple):
    """Half-open range of code points in the source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One document as it was handed in. `doc` is the file's own name without folder.

    `headings` are the places where a style of a .docx begins a heading, each with its level (0 the title).
    """

    doc: str
    text: str
    format: Format = "txt"
    headings: tuple[tuple[int, int], ...] = ()


class Claim(NamedTuple):
    """One number that a record could prove wrong (the guideline's §1).

    `value` is in the base unit (万, 亿 multiplied out; ratios and rates of change in percent), None for a
    placeholder; `value_max` is the upper end of a range. `worth` is the worth of the last written digit in the
    base unit (8.6万 → 1000, 96.3% → 0.1), `worth_nonzero` that of the last non-zero digit (1200 → 100): the
    document checker needs them to say what a wording covers. `scaled` is true when 万, 亿, 千 or 百 was written.
    """

    span: Span
    text: str
    kind: Kind
    value: Decimal | None
    unit: str | None
    value_max: Decimal | None = None
    approx: Approx | None = None
    placeholder: bool = False
    subject: str | None = None
    action: str | None = None
    group: str | None = None
    worth: Decimal = Decimal(1)
    worth_nonzero: Decimal = Decimal(1)
    scaled: bool = False
    subject_span: Span | None = None
    action_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, heading or running point. Level 0 is the document title, whose marker is None."""

    span: Span
    level: int
    marker: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Body:
    """Where the document begins and ends between page boilerplate; `noise` is boilerplate inside it."""

    span: Span
    truncated: bool
    noise: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one source without any record: what every later step starts from."""

    source: Source
    body: Body
    outline: tuple[Heading, ...]
    claims: tuple[Claim, ...]


class Finding(NamedTuple):
    """One thing said about numbers of the text.

    `spans` are the operands and the stated figure, in text order, never empty, each the span of a claim.
    `stated` and `computed` are in base units; `working` is a sentence with the arithmetic written out.
    `suspect` is the span that the finding says is wrong when one operand is clearly the culprit.
    """

    type: FindingType
    verdict: Verdict
    spans: tuple[Span, ...]
    stated: Decimal | None
    computed: Decimal | None
    working: str
    working_en: str = ""
    suspect: Span | None = None
