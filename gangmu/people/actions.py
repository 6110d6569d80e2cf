"""Sign-in names and passwords: the only things kept that are not facts, because no secret enters the ledger."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import Problem, Refused
from gangmu.people.models import Account

WEAK = {
    "password_too_short": ("密码至少要有 12 个字符。", "A password has at least 12 characters."),
    "password_too_common": ("这个密码太常见，容易被猜到，请换一个。", "This password is too common; choose another."),
}


def keep_login(account: AccountId, name: str) -> None:
    """Let `account` sign in as `name` once it has a password. The action that opens the account has asked."""
    login = Account(id=account, name=name)
    login.set_unusable_password()
    login.save(force_insert=True)


def set_password(account: AccountId, password: str) -> None:
    """Replace the account's password. Raises Refused with every rule it breaks; unknown accounts raise LookupError."""
    login = Account.objects.filter(id=account).first()
    if login is None:
        raise LookupError(f"no account {account}")
    try:
        validate_password(password, login)
    except ValidationError as found:
        raise Refused([_weak(str(one.code)) for one in found.error_list]) from found
    login.set_password(password)
    login.save(update_fields=["password"])


def _weak(code: str) -> Problem:
    """The Problem of a password that breaks the rule of that code (settings.AUTH_PASSWORD_VALIDATORS)."""
    return Problem("people.weak_password", *WEAK[code], where="password")
