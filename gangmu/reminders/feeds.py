"""Addresses of calendars: made, shown once, kept as a digest alone, withdrawn.

No name of anybody stands in an address; whoever holds it reads the deadlines behind it and nothing else.
"""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac

from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.scope import Actor
from gangmu.orgs.permissions import Permission, require
from gangmu.people.queries import is_open
from gangmu.reminders.models import CalendarFeed


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that is still good: whose account's, of which unit (None: the account's own duties), since when."""

    digest: str
    account: AccountId
    org: OrgId | None
    made_on: date | None


def issue(by: Actor, org: OrgId | None = None, *, at: date, idem: str) -> str:
    """The secret of a new calendar of the unit `org`, else of the asker's own duties and units. It is shown once.

    The same request twice makes one calendar. Raises NotFound outside the scope, Refused for whoever may not see the
    unit's figures.
    """
    if org is not None:
        require(by, Permission.SEE_FIGURES, org)
    secret = _secret(by.account, idem)
    CalendarFeed.objects.get_or_create(
        digest=_digest(secret), defaults={"account": by.account, "org": org or "", "made_on": at}
    )
    return secret


def _secret(account: AccountId, idem: str) -> str:
    """256 bits that nobody finds without the server's key; the request itself names them again."""
    made = salted_hmac("gangmu.reminders.feeds", f"{account}/{idem}", algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def withdraw(by: Actor, digest: str | None = None) -> int:
    """Withdraw one of the asker's calendars, or all of them; how many there were."""
    mine = CalendarFeed.objects.filter(account=by.account)
    count, _ = (mine.filter(digest=digest) if digest else mine).delete()
    return count


def withdraw_of_unit(by: Actor, org: OrgId) -> int:
    """Withdraw every calendar of the unit, whoever made it; how many there were.

    Raises NotFound outside the scope, Refused for whoever does not keep the unit's books.
    """
    require(by, Permission.RECORD, org)
    count, _ = CalendarFeed.objects.filter(org=org).delete()
    return count


def of_account(account: AccountId) -> tuple[Feed, ...]:
    """The calendars that an account made, the own first."""
    return tuple(map(_feed, CalendarFeed.objects.filter(account=account).order_by("org", "made_on", "digest")))


def of_unit(org: OrgId) -> int:
    """How many calendars of the unit are out, whoever made them."""
    return CalendarFeed.objects.filter(org=org).count()


def behind(secret: str, on: date) -> Feed | None:
    """The calendar behind an address; None for one that is unknown, withdrawn or of a closed account."""
    row = CalendarFeed.objects.filter(digest=_digest(secret)).first()
    return _feed(row) if row is not None and is_open(AccountId(row.account), on) else None


def _feed(row: CalendarFeed) -> Feed:
    return Feed(row.digest, AccountId(row.account), OrgId(row.org) if row.org else None, row.made_on)
