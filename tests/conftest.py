"""What every test may ask for: the folder with the seeds, a folder of its own. The database: tests/environment.py.

Which tests run on which engine: `sqlite` and `postgres` mark those that hold of one engine only, and the other engine's
run leaves them out. `database` is added to every test that asks for a database; the others give the same answer on
both, so `run.py test` runs them once, on the first side (`-m "database"` chooses for the second).

Two processes share the work (`-n 2`): what stands on one dear fixture stays in one process, and these groups begin
first, so that none is left alone at the end. The groups are our own (`--dist loadscope` with `Groups`): those of
pytest-xdist 3.8 are lost on their way, since pytest 9.2 reads the name it changes from somewhere else.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from xdist.scheduler import LoadScopeScheduling

ENGINES = ("sqlite", "postgres")
ENGINE = "postgres" if os.environ.get("GANGMU_TEST_DB") == "postgres" else "sqlite"
ASKS_FOR_A_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
DEAR = (  # each makes a database, a city or a copy of the code for all its tests
    "architecture/test_contracts.py", "architecture/test_problem_codes.py", "architecture/test_sizes.py",
    "browser/test_every_page.py", "city/test_loaded.py", "definitions/test_engine_agrees.py",
    "documents/test_command.py", "documents/test_yaml_only.py", "speeches/test_speeches.py", "synth/test_command.py",
    "worlds/test_command.py",
)  # fmt: skip
WITHOUT_DATABASE = ("kernel", "catalog", "reading")  # floors that know no Django: what tests them is not even collected
PAGES = (
    "web",
    "worlds",
    "speeches",
)  # they ask actions and queries that the tests of their floors hold to both engines
ON_BOTH = ("test_all_pages.py",)  # but this one of them: every page is opened on either engine
WORLD = re.compile(r"worlds/test_seeds\.py::[^\[]+\[(\d{3})")  # each stands once, for all the tests of that world
TESTS = Path(__file__).resolve().parent
DRY = {TESTS / name for name in WITHOUT_DATABASE}
SHOWN = {TESTS / name for name in PAGES}
SHARED = Path(os.environ.get("GANGMU_SHARED", TESTS.parents[1] / "shared"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On the second side, the folders of which no test asks for a database (the first side holds them to it), and those
    that show what other tests hold to both engines: asking everything twice would take longer than anybody waits.
    """
    shows = collection_path.parent in SHOWN and collection_path.name.startswith("test_")
    left_out = collection_path in DRY or (shows and collection_path.name not in ON_BOTH)
    return True if ENGINE == "postgres" and left_out else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Leave out what holds of the other engine only, mark the others (before -m chooses), put the groups first."""
    other = {item for item in items if engines(item) and ENGINE not in engines(item)}
    if other:
        config.hook.pytest_deselected(items=list(other))
        items[:] = [item for item in items if item not in other]
    for item in items:
        if asks_for_a_database(item):
            if DRY & set(item.path.parents):
                raise pytest.UsageError(f"{item.nodeid} asks for a database: it would never see the second one")
            item.add_marker("database")
    yield
    items.sort(key=lambda item: group(item.nodeid) is None)


def group(name: str) -> str | None:
    """What the test of that name shares a dear fixture with; None for a test that may run anywhere."""
    if world := WORLD.search(name):
        return world[1]
    file = name.partition("::")[0].removeprefix("tests/")
    return file if file in DEAR else None


class Groups(LoadScopeScheduling):
    """Hands out a group whole, any other test by itself; forgets what is done, which would be counted after each test."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid) or nodeid

    def mark_test_complete(self, node: object, item_index: int, duration: float = 0) -> None:
        super().mark_test_complete(node, item_index, duration)
        given = self.assigned_work[node]
        unit = self._split_scope(self.registered_collections[node][item_index])
        if all(given[unit].values()):
            del given[unit]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Groups:
    return Groups(config, log)


def engines(item: pytest.Item) -> set[str]:
    """The engines a test is marked for; none means both."""
    return {name for name in ENGINES if item.get_closest_marker(name)}


def asks_for_a_database(item: pytest.Item) -> bool:
    asked = ASKS_FOR_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def _light_passwords() -> Iterator[None]:
    """Signing in is cheap wherever its cost is not what is tested (that is: tests/people)."""
    with override_settings(PASSWORD_HASHERS=["tests.light_passwords.Light"]):
        yield


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
