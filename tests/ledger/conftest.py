"""The ledger's small cast: one recorder, one draft maker, keys of the test's own."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from gangmu.kernel.ids import AccountId, OrgId, PostId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft

SCHEMA = "d1ge57"
MakeDraft = Callable[..., Draft]


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: object) -> Path:
    """Keys that live and die with the test."""
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    return tmp_path / "keys"


@pytest.fixture
def clerk() -> Actor:
    return Actor(AccountId("clerk"), post=PostId("post-of-clerk"))


@pytest.fixture
def draft() -> MakeDraft:
    """Makes drafts: everything may be named, the request key is new each time."""
    numbers = count()

    def make(**named: object) -> Draft:
        moment = datetime(2025, 3, 8, 1, 30, tzinfo=UTC)
        defaults: dict[str, object] = {
            "kind": "activity.held",
            "org": OrgId("branch-1"),
            "body": {"type": "lecture", "present": 23},
            "claimed_from": moment,
            "claimed_to": moment,
            "idem": f"request-{next(numbers)}",
        }
        return Draft(**{**defaults, **named})  # type: ignore[arg-type]

    return make
