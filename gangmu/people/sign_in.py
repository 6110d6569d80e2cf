"""Who may sign in: an account with the right password whose standing is open today."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.people.queries import is_open


class OpenAccounts(ModelBackend):
    """Django's password check, and the account's standing: closing an account ends its sessions at once."""

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        return user is not None and is_open(AccountId(str(user.pk)), clock.today())
