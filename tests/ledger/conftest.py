"""The ledger's small cast: one recorder, one draft maker, keys of the test's own."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from django.db import connection

from gangmu.kernel.ids import AccountId, OrgId, PostId
from gangmu.kernel.scope import Actor
from gangmu.ledger import engine
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


def stop_the_clock(monkeypatch: pytest.MonkeyPatch, stands_at: str = "2099-12-31T15:59:59.999Z") -> str:
    """Let the database's clock stand still: everything that arrives from now on arrives in one millisecond."""
    monkeypatch.setitem(engine.NOW, connection.vendor, f"'{stands_at}'")
    return stands_at
