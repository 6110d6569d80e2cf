"""A report as a file: its figures, each with all that it states, so that anybody can count them again.

Every figure is as known at one size of the ledger, and the root over so many entries is named: together with an export
of the log and the catalog that is all one needs (gangmu.indicators.again). The file is one JSON object; its `digest` is
over the head and the digests of the figures.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.compiled import Catalog
from gangmu.indicators.questions import question
from gangmu.indicators.values import Figure
from gangmu.kernel.canon import Json, NotCanonical, digest
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Unusable

FORMAT = 1
BESIDE = ("title", "unit_name", "digest")  # of a line: for people, and its check; not what is stated


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a report: what it states, what it is called, and the digest it bears."""

    statement: Mapping[str, Json]
    title: str
    unit_name: str
    digest: str

    @property
    def key(self) -> str:
        return str(self.statement["indicator"])

    @property
    def org(self) -> OrgId:
        return OrgId(str(self.statement["org"]))

    @property
    def period(self) -> Period:
        first, last = (date.fromisoformat(str(self.statement[end])) for end in ("from", "to"))
        return Period(first, last)

    @property
    def tree_day(self) -> date:
        return date.fromisoformat(str(self.statement["tree_day"]))


@dataclass(frozen=True, slots=True)
class Report:
    """Figures as known when the log `log` held `size` entries under `root` (hexadecimal), by one catalog."""

    log: str
    size: int
    root: str
    catalog: str
    lines: tuple[Line, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over the head and every figure's digest, in their order."""
        told: dict[str, Json] = {
            "report": FORMAT, "log": self.log, "ledger_size": self.size, "root": self.root, "catalog": self.catalog,
            "figures": [line.digest for line in self.lines],
        }  # fmt: skip
        return digest(told)


def line(figure: Figure, definitions: Catalog, unit_name: str) -> Line:
    """A figure as a report lists it."""
    title = question(figure.key, figure.period.start, definitions).definition.title.zh
    return Line(figure.statement, title, unit_name, figure.digest)


def written(report: Report) -> str:
    """The file: one JSON object, a figure a line, ending with a newline."""
    head = {"report": FORMAT, "log": report.log, "ledger_size": report.size, "root": report.root,
            "catalog": report.catalog, "digest": report.digest}  # fmt: skip
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(_told(one), ensure_ascii=False) for one in report.lines)
    return f'{opening}, "figures": [\n{lines}\n]}}\n'


def _told(one: Line) -> dict[str, Json]:
    return {**one.statement, "title": one.title, "unit_name": one.unit_name, "digest": one.digest}


def read(text: str, name: str) -> tuple[Report, list[Problem]]:
    """The report in a file, and a Problem for every line, or the whole, that does not fit the digest it bears.

    Raises Unusable for what is no report.
    """
    try:
        told = json.loads(text)
        if told["report"] != FORMAT:
            raise ValueError(f"format {told['report']}")
        lines = tuple(_line(one) for one in told["figures"])
        report = Report(str(told["log"]), _size(told["ledger_size"]), str(told["root"]), str(told["catalog"]), lines)
        problems = _altered(report, str(told["digest"]))
    except (ValueError, KeyError, TypeError, AttributeError, NotCanonical, RecursionError) as error:
        raise Unusable(unreadable(name, error)) from None
    return report, problems


def _line(told: Mapping[str, Json]) -> Line:
    statement = {key: value for key, value in told.items() if key not in BESIDE}
    found = Line(statement, str(told["title"]), str(told["unit_name"]), str(told["digest"]))
    if not (found.key and found.org and found.period and found.tree_day):
        raise ValueError("a figure names its indicator and unit")
    return found


def _size(told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or told < 1:
        raise ValueError(f"ledger_size {told}")
    return told


def _altered(report: Report, borne: str) -> list[Problem]:
    changed = [one for one in report.lines if digest(dict(one.statement)) != one.digest]
    found = [
        Problem("report.altered",
                f"报告里“{one.title}”（{one.unit_name}）这一行和它自己的校验码对不上：写好以后被改过。",
                f"The line of {one.key} ({one.unit_name}) does not fit its own digest: it was changed after it was "
                "written.", where=one.key)
        for one in changed
    ]  # fmt: skip
    if not found and report.digest != borne:
        found.append(Problem("report.altered", "报告的校验码和各行对不上：写好以后被改过，或者少了、多了几行。",
                             "The report's digest does not fit its lines: it was changed, or lines are missing or "
                             "added after it was written.", where="digest"))  # fmt: skip
    return found


def unreadable(name: str, error: Exception) -> Problem:
    """The Problem of a file that is no report."""
    why = f"{type(error).__name__} {error}"[:120]
    return Problem(
        "report.unreadable",
        f"{name} 不是 gangmu report 写的报告文件（{why}）；请给出原来的文件。",
        f"{name} is no file written by `gangmu report` ({why}): hand over the original file.",
        where=name,
    )


def difference(reported: Mapping[str, Json], counted: Mapping[str, Json], beside: Sequence[str] = ()) -> list[str]:
    """The parts of a statement that differ, each as `name: reported → counted`; those `beside` are left out."""
    names = dict.fromkeys((*counted, *reported))
    return [
        f"{name}: {_short(reported.get(name))} → {_short(counted.get(name))}"
        for name in names
        if name not in beside and reported.get(name) != counted.get(name)
    ]


def _short(told: Json) -> str:
    return json.dumps(told, ensure_ascii=False)[:80]
