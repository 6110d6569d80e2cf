"""A small city made to measure with, laid beside the ledger of the test's database."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from gangmu.cli.synth.build import build
from gangmu.indicators import mart, process
from gangmu.kernel.scope import Scope
from gangmu.orgs.scope import everything

SEED, UNITS, FACTS = 7, 40, 4_000


@pytest.fixture(autouse=True)
def own_mart(tmp_path: Path, settings) -> Iterator[Path]:
    """A mart and keys of the test's own, and an engine that knows nothing of other tests."""
    settings.VAR, settings.KEYS = tmp_path, tmp_path / "keys"
    process.forget()
    yield mart.folder()
    process.forget()


@pytest.fixture
def facts(db: None, own_mart: Path) -> pa.Table:
    """The facts of the city as they lie in its segments."""
    build(SEED, UNITS, FACTS, lambda _words: None)
    return pa.concat_tables([mart.table(own_mart, one) for one in mart.read(own_mart).segments])


@pytest.fixture
def scope(facts: pa.Table) -> Scope:
    """Somebody who may see all of it."""
    return everything()
