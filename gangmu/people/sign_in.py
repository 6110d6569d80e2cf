"""Who may sign in: an account with the right password whose standing is open today."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.people.models import Account
from gangmu.people.queries import is_open, open_account


class OpenAccounts(ModelBackend):
    """Django's password check, and the account's standing: closing an account ends its sessions at once."""

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        return user is not None and is_open(AccountId(str(user.pk)), clock.today())

    def get_user(self, user_id: str) -> Account | None:  # accounts have opaque ids
        """The account of a session, as long as it is open: asked anew in every request."""
        return open_account(AccountId(user_id), clock.today())
