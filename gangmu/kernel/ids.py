"""Opaque ids. A random id names nobody and cannot be counted up."""

import secrets
from typing import NewType

OrgId = NewType("OrgId", str)
PersonId = NewType("PersonId", str)
AccountId = NewType("AccountId", str)
PostId = NewType("PostId", str)
FactId = NewType("FactId", str)


def new_id() -> str:
    """128 random bits as 32 hexadecimal characters."""
    return secrets.token_hex(16)
