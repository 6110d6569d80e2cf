"""What every test may ask for: the folder with the seeds, a folder of its own. The database: tests/environment.py.

Which tests run on which engine: `sqlite` and `postgres` mark those that hold of one engine only, and the other engine's
run leaves them out. `database` is added to every test that asks for a database; the others give the same answer on
both, so `run.py test` runs them once, on the first side (`-m "database"` chooses for the second).
"""

import os
from pathlib import Path

import pytest

ENGINES = ("sqlite", "postgres")
ENGINE = "postgres" if os.environ.get("GANGMU_TEST_DB") == "postgres" else "sqlite"
ASKS_FOR_A_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
SHARED = Path(os.environ.get("GANGMU_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what holds of the other engine only, and mark what asks for a database (before -m chooses)."""
    other = [item for item in items if engines(item) and ENGINE not in engines(item)]
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in set(other)]
    for item in items:
        if asks_for_a_database(item):
            item.add_marker("database")


def engines(item: pytest.Item) -> set[str]:
    """The engines a test is marked for; none means both."""
    return {name for name in ENGINES if item.get_closest_marker(name)}


def asks_for_a_database(item: pytest.Item) -> bool:
    asked = ASKS_FOR_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seeds and their gold labels."""
    if not (SHARED / "seeds").is_dir():
        message = f"the seeds are not at {SHARED}: set GANGMU_SHARED to the folder that holds seeds/ and gold/"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)  # allowed where the folder was not handed out: CI fails instead
    return SHARED


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A folder of this test's own."""
    return tmp_path
