"""What a world file may say: an organisation, its units, and the figures its facts shall give."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from gangmu.catalog.definitions import Body, Key, Strict
from gangmu.catalog.yaml_source import Document, read_yaml
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,31}$")]
FigureKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z0-9_]+(\[[a-z0-9_,]+\])?$")]


class Days(Strict):
    """Two local days, both included."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


class NamedUnit(Strict):
    """A unit that texts call by name. `under` is the code of the unit above it (none: the organisation itself)."""

    code: Code
    name: str = Field(min_length=1)
    kind: Key
    domain: Key
    short: str = ""
    aliases: tuple[str, ...] = ()
    under: Code | None = None


class Crowd(Strict):
    """Units with invented names that end alike, dealt out in turn to the units of kind `under` (or to that code)."""

    code: Code
    kind: Key
    domain: Key
    number: int = Field(ge=1, le=20_000)
    ending: str = Field(min_length=1)
    under: str = ""


class Promise(Strict):
    """A figure that the facts shall give: an indicator with its tags, whose, over which days, how much.

    `at` the kind of unit whose facts they are (none: of the unit itself); `tags` and `fields` what else stands in each
    fact (of a thing that is closed, the tags stand in its opening; a field that names a unit is given the kind of unit
    named in turn); `facts` in how many facts a sum is told; `over` how large the whole of a share is, or by how much a
    sum is divided; `base` the share a year earlier, of a change.
    """

    figure: FigureKey
    value: Decimal
    org: Code | None = None
    days: Days | None = None
    at: Key | None = None
    tags: tuple[Key, ...] = ()
    fields: Body = Field(default_factory=dict)
    facts: int | None = Field(default=None, ge=1)
    over: int | None = Field(default=None, ge=1)
    base: Decimal | None = None

    @property
    def indicator(self) -> str:
        return self.figure.partition("[")[0]

    @property
    def selection(self) -> tuple[str, ...]:
        return tuple(tag for tag in self.figure.partition("[")[2].rstrip("]").split(",") if tag)


class Cited(Strict):
    """A number of somebody else's, with its source."""

    org: Code | None = None
    value: Decimal
    issuer: str = Field(min_length=1)
    document: str = Field(min_length=1)
    day: date


class Standard(Strict):
    """A rule of the catalog that a text names, and what it asks for on the last day."""

    rule: str
    value: Decimal


class World(Strict):
    """A whole world file. `since` is the day from which all its units stand."""

    key: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
    organisation: NamedUnit
    since: date
    period: Days
    units: tuple[NamedUnit, ...] = ()
    crowds: tuple[Crowd, ...] = ()
    figures: tuple[Promise, ...] = Field(min_length=1)
    rules: tuple[Standard, ...] = ()
    citations: tuple[Cited, ...] = ()

    @model_validator(mode="after")
    def _codes(self) -> Self:
        """Codes are unique, and whatever names one names a unit of this file."""
        named = [self.organisation.code, *(unit.code for unit in self.units)]
        if len(set(named)) < len(named):
            raise ValueError("a code stands twice")
        owners = {*(one.org for one in self.figures), *(one.org for one in self.citations)}
        wanted = owners | {unit.under for unit in self.units}
        if unknown := wanted - {None, *named}:
            raise ValueError(f"no unit bears the code {', '.join(sorted(map(str, unknown)))}")
        return self


def read_world(path: Path) -> World:
    """Read a world file. Raises Refused with every problem, each with file and line."""
    document = read_yaml(path)
    if document.problems:
        raise Refused(list(document.problems))
    try:
        return World.model_validate(document.content)
    except ValidationError as found:
        raise Refused([_problem(document, error["loc"], error["msg"]) for error in found.errors()]) from None


def _problem(document: Document, where: tuple[str | int, ...], message: str) -> Problem:
    field = ".".join(map(str, where))
    return Problem(
        "world.file",
        f"世界文件的 {field or '内容'} 写得不对：{message}",
        f"{field or 'The world file'} is wrong: {message}",
        document.place(where),
    )
