"""Dues and outcomes are recorded a branch at a time: every person's part sealed under that person's own key."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Sealed
from gangmu.orgs import lookups, member_sheets, rules
from gangmu.orgs.actions.drafts import ask_members, draft, refuse, repeated, submit
from gangmu.orgs.rules import member_sheets as sheets


@transaction.atomic
def set_base(membership: str, payer: str, base: Decimal, *, by: Actor, at: date, idem: str) -> None:
    """Record from which base a member pays; sealed. Raises NotFound, Refused."""
    spell = lookups.spells("membership", [membership])[membership]
    ask_members([spell.org], by)
    if repeated(by, idem):
        return
    known = [one.key for one in member_sheets.table().payers(at)]
    refuse([
        *rules.against_closing(spell.valid_from, spell.valid_to, at, clock.today()),
        *([] if payer in known else [Problem("orgs.no_such_payer", "请选党费类别。", "Choose the kind.", "payer")]),
        *([] if sheets.amount(str(base)) is not None else [_no_amount("base")]),
    ])  # fmt: skip
    person = lookups.member(membership).person
    sealed = [Sealed("base", f"{payer} {base}", person)]
    submit([draft(member_sheets.BASE_SET, spell.org, membership, at, idem, sealed, person=person)], by)


@transaction.atomic
def record_dues(org: OrgId, month: date, paid: Mapping[str, Decimal], *, by: Actor, idem: str) -> None:
    """Record a month of a branch: by membership what was paid; what was due follows from the base in force.

    No money is moved: it is noted. Members whose base is not on record owe by their own word what they paid.
    """
    ask_members([org], by)
    if repeated(by, idem):
        return
    first, members = sheets.month_of(month), {one.id: one.person for one in lookups.members_of(org, month)}
    here = member_sheets.standing(member_sheets.COLLECTED, frozenset({org}))
    refuse([
        *rules.against_the_day(month, clock.today()),
        *sheets.against_sheet(list(paid), list(members), twice=any(
            fact.body["month"] == first.isoformat() for fact in here)),
        *([] if all(sheets.amount(str(one)) is not None for one in paid.values()) else [_no_amount("paid")]),
    ])  # fmt: skip
    known = member_sheets.bases({one: "" for one in paid})
    sealed = [Sealed("paid", f"{_due(known.get(one), month, gave)} {gave}", members[one]) for one, gave in paid.items()]
    submit([_sheet(member_sheets.COLLECTED, org, month, idem, sealed, month=first.isoformat(), payers=len(paid))], by)


def _due(base: tuple[str, Decimal] | None, day: date, gave: Decimal) -> Decimal:
    found = member_sheets.table().due(*base, day) if base else None
    return gave if found is None else found


@transaction.atomic
def record_outcomes(org: OrgId, year: int, outcomes: Mapping[str, str], *, by: Actor, at: date, idem: str) -> None:
    """Record what a meeting decided about each member (by membership); probationary members are not graded."""
    ask_members([org], by)
    if repeated(by, idem):
        return
    members = {one.id: one.person for one in lookups.members_of(org, at)}
    rule = catalog().rules["review.excellent_share"]
    row = catalog().rule(rule.key, at)
    here = member_sheets.standing(member_sheets.SETTLED, frozenset({org}))
    refuse([
        *rules.against_the_day(at, clock.today()),
        *sheets.against_sheet(list(outcomes), list(members), twice=any(fact.body["year"] == year for fact in here)),
        *sheets.against_outcomes(outcomes, lookups.stage_on(members, at), row.value if row else Decimal(100),
                                 rule.source),
    ])  # fmt: skip
    sealed = [Sealed("outcome", outcome, members[one]) for one, outcome in outcomes.items()]
    submit([_sheet(member_sheets.SETTLED, org, at, idem, sealed, year=year, rated=len(outcomes))], by)


def _sheet(kind: str, org: OrgId, at: date, idem: str, sealed: list[Sealed], **body: int | str) -> Draft:
    moment = local_moment(at)
    return Draft(kind, org, dict(body), moment, moment, idem, priv=tuple(sealed))


def _no_amount(where: str) -> Problem:
    return Problem("orgs.no_amount", "金额写成 15 或 15.50，单位元。", "Write an amount like 15 or 15.50 yuan.", where)
