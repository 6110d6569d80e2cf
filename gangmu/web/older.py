"""The page of a figure as it was known, or by the tree of another day: what its address asks and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.indicators.values import Figure
from gangmu.kernel.periods import asked_day
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.pages import formats, rows
from gangmu.pages.listing import address
from gangmu.pages.templatetags.gangmu import figure_text, language

NAMES = ("as_known", "tree_day")
LONGEST = 15  # digits of a size
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which older view the address asks for: by the first so many facts, by the tree of a day, both, or neither."""

    as_known: int | None = None
    tree_day: date | None = None

    def __bool__(self) -> bool:
        return self.as_known is not None or self.tree_day is not None

    @property
    def query(self) -> str:
        """What an address that names a period already goes on with."""
        return address("", {"as_known": self.as_known, "tree_day": self.tree_day}).replace("?", "&", 1)


@dataclass(frozen=True, slots=True)
class Note:
    """What the page of an older view says of it: what counted, where that is proven, how it differs from now."""

    said: str
    now: str
    change: str
    same: bool


def asked(query: QueryDict) -> tuple[Asked, list[Problem]]:
    """What the address asks for; what cannot be read is left out and told."""
    size, day = query.get("as_known", "").strip(), query.get("tree_day", "").strip()
    found, problems = Asked(), []
    if size.isascii() and size.isdigit() and len(size) <= LONGEST:
        found = Asked(int(size))
    elif size:
        problems.append(_no_size(size))
    try:
        return Asked(found.as_known, asked_day(day) if day else None), problems
    except ValueError:
        return found, [*problems, _no_day(day)]


def read(wanted: Asked, found: list[Problem], one: Callable[[Asked], Read]) -> tuple[Read, Asked]:
    """What `one` reads of the view wanted; of the view of now where that is refused, which is added to `found`."""
    try:
        return one(wanted), wanted
    except Refused as refused:
        if not {problem.where for problem in refused.problems} <= set(NAMES):
            raise
        found += refused.problems
        return one(Asked()), Asked()


def note(wanted: Asked, then: Figure, now: Figure) -> Note:
    """How the older figure is told from that of now."""
    said = [_("按%(day)s的隶属关系") % {"day": formats.day(then.tree_day, language())}]
    if wanted.as_known is not None:
        said.insert(0, _("只算台账前%(size)s条") % {"size": formats.grouped(wanted.as_known)})
    same = (then.value, then.why) == (now.value, now.why)
    return Note(_("，").join(said), figure_text(now), "" if same else rows.figure_change(now, then, language()), same)


def head(size: int) -> dict[str, Any]:
    """The ledger's head of that size, as components read it."""
    return {"size": size, "root": ledger.root_at(size).hex(), "signed": None, "waiting": 0}


def proof(head: dict[str, Any]) -> str:
    """Where the head of that size is held against what the ledger holds now."""
    return reverse("ledger-head", args=[head["size"]]) + f"?root={head['root']}"


def _no_size(text: str) -> Problem:
    return Problem(
        "web.known_size",
        f"“{text[:20]}”不是条数：请写整数，如1200。这里先显示现在的数。",
        f"“{text[:20]}” is no size of the ledger: write a whole number like 1200. The figure of now is shown.",
        where="as_known",
    )


def _no_day(text: str) -> Problem:
    return Problem(
        "web.tree_day",
        f"“{text[:20]}”不是日期：请写成2025-03-08的样子。这里先按通常的隶属关系。",
        f"“{text[:20]}” is no day: write it like 2025-03-08. The usual tree is shown.",
        where="tree_day",
    )
