"""Why something cannot be recorded so. Pure: frozen values in, every Problem out; the catalog judges the fields."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.definitions import OLD_BOOKS, FactKind
from gangmu.kernel.problems import Problem
from gangmu.orgs.rules import Life

# kinds with actions of their own, where more is asked than a record can say (in orgs, records.close_period, documents)
OWN_ACTIONS = frozenset(
    {
        "unit",
        "relation",
        "post",
        "holding",
        "membership",
        "person",
        "access",
        "account",
        "period",
        "claim",
        "duty",
        "correction",
    }
)
KEPT = frozenset({"unit.founded", "account", "access", "period"})  # kinds (or families) that no reversal takes back


OPAQUE = re.compile("[0-9a-f]{32}")  # an id as it is drawn; what a fact is about stands in clear in its entry


@dataclass(frozen=True, slots=True)
class Thing:
    """What is known of the thing a record is about: from which day it is open, until when (excluded), if closed."""

    opened_on: date
    closed_on: date | None = None


def family(kind: str) -> str:
    """The word before the dot."""
    return kind.partition(".")[0]


def against_kind(kind: FactKind, unit: Life | None, roles: Container[str]) -> list[Problem]:
    """Whether this unit and these roles record facts of this kind at all."""
    found = []
    if family(kind.key) in OWN_ACTIONS:
        found.append(
            Problem(
                "records.own_action",
                f"“{kind.title.zh}”要在组织、人员或账号的页面上办理。",
                f'"{kind.title.en}" is done where units, people and accounts are kept.',
                "kind",
            )
        )
    elif kind.recorders and not any(role in roles for role in kind.recorders):
        found.append(
            Problem(
                "records.recorder",
                f"您的角色不记“{kind.title.zh}”。",
                f'Your role does not record "{kind.title.en}".',
                "kind",
                kind.source,
            )
        )
    if kind.org_kinds and unit is not None and unit.kind not in kind.org_kinds:
        found.append(
            Problem(
                "records.org_kind",
                f"这类组织不记“{kind.title.zh}”。",
                f'Units of this kind do not record "{kind.title.en}".',
                "org",
                kind.source,
            )
        )
    return found


def before_in_force(kind: FactKind, day: date) -> list[Problem]:
    """A kind is recorded of days from its `since` on, and where a local pack added it, from its `effective` on."""
    from_day = max(kind.since, kind.effective or kind.since)
    if day >= from_day:
        return []
    by = kind.basis or kind.source
    return [
        Problem(
            "records.not_in_force",
            f"“{kind.title.zh}”从 {from_day} 起才记（{by}），{day} 还没有这一项。",
            f'"{kind.title.en}" is recorded of days from {from_day} on ({by}); on {day} there was no such record.',
            "day",
            kind.source,
        )
    ]


def against_days(
    kind: FactKind, unit: Life | None, first: date, last: date, today: date, late_reason: object, began: date
) -> list[Problem]:
    """Nothing is recorded before it happens, outside its unit's life, or late without saying why.

    Old books are books of the time before this ledger `began`; afterwards a late record has another reason.
    """
    if last > today:
        return [
            Problem(
                "records.future",
                f"{last} 还没有到，办了再记。",
                f"{last} has not come yet; record it once it has happened.",
                "day",
            )
        ]
    if unit is None or not (unit.on(first) and unit.on(last)):
        return [
            Problem(
                "records.no_unit_then",
                f"{first} 那天没有这个组织，请核对日期或组织。",
                f"The unit did not exist on {first}; check the day or the unit.",
                "day",
            )
        ]
    if late_reason == OLD_BOOKS and last >= began:
        return [
            Problem(
                "records.not_old_books",
                f"台账 {began} 就开了，这一天的事不算旧台账，请选真实的补录原因。",
                f"The ledger began on {began}: what happened since is not from old books; choose the true reason.",
                "late_reason",
            )
        ]
    late = (today - last).days
    if late > kind.late_after_days and not late_reason:
        return [
            Problem(
                "records.late",
                f"已经过了 {late} 天，超过 {kind.late_after_days} 天算补录，请选一个原因。补录照样有效。",
                f"{late} days have passed, more than {kind.late_after_days}: a late record, so choose a reason.",
                "late_reason",
                kind.source,
            )
        ]
    return []


def against_thing(kind: FactKind, about: str | None, thing: Thing | None, opened: bool, day: date) -> list[Problem]:
    """Whether the thing the record is about can be opened, moved or closed by it.

    `thing` is what is known of `about`; `opened` whether facts of some kind open such things at all (a household that
    is visited, for one, is opened by nobody).
    """
    does = kind.moves.does if kind.moves else None
    if about is None:
        wanted = kind.about is not None and kind.about_required and does != "opens"
        return [_no_thing(kind)] if wanted else []
    if kind.about is None:
        return [
            Problem(
                "records.about_nothing",
                f"“{kind.title.zh}”不针对哪一件事。",
                f'"{kind.title.en}" is about no thing.',
                "about",
            )
        ]
    if does == "opens":
        return [_opened_already(kind)] if thing is not None else []
    if not opened:
        return [] if OPAQUE.fullmatch(about) else [_no_name(kind)]
    return _against_move(kind, thing, day)


def _against_move(kind: FactKind, thing: Thing | None, day: date) -> list[Problem]:
    if thing is None:
        return [_no_thing(kind)]
    if day < thing.opened_on:
        return [
            Problem(
                "records.before_opening",
                f"这件事 {thing.opened_on} 才开始，不能记在 {day}。",
                f"This began on {thing.opened_on}; it cannot have moved on {day}.",
                "day",
            )
        ]
    if thing.closed_on is not None and (kind.moves is not None or day >= thing.closed_on):
        return [
            Problem(
                "records.closed",
                f"这件事 {thing.closed_on} 已经了结；记错了请先撤销那条记录。",
                f"This was closed on {thing.closed_on}; if that was wrong, reverse that record first.",
                "about",
            )
        ]
    return []


def against_reversal(kind: str) -> list[Problem]:
    """Facts on which others stand are not taken back; they are followed by the next fact."""
    if kind in KEPT or family(kind) in KEPT:
        return [
            Problem(
                "records.kept",
                "这类记录不能撤销，请用相应的变更、收回或关闭。",
                "Records of this kind are not reversed; change, revoke or close instead.",
                "kind",
            )
        ]
    return []


def unknown_values(where: str) -> Problem:
    """The Problem of a field that names a unit or a person that is not on record."""
    return Problem("records.unknown_value", "要选一个已登记的对象。", "Choose one that is on record.", where)


def _no_thing(kind: FactKind) -> Problem:
    return Problem(
        "records.no_thing",
        f"“{kind.title.zh}”要说明是哪一件，先有受理或开始的记录。",
        f'"{kind.title.en}" names the thing it is about, which a record must have opened.',
        "about",
        kind.source,
    )


def _no_name(kind: FactKind) -> Problem:
    return Problem(
        "records.about_no_id",
        f"“{kind.title.zh}”针对谁，要写它的编号（32 位 0–9、a–f），不写名字；没有编号就留空。",
        f'What "{kind.title.en}" is about is told by its id (32 characters 0–9, a–f), never by a name; without one '
        "leave it empty.",
        "about",
        "docs/adr/0005-sixteen-person-fields.md",
    )


def _opened_already(kind: FactKind) -> Problem:
    return Problem(
        "records.opened_already",
        "这件事已经记过开始了。",
        f'"{kind.title.en}" was recorded for this thing before.',
        "about",
    )
