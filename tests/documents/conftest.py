"""The fixed cast with a year of its records, and documents held against them."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from gangmu.documents.checking import Checked, check
from gangmu.indicators import process
from gangmu.kernel.periods import Period
from gangmu.reading.values import Finding
from gangmu.records.actions import record_fact
from tests.documents.support import YEAR, read
from tests.orgs import cast

Record = Callable[..., None]
Check = Callable[..., Checked]


@pytest.fixture(autouse=True)
def own_mart(tmp_path: Path, settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """A mart and keys of the test's own, and an engine that knows nothing of other tests."""
    settings.VAR, settings.KEYS = tmp_path, tmp_path / "keys"
    process.forget()
    yield
    process.forget()


@pytest.fixture
def city(db: None) -> cast.City:
    return cast.build()


@pytest.fixture
def record(city: cast.City) -> Record:
    """Records facts through the ordinary action: record("activity.held", "柳溪村", tags=["lecture"], times=3)."""
    numbers = count()

    def make(kind: str, unit: str, *, day: str = "2025-03-01", times: int = 1, **body: object) -> None:
        for _ in range(times):
            told = {"late_reason": "batch", **body}
            record_fact(kind, city[unit], body=told, on=date.fromisoformat(day), by=city.clerk,  # type: ignore[arg-type]
                        idem=f"fact-{next(numbers)}")  # fmt: skip

    return make


@pytest.fixture
def checked(city: cast.City) -> Check:
    """Holds a text against the record of the whole city (org "": nobody chosen)."""

    def make(
        text: str, *, org: str = "青禾市", period: Period | None = YEAR, kind: str = "txt", **more: object
    ) -> Checked:
        whose = city[org] if org else None
        return check(read(text, kind), city.clerk.scope, org=whose, period=period, **more)  # type: ignore[arg-type]

    return make


def told(found: Checked) -> list[tuple[str, str]]:
    """Type and verdict of each finding, in text order."""
    return [(one.type, one.verdict) for one in found.findings]


def only(found: Checked) -> Finding:
    """The one finding."""
    [finding] = found.findings
    return finding
