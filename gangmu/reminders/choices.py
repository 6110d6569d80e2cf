"""By which carrier somebody wants to be told: chosen, changed, silenced by the account itself and by nobody else."""

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from gangmu.kernel.ids import AccountId, new_id
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import handed_in, vault
from gangmu.reminders.carriers import CARRIERS, MAIL, Place, fits
from gangmu.reminders.models import Choice

PLACE = "place"
LONGEST = 500
BAD_CARRIER = Problem("reminders.carrier", "请选一种提醒方式。", "Choose one of the ways.", "carrier")
BAD_MAIL = Problem("reminders.mail", "邮箱地址不对，要写成 name@example.cn 的样子。",
                   "This is no e-mail address; write it like name@example.cn.", "address")  # fmt: skip
NO_SITE = Problem("reminders.site", "没有设 GANGMU_SITE，提醒里就没有链接；请先设好再开。",
                  "GANGMU_SITE is not set, so a reminder would hold no link: set it first.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an account chose; `place` None where its key is gone."""

    account: AccountId
    carrier: str
    language: str
    quiet_until: date | None
    place: Place | None


def choose(
    carrier: str, place: Place, *, by: Actor, quiet_until: date | None = None, language: str = "zh-hans"
) -> None:
    """Be told by this carrier at this place from now on; an empty address keeps the one there is.

    Raises Refused for an unknown carrier, and for an address that is none of the carrier's.
    """
    before = chosen_by(by.account)
    kept = before.place if before is not None and before.carrier == carrier and not place.address else None
    problems = _against(carrier, kept or place)
    if problems:
        raise Refused(problems)
    _keep(by.account, carrier, kept or place, quiet_until, language)


def _against(carrier: str, place: Place) -> list[Problem]:
    if carrier not in CARRIERS:
        return [BAD_CARRIER]
    if len(place.address) + len(place.secret) > LONGEST or not fits(carrier, place):
        return [BAD_MAIL if carrier == MAIL else _bad_bot(carrier)]
    return []


def _bad_bot(carrier: str) -> Problem:
    begins = settings.REMINDER_BOTS[carrier]
    return Problem(
        "reminders.bot", f"机器人地址不对：要从群里整条复制，以 {begins} 开头。",
        f"This is no address of such a bot: copy all of it from the group; it begins with {begins}.", "address",
    )  # fmt: skip


@transaction.atomic
def _keep(account: AccountId, carrier: str, place: Place, quiet_until: date | None, language: str) -> None:
    forget(account)
    key = new_id()
    sealed = handed_in.sealed(key, PLACE, json.dumps([place.address, place.secret]))
    Choice.objects.create(
        account=account, carrier=carrier, language=language, quiet_until=quiet_until, key=key,
        salt=sealed.salt, place=sealed.ct,
    )  # fmt: skip


@transaction.atomic
def forget(account: AccountId) -> None:
    """Be told no more; the address goes with its key."""
    for row in Choice.objects.filter(account=account):
        handed_in.owe_shredding(row.key)
        transaction.on_commit(lambda key=row.key: handed_in.shred(key))  # type: ignore[misc]
        row.delete()


def chosen_by(account: AccountId) -> Chosen | None:
    """What the account chose; None where it chose nothing."""
    row = Choice.objects.filter(account=account).first()
    return _chosen(row) if row is not None else None


def everybody(on: date) -> tuple[Chosen, ...]:
    """Everybody who is to be told on the day: not those who wish for quiet."""
    rows = Choice.objects.order_by("account")
    return tuple(_chosen(row) for row in rows if row.quiet_until is None or row.quiet_until < on)


def _chosen(row: Choice) -> Chosen:
    try:
        place: Place | None = Place(*json.loads(handed_in.opened(row.key, PLACE, row.salt, row.place)))
    except vault.CannotOpen:
        place = None
    return Chosen(AccountId(row.account), row.carrier, row.language, row.quiet_until, place)
