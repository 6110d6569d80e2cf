"""Tokens: who a request of the API speaks for."""

import hashlib
import secrets
from datetime import date, timedelta

from gangmu.api.models import Token
from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.orgs.scope import actor
from gangmu.people.queries import is_open

LONGEST = timedelta(days=365)
CLOSED = Problem("api.account_closed", "这个账号没有开立或已经关闭，不能再发令牌。",
                 "The account is not open, so no token is issued for it.", "login")  # fmt: skip


def issue(account: AccountId, *, days: int, on: date) -> str:
    """A new token for `account`, good for `days` (at most 365). It is shown once and kept only as its digest.

    Raises Refused when the account is closed.
    """
    if not is_open(account, on):
        raise Refused([CLOSED])
    token = secrets.token_urlsafe(32)
    Token.objects.create(digest=_digest(token), account=account, expires_on=on + min(timedelta(days=days), LONGEST))
    return token


def actor_of(token: str, on: date) -> Actor | None:
    """Who the token speaks for on that day; None when it is unknown, over, or its account is closed."""
    row = Token.objects.filter(digest=_digest(token), expires_on__gte=on).first()
    if row is None or not is_open(AccountId(row.account), on):
        return None
    return actor(AccountId(row.account), on)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
