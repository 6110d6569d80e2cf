"""Sign-in names and passwords: the only things kept that are not facts, because no secret enters the ledger."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import Problem, Refused
from gangmu.people.models import Account


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
        raise Refused(
            [Problem("people.weak_password", message, where="password") for message in found.messages]
        ) from found
    login.set_password(password)
    login.save(update_fields=["password"])
