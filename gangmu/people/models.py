"""Accounts, their standing, and where each person's sealed values lie.

`Account` holds what may never be a fact: the sign-in name and the password's hash. Whether an account is open, and for
what, follows from facts (`Standing`). No table here holds a person's name or any other sealed value.
"""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

ID = 64


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""


class Account(AbstractBaseUser):
    """Who can sign in. Names no person: posts and holdings say who acts."""

    id = models.CharField(primary_key=True, max_length=ID)
    name = models.CharField(max_length=64, unique=True)

    objects = Accounts()
    USERNAME_FIELD = "name"


class Standing(models.Model):
    """An account as its facts leave it: the unit it was opened for, its duty, person and days (half-open)."""

    account = models.CharField(primary_key=True, max_length=ID)
    org = models.CharField(max_length=ID)
    duty = models.CharField(max_length=16)
    person = models.CharField(max_length=ID, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField()


class Person(models.Model):
    """Where a person's sealed values lie: for each slot the fact whose vault row is in use (the latest claim)."""

    person = models.CharField(primary_key=True, max_length=ID)
    slots = models.JSONField()
