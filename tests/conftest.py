"""What every test may ask for: the folder with the seeds, a folder of its own. The database: tests/environment.py."""

import os
from pathlib import Path

import pytest

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
def scratch(tmp_path: Path) -> Path:
    """A folder of this test's own."""
    return tmp_path
