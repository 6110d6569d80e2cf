"""Facts recorded in the fixed cast's city, and somebody who may see all of it."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from gangmu.indicators import mart, process
from gangmu.kernel import clock
from gangmu.kernel.ids import FactId
from gangmu.kernel.scope import Scope
from gangmu.ledger import actions as ledger
from gangmu.ledger.facts import Draft
from tests.orgs import cast

SCHEMA = "d1ge57"
Record = Callable[..., FactId]


@pytest.fixture(autouse=True)
def own_mart(tmp_path: Path, settings) -> Iterator[Path]:
    """A mart and keys of the test's own, and an engine that knows nothing of other tests."""
    settings.VAR, settings.KEYS = tmp_path, tmp_path / "keys"
    process.forget()
    yield mart.folder()
    process.forget()


@pytest.fixture
def city(db: None) -> cast.City:
    return cast.build()


@pytest.fixture
def scope(city: cast.City) -> Scope:
    """The party clerk of the whole city, as of today."""
    return city.clerk.scope


@pytest.fixture
def record(city: cast.City) -> Record:
    """Records one fact at a unit of the cast: record("activity.held", "柳溪村", "2025-03-01", tags=["lecture"])."""
    numbers = count()

    def make(kind: str, unit: str, day: str, *, about: str | None = None, **body: object) -> FactId:
        moment = clock.local_moment(date.fromisoformat(day), hour=9)
        draft = Draft(kind, city[unit], body, moment, moment, f"fact-{next(numbers)}", about=about)
        return ledger.record(draft, by=city.clerk, schema=SCHEMA).id

    return make
