"""Opaque ids. A random id names nobody and cannot be counted up."""

import os
from typing import NewType

OrgId = NewType("OrgId", str)
PersonId = NewType("PersonId", str)
AccountId = NewType("AccountId", str)
PostId = NewType("PostId", str)
FactId = NewType("FactId", str)


def new_id() -> str:
    """128 random bits as 32 hexadecimal characters."""
    return os.urandom(16).hex()


def new_ids(count: int) -> list[str]:
    """As many ids, asked of the system at once."""
    drawn = os.urandom(16 * count).hex()
    return [drawn[at : at + 32] for at in range(0, len(drawn), 32)]
