"""Responsibility lists held against the duties they name: each is there, and can be owed where the list holds."""

from gangmu.catalog.checks import Found, Shelf, unknown
from gangmu.catalog.duties.definitions import Duty, OwedBy
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.duty_checks import selector_words
from gangmu.catalog.layers import Loaded
from gangmu.catalog.yaml_source import Step

# Whose duties may stand on the list of a unit, of a post, of a member.
MAY_HOLD = {"unit": ("unit",), "post": ("unit", "post", "member"), "member": ("member",)}


def check_responsibilities(one: Loaded, listed: Responsibilities, shelf: Shelf) -> Found:
    """Every problem of a list: words that are not there, duties that are not, and duties nobody on it could owe."""
    misread = list(selector_words(one, [(listed.whose, ("whose",))], shelf))
    yield from misread
    for index, key in enumerate(listed.duties):
        path: tuple[Step, ...] = ("duties", index)
        duty = shelf.duties.get(key)
        if duty is None:
            yield unknown(one, key, "duties", path, shelf.duties)
        elif key in listed.duties[:index]:
            message = f"{key} 写了两遍，留一处。"
            yield one.problem("catalog.responsibility", message, f"{key} stands twice: leave one.", path)
        elif not misread and not any(_may_owe(listed.whose, row.owed_by, shelf) for row in duty.rows):
            yield one.problem("catalog.responsibility", *_nobody(duty), path)


def _nobody(duty: Duty) -> tuple[str, str]:
    return (
        f"这张清单上的人和单位都不承担 {duty.key}（{duty.title.zh}）：改 whose，或从清单里去掉。",
        f"Nobody on this list owes {duty.key}: change `whose` or leave the duty out.",
    )


def _may_owe(whose: OwedBy, owed_by: OwedBy, shelf: Shelf) -> bool:
    if owed_by.bearer not in MAY_HOLD[whose.bearer] or not _meet(_kinds(whose, shelf), _kinds(owed_by, shelf)):
        return False
    words = ["domains", *(["posts"] if owed_by.bearer == "post" else [])]
    pairs = [(frozenset(getattr(whose, word)), frozenset(getattr(owed_by, word))) for word in words]
    return all(not one or not other or _meet(one, other) for one, other in pairs)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one.isdisjoint(other)


def _kinds(by: OwedBy, shelf: Shelf) -> frozenset[str]:
    """The kinds of unit that a selector takes."""
    kinds = shelf.kinds.values()
    return frozenset(
        kind.key for kind in kinds if (not by.forms or kind.form in by.forms) and kind.key in (by.kinds or shelf.kinds)
    )
