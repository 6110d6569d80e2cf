"""A house of stubs for the tests of run.py."""

from pathlib import Path

import pytest

from tests.cli.house import House, furnished


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house in which nothing is installed yet."""
    return furnished(tmp_path)


@pytest.fixture
def ready(house: House) -> House:
    """A house in which the requirements are installed."""
    assert house.run("sequence").returncode == 0
    house.calls()
    return house
