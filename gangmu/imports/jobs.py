"""Who works on sheets that wait: the request itself where they are short, else a process beside the worker."""

import subprocess
import sys
from datetime import timedelta

from django.db.models import Q

from gangmu.imports import models, progress
from gangmu.imports.actions import work
from gangmu.imports.queries import AT_WORK
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.orgs.scope import actor

SHORT = 300  # so many rows are done while the page is waited for


def start(one: str) -> None:
    """Work on the sheet now if it is short; a long one waits for the worker."""
    if models.Handed.objects.filter(id=one, state__in=AT_WORK, rows__lte=SHORT).exists():
        _take(one)


def run_waiting() -> int:
    """Work on every sheet that waits, one after the other, the oldest first; how many that were."""
    done = 0
    while one := _waiting():
        done += _take(one)
    return done


def start_beside(running: "subprocess.Popen[bytes] | None") -> "subprocess.Popen[bytes] | None":
    """The worker's turn: while sheets wait, one process of its own works on them, so that the log does not wait."""
    if running is not None and running.poll() is None:
        return running
    if _waiting() is None:
        return None
    return subprocess.Popen([sys.executable, "-m", "gangmu.cli.main", "imports"], stdin=subprocess.DEVNULL)


def _waiting() -> str | None:
    """The oldest sheet that nobody works on; one that somebody has given up counts as waiting."""
    waiting = models.Handed.objects.filter(state__in=AT_WORK).filter(_free()).order_by("created", "id")
    return next((one for one in waiting.values_list("id", flat=True) if not _alive(one)), None)


def _free() -> Q:
    return Q(taken=None) | Q(taken__lt=clock.now() - timedelta(seconds=progress.STALE))


def _alive(one: str) -> bool:
    told = progress.how_far(one)
    return told is not None and told.age < progress.STALE


def _take(one: str) -> bool:
    """Work on the sheet unless somebody else has just taken it."""
    mine = models.Handed.objects.filter(id=one, state__in=AT_WORK).filter(_free())
    if not mine.update(taken=clock.now()):
        return False
    account = models.Handed.objects.values_list("account", flat=True).get(id=one)
    work(one, by=actor(AccountId(account), clock.today()))
    return True
