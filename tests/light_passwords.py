"""Passwords whose cost is not what is tested: the project's own way of keeping them, with a fortieth of the memory."""

from gangmu.people.passwords import Argon2id


class Light(Argon2id):
    """A millisecond a guess."""

    memory_cost = 1024
