"""A day's round of reminders: each digest once, whatever happens in between."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.reminders.carriers import MAIL, NotDelivered, deliver
from gangmu.reminders.choices import Chosen, everybody
from gangmu.reminders.digests import Digest, digests
from gangmu.reminders.message import Letter, bot_text, letter
from gangmu.reminders.models import Round, Told
from gangmu.reminders.rules import Counts, since_when

log = logging.getLogger(__name__)
AGAIN_AFTER = timedelta(minutes=10)
SENDING, SENT, FAILED = "sending", "sent", "failed"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one digest. `state`: sent, failed, already (told before), or would (a dry run)."""

    account: AccountId
    carrier: str
    counts: Counts
    state: str


def remind(day: date, *, dry_run: bool = False) -> Iterator[Sent]:
    """Send the digests of the day that were not sent yet, and tell what became of each.

    Nothing on a day that is not worked. A rerun sends nothing twice: a digest is on record before it is sent, and one
    that a crash may have sent or not is not sent again; one that failed is.
    """
    calendar = catalog().calendar
    if not calendar.works(day):
        return
    since = since_when(Round.objects.values_list("day", flat=True), day, calendar)
    those = {one.account: one for one in everybody(day)}
    for found in digests(those, day, since):
        yield _told(those[found.account], found, day, dry_run=dry_run)
    if not dry_run:
        Round.objects.get_or_create(day=day)


def _told(to: Chosen, found: Digest, day: date, *, dry_run: bool) -> Sent:
    if dry_run or not _claimed(found, day):
        return Sent(to.account, to.carrier, found.counts, "would" if dry_run else "already")
    state = SENT
    try:
        _hand_over(to, found, day)
    except NotDelivered as why:
        log.warning("a reminder of %s was not delivered: %s", day, why)
        state = FAILED
    Told.objects.filter(account=to.account, day=day).update(state=state)
    return Sent(to.account, to.carrier, found.counts, state)


def _claimed(found: Digest, day: date) -> bool:
    """Whether it is ours to send: written down now, or taken over from a try that failed."""
    try:
        with transaction.atomic():
            Told.objects.create(account=found.account, day=day, state=SENDING, count=found.counts.whole)
    except IntegrityError:
        failed = Told.objects.filter(account=found.account, day=day, state=FAILED)
        return failed.update(state=SENDING) > 0
    return True


def _hand_over(to: Chosen, found: Digest, day: date) -> None:
    if to.place is None:
        raise NotDelivered("the key of its address is gone")
    told = words(to.carrier, to.language, found, day)
    deliver(to.carrier, to.place, subject=told.subject, text=told.text)


def words(carrier: str, language: str, found: Digest, day: date) -> Letter:
    """What is said by that carrier: a bot is handed the counts alone."""
    link = f"{settings.SITE.rstrip('/')}/"
    if carrier == MAIL:
        return letter(found, day, link, language)
    return Letter("", bot_text(found.counts, link, language))


def last_told(account: AccountId) -> date | None:
    """The last day on which something was sent to the account."""
    days = Told.objects.filter(account=account, state=SENT).order_by("-day").values_list("day", flat=True)
    return days.first()


def is_due(now: datetime) -> bool:
    """Whether the worker is to begin a round: they are on, it is a working day from the hour set on, and not done."""
    if not settings.REMINDERS or not settings.SITE:
        return False
    today = clock.local_day(now)
    if now < clock.local_moment(today, settings.REMIND_FROM_HOUR) or not catalog().calendar.works(today):
        return False
    return not Round.objects.filter(day=today).exists()


@dataclass(frozen=True, slots=True)
class Running:
    """A round in a process of its own, and when it was begun."""

    process: "subprocess.Popen[bytes]"
    begun: datetime


def start_beside(running: Running | None) -> Running | None:
    """The worker's part: begin a round where one is due and none runs; one that broke is tried again after a while."""
    now = clock.now()
    if running is not None and (running.process.poll() is None or now - running.begun < AGAIN_AFTER):
        return running
    if not is_due(now):
        return running
    return Running(subprocess.Popen([sys.executable, "-m", "gangmu.cli.main", "remind"]), now)
