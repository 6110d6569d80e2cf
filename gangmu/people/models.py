"""Accounts and the persons' read table."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""


class Account(AbstractBaseUser):
    """Who can sign in. Names no person: posts and holdings say who acts."""

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)

    objects = Accounts()
    USERNAME_FIELD = "name"
