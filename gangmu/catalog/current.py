"""The catalog this process works by: the checkout's national and local folders and GANGMU_CATALOG_EXTRA."""

import os
from functools import lru_cache
from pathlib import Path

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.load import NATIONAL, load

HOME = Path(__file__).resolve().parents[2] / "catalog"
EXTRA = "GANGMU_CATALOG_EXTRA"


def folders() -> tuple[Path, ...]:
    """The national folder and every local pack of the checkout, in the order of their names."""
    local = HOME / "local"
    packs = sorted(path for path in local.iterdir() if path.is_dir()) if local.is_dir() else []
    return (HOME / NATIONAL, *packs)


def extra() -> Path | None:
    """The folder named by GANGMU_CATALOG_EXTRA, or None."""
    named = os.environ.get(EXTRA, "")
    return Path(named) if named else None


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalog in force, loaded once in a process. Raises CatalogRefused with every problem."""
    return load(folders(), extra())
