"""The fixed cast, and a township clerk who hands in sheets."""

import pytest

from gangmu.kernel.scope import Actor
from tests.orgs import cast


@pytest.fixture
def city(db: None) -> cast.City:
    """The cast on an otherwise empty ledger."""
    return cast.build()


@pytest.fixture
def towner(city: cast.City) -> Actor:
    """The party clerk of 东河镇."""
    return city.account("towner", "party_clerk", "东镇")
