"""How passwords are kept: Argon2id, 46 MiB, one pass, one lane (TRUST (i))."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """57 ms a guess and no more memory than a small server can spare."""

    time_cost = 1
    memory_cost = 46 * 1024
    parallelism = 1
