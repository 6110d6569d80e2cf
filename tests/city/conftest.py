from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from gangmu.cli.city import accounts, load
from gangmu.cli.city.plan import City, Size, plan
from gangmu.indicators import process

SHARE = 0.05


@pytest.fixture(scope="session")
def small() -> City:
    """The plan of a city a twentieth of the size."""
    return plan(Size.scaled(SHARE))


@pytest.fixture(scope="module")
def city(
    small: City, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """The small city, recorded, numbered and sealed; gone again after the module."""
    folder: Path = tmp_path_factory.mktemp("city")
    process.forget()
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        load.record_city(small, lambda _: None)
        accounts.open_all(small)
        accounts.mark_loaded(small)
        load.seal()
        yield small
        transaction.set_rollback(True)
    process.forget()
