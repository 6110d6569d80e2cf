import pytest

from tests.orgs import cast


@pytest.fixture
def city(db: None) -> cast.City:
    """The fixed cast on an otherwise empty ledger."""
    return cast.build()
